import Foundation
import GeoGrid

extension LabelPainter {
    func placeCare(_ outcome: inout Outcome, _ taken: inout PlacedBoxes, _ legend: inout Legend) {
        guard specification.elements.contains(.careSymbols) else { return }
        let focused = inFocus()
        let items = town.careSymbols.filter { focused($0.location, $0.grid) }.compactMap {
            symbol -> PointSymbols.Item? in
            let p = frame.page(symbol.location)
            guard frame.box.contains(x: p.x, y: p.y), var style = cache.careStyles[symbol.category] else { return nil }
            style.finish = symbol.finish
            return PointSymbols.Item(id: symbol.id, point: p, style: style, group: symbol.grid ?? -1)
        }
        guard !items.isEmpty else { return }
        var symbols = PointSymbols()
        symbols.size = specification.labelLevel == .microgrid ? 2.8 : 2.0
        let result = symbols.place(items, window: frame.box, taken: &taken, list: &outcome.symbols, engine: engine)
        outcome.report.careShownAlone = result.alone
        outcome.report.careShownInClusters = result.clustered
        outcome.report.careMoved = result.moved
        outcome.report.careMissing = result.missing
        let shown = Set(items.map(\.style))
        for category in cache.careOrder {
            guard var style = cache.careStyles[category] else { continue }
            let name = cache.careNames[category] ?? Text(zh: category, en: category)
            if shown.contains(style) { legend.add(.symbol(style), name) }
            for subtype in Set(town.careSymbols.map(\.subtype)).sorted() where !subtype.isEmpty {
                style.finish = DisclosedTown.CareSymbol.finish(subtype)
                guard style.finish != .solid, shown.contains(style) else { continue }
                legend.add(.symbol(style), Text(zh: "\(name.zh)：\(subtype)", en: "\(name.en): \(subtype)"))
            }
        }
        if result.clustered > 0 {
            legend.add(.cluster(PointSymbols.careCluster), "多名关爱对象（人数）", "several care residents (count)")
        }
    }

    /// 党员、干部: where they live, in the edition that may show it.
    func placeMembers(_ outcome: inout Outcome, _ taken: inout PlacedBoxes, _ legend: inout Legend) {
        guard specification.elements.contains(.memberSymbols) else { return }
        let focused = inFocus()
        let items = town.memberSymbols.filter { focused($0.location, nil) }.map { symbol in
            PointSymbols.Item(
                id: symbol.id, point: frame.page(symbol.location),
                style: symbol.cadre ? MapStyle.cadre : MapStyle.partyMember, group: 0)
        }
        guard !items.isEmpty else { return }
        var symbols = PointSymbols()
        symbols.size = specification.labelLevel == .microgrid ? 2.8 : 2.0
        symbols.clusterColour = PointSymbols.memberCluster
        symbols.subject = .member
        let result = symbols.place(items, window: frame.box, taken: &taken, list: &outcome.symbols, engine: engine)
        let shown = Set(items.map(\.style))
        if shown.contains(MapStyle.partyMember) { legend.add(.symbol(MapStyle.partyMember), "党员", "party member") }
        if shown.contains(MapStyle.cadre) {
            legend.add(.symbol(MapStyle.cadre), "社区、网格干部", "cadre of the community or grid")
        }
        if result.clustered > 0 {
            legend.add(.cluster(PointSymbols.memberCluster), "多名党员、干部", "several members or cadres")
        }
    }

    func placeRisks(_ outcome: inout Outcome, _ taken: inout PlacedBoxes, _ legend: inout Legend) {
        guard specification.elements.contains(.riskSymbols) else { return }
        let focused = inFocus()
        var seen = Set<RiskColour>()
        for symbol in town.riskSymbols where focused(symbol.location, nil) {
            let p = frame.page(symbol.location)
            guard frame.box.contains(x: p.x, y: p.y) else { continue }
            let size = 2.8
            var at = p
            var found = false
            search: for ring in 0..<16 {
                for k in 0..<max(1, 8 * ring) {
                    let angle = 2 * Double.pi * Double(k) / Double(max(1, 8 * ring))
                    at = PlanarPoint(
                        x: p.x + Double(ring) * 0.7 * cos(angle),
                        y: p.y + Double(ring) * 0.7 * sin(angle))
                    let box = Box(minX: at.x, minY: at.y, maxX: at.x, maxY: at.y).expanded(by: size / 2)
                    if frame.box.contains(x: box.minX, y: box.minY), frame.box.contains(x: box.maxX, y: box.maxY),
                        taken.isFree(box)
                    {
                        found = true
                        break search
                    }
                }
            }
            guard found else {
                outcome.report.risksMissing += 1
                continue
            }
            outcome.report.risksShown += 1
            RiskMarks.draw(
                symbol.colour, at: at, size: size, subject: Subject(.household, symbol.id), list: &outcome.symbols,
                engine: engine)
            taken.insert(Box(minX: at.x, minY: at.y, maxX: at.x, maxY: at.y).expanded(by: size / 2 + 0.05))
            seen.insert(symbol.colour)
        }
        for colour in RiskColour.allCases where seen.contains(colour) {
            let character = MapStyle.character(colour)
            legend.add(.risk(colour), "\(character)色风险", "\(colour.rawValue) risk")
        }
    }

