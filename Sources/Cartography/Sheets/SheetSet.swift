public import GeoGrid

/// 成套图: every sheet of a town in one go: the wall map, a page for each community, a page for each grid.
public struct SheetSet: Sendable {
    /// One sheet of a set and the paper it is on.
    public struct Item: Sendable {
        public var specification: SheetSpecification
        public var paper: Paper

        public init(specification: SheetSpecification, paper: Paper) {
            self.specification = specification
            self.paper = paper
        }
    }

    public private(set) var items: [Item]

    /// A single sheet.
    public init(_ specification: SheetSpecification, paper: Paper) {
        items = [Item(specification: specification, paper: paper)]
    }

    public init(items: [Item]) {
        self.items = items
    }

    /// Draws ledgers on every sheet.
    public mutating func add(_ ledgers: [DisclosedLedger]) {
        for i in items.indices { for ledger in ledgers { items[i].specification.add(ledger) } }
    }

    /// 图册: a page for each community.
    public static func atlas(_ town: DisclosedTown, paper: Paper) -> SheetSet {
        SheetSet(items: town.communities.codes.map { Item(specification: .community($0, of: town), paper: paper) })
    }

    /// 全套: the wall map, then community by community its page and those of its grids.
    public static func whole(
        _ town: DisclosedTown, paper: Paper, communityPaper: Paper = .a3, gridPaper: Paper = .a4
    ) -> SheetSet {
        var items = [Item(specification: .town(town), paper: paper)]
        for code in town.communities.codes {
            items.append(Item(specification: .community(code, of: town), paper: communityPaper))
            for i in 0..<town.grids.count where town.grids.parentCodes[i] == code {
                items.append(Item(specification: .grid(town.grids.codes[i], of: town), paper: gridPaper))
            }
        }
        let known = Set(town.communities.codes)
        for i in 0..<town.grids.count where !known.contains(town.grids.parentCodes[i]) {
            items.append(Item(specification: .grid(town.grids.codes[i], of: town), paper: gridPaper))
        }
        return SheetSet(items: items)
    }

    /// Composes the sheets, several side by side, and hands their pages on in order; the reports and findings of all
    /// come back. Progress counts sheets. Throws `CancellationError` when the user stops it.
    ///
    /// - Parameter prepare: what is done with a page where it was composed, such as drawing it.
    public func compose<Made: Sendable>(
        with composer: SheetComposer, progress: Progress = .silent,
        prepare: @escaping @Sendable (Page, TextEngine) throws -> [Made], _ take: (Made) throws -> Void
    ) throws -> (report: PlacementReport, findings: [Finding]) {
        var report = PlacementReport()
        var findings: [Finding] = []
        let items = items
        let shared = composer.shared
        // A single sheet uses the fonts and texts that its composer knows already.
        let single = items.count == 1 ? composer.engine : nil
        func add(_ sheet: Drawn<Made>) throws {
            for made in sheet.made { try take(made) }
            report.add(sheet.report)
            for finding in sheet.findings where !findings.contains(finding) { findings.append(finding) }
        }
        if let single {
            try add(Drawn(items[0], SheetComposer(shared, engine: single), prepare))
        } else {
            try OrderedWork.run(items.count, context: { SheetComposer(shared, engine: TextEngine()) }) { i, composer in
                try Drawn(items[i], composer, prepare)
            } take: { number, sheet in
                try progress.checkInterruption()
                progress(Text(zh: "制图", en: "drawing"), number, of: items.count)
                try add(sheet)
            }
        }
        progress(Text(zh: "制图", en: "drawing"), items.count, of: items.count)
        findings.sort { ($0.code.description, $0.message.zh) < ($1.code.description, $1.message.zh) }
        return (report, findings)
    }

    /// Composes the sheets and hands their pages on.
    public func compose(
        with composer: SheetComposer, progress: Progress = .silent, _ take: (Page) throws -> Void
    ) throws -> (report: PlacementReport, findings: [Finding]) {
        try compose(with: composer, progress: progress, prepare: { page, _ in [page] }, take)
    }

    private struct Drawn<Made: Sendable>: Sendable {
        var made: [Made]
        var report: PlacementReport
        var findings: [Finding]

        init(_ item: Item, _ composer: SheetComposer, _ prepare: (Page, TextEngine) throws -> [Made]) throws {
            let sheet = try composer.compose(item.specification, paper: item.paper)
            made = try sheet.pages.flatMap { try prepare($0, composer.engine) }
            report = sheet.report
            findings = sheet.findings
        }
    }
}

extension PlacementReport {
    /// Adds the report of another sheet.
    mutating func add(_ other: PlacementReport) {
        entries += other.entries
        careShownAlone += other.careShownAlone
        careShownInClusters += other.careShownInClusters
        careMoved += other.careMoved
        careMissing += other.careMissing
        risksShown += other.risksShown
        risksMissing += other.risksMissing
        ledgersShownAlone += other.ledgersShownAlone
        ledgersShownInClusters += other.ledgersShownInClusters
        ledgersMissing += other.ledgersMissing
        streetsNamed += other.streetsNamed
        streetsWithoutRoom += other.streetsWithoutRoom
        buildingsNumbered += other.buildingsNumbered
        buildingsWithoutRoom += other.buildingsWithoutRoom
    }
}
