import GeoGrid

/// An assignment of units to districts with all its tallies, changed one unit at a time.
///
/// Tallies are integers, so that a move and its inverse restore them exactly. The storage is raw memory owned by this
/// object: the move loop runs some ten million times a second, and array bounds and reference counts doubled its time.
final class SearchState {
    let problem: CoreProblem
    let count: Int
    let districts: Int
    let criteria: Int

    let offsets: UnsafePointer<Int32>
    let neighbours: UnsafePointer<Int32>
    let costs: UnsafePointer<Int32>
    let rings: UnsafePointer<UInt64>
    let loads: UnsafePointer<Int64>
    let residents: UnsafePointer<Int64>
    let old: UnsafePointer<Int32>
    let fixed: UnsafePointer<Int32>
    let hasPins: Bool

    let label: UnsafeMutablePointer<Int32>
    let tally: UnsafeMutablePointer<Int64>
    let members: UnsafeMutablePointer<Int32>
    /// Neighbours in other districts, by unit.
    let foreign: UnsafeMutablePointer<Int32>
    /// The units with a neighbour in another district, and where each stands (−1: inside). Units are numbered so that
    /// runs of `patch` units lie together; each run has its own stretch of `boundary`, filled from its start in no
    /// order, so that a search can stay in one place while it works there.
    let boundary: UnsafeMutablePointer<Int32>
    let place: UnsafeMutablePointer<Int32>
    let patches: Int
    let patchBorder: UnsafeMutablePointer<Int32>
    private(set) var boundaryCount = 0
    static let patch = 512

    /// Sum of the prices of cut edges, each counted once.
    var cut = 0
    /// Residents outside their old district.
    var moved = 0

    /// Bounds the penalty is measured from, at present.
    let softLower: UnsafeMutablePointer<Int64>
    let softUpper: UnsafeMutablePointer<Int64>
    let inverse: UnsafeMutablePointer<Double>
    let penalties: UnsafeMutablePointer<Double>
    private(set) var slope = 0.0
    private(set) var curve = 0.0

    /// Work areas of searches: marks that never need clearing, and a queue.
    let mark: UnsafeMutablePointer<Int32>
    let queue: UnsafeMutablePointer<Int32>
    var stamp: Int32 = 0

    init(_ problem: CoreProblem, labels: [Int32]) {
        precondition(labels.count == problem.count)
        self.problem = problem
        count = problem.count
        districts = problem.districts
        criteria = problem.criteria
        func copy<T>(_ array: [T]) -> UnsafePointer<T> {
            let memory = UnsafeMutablePointer<T>.allocate(capacity: max(1, array.count))
            memory.initialize(from: array, count: array.count)
            return UnsafePointer(memory)
        }
        func table<T>(_ count: Int, _ value: T) -> UnsafeMutablePointer<T> {
            let memory = UnsafeMutablePointer<T>.allocate(capacity: max(1, count))
            memory.initialize(repeating: value, count: max(1, count))
            return memory
        }
        offsets = copy(problem.offsets)
        neighbours = copy(problem.neighbours)
        costs = copy(problem.costs)
        rings = copy(problem.rings)
        loads = copy(problem.loads)
        residents = copy(problem.residents)
        old = copy(problem.old)
        fixed = copy(problem.fixed)
        hasPins = problem.fixed.contains { $0 >= 0 }
        label = table(count, 0)
        tally = table(districts * criteria, 0)
        members = table(districts, 0)
        foreign = table(count, 0)
        boundary = table(count, 0)
        place = table(count, -1)
        patches = (count + Self.patch - 1) / Self.patch
        patchBorder = table(patches, 0)
        softLower = table(districts * criteria, 0)
        softUpper = table(districts * criteria, 0)
        inverse = table(districts * criteria, 0)
        penalties = table(districts, 0)
        mark = table(count, 0)
        queue = table(count, 0)
        for i in 0..<districts * criteria { inverse[i] = 1 / Double(max(1, problem.target[i])) }
        for i in 0..<districts * criteria {
            softLower[i] = problem.lower[i]
            softUpper[i] = problem.upper[i]
        }
        load(labels)
    }

