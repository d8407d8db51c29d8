import GeoGrid

/// A first plan by recursive halving along random spanning trees.
///
/// A region that is to hold k districts is cut where one side's load comes nearest to that of a whole number of
/// districts, near half of them; so the error does not gather in the last district. Always connected, never empty.
struct TreeSeed {
    private let problem: CoreProblem
    private let state: SearchState
    private var tree = RegionTree()
    private var labels: [Int32]

    /// The best cut of `trees` trees is taken at every step. O(trees · edges · log k · log edges).
    static func labels(_ problem: CoreProblem, trees: Int, generator: inout SeededGenerator) -> [Int32] {
        let zeros = [Int32](repeating: 0, count: problem.count)
        var seed = TreeSeed(problem: problem, state: SearchState(problem, labels: zeros), labels: zeros)
        let everyone = (0..<Int32(problem.count)).map { $0 }
        seed.divide(everyone, districts: 0..<problem.districts, trees: trees, generator: &generator)
        return seed.labels
    }

    private init(problem: CoreProblem, state: SearchState, labels: [Int32]) {
        self.problem = problem
        self.state = state
        self.labels = labels
    }

    private mutating func divide(
        _ region: [Int32], districts: Range<Int>, trees: Int, generator: inout SeededGenerator
    ) {
        if districts.count == 1 {
            for unit in region { labels[Int(unit)] = Int32(districts.lowerBound) }
            return
        }
        let criteria = problem.criteria
        let share = (0..<criteria).map { c in
            Double(districts.reduce(Int64(0)) { $0 + problem.target[$1 * criteria + c] })
        }
        let half = districts.count / 2
        var best = Double.infinity
        var bestInside: [Int32] = []
        var bestCount = 0
        for _ in 0..<trees {
            let stamp = state.nextStamp()
            for unit in region { state.mark[Int(unit)] = stamp }
            let root = Int(region[generator.below(region.count)])
            tree.grow(root: root, stamp: stamp, state: state, generator: &generator)
            var position = -1
            var count = 0
            var found = best
            for at in 1..<max(1, tree.order.count) {
                let size = Int(tree.size[at])
                // The whole number of districts whose load is nearest; kept near half, and within the units there are.
                let part = Double(tree.below[at * criteria]) / max(1, Double(tree.below[0])) * Double(districts.count)
                var wanted = max(1, min(districts.count - 1, Int(part.rounded())))
                wanted = max(wanted, districts.count - (region.count - size))
                wanted = min(wanted, size)
                guard wanted >= 1, wanted < districts.count else { continue }
                var error = 0.0
                for c in 0..<criteria {
                    let side = Double(tree.below[at * criteria + c]) / max(1, share[c]) * Double(districts.count)
                    let all = Double(tree.below[c]) / max(1, share[c])
                    // Average overload of the districts of either side.
                    let off = abs(side - Double(wanted) * all)
                    error += off / Double(min(wanted, districts.count - wanted))
                }
                error += 0.02 * Double(abs(wanted - half)) / Double(districts.count)
                if error < found {
                    found = error
                    position = at
                    count = wanted
                }
            }
            guard position > 0 else { continue }
            best = found
            let side = state.nextStamp()
            tree.mark(position, stamp: side, state: state)
            bestInside = region.filter { state.mark[Int($0)] == side }
            bestCount = count
        }
        let inside = state.nextStamp()
        for unit in bestInside { state.mark[Int(unit)] = inside }
        let outside = region.filter { state.mark[Int($0)] != inside }
        let middle = districts.lowerBound + bestCount
        divide(bestInside, districts: districts.lowerBound..<middle, trees: trees, generator: &generator)
        divide(outside, districts: middle..<districts.upperBound, trees: trees, generator: &generator)
    }
}
