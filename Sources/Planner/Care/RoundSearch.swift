import GeoGrid

/// Local search on a closed tour: 2-opt and or-opt over neighbour lists, with don't-look bits.
struct RoundSearch {
    private(set) var tour: [Int32]
    private var position: [Int32]
    private let table: [Int32]
    private let n: Int
    private let near: [Int32]
    private let width: Int
    private var queue: [Int32] = []
    private var queued: [Bool]
    /// What a place of the tour held before each change since the last double bridge, to take it back.
    private var undo: [(place: Int32, stop: Int32)] = []
    private var isRecording = false

    /// Starts from the nearest-neighbour tour. O(n²).
    init(table: [Int32], count n: Int) {
        self.table = table
        self.n = n
        let width = min(10, n - 1)
        self.width = width
        near = Self.nearest(table, n, width)
        var used = [Bool](repeating: false, count: n)
        var tour: [Int32] = [0]
        used[0] = true
        while tour.count < n {
            let row = Int(tour[tour.count - 1]) * n
            var next = -1
            for j in 0..<n where !used[j] && (next < 0 || table[row + j] < table[row + next]) { next = j }
            used[next] = true
            tour.append(Int32(next))
        }
        self.tour = tour
        position = [Int32](repeating: 0, count: n)
        for (i, stop) in tour.enumerated() { position[Int(stop)] = Int32(i) }
        queued = [Bool](repeating: true, count: n)
        queue = tour.reversed()
    }

    /// The nearest stops of each, the nearest first; of equal ones the first given.
    private static func nearest(_ table: [Int32], _ n: Int, _ width: Int) -> [Int32] {
        var near: [Int32] = []
        near.reserveCapacity(n * width)
        var best: [(length: Int32, stop: Int32)] = []
        for i in 0..<n {
            best.removeAll(keepingCapacity: true)
            for j in 0..<n where j != i {
                let length = table[i * n + j]
                if best.count == width, length >= best[width - 1].length { continue }
                if best.count == width { best.removeLast() }
                var k = best.count
                while k > 0, length < best[k - 1].length { k -= 1 }
                best.insert((length, Int32(j)), at: k)
            }
            near.append(contentsOf: best.map(\.stop))
        }
        return near
    }

    private func distance(_ a: Int32, _ b: Int32) -> Int64 { Int64(table[Int(a) * n + Int(b)]) }
    private func after(_ a: Int32) -> Int32 {
        let p = Int(position[Int(a)]) + 1
        return tour[p == n ? 0 : p]
    }
    private func before(_ a: Int32) -> Int32 {
        let p = Int(position[Int(a)])
        return tour[p == 0 ? n - 1 : p - 1]
    }

    private mutating func wake(_ stop: Int32) {
        if !queued[Int(stop)] {
            queued[Int(stop)] = true
            queue.append(stop)
        }
    }

    /// Improves until no stop has a better move; returns what was gained.
    @discardableResult
    mutating func descend() -> Int64 {
        var gained: Int64 = 0
        while let stop = queue.popLast() {
            queued[Int(stop)] = false
            while true {
                let gain = improve(stop)
                guard gain > 0 else { break }
                gained += gain
            }
        }
        return gained
    }

    private mutating func improve(_ a: Int32) -> Int64 {
        for forward in [true, false] {
            let b = forward ? after(a) : before(a)
            let ab = distance(a, b)
            for k in 0..<width {
                let c = near[Int(a) * width + k]
                let ac = distance(a, c)
                guard ac < ab else { break }
                let d = forward ? after(c) : before(c)
                let gain = ab + distance(c, d) - ac - distance(b, d)
                if gain > 0 {
                    // Forward: (a b) (c d) become (a c) (b d).
                    if forward { reverse(from: b, to: c) } else { reverse(from: c, to: b) }
                    for stop in [a, b, c, d] { wake(stop) }
                    return gain
                }
            }
        }
        return moveRun(startingAt: a)
    }

    /// Or-opt: moves a run of up to three stops, either way round, beside a near stop.
    private mutating func moveRun(startingAt a: Int32) -> Int64 {
        for forward in [true, false] {
            var end = a
            for length in 1...3 {
                if length > 1 { end = forward ? after(end) : before(end) }
                guard length < n - 2 else { break }
                let outerA = forward ? before(a) : after(a)
                let outerEnd = forward ? after(end) : before(end)
                guard outerA != outerEnd, outerA != end else { break }
                let removed = distance(outerA, a) + distance(end, outerEnd) - distance(outerA, outerEnd)
                guard removed > 0 else { continue }
                for k in 0..<width {
                    let c = near[Int(a) * width + k]
                    let ac = distance(a, c)
                    guard ac < removed else { break }
                    guard !isInRun(c, a, end, forward) else { continue }
                    for d in [after(c), before(c)] where !isInRun(d, a, end, forward) {
                        guard !(c == outerA && d == outerEnd), !(c == outerEnd && d == outerA) else { continue }
                        let gain = removed + distance(c, d) - ac - distance(end, d)
                        if gain > 0 {
                            relocate(a, end, forward: forward, between: c, d)
                            for stop in [a, end, outerA, outerEnd, c, d] { wake(stop) }
                            return gain
                        }
                    }
                }
            }
        }
        return 0
    }

