public import GeoGrid

/// 占位: boxes already taken on the page, found by a square grid.
public struct PlacedBoxes: Sendable {
    private let cell: Double
    private let origin: PlanarPoint
    private let columns, rows: Int
    private var cells: [[Int32]]
    public private(set) var boxes: [Box] = []

    /// For a window of the page; boxes outside of it are kept in the cells of its rim.
    public init(window: Box, cell: Double = 12) {
        self.cell = cell
        origin = PlanarPoint(x: window.minX, y: window.minY)
        columns = max(1, Int((window.width / cell).rounded(.up)))
        rows = max(1, Int((window.height / cell).rounded(.up)))
        cells = Array(repeating: [], count: columns * rows)
    }

    public mutating func insert(_ box: Box) {
        let number = Int32(boxes.count)
        boxes.append(box)
        let (xs, ys) = range(box)
        for y in ys { for x in xs { cells[y * columns + x].append(number) } }
    }

    /// Whether a box meets none of those taken.
    public func isFree(_ box: Box) -> Bool {
        let (xs, ys) = range(box)
        for y in ys {
            for x in xs {
                for number in cells[y * columns + x] where boxes[Int(number)].intersects(box) { return false }
            }
        }
        return true
    }

    /// The taken boxes that meet a box; one may come more than once.
    func near(_ box: Box) -> [Box] {
        let (xs, ys) = range(box)
        var found: [Box] = []
        for y in ys {
            for x in xs {
                for number in cells[y * columns + x] where boxes[Int(number)].intersects(box) {
                    found.append(boxes[Int(number)])
                }
            }
        }
        return found
    }

    private func range(_ box: Box) -> (ClosedRange<Int>, ClosedRange<Int>) {
        func index(_ value: Double, _ count: Int) -> Int { min(max(Int(max(value / cell, -1)), 0), count - 1) }
        let x0 = index(box.minX - origin.x, columns)
        let y0 = index(box.minY - origin.y, rows)
        return (
            x0...max(x0, index(box.maxX - origin.x, columns)), y0...max(y0, index(box.maxY - origin.y, rows))
        )
    }
}
