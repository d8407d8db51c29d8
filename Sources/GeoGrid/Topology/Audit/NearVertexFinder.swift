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
    private let told: Set<Int32>

    init(_ faces: CoverageFaces, snapTolerance: Double, told: Set<Int32>) {
        self.faces = faces
        self.snapTolerance = snapTolerance
        self.told = told
    }

    /// Ascending by units, one for each place. O(edges) where few are near others.
    func found() -> [Near] {
        let candidates = candidates()
        return candidates.isEmpty ? [] : judged(candidates)
    }

    /// Edges of the table that end in such a vertex or come near one.
    func edgesNear() -> Set<Int> {
        let places = found().map(\.place)
        guard !places.isEmpty else { return [] }
        let origin = faces.table.origin
        var edges: Set<Int> = []
        for edge in faces.graph.edges.indices {
            let a = faces.graph.point(Int(faces.graph.edges[edge].start), origin)
            let b = faces.graph.point(Int(faces.graph.edges[edge].end), origin)
            let isNear = places.contains {
                SegmentDistance.squared(a.x, a.y, b.x, b.y, $0.x, $0.y) <= snapTolerance * snapTolerance
            }
            if isNear { edges.formUnion(faces.tableEdges(edge)) }
        }
        return edges
    }

    private func candidates() -> [(vertex: Int32, edge: Int)] {
        let graph = faces.graph
        let x = faces.noding.x
        let y = faces.noding.y
        guard snapTolerance > 0, !graph.edges.isEmpty else { return [] }
        let grid = SegmentGrid(count: graph.edges.count, margin: snapTolerance / 2) { e in
            let a = Int(graph.edges[e].start)
            let b = Int(graph.edges[e].end)
            return (x[a], y[a], x[b], y[b])
        }
        var candidates: [(vertex: Int32, edge: Int)] = []
        let limit = snapTolerance * snapTolerance
        func test(_ v: Int32, _ edge: Int) {
            let e = graph.edges[edge]
            guard v != e.start, v != e.end, !told.contains(v) else { return }
            let px = x[Int(v)]
            let py = y[Int(v)]
            let d = SegmentDistance.squared(
                x[Int(e.start)], y[Int(e.start)], x[Int(e.end)], y[Int(e.end)], px, py)
            if d <= limit { candidates.append((v, edge)) }
        }
        grid.forEachCell { cell in
            for k in 1..<cell.count {
                for l in 0..<k {
                    let e = Int(cell[k])
                    let f = Int(cell[l])
                    test(graph.edges[e].start, f)
                    test(graph.edges[e].end, f)
                    test(graph.edges[f].start, e)
                    test(graph.edges[f].end, e)
                }
            }
        }
        return candidates
    }

    private func judged(_ candidates: [(vertex: Int32, edge: Int)]) -> [Near] {
        let units = unitsByVertex()
        let order = units.keys.sorted { (faces.noding.x[Int($0)], $0) < (faces.noding.x[Int($1)], $1) }
        var found: [Near] = []
        for (vertex, edge) in candidates {
            let sides = faces.sides(2 * edge)
            for other in Set(sides.left + sides.right).sorted() {
                for unit in (units[vertex] ?? []).sorted() where unit != other {
                    guard !meets(unit, other, near: vertex, units, order) else { continue }
                    let e = faces.graph.edges[edge]
                    let x = faces.noding.x
                    let y = faces.noding.y
                    let px = x[Int(vertex)]
                    let py = y[Int(vertex)]
                    let d = SegmentDistance.squared(
                        x[Int(e.start)], y[Int(e.start)], x[Int(e.end)], y[Int(e.end)], px, py)
                    found.append(
                        Near(
                            unit: min(unit, other), other: max(unit, other),
                            place: PlanarPoint(x: px + faces.table.origin.x, y: py + faces.table.origin.y),
                            distance: d.squareRoot()))
                }
            }
        }
        func key(_ n: Near) -> (Int, Int, Double, Double, Double) {
            (n.unit, n.other, n.place.x, n.place.y, n.distance)
        }
        found.sort { key($0) < key($1) }
        var kept: [Near] = []
        for near in found {
            let samePair = kept.reversed().prefix { $0.unit == near.unit && $0.other == near.other }
            if !samePair.contains(where: { $0.place.distance(to: near.place) <= 2 * snapTolerance }) {
                kept.append(near)
            }
        }
        return kept
    }

    private func unitsByVertex() -> [Int32: Set<Int>] {
        var units: [Int32: Set<Int>] = [:]
        for edge in faces.graph.edges.indices {
            let sides = faces.sides(2 * edge)
            for v in [faces.graph.edges[edge].start, faces.graph.edges[edge].end] {
                units[v, default: []].formUnion(sides.left + sides.right)
            }
        }
        return units
    }

    /// Whether two units have a common vertex within twice the tolerance of a vertex; `order` is ascending in x.
    private func meets(_ a: Int, _ b: Int, near vertex: Int32, _ units: [Int32: Set<Int>], _ order: [Int32]) -> Bool {
        let x = faces.noding.x
        let y = faces.noding.y
        let reach = 2 * snapTolerance
        let px = x[Int(vertex)]
        let py = y[Int(vertex)]
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if x[Int(order[middle])] < px - reach { low = middle + 1 } else { high = middle }
        }
        for v in order[low...] {
            guard x[Int(v)] <= px + reach else { break }
            guard abs(y[Int(v)] - py) <= reach, let present = units[v] else { continue }
            if present.contains(a) && present.contains(b) { return true }
        }
        return false
    }
}
