public import GeoGrid

/// 方案评判: where a plan stands among random plans that keep the same rules.
///
/// A chain of recombinations from the plan: two neighbouring grids are joined and split anew at random, as long as both
/// keep the bounds that the plan itself keeps. Every so many steps one plan is counted.
/// Source: DeFord, Duchin, Solomon, "Recombination" (2021).
public struct PlanEnsemble: Sendable {
    /// One measure of the ensemble, ascending, and the plan's own.
    public struct Measure: Sendable {
        public var name: Text
        public var sample: [Double]
        public var plan: Double
        /// Whether less is better.
        public var lessIsBetter: Bool

        /// Part of the ensemble that the plan is better than, of 1; ties count half.
        public var betterThan: Double {
            guard !sample.isEmpty else { return 0 }
            let worse = sample.filter { lessIsBetter ? $0 > plan : $0 < plan }.count
            let same = sample.filter { $0 == plan }.count
            return (Double(worse) + Double(same) / 2) / Double(sample.count)
        }
    }

    public private(set) var measures: [Measure] = []
    /// Bounds that the ensemble kept, of 1.
    public private(set) var tolerance: Double

    /// Draws `count` plans. O(count · steps · grid size).
    ///
    /// The bounds are the problem's, or those that nine of ten grids of the plan keep; grids beyond them may only come
    /// nearer.
    public init(
        _ problem: RedrawProblem, labels: [Int], count: Int, seed: UInt64, progress: Progress = .silent
    ) throws {
        let own = PlanCheck.figures(labels, problem)
        var loose = problem
        let misses = own.deviations.map { abs($0[0]) }.sorted()
        tolerance = max(problem.criteria[0].tolerance, misses[misses.count * 9 / 10] + 1e-9)
        for c in loose.criteria.indices { loose.criteria[c].tolerance = tolerance }
        loose.moveWeight = 0
        let prepared = RedrawPieces(loose, try RedrawAudit(loose))
        var generator = SeededGenerator(seed: seed)
        var states: [(state: SearchState, piece: RedrawPieces.Piece, chain: RecombinationChain)] = []
        for piece in prepared.pieces {
            var local = [Int](repeating: 0, count: problem.districts.count)
            for (i, d) in piece.districts.enumerated() { local[d] = i }
            let start = piece.units.map { Int32(local[max(0, labels[$0[0]])]) }
            let state = SearchState(
                piece.core, labels: PlanRepair.repaired(start, piece.core, generator: &generator))
            states.append((state, piece, RecombinationChain(state)))
        }
        var samples = [[Double]](repeating: [], count: 4)
        var drawn = labels
        for n in 0..<count {
            if progress.isInterrupted { break }
            for (state, piece, chain) in states {
                chain.run(state, steps: max(4, state.districts), generator: &generator)
                for (i, members) in piece.units.enumerated() {
                    for unit in members { drawn[unit] = piece.districts[Int(state.label[i])] }
                }
            }
            let figures = PlanCheck.figures(drawn, problem, assumedBridges: prepared.assumed)
            for (m, value) in Self.values(figures).enumerated() { samples[m].append(value) }
            progress(Text(zh: "随机方案", en: "random plans"), n + 1, of: count)
        }
        let names = [
            (Text(zh: "最大偏离", en: "worst deviation"), true), (Text(zh: "内部边界（米）", en: "inner border (m)"), true),
            (Text(zh: "紧凑度", en: "compactness"), false), (Text(zh: "换网格长的户数", en: "households with a new lead"), true),
        ]
        // Who had no grid, or whose lead leads none now, gets another in every plan.
        let lost =
            problem.old.isEmpty
            ? 0
            : problem.old.indices.reduce(0) {
                $0 + (problem.old[$1] < 0 ? problem.residents($1) : 0)
            }
        samples[3] = samples[3].map { $0 + lost }
        var mine = Self.values(own)
        mine[3] += lost
        measures = names.indices.map {
            Measure(name: names[$0].0, sample: samples[$0].sorted(), plan: mine[$0], lessIsBetter: names[$0].1)
        }
    }

    private static func values(_ figures: PlanFigures) -> [Double] {
        [figures.worst(), figures.innerBorder, figures.meanCompactness, figures.movedResidents]
    }
}

/// Random recombinations of one piece that keep its bounds.
private final class RecombinationChain {
    private var trees = TreeMoves()
    private let pairs: ExactPairs
    private let heat: Double

    init(_ state: SearchState) {
        pairs = ExactPairs(criteria: state.criteria)
        // Bounds are walls; borders weigh little, so that compact and straggling splits are drawn nearly alike.
        heat = state.problem.meanCost * 4
        state.setPenalty(slope: heat * 1e6, curve: 0)
    }

    func run(_ state: SearchState, steps: Int, generator: inout SeededGenerator) {
        for _ in 0..<steps where pairs.propose(state, temperature: heat, generator: &generator) == 0 {
            let limit = heat * Chance.thresholds[generator.below(Chance.thresholds.count)]
            _ = trees.propose(state, limit: limit, trees: 1, generator: &generator)
        }
    }
}
