extension Geometries {
    /// 形心: centre of mass of a polygon feature, holes taken off; nil where it has no area. O(vertices).
    ///
    /// May lie outside a bent area; see `interiorPoint`.
    public func centroid(ofFeature feature: Int) -> PlanarPoint? {
        guard kinds[feature] == .polygon || kinds[feature] == .multiPolygon else { return nil }
        let first = coordinates(ofFeature: feature).lowerBound
        guard first < xy.count / 2 else { return nil }
        let origin = self[coordinate: first]
        var weight = 0.0
        var momentX = 0.0
        var momentY = 0.0
        for part in parts(ofFeature: feature) {
            let rings = paths(ofPart: part)
            for ring in rings {
                var twice = 0.0
                var x = 0.0
                var y = 0.0
                for i in coordinates(ofPath: ring).dropLast() {
                    let ax = xy[2 * i] - origin.x
                    let ay = xy[2 * i + 1] - origin.y
                    let bx = xy[2 * i + 2] - origin.x
                    let by = xy[2 * i + 3] - origin.y
                    let cross = ax * by - bx * ay
                    twice += cross
                    x += (ax + bx) * cross
                    y += (ay + by) * cross
                }
                let sign: Double = (twice < 0) == (ring == rings.lowerBound) ? -1 : 1
                weight += sign * twice
                momentX += sign * x
                momentY += sign * y
            }
        }
        guard weight > 0 else { return nil }
        return PlanarPoint(x: origin.x + momentX / (3 * weight), y: origin.y + momentY / (3 * weight))
    }

    /// 面内点: a point well inside a polygon feature: its centroid where that lies within, else its pole of
    /// inaccessibility; nil where it has no area. O(vertices).
    public func interiorPoint(ofFeature feature: Int) -> PlanarPoint? {
        guard let centroid = centroid(ofFeature: feature) else { return nil }
        if covers(feature: feature, centroid) { return centroid }
        return PoleOfInaccessibility(of: self, feature: feature)?.point
    }

    /// Whether a point lies in a polygon feature or on its border, exactly. O(vertices): for many points use
    /// `PointLocator`.
    public func covers(feature: Int, _ point: PlanarPoint) -> Bool {
        guard kinds[feature] == .polygon || kinds[feature] == .multiPolygon else { return false }
        var inside = false
        for part in parts(ofFeature: feature) {
            for ring in paths(ofPart: part) {
                for i in coordinates(ofPath: ring).dropLast() {
                    switch RayCrossing.of(
                        xy[2 * i], xy[2 * i + 1], xy[2 * i + 2], xy[2 * i + 3], point.x, point.y)
                    {
                    case .none: continue
                    case .left: inside.toggle()
                    case .onEdge: return true
                    }
                }
            }
        }
        return inside
    }
}

/// How an edge meets the ray that runs from a point to the left, half open so that vertices count once.
package enum RayCrossing {
    case none, left, onEdge

    @inline(__always)
    package static func of(
        _ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ px: Double, _ py: Double
    ) -> RayCrossing {
        if (ay > py) != (by > py) {
            if px < ax && px < bx { return .none }
            if px > ax && px > bx { return .left }
            let side = Orientation.sign(ax, ay, bx, by, px, py)
            if side == 0 { return .onEdge }
            return (side < 0) == (by > ay) ? .left : .none
        }
        // The half-open rule passes over upper ends and level edges: the point may lie on one.
        if (ax == px && ay == py) || (bx == px && by == py) { return .onEdge }
        if ay == py && by == py && (ax < px) != (bx < px) { return .onEdge }
        return .none
    }
}
