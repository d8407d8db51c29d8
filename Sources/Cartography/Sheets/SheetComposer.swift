public import GeoGrid

/// 制图: lays sheets of one town and edition out into pages. One composer serves a whole set.
public struct SheetComposer {
    public var town: DisclosedTown { shared.town }
    public var options: SheetOptions { shared.options }
    public let engine: TextEngine
    let shared: Shared
    var cache: MapCache { shared.cache }

    /// What composers of one set have in common; each has a text engine of its own.
    struct Shared: Sendable {
        let town: DisclosedTown
        let options: SheetOptions
        let cache: MapCache
    }

    /// 成图: the pages of one sheet and how its labels went.
    public struct Sheet: Sendable {
        public var pages: [Page]
        public var report: PlacementReport
        public var findings: [Finding]
    }

    /// Prepares what all sheets share: border lines, colours, boxes. O(vertices).
    public init(_ town: DisclosedTown, options: SheetOptions, engine: TextEngine = TextEngine()) {
        shared = Shared(
            town: town, options: options,
            cache: MapCache(town, palette: MapStyle.fills))
        self.engine = engine
    }

    init(_ shared: Shared, engine: TextEngine) {
        self.shared = shared
        self.engine = engine
    }

    /// Lays a sheet out: the orientation in which the map comes out larger, then map, labels, furniture, table.
    /// Throws GG603 when the sheet names a unit the town does not have, GG604 when there is nothing to draw.
    ///
    /// - Parameter paper: another size than that of the run.
    public func compose(_ specification: SheetSpecification, paper: Paper? = nil) throws -> Sheet {
        var options = options
        if let paper { options.paper = paper }
        let extent = try extent(of: specification)
        let (layout, frame) = arranged(extent, specification, options)
        var findings: [Finding] = []
        var list = DisplayList()
        var legend = Legend()
        let lineFactor =
            specification.focus == .town ? max(0.55, layout.factor.squareRoot()) : max(0.8, layout.factor.squareRoot())
        let painter = MapPainter(
            town: town, cache: cache, specification: specification, frame: frame, lineFactor: lineFactor)
        painter.draw(list: &list, legend: &legend)
        let labels = LabelPainter(
            painter: painter, engine: engine, language: options.language, sizes: sizes(specification, layout),
            plateSize: max(9, 20 * layout.factor), factor: layout.factor)
        let locator = specification.elements.contains(.locator) ? Locator(painter, layout) : nil
        let outcome = labels.place(legend: &legend, reserved: locator.map { [$0.box] } ?? [])
        list.layer(.symbols)
        list.append(outcome.symbols)
        list.layer(.labels)
        list.append(outcome.labels)
        list.layer(.furniture)
        let panel = PanelPainter(
            town: town, specification: specification, options: options, layout: layout, engine: engine,
            convergence: options.projection?.convergence(at: frame.centre) ?? 0)
        panel.drawTitle(denominator: frame.denominator, list: &list)
        panel.drawFrame(list: &list)
        locator?.draw(into: &list)
        let table = specification.table ?? leadTable(specification, outcome, layout)
        let rest = PanelFlow(
            painter: panel, legend: legend, services: outcome.services, denominator: frame.denominator, table: table
        ).draw(into: &list)
        let tables = [(table, rest.row), (serviceTable(rest.services), 0)]
        let continuation = tables.flatMap { table, row in
            table.map { continued($0, from: row, specification, layout) } ?? []
        }
        panel.drawFooter(page: 1, of: 1 + continuation.count, list: &list)
        if town.edition == .public, options.reviewNumber.isEmpty {
            findings.append(
                Finding(
                    .reviewNumberMissing, .warning,
                    Text(zh: "公开版地图没有审图号", en: "a public map bears no map licence number"),
                    remedy: Text(
                        zh: "向自然资源主管部门送审后用 --review-number 填入", en: "have the map reviewed and give --review-number")))
        }
        findings += glyphFindings()
        let title = specification.title[options.language]
        var first = Page(
            width: layout.width, height: layout.height, list: list, bookmark: .init(title), label: "1",
            georeference: georeference(frame))
        if case .grid(let code) = specification.focus { first.bookmark.depth = 2; first.label = code }
        if case .community = specification.focus { first.bookmark.depth = 1 }
        let more = continuation.enumerated().map { number, list in
            var list = list
            panel.drawFooter(page: number + 2, of: 1 + continuation.count, list: &list)
            return Page(
                width: layout.width, height: layout.height, list: list,
                bookmark: .init(
                    title + Text(zh: "（续表）", en: " (continued)")[options.language], depth: first.bookmark.depth),
                label: "\(number + 2)")
        }
        return Sheet(pages: [first] + more, report: outcome.report, findings: findings)
    }

