public import GeoGrid

/// 全镇方案: new grids with their codes, communities and leads, and where every unit goes.
public struct TownPlan: Sendable {
    public struct Grid: Hashable, Sendable {
        public var code: String
        public var name: String
        public var community: String
        /// Person who leads it; nil where it is vacant.
        public var lead: String?
        /// Thousandths of a minute a month.
        public var load: Int
        /// Load it should bear.
        public var share: Int
        public var households: Int
        public var people: Int

        /// Part by which it is off its share, of 1; 0 without a share.
        public var deviation: Double { share > 0 ? Double(load) / Double(share) - 1 : 0 }

        /// Whether it is further from its share than the tolerance.
        public func isOutside(_ tolerance: Double) -> Bool { abs(deviation) > tolerance + 1e-6 }

        public init(
            code: String, name: String, community: String, lead: String?, load: Int, share: Int, households: Int,
            people: Int
        ) {
            self.code = code
            self.name = name
            self.community = community
            self.lead = lead
            self.load = load
            self.share = share
            self.households = households
            self.people = people
        }
    }

    /// 指标: one thing that was to be shared out evenly, and how far the grids are from their share of it.
    public struct Criterion: Hashable, Sendable {
        public var name: Text
        public var tolerance: Double
        /// Largest deviation from a share, of 1.
        public var worst: Double
        /// Grids further from their share than the tolerance.
        public var outside: Int
    }

    /// 新旧对照的一行: a unit of the present division, or one part of it where a heavy one is split.
    public struct Unit: Hashable, Sendable {
        /// 新编码: its own, or that of the part.
        public var code: String
        /// 原编码: the unit it is, or is a part of, in the present division.
        public var origin: String
        /// Name and area of `code` where they are not those of `origin`.
        public var name = ""
        public var area: [[[PlanarPoint]]] = []
        public var oldGrid: String
        public var newGrid: String
        public var households: Int
        public var people: Int
        /// 换网格长: whether its residents get another lead.
        public var changesLead: Bool

        public init(
            code: String, origin: String? = nil, oldGrid: String, newGrid: String, households: Int, people: Int,
            changesLead: Bool
        ) {
            self.code = code
            self.origin = origin ?? code
            self.oldGrid = oldGrid
            self.newGrid = newGrid
            self.households = households
            self.people = people
            self.changesLead = changesLead
        }
    }

    /// 原网格: a grid of the present division with what its doors ask.
    public struct OldGrid: Hashable, Sendable {
        public var code: String
        public var load: Int

        public init(code: String, load: Int) {
            self.code = code
            self.load = load
        }
    }

    public struct Community: Hashable, Sendable {
        public var code: String
        public var name: String

        public init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    public var communities: [Community]
    /// In order of their codes.
    public var grids: [Grid]
    /// In the order of the town's lowest units.
    public var units: [Unit]
    public var freedLeads: [String]
    public var findings: [Finding]
    public var worstDeviation: Double
    public var spread: LoadSpread
    public var spreadBefore: LoadSpread
    public var meanCompactness: Double
    /// Metres of border between grids.
    public var innerBorder: Double
    public var connected: Int
    public var seed: UInt64
    public var effort: Int
    public var moves: Double
    public var tolerance: Double
    /// 保留上限: the part of households that can keep their lead at most where every grid keeps its bounds, of 1.
    public var keepBound = 1.0
    /// 已证明的下界: what the worst grid of every plan deviates at least, of 1, by the loads of the search.
    public var leastDeviation = 0.0
    /// The workload, then what else was asked for.
    public var criteria: [Criterion] = []
    /// 沿街道的边界: part of the border between grids, of 1; nil without a border.
    public var streets: Double?
    public var leadChanges: LeadMatching.Changes?
    /// Loads of the old grids, thousandths of a minute a month, by code.
    public var before: [OldGrid] = []

    public var households: Int { units.reduce(0) { $0 + $1.households } }
    public var people: Int { units.reduce(0) { $0 + $1.people } }
    /// Grids further from their share than the tolerance.
    public var outside: Int { grids.count { $0.isOutside(tolerance) } }
    /// 拆分的微网格: units that end in more than one grid.
    public var splitUnits: Int { Set(units.filter { $0.code != $0.origin }.map(\.origin)).count }
    /// Households that get another lead.
    public var movedHouseholds: Int { units.reduce(0) { $0 + ($1.changesLead ? $1.households : 0) } }
    public var movedPeople: Int { units.reduce(0) { $0 + ($1.changesLead ? $1.people : 0) } }
    public var keptShare: Double { households > 0 ? 1 - Double(movedHouseholds) / Double(households) : 1 }
}
