import GeoGrid

extension TownRedraw {
    /// Rounds of evening out after the search, and what part of its effort each takes: one in so many.
    private static let settlingRounds = 3
    private static let settlingPart = 10
    /// Metres of border that a household's place in the plan found so far is worth meanwhile.
    private static let settlingMoves = 1000.0

    /// 复算后微调: where microgrids end in several grids, walks inside their parts are counted anew, and the few grids
    /// that this puts out of bounds are evened out with as few units moved as can be.
    ///
    /// The search cannot know the walks beforehand: they depend on which parts stay together. A round that brings no
    /// grid back is dropped. The figures of the result are those of the loads counted anew.
    func settled(_ solved: RedrawPlan, progress: Progress) async throws -> RedrawPlan {
        guard pieces.town.lowestUnits.count > town.lowestUnits.count, !options.isByHouseholds else { return solved }
        var best = recounted(solved)
        var outside = best.outside
        for _ in 0..<Self.settlingRounds where !best.plan.stopped && outside.count > 0 {
            var refined = problem
            refined.criteria[0].loads = best.loads.map(Double.init)
            refined.old = best.plan.labels
            refined.moveWeight = max(problem.moveWeight, Self.settlingMoves)
            // By effort alone, so that the plan can be repeated; the search has left time for it.
            let again = try await Redraw.solve(
                refined, budget: RedrawBudget(seed: solved.seed, effort: max(1, solved.effort / Self.settlingPart)),
                proves: false, progress: progress)
            var next = solved
            next.labels = again.labels
            next.used = best.plan.used + again.used
            next.stopped = again.stopped
            let candidate = recounted(next)
            guard candidate.outside < outside else { break }
            best = candidate
            outside = candidate.outside
        }
        return best.plan
    }

    /// How far a plan is from what was asked: grids not in one piece, bounds missed, and by how much.
    private struct Outside: Comparable {
        var broken: Int
        var count: Int
        /// Sum of the deviations out of bounds.
        var excess: Double

        static func < (a: Outside, b: Outside) -> Bool { (a.broken, a.count, a.excess) < (b.broken, b.count, b.excess) }
    }

    /// A plan with its figures by the loads as the workload model counts them once it is in force.
    private func recounted(_ solved: RedrawPlan) -> (plan: RedrawPlan, loads: [Int], outside: Outside) {
        let loads = loads(inForce: solved.labels)
        var counted = problem
        counted.criteria[0].loads = loads.map(Double.init)
        var plan = solved
        plan.figures = PlanCheck.figures(solved.labels, counted, assumedBridges: solved.assumedBridges)
        let misses = plan.figures.deviations.flatMap { deviations in
            zip(deviations, problem.criteria).filter { abs($0) > $1.tolerance + 1e-6 }.map { abs($0.0) }
        }
        return (
            plan, loads,
            Outside(
                broken: plan.figures.pieces.count { $0 != 1 }, count: misses.count,
                excess: misses.reduce(0, +))
        )
    }

    /// Loads of the parts where those of one microgrid that end together form one unit.
    private func loads(inForce labels: [Int]) -> [Int] {
        var parts = [[Int]](repeating: [], count: town.lowestUnits.count)
        for (unit, origin) in pieces.origin.enumerated() { parts[origin].append(unit) }
        // Each run of parts goes by the code of its first one.
        var leader = Array(labels.indices)
        for own in parts where own.count > 1 {
            for run in runs(of: own, labels) { for unit in run { leader[unit] = run[0] } }
        }
        let units = pieces.town.lowestUnits
        let position = units.indexByCode()
        func home(_ code: String) -> String { position[code].map { units.codes[leader[$0]] } ?? code }
        var joined = pieces.town
        for i in joined.households.indices { joined.households[i].unitCode = home(joined.households[i].unitCode) }
        for i in joined.careResidents.indices {
            joined.careResidents[i].unitCode = home(joined.careResidents[i].unitCode)
        }
        for i in joined.premises.indices { joined.premises[i].unitCode = home(joined.premises[i].unitCode) }
        var unknown: [String: Int] = [:]
        let together = Workload(of: joined, model: model, unknown: &unknown).doors
        return SplitTown.shared(together, by: ownLoads, among: leader)
    }
}
