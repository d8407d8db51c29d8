import GeoGrid

/// 变动下限: how much load has to change grids so that an old plan comes within its bounds, in the first criterion.
public struct MoveBounds: Sendable, Equatable {
    /// Proven for every plan: what the overfull grids have too much, or the others too little, whichever is more.
    public let surplus: Double
    /// Least load that changes grids if every unit goes to a grid next to its old one: a least-cost flow over the graph
    /// of old grids. Above `surplus` where load must pass through full grids; a plan below it has moved a grid's number
    /// elsewhere. Nil where it cannot be done so.
    public let betweenNeighbours: Double?

    /// Nil without an old plan. O(adjacencies + flow on grids).
    public init?(_ problem: RedrawProblem) {
        guard let criterion = problem.criteria.first, problem.old.contains(where: { $0 >= 0 }) else { return nil }
        let grids = problem.districts.indices
        let shares = PlanCheck.shares(problem)
        var loads = [Double](repeating: 0, count: grids.count)
        var allSettled = true
        for unit in 0..<problem.count where criterion.loads[unit] > 0 {
            if grids.contains(problem.old[unit]) {
                loads[problem.old[unit]] += criterion.loads[unit]
            } else {
                allSettled = false
            }
        }
        let lower = grids.map { shares[$0][0] * (1 - criterion.tolerance) }
        let upper = grids.map { shares[$0][0] * (1 + criterion.tolerance) }
        let tooMuch = grids.reduce(0) { $0 + max(0, loads[$1] - upper[$1]) }
        let tooLittle = grids.reduce(0) { $0 + max(0, lower[$1] - loads[$1]) }
        // Units that had no grid fill up what lacks.
        surplus = allSettled ? max(tooMuch, tooLittle) : tooMuch
        guard allSettled else {
            betweenNeighbours = nil
            return
        }

        // Whole steps, fine enough that rounding does not show.
        let scale = 1e9 / max(1e-9, loads.reduce(0, +))
        var network = MinCostFlow(nodes: grids.count + 1)
        for grid in grids {
            let (low, high) = (Int64((lower[grid] * scale).rounded(.down)), Int64((upper[grid] * scale).rounded(.up)))
            let load = Int64((loads[grid] * scale).rounded())
            network.supplies[grid] = load - low
            network.supplies[grids.count] -= load - low
            network.addArc(grid, grids.count, capacity: high - low, cost: 0)
        }
        let first = network.tails.count
        var joined = Set<RedrawProblem.Bridge>()
        for unit in 0..<problem.count where grids.contains(problem.old[unit]) {
            for e in problem.adjacency.row(unit) {
                let (a, b) = (problem.old[unit], problem.old[problem.adjacency.neighbours[e]])
                guard a != b, grids.contains(b), problem.adjacency.borders[e] > 0,
                    joined.insert(.init(a: a, b: b)).inserted
                else { continue }
                network.addArc(a, b, capacity: 2_000_000_000, cost: 1)
            }
        }
        betweenNeighbours = network.solve().map { solution in
            Double((first..<network.tails.count).reduce(Int64(0)) { $0 + solution.flows[$1] }) / scale
        }
    }
}
