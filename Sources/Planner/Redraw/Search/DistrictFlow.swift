import GeoGrid

/// Which load is to pass which border so that every district comes within its bounds: a least-cost flow over the graph
/// of districts, of the first criterion.
///
/// What leaves its old district costs a hop each time it passes a border; what has left it already travels nearly free.
struct DistrictFlow {
    /// So much load is to go from one district to its neighbour.
    struct Arc {
        var from: Int
        var to: Int
        var load: Int64
    }

    /// Price of one unit of load that leaves its old district, and of one that has left it already, a border.
    static let leaving: Int64 = 100
    static let passing: Int64 = 20

    /// Sources before sinks; a district gets its load before it passes load on.
    private(set) var arcs: [Arc] = []
    /// Price of all flows.
    private(set) var cost: Int64 = 0
    /// What bringing one more unit of load into a district would save against another: load flows from low to high.
    private(set) var potentials: [Int64] = []

    /// Bounds are narrowed by `slack` mean units. Nil where they cannot be met. O(flow on districts) and O(edges).
    init?(_ state: SearchState, slack: Double) {
        let problem = state.problem
        let criteria = state.criteria
        let districts = state.districts
        let unit = Double(problem.total(0)) / Double(max(1, state.count)) * slack
        // Nodes: the districts, what in each is not at home, and the sink.
        let sink = 2 * districts
        var network = MinCostFlow(nodes: sink + 1)
        var away = [Int64](repeating: 0, count: districts)
        for v in 0..<state.count where state.old[v] != state.label[v] {
            away[Int(state.label[v])] += state.loads[v * criteria]
        }
        for d in 0..<districts {
            let i = d * criteria
            let room = Double(problem.upper[i] - problem.lower[i])
            let margin = Int64(min(unit, room / 4))
            let lower = problem.lower[i] + margin
            let upper = problem.upper[i] - margin
            network.supplies[d] = state.tally[i] - lower
            network.supplies[sink] -= state.tally[i] - lower
            network.addArc(d, sink, capacity: upper - lower, cost: 0)
            network.addArc(d, districts + d, capacity: away[d], cost: 0)
        }
        // Neighbouring districts; a long common border carries load a little more cheaply.
        var pairs: [(a: Int, b: Int, border: Double)] = []
        for v in 0..<state.count where state.foreign[v] > 0 {
            for e in Int(state.offsets[v])..<Int(state.offsets[v + 1]) where Int(state.neighbours[e]) > v {
                let (a, b) = (Int(state.label[v]), Int(state.label[Int(state.neighbours[e])]))
                if a != b { pairs.append((a, b, 1)) }
            }
        }
        let borders = Adjacency(count: districts, pairs: pairs)
        let first = network.tails.count
        for a in 0..<districts {
            for e in borders.row(a) {
                let narrow = Int64(10 / max(1, borders.borders[e]))
                let b = borders.neighbours[e]
                network.addArc(a, b, capacity: problem.total(0), cost: Self.leaving + narrow)
                network.addArc(districts + a, b, capacity: problem.total(0), cost: Self.passing + narrow)
            }
        }
        guard let solution = network.solve() else { return nil }
        potentials = Array(solution.potentials.prefix(districts))
        var found: [Arc] = []
        for i in stride(from: first, to: network.tails.count, by: 2) {
            let load = solution.flows[i] + solution.flows[i + 1]
            cost += solution.flows[i] * network.costs[i] + solution.flows[i + 1] * network.costs[i + 1]
            if load > 0 { found.append(Arc(from: Int(network.tails[i]), to: Int(network.heads[i]), load: load)) }
        }
        arcs = Self.sourcesFirst(found, districts: districts)
    }

    /// A least-cost flow has no cycles.
    private static func sourcesFirst(_ arcs: [Arc], districts: Int) -> [Arc] {
        var waiting = [Int](repeating: 0, count: districts)
        for arc in arcs { waiting[arc.to] += 1 }
        var leaving = [[Int]](repeating: [], count: districts)
        for (i, arc) in arcs.enumerated() { leaving[arc.from].append(i) }
        var ready = (0..<districts).filter { waiting[$0] == 0 }
        var order: [Arc] = []
        var head = 0
        while head < ready.count {
            for i in leaving[ready[head]] {
                order.append(arcs[i])
                waiting[arcs[i].to] -= 1
                if waiting[arcs[i].to] == 0 { ready.append(arcs[i].to) }
            }
            head += 1
        }
        return order
    }
}
