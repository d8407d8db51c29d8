public import GeoGrid

/// 全镇划格: a town, an order what to redraw, and from them the dense problem and the plan that answers it.
public struct TownRedraw: Sendable {
    /// 网格数: how many grids there are to be.
    public enum Count: Hashable, Sendable {
        /// As many as before in each new community.
        case keep
        case total(Int)
        /// As many as put the households of a grid between the limits.
        case households(ClosedRange<Double>)
        /// 拆并建议: grids within the limits stay; those over them are split, those under them joined to a neighbour.
        case limits(ClosedRange<Double>)
    }

    public struct Options: Sendable {
        public var count = Count.keep
        public var tolerance = 0.1
        /// Metres of border that one household's lead is worth.
        public var moves = 60.0
        /// 按承载力: grids of part-time leads get less, after the workload model.
        public var byCapacity = false
        /// Rivers and classes of road that no grid crosses, and that borders should follow.
        public var barriers: [Barrier] = []
        /// 可拆分: whether a microgrid too heavy to balance with may be split between its buildings.
        public var splits = false
        /// Grids that stay as they are, by code.
        public var lockedGrids: [String] = []

        public init() {}
    }

    /// 屏障: what divides.
    public enum Barrier: String, CaseIterable, Sendable {
        case river, rail, trunk
    }

    public let town: Town
    public let model: WorkloadModel
    public let options: Options
    public internal(set) var problem: RedrawProblem
    public private(set) var findings: [Finding] = []
    /// New communities.
    public private(set) var communityCodes: [String]
    public private(set) var communityNames: [String]
    /// Old grid that each new one goes on from, by position; −1 for a grid drawn anew.
    public private(set) var origin: [Int] = []
    /// The town whose lowest units are the units of the problem: heavy microgrids in parts where that is allowed.
    let pieces: SplitTown
    /// Households and people of each unit.
    public let households: [Int]
    public let people: [Int]
    /// Thousandths of a minute a month of each unit.
    let loads: [Int]
    /// Old grid of each unit by position, −1 where unknown.
    public let oldGrid: [Int]
    /// Load of each old grid's doors.
    let oldLoads: [Int]

    /// Largest part of a grid's share that one unit may carry before it is split.
    private static let largestPart = 0.25

