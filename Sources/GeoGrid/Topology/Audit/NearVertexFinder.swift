/// 近而不接: vertices of one unit that come near the border of another without meeting it.
///
/// Only unbalanced edges can have them. Where the two units do meet within the tolerance of the place, short edges
/// beside a common vertex are no fault.
struct NearVertexFinder {
    struct Near {
        var unit: Int
        var other: Int
        var place: PlanarPoint
        var distance: Double
    }

    private let faces: CoverageFaces
    private let snapTolerance: Double
    private let told: [Bool]

    /// `told` says of every vertex whether another finding tells of it; of none, where it is empty.
    init(_ faces: CoverageFaces, snapTolerance: Double, told: [Bool] = []) {
        self.faces = faces
        self.snapTolerance = snapTolerance
        self.told = told.isEmpty ? [Bool](repeating: false, count: faces.noding.x.count) : told
    }

    /// Ascending by units, one for each place. O(edges) where few are near others.
    func found() -> [Near] {
        let open = faces.graph.edges.indices.filter { faces.graph.edges[$0].weight != 0 }
        guard snapTolerance > 0, !open.isEmpty else { return [] }
        let x = faces.noding.x
        let y = faces.noding.y
        let grid = SegmentGrid(count: open.count, margin: snapTolerance / 2) { i in
            let a = Int(faces.graph.edges[open[i]].start)
            let b = Int(faces.graph.edges[open[i]].end)
            return (x[a], y[a], x[b], y[b])
        }
        var seen = told
        var found: [Near] = []
        for edge in open {
            for vertex in [faces.graph.edges[edge].start, faces.graph.edges[edge].end] where !seen[Int(vertex)] {
                seen[Int(vertex)] = true
                found += near(vertex, open, grid)
            }
        }
        return distinct(found)
    }

    /// Edges of the table that end in such a vertex or come near one.
    func edgesNear() -> Set<Int> {
        let places = found().map(\.place)
        guard !places.isEmpty else { return [] }
        let origin = faces.table.origin
        var edges: Set<Int> = []
        for edge in faces.graph.edges.indices where faces.graph.edges[edge].weight != 0 {
            let a = faces.graph.point(Int(faces.graph.edges[edge].start), origin)
            let b = faces.graph.point(Int(faces.graph.edges[edge].end), origin)
            let isNear = places.contains {
                SegmentDistance.squared(a.x, a.y, b.x, b.y, $0.x, $0.y) <= snapTolerance * snapTolerance
            }
            if isNear { edges.formUnion(faces.tableEdges(edge)) }
        }
        return edges
    }

    /// The units at a vertex with those beside edges near it, unless they meet close by.
    private func near(_ vertex: Int32, _ open: [Int], _ grid: SegmentGrid) -> [Near] {
        let place = faces.graph.point(Int(vertex))
        let box = Box(minX: place.x, minY: place.y, maxX: place.x, maxY: place.y)
        var found: [Near] = []
        grid.forEachSegment(near: box.expanded(by: snapTolerance)) { i in
            let edge = faces.graph.edges[open[i]]
            guard vertex != edge.start, vertex != edge.end else { return }
            let a = faces.graph.point(Int(edge.start))
            let b = faces.graph.point(Int(edge.end))
            let squared = SegmentDistance.squared(a.x, a.y, b.x, b.y, place.x, place.y)
            guard squared <= snapTolerance * snapTolerance else { return }
            let present = unitsAtVertices(box.expanded(by: 2 * snapTolerance), open, grid)
            func meet(_ a: Int, _ b: Int) -> Bool {
                present.contains { p in p.unit == a && present.contains { $0.vertex == p.vertex && $0.unit == b } }
            }
            for other in faces.sides.units(leftOf: [2 * open[i], 2 * open[i] + 1]) {
                for (at, unit) in present where at == Int(vertex) && unit != other && !meet(unit, other) {
                    found.append(
                        Near(
                            unit: min(unit, other), other: max(unit, other),
                            place: faces.graph.point(Int(vertex), faces.table.origin), distance: squared.squareRoot()))
                }
            }
        }
        return found
    }

    /// The units beside edges that end in a box, by vertex.
    private func unitsAtVertices(_ box: Box, _ open: [Int], _ grid: SegmentGrid) -> [(vertex: Int, unit: Int)] {
        var present: [(vertex: Int, unit: Int)] = []
        grid.forEachSegment(near: box) { i in
            for half in [2 * open[i], 2 * open[i] + 1] {
                let v = faces.graph.origin(half)
                guard box.contains(x: faces.noding.x[v], y: faces.noding.y[v]) else { continue }
                faces.sides.forEachUnit(leftOf: half) { present.append((v, $0)) }
                faces.sides.forEachUnit(leftOf: half ^ 1) { present.append((v, $0)) }
            }
        }
        return present
    }

    /// Of places nearer to each other than the tolerance, the first.
    private func distinct(_ all: [Near]) -> [Near] {
        func key(_ n: Near) -> (Int, Int, Double, Double, Double) {
            (n.unit, n.other, n.place.x, n.place.y, n.distance)
        }
        var kept: [Near] = []
        for near in all.sorted(by: { key($0) < key($1) }) {
            let samePair = kept.reversed().prefix { $0.unit == near.unit && $0.other == near.other }
            if !samePair.contains(where: { $0.place.distance(to: near.place) <= 2 * snapTolerance }) {
                kept.append(near)
            }
        }
        return kept
    }
}
