import GeoGrid

/// Solves one piece: a first plan, annealing from it, and again from the best with what effort is left.
struct PieceSolver {
    struct Outcome: Sendable {
        var labels: [Int32]
        var standing: Standing
        var used: Int
        var stopped: Bool
    }

    private let problem: CoreProblem
    private var generator: SeededGenerator

    init(_ problem: CoreProblem, seed: UInt64) {
        self.problem = problem
        generator = SeededGenerator(seed: seed)
    }

    /// Units a grid, on average.
    private var grain: Double { Double(problem.count) / Double(problem.districts) }

    mutating func solve(effort: Int, watch: SearchWatch) -> Outcome {
        if problem.districts == 1 || problem.count <= 1 {
            let state = SearchState(problem, labels: [Int32](repeating: 0, count: problem.count))
            return Outcome(labels: state.labels, standing: state.standing, used: 0, stopped: false)
        }
        let rounds = self.rounds(effort)
        var best: Outcome?
        var used = 0
        for round in 0..<rounds {
            let start = firstPlan(round, effort: effort / rounds, watch: watch)
            let state = SearchState(problem, labels: start.labels)
            var annealing = Annealing(state)
            used += start.used
            let finished = annealing.run(
                state, schedule(effort / rounds * 9 / 10 - start.used), watch: watch, generator: &generator)
            if grain < 10 {
                untie(state, &annealing, effort: effort / rounds / 3, watch: watch)
            } else if finished {
                settle(state, &annealing, effort: effort / rounds / 10, watch: watch)
            } else {
                state.load(annealing.bestLabels)
                mend(state, &annealing)
            }
            used += annealing.used
            let outcome = Outcome(
                labels: annealing.bestLabels, standing: annealing.best, used: used, stopped: !finished)
            if best.map({ outcome.standing < $0.standing }) ?? true { best = outcome }
            best?.used = used
            best?.stopped = !finished
            if !finished { break }
        }
        return best
            ?? Outcome(
                labels: [Int32](repeating: 0, count: problem.count), standing: Standing(violation: 0, cost: 0), used: 0,
                stopped: true)
    }

    /// Brings the end of a search within its bounds: surplus is sent to where there is room and the last misses are
    /// mended unit by unit, each time before a cool stretch in which nothing counts like the bounds.
    private mutating func settle(
        _ state: SearchState, _ annealing: inout Annealing, effort: Int, watch: SearchWatch
    ) {
        var strict = schedule(effort / 2)
        strict.hot = 0.15
        strict.cold = 0.05
        strict.softPrice = 200
        strict.hardPrice = 400
        strict.curve = 1
        strict.margin = 0
        strict.recombination = 0.2
        strict.blocks = 60
        for _ in 0..<2 {
            mend(state, &annealing)
            guard annealing.run(state, strict, watch: watch, generator: &generator) else { break }
        }
        if !mend(state, &annealing), annealing.best.violation > 0 {
            state.load(annealing.bestLabels)
            mend(state, &annealing)
        }
    }

    /// True when all bounds hold afterwards.
    @discardableResult
    private func mend(_ state: SearchState, _ annealing: inout Annealing) -> Bool {
        FlowRepair.run(state)
        SwapRepair.run(state, steps: 200 + 4 * state.districts)
        annealing.keepBest(state)
        return state.standing.violation == 0
    }

    /// Redraws exactly around each district that misses its bounds, in growing regions, then smooths what was done.
    private mutating func untie(
        _ state: SearchState, _ annealing: inout Annealing, effort: Int, watch: SearchWatch
    ) {
        if state.standing.violation > annealing.best.violation { state.load(annealing.bestLabels) }
        let hopeless = hopeless
        var cover = RegionCover()
        for stir in 0..<4 {
            if stir > 0 {
                // Stuck: stirred up a little, and once more.
                var warm = schedule(effort)
                warm.hot = 4
                guard annealing.run(state, warm, watch: watch, generator: &generator) else { return }
            }
            mend(state, &annealing)
            let limit = cover.work + effort * 8
            for attempt in 0..<60 where cover.work < limit && !watch.isOver {
                let lost = Set((0..<state.count).filter { hopeless[$0] }.map { Int(state.label[$0]) })
                let missing = (0..<state.districts).filter { state.violationOf($0) > 0 && !lost.contains($0) }
                if missing.isEmpty { break }
                for district in missing where state.violationOf(district) > 0 && cover.work < limit {
                    _ = cover.redraw(
                        state, around: district, size: min(15, 4 + attempt / 2), nodes: 3_000, generator: &generator)
                }
            }
            annealing.keepBest(state)
            state.load(annealing.bestLabels)
            let lost = Set((0..<state.count).filter { hopeless[$0] }.map { Int(state.label[$0]) })
            if !(0..<state.districts).contains(where: { state.violationOf($0) > 0 && !lost.contains($0) }) { break }
        }
        var cool = schedule(effort)
        cool.hot = 0.6
        cool.softPrice = 200
        cool.hardPrice = 200
        _ = annealing.run(state, cool, watch: watch, generator: &generator)
    }

