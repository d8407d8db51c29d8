/// 打断: the unbalanced edges of a layer cut where they meet, so that pieces meet only in their ends.
///
/// A vertex within `tolerance` of an edge becomes a vertex of it (a T-junction), two vertices within it become one,
/// and edges that cross get a vertex there. Afterwards equal pieces have equal ends, and edges that match only
/// piecewise can be told from faults. Iterated until nothing meets any more; some rounds suffice.
struct Noding {
    /// A piece of an edge; `start` < `end`.
    struct Piece {
        var start: Int32
        var end: Int32
        /// The edge of the table it was cut from.
        var edge: Int32
        /// Whether it runs against that edge.
        var isReversed: Bool
    }

    /// All vertices of the table, and those of crossings after them.
    private(set) var x: [Double]
    private(set) var y: [Double]
    /// Sorted by ends: coinciding pieces stand together.
    private(set) var pieces: [Piece] = []
    /// Vertices put on the inside of edges, with the edge.
    private(set) var insertions: [(vertex: Int32, edge: Int32)] = []
    /// The earlier vertex that stands for a vertex, -1 for itself; short of those never merged.
    private var merged: [Int32] = []
    let tolerance: Double

    /// The vertices are those of the table, and new ones after them. O(edges log edges) where edges meet few others.
    init(_ table: EdgeTable, edges: [Int], tolerance: Double) {
        x = table.x
        y = table.y
        self.tolerance = tolerance
        pieces = edges.map {
            Piece(start: table.start[$0], end: table.end[$0], edge: Int32($0), isReversed: false)
        }
        node()
    }

    /// As above, but with vertices of its own, for few edges of a large table.
    init(compact table: EdgeTable, edges: [Int], tolerance: Double) {
        x = []
        y = []
        self.tolerance = tolerance
        var used: [Int32] = []
        used.reserveCapacity(2 * edges.count)
        for edge in edges {
            used.append(table.start[edge])
            used.append(table.end[edge])
        }
        used.sortAndRemoveDuplicates()
        for v in used {
            x.append(table.x[Int(v)])
            y.append(table.y[Int(v)])
        }
        pieces = edges.map {
            Piece(
                start: Int32(used.lowerBound(of: table.start[$0])), end: Int32(used.lowerBound(of: table.end[$0])),
                edge: Int32($0), isReversed: false)
        }
        node()
    }

    private mutating func node() {
        var fresh = [Bool](repeating: true, count: pieces.count)
        for _ in 0..<Noding.roundLimit {
            guard round(&fresh) else { break }
        }
        pieces.sort { ($0.start, $0.end, $0.edge) < ($1.start, $1.end, $1.edge) }
    }

    private static let roundLimit = 24

    /// The vertex that now stands for a vertex of the table.
    func vertex(_ v: Int32) -> Int32 {
        var v = v
        while Int(v) < merged.count, merged[Int(v)] >= 0 { v = merged[Int(v)] }
        return v
    }

