public import GeoGrid

/// 划格: gives every unit to one grid, connected, balanced against capacity, compact, with few residents moved.
///
/// Findings come first and nothing is hidden: unusable input is named and the part that can be solved is solved. The
/// same problem, seed and effort give the same plan in every process and build. Parts that do not touch are solved side
/// by side. The result is counted anew from the problem by `PlanCheck` before it is returned.
///
/// Method: contraction, a first plan (a balanced power diagram, METIS, random trees or the old plan repaired), then
/// simulated annealing over flips, swaps and recombinations with integer tallies and bounds that close in; last, proofs
/// of how even no plan can be. See docs/districting.md.
public enum Redraw {
    /// Moves made when neither effort nor time is given, a unit.
    static let defaultEffort = 4_000

    /// Throws GG400 when the columns of the problem do not fit together.
    ///
    /// - Parameter proves: whether it is also proven how even no plan can be; false where the plan is a step on the way.
    public static func solve(
        _ problem: RedrawProblem, budget: RedrawBudget = RedrawBudget(), proves: Bool = true,
        progress: Progress = .silent
    ) async throws -> RedrawPlan {
        let deadline = budget.time.map { ContinuousClock.now + .seconds($0) }
        let audit = try RedrawAudit(problem)
        let problem = audit.counted
        let prepared = RedrawPieces(problem, audit)
        let pieces = prepared.pieces
        let units = max(1, pieces.reduce(0) { $0 + $1.core.count })
        let effort = budget.effort ?? Self.effort(pieces.map(\.core), seconds: budget.time)
        let watch = SearchWatch(until: deadline, progress: progress, effort: effort)

        var outcomes = [PieceSolver.Outcome?](repeating: nil, count: pieces.count)
        await withTaskGroup(of: (Int, PieceSolver.Outcome).self) { group in
            for (p, piece) in pieces.enumerated() {
                let seed = budget.seed &+ UInt64(p) &* 0x9E37_79B9_7F4A_7C15
                let share = Int(Double(effort) * Double(piece.core.count) / Double(units))
                group.addTask {
                    var solver = PieceSolver(piece.core, seed: seed)
                    return (p, solver.solve(effort: share, watch: watch))
                }
            }
            for await (p, outcome) in group { outcomes[p] = outcome }
        }

        var labels = prepared.labels
        for (piece, outcome) in zip(pieces, outcomes) {
            guard let outcome else { continue }
            for (i, members) in piece.units.enumerated() {
                for unit in members { labels[unit] = piece.districts[Int(outcome.labels[i])] }
            }
        }
        let stopped = outcomes.contains { $0?.stopped ?? true }
        let figures = PlanCheck.figures(labels, problem, assumedBridges: prepared.assumed)
        let proofs = proofs(proves ? pieces : [], outcomes, figures, problem, watch)
        var findings = audit.findings + prepared.findings
        findings += MissedBounds.findings(
            problem, audit: audit, labels: labels, figures: figures, proven: proofs.ofGrid)
        return RedrawPlan(
            labels: labels, figures: figures, leastDeviation: proofs.least, proven: proofs.ofGrid,
            findings: findings, assumedBridges: prepared.assumed, seed: budget.seed, effort: effort,
            used: outcomes.reduce(0) { $0 + ($1?.used ?? 0) }, stopped: stopped)
    }

    /// What is proven of deviations: of the worst grid of every plan, and around each grid that misses its bounds.
    private static func proofs(
        _ pieces: [RedrawPieces.Piece], _ outcomes: [PieceSolver.Outcome?], _ figures: PlanFigures,
        _ problem: RedrawProblem, _ watch: SearchWatch
    ) -> (least: Double, ofGrid: [Double]) {
        let coarse = pieces.indices.filter { pieces[$0].core.count < 10 * pieces[$0].core.districts }
        let bounds = parallelMap(coarse.count) { i in
            let core = pieces[coarse[i]].core
            return BalanceBound.deviation(
                core, around: 0..<core.count, effort: (3_000, 5_000 * core.count), watch: watch) ?? 0
        }
        let tolerance = problem.criteria[0].tolerance
        let misses = coarse.flatMap { p in
            pieces[p].districts.enumerated().filter { abs(figures.deviations[$1][0]) > tolerance + 1e-9 }
                .map { (piece: p, district: $0, grid: $1) }
        }
        let proven = parallelMap(misses.count) { i in
            let (p, district, _) = misses[i]
            let labels = outcomes[p]?.labels ?? []
            let own = labels.indices.filter { Int(labels[$0]) == district }
            return BalanceBound.deviation(
                pieces[p].core, around: own, above: tolerance,
                effort: (20_000, 50_000_000 / max(100, misses.count)), watch: watch) ?? 0
        }
        var ofGrid = [Double](repeating: 0, count: problem.districts.count)
        for (miss, bound) in zip(misses, proven) { ofGrid[miss.grid] = bound }
        return (bounds.max() ?? 0, ofGrid)
    }

    /// The effort that a time allows on this machine, from a short trial run that is thrown away.
    private static func effort(_ cores: [CoreProblem], seconds: Double?) -> Int {
        let units = cores.reduce(0) { $0 + $1.count }
        guard let seconds else { return max(2_000_000, defaultEffort * units) }
        guard let largest = cores.max(by: { $0.count < $1.count }), largest.districts > 1 else { return 1_000_000 }
        let started = ContinuousClock.now
        var solver = PieceSolver(largest, seed: 0)
        let trial = solver.trial()
        let spent = (ContinuousClock.now - trial.started) / .seconds(1)
        let pace = Double(trial.moves) / max(spent, 1e-6)
        let overhead = (ContinuousClock.now - started) / .seconds(1)
        // A first plan takes about as long as the trial's; a tenth is kept for the end.
        return max(100_000, Int(pace * (seconds * 0.9 - 2 * overhead) * Double(min(cores.count, 2))))
    }
}
