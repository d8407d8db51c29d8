extension Geometries {
    /// Signed area of a ring in square units of the coordinates: positive when counter-clockwise. O(vertices).
    ///
    /// Shoelace formula relative to the first vertex, which keeps its precision far from the origin.
    public func signedArea(ofRing path: Int) -> Double {
        let run = coordinates(ofPath: path)
        guard run.count >= 4 else { return 0 }
        let x0 = xy[2 * run.lowerBound]
        let y0 = xy[2 * run.lowerBound + 1]
        var twice = 0.0
        for i in run.lowerBound + 1..<run.upperBound - 1 {
            twice += (xy[2 * i] - x0) * (xy[2 * i + 3] - y0) - (xy[2 * i + 2] - x0) * (xy[2 * i + 1] - y0)
        }
        return twice / 2
    }

    /// Area of a polygon feature in square units, holes taken off; 0 for points and lines. Any ring order. O(vertices).
    public func area(ofFeature feature: Int) -> Double {
        guard kinds[feature] == .polygon || kinds[feature] == .multiPolygon else { return 0 }
        var area = 0.0
        for part in parts(ofFeature: feature) {
            let rings = paths(ofPart: part)
            for ring in rings {
                area += abs(signedArea(ofRing: ring)) * (ring == rings.lowerBound ? 1 : -1)
            }
        }
        return area
    }

    /// Length of all paths of a feature: the perimeter of a polygon, holes included. O(vertices).
    public func length(ofFeature feature: Int) -> Double {
        var length = 0.0
        for part in parts(ofFeature: feature) {
            for path in paths(ofPart: part) {
                let run = coordinates(ofPath: path)
                guard run.count > 1 else { continue }
                for i in run.lowerBound..<run.upperBound - 1 {
                    length += self[coordinate: i].distance(to: self[coordinate: i + 1])
                }
            }
        }
        return length
    }
}
