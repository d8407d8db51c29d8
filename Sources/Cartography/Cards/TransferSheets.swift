public import GeoGrid

/// 一户一策: one A4 page a household that must leave: where to, with whom, by which streets, and a map of the way.
///
/// Names and telephones stand on it, so it takes the operational edition only.
public struct TransferSheets {
    /// 转移户: what one page says.
    public struct Entry: Hashable, Sendable {
        public var household = ""
        public var head = ""
        public var phone = ""
        public var address = ""
        public var persons = 0
        /// 需要帮助.
        public var helpless = 0
        public var home: PlanarPoint
        /// Nil where there is no way or no room; then `reason` says why.
        public var shelter: String?
        public var reason = ""
        public var minutes = 0.0
        public var metres = 0.0
        /// Door to door, town metres.
        public var route: [PlanarPoint] = []
        /// Streets in their order.
        public var streets: [Street] = []
        public var escort = ""
        public var escortPhone = ""

        public init(home: PlanarPoint) { self.home = home }
    }

    /// 路段: a street and how far along it.
    public struct Street: Hashable, Sendable {
        public var name: String
        public var metres: Double

        public init(name: String, metres: Double) {
            self.name = name
            self.metres = metres
        }
    }

    let town: DisclosedTown
    /// 危险区, rings in town metres.
    let zone: [[PlanarPoint]]
    let engine: TextEngine
    let language: Language

    /// Precondition: the operational edition.
    public init(_ town: DisclosedTown, zone: [[PlanarPoint]], engine: TextEngine, language: Language = .zh) {
        precondition(town.edition == .operational, "names of residents belong to the operational edition")
        self.town = town
        self.zone = zone
        self.engine = engine
        self.language = language
    }

    /// One page an entry, in their order. O(entries · roads near).
    public func pages(_ entries: [Entry]) -> [Page] {
        entries.enumerated().map { number, entry in
            var list = DisplayList()
            list.layer(.base)
            drawMap(entry, in: Box(minX: 15, minY: 128, maxX: 195, maxY: 276), &list)
            list.layer(.furniture)
            drawHead(entry, number: number + 1, of: entries.count, &list)
            drawFacts(entry, &list)
            drawStreets(entry, in: Box(minX: 112, minY: 40, maxX: 195, maxY: 122), &list)
            drawFoot(&list)
            return Page(
                width: 210, height: 297, list: list, bookmark: .init("\(entry.household) \(entry.head)"),
                label: String(number + 1))
        }
    }

    private func drawHead(_ entry: Entry, number: Int, of count: Int, _ list: inout DisplayList) {
        let title = Text(zh: "转移避险明白卡 一户一策", en: "Leaving the danger zone")[language]
        list.fill(.rectangle(Box(minX: 15, minY: 13, maxX: 195, maxY: 14.2)), MapStyle.accent)
        put(title, 15, 23, 20, .bold, MapStyle.accent, &list)
        put("\(town.county)\(town.name)", 15, 30.5, 10, .regular, MapStyle.quiet, &list)
        let mark = "\(town.edition.mark?[language] ?? "")  \(number)/\(count)"
        list.append(.text(engine.line(mark, x: 195, y: 23, size: 9, colour: MapStyle.accent, align: .right)))
    }

    private func drawFacts(_ entry: Entry, _ list: inout DisplayList) {
        let help = entry.helpless > 0 ? Text(zh: "，\(entry.helpless) 人需帮助", en: ", \(entry.helpless) need help") : nil
        let rows: [(Text, String)] = [
            (Text(zh: "户", en: "Household"), "\(entry.head)（\(entry.household)）"),
            (Text(zh: "地址", en: "Address"), entry.address), (Text(zh: "电话", en: "Telephone"), entry.phone),
            (
                Text(zh: "人数", en: "People"),
                Text(zh: "\(entry.persons) 人", en: "\(entry.persons)")[language] + (help?[language] ?? "")
            ),
            (Text(zh: "去处", en: "Go to"), entry.shelter ?? entry.reason),
            (
                Text(zh: "路程", en: "Way"),
                entry.shelter == nil
                    ? ""
                    : Text(
                        zh: "步行 \(Int(entry.metres.rounded())) 米，约 \(Int(entry.minutes.rounded(.up))) 分钟",
                        en: "\(Int(entry.metres.rounded())) m on foot, about \(Int(entry.minutes.rounded(.up))) minutes"
                    )[
                        language]
            ),
            (
                Text(zh: "接送人", en: "Escort"),
                [entry.escort, entry.escortPhone].filter { !$0.isEmpty }.joined(separator: "  ")
            ),
        ]
        var y = 44.0
        for (k, row) in rows.enumerated() where !row.1.isEmpty {
            let strong = k == 0 || k == 4
            put(row.0[language], 15, y, 9, .regular, MapStyle.quiet, &list)
            let size = strong ? 13.0 : 11
            for line in engine.wrapped(row.1, width: 70, size: size, weight: strong ? .bold : .regular).prefix(3) {
                put(line, 36, y, size, strong ? .bold : .regular, .ink, &list)
                y += size * 0.5
            }
            y += 4
        }
    }

