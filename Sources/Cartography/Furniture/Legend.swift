import GeoGrid

/// 图例: a sample and words for everything that is on the page, and for nothing else.
struct Legend {
    enum Sample: Hashable {
        case area(Colour, edge: Colour?)
        case patches([Colour])
        case line([Stroke])
        /// On a patch of ground: a white lane is not seen on white paper.
        case road([Stroke])
        case symbol(SymbolStyle)
        case cluster(Colour)
        case badge(String)
        case number(String, Double)
        case label(name: String, detail: String)
        case service(Int)
        case risk(RiskColour)
        case dot(Colour)
        case hatch
    }

    private(set) var entries: [(sample: Sample, text: Text)] = []

    mutating func add(_ sample: Sample, _ zh: String, _ en: String) {
        add(sample, Text(zh: zh, en: en))
    }

    mutating func add(_ sample: Sample, _ text: Text) {
        if !entries.contains(where: { $0.text == text }) { entries.append((sample, text)) }
    }

    /// Draws the entries from the top of a box, in the number of columns that needs the least height; returns the
    /// height used. Words that are too long for their column are broken, never cut.
    func draw(in box: Box, size: Double, language: Language, list: inout DisplayList, engine: TextEngine) -> Double {
        let em = size * TextEngine.millimetresPerPoint
        let swatch = 3.6 * em
        let arrangements = (1...4).compactMap { columns -> Arrangement? in
            let width = box.width / Double(columns)
            guard columns == 1 || width - swatch - 1.6 * em >= 7 * em else { return nil }
            return Arrangement(self, columns: columns, width: width, swatch: swatch, size, language, engine)
        }
        guard let chosen = arrangements.min(by: { $0.height < $1.height - 0.01 }) else { return 0 }
        for (column, range) in chosen.ranges.enumerated() {
            let x = box.minX + Double(column) * chosen.width
            var y = box.minY
            for i in range {
                let (block, height) = (chosen.blocks[i], chosen.heights[i])
                let middle = y + height / 2
                draw(
                    entries[i].sample, Box(minX: x, minY: middle - 0.7 * em, maxX: x + swatch, maxY: middle + 0.7 * em),
                    size, &list, engine)
                var baseline = middle + 0.36 * em - Double(block.count - 1) * 0.6 * em
                for line in block {
                    list.append(.text(engine.line(line, x: x + swatch + 0.9 * em, y: baseline, size: size)))
                    baseline += 1.2 * em
                }
                y += height
            }
        }
        return chosen.height
    }

    /// The entries broken into so many columns.
    private struct Arrangement {
        let width: Double
        let blocks: [[String]]
        let heights: [Double]
        let ranges: [Range<Int>]
        let height: Double

        init(
            _ legend: Legend, columns: Int, width: Double, swatch: Double, _ size: Double, _ language: Language,
            _ engine: TextEngine
        ) {
            let em = size * TextEngine.millimetresPerPoint
            let blocks = legend.entries.map {
                engine.wrapped($0.text[language], width: width - swatch - 1.6 * em, size: size)
            }
            let heights = blocks.map { max(1.8 * em, Double($0.count) * 1.2 * em + 0.5 * em) }
            // The lowest height at which filling column after column leaves nothing over.
            func ranges(_ limit: Double) -> [Range<Int>] {
                var found: [Range<Int>] = []
                var (start, used) = (0, 0.0)
                for (i, height) in heights.enumerated() {
                    if i > start, used + height > limit + 1e-9 {
                        found.append(start..<i)
                        (start, used) = (i, 0)
                    }
                    used += height
                }
                return heights.isEmpty ? [] : found + [start..<heights.count]
            }
            var limit = heights.reduce(0, +) / Double(columns)
            while ranges(limit).count > columns { limit += 0.3 * em }
            self.width = width
            self.blocks = blocks
            self.heights = heights
            self.ranges = ranges(limit)
            height = self.ranges.map { $0.reduce(0) { $0 + heights[$1] } }.max() ?? 0
        }
    }