    func placeStreets(_ outcome: inout Outcome, _ taken: inout PlacedBoxes) {
        guard specification.elements.contains(.streetNames), specification.base != .none else { return }
        var names = StreetNames()
        names.size = max(5.6, specification.labelLevel == .microgrid ? 8 : 6.6 * factor.squareRoot())
        names.spacing = max(70, 160 * factor)
        var order: [String: Int] = [:]
        for road in town.roads where !road.name.isEmpty {
            let rank = MapStyle.roadOrder.firstIndex(of: road.roadClass) ?? 0
            order[road.name] = max(order[road.name] ?? 0, rank)
        }
        let streets = StreetNames.streets(town.roads, frame: frame)
            .sorted { (-(order[$0.name] ?? 0), $0.name) < (-(order[$1.name] ?? 0), $1.name) }
        for street in streets {
            if names.place(
                street, window: frame.box.expanded(by: -1), taken: &taken, list: &outcome.labels, engine: engine)
            {
                outcome.report.streetsNamed += 1
            } else {
                outcome.report.streetsWithoutRoom.append(street.name)
            }
        }
    }

    func placePlaces(_ outcome: inout Outcome, _ taken: inout PlacedBoxes) {
        guard specification.elements.contains(.placeNames) else { return }
        let size = max(5.5, 6 * factor.squareRoot())
        for place in town.places {
            let p = frame.page(place.location)
            guard frame.box.contains(x: p.x, y: p.y) else { continue }
            label(
                place.name, beside: p, gap: 0.9, size: size, colour: MapStyle.quiet, subject: Subject(.place, place.id),
                &outcome.labels, &taken
            ) { list in
                list.draw(
                    .circle(x: p.x, y: p.y, radius: 0.5), fill: .white, stroke: Stroke(MapStyle.quiet, 0.2),
                    subject: Subject(.place, place.id))
            }
        }
    }

    /// A name right, left, above or below a point; nothing is drawn where none of the four is free.
    private func label(
        _ text: String, beside p: PlanarPoint, gap: Double, size: Double, colour: Colour, subject: Subject,
        _ list: inout DisplayList, _ taken: inout PlacedBoxes, mark: (inout DisplayList) -> Void
    ) {
        let ink = engine.ink(text, size)
        let (w, h) = (ink.width / 2, ink.height / 2)
        let dot = Box(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y).expanded(by: 0.6)
        guard taken.isFree(dot) else { return }
        for (dx, dy) in [(gap + w, 0.0), (-gap - w, 0), (0, -gap - h), (0, gap + h)] {
            let at = PlanarPoint(x: p.x + dx, y: p.y + dy)
            let box = Box(minX: at.x - w, minY: at.y - h, maxX: at.x + w, maxY: at.y + h)
            guard frame.box.contains(x: box.minX, y: box.minY), frame.box.contains(x: box.maxX, y: box.maxY),
                taken.isFree(box.expanded(by: 0.2))
            else { continue }
            mark(&list)
            list.append(
                .text(engine.centred(text, x: at.x, y: at.y, size: size, colour: colour, halo: 0.35, subject: subject)))
            taken.insert(dot)
            taken.insert(box.expanded(by: 0.2))
            return
        }
    }

    func placeBuildingNumbers(_ outcome: inout Outcome, _ taken: inout PlacedBoxes) {
        guard specification.elements.contains(.buildingNumbers), specification.base != .none else { return }
        let ground = frame.ground
        let focused = inFocus()
        let size = 5.5
        for (i, building) in town.buildings.enumerated() where cache.buildingBoxes[i].intersects(ground) {
            guard !building.number.isEmpty, focused(cache.buildingBoxes[i].center, nil) else { continue }
            let number = building.number.hasSuffix("号") ? String(building.number.dropLast()) : building.number
            let ink = engine.ink(number, size)
            let box =
                building.footprint.first.map { part in
                    part.first.map { ring in ring.map(frame.page) } ?? []
                } ?? []
            guard !box.isEmpty else { continue }
            let bounds = cache.buildingBoxes[i]
            let scale = frame.millimetresPerMetre
            guard bounds.width * scale > ink.width, bounds.height * scale > ink.height else {
                outcome.report.buildingsWithoutRoom += 1
                continue
            }
            var raster = LabelRaster(rings: [box], cell: 0.25)
            for other in taken.near(outlineBox(box)) { raster.block(other) }
            raster.finish()
            guard let at = raster.place(width: ink.width, height: ink.height) else {
                outcome.report.buildingsWithoutRoom += 1
                continue
            }
            outcome.labels.append(
                .text(
                    engine.centred(
                        number, x: at.x, y: at.y, size: size, colour: Colour(0x4b4136),
                        subject: Subject(.building, building.id))))
            taken.insert(
                Box(minX: at.x, minY: at.y, maxX: at.x, maxY: at.y).expanded(by: 0.1)
                    .expanded(x: ink.width / 2, y: ink.height / 2))
            outcome.report.buildingsNumbered += 1
        }
    }

