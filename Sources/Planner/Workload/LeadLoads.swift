public import GeoGrid

/// 网格长负荷: what each person answers for against what they can carry.
///
/// The load of a unit is shared by its posts in proportion to their capacity, the rest of the division going to the
/// first ones, so that shares add up to the unit exactly.
public struct LeadLoads: Hashable, Sendable {
    public struct Lead: Hashable, Sendable {
        public var personID: String
        /// Codes of the units, in the order of the layer.
        public var units: [String]
        /// Thousandths of a minute a month.
        public var load: Int
        public var capacity: Int
    }

    /// In order of the person's identifier.
    public var leads: [Lead]
    /// Units with load and nobody to carry it.
    public var uncovered: [(code: String, load: Int)] {
        zip(uncoveredCodes, uncoveredLoads).map { ($0, $1) }
    }
    private var uncoveredCodes: [String] = []
    private var uncoveredLoads: [Int] = []

    /// Shares out the loads of one level's units. A person's capacity counts once, at their best post. O(posts + units).
    public init(units: UnitLayer, loads: [Int], posts: [Post], day: Day, capacity: WorkloadModel.Capacity) {
        var byUnit: [String: [(person: String, capacity: Int)]] = [:]
        var capacities: [String: Int] = [:]
        for post in posts.sorted(by: { $0.id < $1.id })
        where post.zoning.isEmpty && post.level == units.level && post.validity.contains(day) {
            guard let person = post.personID else { continue }
            let minutes = Int((capacity[post.employment, post.level] * 1000).rounded())
            byUnit[post.unitCode, default: []].append((person, minutes))
            capacities[person] = max(capacities[person] ?? 0, minutes)
        }
        var carried: [String: (units: [String], load: Int)] = [:]
        for (i, code) in units.codes.enumerated() {
            let holders = byUnit[code] ?? []
            let weight = holders.reduce(0) { $0 + $1.capacity }
            guard weight > 0 else {
                uncoveredCodes.append(code)
                uncoveredLoads.append(loads[i])
                continue
            }
            var rest = loads[i]
            var restWeight = weight
            for holder in holders {
                // Taken from what is left, so that the last share closes the sum.
                let share =
                    restWeight == 0 ? 0 : Int((Double(rest) * Double(holder.capacity) / Double(restWeight)).rounded())
                rest -= share
                restWeight -= holder.capacity
                carried[holder.person, default: ([], 0)].load += share
                if carried[holder.person]?.units.last != code { carried[holder.person]?.units.append(code) }
            }
        }
        leads = carried.map {
            Lead(personID: $0.key, units: $0.value.units, load: $0.value.load, capacity: capacities[$0.key] ?? 0)
        }
        .sorted { $0.personID < $1.personID }
    }
}
