/// 覆盖面: the faces between the unbalanced edges of a layer, and who borders them.
///
/// Faces of depth 0 are gaps, faces of depth 1 covered once, deeper ones overlaps. Edges with a unit on each side do
/// not change the depth and are left out, so a net without faults has few edges here and no face but itself.
struct CoverageFaces {
    let table: EdgeTable
    let noding: Noding
    let graph: FaceGraph
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
        graph = FaceGraph(x: noding.x, y: noding.y, edges: edges)
    }

    /// Units whose inside is on the left side of a half-edge of the graph, and on its right.
    func sides(_ half: Int) -> (left: [Int], right: [Int]) {
        let sides = Sides(table, noding.pieces[pieces[half >> 1]])
        return half & 1 == 0 ? (sides.left, sides.right) : (sides.right, sides.left)
    }

    /// The edges of the table that an edge of the graph was cut from.
    func tableEdges(_ edge: Int) -> [Int] { noding.pieces[pieces[edge]].map { Int($0.edge) } }

    /// The units inside which the face lies as seen from its own border, ascending.
    func unitsInside(face: Int) -> [Int] {
        Set(graph.halfEdges(ofFace: face).flatMap { sides($0).left }).sorted()
    }

    /// The units across the border of a face and the length they share with it, ascending.
    func neighbours(ofFace face: Int) -> [(unit: Int, border: Double)] {
        var borders: [Int: Double] = [:]
        for half in graph.halfEdges(ofFace: face) {
            for unit in sides(half).right { borders[unit, default: 0] += graph.length(half >> 1) }
        }
        return borders.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    func rings(ofFace face: Int) -> [[PlanarPoint]] { graph.rings(ofFace: face, origin: table.origin) }

    func isGap(_ face: Int) -> Bool { graph.faces[face].depth == 0 && graph.faces[face].area > 0 }
    func isOverlap(_ face: Int) -> Bool { graph.faces[face].depth > 1 && graph.faces[face].area > 0 }

    /// Mean width: twice the area over the perimeter, for a long strip the average distance of its sides.
    func width(ofFace face: Int) -> Double { 2 * graph.faces[face].area / graph.perimeter(ofFace: face) }
}
