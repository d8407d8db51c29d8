public import GeoGrid

extension SheetSpecification {
    /// 台账图: ledgers on a quiet map.
    public static func ledgers(_ town: DisclosedTown, _ ledgers: [DisclosedLedger]) -> SheetSpecification {
        func joined(_ part: (Text) -> String, _ mark: String) -> String {
            ledgers.map { part($0.title) }.joined(separator: mark)
        }
        var sheet = SheetSpecification(
            title: Text(
                zh: "\(town.county)\(town.name)\(joined(\.zh, "、"))"
                    + (ledgers.allSatisfy { $0.heat != nil } ? "热度图" : "分布图"),
                en: "\(town.name), \(town.county): \(joined(\.en, ", "))"),
            elements: [.unitLabels, .communityPlates, .streetNames, .summary])
        sheet.base = .grey
        sheet.fill = .none
        for ledger in ledgers { sheet.add(ledger) }
        return sheet
    }

    /// 关爱人员台账: the symbols of the wall map; what an edition keeps off the map are counts by grid.
    public mutating func showCare(_ town: DisclosedTown) {
        elements.insert(.careSymbols)
        if town.careSymbols.isEmpty {
            add(heat: town.gridFacts.map(\.care), of: Text(zh: "关爱对象", en: "care residents"), unit: "人")
        }
        if ledgers.isEmpty {
            title.zh = title.zh.prefix { $0 != "热" } + (town.careSymbols.isEmpty ? "关爱对象热度图" : "关爱对象分布图")
            title.en += "care residents"
        }
    }

    /// Draws a ledger on the sheet: as symbols, areas, or, where the edition shows counts alone, as heat by grid.
    public mutating func add(_ ledger: DisclosedLedger) {
        ledgers.append(ledger)
        if let heat = ledger.heat { add(heat: heat, of: ledger.title) }
        if !ledger.areas.isEmpty { add(areas: ledger) }
        let lines = RiskColour.allCases.compactMap { colour in
            ledger.meanings[colour].map { meaning in
                let line = "\(MapStyle.character(colour))：\(meaning)"
                return Text(zh: line, en: line)
            }
        }
        if !lines.isEmpty, ledger.marks.contains(where: { $0.colour != nil }) {
            notes.append(
                Note(title: Text(zh: "\(ledger.title.zh)颜色含义", en: "Colours of \(ledger.title.en)"), lines: lines))
        }
    }

    /// 热度: classes of counts by grid, 1–4 first (which the public edition does not tell apart), then doubling.
    private mutating func add(heat: [Tally], of title: Text, unit: String = "件") {
        guard case .none = fill else { return }
        let most = heat.compactMap(\.value).max() ?? 0
        var lower = [1]
        while let last = lower.last, (last == 1 ? 5 : 2 * last) <= most, lower.count < Self.heat.count {
            lower.append(last == 1 ? 5 : 2 * last)
        }
        let hides = heat.contains(.hidden)
        let first = classes.count
        for (k, from) in lower.enumerated() {
            let to = k + 1 < lower.count ? lower[k + 1] - 1 : nil
            let range = to.map { "\(from)–\($0)" } ?? "≥ \(from)"
            classes.append(
                LegendClass(Self.heat[k], Text(zh: "\(title.zh) \(range) \(unit)", en: "\(range) \(title.en)")))
        }
        if hides {
            classes.append(LegendClass(Colour(0xe6e6e6), Text(zh: "数目不公开", en: "number not shown")))
        }
        let hidden = classes.count - 1
        fill = .classes(
            .grid,
            heat.map { tally in
                switch tally {
                case .exact(0): nil
                case .exact(let count): first + (lower.lastIndex { $0 <= count } ?? 0)
                case .fewer: first
                case .hidden: hidden
                }
            })
        details = heat.map { $0 == .exact(0) ? "" : $0.text + unit }
    }

    /// Pale to strong, one hue, equal steps in lightness.
    private static let heat = [
        Colour(0xfdebd0), Colour(0xf9cf9c), Colour(0xf0a868), Colour(0xdd7b45), Colour(0xb9502f), Colour(0x8a2f23),
    ]

    private mutating func add(areas ledger: DisclosedLedger) {
        var position: [String: Int] = [:]
        for kind in Set(ledger.areas.map(\.kind)).sorted() {
            position[kind] = classes.count
            let words =
                kind.isEmpty ? ledger.title : Text(zh: "\(ledger.title.zh)：\(kind)", en: "\(ledger.title.en): \(kind)")
            classes.append(LegendClass(Self.areaColours[position.count % Self.areaColours.count], words))
        }
        overlays += ledger.areas.map { Overlay(rings: $0.rings, legend: position[$0.kind]!, opacity: 0.45) }
        notes.append(Note(title: ledger.title, lines: ledger.areas.map { Text(zh: $0.detail, en: $0.detail) }))
    }

    private static let areaColours = [Colour(0x6a2c91), Colour(0x0f6b5c), Colour(0x8a4b00), Colour(0x1d4e9e)]
}
