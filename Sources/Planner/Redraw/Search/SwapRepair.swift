import GeoGrid

/// 微调: the last misses of the bounds, mended by moving one unit, or exchanging two, across one border.
///
/// For a district outside its bounds all such moves with its neighbours are weighed, and the one that leaves the pair
/// nearest its bounds is made; of those nearly alike the one with the shortest border. A miss may so wander to a
/// neighbour with more room. Deterministic.
struct SwapRepair {
    private struct Move {
        var given: Int
        var taken: Int
        var gain: Double
        var price: Double
    }

    /// True when every district keeps its bounds at the end. O(steps · border²) of the districts that miss.
    @discardableResult
    static func run(_ state: SearchState, steps: Int) -> Bool {
        state.setPenalty(slope: 0, curve: 1)
        state.setMargin(0)
        var members = DistrictMembers(state)
        var barred = [Int](repeating: 0, count: state.districts)
        for step in 1...max(1, steps) {
            var worst = -1
            for d in 0..<state.districts
            where state.penalties[d] > 0 && barred[d] < step
                && (worst < 0 || state.penalties[d] > state.penalties[worst])
            {
                worst = d
            }
            guard worst >= 0 else { break }
            if let (move, other) = best(Int32(worst), state, members) {
                apply(move, Int32(worst), other, state, &members)
            } else {
                // Looked at again once something around may have changed.
                barred[worst] = step + 20
            }
        }
        return (0..<state.districts).allSatisfy { state.violationOf($0) == 0 }
    }

    private static func apply(
        _ move: Move, _ a: Int32, _ b: Int32, _ state: SearchState, _ members: inout DistrictMembers
    ) {
        if move.given >= 0 { members.move(move.given, to: b, state) }
        if move.taken >= 0 { members.move(move.taken, to: a, state) }
    }

    private static func best(_ a: Int32, _ state: SearchState, _ members: DistrictMembers) -> (Move, Int32)? {
        let own = members.border(a, state)
        var near: [Int32] = []
        for v in own {
            for e in Int(state.offsets[v])..<Int(state.offsets[v + 1]) {
                let other = state.label[Int(state.neighbours[e])]
                if other != a, !near.contains(other) { near.append(other) }
            }
        }
        near.sort()
        var found: (Move, Int32)?
        for b in near {
            let theirs = members.border(b, state).filter { touches($0, a, state) && free($0, state) }
            let mine = own.filter { touches($0, b, state) && free($0, state) }
            guard let move = best(mine, theirs, a, b, state) else { continue }
            if found.map({ isBetter(move, $0.0) }) ?? true { found = (move, b) }
        }
        return found
    }

    private static func free(_ v: Int, _ state: SearchState) -> Bool {
        state.fixed[v] < 0 && state.canLeave(v, state.sameMask(v))
    }

    private static func touches(_ v: Int, _ d: Int32, _ state: SearchState) -> Bool {
        (Int(state.offsets[v])..<Int(state.offsets[v + 1])).contains { state.label[Int(state.neighbours[$0])] == d }
    }

    /// Clearly nearer the bounds, or as near at a lower price.
    private static func isBetter(_ a: Move, _ b: Move) -> Bool {
        if abs(a.gain - b.gain) > 0.05 * max(a.gain, b.gain) { return a.gain > b.gain }
        return a.price < b.price
    }

    private static func best(
        _ mine: [Int], _ theirs: [Int], _ a: Int32, _ b: Int32, _ state: SearchState
    ) -> Move? {
        let now = state.penalties[Int(a)] + state.penalties[Int(b)]
        var ranked: [Move] = []
        for v in [-1] + mine {
            for w in [-1] + theirs where v >= 0 || w >= 0 {
                let after = penalty(a, minus: v, plus: w, state) + penalty(b, minus: w, plus: v, state)
                if after < now * 0.999 {
                    ranked.append(Move(given: v, taken: w, gain: now - after, price: price(v, w, a, b, state)))
                }
            }
        }
        // Those nearly as good as the best by price, then the others by what they gain.
        let most = ranked.reduce(0) { max($0, $1.gain) } * 0.95
        ranked.sort { a, b in
            let (first, second) = (a.gain >= most, b.gain >= most)
            if first != second { return first }
            let (x, y) = first ? (a.price, b.price) : (-a.gain, -b.gain)
            return (x, a.given, a.taken) < (y, b.given, b.taken)
        }
        for move in ranked.prefix(24) {
            // Each alone may leave; whether both may is seen by trying.
            guard move.given >= 0, move.taken >= 0 else { return move }
            state.move(move.given, to: b)
            let holds =
                touches(move.taken, a, state)
                && state.canLeave(move.taken, state.sameMask(move.taken))
            state.move(move.given, to: a)
            if holds { return move }
        }
        return nil
    }

    private static func penalty(_ d: Int32, minus: Int, plus: Int, _ state: SearchState) -> Double {
        var sum = 0.0
        for c in 0..<state.criteria {
            var load = state.tally[Int(d) * state.criteria + c]
            if minus >= 0 { load -= state.loads[minus * state.criteria + c] }
            if plus >= 0 { load += state.loads[plus * state.criteria + c] }
            sum += state.penalty(Int(d), c, load: load)
        }
        return sum
    }

    private static func price(_ v: Int, _ w: Int, _ a: Int32, _ b: Int32, _ state: SearchState) -> Double {
        var sum = 0.0
        for (unit, from, to) in [(v, a, b), (w, b, a)] where unit >= 0 {
            for e in Int(state.offsets[unit])..<Int(state.offsets[unit + 1]) {
                let other = state.label[Int(state.neighbours[e])]
                if other == from { sum += Double(state.costs[e]) }
                if other == to { sum -= Double(state.costs[e]) }
            }
            if state.old[unit] == from { sum += state.problem.moveCost * Double(state.residents[unit]) }
            if state.old[unit] == to { sum -= state.problem.moveCost * Double(state.residents[unit]) }
        }
        return sum
    }
}
