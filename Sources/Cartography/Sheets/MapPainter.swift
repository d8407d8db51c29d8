import GeoGrid

/// 主图: draws the map of one page into its window: fills, base map, borders. Symbols and labels: `LabelPainter`.
struct MapPainter {
    let town: DisclosedTown
    let cache: MapCache
    let specification: SheetSpecification
    let frame: MapFrame
    /// Lines are drawn at this size against A1.
    let lineFactor: Double

    var ground: Box { frame.ground }

    /// Positions of units of a level that reach into the window.
    func visible(_ level: Level) -> [Int] {
        let ground = ground
        return (cache.boxes[level] ?? []).indices.filter { cache.boxes[level]![$0].intersects(ground) }
    }

    /// Rings of the area the sheet is about; nil for the whole town.
    func focus() -> (layer: UnitLayer, index: Int)? {
        switch specification.focus {
        case .town: nil
        case .community(let code): town.communities.codes.firstIndex(of: code).map { (town.communities, $0) }
        case .grid(let code): town.grids.codes.firstIndex(of: code).map { (town.grids, $0) }
        }
    }

    func draw(list: inout DisplayList, legend: inout Legend) {
        let window = Outline.rectangle(frame.box)
        list.layer(.fills)
        list.clipped(to: window) { drawFills(&$0, &legend) }
        list.layer(.base)
        list.clipped(to: window) { list in
            drawWater(&list, &legend)
            drawBuildings(&list, &legend)
            drawRoads(&list, &legend)
        }
        list.layer(.boundaries)
        list.clipped(to: window) { list in
            drawHatching(&list, &legend)
            drawBorders(&list, &legend)
            drawWays(&list, &legend)
        }
    }

    private func drawFills(_ list: inout DisplayList, _ legend: inout Legend) {
        list.fill(.rectangle(frame.box), MapStyle.outside)
        if case .town = specification.focus {
            var rim = Outline()
            for unit in visible(.community) { rim.append(frame.outline(unit, of: town.communities.areas)) }
            for width in [9.0, 6, 3] {
                list.stroke(rim, Stroke(MapStyle.glow, width * lineFactor))
            }
            list.fill(rim, .white)
        }
        switch specification.fill {
        case .none:
            for unit in visible(.community) {
                list.fill(frame.outline(unit, of: town.communities.areas), MapStyle.paper)
            }
        case .colouring(let level):
            let layer = town.units(level)
            let colours = cache.colours[level] ?? []
            for unit in visible(level) {
                let colour = cache.palette[colours[unit] % cache.palette.count]
                list.fill(frame.outline(unit, of: layer.areas), colour)
            }
            legend.add(
                .patches(cache.palette),
                "\(town.levelNames[level].zh)底色（只区分相邻）",
                "\(town.levelNames[level].en)s (colour only tells neighbours apart)")
        case .classes(let level, let classes):
            let layer = town.units(level)
            var used = Set<Int>()
            for unit in visible(level) {
                let k = unit < classes.count ? classes[unit] : nil
                if let k { used.insert(k) }
                list.fill(
                    frame.outline(unit, of: layer.areas), k.map { specification.classes[$0].colour } ?? MapStyle.paper)
            }
            for k in used.sorted() {
                legend.add(.area(specification.classes[k].colour, edge: nil), specification.classes[k].text)
            }
        case .regions: fillRegions(&list, &legend)
        }
        guard !specification.overlays.isEmpty else { return }
        // What is reached outside the town is no matter of the town's.
        var ground = Outline()
        for unit in visible(.community) { ground.append(frame.outline(unit, of: town.communities.areas)) }
        if ground.isEmpty { ground = .rectangle(frame.box) }
        list.clipped(to: ground) { list in
            for overlay in specification.overlays {
                let colour = specification.classes[overlay.legend].colour
                list.draw(
                    frame.outline(overlay.rings, closed: true), fill: colour.opacity(overlay.opacity),
                    stroke: Stroke(colour, 0.25 * lineFactor))
                legend.add(
                    .area(colour.opacity(max(overlay.opacity, 0.3)), edge: colour),
                    specification.classes[overlay.legend].text)
            }
        }
    }

