public import GeoGrid

/// 成套图: every sheet of a town in one go: the wall map, a page for each community, a page for each grid.
public struct SheetSet: Sendable {
    /// One sheet of a set and the paper it is on.
    public struct Item: Sendable {
        public var specification: SheetSpecification
        public var paper: Paper
    }

    public let items: [Item]

    /// A single sheet.
    public init(_ specification: SheetSpecification, paper: Paper) {
        items = [Item(specification: specification, paper: paper)]
    }

    public init(items: [Item]) {
        self.items = items
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

    /// Composes sheet after sheet and hands its pages on; the reports and findings of all come back. Progress counts
    /// sheets. Throws `CancellationError` when the user stops it.
    public func compose(
        with composer: SheetComposer, progress: Progress = .silent, _ take: (Page) throws -> Void
    ) throws -> (report: PlacementReport, findings: [Finding]) {
        var report = PlacementReport()
        var findings: [Finding] = []
        for (number, item) in items.enumerated() {
            try progress.checkInterruption()
            progress(Text(zh: "制图", en: "drawing"), number, of: items.count)
            let sheet = try composer.compose(item.specification, paper: item.paper)
            for page in sheet.pages { try take(page) }
            report.add(sheet.report)
            for finding in sheet.findings where !findings.contains(finding) { findings.append(finding) }
        }
        progress(Text(zh: "制图", en: "drawing"), items.count, of: items.count)
        return (report, findings)
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
        streetsNamed += other.streetsNamed
        streetsWithoutRoom += other.streetsWithoutRoom
        buildingsNumbered += other.buildingsNumbered
        buildingsWithoutRoom += other.buildingsWithoutRoom
    }
}
