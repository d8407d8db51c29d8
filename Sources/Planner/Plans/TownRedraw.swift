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
        /// Rivers and classes of road that borders should follow.
        public var barriers: [Barrier] = []
        /// Those that no grid crosses but where a road of the town does.
        public var forbidden: [Barrier] = []
        /// 桥接: units that hang together though they do not touch.
        public var bridges: [UnitPair] = []
        /// 可拆分: whether a microgrid too heavy to balance with may be split between its buildings.
        public var splits = false
        /// 锁定: codes of grids that stay as they are, of microgrids that stay in their grid, of communities all of whose
        /// grids stay.
        public var locks: [String] = []
        /// 锚定: whether the microgrid in which a lead lives stays in that lead's grid.
        public var anchors = false
        /// 兼顾: what is shared out evenly beside the workload.
        public var also: [Also] = []
        /// 技能需求: what the leads' skills are looked at for.
        public var needs: [SkillNeed] = []

        public init() {}
    }

    /// 屏障: what divides.
    public enum Barrier: String, CaseIterable, Sendable {
        case river, rail, trunk
    }

    /// Two lowest units by code.
    public struct UnitPair: Hashable, Sendable {
        public var a: String
        public var b: String

        public init(_ a: String, _ b: String) {
            self.a = a
            self.b = b
        }
    }

    /// 兼顾的指标: one more thing to share out evenly.
    public struct Also: Hashable, Sendable {
        public enum Measure: String, CaseIterable, Sendable {
            /// 户数, 人数, 关爱对象, 经营场所.
            case households, people, care, premises

            public var name: Text {
                switch self {
                case .households: Text(zh: "户数", en: "households")
                case .people: Text(zh: "人数", en: "people")
                case .care: Text(zh: "关爱对象", en: "care residents")
                case .premises: Text(zh: "经营场所", en: "premises")
                }
            }

            func load(_ counts: Workload.Counts) -> Int {
                switch self {
                case .households: counts.households
                case .people: counts.people
                case .care: counts.careResidents
                case .premises: counts.premises
                }
            }
        }

        public var measure: Measure
        /// Largest deviation from a grid's share, of 1.
        public var tolerance: Double

        public init(_ measure: Measure, tolerance: Double) {
            self.measure = measure
            self.tolerance = tolerance
        }
    }

    public let town: Town
    public let model: WorkloadModel
    public internal(set) var options: Options
    public internal(set) var problem: RedrawProblem
    public internal(set) var findings: [Finding] = []
    /// New communities.
    public private(set) var communityCodes: [String]
    public private(set) var communityNames: [String]
    /// Old grid that each new one goes on from, by position; −1 for a grid drawn anew.
    public internal(set) var origin: [Int] = []
    /// New grid that goes on from each old one; −1 for one that is dissolved.
    var successor: [Int] = []
    /// Leads who keep the grid they live in, with its number.
    var anchored: [LeadMatching.Anchor] = []
    /// The town whose lowest units are the units of the problem: heavy microgrids in parts where that is allowed.
    let pieces: SplitTown
    /// Households and people of each unit.
    public let households: [Int]
    public let people: [Int]
    /// Thousandths of a minute a month of each unit.
    let loads: [Int]
    /// Those of each unit as if it stood alone.
    let ownLoads: [Int]
    /// Old grid of each unit by position, −1 where unknown.
    public let oldGrid: [Int]
    /// Load of each old grid's doors.
    let oldLoads: [Int]

    /// Largest part of a grid's share that one unit may carry before it is split.
    private static let largestPart = 0.25

    /// Works out units, loads, adjacency and grids. Without a merger the communities stay. O(n log n).
    ///
    /// `usedCommunities` are codes of communities at any time, so that a merged one gets none of them.
    public init(
        town: Town, merger: MergerTable?, model: WorkloadModel, options: Options, usedCommunities: Set<String> = []
    ) throws {
        self.town = town
        self.model = model
        self.options = options
        var resolved = merger?.resolved(in: town, used: usedCommunities) ?? MergerTable.unchanged(town)
        findings = resolved.findings
        var unknown: [String: Int] = [:]
        let whole = Workload(of: town, model: model, unknown: &unknown)
        let homes = Self.homes(town.lowestUnits, in: town)
        var oldLoads = [Int](repeating: 0, count: town.grids.count)
        for (unit, grid) in homes.enumerated() where grid >= 0 { oldLoads[grid] += whole.doors[unit] }
        self.oldLoads = oldLoads
        let locks = TownLocks(options.locks, in: town, homes: homes, communities: resolved)
        findings += locks.findings
        if case .limits(let limits) = options.count {
            var sizes = [Int](repeating: 0, count: town.grids.count)
            for (unit, grid) in homes.enumerated() where grid >= 0 { sizes[grid] += whole.counts[unit].households }
            resolved = LimitGroups(town, households: sizes, limits: limits).split(resolved)
        }
        communityCodes = resolved.codes
        communityNames = resolved.names
        let communities = homes.map { $0 < 0 ? 0 : max(0, resolved.ofGrid[$0]) }
        var counts = GridCounts(
            options.count, communities: resolved.codes.count, ofGrid: resolved.ofGrid, ofUnit: communities,
            isLocked: locks.grids, isHeld: locks.isInLockedGrid, workload: whole)
        findings += counts.findings
        var limits = [Double](repeating: .infinity, count: communities.count)
        if options.splits {
            for (unit, community) in communities.enumerated() where !locks.keepsWhole(unit) {
                limits[unit] = Self.largestPart * counts.share(community)
            }
        }
        pieces = SplitTown(town, loads: whole.doors, limits: limits)
        switch options.count {
        case .keep, .total: break
        case .households, .limits:
            counts.limit(toUnits: pieces.origin.map { locks.isInLockedGrid[$0] ? nil : communities[$0] })
        }
        let units = pieces.town.lowestUnits
        let workload = options.splits ? Workload(of: pieces.town, model: model, unknown: &unknown) : whole
        households = workload.counts.map(\.households)
        people = workload.counts.map(\.people)
        ownLoads = workload.doors
        loads = SplitTown.shared(whole.doors, by: workload.doors, among: pieces.origin)
        oldGrid = pieces.origin.map { homes[$0] }
        problem = RedrawProblem(
            ids: units.codes,
            criteria: [
                .init(
                    name: options.isByHouseholds
                        ? Text(zh: "户数", en: "households") : Text(zh: "工作量", en: "workload"),
                    loads: options.isByHouseholds ? households.map(Double.init) : loads.map(Double.init),
                    tolerance: options.tolerance)
            ],
            adjacency: Adjacency(of: units.areas), districts: [])
        for also in options.also {
            problem.criteria.append(
                .init(
                    name: also.measure.name, loads: workload.counts.map { Double(also.measure.load($0)) },
                    tolerance: also.tolerance))
        }
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
        chooseGrids(resolved, counts.byCommunity, locks)
        pinLockedUnits(locks)
        if options.anchors { anchorLeads() }
        checkNeeds()
        addBarriers()
        addBridges()
    }

    /// Grid of each unit by position, −1 where it has none.
    private static func homes(_ units: UnitLayer, in town: Town) -> [Int] {
        let grids = town.grids.indexByCode()
        return units.codes.indices.map { units.level == .grid ? $0 : grids[units.parentCodes[$0]] ?? -1 }
    }
}

extension TownRedraw.Options {
    /// Whether households stand in for the workload, as in proposals by size.
    var isByHouseholds: Bool { if case .limits = count { true } else { false } }
}

extension MergerTable {
    /// No merger: every community stays.
    static func unchanged(_ town: Town) -> Resolved {
        var resolved = MergerTable(rows: []).resolved(in: town)
        resolved.findings = []
        return resolved
    }
}
