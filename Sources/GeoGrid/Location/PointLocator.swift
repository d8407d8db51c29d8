/// 点定位: which unit a point lies in, exactly, some tens of nanoseconds a point.
///
/// A finished, immutable index over the polygons of a layer. The plane is cut into small square cells; a cell wholly
/// inside one unit answers at once, any other tests the few edges that pass it.
///
/// **Border rule.** A unit holds its border, as GEOS's `intersects` does, and of several units that hold a point the
/// one that stands first in its layer answers: so every point has one unit at most, and a point of the net exactly
/// one. `units(x:y:)` names them all, and equals the set of units that GEOS says intersect the point.
///
/// Inside is told by counting crossings over all rings of a unit; on areas that are not valid GEOS may differ.
public struct PointLocator: Sendable {
    let frame: LocatorFrame
    /// For each cell: the unit it lies in, `nothing`, or `mixed(i)` where its entries begin with the `i`-th.
    let cells: [Int32]
    /// The units of the mixed cells, ascending within each.
    let entries: [LocatorEntry]
    let edges: [LocatorEdge]

    static let nothing: Int32 = -1
    @inline(__always) static func mixed(_ entry: Int) -> Int32 { Int32(-2 - entry) }
    @inline(__always) static func entry(_ mixed: Int32) -> Int { Int(-2 - mixed) }

    /// Indexes the polygons of a layer. O(vertices) time and memory.
    ///
    /// - Parameter expecting: how many points will be asked for, where few are: an index for few points is made sooner
    ///   and answers more slowly.
    public init(_ areas: Geometries, expecting points: Int = .max) {
        self = LocatorBuilder(areas, expecting: points).finished()
    }

    init(frame: LocatorFrame, cells: [Int32], entries: [LocatorEntry], edges: [LocatorEdge]) {
        self.frame = frame
        self.cells = cells
        self.entries = entries
        self.edges = edges
    }

    /// The unit that holds the point by the border rule, or nil.
    public func unit(at point: PlanarPoint) -> Int? { unit(x: point.x, y: point.y) }

    /// The unit that holds the point by the border rule, or nil.
    public func unit(x: Double, y: Double) -> Int? {
        var found = PointLocator.nothing
        withQuery { query in
            let value = query.value(x, y)
            found = value < PointLocator.nothing ? query.first(value, x, y) : value
        }
        return found < 0 ? nil : Int(found)
    }

    /// Every unit that holds the point, border included, ascending.
    public func units(x: Double, y: Double) -> [Int] {
        guard let cell = frame.cell(x, y) else { return [] }
        let value = cells[cell]
        if value >= 0 { return [Int(value)] }
        var units: [Int] = []
        withQuery { query in
            query.forEachEntry(value) { entry in
                if query.holds(entry, x, y) { units.append(Int(entry.unit)) }
            }
        }
        return units
    }

    /// 批量定位: units of many points, interleaved coordinates; -1 where there is none.
    public func units(at xy: [Double]) -> [Int32] {
        precondition(xy.count.isMultiple(of: 2))
        return [Int32](unsafeUninitializedCapacity: xy.count / 2) { units, count in
            xy.withUnsafeBufferPointer { locate($0, into: units) }
            count = xy.count / 2
        }
    }

    /// Units of many points, into a buffer the caller keeps: constant memory for any number of points.
    ///
    /// - Parameters:
    ///   - xy: interleaved coordinates.
    ///   - units: at least half as long; -1 where a point lies in no unit.
    public func locate(_ xy: UnsafeBufferPointer<Double>, into units: UnsafeMutableBufferPointer<Int32>) {
        let count = xy.count / 2
        precondition(units.count >= count)
        withQuery { query in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: PointLocator.run) { mixed in
                for start in stride(from: 0, to: count, by: PointLocator.run) {
                    // First the cells, in one go, so that the memory answers for many points at once; then the few
                    // points that need a test.
                    var pending = 0
                    for i in start..<min(count, start + PointLocator.run) {
                        let value = query.value(xy[2 &* i], xy[2 &* i &+ 1])
                        units[i] = value
                        mixed[pending] = Int32(i - start)
                        pending &+= value < PointLocator.nothing ? 1 : 0
                    }
                    for k in 0..<pending {
                        let i = start + Int(mixed[k])
                        units[i] = query.first(units[i], xy[2 &* i], xy[2 &* i &+ 1])
                    }
                }
            }
        }
    }

    private static let run = 512

    /// 最近单元: of the units within a distance of the point, the nearest; the first of equals.
    ///
    /// A unit that holds the point has distance 0. O(edges within the distance).
    public func nearest(to point: PlanarPoint, within distance: Double) -> (unit: Int, distance: Double)? {
        if let unit = unit(at: point) { return (unit, 0) }
        var best: (unit: Int, distance: Double)?
        let limit = distance * distance
        withQuery { query in
            frame.forEachCell(near: point, distance) { cell in
                query.forEachEntry(cells[cell]) { entry in
                    for i in Int(entry.first)..<Int(entry.first + entry.count) where !edges[i].isMark(frame) {
                        let e = edges[i]
                        let d = SegmentDistance.squared(e.ax, e.ay, e.bx, e.by, point.x, point.y)
                        guard d <= limit else { continue }
                        let unit = Int(entry.unit)
                        if let best, (best.distance, best.unit) <= (d, unit) { continue }
                        best = (unit, d)
                    }
                }
            }
        }
        return best.map { ($0.unit, $0.distance.squareRoot()) }
    }

    @inline(__always)
    private func withQuery(_ body: (LocatorQuery) -> Void) {
        cells.withUnsafeBufferPointer { cells in
            entries.withUnsafeBufferPointer { entries in
                edges.withUnsafeBufferPointer { edges in
                    body(LocatorQuery(frame: frame, cells: cells, entries: entries, edges: edges))
                }
            }
        }
    }
}

