/// 共界线: the pieces of border that two polygons of a layer share, as segments.
///
/// The same pieces whose lengths `Adjacency` adds up, found in the same way.
public struct SharedBorders: Sendable {
    public struct Piece: Hashable, Sendable {
        /// The two units, the lower number first.
        public var a: Int
        public var b: Int
        public var from: PlanarPoint
        public var to: PlanarPoint

        public var length: Double { from.distance(to: to) }
    }

    /// Each stretch of border once, in an order that depends on the layer alone.
    public private(set) var pieces: [Piece] = []

    /// O(n log n) in the vertices. `tolerance` as in `Adjacency`.
    public init(of areas: Geometries, tolerance: Double = Adjacency.defaultTolerance) {
        let table = EdgeTable(areas)
        let noding = Noding(table, edges: table.unbalancedEdges(), tolerance: tolerance)
        func add(_ a: Int, _ b: Int, _ from: (Double, Double), _ to: (Double, Double)) {
            guard a != b else { return }
            pieces.append(
                Piece(
                    a: min(a, b), b: max(a, b),
                    from: PlanarPoint(x: table.origin.x + from.0, y: table.origin.y + from.1),
                    to: PlanarPoint(x: table.origin.x + to.0, y: table.origin.y + to.1)))
        }
        for edge in 0..<table.edgeCount where table.balance[edge] == 0 {
            let (s, e) = (Int(table.start[edge]), Int(table.end[edge]))
            Sides(table, edge).forEachPair { add($0, $1, (table.x[s], table.y[s]), (table.x[e], table.y[e])) }
        }
        for group in noding.groups() {
            let piece = noding.pieces[group.lowerBound]
            let (s, e) = (Int(piece.start), Int(piece.end))
            Sides(table, noding.pieces[group]).forEachPair {
                add($0, $1, (noding.x[s], noding.y[s]), (noding.x[e], noding.y[e]))
            }
        }
    }
}
