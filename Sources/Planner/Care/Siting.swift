public import GeoGrid

/// 选址: where the next points should be, beside those that stand, with the proven gap to the best choice.
///
/// `.cover`: most people within a limit. `.median`: least total walk. `.centre`: shortest longest walk.
public struct Siting: Sendable {
    public enum Goal: Hashable, Sendable {
        /// 最大覆盖: as many as can be within so many minutes.
        case cover(minutes: Double)
        /// p-中位: the least sum of walks.
        case median
        /// p-中心: the least longest walk.
        case centre
    }

    public struct Result: Sendable {
        /// 选中的点: a chosen candidate and what it adds.
        public struct Site: Hashable, Sendable {
            public var candidate: Int
            /// Weight (people) it is the nearest point to, of all fixed and chosen ones.
            public var weight: Int64
            /// Weight that would lose cover, or weighted minutes that would be added, without it.
            public var worth: Double
        }
        /// The sites by worth, the most worth first.
        public var sites: [Site]
        /// Goal `.cover`: weight covered. `.median`: weighted minutes. `.centre`: minutes of the longest walk.
        public var value: Double
        /// No choice of as many candidates does better than this.
        public var bound: Double
        /// The same measure with the fixed points only.
        public var before: Double
        /// Weight that no candidate and no fixed point reaches.
        public var unreachable: Int64

        /// The proven gap: how far from the best choice this may be, as a share of the bound (or value).
        public var gap: Double {
            let top = max(abs(value), abs(bound))
            return top == 0 ? 0 : abs(value - bound) / top
        }
    }

    public let weights: [Int64]
    /// Centimetres from each client to the nearest point that stands; `WalkModel.unreachable` for none.
    public let standing: [Int32]
    /// Ways from each candidate to clients.
    public let rows: WalkRows
    private let model: WalkModel

    /// - Parameters:
    ///   - weights: people (or households) at each client's door.
    ///   - rows: from each candidate to the clients it reaches, as `WalkModel.rows` gives them.
    public init(model: WalkModel, weights: [Int64], standing: [Int32], rows: WalkRows) {
        precondition(weights.count == standing.count)
        self.model = model
        self.weights = weights
        self.standing = standing
        self.rows = rows
    }

    /// Chooses `count` candidates. Seconds for thousands of doors and hundreds of candidates.
    public func solve(_ goal: Goal, count: Int) -> Result {
        switch goal {
        case .cover(let minutes): cover(within: model.centimetres(minutes: minutes), count: count)
        case .median: median(count: count)
        case .centre: centre(count: count)
        }
    }

    private func choices(_ cost: (Int32) -> Int32?) -> [(client: Int32, candidate: Int32, cost: Int32)] {
        var choices: [(client: Int32, candidate: Int32, cost: Int32)] = []
        for j in 0..<rows.count {
            for k in rows.row(j) {
                if let cost = cost(rows.centimetres[k]) { choices.append((rows.targets[k], Int32(j), cost)) }
            }
        }
        return choices
    }

    private func coverProblem(within limit: Int32, weights: [Int64]) -> FacilityLocation {
        FacilityLocation(
            candidateCount: rows.count, weights: weights, outside: standing.map { $0 <= limit ? 0 : 1 },
            choices: choices { $0 <= limit ? 0 : nil })
    }

    private func cover(within limit: Int32, count: Int) -> Result {
        let problem = coverProblem(within: limit, weights: weights)
        let solved = problem.solve(p: count)
        let total = weights.reduce(0, +)
        let open = shortened(solved.open, problem, cost: solved.cost, count: count)
        return Result(
            sites: sites(open) { Double(problem.cost(open: $0) - solved.cost) },
            value: Double(total - solved.cost), bound: Double(total - solved.lowerBound),
            before: Double(total - problem.cost(open: [])), unreachable: unreachable)
    }

    /// Sites that cover nobody else are put where they shorten walks instead; the cover stays what it is.
    private func shortened(_ open: [Int], _ problem: FacilityLocation, cost: Int64, count: Int) -> [Int] {
        var kept = open
        for j in open where kept.count > 1 {
            let without = kept.filter { $0 != j }
            if problem.cost(open: without) == cost { kept = without }
        }
        let rest = min(count, rows.count) - kept.count
        guard rest > 0 else { return kept }
        let nearer = Siting(model: model, weights: weights, standing: nearest(kept).map(\.centimetres), rows: rows)
        let added = nearer.median(count: rest).sites.map(\.candidate).filter { !kept.contains($0) }
        return (kept + added).sorted()
    }

