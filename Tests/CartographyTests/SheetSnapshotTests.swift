import Cartography
import GeoGrid
import Planner
import TestSupport
import Testing

/// 快照: the display lists of all kinds of sheets of a town of three grids, as text.
@Suite struct SheetSnapshotTests {
    private static let town = LatticeTown.threeGrids()

    private static func snapshot(_ specification: SheetSpecification, _ shown: DisclosedTown, _ paper: Paper) throws
        -> String
    {
        let composer = SheetComposer(shown, options: SheetOptions(paper: paper))
        return try composer.compose(specification).pages.map(\.list.snapshot).joined(separator: "\n")
    }

    @Test func townSheet() throws {
        let shown = Disclosure(.public).apply(to: Self.town)
        let text = try Self.snapshot(.town(shown), shown, .a3)
        #expect(text.utf8.count < 30_000)
        #expect(Golden.mismatch(text, "sheet-town") == nil)
    }

    @Test func communitySheet() throws {
        let shown = Disclosure(.office).apply(to: Self.town)
        let text = try Self.snapshot(.community(Self.town.communities.codes[0], of: shown), shown, .a3)
        #expect(Golden.mismatch(text, "sheet-community") == nil)
    }

    @Test func gridSheet() throws {
        let shown = Disclosure(.operational).apply(to: Self.town)
        let text = try Self.snapshot(.grid(Self.town.grids.codes[1], of: shown), shown, .a4)
        #expect(Golden.mismatch(text, "sheet-grid") == nil)
    }

    @Test func riskSheet() throws {
        let shown = Disclosure(.office).apply(to: Self.town)
        #expect(Golden.mismatch(try Self.snapshot(.risk(shown), shown, .a4), "sheet-risk") == nil)
    }

    @Test func planSheets() throws {
        let shown = Disclosure(.public).apply(to: Self.town)
        let plan = Self.town.exampleOfPlan()
        let sheets = try SheetSpecification.plan(
            shown, name: "并格", grids: plan.grids, units: plan.units,
            communities: [.init(code: Self.town.communities.codes[0], name: "新东门社区")])
        let text = try sheets.map { try Self.snapshot($0, shown, .a3) }.joined(separator: "\n")
        #expect(text.contains("“新东门社区”") && text.contains("“第2网格”"))
        #expect(Golden.mismatch(text, "sheet-plan") == nil)
    }

    @Test func customSheet() throws {
        let shown = Disclosure(.public).apply(to: Self.town)
        let yaml = """
            title: 防汛责任图
            legend: { classes: [{ colour: "#d8e8f5", text: 一般 }, { colour: "#f0b27a", text: 重点 }] }
            units: { "\(Self.town.grids.codes[0])": 2, "\(Self.town.grids.codes[1])": 1 }
            notes: [汛期每日两巡]
            """
        let sheet = try CustomSheet.read(yaml, file: "x.yaml", town: shown)
        #expect(Golden.mismatch(try Self.snapshot(sheet, shown, .a4), "sheet-custom") == nil)
    }

    @Test func cards() throws {
        let engine = TextEngine()
        let cards = ContactCards(Disclosure.cards.apply(to: Self.town), engine: engine)
        let pages = try cards.pages(cards.cards(by: .grid), format: .card)
        #expect(Golden.mismatch(pages.map(\.list.snapshot).joined(), "cards") == nil)
    }
}

extension Town {
    /// A plan that gives the microgrids of the first grid to the second.
    func exampleOfPlan() -> (grids: [TownPlan.Grid], units: [TownPlan.Unit]) {
        let units = microgrids.codes.indices.map { i in
            let old = microgrids.parentCodes[i]
            let new = old == grids.codes[0] ? grids.codes[1] : old
            let residents = households.filter { $0.unitCode == microgrids.codes[i] }
            return TownPlan.Unit(
                code: microgrids.codes[i], oldGrid: old, newGrid: new, households: residents.count,
                people: residents.reduce(0) { $0 + $1.persons }, changesLead: old != new)
        }
        let kept = grids.codes.indices.dropFirst().map { i in
            let mine = units.filter { $0.newGrid == grids.codes[i] }
            return TownPlan.Grid(
                code: grids.codes[i], name: grids.names[i], community: grids.parentCodes[i],
                lead: posts.first { $0.unitCode == grids.codes[i] }?.personID, load: 0, share: 0,
                households: mine.reduce(0) { $0 + $1.households }, people: mine.reduce(0) { $0 + $1.people })
        }
        return (kept, units)
    }
}

extension LatticeTown {
    /// One community of three grids and twelve microgrids.
    static func threeGrids() -> Town {
        var lattice = LatticeTown()
        lattice.columns = 6
        lattice.rows = 2
        lattice.communityColumns = 1
        lattice.communityRows = 1
        lattice.cuts = 0
        lattice.width = 600
        lattice.height = 220
        lattice.care = 14
        var town = lattice.town()
        town.waters = []
        for (k, colour) in RiskColour.allCases.enumerated() {
            var hazard = Hazard(id: "y\(k)", kind: "消防", location: town.households[k * 40].location)
            hazard.risk = colour
            town.hazards.append(hazard)
        }
        return town
    }
}
