extension Adjacency {
    /// Two vertices, or a vertex and an edge, nearer than this count as meeting, in metres: above the rounding of
    /// projected coordinates, far below anything drawn.
    public static let defaultTolerance = 1e-6

    /// 由面图层求邻接: the neighbours of every polygon of a layer, by the edges and corners they share.
    ///
    /// Units are neighbours along an edge where one has its inside to the left of a piece of border and the other to
    /// its right; the border of a pair is the length of all such pieces. Edges may match only in part (T-junctions);
    /// `tolerance` bounds how far a vertex may lie off the edge it meets. Units that share only points have border 0.
    /// Agrees with GEOS: a border above 0 is the length of the intersection of two areas that touch.
    ///
    /// - Parameters:
    ///   - areas: polygons in a metre system, any ring order; other kinds have no neighbours.
    ///   - tolerance: in metres.
    /// - Complexity: O(n log n) in the vertices.
    public init(of areas: Geometries, tolerance: Double = Adjacency.defaultTolerance) {
        let table = EdgeTable(areas)
        let noding = Noding(table, edges: table.unbalancedEdges(), tolerance: tolerance)
        self.init(table, noding)
    }

    init(_ table: EdgeTable, _ noding: Noding) {
        var pairs: [(a: Int, b: Int, border: Double)] = []
        func add(_ a: Int, _ b: Int, _ border: Double) {
            guard a != b else { return }
            let low = min(a, b)
            let high = max(a, b)
            if let last = pairs.last, last.a == low, last.b == high {
                pairs[pairs.count - 1].border += border
            } else {
                pairs.append((low, high, border))
            }
        }
        for edge in 0..<table.edgeCount where table.balance[edge] == 0 {
            let length = table.length(ofEdge: edge)
            guard table.extras.isEmpty else {
                Sides(table, edge).forEachPair { add($0, $1, length) }
                continue
            }
            add(Int(table.left[edge]), Int(table.right[edge]), length)
        }
        for group in noding.groups() {
            let piece = noding.pieces[group.lowerBound]
            let dx = noding.x[Int(piece.end)] - noding.x[Int(piece.start)]
            let dy = noding.y[Int(piece.end)] - noding.y[Int(piece.start)]
            Sides(table, noding.pieces[group]).forEachPair { add($0, $1, (dx * dx + dy * dy).squareRoot()) }
        }
        Adjacency.forEachCorner(table, noding) { add($0, $1, 0) }
        self.init(count: table.unitCount, pairs: pairs)
    }

    /// Calls `body` for every two units that meet in a vertex where more meet than the two of one border.
    private static func forEachCorner(_ table: EdgeTable, _ noding: Noding, _ body: (Int, Int) -> Void) {
        let count = noding.x.count
        let isCorner = corners(table, noding)
        var offsets = [Int32](repeating: 0, count: count + 1)
        var incidences: [(vertex: Int32, unit: Int32)] = []
        for edge in 0..<table.edgeCount {
            for vertex in [noding.vertex(table.start[edge]), noding.vertex(table.end[edge])]
            where isCorner[Int(vertex)] {
                table.forEachUnit(besideEdge: edge) { unit, _ in incidences.append((vertex, Int32(unit))) }
            }
        }
        for insertion in noding.insertions {
            let vertex = noding.vertex(insertion.vertex)
            table.forEachUnit(besideEdge: Int(insertion.edge)) { unit, _ in incidences.append((vertex, Int32(unit))) }
        }
        for i in incidences { offsets[Int(i.vertex) + 1] += 1 }
        for v in 0..<count { offsets[v + 1] += offsets[v] }
        var next = offsets
        var units = [Int32](repeating: 0, count: incidences.count)
        for i in incidences {
            units[Int(next[Int(i.vertex)])] = i.unit
            next[Int(i.vertex)] += 1
        }
        var distinct: [Int32] = []
        for v in 0..<count {
            distinct.removeAll(keepingCapacity: true)
            for k in Int(offsets[v])..<Int(offsets[v + 1]) where !distinct.contains(units[k]) {
                distinct.append(units[k])
            }
            for i in distinct.indices.dropFirst() {
                for j in 0..<i { body(Int(distinct[i]), Int(distinct[j])) }
            }
        }
    }

    /// Whether the edges of a vertex have other units beside them than the same two.
    private static func corners(_ table: EdgeTable, _ noding: Noding) -> [Bool] {
        var isCorner = [Bool](repeating: false, count: noding.x.count)
        var firstEdge = [Int32](repeating: -1, count: noding.x.count)
        for edge in 0..<table.edgeCount {
            let low = min(table.left[edge], table.right[edge])
            let high = max(table.left[edge], table.right[edge])
            for end in [table.start[edge], table.end[edge]] {
                let vertex = Int(noding.vertex(end))
                let first = Int(firstEdge[vertex])
                if first < 0 {
                    firstEdge[vertex] = Int32(edge)
                } else if min(table.left[first], table.right[first]) != low
                    || max(table.left[first], table.right[first]) != high
                {
                    isCorner[vertex] = true
                }
            }
        }
        for extra in table.extras {
            isCorner[Int(noding.vertex(table.start[Int(extra.edge)]))] = true
            isCorner[Int(noding.vertex(table.end[Int(extra.edge)]))] = true
        }
        for insertion in noding.insertions { isCorner[Int(noding.vertex(insertion.vertex))] = true }
        return isCorner
    }
}

/// The units to both sides of an edge, or of pieces of edges that coincide.
struct Sides {
    private(set) var left: [Int] = []
    private(set) var right: [Int] = []

    init(_ table: EdgeTable, _ edge: Int) {
        add(table, edge, isReversed: false)
    }

    init(_ table: EdgeTable, _ pieces: ArraySlice<Noding.Piece>) {
        for piece in pieces { add(table, Int(piece.edge), isReversed: piece.isReversed) }
    }

    private mutating func add(_ table: EdgeTable, _ edge: Int, isReversed: Bool) {
        table.forEachUnit(besideEdge: edge) { unit, isLeft in
            if isLeft != isReversed { left.append(unit) } else { right.append(unit) }
        }
    }

    func forEachPair(_ body: (_ left: Int, _ right: Int) -> Void) {
        for a in left { for b in right { body(a, b) } }
    }

    var balance: Int { left.count - right.count }
}
