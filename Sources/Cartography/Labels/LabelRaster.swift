import GeoGrid

/// 候选格网: the free room inside one polygon, in small square cells, for finding where a box of text fits.
///
/// A cell is blocked when the border runs through it, when it lies outside, or when something placed touches it. So a
/// box made of free cells lies wholly inside the polygon and clear of everything: no further test is needed.
/// Prefix sums answer for any box at once (Crow, "Summed-area tables for texture mapping", SIGGRAPH 1984).
struct LabelRaster {
    let cell: Double
    let origin: PlanarPoint
    let columns, rows: Int
    private var blocked: [UInt8]
    private var sums: [Int32] = []
    /// Prefix sums of what a label would rather not cover.
    private var weights: [Float] = []

    /// O(cells + vertices · rows crossed).
    init(rings: [[PlanarPoint]], cell: Double) {
        var box = Box.empty
        for ring in rings { for p in ring { box.extend(x: p.x, y: p.y) } }
        self.cell = cell
        origin = PlanarPoint(x: box.minX, y: box.minY)
        columns = max(1, Int((box.width / cell).rounded(.up)))
        rows = max(1, Int((box.height / cell).rounded(.up)))
        blocked = Array(repeating: 1, count: columns * rows)
        var crossings = [[Double]](repeating: [], count: rows)
        for ring in rings where ring.count > 1 {
            for i in 1..<ring.count { cross(ring[i - 1], ring[i], &crossings) }
        }
        for row in 0..<rows {
            let xs = crossings[row].sorted()
            for k in stride(from: 0, to: xs.count - 1, by: 2) {
                let first = max(0, Int((xs[k] / cell + 0.5).rounded(.down)))
                let last = min(columns - 1, Int((xs[k + 1] / cell - 0.5).rounded(.up)))
                if first <= last { for column in first...last { blocked[row * columns + column] = 0 } }
            }
        }
        for ring in rings where ring.count > 1 {
            for i in 1..<ring.count { block(ring[i - 1], ring[i]) }
        }
    }

