import GeoGrid

/// 流量修复: surplus load is sent over the graph of districts to where there is room, by a least-cost flow, and each
/// flow between two neighbours is made real with units along their border.
///
/// This is what flips alone cannot do: load that has to pass through districts that are themselves full. The first
/// criterion rules. Every move keeps districts connected.
struct FlowRepair {
    /// One flow: so much load is to go from one district to its neighbour.
    private struct Flow {
        var from: Int
        var to: Int
        var load: Int64
    }

    /// Repeats flow and moves until the bounds hold or nothing more is gained. O(rounds · (flow + border · moves)).
    static func run(_ state: SearchState, rounds: Int = 6) {
        var least = violation(state)
        for _ in 0..<rounds where least > 0 {
            let before = state.labels
            guard let flows = flows(state, slack: 0.5) ?? flows(state, slack: 0) else { return }
            for flow in flows { realise(flow, state) }
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

    /// Least total load to move so that every district comes within its bounds, narrowed by `slack` mean units;
    /// sources before sinks. Nil where the bounds cannot be met.
    private static func flows(_ state: SearchState, slack: Double) -> [Flow]? {
        let problem = state.problem
        let criteria = state.criteria
        let unit = Double(problem.total(0)) / Double(max(1, state.count)) * slack
        let sink = state.districts
        var network = MinCostFlow(nodes: state.districts + 1)
        for d in 0..<state.districts {
            let i = d * criteria
            let room = Double(problem.upper[i] - problem.lower[i])
            let margin = Int64(min(unit, room / 4))
            let lower = problem.lower[i] + margin
            let upper = problem.upper[i] - margin
            network.supplies[d] = state.tally[i] - lower
            network.supplies[sink] -= state.tally[i] - lower
            network.addArc(d, sink, capacity: upper - lower, cost: 0)
        }
        // Neighbouring districts; a long common border carries load a little more cheaply.
        var pairs: [(a: Int, b: Int, border: Double)] = []
        for v in 0..<state.count {
            for e in Int(state.offsets[v])..<Int(state.offsets[v + 1]) where Int(state.neighbours[e]) > v {
                let (a, b) = (Int(state.label[v]), Int(state.label[Int(state.neighbours[e])]))
                if a != b { pairs.append((a, b, 1)) }
            }
        }
        let borders = Adjacency(count: state.districts, pairs: pairs)
        var arcs: [(from: Int, to: Int)] = []
        let first = state.districts
        for a in 0..<state.districts {
            for e in borders.row(a) {
                network.addArc(
                    a, borders.neighbours[e], capacity: problem.total(0),
                    cost: 100 + Int64(20 / max(1, borders.borders[e])))
                arcs.append((a, borders.neighbours[e]))
            }
        }
        guard let solution = network.solve() else { return nil }
        let flows = arcs.indices.filter { solution.flows[first + $0] > 0 }.map {
            Flow(from: arcs[$0].from, to: arcs[$0].to, load: solution.flows[first + $0])
        }
        return sourcesFirst(flows, districts: state.districts)
    }

    /// A least-cost flow has no cycles, so that a district can get its load before it passes load on.
    private static func sourcesFirst(_ flows: [Flow], districts: Int) -> [Flow] {
        var waiting = [Int](repeating: 0, count: districts)
        for flow in flows { waiting[flow.to] += 1 }
        var leaving = [[Int]](repeating: [], count: districts)
        for (i, flow) in flows.enumerated() { leaving[flow.from].append(i) }
        var ready = (0..<districts).filter { waiting[$0] == 0 }
        var order: [Flow] = []
        var head = 0
        while head < ready.count {
            for i in leaving[ready[head]] {
                order.append(flows[i])
                waiting[flows[i].to] -= 1
                if waiting[flows[i].to] == 0 { ready.append(flows[i].to) }
            }
            head += 1
        }
        return order
    }

    /// Moves units across one border, the cheapest for their load first, until about the wanted load has gone over.
    private static func realise(_ flow: Flow, _ state: SearchState) {
        let criteria = state.criteria
        let a = Int32(flow.from)
        let b = Int32(flow.to)
        var left = flow.load
        var candidates: [Int] = []
        for i in 0..<state.boundaryCount where state.label[Int(state.boundary[i])] == a {
            candidates.append(Int(state.boundary[i]))
        }
        candidates.sort()
        while left > 0, state.members[flow.from] > 1 {
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
            state.move(v, to: b)
            for e in Int(state.offsets[v])..<Int(state.offsets[v + 1]) {
                let u = Int(state.neighbours[e])
                if state.label[u] == a, !candidates.contains(u) { candidates.append(u) }
            }
        }
    }
}
