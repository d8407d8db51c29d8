import GeoGrid

/// 栏目排版: flows scale, figures, leads, legend, service points and table through the columns beside or under the map.
///
/// The largest text at which everything fits is taken, down to 5.5 pt; what does not fit then goes to the next page.
struct PanelFlow {
    let painter: PanelPainter
    let legend: Legend
    /// Service points on the page, by position in the town's list.
    let services: [Int]
    let denominator: Double
    let table: LeadTable?

    /// What found no room.
    struct Rest {
        /// The first row of the table left over.
        var row = 0
        var services: [Int] = []
    }

    private struct Attempt {
        var list = DisplayList()
        var rest = Rest()
        var fits = true
    }

    private var layout: SheetLayout { painter.layout }

    /// Sizes of the text of a table from the largest to the smallest.
    static func tableSizes(_ factor: Double) -> [Double] {
        stride(from: max(7, 9 * factor), through: 5.5, by: -0.25).map { $0 } + [5.5]
    }

    func draw(into list: inout DisplayList) -> Rest {
        let usual = painter.text
        let tables = Self.tableSizes(layout.factor)
        let larger = [1.35, 1.22, 1.1]
        var sizes = larger.map { (text: usual * $0, table: [tables[0] * min($0, 1.22)]) }
        // In portrait the table has a column of its own: the rest need not be small because it is long.
        if layout.orientation == .portrait { sizes += larger.map { (text: usual * $0, table: tables) } }
        sizes += stride(from: usual, through: 5.5, by: -0.25).map { (text: $0, table: tables) }
        sizes.append((text: 5.5, table: tables))
        var last = Attempt()
        for size in sizes {
            last = attempt(size.text, size.table)
            if last.fits { break }
        }
        list.append(last.list)
        return last.rest
    }

    private func attempt(_ text: Double, _ tableSizes: [Double]) -> Attempt {
        var painter = painter
        painter.text = text
        var attempt = Attempt()
        let columns = layout.orientation == .landscape ? [layout.panel] : [layout.panel, layout.table]
        let (left, right) = (columns[0], columns[columns.count - 1])
        let single = columns.count == 1
        var y = painter.drawScale(denominator, in: left, list: &attempt.list)
        y = painter.drawSummary(from: y, in: left, list: &attempt.list)
        var side = painter.drawNotes(from: single ? y : right.minY, in: right, list: &attempt.list)
        if single { y = side }
        y = painter.drawLegend(legend, from: y, in: left, list: &attempt.list)
        // The list of services stands under the legend, else under the table, else on the next page.
        let rows = table?.rows.count ?? 0
        let needed = painter.servicesHeight(services.count, in: left)
        let reserve = single && rows > 0 ? min(0.3 * left.height, Double(rows) * 3 + 10) : 0
        var foot = right.maxY
        if needed == 0 || y + needed <= left.maxY - reserve {
            y = painter.drawServices(services, from: y, in: left, list: &attempt.list)
        } else {
            let below = painter.servicesHeight(services.count, in: right)
            if !single, side + below + min(0.5 * right.height, Double(rows) * 3 + 10) <= right.maxY {
                foot = right.maxY - below
                _ = painter.drawServices(services, from: foot, in: right, list: &attempt.list)
            } else {
                attempt.rest.services = services
            }
        }
        if single { side = y }
        attempt.fits = y - 0.8 * painter.em <= left.maxY && side <= right.maxY && attempt.rest.services.isEmpty
        guard let table, rows > 0 else { return attempt }
        let box = Box(
            minX: right.minX, minY: min(side + (single ? 2 * layout.factor : 0), foot), maxX: right.maxX, maxY: foot)
        let tables = TablePainter(table: table, language: painter.language, engine: painter.engine)
        guard box.height > 14, tables.fits(in: box, sizes: tableSizes) || tableSizes.count > 1 else {
            attempt.rest.row = 0
            attempt.fits = false
            return attempt
        }
        attempt.rest.row = tables.draw(from: 0, in: box, sizes: tableSizes, list: &attempt.list)
        if attempt.rest.row < rows { attempt.fits = false }
        return attempt
    }
}
