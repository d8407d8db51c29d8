import GeoGrid

/// 整户安置: households to shelters without parting any, by shifts and exchanges from a flow that may part them.
///
/// O(households² · shelters) a pass; meant for the hundreds of households of a danger zone.
struct WholeHouseholds {
    let persons: [Int]
    let urgencies: [Int64]
    let capacities: [Int]
    /// Household × shelter, centimetres.
    let costs: [Int32]
    private(set) var shelters: [Int32]
    private(set) var load: [Int]
    private let unplaced: Int64

    init(persons: [Int], urgencies: [Int64], capacities: [Int], costs: [Int32]) {
        self.persons = persons
        self.urgencies = urgencies
        self.capacities = capacities
        self.costs = costs
        shelters = [Int32](repeating: -1, count: persons.count)
        load = [Int](repeating: 0, count: capacities.count)
        let greatest = costs.filter { $0 != WalkModel.unreachable }.max() ?? 0
        unplaced = (Int64(greatest) + 1) * Int64(capacities.count + 2) * 4
    }

    /// What it costs that household `h` goes to `s`, or to none (-1); nil where it cannot.
    private func cost(_ h: Int, _ s: Int32) -> Int64? {
        if s < 0 { return unplaced * urgencies[h] * Int64(persons[h]) }
        let way = costs[h * capacities.count + Int(s)]
        return way == WalkModel.unreachable ? nil : Int64(way) * Int64(persons[h])
    }

    private mutating func move(_ h: Int, to s: Int32) {
        if shelters[h] >= 0 { load[Int(shelters[h])] -= persons[h] }
        shelters[h] = s
        if s >= 0 { load[Int(s)] += persons[h] }
    }

    private func room(_ s: Int) -> Int { capacities[s] - load[s] }

    /// Takes over every household that the flow keeps whole; the parted ones go where room is, most urgent first.
    mutating func start(from flow: Assignment.Result) {
        for share in flow.shares where share.amount == persons[share.target] {
            move(share.target, to: Int32(share.supplier))
        }
        let rest = persons.indices.filter { shelters[$0] < 0 && persons[$0] > 0 }
            .sorted { (urgencies[$1], persons[$1], $0) < (urgencies[$0], persons[$0], $1) }
        for h in rest {
            let open = capacities.indices.filter { room($0) >= persons[h] && cost(h, Int32($0)) != nil }
            if let best = open.min(by: { (cost(h, Int32($0))!, $0) < (cost(h, Int32($1))!, $1) }) {
                move(h, to: Int32(best))
            }
        }
    }

    /// Shifts a household, exchanges two, or shifts one to make room for another, until nothing helps.
    mutating func improve() {
        var improved = true
        while improved {
            improved = false
            for h in persons.indices where persons[h] > 0 {
                for s in capacities.indices where Int32(s) != shelters[h] {
                    improved = shift(h, to: s) || improved
                }
                for g in persons.indices where g != h { improved = exchange(h, g) || improved }
            }
        }
    }

    private mutating func shift(_ h: Int, to s: Int) -> Bool {
        guard let new = cost(h, Int32(s)), let old = cost(h, shelters[h]), new < old else { return false }
        if room(s) >= persons[h] {
            move(h, to: Int32(s))
            return true
        }
        // Somebody there may move on to a third shelter, or out when less urgent.
        for g in persons.indices where shelters[g] == Int32(s) && room(s) + persons[g] >= persons[h] {
            for t in -1..<capacities.count where t != s && (t < 0 || room(t) >= persons[g]) {
                guard let there = cost(g, Int32(t)), let here = cost(g, Int32(s)) else { continue }
                if new + there < old + here {
                    move(g, to: Int32(t))
                    move(h, to: Int32(s))
                    return true
                }
            }
        }
        return false
    }

    private mutating func exchange(_ h: Int, _ g: Int) -> Bool {
        let (s, t) = (shelters[h], shelters[g])
        guard s != t, s >= 0, t >= 0 else { return false }
        guard room(Int(s)) + persons[h] >= persons[g], room(Int(t)) + persons[g] >= persons[h] else { return false }
        guard let a = cost(h, t), let b = cost(g, s), let c = cost(h, s), let d = cost(g, t), a + b < c + d else {
            return false
        }
        move(h, to: -1)
        move(g, to: s)
        move(h, to: t)
        return true
    }
}
