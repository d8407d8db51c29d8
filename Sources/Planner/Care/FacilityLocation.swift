/// 选址内核: opens p of many candidates so that the weighted cost of the clients is least, with a proven bound.
///
/// Each client pays its cheapest open candidate, or its own outside cost where that is less. The p-median and the
/// maximal cover are both of this form. Upper bound: greedy, then swaps. Lower bound: Lagrangian relaxation.
/// Sources: Resende, Werneck, "A fast swap-based local search procedure for location problems" (2007);
/// Cornuéjols, Fisher, Nemhauser, "Location of bank accounts to optimize float" (1977).
struct FacilityLocation: Sendable {
    struct Result: Sendable {
        /// Open candidates, ascending.
        var open: [Int]
        var cost: Int64
        /// No choice of as many costs less.
        var lowerBound: Int64
    }

    let candidateCount: Int
    let weights: [Int64]
    /// What each client pays with no candidate open.
    let outside: [Int32]
    /// Candidates cheaper than the outside cost, by client, cheapest first.
    private let offsets: [Int]
    private let candidates: [Int32]
    private let costs: [Int32]

    /// `choices` are (client, candidate, cost); those not under the outside cost are left out. O(choices log).
    init(
        candidateCount: Int, weights: [Int64], outside: [Int32],
        choices: [(client: Int32, candidate: Int32, cost: Int32)]
    ) {
        self.candidateCount = candidateCount
        self.weights = weights
        self.outside = outside
        var counts = [Int](repeating: 0, count: weights.count + 1)
        for c in choices where c.cost < outside[Int(c.client)] { counts[Int(c.client) + 1] += 1 }
        for i in weights.indices { counts[i + 1] += counts[i] }
        let offsets = counts
        var packed = [UInt64](repeating: 0, count: counts[weights.count])
        for c in choices where c.cost < outside[Int(c.client)] {
            packed[counts[Int(c.client)]] = UInt64(UInt32(c.cost)) << 32 | UInt64(UInt32(c.candidate))
            counts[Int(c.client)] += 1
        }
        for i in weights.indices { packed[offsets[i]..<offsets[i + 1]].sort() }
        self.offsets = offsets
        candidates = packed.map { Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF) }
        costs = packed.map { Int32(truncatingIfNeeded: $0 >> 32) }
    }

    /// Opens `p` candidates. `iterations` bounds the work on the lower bound.
    func solve(p: Int, iterations: Int = 1500) -> Result {
        let p = min(p, candidateCount)
        var best = improved([], p: p)
        guard p > 0, p < candidateCount else { return Result(open: best.open, cost: best.cost, lowerBound: best.cost) }
        let bound = relax(p: p, best: &best, iterations: iterations)
        return Result(open: best.open, cost: best.cost, lowerBound: min(bound, best.cost))
    }

    /// What the clients pay when these are open.
    func cost(open: [Int]) -> Int64 {
        var isOpen = [Bool](repeating: false, count: candidateCount)
        for j in open { isOpen[j] = true }
        var total: Int64 = 0
        for i in weights.indices {
            var paid = outside[i]
            for k in offsets[i]..<offsets[i + 1] where isOpen[Int(candidates[k])] {
                paid = costs[k]
                break
            }
            total += weights[i] * Int64(paid)
        }
        return total
    }

    /// Adds the best candidate until there are `p`, then makes the best swap until none is left.
    private func improved(_ start: [Int], p: Int) -> (open: [Int], cost: Int64) {
        var open = start
        while true {
            var slot = [Int](repeating: -1, count: candidateCount)
            for (r, j) in open.enumerated() { slot[j] = r }
            var gain = [Int64](repeating: 0, count: candidateCount)
            var loss = [Int64](repeating: 0, count: open.count)
            var extra = [Int64](repeating: 0, count: open.count * candidateCount)
            var total: Int64 = 0
            for i in weights.indices {
                let run = offsets[i]..<offsets[i + 1]
                var first = outside[i]
                var second = outside[i]
                var home = -1
                for k in run where slot[Int(candidates[k])] >= 0 {
                    if home < 0 {
                        home = slot[Int(candidates[k])]
                        first = costs[k]
                    } else {
                        second = costs[k]
                        break
                    }
                }
                let w = weights[i]
                total += w * Int64(first)
                if home >= 0 { loss[home] += w * Int64(second - first) }
                for k in run {
                    let cost = costs[k]
                    guard cost < second else { break }
                    let j = Int(candidates[k])
                    guard slot[j] < 0 else { continue }
                    if cost < first { gain[j] += w * Int64(first - cost) }
                    if home >= 0 { extra[home * candidateCount + j] += w * Int64(second - max(first, cost)) }
                }
            }
            var move = (profit: Int64(0), add: -1, remove: -1)
            if open.count < p {
                move.profit = -1
                for j in 0..<candidateCount where slot[j] < 0 && gain[j] > move.profit { move = (gain[j], j, -1) }
            } else {
                for r in open.indices {
                    for j in 0..<candidateCount where slot[j] < 0 {
                        let profit = gain[j] - loss[r] + extra[r * candidateCount + j]
                        if profit > move.profit { move = (profit, j, r) }
                    }
                }
            }
            guard move.add >= 0 else { return (open.sorted(), total) }
            if move.remove >= 0 { open[move.remove] = move.add } else { open.append(move.add) }
        }
    }

    /// Subgradient ascent on the prices of the clients; improves `best` on its way and returns the bound.
    private func relax(p: Int, best: inout (open: [Int], cost: Int64), iterations: Int) -> Int64 {
        var price = startPrices(open: best.open)
        var bound = -Double.infinity
        var theta = 1.5
        var idle = 0
        var tried = 0
        var reduced = [Double](repeating: 0, count: candidateCount)
        var order = Array(0..<candidateCount)
        var slope = [Double](repeating: 0, count: weights.count)
        var isOpen = [Bool](repeating: false, count: candidateCount)
        for iteration in 0..<iterations {
            for j in reduced.indices { reduced[j] = 0 }
            var value = 0.0
            for i in weights.indices {
                let w = Double(weights[i])
                value += w * price[i]
                for k in offsets[i]..<offsets[i + 1] {
                    let saving = Double(costs[k]) - price[i]
                    guard saving < 0 else { break }
                    reduced[Int(candidates[k])] += w * saving
                }
            }
            order.sort { (reduced[$0], $0) < (reduced[$1], $1) }
            for j in isOpen.indices { isOpen[j] = false }
            for j in order[..<p] {
                value += reduced[j]
                isOpen[j] = true
            }
            let improves = value > bound + 1e-7 * abs(bound)
            if value > bound { bound = value }
            if improves { idle = 0 } else { idle += 1 }
            if (improves && tried < 60) || iteration % 50 == 0 {
                let open = order[..<p].sorted()
                let cost = cost(open: open)
                // Only a choice that is nearly as good as the best is worth the swaps.
                if cost < best.cost || Double(cost - best.cost) < 0.03 * Double(best.cost) + 1 {
                    tried += 1
                    let better = improved(open, p: p)
                    if better.cost < best.cost { best = better }
                }
            }
            if Self.whole(bound) >= best.cost { break }
            if idle >= 20 {
                theta /= 1.6
                idle = 0
                if theta < 1e-4 { break }
            }
            var norm = 0.0
            for i in weights.indices {
                var served = 0.0
                for k in offsets[i]..<offsets[i + 1] {
                    guard Double(costs[k]) < price[i] else { break }
                    if isOpen[Int(candidates[k])] { served += 1 }
                }
                var g = 1 - served
                if g > 0, price[i] >= Double(outside[i]) { g = 0 }
                slope[i] = g
                norm += Double(weights[i]) * g * g
            }
            guard norm > 0 else { break }
            let step = theta * max(Double(best.cost) - value, 1e-3 * Double(best.cost) + 1e-3) / norm
            for i in weights.indices where slope[i] != 0 {
                price[i] = min(Double(outside[i]), max(0, price[i] + step * slope[i]))
            }
        }
        return max(0, Self.whole(bound))
    }

    /// The second cheapest open candidate of each client: near the prices of the optimum.
    private func startPrices(open: [Int]) -> [Double] {
        var isOpen = [Bool](repeating: false, count: candidateCount)
        for j in open { isOpen[j] = true }
        return weights.indices.map { i in
            var seen = 0
            for k in offsets[i]..<offsets[i + 1] where isOpen[Int(candidates[k])] {
                seen += 1
                if seen == 2 { return Double(costs[k]) }
            }
            return Double(outside[i])
        }
    }

    /// Costs are whole numbers, so that a bound may be rounded up.
    private static func whole(_ bound: Double) -> Int64 {
        guard bound.isFinite else { return 0 }
        return Int64((bound - 1e-6 - 1e-10 * abs(bound)).rounded(.up))
    }
}
