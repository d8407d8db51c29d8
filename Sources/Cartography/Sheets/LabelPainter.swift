import GeoGrid

/// 注记与符号: places everything that takes room of its own on the map, most important first, and reports how it went.
///
/// Order: service points (they do not move), community plates, unit labels from the smallest unit up, leaders for those
/// without room, care and risk symbols, street names, names of places, building numbers, microgrid numbers.
struct LabelPainter {
    let painter: MapPainter
    let engine: TextEngine
    let language: Language
    let sizes: UnitLabel.Sizes
    /// Points; community plates.
    let plateSize: Double
    let factor: Double

    var town: DisclosedTown { painter.town }
    var cache: MapCache { painter.cache }
    var specification: SheetSpecification { painter.specification }
    var frame: MapFrame { painter.frame }

    struct Outcome {
        var symbols = DisplayList()
        var labels = DisplayList()
        var report = PlacementReport()
        /// Where each unit of the labelled level is named, by position in its layer.
        var anchors: [Int: PlanarPoint] = [:]
        /// Communities without room for a plate, named by leaders as well.
        var waiting: [LeaderLabels.Item] = []
        /// Service points on the page, by position in the town's list.
        var services: [Int] = []
    }

    /// Units of the labelled level that belong to the focus.
    func focusUnits() -> [Int] {
        let level = specification.labelLevel
        let layer = town.units(level)
        switch specification.focus {
        case .town: return Array(0..<layer.count)
        case .community(let code):
            guard let community = town.communities.codes.firstIndex(of: code) else { return [] }
            return level == .grid
                ? cache.chain.gridsByCommunity[community]
                : cache.chain.gridsByCommunity[community].flatMap { cache.chain.microgridsByGrid[$0] }
        case .grid(let code):
            guard let grid = town.grids.codes.firstIndex(of: code) else { return [] }
            return level == .grid ? [grid] : cache.chain.microgridsByGrid[grid]
        }
    }

    /// - Parameter reserved: boxes of the map that something else covers.
    func place(legend: inout Legend, reserved: [Box] = []) -> Outcome {
        var outcome = Outcome()
        var taken = PlacedBoxes(window: frame.box)
        for box in reserved { taken.insert(box) }
        let units = focusUnits()
        placeServices(&outcome, &taken, &legend, reserved)
        placePlates(&outcome, &taken)
        placeUnits(units, &outcome, &taken, &legend)
        placeRegions(&outcome, &taken)
        placeCare(&outcome, &taken, &legend)
        placeMembers(&outcome, &taken, &legend)
        placeRisks(&outcome, &taken, &legend)
        placeLedgers(&outcome, &taken, &legend)
        placeNeighbours(&outcome, &taken)
        placeWaterNames(&outcome, &taken)
        placeStreets(&outcome, &taken)
        placePlaces(&outcome, &taken)
        placeBuildingNumbers(&outcome, &taken)
        placeMicrogridNumbers(units, &outcome, &taken, &legend)
        placePoints(&outcome, &legend)
        return outcome
    }

