import GeoGrid

/// 流量修复: surplus load is sent over the graph of districts to where there is room, by a least-cost flow, and each
/// flow between two neighbours is made real with units along their border.
///
/// This is what flips alone cannot do: load that has to pass through districts that are themselves full. The first
/// criterion rules. Every move keeps districts connected.
struct FlowRepair {
    /// Repeats flow and moves until the bounds hold or nothing more is gained. O(rounds · (flow + border · moves)).
    static func run(_ state: SearchState, rounds: Int = 6) {
        var least = violation(state)
        for _ in 0..<rounds where least > 0 {
            let before = state.labels
            guard let flow = DistrictFlow(state, slack: 0.5) ?? DistrictFlow(state, slack: 0) else { return }
            var members = DistrictMembers(state)
            for arc in flow.arcs { realise(arc, state, &members) }
            let now = violation(state)
            if now >= least {
                state.load(before)
                return
            }
            least = now
        }
    }

    private static func violation(_ state: SearchState) -> Double {
        (0..<state.districts).reduce(0) { $0 + state.violationOf($1) }
    }

    /// Moves units across one border, the cheapest for their load first, until about the wanted load has gone over.
    private static func realise(_ arc: DistrictFlow.Arc, _ state: SearchState, _ members: inout DistrictMembers) {
        let criteria = state.criteria
        let a = Int32(arc.from)
        let b = Int32(arc.to)
        var left = arc.load
        var candidates = members.border(a, state)
        while left > 0, state.members[arc.from] > 1 {
            var best = -1
            var bestPrice = Double.infinity
            for (i, v) in candidates.enumerated() {
                let load = state.loads[v * criteria]
                guard state.label[v] == a, state.fixed[v] < 0, load > 0, load < 2 * left else { continue }
                var delta = 0
                var touches = false
                for e in Int(state.offsets[v])..<Int(state.offsets[v + 1]) {
                    let other = state.label[Int(state.neighbours[e])]
                    if other == a { delta += Int(state.costs[e]) }
                    if other == b {
                        delta -= Int(state.costs[e])
                        touches = true
                    }
                }
                guard touches else { continue }
                var price = Double(delta)
                if state.old[v] == a { price += state.problem.moveCost * Double(state.residents[v]) }
                if state.old[v] == b { price -= state.problem.moveCost * Double(state.residents[v]) }
                // Gains count as such; costs are weighed by the load they move.
                price = price > 0 ? price / Double(load) : price * Double(load)
                if price < bestPrice, state.canLeave(v, state.sameMask(v)) {
                    bestPrice = price
                    best = i
                }
            }
            guard best >= 0 else { return }
            let v = candidates[best]
            left -= state.loads[v * criteria]
            members.move(v, to: b, state)
            for e in Int(state.offsets[v])..<Int(state.offsets[v + 1]) {
                let u = Int(state.neighbours[e])
                if state.label[u] == a, !candidates.contains(u) { candidates.append(u) }
            }
        }
    }
}
