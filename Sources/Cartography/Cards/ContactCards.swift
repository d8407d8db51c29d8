public import GeoGrid

/// 便民联系卡: cards with the people who answer for a unit, ten to an A4 page, and labels for doors.
public struct ContactCards {
    /// 卡片: what one card says.
    public struct Card: Hashable, Sendable {
        /// Where it is for: a grid, a street, a building.
        public var place: String
        public var detail: String
        /// From the nearest to the highest.
        public var chain: [DisclosedTown.Lead]
        public var services: [String]

        /// What the QR code holds: the same words as the card.
        public var text: String {
            ([place, detail] + chain.map { "\($0.role) \($0.name) \($0.phone)" } + services)
                .filter { !$0.isEmpty }.joined(separator: "\n")
        }
    }

    /// 卡片大小.
    public enum Format: String, CaseIterable, Codable, Sendable {
        /// 90 × 54 mm, ten to a page.
        case card
        /// 门牌贴: 95 × 66 mm, eight to a page.
        case door

        var size: (width: Double, height: Double) { self == .card ? (90, 54) : (95, 66) }
        var columns: Int { 2 }
        var rows: Int { self == .card ? 5 : 4 }
    }

    let town: DisclosedTown
    let engine: TextEngine
    let language: Language

    public init(_ town: DisclosedTown, engine: TextEngine, language: Language = .zh) {
        self.town = town
        self.engine = engine
        self.language = language
    }

    /// One card for each unit of a level: grid, or microgrid (household group).
    public func cards(by level: Level) -> [Card] {
        let chain = UnitChain(communities: town.communities, grids: town.grids, microgrids: town.microgrids)
        let layer = town.units(level)
        return (0..<layer.count).map { card(chain.place(of: layer.codes[$0])) }
    }

    /// One label for each numbered building, with the people of the unit its middle lies in. O(buildings · units near).
    public func doorLabels() -> [Card] {
        let chain = UnitChain(communities: town.communities, grids: town.grids, microgrids: town.microgrids)
        let layer = town.microgrids.count > 0 ? town.microgrids : town.grids
        let boxes = (0..<layer.count).map { layer.areas.box(ofFeature: $0) }
        return town.buildings.compactMap { building in
            guard let shell = building.footprint.first?.first, !building.number.isEmpty else { return nil }
            var box = Box.empty
            for p in shell { box.extend(x: p.x, y: p.y) }
            let middle = box.center
            let unit = boxes.indices.first { i in
                boxes[i].contains(x: middle.x, y: middle.y)
                    && CommunityPlates.contains(
                        layer.areas.feature(i).flatMap { $0 }, middle.x, middle.y)
            }
            guard let unit else { return nil }
            var card = card(chain.place(of: layer.codes[unit]))
            card.detail = card.place
            card.place = [building.compound, building.street, building.number].filter { !$0.isEmpty }.joined()
            return card
        }
    }

    private func card(_ place: UnitChain.Place) -> Card {
        var names: [String] = [town.name]
        var leads: [DisclosedTown.Lead] = []
        var parents = [town.county, town.name]
        if let i = place.community {
            names.append(UnitNames.short(town.communities.names[i], within: parents))
            parents.append(town.communities.names[i])
            if let lead = town.communityFacts[i].lead { leads.insert(lead, at: 0) }
        }
        if let i = place.grid {
            names.append(UnitNames.short(town.grids.names[i], within: parents))
            parents.append(town.grids.names[i])
            if let lead = town.gridFacts[i].lead { leads.insert(lead, at: 0) }
        }
        if let i = place.microgrid {
            names.append(UnitNames.short(town.microgrids.names[i], within: parents))
            if let lead = town.microgridFacts[i].lead { leads.insert(lead, at: 0) }
        }
        let services = nearest(place).map { "\($0.kind)：\($0.name)" }
        return Card(place: names.joined(), detail: "", chain: leads, services: services)
    }

    /// The service points of the unit's community, at most two, the nearest first.
    private func nearest(_ place: UnitChain.Place) -> [ServicePoint] {
        let box: Box
        if let i = place.microgrid {
            box = town.microgrids.areas.box(ofFeature: i)
        } else if let i = place.grid {
            box = town.grids.areas.box(ofFeature: i)
        } else {
            return []
        }
        let middle = box.center
        return Array(
            town.servicePoints.sorted {
                ($0.location.distance(to: middle), $0.id) < ($1.location.distance(to: middle), $1.id)
            }.prefix(2))
    }

