/// 环自检: tells the areas that are valid beyond doubt from those GEOS must judge.
///
/// An area of one ring is valid when the ring is closed, has four coordinates at least, passes no vertex twice and
/// no two of its edges meet elsewhere. All rings are tested at once over the distinct edges of the layer, sorted into
/// cells, in plain arithmetic with an error bound: where that cannot tell, and for every area with holes or several
/// parts, the area is suspect. So no verdict of GEOS can differ from "beyond doubt valid".
struct RingScan {
    /// Per feature: not valid beyond doubt. False for features that are no areas.
    private(set) var isSuspect: [Bool]

    /// O(edges) for edges of like length.
    init(_ areas: Geometries, _ table: EdgeTable, _ grid: SegmentGrid) {
        isSuspect = [Bool](repeating: false, count: areas.count)
        scanRings(areas, table)
        scanSides(table)
        scanPairs(table, grid)
    }

    private mutating func scanRings(_ areas: Geometries, _ table: EdgeTable) {
        var lastFeature = [Int32](repeating: -1, count: table.x.count)
        for feature in 0..<areas.count where areas.isArea(feature) {
            let parts = areas.parts(ofFeature: feature)
            guard parts.count == 1, areas.paths(ofPart: parts.lowerBound).count == 1 else {
                isSuspect[feature] = true
                continue
            }
            let run = areas.coordinates(ofFeature: feature)
            guard run.count >= 4,
                table.vertexOfCoordinate[run.lowerBound] == table.vertexOfCoordinate[run.upperBound - 1],
                table.vertexOfCoordinate[run.lowerBound] >= 0
            else {
                isSuspect[feature] = true
                continue
            }
            var distinct = 0
            var previous: Int32 = -1
            for i in run.lowerBound..<run.upperBound - 1 {
                let vertex = table.vertexOfCoordinate[i]
                if vertex == previous { continue }
                previous = vertex
                distinct += 1
                if lastFeature[Int(vertex)] == Int32(feature) { isSuspect[feature] = true }
                lastFeature[Int(vertex)] = Int32(feature)
            }
            if distinct < 3 { isSuspect[feature] = true }
        }
    }

    /// A unit twice beside one edge runs over it twice.
    private mutating func scanSides(_ table: EdgeTable) {
        for edge in 0..<table.edgeCount where table.left[edge] >= 0 && table.left[edge] == table.right[edge] {
            isSuspect[Int(table.left[edge])] = true
        }
        for extra in table.extras {
            var times = 0
            table.forEachUnit(besideEdge: Int(extra.edge)) { unit, _ in times += unit == Int(extra.unit) ? 1 : 0 }
            if times > 1 { isSuspect[Int(extra.unit)] = true }
        }
    }

    private mutating func scanPairs(_ table: EdgeTable, _ grid: SegmentGrid) {
        let crowd = table.extras.isEmpty ? [] : RingScan.crowded(table)
        var found: [(Int, Int)] = []
        table.withGeometry { view in
            grid.forEachCell { cell in
                for k in 1..<cell.count {
                    let e = Int(cell[k])
                    for l in 0..<k {
                        let f = Int(cell[l])
                        if crowd.isEmpty || !(crowd[e] || crowd[f]) {
                            guard view.shareUnit(e, f) else { continue }
                        }
                        if view.mayMeet(e, f) { found.append((e, f)) }
                    }
                }
            }
        }
        for (e, f) in found {
            table.forEachUnit(besideEdge: e) { unit, _ in
                table.forEachUnit(besideEdge: f) { other, _ in if unit == other { isSuspect[unit] = true } }
            }
        }
    }

    private static func crowded(_ table: EdgeTable) -> [Bool] {
        var crowd = [Bool](repeating: false, count: table.edgeCount)
        for extra in table.extras { crowd[Int(extra.edge)] = true }
        return crowd
    }
}

/// The arrays of an edge table, opened for a run of tests.
struct EdgeView {
    let x, y: UnsafeBufferPointer<Double>
    let start, end, left, right: UnsafeBufferPointer<Int32>

    @inline(__always)
    func shareUnit(_ e: Int, _ f: Int) -> Bool {
        let a = left[e]
        let b = right[e]
        let c = left[f]
        let d = right[f]
        return (a >= 0 && (a == c || a == d)) || (b >= 0 && (b == c || b == d))
    }

    /// False only where two edges surely have no point in common but an end they share.
    @inline(__always)
    func mayMeet(_ e: Int, _ f: Int) -> Bool {
        let ea = Int(start[e])
        let eb = Int(end[e])
        let fa = Int(start[f])
        let fb = Int(end[f])
        let ax = x[ea]
        let bx = x[eb]
        let cx = x[fa]
        let dx = x[fb]
        if max(ax, bx) < min(cx, dx) || max(cx, dx) < min(ax, bx) { return false }
        let ay = y[ea]
        let by = y[eb]
        let cy = y[fa]
        let dy = y[fb]
        if max(ay, by) < min(cy, dy) || max(cy, dy) < min(ay, by) { return false }
        if ea == fa || ea == fb || eb == fa || eb == fb {
            // Two edges of a corner meet elsewhere only where one folds back onto the other.
            let (vx, vy, px, py, qx, qy) =
                ea == fa
                ? (ax, ay, bx, by, dx, dy)
                : ea == fb ? (ax, ay, bx, by, cx, cy) : eb == fa ? (bx, by, ax, ay, dx, dy) : (bx, by, ax, ay, cx, cy)
            return (px - vx) * (qx - vx) + (py - vy) * (qy - vy) > 0 && certainSide(vx, vy, px, py, qx, qy) == 0
        }
        let c = certainSide(ax, ay, bx, by, cx, cy)
        let d = certainSide(ax, ay, bx, by, dx, dy)
        if c * d > 0 { return false }
        return certainSide(cx, cy, dx, dy, ax, ay) * certainSide(cx, cy, dx, dy, bx, by) <= 0
    }

    /// 1 or -1 where plain arithmetic is certain of the side, else 0.
    @inline(__always)
    private func certainSide(
        _ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ px: Double, _ py: Double
    ) -> Int {
        let left = (ax - px) * (by - py)
        let right = (ay - py) * (bx - px)
        let determinant = left - right
        let bound = 0x1p-50 * (abs(left) + abs(right))
        return determinant > bound ? 1 : determinant < -bound ? -1 : 0
    }
}

extension EdgeTable {
    func withGeometry(_ body: (EdgeView) -> Void) {
        x.withUnsafeBufferPointer { x in
            y.withUnsafeBufferPointer { y in
                start.withUnsafeBufferPointer { start in
                    end.withUnsafeBufferPointer { end in
                        left.withUnsafeBufferPointer { left in
                            right.withUnsafeBufferPointer { right in
                                body(EdgeView(x: x, y: y, start: start, end: end, left: left, right: right))
                            }
                        }
                    }
                }
            }
        }
    }
}
