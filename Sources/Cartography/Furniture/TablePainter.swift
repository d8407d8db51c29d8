import GeoGrid

/// 表格排版: flows the rows of a table through columns of a box, at the largest size at which all fit; what does not
/// fit at the smallest goes on continuation pages.
struct TablePainter {
    let table: LeadTable
    let engine: TextEngine

    struct Style {
        var size: Double
        var em: Double { size * TextEngine.millimetresPerPoint }
        var row: Double { em * 1.34 }
    }

    /// Natural widths of the columns at a size.
    private func widths(_ size: Double) -> [Double] {
        table.columns.indices.map { k in
            var widest = engine.width(table.columns[k], size, .bold)
            for case .cells(let cells) in table.rows where k < cells.count {
                widest = max(widest, engine.width(cells[k], size))
            }
            return widest
        }
    }

    private func columns(_ box: Box, _ style: Style) -> (count: Int, width: Double, cells: [Double]) {
        let natural = widths(style.size)
        let padding = 0.9 * style.em
        let needed = natural.reduce(0) { $0 + $1 + padding }
        let gap = 1.6 * style.em
        let count = max(1, Int((box.width + gap) / (needed + gap)))
        return (count, (box.width - gap * Double(count - 1)) / Double(count), natural)
    }

    private func rowsPerColumn(_ box: Box, _ style: Style) -> Int {
        max(1, Int((box.height - 3.4 * style.em) / style.row))
    }

    /// Draws as many rows from `first` on as fit; returns the position of the first row left over.
    func draw(from first: Int, in box: Box, sizes: [Double], list: inout DisplayList) -> Int {
        let left = table.rows.count - first
        guard left > 0 else { return table.rows.count }
        var style = Style(size: sizes.last ?? 6)
        for size in sizes {
            let candidate = Style(size: size)
            if capacity(box, candidate, first) >= left {
                style = candidate
                break
            }
        }
        let em = style.em
        list.append(
            .text(engine.line(table.title, x: box.minX, y: box.minY + 1.2 * em, size: style.size * 1.2, weight: .bold)))
        let (count, width, natural) = columns(box, style)
        let perColumn = rowsPerColumn(box, style)
        let used = natural.reduce(0, +)
        let padding = (width - used) / Double(max(natural.count, 1))
        var next = first
        for column in 0..<count where next < table.rows.count {
            let x = box.minX + Double(column) * (width + 1.6 * em)
            var y = box.minY + 1.9 * em
            header(x, y, natural, padding, style, width, &list)
            y += 1.5 * em
            var rows = 0
            while next < table.rows.count, rows < perColumn {
                // A heading is never the last line of a column.
                if case .heading = table.rows[next], rows == perColumn - 1 { break }
                row(table.rows[next], x, y, natural, padding, style, width, shaded: rows % 2 == 1, &list)
                y += style.row
                rows += 1
                next += 1
            }
        }
        return next
    }

    private func capacity(_ box: Box, _ style: Style, _ first: Int) -> Int {
        let perColumn = rowsPerColumn(box, style)
        var next = first
        for _ in 0..<columns(box, style).count {
            var rows = 0
            while next < table.rows.count, rows < perColumn {
                if case .heading = table.rows[next], rows == perColumn - 1 { break }
                rows += 1
                next += 1
            }
        }
        return next - first
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
                        title, x: right ? at + natural[k] + padding * 0.5 : at, y: y + style.em, size: style.size * 0.9,
                        colour: MapStyle.quiet, align: right ? .right : .left)))
            at += natural[k] + padding
        }
        list.stroke(.line(x, y + 1.4 * style.em, x + width, y + 1.4 * style.em), Stroke(.ink, 0.18))
    }

    private func row(
        _ row: LeadTable.Row, _ x: Double, _ y: Double, _ natural: [Double], _ padding: Double, _ style: Style,
        _ width: Double, shaded: Bool, _ list: inout DisplayList
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