    /// Works out units, loads, adjacency and grids. Without a merger the communities stay. O(n log n).
    public init(town: Town, merger: MergerTable?, model: WorkloadModel, options: Options) throws {
        self.town = town
        self.model = model
        self.options = options
        var resolved = merger?.resolved(in: town) ?? MergerTable.unchanged(town)
        findings = resolved.findings
        var unknown: [String: Int] = [:]
        let whole = Workload(of: town, model: model, unknown: &unknown)
        let homes = Self.homes(town.lowestUnits, in: town)
        var oldLoads = [Int](repeating: 0, count: town.grids.count)
        for (unit, grid) in homes.enumerated() where grid >= 0 { oldLoads[grid] += whole.doors[unit] }
        self.oldLoads = oldLoads
        if case .limits(let limits) = options.count {
            var sizes = [Int](repeating: 0, count: town.grids.count)
            for (unit, grid) in homes.enumerated() where grid >= 0 { sizes[grid] += whole.counts[unit].households }
            resolved = LimitGroups(town, households: sizes, limits: limits).split(resolved)
        }
        communityCodes = resolved.codes
        communityNames = resolved.names
        let communities = homes.map { $0 < 0 ? 0 : max(0, resolved.ofGrid[$0]) }
        var counts = Self.counts(options.count, resolved, communities, whole)
        var limits = [Double](repeating: .infinity, count: communities.count)
        if options.splits {
            var loads = [Double](repeating: 0, count: resolved.codes.count)
            for (unit, community) in communities.enumerated() { loads[community] += Double(whole.doors[unit]) }
            limits = communities.map { Self.largestPart * loads[$0] / Double(counts[$0]) }
        }
        pieces = SplitTown(town, loads: whole.doors, limits: limits)
        switch options.count {
        case .keep, .total: break
        case .households, .limits:
            // A grid asked for by its size alone is not drawn where there is no unit for it.
            var room = [Int](repeating: 0, count: counts.count)
            for origin in pieces.origin { room[communities[origin]] += 1 }
            for c in counts.indices { counts[c] = min(counts[c], max(1, room[c])) }
        }
        let units = pieces.town.lowestUnits
        let workload = options.splits ? Workload(of: pieces.town, model: model, unknown: &unknown) : whole
        households = workload.counts.map(\.households)
        people = workload.counts.map(\.people)
        loads = pieces.shared(whole.doors, by: workload.doors)
        oldGrid = pieces.origin.map { homes[$0] }
        let byHouseholds = if case .limits = options.count { true } else { false }
        problem = RedrawProblem(
            ids: units.codes,
            criteria: [
                .init(
                    name: byHouseholds ? Text(zh: "户数", en: "households") : Text(zh: "工作量", en: "workload"),
                    loads: byHouseholds ? households.map(Double.init) : loads.map(Double.init),
                    tolerance: options.tolerance)
            ],
            adjacency: Adjacency(of: units.areas), districts: [])
        problem.communities = pieces.origin.map { communities[$0] }
        problem.residents = households.map(Double.init)
        problem.moveWeight = options.moves
        problem.areas = units.codes.indices.map { units.areas.area(ofFeature: $0) }
        problem.perimeters = units.codes.indices.map { units.areas.length(ofFeature: $0) }
        problem.centres = units.codes.indices.map { units.areas.box(ofFeature: $0).center }
        let astray = homes.indices.filter { homes[$0] < 0 }
        if !astray.isEmpty {
            findings.append(
                Finding(
                    .unplacedUnits, .warning, at: Place(id: town.lowestUnits.codes[astray[0]]),
                    Text(
                        zh: "\(astray.count) 个单元没有所属网格，按第一个社区处理",
                        en: "\(astray.count) units have no grid; they are taken for the first community"),
                    remedy: Text(zh: "先用 geogrid audit 检查层级", en: "run geogrid audit on the levels first")))
        }
        chooseGrids(resolved, counts)
        addBarriers()
    }

    /// Grid of each unit by position, −1 where it has none.
    private static func homes(_ units: UnitLayer, in town: Town) -> [Int] {
        let grids = town.grids.indexByCode()
        return units.codes.indices.map { units.level == .grid ? $0 : grids[units.parentCodes[$0]] ?? -1 }
    }

    /// Grids of each new community.
    private static func counts(
        _ count: Count, _ resolved: MergerTable.Resolved, _ communities: [Int], _ workload: Workload
    ) -> [Int] {
        var olds = [Int](repeating: 0, count: resolved.codes.count)
        for community in resolved.ofGrid where community >= 0 { olds[community] += 1 }
        var loads = [Double](repeating: 0, count: olds.count)
        var homes = loads
        for (unit, community) in communities.enumerated() {
            loads[community] += Double(workload.doors[unit])
            homes[community] += Double(workload.counts[unit].households)
        }
        return switch count {
        case .keep: olds.map { max(1, $0) }
        case .total(let total): RedrawProblem.apportion(districts: max(total, olds.count), loads: loads)
        case .households(let limits), .limits(let limits):
            homes.map { RedrawProblem.count(total: $0, limits: limits) }
        }
    }

    /// Which old grids go on in each new community, and which are dissolved or drawn anew.
    private mutating func chooseGrids(_ resolved: MergerTable.Resolved, _ wanted: [Int]) {
        let count = communityCodes.count
        var olds = [[Int]](repeating: [], count: count)
        for g in resolved.ofGrid.indices where resolved.ofGrid[g] >= 0 { olds[resolved.ofGrid[g]].append(g) }
        var districtOf = [Int](repeating: -1, count: town.grids.count)
        let locked = Set(options.lockedGrids)
        for c in 0..<count {
            // The heaviest old grids go on; the lightest are dissolved where there are too many.
            let stays = olds[c].sorted {
                let a = (locked.contains(town.grids.codes[$0]) ? 0 : 1, -oldLoads[$0], $0)
                let b = (locked.contains(town.grids.codes[$1]) ? 0 : 1, -oldLoads[$1], $1)
                return a < b
            }
            .prefix(wanted[c]).sorted()
            for g in stays {
                districtOf[g] = problem.districts.count
                problem.districts.append(
                    .init(
                        community: c, capacity: capacity(ofGrid: g), locked: locked.contains(town.grids.codes[g])))
                origin.append(g)
            }
            for _ in stays.count..<max(stays.count, wanted[c]) {
                problem.districts.append(
                    .init(community: c, capacity: options.byCapacity ? model.capacity.fullTime : 1))
                origin.append(-1)
            }
        }
        problem.old = oldGrid.map { $0 < 0 ? -1 : districtOf[$0] }
    }