    private func georeference(_ frame: MapFrame) -> Georeference? {
        guard let projection = options.projection else { return nil }
        let ground = frame.ground
        let corners = [
            (ground.minX, ground.minY), (ground.minX, ground.maxY), (ground.maxX, ground.maxY),
            (ground.maxX, ground.minY),
        ].compactMap { projection.geographic(PlanarPoint(x: $0.0, y: $0.1)) }
        guard corners.count == 4 else { return nil }
        return Georeference(frame: frame.box, corners: corners, epsg: town.epsg, wkt: projection.wkt)
    }

    /// The ground a sheet must show, town metres.
    private func extent(of specification: SheetSpecification) throws -> Box {
        func box(_ layer: UnitLayer, _ code: String) throws -> Box {
            guard let i = layer.codes.firstIndex(of: code) else {
                let known = layer.codes.prefix(3).joined(separator: "、")
                throw GeoGridError(
                    .noSuchUnit, Text(zh: "没有编码为 \(code) 的单元", en: "no unit bears the code \(code)"),
                    remedy: Text(
                        zh: "现有编码如 \(known)；全部见 geogrid info", en: "codes are such as \(known); geogrid info lists them"
                    ))
            }
            return layer.areas.box(ofFeature: i)
        }
        let extent: Box
        switch specification.focus {
        case .town:
            var all = town.communities.areas.box
            all.extend(town.grids.areas.box)
            extent = all
        case .community(let code): extent = try box(town.communities, code)
        case .grid(let code): extent = try box(town.grids, code)
        }
        guard !extent.isEmpty, extent.width > 0, extent.height > 0 else {
            throw GeoGridError(
                .nothingToDraw, Text(zh: "镇内没有可绘制的图形", en: "the town has no areas to draw"),
                remedy: Text(zh: "先用 geogrid import 导入网格", en: "import grids first with geogrid import"))
        }
        return extent
    }

    /// Both orientations are tried; the larger scale wins, then the fuller frame.
    private func arranged(
        _ extent: Box, _ specification: SheetSpecification, _ options: SheetOptions
    ) -> (SheetLayout, MapFrame) {
        let rows = tableRows(specification)
        let choices = (options.orientation.map { [$0] } ?? [.landscape, .portrait]).map { orientation in
            let margin = max(2, (specification.focus == .town ? 8 : 6) * options.paper.factor)
            func arranged(_ mapHeight: Double?) -> (SheetLayout, MapFrame) {
                let layout = SheetLayout(options, orientation: orientation, rows: rows, mapHeight: mapHeight)
                var frame = MapFrame(box: layout.window, showing: extent, margin: margin)
                if let fixed = options.denominator { frame.denominator = fixed }
                return (layout, frame)
            }
            var (layout, frame) = arranged(nil)
            let fill = extent.width * extent.height * frame.millimetresPerMetre * frame.millimetresPerMetre
            let share = fill / (layout.window.width * layout.window.height)
            if orientation == .portrait {
                let band = layout.frame.height - layout.window.height
                (layout, frame) = arranged(extent.height * frame.millimetresPerMetre + 2 * margin + band)
            }
            return (layout, frame, share)
        }
        let best = choices.min { ($0.1.denominator, -$0.2) < ($1.1.denominator, -$1.2) }!
        return (best.0, best.1)
    }

    /// About how many rows the table of a sheet will have.
    private func tableRows(_ specification: SheetSpecification) -> Int {
        if let table = specification.table { return table.rows.count }
        guard specification.elements.contains(.unitLabels), specification.details == nil else { return 0 }
        switch specification.focus {
        case .town: return town.units(specification.labelLevel).count + town.communities.count
        case .community(let code): return town.grids.parentCodes.count { $0 == code } + 1
        case .grid(let code): return max(1, town.microgrids.parentCodes.count { $0 == code })
        }
    }

    private func sizes(_ specification: SheetSpecification, _ layout: SheetLayout) -> UnitLabel.Sizes {
        var sizes = UnitLabel.Sizes()
        switch specification.focus {
        case .town:
            return sizes.scaled(min(1.4, max(layout.factor, 0.7)))
        case .community, .grid:
            sizes.full = (12, 9.6)
            sizes.small = (9, 7.5)
            sizes.number = (11, 8)
            sizes.badge = (5, 8.5)
            sizes.smallBadge = (3.8, 6.5)
            return sizes.scaled(min(1.2, max(0.7, layout.factor * 1.42)))
        }
    }

    /// Service points that found no room beside the map, for the next page.
    private func serviceTable(_ services: [Int]) -> LeadTable? {
        guard !services.isEmpty else { return nil }
        var table = LeadTable(
            title: Text(zh: "服务点", en: "Service points"),
            columns: [
                Text(zh: "编号", en: "number"), Text(zh: "名称", en: "name"), Text(zh: "类别", en: "kind"),
            ])
        table.rows = services.map {
            .cells([String($0 + 1), town.servicePoints[$0].name, town.servicePoints[$0].kind])
        }
        return table
    }

