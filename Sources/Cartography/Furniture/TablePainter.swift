import GeoGrid

/// 表格排版: flows the rows of a table through columns of a box, at the largest size at which all fit; what does not
/// fit at the smallest goes on continuation pages.
struct TablePainter {
    let table: LeadTable
    let language: Language
    let engine: TextEngine
    /// Natural widths of the columns at a size of 1; text scales exactly.
    private let natural: [Double]

    init(table: LeadTable, language: Language, engine: TextEngine) {
        self.table = table
        self.language = language
        self.engine = engine
        var widths = table.columns.map { engine.width($0[language], 1, .bold) }
        for case .cells(let cells) in table.rows {
            for k in cells.indices where k < widths.count {
                widths[k] = max(widths[k], engine.width(cells[k], 1, k == 0 ? .bold : .regular))
            }
        }
        natural = widths
    }

    struct Style {
        var size: Double
        var em: Double { size * TextEngine.millimetresPerPoint }
        var row: Double { em * 1.34 }
    }

    /// The rows that stand in each column of a box, from `first` on, as far as they fit.
    private func flow(from first: Int, in box: Box, _ style: Style) -> [Range<Int>] {
        let needed = natural.reduce(0) { $0 + $1 * style.size + 0.9 * style.em }
        let gap = 1.6 * style.em
        let most = max(1, Int((box.width + gap) / (needed + gap)))
        let perColumn = max(1, Int((box.height - 3.4 * style.em) / style.row))
        var ranges: [Range<Int>] = []
        var next = first
        while ranges.count < most, next < table.rows.count {
            var end = min(next + perColumn, table.rows.count)
            // A heading is never the last line of a column.
            if end < table.rows.count, end > next + 1, case .heading = table.rows[end - 1] { end -= 1 }
            ranges.append(next..<end)
            next = end
        }
        return ranges
    }

    /// Whether all rows fit into a box at one of some sizes.
    func fits(in box: Box, sizes: [Double]) -> Bool {
        sizes.contains { flow(from: 0, in: box, Style(size: $0)).last?.upperBound == table.rows.count }
    }

    /// Draws as many rows from `first` on as fit; returns the position of the first row left over.
    func draw(from first: Int, in box: Box, sizes: [Double], list: inout DisplayList) -> Int {
        guard first < table.rows.count else { return table.rows.count }
        var style = Style(size: sizes.last ?? 6)
        var ranges: [Range<Int>] = []
        for size in sizes {
            style = Style(size: size)
            ranges = flow(from: first, in: box, style)
            if ranges.last?.upperBound == table.rows.count { break }
        }
        let em = style.em
        list.append(
            .text(
                engine.line(
                    table.title[language], x: box.minX, y: box.minY + 1.2 * em, size: style.size * 1.2, weight: .bold)))
        let widths = natural.map { $0 * style.size }
        let needed = widths.reduce(0) { $0 + $1 + 0.9 * em }
        let gap = 1.6 * em
        // A column is not drawn out over all the room it could have.
        let width = min((box.width - gap * Double(ranges.count - 1)) / Double(ranges.count), 1.7 * needed)
        let padding = (width - widths.reduce(0, +)) / Double(max(widths.count, 1))
        for (column, range) in ranges.enumerated() {
            let x = box.minX + Double(column) * (width + gap)
            var y = box.minY + 1.9 * em
            header(x, y, widths, padding, style, width, &list)
            y += 1.5 * em
            for row in range {
                draw(table.rows[row], x, y, widths, padding, style, width, &list)
                y += style.row
            }
        }
        return ranges.last?.upperBound ?? first
    }

    private func header(
        _ x: Double, _ y: Double, _ natural: [Double], _ padding: Double, _ style: Style, _ width: Double,
        _ list: inout DisplayList
    ) {
        var at = x
        for (k, title) in table.columns.enumerated() {
            let right = table.rightAligned.contains(k)
            list.append(
                .text(
                    engine.line(
                        title[language], x: right ? at + natural[k] + padding * 0.5 : at, y: y + style.em,
                        size: style.size * 0.9,
                        colour: MapStyle.quiet, align: right ? .right : .left)))
            at += natural[k] + padding
        }
        list.stroke(.line(x, y + 1.4 * style.em, x + width, y + 1.4 * style.em), Stroke(.ink, 0.18))
    }

    private func draw(
        _ row: LeadTable.Row, _ x: Double, _ y: Double, _ natural: [Double], _ padding: Double, _ style: Style,
        _ width: Double, _ list: inout DisplayList
    ) {
        let baseline = y + 1.04 * style.em
        switch row {
        case .heading(let text):
            list.fill(
                .rectangle(Box(minX: x, minY: y + 0.06 * style.em, maxX: x + width, maxY: y + style.row)),
                MapStyle.accent.opacity(0.1))
            list.append(
                .text(
                    engine.line(
                        engine.fitted(text, width: width - style.em, size: style.size, weight: .bold),
                        x: x + 0.3 * style.em, y: baseline, size: style.size, weight: .bold, colour: MapStyle.accent)))
        case .cells(let cells):
            var at = x
            for (k, cell) in cells.enumerated() where k < natural.count {
                let right = table.rightAligned.contains(k)
                if !cell.isEmpty {
                    list.append(
                        .text(
                            engine.line(
                                cell, x: right ? at + natural[k] + padding * 0.5 : at, y: baseline, size: style.size,
                                weight: k == 0 ? .bold : .regular, align: right ? .right : .left)))
                }
                at += natural[k] + padding
            }
            list.stroke(.line(x, y + style.row, x + width, y + style.row), Stroke(MapStyle.rule, 0.06))
        }
    }
}