    private func capacity(ofGrid g: Int) -> Double {
        guard options.byCapacity else { return 1 }
        let code = town.grids.codes[g]
        let posts = town.posts.filter {
            $0.zoning.isEmpty && $0.level == .grid && $0.unitCode == code && $0.personID != nil
                && $0.validity.contains(town.day)
        }
        return posts.map { model.capacity[$0.employment, .grid] }.max() ?? model.capacity.fullTime
    }

    /// Adjacencies within a split microgrid, dear to cut, and those along a barrier, welcome as a border.
    private mutating func addBarriers() {
        // A microgrid is split only where that is worth it.
        for a in 0..<problem.count {
            for e in problem.adjacency.row(a) where problem.adjacency.borders[e] > 0 {
                let b = problem.adjacency.neighbours[e]
                guard a < b, pieces.origin[a] == pieces.origin[b] else { continue }
                problem.barriers.append(.init(a: a, b: b, factor: 2 + 40 / problem.adjacency.borders[e]))
            }
        }
        var lines: [[PlanarPoint]] = []
        for barrier in options.barriers {
            switch barrier {
            case .river: lines += town.waters.flatMap { $0.parts.flatMap { $0 } }
            case .rail: lines += town.roads.filter { $0.roadClass == .rail }.flatMap(\.lines)
            case .trunk: lines += town.roads.filter { $0.roadClass == .trunk }.flatMap(\.lines)
            }
        }
        guard !lines.isEmpty else { return }
        let crossing = SegmentIndex(lines)
        for a in 0..<problem.count {
            for e in problem.adjacency.row(a) where problem.adjacency.neighbours[e] > a {
                let b = problem.adjacency.neighbours[e]
                if pieces.origin[a] != pieces.origin[b], crossing.crosses(problem.centres[a], problem.centres[b]) {
                    problem.barriers.append(.init(a: a, b: b, factor: -0.5))
                }
            }
        }
    }
}

extension MergerTable {
    /// No merger: every community stays.
    static func unchanged(_ town: Town) -> Resolved {
        var resolved = MergerTable(rows: []).resolved(in: town)
        resolved.findings = []
        return resolved
    }
}

/// Line segments, asked whether a straight walk crosses one. O(segments) a question, boxes first.
private struct SegmentIndex {
    private var segments: [(a: PlanarPoint, b: PlanarPoint)] = []

    init(_ lines: [[PlanarPoint]]) {
        for line in lines where line.count > 1 {
            for i in 0..<line.count - 1 { segments.append((line[i], line[i + 1])) }
        }
    }

    func crosses(_ p: PlanarPoint, _ q: PlanarPoint) -> Bool {
        let box = Box(minX: min(p.x, q.x), minY: min(p.y, q.y), maxX: max(p.x, q.x), maxY: max(p.y, q.y))
        func side(_ o: PlanarPoint, _ a: PlanarPoint, _ b: PlanarPoint) -> Double {
            (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x)
        }
        return segments.contains { s in
            guard max(s.a.x, s.b.x) >= box.minX, min(s.a.x, s.b.x) <= box.maxX, max(s.a.y, s.b.y) >= box.minY,
                min(s.a.y, s.b.y) <= box.maxY
            else { return false }
            return side(p, q, s.a) * side(p, q, s.b) < 0 && side(s.a, s.b, p) * side(s.a, s.b, q) < 0
        }
    }
}