    /// Lays cards out on A4 pages, cut marks between them. Throws GG610.
    public func pages(_ cards: [Card], format: Format) throws -> [Page] {
        let (width, height) = format.size
        let perPage = format.columns * format.rows
        let left = (210 - Double(format.columns) * width) / 2
        let top = (297 - Double(format.rows) * height) / 2
        var pages: [Page] = []
        for start in stride(from: 0, to: cards.count, by: perPage) {
            var list = DisplayList()
            list.layer(.furniture)
            for (k, card) in cards[start..<min(start + perPage, cards.count)].enumerated() {
                let x = left + Double(k % format.columns) * width
                let y = top + Double(k / format.columns) * height
                try draw(
                    card, in: Box(minX: x, minY: y, maxX: x + width, maxY: y + height), format: format, list: &list)
            }
            for column in 0...format.columns {
                let x = left + Double(column) * width
                for (a, b) in [(top - 6, top - 1), (297 - top + 1, 297 - top + 6)] {
                    list.stroke(.line(x, a, x, b), Stroke(MapStyle.quiet, 0.1))
                }
            }
            for row in 0...format.rows {
                let y = top + Double(row) * height
                for (a, b) in [(left - 6, left - 1), (210 - left + 1, 210 - left + 6)] {
                    list.stroke(.line(a, y, b, y), Stroke(MapStyle.quiet, 0.1))
                }
            }
            let number = pages.count + 1
            pages.append(
                Page(
                    width: 210, height: 297, list: list, bookmark: .init(cards[start].place), label: String(number)))
        }
        return pages
    }

    private func draw(_ card: Card, in box: Box, format: Format, list: inout DisplayList) throws {
        let inner = box.expanded(by: -4.5)
        list.stroke(.rectangle(box), Stroke(MapStyle.rule, 0.08))
        list.fill(
            .rectangle(Box(minX: box.minX, minY: box.minY, maxX: box.minX + 1.6, maxY: box.maxY)), MapStyle.accent)
        let side = format == .door ? 26.0 : card.chain.count > 2 ? 18 : 21
        let code = Box(
            minX: inner.maxX - side, minY: inner.maxY - side, maxX: inner.maxX, maxY: inner.maxY)
        list.fill(try QRCode(card.text).outline(in: code), .black)
        let title = format == .card ? Text(zh: "便民联系卡", en: "Who to call")[language] : card.place
        let big = format == .card ? 11.0 : 17
        list.append(
            .text(
                engine.line(
                    engine.fitted(title, width: inner.width, size: big, weight: .bold), x: inner.minX,
                    y: inner.minY + big * 0.32, size: big, weight: .bold, colour: MapStyle.accent)))
        var y = inner.minY + big * 0.32 + 5.2
        let under = format == .card ? card.place : card.detail
        for line in engine.wrapped(under, width: inner.width, size: 8.5, weight: .bold).prefix(2) {
            list.append(.text(engine.line(line, x: inner.minX, y: y, size: 8.5, weight: .bold)))
            y += 4
        }
        let room = inner.width - side - 2
        // Phones are what a card is for: the chain runs over the whole width, above the code.
        for lead in card.chain {
            let baseline = y + 1.6
            list.append(
                .text(
                    engine.line(
                        engine.fitted(lead.role, width: inner.width * 0.26, size: 7), x: inner.minX, y: baseline,
                        size: 7,
                        colour: MapStyle.quiet)))
            list.append(
                .text(
                    engine.line(
                        engine.fitted(lead.name, width: inner.width * 0.28, size: 11, weight: .bold),
                        x: inner.minX + inner.width * 0.28, y: baseline, size: 11, weight: .bold)))
            if !lead.phone.isEmpty {
                list.append(
                    .text(
                        engine.line(lead.phone, x: inner.maxX, y: baseline, size: 12, weight: .bold, align: .right)))
            }
            y += 5.3
        }
        y = max(y, inner.maxY - 5.6)
        for service in card.services.prefix(2) where y <= inner.maxY + 0.5 {
            list.append(
                .text(
                    engine.line(
                        engine.fitted(service, width: room, size: 6), x: inner.minX, y: y, size: 6,
                        colour: MapStyle.quiet)))
            y += 3
        }
    }
}
