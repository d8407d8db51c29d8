import GeoGrid

/// 图外要素: title band, frame with its squares, legend, scale, north arrow, lists beside the map, footer.
struct PanelPainter {
    let town: DisclosedTown
    let specification: SheetSpecification
    let options: SheetOptions
    let layout: SheetLayout
    let engine: TextEngine
    /// Degrees from true to grid north at the middle of the map.
    var convergence = 0.0
    /// Text size of the panel in points.
    var text: Double

    init(
        town: DisclosedTown, specification: SheetSpecification, options: SheetOptions, layout: SheetLayout,
        engine: TextEngine, convergence: Double = 0
    ) {
        self.town = town
        self.specification = specification
        self.options = options
        self.layout = layout
        self.engine = engine
        self.convergence = convergence
        text = max(6, 8 * layout.factor)
    }

    var language: Language { options.language }
    var em: Double { text * TextEngine.millimetresPerPoint }

    /// Title, subline and the mark of the edition.
    func drawTitle(denominator: Double?, list: inout DisplayList) {
        let box = layout.title
        var size = max(15, 66 * layout.factor)
        let title = specification.title[language]
        let mark = town.edition.mark?[language]
        let markSize = max(6.5, 13 * layout.factor)
        let markWidth =
            mark.map { engine.width($0, markSize, .bold) + 1.6 * markSize * TextEngine.millimetresPerPoint } ?? 0
        let room = box.width - 2 * (markWidth + 4 * layout.factor)
        while engine.width(title, size, .bold) > max(room, box.width * 0.5), size > 10 { size *= 0.95 }
        let titleEm = size * TextEngine.millimetresPerPoint
        let baseline = box.minY + titleEm * 0.9
        list.append(
            .text(
                engine.line(title, x: box.center.x, y: baseline, size: size, weight: .bold, align: .centre)))
        let subSize = max(6, 14 * layout.factor)
        let subEm = subSize * TextEngine.millimetresPerPoint
        var parts: [String] = []
        let subtitle = specification.subtitle[language]
        if !subtitle.isEmpty { parts.append(subtitle) }
        if let denominator {
            parts.append(Text(zh: "比例尺 1:\(Int(denominator))", en: "scale 1:\(Int(denominator))")[language])
        }
        if let projection = options.projection { parts.append(projection.name) }
        parts.append(language == .zh ? town.day.chinese : town.day.description)
        if !options.compiler.isEmpty {
            parts.append(Text(zh: "编制：\(options.compiler)", en: "compiled by \(options.compiler)")[language])
        }
        parts.append(town.edition.name[language])
        if !options.reviewNumber.isEmpty {
            parts.append(Text(zh: "审图号：\(options.reviewNumber)", en: "map licence \(options.reviewNumber)")[language])
        }
        var line = parts.joined(separator: "　")
        var lineSize = subSize
        while engine.width(line, lineSize) > box.width, lineSize > 5.5 { lineSize *= 0.96 }
        line = engine.fitted(line, width: box.width, size: lineSize)
        list.append(
            .text(
                engine.line(
                    line, x: box.center.x, y: baseline + titleEm * 0.18 + 1.45 * subEm, size: lineSize,
                    colour: MapStyle.quiet, align: .centre)))
        guard let mark else { return }
        let h = 1.9 * markSize * TextEngine.millimetresPerPoint
        let plate = Box(minX: box.maxX - markWidth, minY: box.minY, maxX: box.maxX, maxY: box.minY + h)
        list.draw(
            .rectangle(plate, radius: 0.15 * h), fill: .white,
            stroke: Stroke(MapStyle.accent, max(0.3, 0.5 * layout.factor)))
        list.append(
            .text(
                engine.centred(
                    mark, x: plate.center.x, y: plate.center.y, size: markSize, weight: .bold, colour: MapStyle.accent))
        )
    }

    /// The neat line, and letters and numbers of the squares that the table refers to.
    func drawFrame(list: inout DisplayList) {
        let (outer, inner) = (layout.frame, layout.window)
        list.stroke(.rectangle(inner), Stroke(.ink, max(0.18, 0.25 * layout.factor)))
        list.stroke(.rectangle(outer), Stroke(.ink, max(0.45, 0.9 * layout.factor)))
        let size = max(5.5, 8 * layout.factor)
        let squares = Squares(window: inner, factor: layout.factor)
        let ribbon = inner.minX - outer.minX
        for k in 0..<squares.columns {
            let x = inner.minX + (Double(k) + 0.5) * squares.width
            for y in [outer.minY + ribbon / 2, outer.maxY - ribbon / 2] {
                list.append(
                    .text(
                        engine.centred(Squares.letter(k), x: x, y: y, size: size, weight: .bold, colour: MapStyle.quiet)
                    ))
            }
            guard k > 0 else { continue }
            let edge = inner.minX + Double(k) * squares.width
            for (a, b) in [(outer.minY, inner.minY), (inner.maxY, outer.maxY)] {
                list.stroke(.line(edge, a, edge, b), Stroke(.ink, 0.12))
            }
        }
        for k in 0..<squares.rows {
            let y = inner.minY + (Double(k) + 0.5) * squares.height
            for x in [outer.minX + ribbon / 2, outer.maxX - ribbon / 2] {
                list.append(
                    .text(engine.centred("\(k + 1)", x: x, y: y, size: size, weight: .bold, colour: MapStyle.quiet)))
            }
            guard k > 0 else { continue }
            let edge = inner.minY + Double(k) * squares.height
            for (a, b) in [(outer.minX, inner.minX), (inner.maxX, outer.maxX)] {
                list.stroke(.line(a, edge, b, edge), Stroke(.ink, 0.12))
            }
        }
    }