    /// Units too heavy for any district: whoever holds them is beyond help.
    private var hopeless: [Bool] {
        let most = (0..<problem.criteria).map { c in
            stride(from: c, to: problem.upper.count, by: problem.criteria).reduce(Int64(0)) {
                max($0, problem.upper[$1])
            }
        }
        return (0..<problem.count).map { unit in
            (0..<problem.criteria).contains { problem.loads[unit * problem.criteria + $0] > most[$0] }
        }
    }

    /// Small pieces are drawn several times over, from different first plans; the smallest most often, for there a
    /// search freezes soon and only another start leads elsewhere.
    private func rounds(_ effort: Int) -> Int {
        let isSmall = grain >= 10 && problem.count < 150
        return max(1, min(isSmall ? 100 : 24, effort / (problem.count * (isSmall ? 6_000 : 30_000))))
    }

    private func schedule(_ effort: Int) -> Annealing.Schedule {
        if grain < 10 {
            return Annealing.Schedule(
                effort: effort, hot: 30, cold: 0.03, cooling: 3, softPrice: 100, hardPrice: 100, curve: 1, margin: 0,
                swaps: 4, recombination: 0.9)
        }
        if problem.count < 1500, !canRelax {
            return Annealing.Schedule(
                effort: effort, hot: 2, cold: 0.03, cooling: 1, softPrice: 5, hardPrice: 60, curve: 0.25, margin: 0.5,
                swaps: 8, recombination: 0.8)
        }
        return Annealing.Schedule(
            effort: effort, hot: canRelax ? 0.4 : 0.7, cold: 0.06, cooling: canRelax ? 1 : 2, softPrice: 0.3,
            hardPrice: 15, curve: 0.25, margin: 0.5,
            swaps: 8, recombination: 0, blocks: 1600)
    }

    /// Whether a first plan can be rounded off on the map: where it lies is known, and grids are more than a few units.
    private var canRelax: Bool { !problem.sites.isEmpty && grain >= 10 }

    /// A valid plan to begin with, and the moves spent on it: the old plan where residents count; else one that is
    /// relaxed on the map, or the better of METIS and trees.
    private mutating func firstPlan(_ round: Int, effort: Int, watch: SearchWatch) -> (labels: [Int32], used: Int) {
        if problem.moveCost > 0, problem.old.contains(where: { $0 >= 0 }) {
            let state = SearchState(
                problem, labels: PlanRepair.repaired(problem.old, problem, generator: &generator))
            Transplant.run(state, generator: &generator)
            FlowRepair.run(state)
            return (state.labels, 0)
        }
        if canRelax { return mostPromising(effort: effort * 3 / 20, watch: watch) }
        var candidates: [[Int32]] = []
        if grain >= 3, let labels = multilevelPlan() { candidates.append(labels) }
        if problem.count < 5000 || candidates.isEmpty { candidates.append(treePlan()) }
        let ranked = candidates.map { ($0, SearchState(problem, labels: $0).standing) }
        return (grain < 10 ? ranked.min { $0.1 < $1.1 }?.0 ?? [] : ranked[round % ranked.count].0, 0)
    }

    /// Of several relaxed plans the one that a short annealing makes most of; as many as the effort allows.
    private mutating func mostPromising(effort: Int, watch: SearchWatch) -> (labels: [Int32], used: Int) {
        let heats = min(8, effort / (200 * problem.count))
        guard heats > 1 else { return (relaxedPlan(), 0) }
        var best: (labels: [Int32], standing: Standing)?
        var used = 0
        for _ in 0..<heats {
            let state = SearchState(problem, labels: relaxedPlan())
            var annealing = Annealing(state)
            let finished = annealing.run(state, schedule(effort / heats), watch: watch, generator: &generator)
            used += annealing.used
            if best.map({ annealing.best < $0.standing }) ?? true { best = (annealing.bestLabels, annealing.best) }
            if !finished { break }
        }
        return (best?.labels ?? relaxedPlan(), used)
    }

    private mutating func relaxedPlan() -> [Int32] {
        let labels = PowerDiagram.relaxed(multilevelPlan() ?? treePlan(), problem)
        return PlanRepair.repaired(labels, problem, generator: &generator)
    }

    private mutating func multilevelPlan() -> [Int32]? {
        MultilevelSeed.labels(problem, imbalance: 0.05, seed: Int(generator.next() >> 40)).map {
            PlanRepair.repaired($0, problem, generator: &generator)
        }
    }

    private mutating func treePlan() -> [Int32] {
        let labels = TreeSeed.labels(problem, trees: problem.count < 5000 ? 10 : 3, generator: &generator)
        return PlanRepair.repaired(labels, problem, generator: &generator)
    }
}

extension PieceSolver {
    /// A short run to learn how fast this machine is; its result is thrown away.
    mutating func trial() -> (moves: Int, started: ContinuousClock.Instant) {
        let state = SearchState(problem, labels: firstPlan(0, effort: 0, watch: .unlimited).labels)
        var annealing = Annealing(state)
        let started = ContinuousClock.now
        var short = schedule(400_000)
        short.blocks = 20
        _ = annealing.run(
            state, short, watch: .unlimited, generator: &generator)
        return (annealing.used, started)
    }
}
