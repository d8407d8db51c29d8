public import GeoGrid

/// 划格问题: units with their work, which touch which, and the grids they are to form.
///
/// Dense arrays, numbered by unit and by grid from 0; no geometry and no store. A unit is a microgrid, a courtyard or a
/// building; a grid ("district" in the literature) is what one lead answers for.
public struct RedrawProblem: Sendable {
    /// 工作量指标: one thing to share out evenly: minutes, households, residents.
    public struct Criterion: Sendable {
        public var name: Text
        /// By unit, not negative.
        public var loads: [Double]
        /// Largest deviation from a grid's share, of 1: 0.05 is ±5 %.
        public var tolerance: Double

        public init(name: Text, loads: [Double], tolerance: Double) {
            self.name = name
            self.loads = loads
            self.tolerance = tolerance
        }
    }

    /// 网格: a grid to be filled.
    public struct District: Sendable {
        /// The community its units must lie in.
        public var community: Int
        /// Capacity of its lead against the others; 1 where all are alike.
        public var capacity: Double
        /// What findings call it; its number from 1 where it has no name.
        public var name = ""
        /// 锁定: it keeps exactly its old units.
        public var locked: Bool

        public init(community: Int = 0, capacity: Double = 1, locked: Bool = false) {
            self.community = community
            self.capacity = capacity
            self.locked = locked
        }
    }

    /// 屏障: an adjacency that a river, railway or trunk road runs along.
    public struct Barrier: Sendable {
        public var a: Int
        public var b: Int
        /// Nil forbids the two to hang together here; else what a metre of shared border counts for, below 1, and
        /// below 0 where a border is welcome.
        public var factor: Double?

        public init(a: Int, b: Int, factor: Double? = nil) {
            self.a = a
            self.b = b
            self.factor = factor
        }
    }

    /// 桥: two units that hang together though they share no border.
    public struct Bridge: Hashable, Sendable {
        public var a: Int
        public var b: Int

        public init(a: Int, b: Int) {
            self.a = a
            self.b = b
        }
    }

    /// 固定: a unit that must lie in a grid, because the lead lives there or a lock says so.
    public struct Pin: Hashable, Sendable {
        public var unit: Int
        public var district: Int

        public init(unit: Int, district: Int) {
            self.unit = unit
            self.district = district
        }
    }

    /// Identifiers of the units, for findings.
    public var ids: [String]
    /// The first criterion rules where it and another cannot both be met.
    public var criteria: [Criterion]
    /// Shared borders in metres; pairs with border 0 meet in a corner and do not hang together.
    public var adjacency: Adjacency
    public var districts: [District]
    /// Community of each unit, empty where all are in one.
    public var communities: [Int] = []
    /// Grid of each unit in the old plan by its number here, −1 where it had none; empty without an old plan.
    public var old: [Int] = []
    /// Residents (or households) of each unit, who change their lead with it; empty counts 1 a unit.
    public var residents: [Double] = []
    /// Metres of border that keeping one resident's lead is worth; 0 draws without regard to the old plan.
    public var moveWeight = 0.0
    public var pins: [Pin] = []
    /// 不可分: groups of units that stay together.
    public var groups: [[Int]] = []
    public var barriers: [Barrier] = []
    public var bridges: [Bridge] = []
    /// Area in m² and perimeter in m of each unit, for the measures of compactness; empty where unknown.
    public var areas: [Double] = []
    public var perimeters: [Double] = []
    /// A point in each unit, by which islands find the nearest neighbour; empty where unknown.
    public var centres: [PlanarPoint] = []

    public init(ids: [String], criteria: [Criterion], adjacency: Adjacency, districts: [District]) {
        self.ids = ids
        self.criteria = criteria
        self.adjacency = adjacency
        self.districts = districts
    }

    public var count: Int { adjacency.count }

    public func community(_ unit: Int) -> Int { communities.isEmpty ? 0 : communities[unit] }

    func name(ofGrid grid: Int) -> String {
        districts[grid].name.isEmpty ? String(grid + 1) : districts[grid].name
    }

    func residents(_ unit: Int) -> Double { residents.isEmpty ? 1 : residents[unit] }
}

extension RedrawProblem {
    /// How many grids each community gets, so that the fullest grids are as little too full as can be. O(k log c).
    ///
    /// Every community gets one; each further grid goes where the load a grid is largest (Adams' divisor rule).
    /// Precondition: at least as many grids as communities.
    public static func apportion(districts: Int, loads: [Double]) -> [Int] {
        precondition(districts >= loads.count)
        var counts = [Int](repeating: 1, count: loads.count)
        for _ in 0..<districts - loads.count {
            var fullest = 0
            for c in loads.indices where loads[c] / Double(counts[c]) > loads[fullest] / Double(counts[fullest]) {
                fullest = c
            }
            counts[fullest] += 1
        }
        return counts
    }

    /// How many grids hold `total` with each between the limits and as near their middle as can be; at least 1.
    public static func count(total: Double, limits: ClosedRange<Double>) -> Int {
        let middle = (limits.lowerBound + limits.upperBound) / 2
        guard middle > 0 else { return 1 }
        let near = max(1, Int((total / middle).rounded()))
        let candidates = [near, near + 1, max(1, near - 1)]
        return candidates.first { limits.contains(total / Double($0)) } ?? near
    }
}