    /// Ratio, bar and north arrow; returns the lowest line used.
    func drawScale(_ denominator: Double, in column: Box, list: inout DisplayList) -> Double {
        let arrow = max(14, 26 * layout.factor)
        let bar = Box(minX: column.minX, minY: column.minY, maxX: column.maxX - arrow * 0.9, maxY: column.minY + arrow)
        _ = ScaleBar.draw(
            denominator: denominator, in: bar, size: max(6, 8 * layout.factor) * 1.15, list: &list, engine: engine)
        NorthArrow.draw(
            centre: column.maxX - arrow * 0.3, top: column.minY, height: arrow, convergence: convergence, list: &list,
            engine: engine)
        return column.minY + arrow + 1.2 * em
    }

    func drawLegend(_ legend: Legend, from y: Double, in column: Box, list: inout DisplayList) -> Double {
        guard !legend.entries.isEmpty else { return y }
        let top = heading(Text(zh: "图例", en: "Legend"), y, column, &list)
        let box = Box(minX: column.minX, minY: top, maxX: column.maxX, maxY: max(top, column.maxY))
        return top + legend.draw(in: box, size: text, language: language, list: &list, engine: engine) + 0.8 * em
    }

    func drawNotes(from start: Double, in column: Box, list: inout DisplayList) -> Double {
        var y = start
        for note in specification.notes {
            y = heading(note.title, y, column, &list)
            for lead in note.leads { y = card(lead, from: y, in: column, list: &list) }
            for paragraph in note.lines {
                for line in engine.wrapped(paragraph[language], width: column.width, size: text) {
                    list.append(.text(engine.line(line, x: column.minX, y: y + em, size: text)))
                    y += 1.4 * em
                }
            }
            y += 0.8 * em
        }
        return y
    }

    /// 责任人牌: office, name and phone on a line of their own beside a red bar.
    private func card(
        _ lead: DisclosedTown.Lead, from y: Double, in column: Box, list: inout DisplayList
    ) -> Double {
        let height = 2.1 * em
        list.fill(
            .rectangle(
                Box(
                    minX: column.minX, minY: y + 0.1 * em, maxX: column.minX + 0.3 * em,
                    maxY: y + height - 0.1 * em)), MapStyle.accent)
        let baseline = y + 1.45 * em
        let phoneWidth = lead.phone.isEmpty ? 0 : engine.width(lead.phone, text * 1.2) + em
        let role = engine.fitted(lead.role, width: column.width * 0.4, size: text)
        let nameX = column.minX + max(6.2 * em, 1.8 * em + engine.width(role, text))
        list.append(
            .text(engine.line(role, x: column.minX + 0.9 * em, y: baseline, size: text, colour: MapStyle.quiet)))
        let name = engine.fitted(
            lead.name, width: column.maxX - phoneWidth - nameX, size: text * 1.35, weight: .bold)
        list.append(.text(engine.line(name, x: nameX, y: baseline, size: text * 1.35, weight: .bold)))
        if !lead.phone.isEmpty {
            list.append(
                .text(engine.line(lead.phone, x: column.maxX, y: baseline, size: text * 1.2, align: .right)))
        }
        return y + height
    }

    private func heading(_ title: Text, _ y: Double, _ column: Box, _ list: inout DisplayList) -> Double {
        list.append(
            .text(engine.line(title[language], x: column.minX, y: y + 1.2 * em, size: text * 1.2, weight: .bold)))
        list.stroke(.line(column.minX, y + 1.65 * em, column.maxX, y + 1.65 * em), Stroke(.ink, 0.18))
        return y + 2.1 * em
    }

