import GeoGrid

/// 线段格网索引: which segments pass through which square cell; built once, then only read.
///
/// Build O(segments + cells touched); a query looks only at the cells under its box.
struct SegmentGrid: Sendable {
    /// Interleaved ends: x1, y1, x2, y2 of segment `i` from `4 * i`.
    let ends: [Double]
    private let originX, originY, cell: Double
    private let columns, rows: Int
    private let offsets: [Int32]
    private let items: [Int32]

    /// `ends` must be finite. The cell is at least `minimumCell` wide and so wide that cells stay in proportion.
    init(ends: [Double], minimumCell: Double = 20) {
        self.ends = ends
        let count = ends.count / 4
        var box = Box.empty
        var lengths = 0.0
        for i in 0..<count {
            box.extend(x: ends[4 * i], y: ends[4 * i + 1])
            box.extend(x: ends[4 * i + 2], y: ends[4 * i + 3])
            lengths += abs(ends[4 * i] - ends[4 * i + 2]) + abs(ends[4 * i + 1] - ends[4 * i + 3])
        }
        originX = box.isEmpty ? 0 : box.minX
        originY = box.isEmpty ? 0 : box.minY
        let mean = count == 0 ? 0 : lengths / Double(count)
        let sparse = (max(box.width, 1) * max(box.height, 1) / Double(4 * count + 64)).squareRoot()
        let cell = max(minimumCell, mean, sparse)
        self.cell = cell
        columns = Int(box.width / cell) + 1
        rows = Int(box.height / cell) + 1

        var counts = [Int32](repeating: 0, count: columns * rows + 1)
        var items: [Int32] = []
        for pass in 0..<2 {
            for i in 0..<count {
                Self.forEachCell(
                    ends[4 * i] - originX, ends[4 * i + 1] - originY, ends[4 * i + 2] - originX,
                    ends[4 * i + 3] - originY, cell: cell, columns: columns, rows: rows
                ) { index in
                    if pass == 0 {
                        counts[index + 1] += 1
                    } else {
                        items[Int(counts[index])] = Int32(i)
                        counts[index] += 1
                    }
                }
            }
            if pass == 0 {
                for k in 1..<counts.count { counts[k] += counts[k - 1] }
                items = [Int32](repeating: 0, count: Int(counts[counts.count - 1]))
            }
        }
        // The second pass moved every start to the next cell's: shift back.
        offsets = [0] + counts.dropLast()
        self.items = items
    }

    var cellCount: Int { columns * rows }
    func segments(inCell index: Int) -> ArraySlice<Int32> { items[Int(offsets[index])..<Int(offsets[index + 1])] }

    /// Calls `body` for every segment in cells under the box; a segment may come more than once.
    @inline(__always)
    func forEach(in box: Box, _ body: (Int) -> Void) {
        let fromColumn = clampedColumn(box.minX)
        let toColumn = clampedColumn(box.maxX)
        let fromRow = clampedRow(box.minY)
        let toRow = clampedRow(box.maxY)
        guard !items.isEmpty else { return }
        for row in fromRow...toRow {
            let run = Int(offsets[row * columns + fromColumn])..<Int(offsets[row * columns + toColumn + 1])
            for k in run { body(Int(items[k])) }
        }
    }

    private func clampedColumn(_ x: Double) -> Int { Int(min(max((x - originX) / cell, 0), Double(columns - 1))) }
    private func clampedRow(_ y: Double) -> Int { Int(min(max((y - originY) / cell, 0), Double(rows - 1))) }

    /// Cells a segment passes, row by row, widened by a hair so that rounding loses none.
    @inline(__always)
    private static func forEachCell(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, cell: Double, columns: Int, rows: Int,
        _ body: (Int) -> Void
    ) {
        let hair = cell * 1e-9
        let firstRow = max(0, Int(((min(y1, y2) - hair) / cell).rounded(.down)))
        let lastRow = min(rows - 1, Int((max(y1, y2) + hair) / cell))
        guard firstRow <= lastRow else { return }
        for row in firstRow...lastRow {
            var lower = min(x1, x2)
            var upper = max(x1, x2)
            if y1 != y2 {
                let slope = (x2 - x1) / (y2 - y1)
                let a = x1 + (Double(row) * cell - hair - y1) * slope
                let b = x1 + (Double(row + 1) * cell + hair - y1) * slope
                lower = max(lower, min(a, b))
                upper = min(upper, max(a, b))
            }
            let first = max(0, Int(((lower - hair) / cell).rounded(.down)))
            let last = min(columns - 1, Int((upper + hair) / cell))
            if first <= last { for column in first...last { body(row * columns + column) } }
        }
    }
}

/// Nearest point of the segment to `p`: its share of the way from the first end, and the squared distance.
@inline(__always)
func projection(of p: PlanarPoint, on a: PlanarPoint, _ b: PlanarPoint) -> (share: Double, squared: Double) {
    let dx = b.x - a.x
    let dy = b.y - a.y
    let length = dx * dx + dy * dy
    let share = length > 0 ? min(1, max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length)) : 0
    let ex = p.x - (a.x + share * dx)
    let ey = p.y - (a.y + share * dy)
    return (share, ex * ex + ey * ey)
}

/// Where two segments cross in their insides, as shares of the first and of the second; nil for parallel ones.
@inline(__always)
func crossing(
    _ a: PlanarPoint, _ b: PlanarPoint, _ c: PlanarPoint, _ d: PlanarPoint
) -> (first: Double, second: Double)? {
    let rx = b.x - a.x
    let ry = b.y - a.y
    let sx = d.x - c.x
    let sy = d.y - c.y
    let cross = rx * sy - ry * sx
    guard cross != 0 else { return nil }
    let first = ((c.x - a.x) * sy - (c.y - a.y) * sx) / cross
    let second = ((c.x - a.x) * ry - (c.y - a.y) * rx) / cross
    guard first >= 0, first <= 1, second >= 0, second <= 1 else { return nil }
    return (first, second)
}
