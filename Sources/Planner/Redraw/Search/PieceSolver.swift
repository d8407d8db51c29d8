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
            let state = SearchState(problem, labels: firstPlan(round))
            var annealing = Annealing(state)
            let finished = annealing.run(
                state, schedule(effort / rounds * 9 / 10), watch: watch, generator: &generator)
            mend(state, &annealing, watch: watch)
            if grain < 10 {
                untie(state, &annealing, effort: effort / rounds / 3, watch: watch)
            } else if finished, annealing.best.violation > 0 {
                settle(state, &annealing, effort: effort / rounds / 10, watch: watch)
                mend(state, &annealing, watch: watch)
            }
            used += annealing.used
            let outcome = Outcome(
                labels: annealing.bestLabels, standing: annealing.best, used: used, stopped: !finished)
            if best.map({ outcome.standing < $0.standing }) ?? true { best = outcome }
            best?.used = used
            best?.stopped = !finished
            if !finished { break }
        }
        return best ?? Outcome(labels: firstPlan(0), standing: Standing(violation: 0, cost: 0), used: 0, stopped: true)
    }

    /// Sends what load is still too much to where there is room, then mends the last misses unit by unit: of the state
    /// as the search left it, the cheapest, and of the best one where that misses its bounds.
    private func mend(_ state: SearchState, _ annealing: inout Annealing, watch: SearchWatch) {
        for fromBest in [false, true] {
            if fromBest {
                guard annealing.best.violation > 0 else { return }
                state.load(annealing.bestLabels)
            }
            guard state.standing.violation > 0, !watch.isOver else { continue }
            FlowRepair.run(state)
            SwapRepair.run(state, steps: 200 + 4 * state.districts)
            annealing.keepBest(state)
        }
    }

    /// A last, cool stretch in which nothing counts like the bounds.
    private mutating func settle(
        _ state: SearchState, _ annealing: inout Annealing, effort: Int, watch: SearchWatch
    ) {
        state.load(annealing.bestLabels)
        var strict = schedule(effort)
        strict.hot = 0.15
        strict.cold = 0.05
        strict.softPrice = 200
        strict.hardPrice = 400
        strict.curve = 1
        strict.margin = 0
        strict.recombination = 0.2
        strict.blocks = 100
        _ = annealing.run(state, strict, watch: watch, generator: &generator)
    }

    /// Redraws exactly around each district that misses its bounds, in growing regions, then smooths what was done.
    private mutating func untie(
        _ state: SearchState, _ annealing: inout Annealing, effort: Int, watch: SearchWatch
    ) {
        state.load(annealing.bestLabels)
        var cover = RegionCover()
        var mended = false
        let hopeless = hopeless
        for attempt in 0..<60 where cover.work < effort * 8 {
            let missing = (0..<state.districts).filter { state.violationOf($0) > 0 }
            if missing.isEmpty || watch.isOver { break }
            for district in missing where state.violationOf(district) > 0 && cover.work < effort * 8 {
                if (0..<state.count).contains(where: { hopeless[$0] && Int(state.label[$0]) == district }) { continue }
                if cover.redraw(
                    state, around: district, size: min(15, 4 + attempt / 2), nodes: 3_000, generator: &generator)
                {
                    mended = true
                }
            }
        }
        guard mended else { return }
        annealing.keepBest(state)
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

    /// Small pieces are drawn several times over, from different first plans.
    private func rounds(_ effort: Int) -> Int { max(1, min(24, effort / (problem.count * 30_000))) }

    private func schedule(_ effort: Int) -> Annealing.Schedule {
        if grain < 10 {
            return Annealing.Schedule(
                effort: effort, hot: 30, cold: 0.03, cooling: 3, softPrice: 100, hardPrice: 100, curve: 1, margin: 0,
                swaps: 4, recombination: 0.9)
        }
        if problem.count < 1500 {
            return Annealing.Schedule(
                effort: effort, hot: 0.8, cold: 0.03, cooling: 2, softPrice: 0.5, hardPrice: 20, curve: 0.25,
                margin: 0.5,
                swaps: 8, recombination: 0.8)
        }
        return Annealing.Schedule(
            effort: effort, hot: 0.8, cold: 0.08, cooling: 2, softPrice: 0.2, hardPrice: 40, curve: 0.25, margin: 0.5,
            swaps: 8, recombination: 0)
    }

    /// A valid plan to begin with: the old one where residents count, else the better of METIS and trees.
    private mutating func firstPlan(_ round: Int) -> [Int32] {
        if problem.moveCost > 0, problem.old.contains(where: { $0 >= 0 }) {
            let state = SearchState(
                problem, labels: PlanRepair.repaired(problem.old, problem, generator: &generator))
            FlowRepair.run(state)
            return state.labels
        }
        var candidates: [[Int32]] = []
        if grain >= 3, let labels = MultilevelSeed.labels(problem, imbalance: 0.05, seed: Int(generator.next() >> 40)) {
            candidates.append(PlanRepair.repaired(labels, problem, generator: &generator))
        }
        if problem.count < 5000 || candidates.isEmpty {
            let labels = TreeSeed.labels(problem, trees: problem.count < 5000 ? 10 : 3, generator: &generator)
            candidates.append(PlanRepair.repaired(labels, problem, generator: &generator))
        }
        let ranked = candidates.map { ($0, SearchState(problem, labels: $0).standing) }
        return grain < 10 ? ranked.min { $0.1 < $1.1 }?.0 ?? [] : ranked[round % ranked.count].0
    }
}

extension PieceSolver {
    /// A short run to learn how fast this machine is; its result is thrown away.
    mutating func trial() -> (moves: Int, started: ContinuousClock.Instant) {
        let state = SearchState(problem, labels: firstPlan(0))
        var annealing = Annealing(state)
        let started = ContinuousClock.now
        var short = schedule(400_000)
        short.blocks = 20
        _ = annealing.run(
            state, short, watch: SearchWatch(seconds: nil, progress: .silent), generator: &generator)
        return (annealing.used, started)
    }
}