    private func drawStreets(_ entry: Entry, in box: Box, _ list: inout DisplayList) {
        guard !entry.streets.isEmpty else { return }
        put(Text(zh: "怎么走", en: "The way")[language], box.minX, 44, 9, .regular, MapStyle.quiet, &list)
        var y = 51.0
        for (k, street) in entry.streets.prefix(12).enumerated() {
            let metres = Text(zh: "\(Int(street.metres.rounded())) 米", en: "\(Int(street.metres.rounded())) m")
            put("\(k + 1)", box.minX, y, 9, .regular, MapStyle.quiet, &list)
            put(engine.fitted(street.name, width: 54, size: 11), box.minX + 7, y, 11, .regular, .ink, &list)
            list.append(.text(engine.line(metres[language], x: box.maxX, y: y, size: 10, align: .right)))
            y += 6
        }
        let rest = entry.streets.count - 12
        if rest > 0 {
            put(
                Text(zh: "……另 \(rest) 段", en: "… \(rest) more")[language], box.minX + 7, y, 9, .regular, MapStyle.quiet,
                &list)
        }
    }

    private func drawMap(_ entry: Entry, in box: Box, _ list: inout DisplayList) {
        var extent = Box.empty
        for p in entry.route + [entry.home] { extent.extend(x: p.x, y: p.y) }
        if entry.route.isEmpty { for ring in zone { for p in ring { extent.extend(x: p.x, y: p.y) } } }
        let frame = MapFrame(box: box, showing: extent.expanded(by: 40), margin: 6)
        let ground = frame.ground
        func isNear(_ points: [PlanarPoint]) -> Bool {
            points.reduce(into: Box.empty) { $0.extend(x: $1.x, y: $1.y) }.intersects(ground)
        }
        list.fill(.rectangle(box), MapStyle.paper)
        list.clipped(to: .rectangle(box)) { list in
            for water in town.waters {
                let paths = water.parts.flatMap { $0 }.filter(isNear)
                guard !paths.isEmpty else { continue }
                let isArea = water.kind == .polygon || water.kind == .multiPolygon
                let outline = frame.outline(paths, closed: isArea)
                list.draw(outline, fill: isArea ? MapStyle.water : nil, stroke: Stroke(MapStyle.waterEdge, 0.25))
            }
            for building in town.buildings {
                let paths = building.footprint.flatMap { $0 }
                if let shell = paths.first, isNear(shell) {
                    list.fill(frame.outline(paths, closed: true), MapStyle.building)
                }
            }
            for kind in MapStyle.roadOrder {
                let lines = town.roads.filter { $0.roadClass == kind }.flatMap(\.lines).filter(isNear)
                guard !lines.isEmpty else { continue }
                let outline = frame.outline(lines, closed: false)
                let width = max(0.8, MapStyle.width(kind).fill)
                list.stroke(outline, Stroke(MapStyle.roadCasing, width + 0.3, cap: .round))
                list.stroke(outline, Stroke(MapStyle.road, width, cap: .round))
            }
            list.draw(
                frame.outline(zone, closed: true), fill: Colour(0xa02a1e, opacity: 0.16),
                stroke: Stroke(MapStyle.accent, 0.5, dash: [2, 1]))
            if entry.route.count > 1 {
                let way = frame.outline([entry.route], closed: false)
                list.stroke(way, Stroke(.white, 2.2, cap: .round))
                list.stroke(way, Stroke(Colour(0x0b5a3c), 1.3, cap: .round))
            }
            let home = frame.page(entry.home)
            list.draw(.circle(x: home.x, y: home.y, radius: 2), fill: MapStyle.accent, stroke: Stroke(.white, 0.4))
            if let end = entry.route.last, entry.shelter != nil {
                let p = frame.page(end)
                let square = Box(minX: p.x - 2.4, minY: p.y - 2.4, maxX: p.x + 2.4, maxY: p.y + 2.4)
                list.draw(.rectangle(square), fill: Colour(0x0b5a3c), stroke: Stroke(.white, 0.4))
            }
            label(entry, frame, &list)
        }
        list.stroke(.rectangle(box), Stroke(MapStyle.rule, 0.2))
        _ = ScaleBar.draw(
            denominator: frame.denominator,
            in: Box(minX: box.minX + 4, minY: box.maxY + 2, maxX: box.minX + 90, maxY: box.maxY + 14), size: 6,
            list: &list, engine: engine)
    }

    /// Names of the home, the shelter and the streets walked, in white borders.
    private func label(_ entry: Entry, _ frame: MapFrame, _ list: inout DisplayList) {
        func name(_ text: String, at p: PlanarPoint, size: Double) {
            let width = engine.width(text, size, .bold)
            let x = min(max(p.x + 3.4, frame.box.minX + 1), frame.box.maxX - width - 1)
            let y = min(max(p.y - 2.6, frame.box.minY + 5), frame.box.maxY - 2)
            list.append(.text(engine.line(text, x: x, y: y, size: size, weight: .bold, halo: 0.7)))
        }
        name(entry.head.isEmpty ? entry.household : entry.head, at: frame.page(entry.home), size: 9)
        if let shelter = entry.shelter, let end = entry.route.last { name(shelter, at: frame.page(end), size: 9) }
    }

    private func drawFoot(_ list: inout DisplayList) {
        let words = Text(
            zh: "路线出危险区后不再进入，过河只走桥。接到通知立即转移，先帮需要帮助的人。\(town.day)",
            en:
                "The way does not enter the zone again and crosses water on bridges. Leave at once when told. \(town.day)"
        )
        list.append(
            .text(engine.line(words[language], x: 195, y: 287, size: 7.5, colour: MapStyle.quiet, align: .right)))
    }

    private func put(
        _ text: String, _ x: Double, _ y: Double, _ size: Double, _ weight: Inscription.Weight, _ colour: Colour,
        _ list: inout DisplayList
    ) {
        list.append(.text(engine.line(text, x: x, y: y, size: size, weight: weight, colour: colour)))
    }
}
