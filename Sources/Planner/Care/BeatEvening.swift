import GeoGrid

/// 走访片找平: passes single households from beat to beat, along chains of neighbours, until no load is out of bounds.
///
/// A beat stays joined: a door it leaves must not part the doors it keeps. Each chain is found by breadth-first search
/// and kept only where it lessens what is out of bounds. O(beats out of bounds · beats near).
struct BeatEvening {
    let doorOf: [Int]
    let load: [Double]
    /// Neighbouring doors of each door, ascending.
    let near: [[Int]]
    let bounds: ClosedRange<Double>

    private(set) var beatOf: [Int]
    private(set) var loads: [Double]
    /// Households by door, and doors by beat, ascending.
    private var atDoor: [[Int]]
    private var doorsOf: [[Int]]

    private static let mostBeats = 400

    init(
        doorOf: [Int], load: [Double], near: [[Int]], bounds: ClosedRange<Double>, beatOf: [Int], beats: Int
    ) {
        self.doorOf = doorOf
        self.load = load
        self.near = near
        self.bounds = bounds
        self.beatOf = beatOf
        loads = [Double](repeating: 0, count: beats)
        atDoor = [[Int]](repeating: [], count: near.count)
        doorsOf = [[Int]](repeating: [], count: beats)
        for h in doorOf.indices {
            atDoor[doorOf[h]].append(h)
            guard beatOf[h] >= 0 else { continue }
            loads[beatOf[h]] += load[h]
            if !doorsOf[beatOf[h]].contains(doorOf[h]) { doorsOf[beatOf[h]].append(doorOf[h]) }
        }
        for b in doorsOf.indices { doorsOf[b].sort() }
    }

    private func excess(_ load: Double) -> Double {
        load > bounds.upperBound ? load - bounds.upperBound : max(0, bounds.lowerBound - load)
    }

    mutating func run() {
        var improved = true
        while improved {
            improved = false
            let uneven = loads.indices.filter { excess(loads[$0]) > 1e-9 }
                .sorted { (-excess(loads[$0]), $0) < (-excess(loads[$1]), $1) }
            for beat in uneven where excess(loads[beat]) > 1e-9 { improved = mend(beat) || improved }
        }
    }

    /// Sends a household away along a chain, or fetches one; whether that lessened what is out of bounds.
    private mutating func mend(_ beat: Int) -> Bool {
        let gives = loads[beat] > bounds.upperBound
        var parent = [Int: Int]()
        parent[beat] = -1
        var queue = [beat]
        var head = 0
        while head < queue.count, queue.count < Self.mostBeats {
            let at = queue[head]
            head += 1
            for next in neighbours(at) where parent[next] == nil {
                guard (gives ? household(from: at, to: next) : household(from: next, to: at)) != nil else { continue }
                parent[next] = at
                queue.append(next)
                let room = gives ? loads[next] < bounds.upperBound : loads[next] > bounds.lowerBound
                if room, shift(along: chain(to: next, parent), gives: gives) { return true }
            }
        }
        return false
    }

    private func chain(to end: Int, _ parent: [Int: Int]) -> [Int] {
        var chain = [end]
        while let before = parent[chain[chain.count - 1]], before >= 0 { chain.append(before) }
        return chain
    }

    /// `chain` runs from where there is room back to the beat to be mended.
    private mutating func shift(along chain: [Int], gives: Bool) -> Bool {
        let before = chain.reduce(0) { $0 + excess(loads[$1]) }
        var moved: [(household: Int, from: Int)] = []
        for (end, start) in zip(chain, chain.dropFirst()) {
            guard let h = gives ? household(from: start, to: end) : household(from: end, to: start) else { break }
            moved.append((h, beatOf[h]))
            move(h, to: gives ? end : start)
        }
        if moved.count == chain.count - 1, chain.reduce(0, { $0 + excess(loads[$1]) }) < before - 1e-9 { return true }
        for (h, from) in moved.reversed() { move(h, to: from) }
        return false
    }

    private mutating func move(_ h: Int, to beat: Int) {
        let (old, door) = (beatOf[h], doorOf[h])
        beatOf[h] = beat
        loads[old] -= load[h]
        loads[beat] += load[h]
        if !atDoor[door].contains(where: { beatOf[$0] == old }) { doorsOf[old].removeAll { $0 == door } }
        if let place = doorsOf[beat].firstIndex(where: { $0 >= door }) {
            if doorsOf[beat][place] != door { doorsOf[beat].insert(door, at: place) }
        } else {
            doorsOf[beat].append(door)
        }
    }

    /// Beats that share a door or stand at a neighbouring one, in the order they are met.
    private func neighbours(_ beat: Int) -> [Int] {
        var found: [Int] = []
        for door in doorsOf[beat] {
            for other in [door] + near[door] {
                for h in atDoor[other] where beatOf[h] >= 0 && beatOf[h] != beat && !found.contains(beatOf[h]) {
                    found.append(beatOf[h])
                }
            }
        }
        return found
    }

    /// A household that may pass from one beat to another and leave both joined; the lightest, of equals the first.
    private func household(from: Int, to: Int) -> Int? {
        var best: Int?
        for door in doorsOf[from] {
            guard isAt(to, door) || near[door].contains(where: { isAt(to, $0) }) else { continue }
            let mine = atDoor[door].filter { beatOf[$0] == from }
            guard mine.count > 1 || isJoined(doorsOf[from].filter { $0 != door }) else { continue }
            for h in mine where best.map({ load[h] < load[$0] }) ?? true { best = h }
        }
        return best
    }

    private func isAt(_ beat: Int, _ door: Int) -> Bool { atDoor[door].contains { beatOf[$0] == beat } }

    /// Whether some doors hang together; none at all do not make a beat.
    private func isJoined(_ doors: [Int]) -> Bool {
        guard let first = doors.first else { return false }
        var left = doors
        left.removeFirst()
        var queue = [first]
        while let door = queue.popLast() {
            for other in near[door] {
                if let place = left.firstIndex(of: other) {
                    left.remove(at: place)
                    queue.append(other)
                }
            }
        }
        return left.isEmpty
    }
}