    private func drawWater(_ list: inout DisplayList, _ legend: inout Legend) {
        guard specification.base != .none else { return }
        let ground = ground
        let grey = specification.base == .grey
        let colour = grey ? Colour(0xdfe6ea) : MapStyle.water
        let edge = grey ? Colour(0xc4cfd6) : MapStyle.waterEdge
        var seen = false
        // Lines first: the middle of a river goes on under its own banks.
        let isArea = { (water: Water) in water.kind == .polygon || water.kind == .multiPolygon }
        for water in town.waters.filter({ !isArea($0) }) + town.waters.filter(isArea) {
            var box = Box.empty
            for part in water.parts { for path in part { for p in path { box.extend(x: p.x, y: p.y) } } }
            guard box.intersects(ground) else { continue }
            if shows(water) { seen = true }
            let outline = frame.outline(water.parts.flatMap { $0 }, closed: isArea(water))
            if isArea(water) {
                list.draw(outline, fill: colour, stroke: Stroke(edge, 0.12 * lineFactor))
            } else {
                list.stroke(outline, Stroke(edge, 0.5 * lineFactor, cap: .round))
            }
        }
        if seen { legend.add(.area(colour, edge: edge), "水系", "water") }
    }

    /// Whether any of a water lies in the window, and not only its box.
    private func shows(_ water: Water) -> Bool {
        let ground = ground
        let paths = water.parts.flatMap { $0 }
        return paths.contains { $0.contains { ground.contains(x: $0.x, y: $0.y) } }
            || CommunityPlates.contains(paths, ground.center.x, ground.center.y)
    }

    private func drawBuildings(_ list: inout DisplayList, _ legend: inout Legend) {
        guard specification.base != .none else { return }
        let ground = ground
        let grey = specification.base == .grey
        let fill = grey ? Colour(0x6f6f6f, opacity: 0.12) : MapStyle.building
        let edge = grey ? Colour(0x6f6f6f, opacity: 0.3) : MapStyle.buildingEdge
        var batch = Outline()
        var count = 0
        func flush() {
            guard !batch.isEmpty else { return }
            list.draw(batch, fill: fill, stroke: Stroke(edge, 0.06 * lineFactor))
            batch = Outline()
        }
        for (i, building) in town.buildings.enumerated() where cache.buildingBoxes[i].intersects(ground) {
            for part in building.footprint { batch.append(frame.outline(part, closed: true)) }
            count += 1
            if count % 64 == 0 { flush() }
        }
        flush()
        if count > 0 { legend.add(.area(fill, edge: edge), "房屋", "building") }
    }

    private func drawRoads(_ list: inout DisplayList, _ legend: inout Legend) {
        guard specification.base != .none else { return }
        let ground = ground
        let grey = specification.base == .grey
        var byClass: [Road.Class: Outline] = [:]
        for (i, road) in town.roads.enumerated() where cache.roadBoxes[i].intersects(ground) {
            byClass[road.roadClass, default: Outline()].append(frame.outline(road.lines, closed: false))
        }
        // A road is drawn no narrower than its sign, and as wide as it is where the scale shows it.
        func width(_ roadClass: Road.Class) -> (fill: Double, casing: Double) {
            let sign = MapStyle.width(roadClass)
            let metres: Double =
                switch roadClass {
                case .trunk: 18
                case .primary: 14
                case .secondary: 10
                case .residential: 6
                case .lane: 3
                case .footway: 1.5
                case .rail: 3
                }
            return (max(sign.fill * lineFactor, metres * frame.millimetresPerMetre), sign.casing * lineFactor)
        }
        let casing = grey ? Colour(0xcfcac2) : MapStyle.roadCasing
        for roadClass in MapStyle.roadOrder {
            guard let outline = byClass[roadClass], width(roadClass).casing > 0 else { continue }
            let w = width(roadClass)
            list.stroke(outline, Stroke(casing, w.fill + 2 * w.casing, cap: .round))
        }
        for roadClass in MapStyle.roadOrder {
            guard let outline = byClass[roadClass] else { continue }
            let w = width(roadClass)
            switch roadClass {
            case .rail:
                list.stroke(outline, Stroke(MapStyle.rail, w.fill))
                list.stroke(outline, Stroke(.white, w.fill * 0.6, dash: [2, 2]))
                legend.add(
                    .line([Stroke(MapStyle.rail, w.fill), Stroke(.white, w.fill * 0.6, dash: [2, 2])]), "铁路", "railway")
            case .footway:
                list.stroke(outline, Stroke(casing, w.fill, dash: [0.8, 0.6]))
                legend.add(.line([Stroke(casing, w.fill, dash: [0.8, 0.6])]), "步道", "footway")
            default:
                let main = roadClass == .trunk || roadClass == .primary
                let colour = main && !grey ? MapStyle.mainRoad : MapStyle.road
                list.stroke(outline, Stroke(colour, w.fill, cap: .round))
                let shown = min(w.fill, 2.4)
                let sample = Legend.Sample.road([
                    Stroke(casing, shown + 2 * max(w.casing, 0.25)), Stroke(colour, shown),
                ])
                switch roadClass {
                case .trunk, .primary: legend.add(sample, "主要道路", "main road")
                case .secondary, .residential: legend.add(sample, "街道", "street")
                default: legend.add(sample, "巷道", "lane")
                }
            }
        }
    }