    /// What the sheet covers, in large figures.
    func drawSummary(from y: Double, in column: Box, list: inout DisplayList) -> Double {
        guard specification.elements.contains(.summary) else { return y }
        let facts: DisclosedTown.Facts
        var figures: [(String, String)] = []
        let names = town.levelNames
        switch specification.focus {
        case .town:
            facts = town.townFacts
            for level in [Level.community, .grid, .microgrid] where town.units(level).count > 0 {
                figures.append((String(town.units(level).count), names[level][language]))
            }
        case .community(let code):
            guard let i = town.communities.codes.firstIndex(of: code) else { return y }
            facts = town.communityFacts[i]
            figures = [(String(town.grids.parentCodes.count { $0 == code }), names.grid[language])]
        case .grid(let code):
            guard let i = town.grids.codes.firstIndex(of: code) else { return y }
            facts = town.gridFacts[i]
            let microgrids = town.microgrids.parentCodes.count { $0 == code }
            if microgrids > 0 { figures = [(String(microgrids), names.microgrid[language])] }
        }
        if facts.households != .exact(0) {
            figures.append((facts.households.text, Text(zh: "户", en: "households")[language]))
        }
        if facts.persons != .exact(0) { figures.append((facts.persons.text, Text(zh: "人", en: "persons")[language])) }
        if facts.care != .exact(0) {
            figures.append((facts.care.text, Text(zh: "关爱对象", en: "care residents")[language]))
        }
        guard !figures.isEmpty else { return y }
        let columns = max(3, min(figures.count, 6))
        let width = column.width / Double(columns)
        var at = y
        for (k, figure) in figures.enumerated() {
            let x = column.minX + Double(k % columns) * width
            if k > 0, k % columns == 0 { at += 4 * em }
            var size = text * 1.7
            while engine.width(figure.0, size, .bold) > width * 0.92, size > 6 { size *= 0.94 }
            list.append(
                .text(engine.line(figure.0, x: x, y: at + 1.7 * em, size: size, weight: .bold, colour: MapStyle.accent))
            )
            list.append(
                .text(engine.line(figure.1, x: x, y: at + 2.9 * em, size: text * 0.92, colour: MapStyle.quiet)))
        }
        return at + 4.2 * em
    }

    /// Height of the list of so many service points.
    func servicesHeight(_ count: Int, in column: Box) -> Double {
        guard count > 0 else { return 0 }
        let columns = serviceColumns(count, column)
        return 2.1 * em + Double((count + columns - 1) / columns) * serviceRow + 0.8 * em
    }

    private var serviceRow: Double { 1.4 * text * 0.9 * TextEngine.millimetresPerPoint }

    private func serviceColumns(_ count: Int, _ column: Box) -> Int {
        min(count, max(1, Int(column.width / (15 * em))))
    }

    func drawServices(_ services: [Int], from start: Double, in column: Box, list: inout DisplayList) -> Double {
        guard !services.isEmpty else { return start }
        let y = heading(Text(zh: "服务点", en: "Service points"), start, column, &list)
        let size = text * 0.9
        let columns = serviceColumns(services.count, column)
        let width = column.width / Double(columns)
        let perColumn = (services.count + columns - 1) / columns
        for (k, service) in services.enumerated() {
            let x = column.minX + Double(k / perColumn) * width
            let baseline = y + (Double(k % perColumn) + 0.75) * serviceRow
            list.append(
                .text(
                    engine.line(
                        String(service + 1), x: x + 1.4 * em, y: baseline, size: size, weight: .bold,
                        colour: ServiceMarks.colour, align: .right)))
            list.append(
                .text(
                    engine.line(
                        engine.fitted(town.servicePoints[service].name, width: width - 2.6 * em, size: size),
                        x: x + 1.9 * em, y: baseline, size: size)))
        }
        return y + Double(perColumn) * serviceRow + 0.8 * em
    }

    /// Sources, withheld counts, page number and the mark once more.
    func drawFooter(page: Int, of pages: Int, list: inout DisplayList) {
        let size = max(5.5, 7 * layout.factor)
        let y = layout.footer.maxY - 0.4 * size * TextEngine.millimetresPerPoint
        var left = Text(
            zh: "底色只用于区分相邻单元；界线不作权属依据。", en: "Colours only tell neighbours apart; borders are no title to land.")[
                language]
        if let credit = town.credit { left += credit[language] + (language == .zh ? "。" : ".") }
        if !town.withheld.isEmpty { left += town.withheld.map { $0[language] }.joined(separator: "；") + "。" }
        let right = [town.edition.mark?[language] ?? "", pages > 1 ? "\(page)/\(pages)" : ""]
            .filter { !$0.isEmpty }.joined(separator: "　")
        list.append(.text(engine.line(left, x: layout.footer.minX, y: y, size: size, colour: MapStyle.quiet)))
        list.append(
            .text(
                engine.line(
                    right, x: layout.footer.maxX, y: y, size: size, weight: .bold, colour: MapStyle.accent,
                    align: .right)))
    }
}

/// 图格: squares of the map, named like A1, by which the table finds a unit.
struct Squares {
    let window: Box
    let columns, rows: Int
    var width: Double { window.width / Double(columns) }
    var height: Double { window.height / Double(rows) }

    init(window: Box, factor: Double) {
        self.window = window
        let side = max(38, 85 * factor)
        columns = min(26, max(2, Int((window.width / side).rounded())))
        rows = max(2, Int((window.height / side).rounded()))
    }

    static func letter(_ k: Int) -> String { String(Character(Unicode.Scalar(UInt8(65 + k % 26)))) }

    func name(of p: PlanarPoint) -> String {
        let column = min(max(Int((p.x - window.minX) / width), 0), columns - 1)
        let row = min(max(Int((p.y - window.minY) / height), 0), rows - 1)
        return "\(Self.letter(column))\(row + 1)"
    }
}