    private func continued(
        _ table: LeadTable, from first: Int, _ specification: SheetSpecification, _ layout: SheetLayout
    ) -> [DisplayList] {
        var next = first
        var pages: [DisplayList] = []
        while next < table.rows.count {
            var list = DisplayList()
            list.layer(.furniture)
            let panel = PanelPainter(
                town: town, specification: specification, options: options, layout: layout, engine: engine)
            panel.drawTitle(denominator: nil, list: &list)
            let box = Box(
                minX: layout.title.minX, minY: layout.title.maxY, maxX: layout.title.maxX, maxY: layout.footer.minY)
            next = TablePainter(table: table, language: options.language, engine: engine).draw(
                from: next, in: box, sizes: [max(7, 9 * layout.factor)], list: &list)
            pages.append(list)
        }
        return pages
    }

    /// Who answers for what is on the sheet, by community, with the square where it is found.
    private func leadTable(
        _ specification: SheetSpecification, _ outcome: LabelPainter.Outcome, _ layout: SheetLayout
    ) -> LeadTable? {
        let units =
            outcome.anchors.isEmpty ? [] : outcome.report.entries.filter { $0.level == specification.labelLevel }
        guard !units.isEmpty, specification.details == nil else { return nil }
        let level = specification.labelLevel
        let layer = town.units(level)
        let facts = town.facts(level)
        let index = layer.indexByCode()
        let squares = Squares(window: layout.window, factor: layout.factor)
        let phones = facts.contains { !($0.lead?.phone ?? "").isEmpty }
        var columns = [town.levelNames[level], Text(zh: "负责人", en: "lead")]
        if phones { columns.append(Text(zh: "电话", en: "phone")) }
        // A town whose households are not yet assigned has no counts to show.
        let counted = facts.contains { $0.households != .exact(0) || $0.persons != .exact(0) }
        if counted { columns += [Text(zh: "户", en: "hh."), Text(zh: "人", en: "pers.")] }
        columns.append(Text(zh: "图格", en: "square"))
        var table = LeadTable(
            title: Text(
                zh: "\(town.levelNames[level].zh)责任人", en: "Who answers for which \(town.levelNames[level].en)"),
            columns: columns)
        if counted { table.rightAligned = phones ? [3, 4] : [2, 3] }
        var current = ""
        for entry in units {
            guard let i = index[entry.code] else { continue }
            let group: String
            var parents = [town.county, town.name]
            if level == .grid {
                let community = cache.chain.communityOfGrid[i]
                group = heading(ofCommunity: community)
                parents.append(community.map { town.communities.names[$0] } ?? "")
            } else {
                let grid = cache.chain.gridOfMicrogrid[i]
                group = ""
                parents.append(
                    grid.flatMap { cache.chain.communityOfGrid[$0] }.map { town.communities.names[$0] } ?? "")
                parents.append(grid.map { town.grids.names[$0] } ?? "")
            }
            if group != current {
                current = group
                if !group.isEmpty { table.rows.append(.heading(group)) }
            }
            var cells = [UnitNames.short(layer.names[i], within: parents), facts[i].lead?.name ?? "—"]
            if phones { cells.append(facts[i].lead?.phone ?? "") }
            if counted { cells += [facts[i].households.text, facts[i].persons.text] }
            cells.append(outcome.anchors[i].map(squares.name) ?? "")
            table.rows.append(.cells(cells))
        }
        return table
    }

    private func heading(ofCommunity community: Int?) -> String {
        guard let community else { return options.language == .zh ? "未归属" : "without parent" }
        var text = UnitNames.short(town.communities.names[community], within: [town.county, town.name])
        if let lead = town.communityFacts[community].lead {
            text += "　\(lead.role) \(lead.name)"
            if !lead.phone.isEmpty { text += " \(lead.phone)" }
        }
        return text
    }

    private func glyphFindings() -> [Finding] {
        engine.missing.keys.sorted().map { scalar in
            let code = "U+" + String(scalar.value, radix: 16, uppercase: true)
            return Finding(
                .glyphMissing, .warning,
                Text(
                    zh: "没有字体含字符 \(code)（\(scalar)），图上以 〓 代替",
                    en: "no font holds the character \(code); the map shows 〓"),
                remedy: Text(
                    zh: "安装含该字的字体（如 fonts-hanazono），再制图", en: "install a font that holds it (such as fonts-hanazono)"))
        }
    }
}

extension IssueCode {
    /// 编码不存在: a sheet names a unit the town does not have.
    static let noSuchUnit = IssueCode("GG603")
    /// 无图可绘: the town has no areas.
    static let nothingToDraw = IssueCode("GG604")
    /// 缺审图号: a public map without its licence number.
    static let reviewNumberMissing = IssueCode("GG605")
    /// 缺字: a character that no installed font holds.
    static let glyphMissing = IssueCode("GG606")
}
