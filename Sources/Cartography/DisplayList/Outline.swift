public import GeoGrid

/// 路径: lines, curves and closed rings in millimetres on the page, x to the right and y down.
public struct Outline: Hashable, Sendable {
    enum Verb: UInt8, Sendable {
        case move, line, curve, close
    }

    private(set) var verbs: [Verb] = []
    /// Interleaved coordinates: one pair for a move or line, three for a curve, none for a close.
    private(set) var xy: [Double] = []
    /// Box of all coordinates, control points included.
    public private(set) var box = Box.empty

    public init() {}

    public var isEmpty: Bool { verbs.isEmpty }

    public mutating func move(_ x: Double, _ y: Double) { append(.move, x, y) }
    public mutating func line(_ x: Double, _ y: Double) { append(.line, x, y) }

    public mutating func curve(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x3: Double, _ y3: Double
    ) {
        append(.curve, x1, y1)
        xy.append(x2)
        xy.append(y2)
        box.extend(x: x2, y: y2)
        xy.append(x3)
        xy.append(y3)
        box.extend(x: x3, y: y3)
    }

    public mutating func close() { verbs.append(.close) }

    public mutating func append(_ other: Outline) {
        verbs.append(contentsOf: other.verbs)
        xy.append(contentsOf: other.xy)
        box.extend(other.box)
    }

    private mutating func append(_ verb: Verb, _ x: Double, _ y: Double) {
        verbs.append(verb)
        xy.append(x)
        xy.append(y)
        box.extend(x: x, y: y)
    }

    /// The same path moved and then scaled about the origin.
    public func mapped(scale: Double, dx: Double, dy: Double) -> Outline {
        var copy = Outline()
        copy.verbs = verbs
        copy.xy = xy
        for i in 0..<xy.count / 2 {
            copy.xy[2 * i] = xy[2 * i] * scale + dx
            copy.xy[2 * i + 1] = xy[2 * i + 1] * scale + dy
            copy.box.extend(x: copy.xy[2 * i], y: copy.xy[2 * i + 1])
        }
        return copy
    }
}

extension Outline {
    public static func rectangle(_ box: Box, radius r: Double = 0) -> Outline {
        var path = Outline()
        guard r > 0 else {
            path.move(box.minX, box.minY)
            path.line(box.maxX, box.minY)
            path.line(box.maxX, box.maxY)
            path.line(box.minX, box.maxY)
            path.close()
            return path
        }
        let k = r * (1 - kappa)
        path.move(box.minX + r, box.minY)
        path.line(box.maxX - r, box.minY)
        path.curve(box.maxX - k, box.minY, box.maxX, box.minY + k, box.maxX, box.minY + r)
        path.line(box.maxX, box.maxY - r)
        path.curve(box.maxX, box.maxY - k, box.maxX - k, box.maxY, box.maxX - r, box.maxY)
        path.line(box.minX + r, box.maxY)
        path.curve(box.minX + k, box.maxY, box.minX, box.maxY - k, box.minX, box.maxY - r)
        path.line(box.minX, box.minY + r)
        path.curve(box.minX, box.minY + k, box.minX + k, box.minY, box.minX + r, box.minY)
        path.close()
        return path
    }

    public static func circle(x: Double, y: Double, radius r: Double) -> Outline {
        rectangle(Box(minX: x - r, minY: y - r, maxX: x + r, maxY: y + r), radius: r)
    }

    public static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Outline {
        var path = Outline()
        path.move(x1, y1)
        path.line(x2, y2)
        return path
    }

    public static func polyline(_ points: [PlanarPoint], closed: Bool = false) -> Outline {
        var path = Outline()
        for (i, p) in points.enumerated() { i == 0 ? path.move(p.x, p.y) : path.line(p.x, p.y) }
        if closed { path.close() }
        return path
    }

    /// Distance of the control points of a quarter circle, in radii.
    private static let kappa = 0.552_284_749_830_793_4
}
