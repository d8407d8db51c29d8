/// 线段格网: segments sorted into square cells, to find those that may meet.
struct SegmentGrid {
    private let frame: Frame
    /// Segments of cell `c`: `entries[offsets[c]..<offsets[c + 1]]`, ascending.
    private var offsets: [Int32]
    private var entries: [Int32]

    /// Segment `i` runs from (`ax(i)`, `ay(i)`) to (`bx(i)`, `by(i)`), read through `segment`.
    /// Two segments nearer than `margin` share a cell. O(segments) for segments of like length.
    init(
        count: Int, margin: Double,
        segment: (Int) -> (ax: Double, ay: Double, bx: Double, by: Double)
    ) {
        var box = Box.empty
        for i in 0..<count {
            let s = segment(i)
            box.extend(x: s.ax, y: s.ay)
            box.extend(x: s.bx, y: s.by)
        }
        let width = max(box.width, 0)
        let height = max(box.height, 0)
        let wanted = Double(max(1, 2 * count))
        var side = max((width * height / wanted).squareRoot(), max(width, height) / wanted, 4 * margin)
        if !(side > 0) { side = 1 }
        let frame = Frame(
            minX: box.isEmpty ? 0 : box.minX - side * 0.01, minY: box.isEmpty ? 0 : box.minY - side * 0.01,
            inverse: 1 / side, columns: Int(width / side) + 2, rows: Int(height / side) + 2,
            margin: margin + side * 1e-9)

        // Local arrays: written to through `self` while `self` walks, each write would copy them.
        var offsets = [Int32](repeating: 0, count: frame.cellCount + 1)
        for i in 0..<count {
            frame.walk(segment(i)) { offsets[$0 + 1] += 1 }
        }
        for cell in 0..<frame.cellCount { offsets[cell + 1] += offsets[cell] }
        var entries = [Int32](repeating: 0, count: Int(offsets[frame.cellCount]))
        var next = offsets
        for i in 0..<count {
            frame.walk(segment(i)) { cell in
                entries[Int(next[cell])] = Int32(i)
                next[cell] += 1
            }
        }
        self.frame = frame
        self.offsets = offsets
        self.entries = entries
    }

    /// Calls `body` with the segments of each cell that holds more than one.
    @inline(__always)
    func forEachCell(_ body: (UnsafeBufferPointer<Int32>) -> Void) {
        entries.withUnsafeBufferPointer { entries in
            for cell in 0..<frame.cellCount {
                let low = Int(offsets[cell])
                let high = Int(offsets[cell + 1])
                if high - low > 1 { body(UnsafeBufferPointer(rebasing: entries[low..<high])) }
            }
        }
    }

    /// Calls `body` for every segment registered in a cell that touches the box; a segment may come more than once.
    func forEachSegment(near box: Box, _ body: (Int) -> Void) {
        let low = frame.row(box.minY - frame.margin)
        let high = frame.row(box.maxY + frame.margin)
        let from = frame.column(box.minX - frame.margin)
        let to = frame.column(box.maxX + frame.margin)
        for r in low...high {
            for c in from...to {
                let cell = r * frame.columns + c
                for k in Int(offsets[cell])..<Int(offsets[cell + 1]) { body(Int(entries[k])) }
            }
        }
    }

    private struct Frame {
        let minX, minY, inverse: Double
        let columns, rows: Int
        let margin: Double

        var cellCount: Int { columns * rows }

        /// Calls `body` for every cell the segment comes near, row by row.
        @inline(__always)
        func walk(_ s: (ax: Double, ay: Double, bx: Double, by: Double), _ body: (Int) -> Void) {
            let low = row(min(s.ay, s.by) - margin)
            let high = row(max(s.ay, s.by) + margin)
            let from = column(min(s.ax, s.bx) - margin)
            let to = column(max(s.ax, s.bx) + margin)
            if low == high || from == to {
                for r in low...high { for c in from...to { body(r * columns + c) } }
                return
            }
            let slope = (s.bx - s.ax) / (s.by - s.ay)
            for r in low...high {
                // The part of the segment between the row's lines, a margin wider on all sides.
                let y0 = minY + Double(r) / inverse - 2 * margin
                let y1 = minY + Double(r + 1) / inverse + 2 * margin
                let xa = s.ax + (min(max(y0, min(s.ay, s.by)), max(s.ay, s.by)) - s.ay) * slope
                let xb = s.ax + (min(max(y1, min(s.ay, s.by)), max(s.ay, s.by)) - s.ay) * slope
                let c0 = max(from, column(min(xa, xb) - margin))
                let c1 = min(to, column(max(xa, xb) + margin))
                guard c0 <= c1 else { continue }
                for c in c0...c1 { body(r * columns + c) }
            }
        }

        @inline(__always)
        func column(_ x: Double) -> Int { min(max(Int((x - minX) * inverse), 0), columns - 1) }

        @inline(__always)
        func row(_ y: Double) -> Int { min(max(Int((y - minY) * inverse), 0), rows - 1) }
    }
}
