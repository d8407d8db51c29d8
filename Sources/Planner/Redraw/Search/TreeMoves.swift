import GeoGrid

/// Recombination: two neighbouring districts are joined and split anew along a random spanning tree.
///
/// Of all cuts of the tree the one with the least energy is proposed, under the rule of Metropolis. One such move does
/// what long chains of flips would, and it is what makes coarse and lumpy cases solvable.
struct TreeMoves {
    private var tree = RegionTree()
    private var region: [Int32] = []

    /// Proposes one recombination at a random place of the border and returns the work done, in flips.
    mutating func propose(
        _ state: SearchState, limit: Double, trees: Int, generator: inout SeededGenerator
    ) -> Int {
        guard let (v, a, b) = Self.pickPair(state, generator: &generator) else { return 1 }
        guard let cutNow = collect(v, a, b, state) else { return 1 }
        split(a, b, cutNow: cutNow, state: state, limit: limit, trees: trees, generator: &generator)
        return region.count * (1 + trees)
    }

    /// A random border unit and the pair of districts that meet there.
    static func pickPair(_ state: SearchState, generator: inout SeededGenerator) -> (Int, Int32, Int32)? {
        guard state.boundaryCount > 0 else { return nil }
        let v = state.randomBorderUnit(&generator)
        let start = Int(state.offsets[v])
        let end = Int(state.offsets[v + 1])
        let a = state.label[v]
        var e = start + generator.below(end - start)
        while state.label[Int(state.neighbours[e])] == a {
            e += 1
            if e == end { e = start }
        }
        return (v, a, state.label[Int(state.neighbours[e])])
    }

    /// Gathers both districts from `v` into `region` and returns the price of the edges between them.
    private mutating func collect(_ v: Int, _ a: Int32, _ b: Int32, _ state: SearchState) -> Int? {
        let seen = state.nextStamp()
        region.removeAll(keepingCapacity: true)
        region.append(Int32(truncatingIfNeeded: v))
        state.mark[v] = seen
        var cut = 0
        var head = 0
        while head < region.count {
            let u = Int(region[head])
            head += 1
            let own = state.label[u]
            for e in Int(state.offsets[u])..<Int(state.offsets[u + 1]) {
                let w = Int(state.neighbours[e])
                let other = state.label[w]
                guard other == a || other == b else { continue }
                if other != own { cut &+= Int(state.costs[e]) }
                if state.mark[w] != seen {
                    state.mark[w] = seen
                    region.append(Int32(truncatingIfNeeded: w))
                }
            }
        }
        return region.count > 2 ? cut / 2 : nil
    }

    private mutating func split(
        _ a: Int32, _ b: Int32, cutNow: Int, state: SearchState, limit: Double, trees: Int,
        generator: inout SeededGenerator
    ) {
        let criteria = state.criteria
        let energyNow = Double(cutNow) + state.penalties[Int(a)] + state.penalties[Int(b)]
        let priced = state.problem.moveCost > 0
        for _ in 0..<trees {
            let stamp = state.nextStamp()
            for unit in region { state.mark[Int(unit)] = stamp }
            let root = Int(region[generator.below(region.count)])
            tree.grow(root: root, stamp: stamp, state: state, generator: &generator)
            var best = energyNow + limit
            var bestPosition = -1
            var bestToA = true
            for position in 1..<tree.order.count {
                let toA = splitPenalty(position, a, b, state, criteria)
                let toB = splitPenalty(position, b, a, state, criteria)
                let least = min(toA, toB)
                if !priced, least >= best { continue }
                let side = state.nextStamp()
                let cut = tree.cutOff(position, treeStamp: stamp, stamp: side, state: state)
                for (penalty, isA) in [(toA, true), (toB, false)] {
                    var energy = penalty + Double(cut)
                    if priced { energy += moveDelta(isA ? a : b, isA ? b : a, side, state) }
                    if energy < best, respectsPins(isA ? a : b, isA ? b : a, side, state) {
                        best = energy
                        bestPosition = position
                        bestToA = isA
                    }
                }
                tree.unmark(position, treeStamp: stamp, stamp: side, state: state)
            }
            guard bestPosition > 0 else { continue }
            let side = state.nextStamp()
            tree.mark(bestPosition, stamp: side, state: state)
            let inside = bestToA ? a : b
            let outside = bestToA ? b : a
            for unit in region {
                let wanted = state.mark[Int(unit)] == side ? inside : outside
                if state.label[Int(unit)] != wanted { state.move(Int(unit), to: wanted) }
            }
            return
        }
    }

    @inline(__always)
    private func splitPenalty(
        _ position: Int, _ inside: Int32, _ outside: Int32, _ state: SearchState, _ criteria: Int
    ) -> Double {
        var sum = 0.0
        for c in 0..<criteria {
            let load = tree.below[position &* criteria &+ c]
            let all = tree.below[c]
            sum += state.penalty(Int(inside), c, load: load)
            sum += state.penalty(Int(outside), c, load: all &- load)
        }
        return sum
    }

    /// What the residents of the region would pay more than now.
    private func moveDelta(_ inside: Int32, _ outside: Int32, _ side: Int32, _ state: SearchState) -> Double {
        var delta = 0
        for unit in region {
            let v = Int(unit)
            guard state.old[v] >= 0 else { continue }
            let wanted = state.mark[v] == side ? inside : outside
            if state.old[v] == state.label[v] { delta += Int(state.residents[v]) }
            if state.old[v] == wanted { delta -= Int(state.residents[v]) }
        }
        return Double(delta) * state.problem.moveCost
    }

    private func respectsPins(_ inside: Int32, _ outside: Int32, _ side: Int32, _ state: SearchState) -> Bool {
        guard state.hasPins else { return true }
        for unit in region where state.fixed[Int(unit)] >= 0 {
            if state.fixed[Int(unit)] != (state.mark[Int(unit)] == side ? inside : outside) { return false }
        }
        return true
    }
}
