public import GeoGrid

/// 巡防分区: territories for squads by the redraw engine, and for each squad a round through the premises due in a month.
///
/// A territory is made of the town's lowest units, connected, and even in minutes a month: the visits its premises want
/// by the workload model, and its share of the grid patrols. A seldom visit falls due in the months its identifier says
/// (`VisitCalendar.phase`), so that next month goes on where this one ends.
public struct PatrolPlan: Sendable {
    public struct Options: Hashable, Sendable {
        /// Largest deviation of a territory's minutes from the mean, of 1.
        public var tolerance = 0.10
        public var seed: UInt64 = 1
        /// Moves of the search; nil for its default.
        public var effort: Int?
        public var days = 22
        public var dayMinutes = 240.0
        /// Keys or names of the kinds of premises to visit; empty for all.
        public var kinds: [String] = []

        public init() {}
    }

    /// 巡防队: what one squad has.
    public struct Squad: Sendable {
        /// Positions of its lowest units.
        public var units: [Int]
        /// Minutes a month.
        public var load: Double
        /// Positions of the premises due in the month, in the order of the round.
        public var due: [Int]
        /// Length of the round.
        public var metres: Double
        public var calendar: VisitCalendar
    }

    public let squads: [Squad]
    /// Squad of each lowest unit.
    public let labels: [Int]
    /// Squads whose territory does not hang together.
    public let disconnected: [Int]
    /// Largest deviation from the mean minutes, of 1.
    public let deviation: Double
    public let findings: [Finding]

    /// Divides the town among `squads` and plans the month, 12 · year + month. Throws GG488 for a town without units.
    ///
    /// O(search of the redraw engine + a round each).
    public static func make(
        care: CareTown, squads: Int, month: Int, model: WorkloadModel, options: Options = Options()
    ) async throws -> PatrolPlan {
        let units = care.town.lowestUnits
        guard units.count > 0 else {
            throw GeoGridError(
                .noTerritory, Text(zh: "镇文件里没有网格", en: "the town file holds no grids"),
                remedy: Text(zh: "先导入网格", en: "import the grids first"))
        }
        let calls = Calls(care: care, model: model, kinds: options.kinds)
        let count = min(squads, units.count)
        var problem = RedrawProblem(
            ids: units.codes,
            criteria: [
                .init(name: Text(zh: "巡防量", en: "patrol work"), loads: calls.loads, tolerance: options.tolerance)
            ],
            adjacency: Adjacency(of: units.areas), districts: [RedrawProblem.District](repeating: .init(), count: count)
        )
        problem.areas = units.codes.indices.map { units.areas.area(ofFeature: $0) }
        problem.perimeters = units.codes.indices.map { units.areas.length(ofFeature: $0) }
        problem.centres = calls.centres
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(seed: options.seed, effort: options.effort))
        return PatrolPlan(care, calls, plan, count, month, options)
    }

    private init(
        _ care: CareTown, _ calls: Calls, _ plan: RedrawPlan, _ count: Int, _ month: Int, _ options: Options
    ) {
        labels = plan.labels
        disconnected = plan.figures.pieces.indices.filter { plan.figures.pieces[$0] > 1 }
        deviation = plan.figures.worst()
        findings = calls.findings + plan.findings
        squads = parallelMap(count) { squad in
            let units = plan.labels.indices.filter { plan.labels[$0] == squad }
            let due = calls.all.filter { call in
                plan.labels[call.unit] == squad
                    && VisitCalendar.visits(call.visits, phase: call.phase, month: month, days: options.days) > 0
            }
            let round = DoorRound(model: care.model, places: due.map(\.place))
            let stops = round.order.map { due[$0] }
            return Squad(
                units: units, load: units.reduce(0) { $0 + calls.loads[$1] }, due: stops.map(\.premises),
                metres: round.metres,
                calendar: VisitCalendar(
                    frequency: stops.map(\.visits), duration: stops.map(\.minutes), phases: stops.map(\.phase),
                    month: month, days: options.days, dayMinutes: options.dayMinutes))
        }
    }
}

/// What the premises ask for, by unit.
private struct Calls {
    struct Call {
        var premises: Int
        var place: PlanarPoint
        var unit: Int
        var visits: Double
        var minutes: Double
        var phase: Double
    }

    private(set) var all: [Call] = []
    /// Minutes a month of each lowest unit.
    private(set) var loads: [Double]
    let centres: [PlanarPoint]
    private(set) var findings: [Finding] = []

    init(care: CareTown, model: WorkloadModel, kinds: [String]) {
        let town = care.town
        let units = town.lowestUnits
        let index = units.indexByCode()
        let centres = units.codes.indices.map { units.areas.box(ofFeature: $0).center }
        self.centres = centres
        loads = Self.patrols(town, units, model)
        var astray = 0
        for (i, premises) in town.premises.enumerated() {
            guard let line = model.premisesLine(named: premises.kind) ?? model.premises.first else { continue }
            guard kinds.isEmpty || kinds.contains(premises.kind) || kinds.contains(line.name.zh) else { continue }
            let unit: Int
            if let known = index[premises.unitCode] {
                unit = known
            } else {
                astray += 1
                unit =
                    centres.indices.min {
                        centres[$0].distance(to: premises.location) < centres[$1].distance(to: premises.location)
                    } ?? 0
            }
            let call = Call(
                premises: i, place: premises.location, unit: unit,
                visits: line.visitsPerMonth * model.factor(premises.risk), minutes: line.minutes,
                phase: VisitCalendar.phase(of: premises.id))
            loads[unit] += call.visits * call.minutes
            all.append(call)
        }
        if astray > 0 {
            findings.append(
                Finding(
                    .householdsOutsideUnits, .note, at: Place(layer: "premises"),
                    Text(
                        zh: "\(astray) 处场所没有所属单元，计入最近的单元",
                        en: "\(astray) premises are in no unit; they count for the nearest"),
                    remedy: Text(zh: "运行 geogrid assign", en: "run geogrid assign")))
        }
    }

    /// The patrols of each grid, shared among its units.
    private static func patrols(_ town: Town, _ units: UnitLayer, _ model: WorkloadModel) -> [Double] {
        let minutes = model.patrolsPerMonth * model.patrolMinutes
        guard units.level == .microgrid else { return [Double](repeating: minutes, count: units.count) }
        var members: [String: Int] = [:]
        for parent in units.parentCodes { members[parent, default: 0] += 1 }
        return units.parentCodes.map { minutes / Double(members[$0] ?? 1) }
    }
}

extension IssueCode {
    /// A town without units to make territories of.
    public static let noTerritory = IssueCode("GG488")
}