    deinit {
        offsets.deallocate()
        neighbours.deallocate()
        costs.deallocate()
        rings.deallocate()
        loads.deallocate()
        residents.deallocate()
        old.deallocate()
        fixed.deallocate()
        label.deallocate()
        tally.deallocate()
        members.deallocate()
        foreign.deallocate()
        boundary.deallocate()
        place.deallocate()
        patchBorder.deallocate()
        softLower.deallocate()
        softUpper.deallocate()
        inverse.deallocate()
        penalties.deallocate()
        mark.deallocate()
        queue.deallocate()
    }

    var labels: [Int32] { Array(UnsafeBufferPointer(start: label, count: count)) }

    /// Takes over an assignment and counts everything anew. O(edges).
    func load(_ labels: [Int32]) {
        for i in 0..<districts * criteria { tally[i] = 0 }
        for d in 0..<districts { members[d] = 0 }
        boundaryCount = 0
        for p in 0..<patches { patchBorder[p] = 0 }
        cut = 0
        moved = 0
        for v in 0..<count {
            label[v] = labels[v]
            place[v] = -1
        }
        for v in 0..<count {
            let d = Int(label[v])
            members[d] += 1
            for c in 0..<criteria { tally[d * criteria + c] += loads[v * criteria + c] }
            if old[v] >= 0, old[v] != label[v] { moved += Int(residents[v]) }
            var others: Int32 = 0
            for e in Int(offsets[v])..<Int(offsets[v + 1]) where label[Int(neighbours[e])] != label[v] {
                others += 1
                if Int(neighbours[e]) > v { cut += Int(costs[e]) }
            }
            foreign[v] = others
            if others > 0 { insertBoundary(v) }
        }
        refreshPenalties()
    }

    @inline(__always)
    private func insertBoundary(_ v: Int) {
        let p = v / Self.patch
        let at = p &* Self.patch &+ Int(patchBorder[p])
        place[v] = Int32(truncatingIfNeeded: at)
        boundary[at] = Int32(truncatingIfNeeded: v)
        patchBorder[p] &+= 1
        boundaryCount &+= 1
    }

    @inline(__always)
    private func removeBoundary(_ v: Int) {
        let p = v / Self.patch
        patchBorder[p] &-= 1
        boundaryCount &-= 1
        let at = place[v]
        let last = boundary[p &* Self.patch &+ Int(patchBorder[p])]
        boundary[Int(at)] = last
        place[Int(last)] = at
        place[v] = -1
    }

    /// A random border unit of the whole. Precondition: there is one.
    func randomBorderUnit(_ generator: inout SeededGenerator) -> Int {
        while true {
            let v = generator.below(count)
            if place[v] >= 0 { return v }
        }
    }

    // MARK: penalty

    /// Sets how dear it is to leave the soft bounds: `x` shares too much cost `slope · x + curve · x²`.
    func setPenalty(slope: Double, curve: Double) {
        self.slope = slope
        self.curve = curve
        refreshPenalties()
    }

    /// Widens the true bounds by `margin` shares on both sides; a negative margin tightens, never past the target.
    func setMargin(_ margin: Double) {
        for i in 0..<districts * criteria {
            let extra = Int64((Double(problem.target[i]) * margin).rounded())
            softLower[i] = min(problem.target[i], problem.lower[i] - extra)
            softUpper[i] = max(problem.target[i], problem.upper[i] + extra)
        }
        refreshPenalties()
    }

    private func refreshPenalties() {
        for d in 0..<districts { penalties[d] = penalty(d, 0, 0) }
    }

