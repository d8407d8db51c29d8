/// 覆盖面: the faces between the unbalanced edges of a layer, and who borders them.
///
/// Faces of depth 0 are gaps, faces of depth 1 covered once, deeper ones overlaps. Edges of the table with a unit on
/// each side do not change the depth and are left out, so a net without faults has few edges here and no face but
/// itself. Those that match only piecewise stay in, with weight 0 where the pieces do match.
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
        pieces = noding.groups()
        sides = FaceSides(table, noding, pieces)
        let edges = noding.edges(pieces) { Int(table.balance[$0]) }
        graph = FaceGraph(x: noding.x, y: noding.y, edges: edges)
    }

    /// The edges of the table that an edge of the graph was cut from.
    func tableEdges(_ edge: Int) -> [Int] { noding.pieces[pieces[edge]].map { Int($0.edge) } }

    /// Some faces, divided along balanced edges of the table that run through them; the depth outside of them is 0.
    func divided(_ crossed: [(face: Int, edges: [Int])]) -> GroupFaces {
        var depths = [Int](repeating: 0, count: graph.faces.count)
        for (face, _) in crossed { depths[face] = graph.faces[face].depth }
        func depth(_ half: Int) -> Int {
            let face = graph.face(leftOf: half)
            return face == FaceGraph.unbounded ? 0 : depths[face]
        }
        var parts = EdgeTable(x: noding.x, y: noding.y, origin: table.origin, unitCount: table.unitCount)
        var weights: [(edge: Int, weight: Int)] = []
        var borders: [Int] = []
        for (face, _) in crossed { graph.forEachHalfEdge(ofFace: face) { borders.append($0 >> 1) } }
        borders.sortAndRemoveDuplicates()
        for edge in borders {
            weights.append((parts.edgeCount, depth(2 * edge) - depth(2 * edge + 1)))
            parts.append(from: graph.edges[edge].start, to: graph.edges[edge].end) { body in
                sides.forEachUnit(leftOf: 2 * edge) { body($0, true) }
                sides.forEachUnit(leftOf: 2 * edge + 1) { body($0, false) }
            }
        }
        var inner = crossed.flatMap(\.edges)
        inner.sortAndRemoveDuplicates()
        for edge in inner {
            weights.append((parts.edgeCount, 0))
            parts.append(from: noding.vertex(table.start[edge]), to: noding.vertex(table.end[edge])) {
                table.forEachUnit(besideEdge: edge, $0)
            }
        }
        return GroupFaces(parts, weights, tolerance: noding.tolerance, keepsBalanced: true)
    }

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