    /// The runs of coinciding pieces.
    func groups() -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var first = 0
        for i in 1..<max(1, pieces.count + 1) where first < pieces.count {
            if i == pieces.count || pieces[i].start != pieces[first].start || pieces[i].end != pieces[first].end {
                groups.append(first..<i)
                first = i
            }
        }
        return groups
    }

    /// The edge of a face graph that each group makes, by the weights of the edges it was cut from.
    func edges(_ groups: [Range<Int>], weight: (Int) -> Int) -> [FaceGraph.Edge] {
        groups.map { group in
            let sum = pieces[group].reduce(0) { $0 + weight(Int($1.edge)) * ($1.isReversed ? -1 : 1) }
            return FaceGraph.Edge(
                start: pieces[group.lowerBound].start, end: pieces[group.lowerBound].end, weight: Int32(sum))
        }
    }

    // MARK: - One round

    private struct Split: Comparable {
        var piece: Int32
        var vertex: Int32
        static func < (a: Split, b: Split) -> Bool { (a.piece, a.vertex) < (b.piece, b.vertex) }
    }

    /// Finds where pieces meet and cuts them there; false where nothing met.
    private mutating func round(_ fresh: inout [Bool]) -> Bool {
        var splits: [Split] = []
        var merges = false
        for pair in meetingPairs(fresh) {
            meet(Int(pair >> 32), Int(pair & 0xFFFF_FFFF), &splits, &merges)
        }
        guard !splits.isEmpty || merges else { return false }
        apply(&splits, &fresh)
        return true
    }

    /// Pairs of pieces that meet, of which one at least is new; ascending. Only new pieces are put into cells.
    private func meetingPairs(_ fresh: [Bool]) -> [UInt64] {
        let boxes = pieces.map { p in
            let a = Int(p.start)
            let b = Int(p.end)
            return Box(
                minX: min(x[a], x[b]) - tolerance, minY: min(y[a], y[b]) - tolerance,
                maxX: max(x[a], x[b]) + tolerance, maxY: max(y[a], y[b]) + tolerance)
        }
        let new = pieces.indices.filter { fresh[$0] }
        let grid = SegmentGrid(count: new.count, margin: tolerance) { i in
            let a = Int(pieces[new[i]].start)
            let b = Int(pieces[new[i]].end)
            return (x[a], y[a], x[b], y[b])
        }
        var pairs: [UInt64] = []
        func test(_ i: Int, _ j: Int) {
            guard boxes[i].intersects(boxes[j]), doMeet(pieces[i], pieces[j]) else { return }
            pairs.append(UInt64(min(i, j)) << 32 | UInt64(max(i, j)))
        }
        grid.forEachCell { cell in
            for k in cell.indices.dropFirst() {
                for l in 0..<k { test(new[Int(cell[l])], new[Int(cell[k])]) }
            }
        }
        if new.count < pieces.count {
            for i in pieces.indices where !fresh[i] { grid.forEachSegment(near: boxes[i]) { test(i, new[$0]) } }
        }
        pairs.sortAndRemoveDuplicates()
        return pairs
    }

    /// Whether an end of one piece comes near the inside or the other end of the other, or they cross.
    private func doMeet(_ p: Piece, _ q: Piece) -> Bool {
        isNear(p.start, q) || isNear(p.end, q) || isNear(q.start, p) || isNear(q.end, p) || crossing(p, q) != nil
    }

    private mutating func meet(_ i: Int, _ j: Int, _ splits: inout [Split], _ merges: inout Bool) {
        let p = pieces[i]
        let q = pieces[j]
        var touching = false
        for (v, other, index) in [(p.start, q, j), (p.end, q, j), (q.start, p, i), (q.end, p, i)] {
            switch approach(v, other) {
            case .none: continue
            case .end(let w):
                if merge(v, w) { merges = true }
            case .inside:
                splits.append(Split(piece: Int32(index), vertex: v))
            }
            touching = true
        }
        guard !touching, let crossing = crossing(p, q) else { return }
        let v = Int32(x.count)
        x.append(crossing.x)
        y.append(crossing.y)
        splits.append(Split(piece: Int32(i), vertex: v))
        splits.append(Split(piece: Int32(j), vertex: v))
    }

    private enum Approach {
        case none, inside
        case end(Int32)
    }

    /// How vertex `v` comes near a piece that it does not end.
    private func approach(_ v: Int32, _ piece: Piece) -> Approach {
        guard isNear(v, piece) else { return .none }
        for end in [piece.start, piece.end] {
            let dx = x[Int(end)] - x[Int(v)]
            let dy = y[Int(end)] - y[Int(v)]
            if dx * dx + dy * dy <= tolerance * tolerance { return .end(end) }
        }
        return .inside
    }

    /// Whether vertex `v` comes near a piece that it does not end.
    private func isNear(_ v: Int32, _ piece: Piece) -> Bool {
        let a = Int(piece.start)
        let b = Int(piece.end)
        return v != piece.start && v != piece.end
            && SegmentDistance.squared(x[a], y[a], x[b], y[b], x[Int(v)], y[Int(v)]) <= tolerance * tolerance
    }

    /// Where two pieces cross properly.
    private func crossing(_ p: Piece, _ q: Piece) -> PlanarPoint? {
        guard p.start != q.start, p.start != q.end, p.end != q.start, p.end != q.end else { return nil }
        let ax = x[Int(p.start)]
        let ay = y[Int(p.start)]
        let bx = x[Int(p.end)]
        let by = y[Int(p.end)]
        let cx = x[Int(q.start)]
        let cy = y[Int(q.start)]
        let dx = x[Int(q.end)]
        let dy = y[Int(q.end)]
        guard Orientation.sign(ax, ay, bx, by, cx, cy) * Orientation.sign(ax, ay, bx, by, dx, dy) < 0,
            Orientation.sign(cx, cy, dx, dy, ax, ay) * Orientation.sign(cx, cy, dx, dy, bx, by) < 0
        else { return nil }
        let c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        let d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
        let t = c / (c - d)
        return PlanarPoint(x: cx + t * (dx - cx), y: cy + t * (dy - cy))
    }

    /// Makes the later vertex stand for the earlier; false where they were one already.
    private mutating func merge(_ a: Int32, _ b: Int32) -> Bool {
        let a = vertex(a)
        let b = vertex(b)
        guard a != b else { return false }
        while merged.count < x.count { merged.append(-1) }
        merged[Int(max(a, b))] = min(a, b)
        return true
    }

    private mutating func apply(_ splits: inout [Split], _ fresh: inout [Bool]) {
        splits.sort()
        var next = 0
        var cut: [Piece] = []
        var cutFresh: [Bool] = []
        cut.reserveCapacity(pieces.count + splits.count)
        for (i, piece) in pieces.enumerated() {
            var stops: [Int32] = []
            while next < splits.count, splits[next].piece == i {
                let v = splits[next].vertex
                if stops.last != v { stops.append(v) }
                next += 1
            }
            let start = vertex(piece.start)
            let end = vertex(piece.end)
            if stops.isEmpty && start == piece.start && end == piece.end {
                cut.append(piece)
                cutFresh.append(false)
                continue
            }
            for v in stops { insertions.append((v, piece.edge)) }
            var from = start
            for stop in ordered(stops, along: piece).map({ vertex($0) }) + [end] where stop != from {
                cut.append(
                    Piece(
                        start: min(from, stop), end: max(from, stop), edge: piece.edge,
                        isReversed: piece.isReversed != (from > stop)))
                cutFresh.append(true)
                from = stop
            }
        }
        pieces = cut
        fresh = cutFresh
    }

    private func ordered(_ stops: [Int32], along piece: Piece) -> [Int32] {
        guard stops.count > 1 else { return stops }
        let ax = x[Int(piece.start)]
        let ay = y[Int(piece.start)]
        let dx = x[Int(piece.end)] - ax
        let dy = y[Int(piece.end)] - ay
        func position(_ v: Int32) -> Double { (x[Int(v)] - ax) * dx + (y[Int(v)] - ay) * dy }
        return stops.sorted { (position($0), $0) < (position($1), $1) }
    }
}
