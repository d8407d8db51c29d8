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

    private let count: Int
    private let offsets: [Int]
    private let neighbours: [Int]
    private let loads: [Int64]
    /// The different shares.
    private let shares: [Double]
    private var windows: [ClosedRange<Int64>] = []
    private var least: Int64 = 0
    private var most: Int64 = 0
    private var taken: [Bool]
    /// By depth of the covering: units that the set under construction holds, reaches or has decided against.
    private var seen: [[Bool]] = []
    private var cluster: [Int] = []
    /// Work that is left for the place at hand: units looked at.
    private var left = 0
    /// Units that a remnant being measured has reached, by a stamp that is never used again.
    private var met: [Int]
    private var stamp = 0

    /// A deviation above `floor` that some grid near the places reaches at least in every plan, of 1; nil where none is
    /// proven. Units heavier than any grid are left out of this but for those among the places: their grid misses anyway,
    /// and may relieve others. O(work).
    ///
    /// - Parameters:
    ///   - places: units around which a proof is sought.
    ///   - effort: units looked at around one place before it is given up as undecided, and around all of them.
    ///   - watch: ends the search early with what is proven by then.
    static func deviation(
        _ problem: CoreProblem, around places: some Sequence<Int>, above floor: Double = 0,
        effort: (place: Int, all: Int), watch: SearchWatch = .unlimited
    ) -> Double? {
        var proof = BalanceBound(problem)
        guard let largest = proof.shares.last else { return nil }
        var bound = floor
        for unit in places { bound = max(bound, Double(proof.loads[unit]) / largest - 1) }
        var spent = 0
        for size in sizes {
            for unit in places where spent < effort.all && !watch.isOver {
                spent += proof.raise(&bound, around: unit, size: size, work: effort.place)
            }
        }
        return bound > floor ? bound : nil
    }

    /// Raises a bound as far as a place proves, in growing steps and then in halves; returns the units looked at.
    private mutating func raise(_ bound: inout Double, around unit: Int, size: Int, work: Int) -> Int {
        var spent = 0
        func isProven(_ deviation: Double) -> Bool {
            guard deviation < Self.highest else { return false }
            let isOut = rulesOut(deviation, around: unit, size: size, work: work)
            spent += work - left
            return isOut
        }
        var step = Self.step
        while isProven(bound + step) {
            bound += step
            step *= 2
        }
        while step > Self.step {
            step /= 2
            if isProven(bound + step) { bound += step }
        }
        return spent
    }

    private init(_ problem: CoreProblem) {
        count = problem.count
        offsets = problem.offsets.map { Int($0) }
        neighbours = problem.neighbours.map { Int($0) }
        loads = (0..<problem.count).map { problem.loads[$0 * problem.criteria] }
        shares = problem.shares
        taken = [Bool](repeating: false, count: problem.count)
        met = [Int](repeating: 0, count: problem.count)
    }

    private func row(_ unit: Int) -> Range<Int> { offsets[unit]..<offsets[unit + 1] }

    /// Whether the units nearest to one cannot be covered within a deviation; false where the work runs out.
    private mutating func rulesOut(_ deviation: Double, around unit: Int, size: Int, work: Int) -> Bool {
        windows = shares.compactMap {
            let lower = Int64(($0 * (1 - deviation - Self.slack)).rounded(.up))
            let upper = Int64(($0 * (1 + deviation + Self.slack)).rounded(.down))
            // No whole load may lie so near a share.
            return lower <= upper ? lower...upper : nil
        }
        least = windows.map(\.lowerBound).min() ?? 0
        most = windows.map(\.upperBound).max() ?? 0
        if windows.isEmpty { return true }
        cluster = [unit]
        var head = 0
        while head < cluster.count, cluster.count < size {
            for e in row(cluster[head]) where cluster.count < size {
                let other = neighbours[e]
                if !cluster.contains(other), loads[other] <= most { cluster.append(other) }
            }
            head += 1
        }
        left = work
        return !cover(depth: 0)
    }

    /// Whether what remains of the cluster can be covered, the unit with the fewest free neighbours first; true as well
    /// where the work runs out.
    private mutating func cover(depth: Int) -> Bool {
        func free(_ unit: Int) -> Int { row(unit).reduce(0) { $0 + (taken[neighbours[$1]] ? 0 : 1) } }
        let open = cluster.filter { !taken[$0] }
        guard let unit = open.min(by: { (free($0), $0) < (free($1), $1) }) else { return true }
        if seen.count == depth { seen.append([Bool](repeating: false, count: count)) }
        seen[depth][unit] = true
        let frontier = reach(from: unit, depth)
        defer { for other in frontier + [unit] { seen[depth][other] = false } }
        return grow([unit], load: loads[unit], frontier: frontier, depth)
    }

    /// The fresh neighbours of a unit. Next to one heavier than any grid nothing is decided.
    private mutating func reach(from unit: Int, _ depth: Int) -> [Int] {
        var fresh: [Int] = []
        for e in row(unit) where !taken[neighbours[e]] && !seen[depth][neighbours[e]] {
            seen[depth][neighbours[e]] = true
            fresh.append(neighbours[e])
            if loads[neighbours[e]] > most { left = 0 }
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
            let works = grow(set + [unit], load: sum + loads[unit], frontier: frontier[(i + 1)...] + fresh, depth)
            for other in fresh { seen[depth][other] = false }
            if works { return true }
        }
        return false
    }

    /// Whether each small part that a set cuts off holds the load of some whole number of grids.
    private mutating func remnantsCanBeShared(_ set: [Int]) -> Bool {
        let large = 4 * most
        stamp += 1
        var part: [Int] = []
        for unit in set {
            for e in row(unit) {
                let start = neighbours[e]
                if taken[start] || met[start] == stamp { continue }
                part.removeAll(keepingCapacity: true)
                part.append(start)
                met[start] = stamp
                var sum = loads[start]
                var isLost = sum > most
                var head = 0
                while head < part.count, sum <= large {
                    for f in row(part[head]) where !taken[neighbours[f]] && met[neighbours[f]] != stamp {
                        met[neighbours[f]] = stamp
                        part.append(neighbours[f])
                        sum += loads[neighbours[f]]
                        if loads[neighbours[f]] > most { isLost = true }
                    }
                    head += 1
                }
                left -= part.count
                if sum <= large, !isLost, max(1, (sum + most - 1) / most) * least > sum { return false }
            }
        }
        return true
    }
}
