/// 难抵极: the point of an area farthest from its border, where a label has most room.
///
/// Best-first search over squares, as in Mapbox's polylabel (after Garcia-Castellanos, Lombardo,
/// "Poles of inaccessibility", Scottish Geographical Journal 123, 2007), with a stretch for wide labels.
public struct PoleOfInaccessibility: Hashable, Sendable {
    public var point: PlanarPoint
    /// Free height above and below the point, and `stretch` times as much to its sides, in units of the coordinates.
    public var distance: Double

    /// The pole of a polygon feature, all its parts and holes considered; nil where it has no area.
    ///
    /// - Parameters:
    ///   - stretch: how many times wider than high the free room should be; 1 gives the plain pole.
    ///   - precision: `distance` is within this of the best, in units of the coordinates; by default a hundredth of
    ///     the area's smaller extent.
    /// - Complexity: O(vertices) for each square tried, some dozens for a usual shape.
    public init?(of geometries: Geometries, feature: Int, stretch: Double = 1, precision: Double? = nil) {
        precondition(stretch > 0)
        guard geometries.area(ofFeature: feature) > 0 else { return nil }
        let outline = StretchedOutline(geometries, feature: feature, stretch: stretch)
        let box = outline.box
        let size = min(box.width, box.height)
        let precision = max(precision ?? size / 100, size * 1e-9)

        var best = outline.square(x: box.center.x, y: box.center.y, half: 0)
        if let centroid = geometries.centroid(ofFeature: feature) {
            let square = outline.square(x: centroid.x / stretch, y: centroid.y, half: 0)
            if square.distance > best.distance { best = square }
        }
        var queue = Heap()
        // A long thin shape would need very many squares of its width to begin with.
        let half = max(size, max(box.width, box.height) / 64) / 2
        var x = box.minX
        while x < box.maxX {
            var y = box.minY
            while y < box.maxY {
                queue.push(outline.square(x: x + half, y: y + half, half: half))
                y += 2 * half
            }
            x += 2 * half
        }
        while let square = queue.pop() {
            if square.distance > best.distance { best = square }
            guard square.bound - best.distance > precision else { break }
            let quarter = square.half / 2
            for (dx, dy) in [(-1.0, -1.0), (1, -1), (-1, 1), (1, 1)] {
                queue.push(outline.square(x: square.x + dx * quarter, y: square.y + dy * quarter, half: quarter))
            }
        }
        guard best.distance > 0 else { return nil }
        point = PlanarPoint(x: best.x * stretch, y: best.y)
        distance = best.distance
    }
}

private struct Square {
    var x, y, half: Double
    /// Signed distance of the centre to the outline, positive inside.
    var distance: Double
    /// No point of the square is farther from the outline than this.
    var bound: Double { distance + half * 2.0.squareRoot() }
}

/// The edges of a feature, x divided by the stretch, so that distances become plain ones.
private struct StretchedOutline {
    private var edges: [(ax: Double, ay: Double, bx: Double, by: Double)] = []
    private(set) var box = Box.empty

    init(_ geometries: Geometries, feature: Int, stretch: Double) {
        for part in geometries.parts(ofFeature: feature) {
            for path in geometries.paths(ofPart: part) {
                for i in geometries.coordinates(ofPath: path).dropLast() {
                    let a = geometries[coordinate: i]
                    let b = geometries[coordinate: i + 1]
                    edges.append((a.x / stretch, a.y, b.x / stretch, b.y))
                    box.extend(x: a.x / stretch, y: a.y)
                }
            }
        }
    }

    func square(x: Double, y: Double, half: Double) -> Square {
        var inside = false
        var nearest = Double.infinity
        for e in edges {
            if (e.ay > y) != (e.by > y), x < (e.bx - e.ax) * (y - e.ay) / (e.by - e.ay) + e.ax { inside.toggle() }
            nearest = min(nearest, SegmentDistance.squared(e.ax, e.ay, e.bx, e.by, x, y))
        }
        return Square(x: x, y: y, half: half, distance: nearest.squareRoot() * (inside ? 1 : -1))
    }
}

/// A binary heap of squares, the most promising first.
private struct Heap {
    private var items: [Square] = []

    mutating func push(_ square: Square) {
        items.append(square)
        var child = items.count - 1
        while child > 0, items[(child - 1) / 2].bound < items[child].bound {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> Square? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        guard !items.isEmpty else { return first }
        items[0] = last
        var parent = 0
        while true {
            var largest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < items.count && items[child].bound > items[largest].bound {
                largest = child
            }
            if largest == parent { return first }
            items.swapAt(parent, largest)
            parent = largest
        }
    }
}