    /// Where an edge crosses the middle lines of the rows, relative to the origin.
    private func cross(_ p: PlanarPoint, _ q: PlanarPoint, _ crossings: inout [[Double]]) {
        let (a, b) = p.y < q.y ? (p, q) : (q, p)
        guard b.y > a.y else { return }
        let first = max(0, Int(((a.y - origin.y) / cell - 0.5).rounded(.up)))
        let last = min(rows - 1, Int(((b.y - origin.y) / cell - 0.5).rounded(.up)) - 1)
        guard first <= last else { return }
        for row in first...last {
            let y = origin.y + (Double(row) + 0.5) * cell
            crossings[row].append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x) - origin.x)
        }
    }

    /// Blocks every cell an edge touches.
    private mutating func block(_ p: PlanarPoint, _ q: PlanarPoint) {
        let (a, b) = p.y < q.y ? (p, q) : (q, p)
        let first = min(max(Int((a.y - origin.y) / cell), 0), rows - 1)
        let last = min(max(Int((b.y - origin.y) / cell), 0), rows - 1)
        for row in first...last {
            let top = max(a.y, origin.y + Double(row) * cell)
            let bottom = min(b.y, origin.y + Double(row + 1) * cell)
            let (x0, x1): (Double, Double)
            if b.y > a.y {
                let slope = (b.x - a.x) / (b.y - a.y)
                x0 = a.x + (top - a.y) * slope
                x1 = a.x + (bottom - a.y) * slope
            } else {
                (x0, x1) = (a.x, b.x)
            }
            let left = min(max(Int((min(x0, x1) - origin.x) / cell - 1e-9), 0), columns - 1)
            let right = min(max(Int((max(x0, x1) - origin.x) / cell + 1e-9), 0), columns - 1)
            for column in left...right { blocked[row * columns + column] = 1 }
        }
    }

    /// Blocks the cells whose middles lie inside rings of another polygon, and those its border runs through.
    mutating func blockInside(_ rings: [[PlanarPoint]]) {
        for ring in rings where ring.count > 3 {
            var crossings = [[Double]](repeating: [], count: rows)
            for i in 1..<ring.count { cross(ring[i - 1], ring[i], &crossings) }
            for row in 0..<rows {
                let xs = crossings[row].sorted()
                for k in stride(from: 0, to: xs.count - 1, by: 2) {
                    let first = max(0, Int((xs[k] / cell - 0.5).rounded(.up)))
                    let last = min(columns - 1, Int((xs[k + 1] / cell).rounded(.down)))
                    if first <= last { for column in first...last { blocked[row * columns + column] = 1 } }
                }
            }
            for i in 1..<ring.count { block(ring[i - 1], ring[i]) }
        }
    }

    mutating func block(_ box: Box) {
        let left = max(0, Int(((box.minX - origin.x) / cell).rounded(.down)))
        let right = min(columns - 1, Int(((box.maxX - origin.x) / cell).rounded(.down)))
        let top = max(0, Int(((box.minY - origin.y) / cell).rounded(.down)))
        let bottom = min(rows - 1, Int(((box.maxY - origin.y) / cell).rounded(.down)))
        guard left <= right, top <= bottom else { return }
        for row in top...bottom { for column in left...right { blocked[row * columns + column] = 1 } }
    }

    /// Ends the blocking: builds the sums. `avoid` are points that a label should leave open where it can.
    mutating func finish(avoid: [PlanarPoint] = []) {
        let width = columns + 1
        sums = Array(repeating: 0, count: width * (rows + 1))
        for row in 0..<rows {
            var run: Int32 = 0
            for column in 0..<columns {
                run += Int32(blocked[row * columns + column])
                sums[(row + 1) * width + column + 1] = sums[row * width + column + 1] + run
            }
        }
        weights = []
        guard !avoid.isEmpty else { return }
        var points = [Float](repeating: 0, count: columns * rows)
        for p in avoid {
            let column = Int(((p.x - origin.x) / cell).rounded(.down))
            let row = Int(((p.y - origin.y) / cell).rounded(.down))
            if (0..<columns).contains(column), (0..<rows).contains(row) { points[row * columns + column] += 1 }
        }
        weights = Array(repeating: 0, count: width * (rows + 1))
        for row in 0..<rows {
            var run: Float = 0
            for column in 0..<columns {
                run += points[row * columns + column]
                weights[(row + 1) * width + column + 1] = weights[row * width + column + 1] + run
            }
        }
    }

    /// Where a box of this size fits best: as far inside as the room allows, and off the points to avoid.
    ///
    /// The best place is the middle of the largest box of the same shape that still fits: the pole of inaccessibility
    /// of the polygon stretched to the shape of the label. Nil when the box fits nowhere. O(cells · log).
    func place(width: Double, height: Double) -> PlanarPoint? {
        let (w, h) = (cells(width), cells(height))
        guard let first = candidates(w, h, limit: 1).first else { return nil }
        var centre = first
        var (low, high) = (1.0, 1.0)
        while high < 16, !candidates(Int(Double(w) * high * 1.6), Int(Double(h) * high * 1.6), limit: 1).isEmpty {
            high *= 1.6
        }
        low = high
        high *= 1.6
        for _ in 0..<4 {
            let middle = (low + high) / 2
            if candidates(Int(Double(w) * middle), Int(Double(h) * middle), limit: 1).isEmpty {
                high = middle
            } else {
                low = middle
            }
        }
        let (lw, lh) = (max(w, Int(Double(w) * low)), max(h, Int(Double(h) * low)))
        let inner = candidates(lw, lh, limit: .max)
        if !inner.isEmpty {
            let x = inner.reduce(0) { $0 + $1.x } / Double(inner.count)
            let y = inner.reduce(0) { $0 + $1.y } / Double(inner.count)
            centre = inner.min { distance($0, x, y, 1) < distance($1, x, y, 1) }!
        }
        let target = centre
        guard !weights.isEmpty || inner.isEmpty else { return snapped(centre, w, h) }
        let stretch = Double(w) / Double(h)
        func cost(_ p: PlanarPoint) -> Double {
            distance(p, target.x, target.y, stretch).squareRoot() / (Double(h) * cell) + 0.8 * Double(weight(p, w, h))
        }
        return candidates(w, h, limit: .max).min { cost($0) < cost($1) }
    }

    /// The middle of a larger box, moved so that a box of w × h cells about it lies on whole cells.
    private func snapped(_ p: PlanarPoint, _ w: Int, _ h: Int) -> PlanarPoint {
        let column = ((p.x - origin.x) / cell - Double(w) / 2).rounded()
        let row = ((p.y - origin.y) / cell - Double(h) / 2).rounded()
        return PlanarPoint(
            x: origin.x + (column + Double(w) / 2) * cell, y: origin.y + (row + Double(h) / 2) * cell)
    }

    private func distance(_ p: PlanarPoint, _ x: Double, _ y: Double, _ stretch: Double) -> Double {
        let dx = (p.x - x) / stretch
        return dx * dx + (p.y - y) * (p.y - y)
    }

    private func cells(_ length: Double) -> Int { max(1, Int((length / cell).rounded(.up))) }

    /// Middles of the free boxes of w × h cells, in rows.
    private func candidates(_ w: Int, _ h: Int, limit: Int) -> [PlanarPoint] {
        guard w <= columns, h <= rows else { return [] }
        var found: [PlanarPoint] = []
        let width = columns + 1
        sums.withUnsafeBufferPointer { sums in
            for row in 0...(rows - h) {
                let (top, bottom) = (row * width, (row + h) * width)
                for column in 0...(columns - w) {
                    let taken =
                        sums[bottom + column + w] - sums[bottom + column] - sums[top + column + w]
                        + sums[top + column]
                    guard taken == 0 else { continue }
                    found.append(
                        PlanarPoint(
                            x: origin.x + (Double(column) + Double(w) / 2) * cell,
                            y: origin.y + (Double(row) + Double(h) / 2) * cell))
                    if found.count == limit { return }
                }
            }
        }
        return found
    }

    /// Whether w × h cells from a column and row on are free.
    func isFree(_ column: Int, _ row: Int, _ w: Int, _ h: Int) -> Bool {
        let width = columns + 1
        return sums[(row + h) * width + column + w] - sums[(row + h) * width + column] - sums[row * width + column + w]
            + sums[row * width + column] == 0
    }

    /// Whether all cells that a box touches are free; what lies outside the raster is not.
    func isFree(_ box: Box) -> Bool {
        let left = Int(((box.minX - origin.x) / cell).rounded(.down))
        let right = Int(((box.maxX - origin.x) / cell).rounded(.down))
        let top = Int(((box.minY - origin.y) / cell).rounded(.down))
        let bottom = Int(((box.maxY - origin.y) / cell).rounded(.down))
        guard left >= 0, top >= 0, right < columns, bottom < rows else { return false }
        return isFree(left, top, right - left + 1, bottom - top + 1)
    }

    private func weight(_ p: PlanarPoint, _ w: Int, _ h: Int) -> Float {
        guard !weights.isEmpty else { return 0 }
        let width = columns + 1
        let column = Int(((p.x - origin.x) / cell - Double(w) / 2).rounded())
        let row = Int(((p.y - origin.y) / cell - Double(h) / 2).rounded())
        return weights[(row + h) * width + column + w] - weights[(row + h) * width + column]
            - weights[row * width + column + w] + weights[row * width + column]
    }
}
