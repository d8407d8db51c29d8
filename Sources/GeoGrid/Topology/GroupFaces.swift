/// The faces between edges of which each has a weight of its own, over vertices of their own.
struct GroupFaces {
    let graph: FaceGraph
    private let sides: FaceSides

    /// `edges` ascending. Edges whose pieces cancel are left out, unless they shall divide faces all the same.
    init(_ table: EdgeTable, _ edges: [(edge: Int, weight: Int)], tolerance: Double, keepsBalanced: Bool = false) {
        let numbers = edges.map(\.edge)
        let noding = Noding(compact: table, edges: numbers, tolerance: tolerance)
        let groups = noding.groups()
        let all = noding.edges(groups) { edges[numbers.lowerBound(of: $0)].weight }
        let kept = all.indices.filter { keepsBalanced || all[$0].weight != 0 }
        sides = FaceSides(table, noding, kept.map { groups[$0] })
        graph = FaceGraph(x: noding.x, y: noding.y, edges: kept.map { all[$0] })
    }

    /// Units of the table inside which the face lies as seen from its border, ascending.
    func unitsInside(face: Int) -> [Int] { sides.units(leftOf: graph.halfEdges(ofFace: face)) }
}