    private func placeServices(
        _ outcome: inout Outcome, _ taken: inout PlacedBoxes, _ legend: inout Legend, _ reserved: [Box]
    ) {
        guard specification.elements.contains(.servicePoints) else { return }
        let size = max(3.4, 4.6 * factor)
        for (i, service) in town.servicePoints.enumerated() {
            let p = frame.page(service.location)
            let box = Box(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y).expanded(by: size / 2 + 0.1)
            guard frame.box.contains(x: box.minX, y: box.minY), frame.box.contains(x: box.maxX, y: box.maxY),
                !reserved.contains(where: { $0.intersects(box) })
            else { continue }
            // Two services in one house share a place: the second stands beside the first.
            var at = p
            for k in 0..<24
            where !taken.isFree(Box(minX: at.x, minY: at.y, maxX: at.x, maxY: at.y).expanded(by: size / 2)) {
                let ring = 1 + k / 8
                let (dx, dy) = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1)][k % 8]
                at = PlanarPoint(
                    x: p.x + Double(dx * ring) * (size + 0.3), y: p.y + Double(dy * ring) * (size + 0.3))
            }
            if at != p { outcome.symbols.stroke(.line(p.x, p.y, at.x, at.y), Stroke(ServiceMarks.colour, 0.15)) }
            ServiceMarks.draw(
                i + 1, at: at, size: size, subject: Subject(.service, service.id), list: &outcome.symbols,
                engine: engine)
            taken.insert(Box(minX: at.x, minY: at.y, maxX: at.x, maxY: at.y).expanded(by: size / 2 + 0.15))
            outcome.services.append(i)
        }
        if let first = outcome.services.first {
            legend.add(.service(first + 1), "服务点（编号见服务点表）", "service point, by number in the list")
        }
    }

    private func placeUnits(
        _ units: [Int], _ outcome: inout Outcome, _ taken: inout PlacedBoxes, _ legend: inout Legend
    ) {
        guard specification.elements.contains(.unitLabels) else { return }
        let level = specification.labelLevel
        let kind: Subject.Kind = level == .grid ? .grid : level == .microgrid ? .microgrid : .community
        let layer = town.units(level)
        let facts = town.facts(level)
        let avoid = symbolPoints()
        var placer = UnitLabelPlacer()
        placer.padding = 0.5
        let requests = units.map { unit in
            request(unit, layer: layer, facts: facts[unit])
        }
        let order = requests.indices.sorted { (requests[$0].area, $0) < (requests[$1].area, $1) }
        var tiers = [PlacementReport.Tier](repeating: .none, count: units.count)
        var homeless: [Int] = []
        for k in order {
            let unit = units[k]
            if let found = placer.place(requests[k], taken: taken, avoid: points(avoid, in: requests[k])) {
                let box = UnitLabel.draw(
                    found.form, at: found.centre, subject: Subject(kind, layer.codes[unit]), halo: 0.4,
                    into: &outcome.labels, engine: engine)
                taken.insert(box.expanded(by: 0.3))
                tiers[k] = found.form.tier
                outcome.anchors[unit] = found.centre
            } else {
                homeless.append(k)
            }
        }
        let feet = placeLeaders(
            homeless.map { .init(unit: requests[$0], subject: Subject(kind, layer.codes[units[$0]])) }, &outcome, &taken
        )
        for (k, foot) in zip(homeless, feet) where foot != nil {
            tiers[k] = .leader
            outcome.anchors[units[k]] = foot
        }
        for (k, unit) in units.enumerated() {
            outcome.report.entries.append(
                .init(level: level, code: layer.codes[unit], name: layer.names[unit], tier: tiers[k]))
        }
        let shown = Set(tiers)
        if shown.contains(.full) || shown.contains(.small) {
            let detail =
                specification.details == nil ? Text(zh: "、人口", en: ", persons") : Text(zh: "、数值", en: ", figure")
            legend.add(
                .label(name: town.levelNames[level].zh, detail: "姓名 人口"),
                "\(town.levelNames[level].zh)名、负责人\(detail.zh)", "name, lead\(detail.en)")
        }
        if shown.contains(.badge) || shown.contains(.smallBadge) {
            legend.add(.badge("7"), "\(town.levelNames[level].zh)编号", "\(town.levelNames[level].en) number")
        }
    }

    private func request(_ unit: Int, layer: UnitLayer, facts: DisclosedTown.Facts) -> UnitLabelPlacer.Unit {
        let parents: [String]
        switch layer.level {
        case .grid:
            let community = cache.chain.communityOfGrid[unit]
            parents = [town.county, town.name, community.map { town.communities.names[$0] } ?? ""]
        case .microgrid:
            let grid = cache.chain.gridOfMicrogrid[unit]
            let community = grid.flatMap { cache.chain.communityOfGrid[$0] }
            parents = [
                town.county, town.name, community.map { town.communities.names[$0] } ?? "",
                grid.map { town.grids.names[$0] } ?? "",
            ]
        default: parents = [town.county, town.name]
        }
        let name = UnitNames.short(layer.names[unit], within: parents)
        let people: String
        if let details = specification.details {
            people = unit < details.count ? details[unit] : ""
        } else {
            people = facts.persons == .exact(0) ? "" : facts.persons.text + (language == .zh ? "人" : "")
        }
        let lead = facts.lead?.name ?? ""
        let whole = UnitNames.short(layer.names[unit], within: [town.county, town.name])
        return UnitLabelPlacer.Unit(
            code: layer.codes[unit], rings: frame.rings(unit, of: layer.areas),
            forms: UnitLabel.forms(
                name: name,
                number: UnitNames.number(name: name, code: layer.codes[unit], parent: layer.parentCodes[unit]),
                lead: lead, detail: people, sizes: sizes, engine: engine),
            marginForms: UnitLabel.margin(
                name: whole == name ? parents.dropFirst(2).joined() + name : whole, lead: lead, detail: people,
                sizes: sizes, engine: engine))
    }

    /// Names units without room of their own from the paper around the focus; for each the foot of its line, nil where
    /// none finds a way.
    func placeLeaders(
        _ items: [LeaderLabels.Item], _ outcome: inout Outcome, _ taken: inout PlacedBoxes
    ) -> [PlanarPoint?] {
        let all = items + outcome.waiting
        guard !all.isEmpty else { return [] }
        var rings: [[PlanarPoint]] = []
        if let focus = painter.focus() {
            rings = frame.rings(focus.index, of: focus.layer.areas)
        } else {
            for layer in [town.communities, town.grids] {
                rings += (0..<layer.count).flatMap { frame.rings($0, of: layer.areas) }
            }
        }
        // Clear of the border and the glow around it.
        let gap = painter.focus() == nil ? 4.7 * painter.lineFactor : 2
        let leaders = LeaderLabels(frame: frame.box, rings: rings, gap: gap, taken: taken, engine: engine)
        let feet = leaders.place(all, taken: &taken, list: &outcome.labels)
        for (item, foot) in zip(outcome.waiting, feet[items.count...]) where foot != nil {
            outcome.report.name(item.unit.code, .community, by: .leader)
        }
        outcome.waiting = []
        return Array(feet[..<items.count])
    }

    /// Points of symbols, which labels should leave open where they can.
    private func symbolPoints() -> [PlanarPoint] {
        var points: [PlanarPoint] = []
        if specification.elements.contains(.careSymbols) { points += town.careSymbols.map { frame.page($0.location) } }
        if specification.elements.contains(.riskSymbols) { points += town.riskSymbols.map { frame.page($0.location) } }
        for ledger in specification.ledgers { points += ledger.marks.map { frame.page($0.location) } }
        return points
    }

    private func points(_ all: [PlanarPoint], in unit: UnitLabelPlacer.Unit) -> [PlanarPoint] {
        var box = Box.empty
        for ring in unit.rings { for p in ring { box.extend(x: p.x, y: p.y) } }
        return all.filter { box.contains(x: $0.x, y: $0.y) }
    }
}
