public import GeoGrid

/// 障碍区: areas that a way may not enter: water off the bridges, or a danger zone.
///
/// Polygons in town metres, any ring order; the outline itself belongs to the area.
public struct AreaBarrier: Sendable {
    /// Closed rings, shells and holes alike.
    public let rings: [[PlanarPoint]]
    private let boxes: [Box]
    private let outline: SegmentGrid
    public let box: Box

    /// `areas` are polygons as rings of points, closed or not; points that are not finite are left out.
    public init(areas: [[[PlanarPoint]]]) {
        var rings: [[PlanarPoint]] = []
        var ends: [Double] = []
        for area in areas {
            for ring in area {
                var points = ring.filter { $0.x.isFinite && $0.y.isFinite }
                if let first = points.first, points.last != first { points.append(first) }
                guard points.count >= 4 else { continue }
                for i in 1..<points.count {
                    ends.append(contentsOf: [points[i - 1].x, points[i - 1].y, points[i].x, points[i].y])
                }
                rings.append(points)
            }
        }
        self.rings = rings
        boxes = rings.map { ring in
            var box = Box.empty
            for p in ring { box.extend(x: p.x, y: p.y) }
            return box
        }
        box = boxes.reduce(into: Box.empty) { $0.extend($1) }
        outline = SegmentGrid(ends: ends)
    }

    /// The water areas of a town; lines of which only the course is known bar nobody.
    public init(waters: [Water]) {
        self.init(areas: waters.filter { $0.kind == .polygon || $0.kind == .multiPolygon }.flatMap(\.parts))
    }

    /// Both areas as one barrier. What lies in both counts as outside for `contains`.
    func joined(with other: AreaBarrier) -> AreaBarrier { AreaBarrier(areas: (rings + other.rings).map { [$0] }) }

    public var isEmpty: Bool { rings.isEmpty }

    /// Whether a point lies inside, by the even-odd rule over all rings. O(vertices of rings whose box holds it).
    public func contains(_ p: PlanarPoint) -> Bool {
        guard box.contains(x: p.x, y: p.y) else { return false }
        var inside = false
        for (ring, box) in zip(rings, boxes) where box.minY <= p.y && p.y <= box.maxY && p.x <= box.maxX {
            for i in 1..<ring.count {
                let a = ring[i - 1]
                let b = ring[i]
                if (a.y > p.y) != (b.y > p.y), p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) {
                    inside.toggle()
                }
            }
        }
        return inside
    }

    /// Shares of the way from `a` to `b` at which the outline is met, ascending.
    public func crossings(from a: PlanarPoint, to b: PlanarPoint) -> [Double] {
        guard !rings.isEmpty else { return [] }
        var way = Box.empty
        way.extend(x: a.x, y: a.y)
        way.extend(x: b.x, y: b.y)
        guard way.intersects(box) else { return [] }
        var shares: [Double] = []
        outline.forEach(in: way) { i in
            let c = PlanarPoint(x: outline.ends[4 * i], y: outline.ends[4 * i + 1])
            let d = PlanarPoint(x: outline.ends[4 * i + 2], y: outline.ends[4 * i + 3])
            if let at = crossing(a, b, c, d) { shares.append(at.first) }
        }
        shares.sort()
        return shares
    }

    /// Whether the straight way between two points meets the area.
    public func bars(from a: PlanarPoint, to b: PlanarPoint) -> Bool {
        !crossings(from: a, to: b).isEmpty || contains(a)
    }

    /// The parts of a straight way, cut at the outline: shares from, to, and whether the part lies inside.
    public func parts(from a: PlanarPoint, to b: PlanarPoint) -> [(from: Double, to: Double, inside: Bool)] {
        let cuts = crossings(from: a, to: b)
        var parts: [(from: Double, to: Double, inside: Bool)] = []
        var start = 0.0
        for cut in cuts + [1] where cut > start {
            let middle = (start + cut) / 2
            let p = PlanarPoint(x: a.x + middle * (b.x - a.x), y: a.y + middle * (b.y - a.y))
            parts.append((start, cut, contains(p)))
            start = cut
        }
        return parts
    }
}