/// A unit that passes a mixed cell.
struct LocatorEntry: Sendable {
    var unit: Int32
    /// Its edges in the cell.
    var first: Int32
    var count: Int32
    /// Whether a point with none of those edges to its left is inside.
    var isInside: Bool
    /// Whether the cell has no further unit.
    var isLast = false
    /// Whether the next unit, the last, has the same edges with the inside on their other side: it holds every point
    /// of the cell that this one does not.
    var isSplit = false
}

struct LocatorEdge: Sendable {
    var ax, ay, bx, by: Double

    /// A mark stands far left for edges of other cells that the chain of this cell goes on with.
    func isMark(_ frame: LocatorFrame) -> Bool { ax == frame.markX && bx == frame.markX }
}

/// The square cells of a locator.
struct LocatorFrame: Sendable {
    let minX, minY, side, inverse: Double
    let columns, rows: Int
    /// Cells answer for points this far outside them, more than rounding can misplace a point.
    let slack: Double
    /// Left of and above everything.
    let markX, topY: Double
    private let columnLimit, rowLimit: Double

    init(_ box: Box, cellCount: Int) {
        let width = box.width
        let height = box.height
        var side = (width * height / Double(cellCount)).squareRoot()
        side = max(side, max(width, height) / Double(cellCount))
        if !(side > 0) { side = 1 }
        // Rounding of coordinates far from the origin must stay far below a cell.
        let magnitude = box.isEmpty ? 1 : max(abs(box.minX), abs(box.maxX), abs(box.minY), abs(box.maxY))
        side = max(side, magnitude * 0x1p-36)
        self.side = side
        inverse = 1 / side
        slack = side * 1e-3
        minX = (box.isEmpty ? 0 : box.minX) - side * 0.5
        minY = (box.isEmpty ? 0 : box.minY) - side * 0.5
        columns = Int(width / side) + 2
        rows = Int(height / side) + 2
        columnLimit = Double(columns)
        rowLimit = Double(rows)
        markX = minX - 4 * side
        topY = minY + Double(rows + 4) * side
    }

    /// Nil outside the frame and for NaN.
    @inline(__always)
    func cell(_ x: Double, _ y: Double) -> Int? {
        let column = (x - minX) * inverse
        let row = (y - minY) * inverse
        guard column >= 0, column < columnLimit, row >= 0, row < rowLimit else { return nil }
        return Int(row) &* columns &+ Int(column)
    }

    @inline(__always) func lineX(_ column: Int) -> Double { minX + Double(column) * side }
    @inline(__always) func lineY(_ row: Int) -> Double { minY + Double(row) * side }

    @inline(__always)
    func column(_ x: Double) -> Int { min(max(Int((x - minX) * inverse), 0), columns - 1) }

    @inline(__always)
    func row(_ y: Double) -> Int { min(max(Int((y - minY) * inverse), 0), rows - 1) }

    func forEachCell(near point: PlanarPoint, _ distance: Double, _ body: (Int) -> Void) {
        let width = Double(columns) * side
        let height = Double(rows) * side
        guard point.x + distance >= minX, point.x - distance <= minX + width, point.y + distance >= minY,
            point.y - distance <= minY + height
        else { return }
        func clamped(_ value: Double, _ low: Double, _ extent: Double) -> Double { min(max(value, low), low + extent) }
        let from = column(clamped(point.x - distance, minX, width))
        let to = column(clamped(point.x + distance, minX, width))
        for r in row(clamped(point.y - distance, minY, height))...row(clamped(point.y + distance, minY, height)) {
            for c in from...to { body(r * columns + c) }
        }
    }
}
