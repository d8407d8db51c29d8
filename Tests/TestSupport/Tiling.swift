internal import Foundation
public import GeoGrid

/// A made net of areas: a lattice with its nodes and the vertices of its borders shaken, without gap or overlap.
///
/// Neighbours hold exactly the same vertices along their border, until a test takes them away.
public struct Tiling: Sendable {
    public let columns: Int
    public let rows: Int
    /// Closed counter-clockwise shells; unit `row * columns + column`.
    public var rings: [[PlanarPoint]]

    /// - Parameters:
    ///   - bends: vertices put on every border between two nodes.
    ///   - size: side of a unit before shaking, in metres.
    ///   - jitter: share of the size a vertex may move, below 0.2 to stay simple.
    public init(
        columns: Int, rows: Int, bends: Int = 2, size: Double = 100, jitter: Double = 0.15,
        origin: PlanarPoint = PlanarPoint(x: 0, y: 0), using generator: inout SeededGenerator
    ) {
        self.columns = columns
        self.rows = rows
        func shaken(_ x: Double, _ y: Double, _ share: Double) -> PlanarPoint {
            let dx = (generator.unit() - 0.5) * 2 * share * size
            let dy = (generator.unit() - 0.5) * 2 * share * size
            return PlanarPoint(x: origin.x + x * size + dx, y: origin.y + y * size + dy)
        }
        var nodes: [PlanarPoint] = []
        for r in 0...rows { for c in 0...columns { nodes.append(shaken(Double(c), Double(r), jitter)) } }
        func bent(_ a: PlanarPoint, _ b: PlanarPoint) -> [PlanarPoint] {
            (0..<bends).map { k in
                let t = Double(k + 1) / Double(bends + 1)
                return PlanarPoint(
                    x: a.x + t * (b.x - a.x) + (generator.unit() - 0.5) * jitter * size / Double(bends + 1),
                    y: a.y + t * (b.y - a.y) + (generator.unit() - 0.5) * jitter * size / Double(bends + 1))
            }
        }
        func node(_ c: Int, _ r: Int) -> PlanarPoint { nodes[r * (columns + 1) + c] }
        var level: [[PlanarPoint]] = []
        for r in 0...rows { for c in 0..<columns { level.append(bent(node(c, r), node(c + 1, r))) } }
        var upright: [[PlanarPoint]] = []
        for r in 0..<rows { for c in 0...columns { upright.append(bent(node(c, r), node(c, r + 1))) } }
        rings = []
        for r in 0..<rows {
            for c in 0..<columns {
                var ring = [node(c, r)] + level[r * columns + c]
                ring += [node(c + 1, r)] + upright[r * (columns + 1) + c + 1]
                ring += [node(c + 1, r + 1)] + level[(r + 1) * columns + c].reversed()
                ring += [node(c, r + 1)] + upright[r * (columns + 1) + c].reversed()
                rings.append(ring + [node(c, r)])
            }
        }
    }

    /// The units as polygons of one shell each.
    public var areas: Geometries {
        var areas = Geometries()
        for ring in rings { areas.append(.polygon, parts: [[ring]]) }
        return areas
    }

    /// Moves vertex `index` of one unit's ring, and the closing one with it; the neighbours keep theirs.
    public mutating func moveVertex(_ index: Int, ofUnit unit: Int, to point: PlanarPoint) {
        let last = rings[unit].count - 1
        rings[unit][index] = point
        if index == 0 { rings[unit][last] = point }
        if index == last { rings[unit][0] = point }
    }

    /// Moves a vertex wherever it stands.
    public mutating func moveVertexEverywhere(_ old: PlanarPoint, to new: PlanarPoint) {
        for unit in rings.indices {
            for i in rings[unit].indices where rings[unit][i] == old { rings[unit][i] = new }
        }
    }
}

extension PlanarPoint {
    /// Turned about the origin, in radians.
    public func rotated(by angle: Double) -> PlanarPoint {
        PlanarPoint(x: x * cos(angle) - y * sin(angle), y: x * sin(angle) + y * cos(angle))
    }
}
