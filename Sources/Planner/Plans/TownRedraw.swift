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
    }

    public struct Options: Sendable {
        public var count = Count.keep
        public var tolerance = 0.1
        /// Metres of border that one household's lead is worth.
        public var moves = 20.0
        /// 按承载力: grids of part-time leads get less, after the workload model.
        public var byCapacity = false
        /// Rivers and classes of road that no grid crosses, and that borders should follow.
        public var barriers: [Barrier] = []
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
    /// Households and people of each unit.
    public let households: [Int]
    public let people: [Int]
    /// Old grid of each unit by position, −1 where unknown.
    public let oldGrid: [Int]

    /// Works out units, loads, adjacency and grids. Without a merger the communities stay. O(n log n).
    public init(town: Town, merger: MergerTable?, model: WorkloadModel, options: Options) throws {
        self.town = town
        self.model = model
        self.options = options
        let units = town.lowestUnits
        var unknown: [String: Int] = [:]
        let workload = Workload(of: town, model: model, unknown: &unknown)
        households = workload.counts.map(\.households)
        people = workload.counts.map(\.people)
        let gridIndex = town.grids.indexByCode()
        let usesGrids = town.microgrids.count == 0
        let home = units.codes.indices.map {
            usesGrids ? $0 : gridIndex[units.parentCodes[$0]] ?? -1
        }
        oldGrid = home
        let resolved = merger?.resolved(in: town) ?? MergerTable.unchanged(town)
        findings = resolved.findings
        communityCodes = resolved.codes
        communityNames = resolved.names
        let adjacency = Adjacency(of: units.areas)
        problem = RedrawProblem(
            ids: units.codes,
            criteria: [
                .init(
                    name: Text(zh: "工作量", en: "workload"), loads: workload.doors.map { Double($0) },
                    tolerance: options.tolerance)
            ],
            adjacency: adjacency, districts: [])
        problem.communities = home.map { $0 < 0 ? 0 : max(0, resolved.ofGrid[$0]) }
        problem.residents = households.map(Double.init)
        problem.moveWeight = options.moves
        problem.areas = units.codes.indices.map { units.areas.area(ofFeature: $0) }
        problem.perimeters = units.codes.indices.map { units.areas.length(ofFeature: $0) }
        problem.centres = units.codes.indices.map { units.areas.box(ofFeature: $0).center }
        let astray = home.indices.filter { home[$0] < 0 }
        if !astray.isEmpty {
            findings.append(
                Finding(
                    .unplacedUnits, .warning, at: Place(id: units.codes[astray[0]]),
                    Text(
                        zh: "\(astray.count) 个单元没有所属网格，按第一个社区处理",
                        en: "\(astray.count) units have no grid; they are taken for the first community"),
                    remedy: Text(zh: "先用 geogrid audit 检查层级", en: "run geogrid audit on the levels first")))
        }
        chooseGrids(resolved, workload)
        addBarriers()
    }

    /// Which old grids go on in each new community, and which are dissolved or drawn anew.
    private mutating func chooseGrids(_ resolved: MergerTable.Resolved, _ workload: Workload) {
        let count = communityCodes.count
        var olds = [[Int]](repeating: [], count: count)
        for g in resolved.ofGrid.indices where resolved.ofGrid[g] >= 0 { olds[resolved.ofGrid[g]].append(g) }
        var loads = [Double](repeating: 0, count: count)
        var homes = [Double](repeating: 0, count: count)
        var sizes = [Int](repeating: 0, count: count)
        for unit in 0..<problem.count {
            loads[problem.communities[unit]] += problem.criteria[0].loads[unit]
            homes[problem.communities[unit]] += problem.residents[unit]
            sizes[problem.communities[unit]] += 1
        }
        let wanted: [Int] =
            switch options.count {
            case .keep: olds.map { max(1, $0.count) }
            case .total(let total): RedrawProblem.apportion(districts: max(total, count), loads: loads)
            case .households(let limits): homes.map { RedrawProblem.count(total: $0, limits: limits) }
            }
        var districtOf = [Int](repeating: -1, count: town.grids.count)
        let locked = Set(options.lockedGrids)
        for c in 0..<count {
            // The heaviest old grids go on; the lightest are dissolved where there are too many.
            let stays = olds[c].sorted {
                let a = (locked.contains(town.grids.codes[$0]) ? 0 : 1, -workload.grids[$0], $0)
                let b = (locked.contains(town.grids.codes[$1]) ? 0 : 1, -workload.grids[$1], $1)
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
            $0.level == .grid && $0.unitCode == code && $0.personID != nil && $0.validity.contains(town.day)
        }
        return posts.map { model.capacity[$0.employment, .grid] }.max() ?? model.capacity.fullTime
    }

    /// Adjacencies that lie along a barrier: dear to cross, welcome as a border.
    private mutating func addBarriers() {
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
                if crossing.crosses(problem.centres[a], problem.centres[b]) {
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
