import GeoGrid

/// 有容量的分派: suppliers with capacities, targets with amounts, a cost for each pair that may be.
///
/// As much as capacity allows is given, and that at the least total cost. The least cost is proven: the result bears a
/// lower bound worked out from dual prices, apart from the solver, over all pairs.
public struct Assignment: Sendable {
    /// 分派结果.
    public struct Result: Sendable {
        /// Amount given by a supplier to a target.
        public struct Share: Hashable, Sendable {
            public var supplier: Int
            public var target: Int
            public var amount: Int
        }
        /// Ordered by target, then supplier.
        public var shares: [Share]
        /// What each target did not get.
        public var unserved: [Int]
        /// Cost of the shares, without the unserved.
        public var cost: Int64
        /// No assignment that serves as much costs less than this.
        public var lowerBound: Int64
        /// Price of one more unit of capacity at each supplier, at the optimum.
        public var prices: [Int64]

        public var isProvenOptimal: Bool { cost == lowerBound }
    }

    public let capacities: [Int]
    public let amounts: [Int]
    /// How much worse than 1 it is to leave a unit of the target unserved; empty where all are 1.
    public var urgencies: [Int64] = []
    /// Pairs in compressed rows by target: supplier and cost.
    private var offsets: [Int] = [0]
    private var suppliers: [Int32] = []
    private var costs: [Int32] = []

    /// `pairs` names each allowed (supplier, target, cost ≥ 0) once, in any order. O(pairs).
    public init(capacities: [Int], amounts: [Int], pairs: [(supplier: Int32, target: Int32, cost: Int32)]) {
        precondition(capacities.allSatisfy { $0 >= 0 } && amounts.allSatisfy { $0 >= 0 })
        self.capacities = capacities
        self.amounts = amounts
        var counts = [Int](repeating: 0, count: amounts.count + 1)
        for pair in pairs { counts[Int(pair.target) + 1] += 1 }
        for t in amounts.indices { counts[t + 1] += counts[t] }
        offsets = counts
        suppliers = [Int32](repeating: 0, count: counts[amounts.count])
        costs = suppliers
        for pair in pairs {
            let slot = counts[Int(pair.target)]
            suppliers[slot] = pair.supplier
            costs[slot] = pair.cost
            counts[Int(pair.target)] += 1
        }
    }

    /// How many suppliers the target may have.
    public func choices(of target: Int) -> Int { offsets[target + 1] - offsets[target] }

    /// The assignment of least cost. Solved on the `first` cheapest pairs of each target; pairs whose reduced cost is
    /// negative are added until there are none. O(pairs) and a network simplex on a small share of them.
    public func solve(first: Int = 24) -> Result {
        let total = amounts.reduce(0, +)
        // Leaving a unit unserved costs more than any chain of shifts could save.
        let base = (Int64(costs.max() ?? 0) + 1) * Int64(capacities.count + 2)
        let unservedCosts = amounts.indices.map { base * (urgencies.isEmpty ? 1 : urgencies[$0]) }
        let nobody = capacities.count + amounts.count
        let sink = nobody + 1
        var active = cheapest(first)
        while true {
            var flow = MinCostFlow(nodes: sink + 1)
            for (t, pairs) in active.enumerated() where amounts[t] > 0 {
                for k in pairs {
                    flow.addArc(
                        Int(suppliers[k]), capacities.count + t, capacity: Int64(amounts[t]), cost: Int64(costs[k]))
                }
            }
            for t in amounts.indices {
                flow.addArc(nobody, capacities.count + t, capacity: Int64(amounts[t]), cost: unservedCosts[t])
                flow.supplies[capacities.count + t] = -Int64(amounts[t])
            }
            for (s, capacity) in capacities.enumerated() {
                flow.addArc(s, sink, capacity: Int64(capacity), cost: 0)
                flow.supplies[s] = Int64(capacity)
            }
            flow.addArc(nobody, sink, capacity: Int64(total), cost: 0)
            flow.supplies[nobody] = Int64(total)
            flow.supplies[sink] = -capacities.reduce(0) { $0 + Int64($1) }
            guard let solution = flow.solve() else { preconditionFailure("the network can always carry its supplies") }

            let floor = solution.potentials[sink]
            let prices = capacities.indices.map { max(0, solution.potentials[$0] - floor) }
            let limits = amounts.indices.map {
                min(unservedCosts[$0], solution.potentials[capacities.count + $0] - floor)
            }
            let (bound, added) = price(prices, limits, unservedCosts, into: &active)
            if !added { return result(active, solution, bound, prices, unservedCosts) }
        }
    }

