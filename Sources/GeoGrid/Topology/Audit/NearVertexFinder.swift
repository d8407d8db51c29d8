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
            guard v != e.start, v != e.end, !told[Int(v)] else { return }
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
        let present = UnitsByVertex(faces)
        let x = faces.noding.x
        let y = faces.noding.y
        var found: [Near] = []
        for (vertex, edge) in candidates {
            let px = x[Int(vertex)]
            let py = y[Int(vertex)]
            for other in faces.sides.units(leftOf: [2 * edge, 2 * edge + 1]) {
                for unit in present.units(at: vertex) where unit != other {
                    guard !present.meet(unit, other, x: px, y: py, within: 2 * snapTolerance) else { continue }
                    let e = faces.graph.edges[edge]
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
}

/// The units beside each vertex of the unbalanced edges, and the vertices from left to right.
private struct UnitsByVertex {
    /// Vertices that have an edge, ascending in x.
    private var order: [(x: Double, y: Double, vertex: Int32)] = []
    private var offsets: [Int32]
    private var items: [Int32]

    init(_ faces: CoverageFaces) {
        let graph = faces.graph
        let count = faces.noding.x.count
        var offsets = [Int32](repeating: 0, count: count + 1)
        func forEachPair(_ body: (Int, Int) -> Void) {
            for half in 0..<2 * graph.edges.count {
                faces.sides.forEachUnit(leftOf: half) { unit in
                    body(graph.origin(half), unit)
                    body(graph.origin(half ^ 1), unit)
                }
            }
        }
        forEachPair { vertex, _ in offsets[vertex + 1] += 1 }
        for v in 0..<count {
            if offsets[v + 1] > 0 { order.append((faces.noding.x[v], faces.noding.y[v], Int32(v))) }
            offsets[v + 1] += offsets[v]
        }
        var items = [Int32](repeating: 0, count: Int(offsets[count]))
        var position = offsets
        forEachPair { vertex, unit in
            items[Int(position[vertex])] = Int32(unit)
            position[vertex] += 1
        }
        self.offsets = offsets
        self.items = items
        order.sort { ($0.x, $0.vertex) < ($1.x, $1.vertex) }
    }

    private func run(_ vertex: Int32) -> Range<Int> { Int(offsets[Int(vertex)])..<Int(offsets[Int(vertex) + 1]) }

    /// Ascending.
    func units(at vertex: Int32) -> [Int] {
        var units: [Int] = []
        for i in run(vertex) where !units.contains(Int(items[i])) { units.append(Int(items[i])) }
        return units.sorted()
    }

    /// Whether two units have a common vertex in the square around a place.
    func meet(_ a: Int, _ b: Int, x: Double, y: Double, within reach: Double) -> Bool {
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if order[middle].x < x - reach { low = middle + 1 } else { high = middle }
        }
        while low < order.count, order[low].x <= x + reach {
            let near = order[low]
            low += 1
            guard abs(near.y - y) <= reach else { continue }
            var hasA = false
            var hasB = false
            for i in run(near.vertex) {
                hasA = hasA || items[i] == Int32(a)
                hasB = hasB || items[i] == Int32(b)
            }
            if hasA && hasB { return true }
        }
        return false
    }
}
