/// Measures of a polygon given as rings.
enum RingMeasure {
    /// A point inside a polygon of any width: the middle of the widest run of a level line through it.
    static func pointInside(_ rings: [[PlanarPoint]]) -> PlanarPoint? {
        var heights = rings.joined().map(\.y)
        heights.sortAndRemoveDuplicates()
        guard heights.count > 1 else { return nil }
        var best: (point: PlanarPoint, width: Double)?
        // A few lines between vertices near the middle are enough: each passes the inside somewhere.
        let middle = heights.count / 2
        for k in max(1, middle - 2)...min(heights.count - 1, middle + 2) {
            let y = (heights[k - 1] + heights[k]) / 2
            guard y > heights[k - 1], y < heights[k] else { continue }
            var crossings: [Double] = []
            for ring in rings {
                for (a, b) in zip(ring, ring.dropFirst()) where (a.y > y) != (b.y > y) {
                    crossings.append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
                }
            }
            crossings.sort()
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                let width = crossings[pair + 1] - crossings[pair]
                if width > best?.width ?? 0 {
                    best = (PlanarPoint(x: (crossings[pair] + crossings[pair + 1]) / 2, y: y), width)
                }
            }
        }
        return best?.point
    }

    static func box(_ rings: [[PlanarPoint]]) -> Box {
        var box = Box.empty
        for point in rings.joined() { box.extend(x: point.x, y: point.y) }
        return box
    }

    static func signedArea(_ ring: [PlanarPoint]) -> Double {
        guard let origin = ring.first else { return 0 }
        var twice = 0.0
        for (a, b) in zip(ring, ring.dropFirst()) {
            twice += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
        }
        return twice / 2
    }

    /// Area of a polygon given as rings, holes taken off.
    static func area(_ rings: [[PlanarPoint]]) -> Double {
        rings.enumerated().reduce(0) { $0 + abs(signedArea($1.element)) * ($1.offset == 0 ? 1 : -1) }
    }

    static func perimeter(_ rings: [[PlanarPoint]]) -> Double {
        rings.reduce(0) { sum, ring in sum + zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) } }
    }

    /// Whether a point lies in a ring or on it.
    static func holds(_ ring: [PlanarPoint], _ point: PlanarPoint) -> Bool { side([ring], point) >= 0 }

    /// Whether a point lies in a polygon given as rings, not on its border.
    static func isStrictlyInside(_ rings: [[PlanarPoint]], _ point: PlanarPoint) -> Bool { side(rings, point) > 0 }

    /// 1 inside, 0 on the border, -1 outside.
    private static func side(_ rings: [[PlanarPoint]], _ point: PlanarPoint) -> Int {
        var inside = false
        for ring in rings {
            for (a, b) in zip(ring, ring.dropFirst()) {
                switch RayCrossing.of(a.x, a.y, b.x, b.y, point.x, point.y) {
                case .none: continue
                case .left: inside.toggle()
                case .onEdge: return 0
                }
            }
        }
        return inside ? 1 : -1
    }
}
