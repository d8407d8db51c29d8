/// The faces between edges of which each has a weight of its own, over vertices of their own.
struct GroupFaces {
    let graph: FaceGraph
    private let sides: FaceSides

    init(_ table: EdgeTable, _ edges: [(edge: Int, weight: Int)], tolerance: Double) {
        let noding = Noding(compact: table, edges: edges.map(\.edge), tolerance: tolerance)
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
        sides = FaceSides(table, noding, runs)
        graph = FaceGraph(x: noding.x, y: noding.y, edges: kept)
    }

    /// Units of the table inside which the face lies as seen from its border, ascending.
    func unitsInside(face: Int) -> [Int] { sides.units(leftOf: graph.halfEdges(ofFace: face)) }
}