    private func isInRun(_ stop: Int32, _ a: Int32, _ end: Int32, _ forward: Bool) -> Bool {
        let first = Int(position[Int(forward ? a : end)])
        let last = Int(position[Int(forward ? end : a)])
        let p = Int(position[Int(stop)])
        return first <= last ? first <= p && p <= last : p >= first || p <= last
    }

    /// Takes the run a…end out and puts it between c and d, with a beside c.
    private mutating func relocate(_ a: Int32, _ end: Int32, forward: Bool, between c: Int32, _ d: Int32) {
        var run: [Int32] = [a]
        while run[run.count - 1] != end { run.append(forward ? after(run[run.count - 1]) : before(run[run.count - 1])) }
        // The stops from the run to the place shift by the length of the run; the shorter side is moved.
        let dFollows = after(c) == d
        let low = dFollows ? c : d
        let placed = dFollows ? run : run.reversed()
        let first = forward ? a : end
        let last = forward ? end : a
        let start = Int(position[Int(first)])
        let stop = Int(position[Int(last)])
        let target = Int(position[Int(low)])
        let ahead = (target - stop + n) % n
        let behind = (start - 1 - target + n) % n
        if ahead <= behind {
            var p = start
            var q = (stop + 1) % n
            for _ in 0..<ahead {
                put(tour[q], at: p)
                p = (p + 1) % n
                q = (q + 1) % n
            }
            for stop in placed {
                put(stop, at: p)
                p = (p + 1) % n
            }
        } else {
            var p = stop
            var q = (start - 1 + n) % n
            for _ in 0..<behind {
                put(tour[q], at: p)
                p = (p - 1 + n) % n
                q = (q - 1 + n) % n
            }
            for stop in placed.reversed() {
                put(stop, at: p)
                p = (p - 1 + n) % n
            }
        }
    }

    private mutating func put(_ stop: Int32, at p: Int) {
        if isRecording { undo.append((Int32(p), tour[p])) }
        tour[p] = stop
        position[Int(stop)] = Int32(p)
    }

    /// Turns the path from one stop forward to another round; or the rest of the tour, where that is shorter.
    private mutating func reverse(from: Int32, to: Int32) {
        var i = Int(position[Int(from)])
        var j = Int(position[Int(to)])
        var count = (j - i + n) % n + 1
        if 2 * count > n {
            (i, j) = ((j + 1) % n, (i - 1 + n) % n)
            count = n - count
        }
        for _ in 0..<count / 2 {
            let (a, b) = (tour[i], tour[j])
            put(b, at: i)
            put(a, at: j)
            i = i + 1 == n ? 0 : i + 1
            j = j == 0 ? n - 1 : j - 1
        }
    }

    /// Tries double bridges over short stretches; keeps what is no longer than before, takes back the rest.
    mutating func perturb(times: Int, random: inout SeededGenerator) {
        guard n >= 8 else { return }
        let span = min(n - 1, 50)
        isRecording = true
        defer { isRecording = false }
        for _ in 0..<times {
            let start = random.below(n)
            var (p, q, r) = (1 + random.below(span - 2), 1 + random.below(span - 2), 1 + random.below(span - 2))
            if p > q { swap(&p, &q) }
            if q > r { swap(&q, &r) }
            if p > q { swap(&p, &q) }
            guard p < q, q < r, r + 1 < n else { continue }
            func at(_ k: Int) -> Int { start + k < n ? start + k : start + k - n }
            // s …p | p+1…q | q+1…r becomes s…p | q+1…r | p+1…q.
            let ends = [tour[at(p)], tour[at(p + 1)], tour[at(q)], tour[at(q + 1)], tour[at(r)], tour[at(r + 1)]]
            let change =
                distance(ends[0], ends[3]) + distance(ends[4], ends[1]) + distance(ends[2], ends[5])
                - distance(ends[0], ends[1]) - distance(ends[2], ends[3]) - distance(ends[4], ends[5])
            undo.removeAll(keepingCapacity: true)
            let moved = ((q + 1)...r).map { tour[at($0)] } + ((p + 1)...q).map { tour[at($0)] }
            for (k, stop) in moved.enumerated() { put(stop, at: at(p + 1 + k)) }
            for stop in ends { wake(stop) }
            if change - descend() > 0 { takeBack() }
        }
    }

    private mutating func takeBack() {
        for (place, stop) in undo.reversed() {
            tour[Int(place)] = stop
            position[Int(stop)] = place
        }
        undo.removeAll(keepingCapacity: true)
    }
}