    private func draw(
        _ sample: Sample, _ box: Box, _ size: Double, _ list: inout DisplayList, _ engine: TextEngine
    ) {
        let centre = box.center
        switch sample {
        case .area(let fill, let edge):
            list.draw(
                .rectangle(box.expanded(by: -0.1)), fill: fill,
                stroke: Stroke(edge ?? MapStyle.grid, edge == nil ? 0.1 : 0.25))
        case .patches(let colours):
            let step = box.width / Double(max(colours.count, 1))
            for (i, colour) in colours.enumerated() {
                let x = box.minX + Double(i) * step
                list.fill(.rectangle(Box(minX: x, minY: box.minY, maxX: x + step, maxY: box.maxY)), colour)
            }
            list.stroke(.rectangle(box), Stroke(MapStyle.grid, 0.1))
        case .line(let strokes):
            for stroke in strokes { list.stroke(.line(box.minX, centre.y, box.maxX, centre.y), stroke) }
        case .road(let strokes):
            list.fill(.rectangle(box.expanded(by: -0.1)), MapStyle.ground)
            for stroke in strokes { list.stroke(.line(box.minX + 0.1, centre.y, box.maxX - 0.1, centre.y), stroke) }
        case .symbol(let style):
            style.draw(
                at: centre, size: min(2.78, box.height + 0.18) + (style.plated ? 0.6 : 0), subject: nil, list: &list,
                engine: engine)
        case .cluster(let colour):
            list.fill(.circle(x: centre.x, y: centre.y, radius: 1.4), colour)
            list.append(
                .text(engine.centred("3", x: centre.x, y: centre.y, size: 5.5, weight: .bold, colour: .white)))
        case .badge(let text):
            list.draw(
                .circle(x: centre.x, y: centre.y, radius: 1.7), fill: .white, stroke: Stroke(MapStyle.grid, 0.12))
            list.append(.text(engine.centred(text, x: centre.x, y: centre.y, size: 5.6, weight: .bold)))
        case .number(let text, let points):
            list.append(
                .text(engine.centred(text, x: centre.x, y: centre.y, size: points, colour: MapStyle.microgridNumber)))
        case .label(let name, let detail):
            let em = size * TextEngine.millimetresPerPoint
            list.append(
                .text(
                    engine.centred(name, x: centre.x, y: centre.y - 0.42 * em, size: size * 0.74, weight: .bold)))
            list.append(.text(engine.centred(detail, x: centre.x, y: centre.y + 0.48 * em, size: size * 0.62)))
        case .service(let number):
            ServiceMarks.draw(number, at: centre, size: box.height, subject: nil, list: &list, engine: engine)
        case .risk(let colour):
            RiskMarks.draw(colour, at: centre, size: min(2.8, box.height), subject: nil, list: &list, engine: engine)
        case .hatch:
            list.stroke(.hatching(box.expanded(by: -0.1), spacing: 1.1), MapStyle.hatching)
            list.stroke(.rectangle(box.expanded(by: -0.1)), Stroke(MapStyle.grid, 0.1))
        case .dot(let colour):
            list.draw(.circle(x: centre.x, y: centre.y, radius: 0.8), fill: colour, stroke: Stroke(.white, 0.12))
        }
    }
}

/// 服务点符号: a numbered house sign; the number leads to the list beside the map.
enum ServiceMarks {
    static let colour = Colour(0xc8102e)

    static func draw(
        _ number: Int, at p: PlanarPoint, size: Double, subject: Subject?, list: inout DisplayList, engine: TextEngine
    ) {
        let r = size / 2
        var sign = Outline()
        sign.move(p.x, p.y - r)
        sign.line(p.x + r, p.y - 0.42 * r)
        sign.line(p.x + r, p.y + r)
        sign.line(p.x - r, p.y + r)
        sign.line(p.x - r, p.y - 0.42 * r)
        sign.close()
        list.draw(sign, fill: colour, stroke: Stroke(.white, 0.2), subject: subject)
        list.append(
            .text(
                engine.centred(
                    String(number), x: p.x, y: p.y + 0.2 * r, size: max(5.5, size * 1.5), weight: .bold, colour: .white,
                    subject: subject)))
    }
}

/// 风险符号: a disc of the risk's colour with as many ticks as its rank, so that gray copies still tell.
enum RiskMarks {
    static func draw(
        _ risk: RiskColour, at p: PlanarPoint, size: Double, subject: Subject?, list: inout DisplayList,
        engine: TextEngine
    ) {
        let colour = MapStyle.colour(risk)
        list.draw(
            .circle(x: p.x, y: p.y, radius: size / 2 - 0.09), fill: colour, stroke: Stroke(.white, 0.18),
            subject: subject)
        let dark = risk == .yellow || risk == .orange
        list.append(
            .text(
                engine.centred(
                    MapStyle.character(risk), x: p.x, y: p.y, size: max(5.5, size * 2), weight: .bold,
                    colour: dark ? Colour(0x2a1a00) : .white, subject: subject)))
    }
}
