/// 覆盖面: the faces between the unbalanced edges of a layer, and who borders them.
///
/// Faces of depth 0 are gaps, faces of depth 1 covered once, deeper ones overlaps. Edges with a unit on each side do
/// not change the depth and are left out, so a net without faults has few edges here and no face but itself.
struct CoverageFaces {
    let table: EdgeTable
    let noding: Noding
    let graph: FaceGraph
    /// Units to both sides of the edges of the graph.
    let sides: FaceSides
    /// Pieces that make each edge of the graph.
    private let pieces: [Range<Int>]

    init(_ table: EdgeTable, tolerance: Double) {
        self.table = table
        noding = Noding(table, edges: table.unbalancedEdges(), tolerance: tolerance)
        var edges: [FaceGraph.Edge] = []
        var kept: [Range<Int>] = []
        for group in noding.groups() {
            var weight = 0
            for piece in noding.pieces[group] {
                weight += Int(table.balance[Int(piece.edge)]) * (piece.isReversed ? -1 : 1)
            }
            guard weight != 0 else { continue }
            let first = noding.pieces[group.lowerBound]
            edges.append(FaceGraph.Edge(start: first.start, end: first.end, weight: Int32(weight)))
            kept.append(group)
        }
        pieces = kept
        sides = FaceSides(table, noding, kept)
        graph = FaceGraph(x: noding.x, y: noding.y, edges: edges)
    }

    /// The edges of the table that an edge of the graph was cut from.
    func tableEdges(_ edge: Int) -> [Int] { noding.pieces[pieces[edge]].map { Int($0.edge) } }

    /// The units inside which the face lies as seen from its own border, ascending.
    func unitsInside(face: Int) -> [Int] { sides.units(leftOf: graph.halfEdges(ofFace: face)) }

    /// The units across the border of a face and the length they share with it, ascending.
    func neighbours(ofFace face: Int) -> [(unit: Int, border: Double)] {
        var borders: [(unit: Int, border: Double)] = []
        for half in graph.halfEdges(ofFace: face) {
            let length = graph.length(half >> 1)
            sides.forEachUnit(leftOf: half ^ 1) { unit in
                if let i = borders.lastIndex(where: { $0.unit == unit }) {
                    borders[i].border += length
                } else {
                    borders.append((unit, length))
                }
            }
        }
        return borders.sorted { $0.unit < $1.unit }
    }

    /// Marks the vertices on the border of a face.
    func mark(_ face: Int, in vertices: inout [Bool]) {
        graph.forEachHalfEdge(ofFace: face) { vertices[graph.origin($0)] = true }
    }

    func rings(ofFace face: Int) -> [[PlanarPoint]] { graph.rings(ofFace: face, origin: table.origin) }

    func isGap(_ face: Int) -> Bool { graph.faces[face].depth == 0 && graph.faces[face].area > 0 }
    func isOverlap(_ face: Int) -> Bool { graph.faces[face].depth > 1 && graph.faces[face].area > 0 }

    /// Mean width: twice the area over the perimeter, for a long strip the average distance of its sides.
    func width(ofFace face: Int) -> Double { 2 * graph.faces[face].area / graph.perimeter(ofFace: face) }
}