    /// Penalty of a district if the loads of unit `v` were added `sign` times.
    @inline(__always)
    func penalty(_ d: Int, _ v: Int, _ sign: Int64) -> Double {
        if criteria == 1 { return penalty(d, 0, load: tally[d] &+ sign &* loads[v]) }
        var sum = 0.0
        for c in 0..<criteria {
            sum += penalty(d, c, load: tally[d &* criteria &+ c] &+ sign &* loads[v &* criteria &+ c])
        }
        return sum
    }

    /// Penalty of a district for one criterion at a given load.
    @inline(__always)
    func penalty(_ d: Int, _ criterion: Int, load: Int64) -> Double {
        let i = d &* criteria &+ criterion
        let x = Double(max(load &- softUpper[i], softLower[i] &- load, 0)) * inverse[i]
        return x * (slope + curve * x)
    }

    /// Energy of the whole assignment under the present penalty.
    var energy: Double {
        var sum = Double(cut) + problem.moveCost * Double(moved)
        for d in 0..<districts { sum += penalties[d] }
        return sum
    }

    /// How far the assignment is from the true bounds, and what it costs within them.
    var standing: Standing {
        var violation = 0.0
        for d in 0..<districts { violation += violationOf(d) }
        return Standing(violation: violation, cost: Double(cut) + problem.moveCost * Double(moved))
    }

    /// Squared excess over the true bounds of one district, in shares.
    func violationOf(_ d: Int) -> Double {
        var sum = 0.0
        for i in d * criteria..<(d + 1) * criteria {
            let excess = max(tally[i] - problem.upper[i], problem.lower[i] - tally[i], 0)
            let x = Double(excess) * inverse[i]
            sum += x * x
        }
        return sum
    }

    // MARK: moves

    /// Moves a unit to another district and brings every tally up to date. Connectivity is the caller's care.
    ///
    /// Precondition: it is not there yet. O(degree).
    @inline(__always)
    func move(_ v: Int, to b: Int32) {
        let a = label[v]
        label[v] = b
        var toA = 0
        var toB = 0
        var sameB: Int32 = 0
        let start = Int(offsets[v])
        let end = Int(offsets[v &+ 1])
        for e in start..<end {
            let u = Int(neighbours[e])
            let other = label[u]
            if other == a {
                toA &+= Int(costs[e])
                foreign[u] &+= 1
                if foreign[u] == 1 { insertBoundary(u) }
            } else if other == b {
                toB &+= Int(costs[e])
                sameB &+= 1
                foreign[u] &-= 1
                if foreign[u] == 0 { removeBoundary(u) }
            }
        }
        let others = Int32(truncatingIfNeeded: end &- start) &- sameB
        foreign[v] = others
        if others > 0 {
            if place[v] < 0 { insertBoundary(v) }
        } else if place[v] >= 0 {
            removeBoundary(v)
        }
        cut = cut &+ toA &- toB
        let home = old[v]
        if home >= 0 {
            if home == a { moved &+= Int(residents[v]) }
            if home == b { moved &-= Int(residents[v]) }
        }
        members[Int(a)] &-= 1
        members[Int(b)] &+= 1
        for c in 0..<criteria {
            let load = loads[v &* criteria &+ c]
            tally[Int(a) &* criteria &+ c] &-= load
            tally[Int(b) &* criteria &+ c] &+= load
        }
        penalties[Int(a)] = penalty(Int(a), v, 0)
        penalties[Int(b)] = penalty(Int(b), v, 0)
    }

    /// A fresh mark value.
    @inline(__always)
    func nextStamp() -> Int32 {
        if stamp == Int32.max {
            for v in 0..<count { mark[v] = 0 }
            stamp = 0
        }
        stamp &+= 1
        return stamp
    }
}

/// How good an assignment is: first the bounds it breaks, then its cost.
struct Standing: Comparable, Sendable {
    var violation: Double
    var cost: Double

    static func < (a: Standing, b: Standing) -> Bool { (a.violation, a.cost) < (b.violation, b.cost) }
}
