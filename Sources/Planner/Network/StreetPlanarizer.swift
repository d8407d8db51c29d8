import GeoGrid

/// 路网平面化: cuts road lines where they meet, so that they become a graph.
///
/// Lines that cross are cut at the crossing unless one of them is a bridge; a line end within `snap` metres of another
/// line is joined to it; a bridge is joined to the rest at its ends only. O(segments × segments near each).
struct StreetPlanarizer {
    struct Piece: Sendable {
        var from: Int32
        var to: Int32
        /// Position of the road in the list given.
        var road: Int32
        /// Pieces of different kinds are never drawn together into one edge.
        var kind: UInt8
    }

    private struct Segment {
        var from: Int32
        var to: Int32
        var road: Int32
        var bridge: Bool
        var startsLine: Bool
        var endsLine: Bool
    }

    private struct Key: Hashable {
        var x: Int64
        var y: Int64
        var layer: Int32
    }

    private(set) var points: [PlanarPoint] = []
    private(set) var pieces: [Piece] = []
    /// Lines left out: position of the road and whether a coordinate was not finite.
    private(set) var unusable: [(road: Int, notFinite: Bool)] = []

    private var ids: [Key: Int32] = [:]
    private var segments: [Segment] = []
    private var uses: [Int32] = []
    private var splits: [(segment: Int32, share: Double, point: Int32)] = []
    private var leader: [Int32] = []
    private let snap: Double
    /// Points closer than this are one.
    private let same = 0.01

    init(lines: [(road: Int, bridge: Bool, points: [PlanarPoint])], snap: Double) {
        self.snap = snap
        for line in lines { add(line.points, road: Int32(line.road), bridge: line.bridge) }
        leader = points.indices.map { Int32($0) }
        meet()
        cut()
    }

    private mutating func point(_ p: PlanarPoint, layer: Int32) -> Int32 {
        let key = Key(x: Int64((p.x * 1000).rounded()), y: Int64((p.y * 1000).rounded()), layer: layer)
        if let id = ids[key] { return id }
        let id = Int32(points.count)
        ids[key] = id
        points.append(p)
        uses.append(0)
        return id
    }

    private mutating func add(_ line: [PlanarPoint], road: Int32, bridge: Bool) {
        let limit = 1e9
        let usable = line.filter { abs($0.x) < limit && abs($0.y) < limit }
        if usable.count < line.count { unusable.append((Int(road), true)) }
        let before = segments.count
        for run in line.split(whereSeparator: { !(abs($0.x) < limit && abs($0.y) < limit) }) {
            let start = segments.count
            for i in run.indices.dropFirst() {
                let isFirst = i == run.startIndex + 1
                let isLast = i == run.endIndex - 1
                let from = point(run[i - 1], layer: bridge && !isFirst ? road + 1 : 0)
                let to = point(run[i], layer: bridge && !isLast ? road + 1 : 0)
                guard from != to else { continue }
                uses[Int(from)] += 1
                uses[Int(to)] += 1
                segments.append(
                    Segment(from: from, to: to, road: road, bridge: bridge, startsLine: false, endsLine: false))
            }
            if segments.count > start {
                segments[start].startsLine = true
                segments[segments.count - 1].endsLine = true
            }
        }
        if segments.count == before, usable.count == line.count { unusable.append((Int(road), false)) }
    }

    private func root(_ i: Int32) -> Int32 {
        var i = i
        while leader[Int(i)] != i { i = leader[Int(i)] }
        return i
    }

    private mutating func join(_ a: Int32, _ b: Int32) {
        let (a, b) = (root(a), root(b))
        if a != b { leader[Int(max(a, b))] = min(a, b) }
    }

    /// Finds where segments cross or touch; notes the splits and joins ends.
    private mutating func meet() {
        var ends: [Double] = []
        ends.reserveCapacity(4 * segments.count)
        for s in segments {
            let (a, b) = (points[Int(s.from)], points[Int(s.to)])
            ends.append(contentsOf: [a.x, a.y, b.x, b.y])
        }
        let grid = SegmentGrid(ends: ends)
        for i in segments.indices {
            let s = segments[i]
            let (a, b) = (points[Int(s.from)], points[Int(s.to)])
            var box = Box.empty
            box.extend(x: a.x, y: a.y)
            box.extend(x: b.x, y: b.y)
            var near: [Int] = []
            grid.forEach(in: box.expanded(by: snap)) { if $0 > i { near.append($0) } }
            near.sort()
            var last = -1
            for j in near where j != last {
                last = j
                meet(i, j)
            }
        }
    }

    private mutating func meet(_ i: Int, _ j: Int) {
        let (s, t) = (segments[i], segments[j])
        guard s.from != t.from, s.from != t.to, s.to != t.from, s.to != t.to else { return }
        var touched = false
        touched = touch(s.from, isEnd: s.startsLine, ownBridge: s.bridge, on: j) || touched
        touched = touch(s.to, isEnd: s.endsLine, ownBridge: s.bridge, on: j) || touched
        touched = touch(t.from, isEnd: t.startsLine, ownBridge: t.bridge, on: i) || touched
        touched = touch(t.to, isEnd: t.endsLine, ownBridge: t.bridge, on: i) || touched
        guard !touched, !s.bridge, !t.bridge else { return }
        let (a, b) = (points[Int(s.from)], points[Int(s.to)])
        guard let at = crossing(a, b, points[Int(t.from)], points[Int(t.to)]) else { return }
        let p = PlanarPoint(x: a.x + at.first * (b.x - a.x), y: a.y + at.first * (b.y - a.y))
        let id = point(p, layer: 0)
        if Int(id) == leader.count { leader.append(id) }
        splits.append((Int32(i), at.first, id))
        splits.append((Int32(j), at.second, id))
    }

    /// Joins a point to a segment it lies on, or a loose line end to a segment it nearly reaches.
    private mutating func touch(_ id: Int32, isEnd: Bool, ownBridge: Bool, on index: Int) -> Bool {
        let s = segments[index]
        if !isEnd, ownBridge || s.bridge { return false }
        let reach = isEnd && uses[Int(id)] < 2 && !s.bridge ? snap : same
        let p = points[Int(id)]
        let (a, b) = (points[Int(s.from)], points[Int(s.to)])
        let near = projection(of: p, on: a, b)
        if isEnd, uses[Int(id)] < 2, s.bridge {
            // The end of a bridge is the only place of it that takes loose ends.
            if s.startsLine, p.distance(to: a) <= snap { join(id, s.from); return true }
            if s.endsLine, p.distance(to: b) <= snap { join(id, s.to); return true }
        }
        guard near.squared <= reach * reach else { return false }
        let length = a.distance(to: b)
        if near.share * length <= reach, p.distance(to: a) <= reach {
            join(id, s.from)
        } else if (1 - near.share) * length <= reach, p.distance(to: b) <= reach {
            join(id, s.to)
        } else {
            splits.append((Int32(index), near.share, id))
        }
        return true
    }

    private mutating func cut() {
        splits.sort { ($0.segment, $0.share, $0.point) < ($1.segment, $1.share, $1.point) }
        var next = 0
        for (i, s) in segments.enumerated() {
            var from = root(s.from)
            let kind: UInt8 = s.bridge ? 1 : 0
            func append(_ to: Int32) {
                if to != from { pieces.append(Piece(from: from, to: to, road: s.road, kind: kind)) }
                from = to
            }
            while next < splits.count, Int(splits[next].segment) == i {
                append(root(splits[next].point))
                next += 1
            }
            append(root(s.to))
        }
        ids = [:]
    }
}