    /// Weight that neither a standing point nor a candidate reaches.
    private var unreachable: Int64 {
        var reached = standing.map { $0 != WalkModel.unreachable }
        for t in rows.targets { reached[Int(t)] = true }
        return weights.indices.reduce(0) { reached[$1] ? $0 : $0 + weights[$1] }
    }

    private func median(count: Int) -> Result {
        // Whom nothing reaches pays more than any way, so that reaching people comes first.
        let farthest = Int32(clamping: 2 * Int64(max(rows.centimetres.max() ?? 0, finiteStanding)) + 1)
        let problem = FacilityLocation(
            candidateCount: rows.count, weights: weights, outside: standing.map { min($0, farthest) },
            choices: choices { $0 })
        let solved = problem.solve(p: count)
        let penalty = Double(unreachable) * Double(farthest)
        func minutes(_ cost: Int64) -> Double { (Double(cost) - penalty) / 100 / model.options.pace }
        return Result(
            sites: sites(solved.open) { Double(problem.cost(open: $0) - solved.cost) / 100 / model.options.pace },
            value: minutes(solved.cost), bound: minutes(solved.lowerBound), before: minutes(problem.cost(open: [])),
            unreachable: unreachable)
    }

    private var finiteStanding: Int32 { standing.filter { $0 != WalkModel.unreachable }.max() ?? 0 }

    /// Halves the radii at which `count` candidates cover everybody that can be reached.
    private func centre(count: Int) -> Result {
        var reachable = standing.map { $0 != WalkModel.unreachable }
        for t in rows.targets { reachable[Int(t)] = true }
        let ones = reachable.map { $0 ? Int64(1) : 0 }
        var radii = Array(Set(rows.centimetres + standing.filter { $0 != WalkModel.unreachable }))
        radii.sort()
        guard !radii.isEmpty else {
            return Result(sites: [], value: 0, bound: 0, before: 0, unreachable: unreachable)
        }
        var low = 0
        var high = radii.count - 1
        var proven = -1
        var best: [Int] = coverProblem(within: radii[high], weights: ones).solve(p: count, iterations: 200).open
        while low < high {
            let middle = (low + high) / 2
            let solved = coverProblem(within: radii[middle], weights: ones).solve(p: count, iterations: 400)
            if solved.cost == 0 {
                best = solved.open
                high = middle
            } else {
                if solved.lowerBound > 0 { proven = max(proven, middle) }
                low = middle + 1
            }
        }
        let value = worst(best, ones)
        let bound = proven + 1 < radii.count ? radii[proven + 1] : radii[radii.count - 1]
        return Result(
            sites: sites(best) { model.minutes(worst($0, ones) - value) }, value: model.minutes(value),
            bound: model.minutes(min(bound, value)), before: model.minutes(worst([], ones)), unreachable: unreachable)
    }

    /// Longest way of any client to a standing or open point; clients that none of these reaches do not count.
    private func worst(_ open: [Int], _ ones: [Int64]) -> Int32 {
        nearest(open).enumerated().reduce(0) { longest, client in
            ones[client.offset] == 0 || client.element.centimetres == WalkModel.unreachable
                ? longest : max(longest, client.element.centimetres)
        }
    }

    private func nearest(_ open: [Int]) -> [(centimetres: Int32, site: Int)] {
        var nearest = standing.map { (centimetres: $0, site: -1) }
        for (s, j) in open.enumerated() {
            for k in rows.row(j) where rows.centimetres[k] < nearest[Int(rows.targets[k])].centimetres {
                nearest[Int(rows.targets[k])] = (rows.centimetres[k], s)
            }
        }
        return nearest
    }

    private func sites(_ open: [Int], worth: ([Int]) -> Double) -> [Result.Site] {
        var weight = [Int64](repeating: 0, count: open.count)
        for (i, client) in nearest(open).enumerated() where client.site >= 0 { weight[client.site] += weights[i] }
        return open.indices
            .map { s in
                Result.Site(
                    candidate: open[s], weight: weight[s], worth: worth(open.filter { $0 != open[s] }))
            }
            .sorted { ($1.worth, $1.weight, $0.candidate) < ($0.worth, $0.weight, $1.candidate) }
    }
}