    /// Everything outside the focus, its borders as well, is greyed by a white veil.
    private func drawVeil(_ list: inout DisplayList) {
        guard let focus = focus() else { return }
        var veil = Outline.rectangle(frame.box.expanded(by: 1))
        veil.append(frame.outline(focus.index, of: focus.layer.areas))
        list.fill(veil, .white.opacity(0.55))
    }

    private func drawBorders(_ list: inout DisplayList, _ legend: inout Legend) {
        let ground = ground
        let focus = focus()
        let own = Set(focus.map { $0.layer.areas.feature($0.index).joined().joined().map(Linework.Vertex.init) } ?? [])
        /// The borders of a level, and whether any is seen that the rim of the focus does not cover.
        func borders(_ level: Level) -> (outline: Outline, areSeen: Bool) {
            var outline = Outline()
            var areSeen = false
            for arc in cache.lines[level]?.arcs ?? [] where arc.box.intersects(ground) {
                outline.append(frame.outline([arc.points], closed: false))
                areSeen =
                    areSeen
                    || arc.points.contains { ground.contains(x: $0.x, y: $0.y) && !own.contains(Linework.Vertex($0)) }
            }
            return (outline, areSeen)
        }
        let inner = specification.labelLevel == .microgrid
        if specification.elements.contains(.microgrids) || inner {
            let stroke =
                inner
                ? Stroke(MapStyle.microgrid, 0.25, dash: [1.6, 0.7])
                : Stroke(MapStyle.microgrid, max(0.08, 0.10 * lineFactor), dash: [0.9, 0.5])
            let (lines, areSeen) = borders(.microgrid)
            list.stroke(lines, stroke)
            if areSeen {
                legend.add(
                    .line([stroke]), "\(town.levelNames.microgrid.zh)界", "\(town.levelNames.microgrid.en) border")
            }
        }
        drawRegionBorders(&list, &legend)
        let grid = Stroke(MapStyle.grid, 0.30 * max(0.7, lineFactor), cap: .round)
        if specification.regions == nil {
            let (lines, areSeen) = borders(.grid)
            list.stroke(lines, grid)
            if areSeen {
                legend.add(.line([grid]), "\(town.levelNames.grid.zh)界", "\(town.levelNames.grid.en) border")
            }
        }
        let (community, areSeen) =
            plannedCommunities().map { (outline: $0, areSeen: !$0.isEmpty) } ?? borders(.community)
        let casing = Stroke(.white, 1.5 * max(0.6, lineFactor), cap: .round)
        let line = Stroke(MapStyle.community, 0.9 * max(0.6, lineFactor), cap: .round)
        list.stroke(community, casing)
        list.stroke(community, line)
        if areSeen {
            legend.add(
                .line([casing, line]), "\(town.levelNames.community.zh)界", "\(town.levelNames.community.en) border")
        }
        drawVeil(&list)
        guard let focus else { return }
        // Red is kept for communities: the rim of a grid is of the colour of grids.
        let level = focus.layer.level
        let strokes = [
            Stroke(.white, 2.2 * max(0.6, lineFactor)),
            Stroke(level == .grid ? MapStyle.grid : MapStyle.community, 1.4 * max(0.6, lineFactor)),
        ]
        for stroke in strokes { list.stroke(frame.outline(focus.index, of: focus.layer.areas), stroke) }
        legend.add(.line(strokes), "本\(town.levelNames[level].zh)界", "border of this \(town.levelNames[level].en)")
    }
}
