/// 均衡下界: how even no plan can be, proven place by place.
///
/// Around a unit all ways are tried to cover some neighbouring units with disjoint connected sets whose loads lie within
/// a deviation, so that what they cut off can still be shared out among whole grids. Where there is no way, every plan
/// has a grid further off than that. Such places decide how even a net of coarse units can be; that a search has found
/// nothing better proves nothing. First criterion only.
struct BalanceBound {
    /// Units that are covered together.
    private static let sizes = [1, 4, 7, 12]
    /// What a proof is fine to, of 1.
    private static let step = 0.001
    /// Beyond this a set may stand for two grids or none, and nothing is proven.
    private static let highest = 0.9

    /// Loads are rounded to whole numbers, which must prove nothing.
    private static let slack = 1e-8

    private let problem: CoreProblem
    /// The different shares.
    private let shares: [Double]
    private var windows: [ClosedRange<Int64>] = []
    private var least: Int64 = 0
    private var most: Int64 = 0
    private var taken: [Bool]
    /// By depth of the covering: units that the set under construction holds, reaches or has decided against.
    private var seen: [[Bool]] = []
    private var cluster: [Int] = []
    private var left = 0

    /// A deviation above `floor` that the worst grid of every plan reaches at least, of 1; nil where none is proven.
    /// O(units · work).
    ///
    /// - Parameters:
    ///   - places: units around which a proof is sought.
    ///   - work: sets weighed around one unit before it is given up as undecided.
    static func deviation(
        _ problem: CoreProblem, around places: some Sequence<Int>, above floor: Double = 0, work: Int
    ) -> Double? {
        var proof = BalanceBound(problem)
        guard let largest = proof.shares.last else { return nil }
        var bound = floor
        for unit in places { bound = max(bound, Double(proof.load(unit)) / largest - 1) }
        for size in sizes {
            for unit in places { proof.raise(&bound, around: unit, size: size, work: work) }
        }
        return bound > floor ? bound : nil
    }

    /// Raises a bound as far as a place proves, in growing steps and then in halves.
    private mutating func raise(_ bound: inout Double, around unit: Int, size: Int, work: Int) {
        var step = Self.step
        while bound + step < Self.highest, rulesOut(bound + step, around: unit, size: size, work: work) {
            bound += step
            step *= 2
        }
        while step > Self.step {
            step /= 2
            if bound + step < Self.highest, rulesOut(bound + step, around: unit, size: size, work: work) {
                bound += step
            }
        }
    }

    private init(_ problem: CoreProblem) {
        self.problem = problem
        shares = Set((0..<problem.districts).map { problem.share[$0 * problem.criteria] }).filter { $0 > 0 }.sorted()
        taken = [Bool](repeating: false, count: problem.count)
    }

    private func load(_ unit: Int) -> Int64 { problem.loads[unit * problem.criteria] }

    private func neighbours(_ unit: Int) -> some Sequence<Int> {
        problem.neighbours[Int(problem.offsets[unit])..<Int(problem.offsets[unit + 1])].lazy.map { Int($0) }
    }

    /// Whether the units nearest to one cannot be covered within a deviation; false where the work runs out.
    private mutating func rulesOut(_ deviation: Double, around unit: Int, size: Int, work: Int) -> Bool {
        windows = shares.map {
            Int64(
                ($0 * (1 - deviation - Self.slack)).rounded(.up))...Int64(
                    ($0 * (1 + deviation + Self.slack)).rounded(.down))
        }
        least = windows.map(\.lowerBound).min() ?? 0
        most = windows.map(\.upperBound).max() ?? 0
        cluster = [unit]
        var head = 0
        while head < cluster.count, cluster.count < size {
            for other in neighbours(cluster[head]) where cluster.count < size && !cluster.contains(other) {
                cluster.append(other)
            }
            head += 1
        }
        left = work
        return !cover(depth: 0)
    }

    /// Whether what remains of the cluster can be covered, the unit with the fewest free neighbours first; true as well
    /// where the work runs out.
    private mutating func cover(depth: Int) -> Bool {
        func free(_ unit: Int) -> Int { neighbours(unit).reduce(0) { $0 + (taken[$1] ? 0 : 1) } }
        let open = cluster.filter { !taken[$0] }
        guard let unit = open.min(by: { (free($0), $0) < (free($1), $1) }) else { return true }
        if seen.count == depth { seen.append([Bool](repeating: false, count: problem.count)) }
        seen[depth][unit] = true
        let frontier = reach(from: unit, depth)
        defer { for other in frontier + [unit] { seen[depth][other] = false } }
        return grow([unit], load: load(unit), frontier: frontier, depth)
    }

    private mutating func reach(from unit: Int, _ depth: Int) -> [Int] {
        var fresh: [Int] = []
        for other in neighbours(unit) where !taken[other] && !seen[depth][other] {
            seen[depth][other] = true
            fresh.append(other)
        }
        return fresh
    }

    /// Tries a connected set, and each that grows from it over its frontier once.
    private mutating func grow(_ set: [Int], load sum: Int64, frontier: [Int], _ depth: Int) -> Bool {
        if sum > most { return false }
        left -= 1
        if left <= 0 { return true }
        if windows.contains(where: { $0.contains(sum) }) {
            for unit in set { taken[unit] = true }
            let works = remnantsCanBeShared(set) && cover(depth: depth + 1)
            for unit in set { taken[unit] = false }
            if works { return true }
        }
        for (i, unit) in frontier.enumerated() {
            let fresh = reach(from: unit, depth)
            let works = grow(set + [unit], load: sum + load(unit), frontier: frontier[(i + 1)...] + fresh, depth)
            for other in fresh { seen[depth][other] = false }
            if works { return true }
        }
        return false
    }

    /// Whether each small part that a set cuts off holds the load of some whole number of grids.
    private func remnantsCanBeShared(_ set: [Int]) -> Bool {
        let large = 4 * most
        var met: [Int] = []
        for unit in set {
            for start in neighbours(unit) where !taken[start] && !met.contains(start) {
                var part = [start]
                var sum = load(start)
                var head = 0
                while head < part.count, sum <= large {
                    for other in neighbours(part[head]) where !taken[other] && !part.contains(other) {
                        part.append(other)
                        sum += load(other)
                    }
                    head += 1
                }
                met += part
                if sum <= large, max(1, (sum + most - 1) / most) * least > sum { return false }
            }
        }
        return true
    }
}
