import GeoGrid

/// 矩形: a rectangle at any angle.
struct OrientedBox {
    var centre: PlanarPoint
    /// Direction of the long side, length 1.
    var axis: PlanarPoint
    /// Half the extent along the axis and across it.
    var half: (along: Double, across: Double)

    func local(_ p: PlanarPoint) -> PlanarPoint {
        let d = p - centre
        return PlanarPoint(x: d.dot(axis), y: d.dot(axis.left))
    }

    func point(_ x: Double, _ y: Double) -> PlanarPoint { centre + axis * x + axis.left * y }

    var corners: [PlanarPoint] {
        [
            point(-half.along, -half.across), point(half.along, -half.across), point(half.along, half.across),
            point(-half.along, half.across),
        ]
    }

    var reach: Double { (half.along * half.along + half.across * half.across).squareRoot() }

    /// Whether two boxes come nearer than `gap` (measured along the axes of either).
    func touches(_ other: OrientedBox, gap: Double) -> Bool {
        if centre.distance(to: other.centre) > reach + other.reach + gap { return false }
        for axis in [axis, axis.left, other.axis, other.axis.left] {
            func radius(_ box: OrientedBox) -> Double {
                box.half.along * abs(box.axis.dot(axis)) + box.half.across * abs(box.axis.left.dot(axis))
            }
            if abs((other.centre - centre).dot(axis)) >= radius(self) + radius(other) + gap { return false }
        }
        return true
    }

    /// Whether a segment comes into the box grown by `margin`. Separating axes.
    func meets(_ a: PlanarPoint, _ b: PlanarPoint, margin: Double) -> Bool {
        let far = reach + margin * 1.5
        if min(a.x, b.x) > centre.x + far || max(a.x, b.x) < centre.x - far || min(a.y, b.y) > centre.y + far
            || max(a.y, b.y) < centre.y - far
        {
            return false
        }
        let p = local(a)
        let q = local(b)
        let x = half.along + margin
        let y = half.across + margin
        if min(p.x, q.x) > x || max(p.x, q.x) < -x || min(p.y, q.y) > y || max(p.y, q.y) < -y { return false }
        let d = q - p
        return abs(d.cross(p)) <= x * abs(d.y) + y * abs(d.x)
    }
}

/// 平面形状: what a building's plan leaves out of its rectangle.
enum Footprint {
    case rectangle
    /// L 形: a corner left out, as shares of both sides.
    case ell(Double, Double)
    /// U 形: a court open to the back.
    case court(Double, Double)

    func ring(in box: OrientedBox) -> [PlanarPoint] {
        let (a, b) = (box.half.along, box.half.across)
        switch self {
        case .rectangle:
            return box.corners
        case .ell(let x, let y):
            let (cx, cy) = (a - 2 * a * x, b - 2 * b * y)
            return [(-a, -b), (a, -b), (a, cy), (cx, cy), (cx, b), (-a, b)].map { box.point($0.0, $0.1) }
        case .court(let x, let y):
            let (cx, cy) = (a * x, b - 2 * b * y)
            return [(-a, -b), (a, -b), (a, b), (cx, b), (cx, cy), (-cx, cy), (-cx, b), (-a, b)].map {
                box.point($0.0, $0.1)
            }
        }
    }

    /// A point inside the plan, away from the part left out.
    func door(in box: OrientedBox, at share: Double) -> PlanarPoint {
        let (a, b) = (box.half.along, box.half.across)
        switch self {
        case .rectangle: return box.point((2 * share - 1) * a * 0.9, 0)
        case .ell(_, let y), .court(_, let y): return box.point((2 * share - 1) * a * 0.9, -b * y)
        }
    }
}
