public import GeoGrid

/// 工作量: thousandths of a minute a month, whole numbers, so that parts add up to the sum exactly.
public struct Workload: Hashable, Sendable {
    /// Doors of each unit of the town's lowest level, in the order of that layer.
    public var doors: [Int]
    /// Patrol and fixed duties of each grid, in the order of the grid layer.
    public var duties: [Int]
    /// Doors and duties of each grid.
    public var grids: [Int]
    /// Sum of the grids of each community.
    public var communities: [Int]
    /// Doors in no unit: counted in `total` and nowhere else.
    public var unplaced: Int
    public var total: Int
    /// Households, people, tagged households and premises of each lowest unit.
    public var counts: [Counts]

    public struct Counts: Hashable, Sendable {
        public var households = 0
        public var people = 0
        public var careHouseholds = 0
        public var careResidents = 0
        public var premises = 0

        public init() {}

        public static func += (sum: inout Counts, part: Counts) {
            sum.households += part.households
            sum.people += part.people
            sum.careHouseholds += part.careHouseholds
            sum.careResidents += part.careResidents
            sum.premises += part.premises
        }
    }

    /// Thousandths of a minute as minutes.
    public static func minutes(_ thousandths: Int) -> Double { Double(thousandths) / 1000 }
}

extension Workload {
    /// The workload of a town whose households and premises have been assigned.
    ///
    /// Care residents without a household in the list count as a household of their own at their door. Categories
    /// and premises kinds that the model does not know are treated as an ordinary household or as a merchant; `unknown`
    /// names them with their numbers. A town without a list of households is given its units' stated counts, as ordinary
    /// households without a walk. O(records).
    public init(of town: Town, model: WorkloadModel, unknown: inout [String: Int]) {
        let units = town.lowestUnits
        let unitIndex = units.indexByCode()
        var doors = Doors(units: units.count, model: model)

        var householdIndex: [String: Int] = [:]
        householdIndex.reserveCapacity(town.households.count)
        for (i, household) in town.households.enumerated() { householdIndex[household.id] = i }

        // The visit that counts for a household: most visits a month, then the longer one.
        var tagged: [Int: (visits: Double, minutes: Double)] = [:]
        for resident in town.careResidents {
            let line = model.careLine(named: resident.category)
            if line == nil { unknown[resident.category, default: 0] += 1 }
            let chosen = line ?? model.household
            let visit = (visits: resident.visitsPerMonth ?? chosen.visitsPerMonth, minutes: chosen.minutes)
            let unit: Int?
            if let household = householdIndex[resident.householdID] {
                unit = unitIndex[town.households[household].unitCode]
                let known = tagged[household] ?? (0, 0)
                if (visit.visits, visit.minutes) > known { tagged[household] = visit }
            } else {
                unit = unitIndex[resident.unitCode]
                doors.add(
                    Doors.Door(visits: visit.visits, minutes: visit.minutes, factor: 1, at: resident.location),
                    unit: unit)
            }
            if let unit { doors.counts[unit].careResidents += 1 }
        }
        for (i, household) in town.households.enumerated() {
            let visit = tagged[i] ?? (model.household.visitsPerMonth, model.household.minutes)
            let unit = unitIndex[household.unitCode]
            doors.add(
                Doors.Door(
                    visits: visit.visits, minutes: visit.minutes, factor: model.factor(household.risk),
                    at: household.location), unit: unit)
            guard let unit else { continue }
            doors.counts[unit].households += 1
            doors.counts[unit].people += household.persons
            if tagged[i] != nil { doors.counts[unit].careHouseholds += 1 }
        }
        for (unit, stated) in town.statedCounts {
            doors.counts[unit].households += stated.households
            doors.counts[unit].people += stated.persons
            doors.add(
                Doors.Door(
                    visits: model.household.visitsPerMonth * Double(stated.households),
                    minutes: model.household.minutes, factor: 1, at: nil), unit: unit)
        }
        for premises in town.premises {
            let line = model.premisesLine(named: premises.kind)
            if line == nil { unknown[premises.kind, default: 0] += 1 }
            guard let line = line ?? model.premises.first else { continue }
            let unit = unitIndex[premises.unitCode]
            doors.add(
                Doors.Door(
                    visits: line.visitsPerMonth, minutes: line.minutes, factor: model.factor(premises.risk),
                    at: premises.location), unit: unit)
            if let unit { doors.counts[unit].premises += 1 }
        }

        let (loads, unplaced) = doors.loads()
        self.doors = loads
        self.unplaced = unplaced
        counts = doors.counts
        let duty = Int(((model.patrolsPerMonth * model.patrolMinutes + model.fixedMinutes) * 1000).rounded())
        duties = Array(repeating: duty, count: town.grids.count)
        grids = duties
        if units.level == .grid {
            for i in units.codes.indices { grids[i] += loads[i] }
        } else {
            let gridIndex = town.grids.indexByCode()
            for i in units.codes.indices {
                if let grid = gridIndex[units.parentCodes[i]] { grids[grid] += loads[i] }
            }
        }
        communities = Array(repeating: 0, count: town.communities.count)
        let communityIndex = town.communities.indexByCode()
        for i in town.grids.codes.indices {
            if let community = communityIndex[town.grids.parentCodes[i]] { communities[community] += grids[i] }
        }
        total = loads.reduce(unplaced, +) + duties.reduce(0, +)
    }
}

extension WorkloadModel {
    func factor(_ risk: RiskColour?) -> Double { risk.flatMap { riskFactors[$0] } ?? 1 }
}

/// Doors gathered by unit, until the middle of each unit is known and walks can be added.
private struct Doors {
    struct Door {
        var visits: Double
        var minutes: Double
        var factor: Double
        /// Nil for households that are known by their number only: no walk.
        var at: PlanarPoint?
    }

    let model: WorkloadModel
    var counts: [Workload.Counts]
    private var byUnit: [[Door]]
    private var outside: [Door] = []

    init(units: Int, model: WorkloadModel) {
        self.model = model
        counts = Array(repeating: Workload.Counts(), count: units)
        byUnit = Array(repeating: [], count: units)
    }

    mutating func add(_ door: Door, unit: Int?) {
        if let unit { byUnit[unit].append(door) } else { outside.append(door) }
    }

    /// Thousandths of a minute of each unit, and of the doors in none (without a walk).
    func loads() -> (units: [Int], outside: Int) {
        let units = byUnit.map { doors in
            let points = doors.compactMap(\.at)
            let middle = PlanarPoint(
                x: points.reduce(0) { $0 + $1.x } / Double(points.count),
                y: points.reduce(0) { $0 + $1.y } / Double(points.count))
            return doors.reduce(0) { $0 + thousandths($1, metres: $1.at?.distance(to: middle) ?? 0) }
        }
        return (units, outside.reduce(0) { $0 + thousandths($1, metres: 0) })
    }

    private func thousandths(_ door: Door, metres: Double) -> Int {
        let walk = metres * model.detour / model.walkingMetresPerMinute
        return Int((door.visits * (door.minutes + walk) * door.factor * 1000).rounded())
    }
}
