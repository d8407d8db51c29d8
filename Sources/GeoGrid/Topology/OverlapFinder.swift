/// 重叠归属: which units overlap in the faces that are covered more than once.
///
/// Where no edge runs through a face, the units that bound it from inside, and those that hold a point of it, cover
/// all of it. Edges with a unit on each side are no borders of faces and can run through, as when one unit lies over
/// the border of two others; such faces are divided along them first.
struct OverlapFinder {
    struct Overlap {
        var a: Int
        var b: Int
        var area: Double
        /// Polygons of the overlap, as rings.
        var places: [[[PlanarPoint]]]
    }

    private let areas: Geometries
    private let faces: CoverageFaces
    private let grid: SegmentGrid
    private let boxes: [Box]
    private let order: [Int]

    /// `grid` holds the edges of the layer.
    init(_ areas: Geometries, _ faces: CoverageFaces, _ grid: SegmentGrid) {
        self.areas = areas
        self.faces = faces
        self.grid = grid
        let boxes = (0..<areas.count).map { areas.isArea($0) ? areas.box(ofFeature: $0) : .empty }
        self.boxes = boxes
        order = boxes.indices.filter { !boxes[$0].isEmpty }.sorted { boxes[$0].minX < boxes[$1].minX }
    }

    /// Pairs ascending. O(faces × units near them).
    func overlaps() -> [Overlap] {
        let deep = faces.graph.faces.indices.filter { faces.isOverlap($0) }
        guard !deep.isEmpty else { return [] }
        var found = Tally()
        func add(_ graph: FaceGraph, _ face: Int, seen: [Int]) {
            let rings = graph.rings(ofFace: face, origin: faces.table.origin)
            let units = units(over: rings, depth: graph.faces[face].depth, seen: seen)
            found.add(units, area: graph.faces[face].area, rings)
        }
        var crossed: [(face: Int, edges: [Int])] = []
        var lastFace = [Int32](repeating: -1, count: faces.table.edgeCount)
        for face in deep {
            let edges = edges(through: face, &lastFace)
            if edges.isEmpty {
                add(faces.graph, face, seen: faces.unitsInside(face: face))
            } else {
                crossed.append((face, edges))
            }
        }
        if !crossed.isEmpty {
            let parts = faces.divided(crossed)
            for face in parts.graph.faces.indices where parts.graph.faces[face].depth > 1 {
                guard parts.graph.faces[face].area > 0 else { continue }
                add(parts.graph, face, seen: parts.unitsInside(face: face))
            }
        }
        return found.overlaps.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// Overlaps by pairs of units.
    private struct Tally {
        private(set) var overlaps: [Overlap] = []
        private var index: [UInt64: Int] = [:]

        /// Adds a place that all of some units cover; `units` ascending.
        mutating func add(_ units: [Int], area: Double, _ place: [[PlanarPoint]]) {
            for (i, a) in units.enumerated() {
                for b in units[(i + 1)...] {
                    let key = UInt64(a) << 32 | UInt64(b)
                    if let k = index[key] {
                        overlaps[k].area += area
                        overlaps[k].places.append(place)
                    } else {
                        index[key] = overlaps.count
                        overlaps.append(Overlap(a: a, b: b, area: area, places: [place]))
                    }
                }
            }
        }
    }

    /// The units that cover a face through which no edge runs, ascending; `seen` are those that bound it from inside.
    private func units(over rings: [[PlanarPoint]], depth: Int, seen: [Int]) -> [Int] {
        guard seen.count < depth, let point = RingMeasure.pointInside(rings) else { return seen }
        return candidates(RingMeasure.box(rings)).filter { seen.contains($0) || areas.covers(feature: $0, point) }
    }

    /// Units whose box meets a box, ascending.
    private func candidates(_ box: Box) -> [Int] {
        var units: [Int] = []
        for unit in order {
            if boxes[unit].minX > box.maxX { break }
            if boxes[unit].intersects(box) { units.append(unit) }
        }
        return units.sorted()
    }

    /// The balanced edges of the layer that run through the inside of a face.
    private func edges(through face: Int, _ lastFace: inout [Int32]) -> [Int] {
        let table = faces.table
        let rings = faces.graph.rings(ofFace: face, origin: PlanarPoint(x: 0, y: 0))
        let box = RingMeasure.box(rings)
        var edges: [Int] = []
        grid.forEachSegment(near: box) { edge in
            guard table.balance[edge] == 0, lastFace[edge] != Int32(face) else { return }
            lastFace[edge] = Int32(face)
            let start = faces.graph.point(Int(faces.noding.vertex(table.start[edge])))
            let end = faces.graph.point(Int(faces.noding.vertex(table.end[edge])))
            if RingMeasure.box([[start, end]]).intersects(box), runs(start, end, through: rings) { edges.append(edge) }
        }
        return edges
    }

    private func runs(_ start: PlanarPoint, _ end: PlanarPoint, through rings: [[PlanarPoint]]) -> Bool {
        var stops: [Double] = [0, 1]
        for ring in rings {
            for (p, q) in zip(ring, ring.dropFirst()) {
                let c = Orientation.sign(p, q, start)
                let d = Orientation.sign(p, q, end)
                guard c * d <= 0, c != 0 || d != 0,
                    Orientation.sign(start, end, p) * Orientation.sign(start, end, q) <= 0
                else { continue }
                let e = (q.x - p.x) * (start.y - p.y) - (q.y - p.y) * (start.x - p.x)
                let f = (q.x - p.x) * (end.y - p.y) - (q.y - p.y) * (end.x - p.x)
                stops.append(e / (e - f))
            }
        }
        stops.sort()
        return zip(stops, stops.dropFirst()).contains { s, t in
            let middle = (s + t) / 2
            return t > s
                && RingMeasure.isStrictlyInside(
                    rings,
                    PlanarPoint(x: start.x + middle * (end.x - start.x), y: start.y + middle * (end.y - start.y)))
        }
    }
}
