import GeoGrid

/// Simulated annealing over flips, swaps and recombinations, with bounds that close in as the temperature falls.
struct Annealing {
    /// How the search cools. Temperatures are in units of the mean price of an edge, prices of excess load in the same
    /// for each mean unit too much.
    struct Schedule {
        var effort: Int
        var hot: Double
        var cold: Double
        /// Power of the cooling curve: 1 linear, 2 quadratic.
        var cooling: Int
        /// Price of a mean unit too much at the start and at the end; it rises with the fourth power of time.
        var softPrice: Double
        var hardPrice: Double
        /// How much of that price also falls on the square of the excess.
        var curve: Double
        /// Width added to the bounds at the start, in mean units.
        var margin: Double
        /// Sixteenths of refused flips that are tried as swaps towards the end.
        var swaps: UInt64
        /// Of all work, the part in recombinations, of 1.
        var recombination: Double
        var blocks = 400
    }

    private var trees = TreeMoves()
    private let pairs: ExactPairs
    private(set) var best: Standing
    private(set) var bestLabels: [Int32]
    private(set) var used = 0

    init(_ state: SearchState) {
        pairs = ExactPairs(criteria: state.criteria)
        best = state.standing
        bestLabels = state.labels
    }

    /// Cools the state once; the best assignment met is kept. False when the watch ended it early.
    mutating func run(
        _ state: SearchState, _ schedule: Schedule, watch: SearchWatch, generator: inout SeededGenerator
    ) -> Bool {
        let unit = Double(state.districts) / Double(state.count)
        let price = state.problem.meanCost
        // Where keeping residents has a price, breaking a bound must cost more than that.
        let breach = price + 2 * state.problem.moveCost * state.problem.meanResidents
        let moves = max(1, schedule.effort / schedule.blocks)
        for block in 0..<schedule.blocks {
            if watch.isOver { return false }
            let time = Double(block) / Double(max(1, schedule.blocks - 1))
            var fall = 1.0
            for _ in 0..<schedule.cooling { fall *= 1 - time }
            let temperature = price * (schedule.cold + (schedule.hot - schedule.cold) * fall)
            let rise = time * time * time * time
            let slope = (schedule.softPrice + (schedule.hardPrice - schedule.softPrice) * rise) * breach / unit
            state.setPenalty(slope: slope, curve: slope / unit * schedule.curve)
            state.setMargin(schedule.margin * unit * (1 - time) * (1 - time))
            let wide = Int(Double(moves) * schedule.recombination)
            let isDone =
                flip(state, moves - wide, temperature, swaps: time > 0.85 ? schedule.swaps : 0, watch, &generator)
                && recombine(state, wide, temperature, watch, &generator)
            if !isDone { return false }
            used += moves
            watch.count(moves)
            if state.problem.moveCost > 0, block % 20 == 19 { Relabelling.run(state) }
            keepBest(state)
        }
        return true
    }

    /// Moves after which the watch is asked again, however many a block has.
    private static let patience = 1_000_000

    /// False when the watch ended it early.
    private func flip(
        _ state: SearchState, _ moves: Int, _ temperature: Double, swaps: UInt64, _ watch: SearchWatch,
        _ generator: inout SeededGenerator
    ) -> Bool {
        var left = moves
        while left > 0 {
            let some = min(left, Self.patience)
            Chance.thresholds.withUnsafeBufferPointer { table in
                guard let start = table.baseAddress else { return }
                state.flip(
                    moves: some, temperature: temperature, swapShare: swaps, thresholds: start, generator: &generator)
            }
            left -= some
            if left > 0, watch.isOver { return false }
        }
        return true
    }

    private mutating func recombine(
        _ state: SearchState, _ work: Int, _ temperature: Double, _ watch: SearchWatch,
        _ generator: inout SeededGenerator
    ) -> Bool {
        var done = 0
        var asked = 0
        while done < work {
            let pair = pairs.propose(state, temperature: temperature, generator: &generator)
            done += pair
            if pair == 0 {
                let limit = temperature * Chance.thresholds[Int(truncatingIfNeeded: generator.next() & 0xFFF)]
                done += trees.propose(state, limit: limit, trees: 1, generator: &generator)
            }
            guard done - asked > Self.patience else { continue }
            asked = done
            if watch.isOver { return false }
        }
        return true
    }

    /// Remembers the state if it is the best so far.
    mutating func keepBest(_ state: SearchState) {
        let now = state.standing
        if now < best {
            best = now
            bestLabels = state.labels
        }
    }
}
