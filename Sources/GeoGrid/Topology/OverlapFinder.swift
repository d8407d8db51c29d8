/// 重叠归属: which units overlap in the faces that are covered more than once.
///
/// Where no edge runs through a face, the units that bound it from inside, and those that hold a point of it, cover
/// all of it. Only where edges do run through, as when one unit lies over the border of two others, GEOS cuts it up.
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
    private let context = GEOSContext()

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
        var index: [UInt64: Int] = [:]
        var found: [Overlap] = []
        func add(_ a: Int, _ b: Int, _ area: Double, _ place: [[PlanarPoint]]) {
            let key = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
            if let i = index[key] {
                found[i].area += area
                found[i].places.append(place)
            } else {
                index[key] = found.count
                found.append(Overlap(a: min(a, b), b: max(a, b), area: area, places: [place]))
            }
        }
        var marks = Marks(edges: faces.table.edgeCount, vertices: faces.noding.x.count)
        for face in deep {
            let rings = faces.rings(ofFace: face)
            let box = RingMeasure.box(rings)
            var units = faces.unitsInside(face: face)
            let depth = faces.graph.faces[face].depth
            if !isCut(face, rings, box, &marks) {
                if units.count < depth, let point = RingMeasure.pointInside(rings) {
                    units = candidates(box).filter { units.contains($0) || areas.covers(feature: $0, point) }
                }
                if units.count == depth {
                    forEachPair(units) { add($0, $1, faces.graph.faces[face].area, rings) }
                    continue
                }
            }
            cut(rings, candidates(box)) { a, b, piece in
                for part in piece.polygons() { add(a, b, RingMeasure.area(part), part) }
            }
        }
        return found.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
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

    private func forEachPair(_ units: [Int], _ body: (Int, Int) -> Void) {
        for (i, a) in units.enumerated() { for b in units[(i + 1)...] { body(a, b) } }
    }

    /// Which face an edge was last looked at for, and a vertex last on the border of.
    private struct Marks {
        var edges: [Int32]
        var vertices: [Int32]

        init(edges: Int, vertices: Int) {
            self.edges = Array(repeating: -1, count: edges)
            self.vertices = Array(repeating: -1, count: vertices)
        }
    }

    /// Whether an edge of the layer runs through the inside of a face.
    private func isCut(_ face: Int, _ rings: [[PlanarPoint]], _ box: Box, _ marks: inout Marks) -> Bool {
        let table = faces.table
        let number = Int32(face)
        faces.graph.forEachHalfEdge(ofFace: face) { marks.vertices[faces.graph.origin($0)] = number }
        let local = Box(
            minX: box.minX - table.origin.x, minY: box.minY - table.origin.y, maxX: box.maxX - table.origin.x,
            maxY: box.maxY - table.origin.y)
        var isCut = false
        grid.forEachSegment(near: local) { edge in
            // Edges of the border itself are unbalanced; those with a unit on each side can run through.
            guard !isCut, table.balance[edge] == 0, marks.edges[edge] != number else { return }
            marks.edges[edge] = number
            isCut = runsThrough(edge, rings) { marks.vertices[Int($0)] == number }
        }
        return isCut
    }

    private func runsThrough(_ edge: Int, _ rings: [[PlanarPoint]], isOnBorder: (Int32) -> Bool) -> Bool {
        let table = faces.table
        let a = faces.noding.vertex(table.start[edge])
        let b = faces.noding.vertex(table.end[edge])
        let start = point(a)
        let end = point(b)
        var stops: [Double] = [0, 1]
        let dx = end.x - start.x
        let dy = end.y - start.y
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
        if stops.count == 2 && isOnBorder(a) && isOnBorder(b) { return false }
        stops.sort()
        for (s, t) in zip(stops, stops.dropFirst()) where t > s {
            let middle = (s + t) / 2
            let point = PlanarPoint(x: start.x + middle * dx, y: start.y + middle * dy)
            if RingMeasure.isStrictlyInside(rings, point) { return true }
        }
        return false
    }

    private func point(_ vertex: Int32) -> PlanarPoint {
        PlanarPoint(
            x: faces.noding.x[Int(vertex)] + faces.table.origin.x, y: faces.noding.y[Int(vertex)] + faces.table.origin.y
        )
    }

    /// Cuts a face by GEOS into the parts that each two units cover together.
    private func cut(
        _ rings: [[PlanarPoint]], _ units: [Int], _ body: (Int, Int, borrowing GEOSGeometry) -> Void
    ) {
        var place = Geometries()
        place.append(.polygon, parts: [rings])
        for (i, a) in units.enumerated() {
            guard let face = try? GEOSGeometry(place, feature: 0, in: context),
                let first = try? GEOSGeometry(areas, feature: a, in: context),
                let inA = try? face.intersection(first), inA.area > 0
            else { continue }
            for b in units[(i + 1)...] {
                guard let second = try? GEOSGeometry(areas, feature: b, in: context),
                    let inBoth = try? inA.intersection(second), inBoth.area > 0
                else { continue }
                body(a, b, inBoth)
            }
        }
    }
}
