/// The faces between edges of which each has a weight of its own, over vertices of their own.
struct GroupFaces {
    let graph: FaceGraph
    private let table: EdgeTable
    private let noding: Noding
    private let pieces: [Range<Int>]

    init(_ table: EdgeTable, _ edges: [(edge: Int, weight: Int)], tolerance: Double) {
        self.table = table
        noding = Noding(compact: table, edges: edges.map(\.edge), tolerance: tolerance)
        let weights = Dictionary(uniqueKeysWithValues: edges.map { ($0.edge, $0.weight) })
        var kept: [FaceGraph.Edge] = []
        var runs: [Range<Int>] = []
        for group in noding.groups() {
            var weight = 0
            for piece in noding.pieces[group] {
                weight += (weights[Int(piece.edge)] ?? 0) * (piece.isReversed ? -1 : 1)
            }
            guard weight != 0 else { continue }
            let first = noding.pieces[group.lowerBound]
            kept.append(FaceGraph.Edge(start: first.start, end: first.end, weight: Int32(weight)))
            runs.append(group)
        }
        pieces = runs
        graph = FaceGraph(x: noding.x, y: noding.y, edges: kept)
    }

    /// Units of the table inside which the face lies as seen from its border, ascending.
    func unitsInside(face: Int) -> [Int] {
        Set(
            graph.halfEdges(ofFace: face).flatMap { half -> [Int] in
                let sides = Sides(table, noding.pieces[pieces[half >> 1]])
                return half & 1 == 0 ? sides.left : sides.right
            }
        ).sorted()
    }
}