    private func outlineBox(_ ring: [PlanarPoint]) -> Box {
        var box = Box.empty
        for p in ring { box.extend(x: p.x, y: p.y) }
        return box
    }

    func placeMicrogridNumbers(
        _ units: [Int], _ outcome: inout Outcome, _ taken: inout PlacedBoxes, _ legend: inout Legend
    ) {
        guard specification.elements.contains(.microgrids), specification.labelLevel == .grid else { return }
        let layer = town.microgrids
        let size = specification.focus == .town ? 4.6 : 6.2
        var numbered = 0
        var order: [(area: Double, unit: Int, rings: [[PlanarPoint]])] = []
        for grid in units {
            for unit in cache.chain.microgridsByGrid[grid] {
                let rings = frame.rings(unit, of: layer.areas)
                order.append((UnitLabelPlacer.Unit(code: "", rings: rings, forms: []).area, unit, rings))
            }
        }
        order.sort { ($0.area, $0.unit) < ($1.area, $1.unit) }
        var tiers: [Int: PlacementReport.Tier] = [:]
        for entry in order {
            let number = UnitNames.serial(code: layer.codes[entry.unit], parent: layer.parentCodes[entry.unit])
            let ink = engine.ink(number, size)
            let bounds = entry.rings.reduce(into: Box.empty) { box, ring in
                for p in ring { box.extend(x: p.x, y: p.y) }
            }
            tiers[entry.unit] = PlacementReport.Tier.none
            guard bounds.width > ink.width, bounds.height > ink.height else { continue }
            var raster = LabelRaster(rings: entry.rings, cell: max(0.25, max(bounds.width, bounds.height) / 120))
            for other in taken.near(bounds) { raster.block(other) }
            raster.finish()
            guard let at = raster.place(width: ink.width + 0.3, height: ink.height + 0.3) else { continue }
            let box = Box(minX: at.x, minY: at.y, maxX: at.x, maxY: at.y).expanded(x: ink.width / 2, y: ink.height / 2)
            outcome.labels.append(
                .text(
                    engine.centred(
                        number, x: at.x, y: at.y, size: size, colour: MapStyle.microgridNumber, halo: 0.3,
                        subject: Subject(.microgrid, layer.codes[entry.unit]))))
            taken.insert(box.expanded(by: 0.15))
            tiers[entry.unit] = .number
            numbered += 1
        }
        for unit in tiers.keys.sorted() {
            outcome.report.entries.append(
                .init(level: .microgrid, code: layer.codes[unit], name: layer.names[unit], tier: tiers[unit]!))
        }
        if numbered > 0 {
            legend.add(
                .number("12", 6), "\(town.levelNames.microgrid.zh)编号（尾号）", "\(town.levelNames.microgrid.en) number")
        }
    }

    func placePoints(_ outcome: inout Outcome, _ legend: inout Legend) {
        var used = Set<Int>()
        for point in specification.points {
            let p = frame.page(point.location)
            guard frame.box.contains(x: p.x, y: p.y) else { continue }
            used.insert(point.legend)
            outcome.symbols.draw(
                .circle(x: p.x, y: p.y, radius: 0.6), fill: specification.classes[point.legend].colour,
                stroke: Stroke(.white, 0.08))
        }
        for k in used.sorted() { legend.add(.dot(specification.classes[k].colour), specification.classes[k].text) }
    }

    /// Whether a place belongs to the area the sheet is about.
    func inFocus() -> (PlanarPoint, Int?) -> Bool {
        guard let focus = painter.focus() else { return { _, _ in true } }
        let rings = focus.layer.areas.feature(focus.index).flatMap { $0 }
        let box = focus.layer.areas.box(ofFeature: focus.index)
        return { point, _ in
            box.contains(x: point.x, y: point.y) && CommunityPlates.contains(rings, point.x, point.y)
        }
    }
}

extension Box {
    func expanded(x: Double, y: Double) -> Box {
        Box(minX: minX - x, minY: minY - y, maxX: maxX + x, maxY: maxY + y)
    }
}