    /// Adds the pairs that would lower the cost, and works out the bound that the prices prove.
    private func price(
        _ prices: [Int64], _ limits: [Int64], _ unservedCosts: [Int64], into active: inout [[Int]]
    ) -> (bound: Int64, added: Bool) {
        var added = false
        var bound = -zip(prices, capacities).reduce(0) { $0 + $1.0 * Int64($1.1) }
        for t in amounts.indices where amounts[t] > 0 {
            var least = unservedCosts[t]
            var extra: [Int] = []
            for k in offsets[t]..<offsets[t + 1] {
                let reduced = Int64(costs[k]) + prices[Int(suppliers[k])]
                if reduced < least { least = reduced }
                if reduced < limits[t] { extra.append(k) }
            }
            bound += least * Int64(amounts[t])
            if !extra.isEmpty {
                let known = active[t].count
                active[t] = Self.union(active[t], extra)
                added = added || active[t].count > known
            }
        }
        return (bound, added)
    }

    private func cheapest(_ first: Int) -> [[Int]] {
        parallelMap(amounts.count) { t in
            let run = offsets[t]..<offsets[t + 1]
            guard run.count > first else { return Array(run) }
            let keys = run.map { UInt64(UInt32(costs[$0])) << 32 | UInt64($0 - run.lowerBound) }
            let threshold = Self.key(ofRank: first, in: keys)
            return keys.filter { $0 <= threshold }.map { run.lowerBound + Int($0 & 0xFFFF_FFFF) }.sorted()
        }
    }

    /// The key of a rank, from 0, by quickselect on a copy. O(keys).
    private static func key(ofRank rank: Int, in keys: [UInt64]) -> UInt64 {
        var keys = keys
        var low = 0
        var high = keys.count - 1
        while low < high {
            let pivot = keys[(low + high) / 2]
            var i = low
            var j = high
            while i <= j {
                while keys[i] < pivot { i += 1 }
                while keys[j] > pivot { j -= 1 }
                if i <= j {
                    keys.swapAt(i, j)
                    i += 1
                    j -= 1
                }
            }
            if rank <= j { high = j } else if rank >= i { low = i } else { break }
        }
        return keys[rank]
    }

    private static func union(_ a: [Int], _ b: [Int]) -> [Int] {
        var merged: [Int] = []
        merged.reserveCapacity(a.count + b.count)
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            if j == b.count || (i < a.count && a[i] < b[j]) {
                merged.append(a[i])
                i += 1
            } else {
                if i < a.count, a[i] == b[j] { i += 1 }
                merged.append(b[j])
                j += 1
            }
        }
        return merged
    }

    private func result(
        _ active: [[Int]], _ solution: MinCostFlow.Solution, _ bound: Int64, _ prices: [Int64], _ unservedCosts: [Int64]
    ) -> Result {
        var result = Result(shares: [], unserved: amounts, cost: 0, lowerBound: 0, prices: prices)
        var arc = 0
        for (t, pairs) in active.enumerated() where amounts[t] > 0 {
            var given: [Result.Share] = []
            for k in pairs {
                let amount = Int(solution.flows[arc])
                arc += 1
                guard amount > 0 else { continue }
                given.append(.init(supplier: Int(suppliers[k]), target: t, amount: amount))
                result.unserved[t] -= amount
                result.cost += Int64(amount) * Int64(costs[k])
            }
            result.shares.append(contentsOf: given.sorted { $0.supplier < $1.supplier })
        }
        // The bound counts the unserved at their price; taken off, it bounds the cost of serving as many.
        result.lowerBound = bound - zip(result.unserved, unservedCosts).reduce(0) { $0 + Int64($1.0) * $1.1 }
        return result
    }
}
