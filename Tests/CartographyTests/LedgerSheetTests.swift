import GeoGrid
import Testing

@testable import Cartography

/// Ledgers on sheets: everything shown or counted, by edition.
@Suite struct LedgerSheetTests {
    private static let town: Town = {
        var lattice = LatticeTown()
        lattice.columns = 8
        lattice.rows = 6
        lattice.width = 900
        lattice.height = 600
        lattice.communityColumns = 2
        lattice.communityRows = 1
        lattice.care = 0
        return lattice.town()
    }()

    private static func composer(_ edition: Edition) -> SheetComposer {
        SheetComposer(Disclosure(edition).apply(to: town), options: SheetOptions(paper: .a3))
    }

    /// Doors of households as shops: dense, three kinds, some graded, some closed.
    private static func shops(placed: Set<Edition> = [.office, .operational]) -> LedgerLayer {
        var layer = LedgerLayer(title: Text(zh: "经营场所", en: "premises"), placed: placed)
        layer.meanings = [.red: "重大风险"]
        layer.marks = town.households.prefix(400).enumerated().map { i, home in
            var mark = LedgerLayer.Mark(
                id: "shop-secret-\(i)", kind: ["商户", "烟花爆竹店", "出租房"][i % 3],
                colour: i % 3 == 1 ? [.red, .yellow][i % 2] : nil, location: home.location, unit: home.unitCode)
            if i % 10 == 0 { mark.state = .closed }
            return mark
        }
        return layer
    }

    private static func texts(_ sheet: SheetComposer.Sheet) -> [String] {
        sheet.pages.flatMap { $0.list.texts.map(\.text) }
    }

    @Test func everyMarkIsShownAndItsSignsExplained() throws {
        let composer = Self.composer(.office)
        let ledger = Disclosure(.office).apply(Self.shops(), to: composer.town)
        let sheet = try composer.compose(.ledgers(composer.town, [ledger]))
        #expect(sheet.report.ledgersShownAlone + sheet.report.ledgersShownInClusters == 400)
        #expect(sheet.report.ledgersMissing == 0 && sheet.report.ledgersShownInClusters > 0)
        let overlaps = OverlapCheck.overlaps(in: sheet.pages[0].list)
        #expect(overlaps.isEmpty, "\(overlaps.prefix(5))")
        let texts = Self.texts(sheet)
        for words in ["商户", "烟花爆竹店", "出租房", "重大风险", "黄色", "空心：已办结", "多处（数目）"] {
            #expect(texts.contains(words), "\(words)")
        }
        // Graded symbols bear the character of their colour.
        #expect(texts.contains("红") && texts.contains("黄") && !texts.contains("蓝"))
    }

    /// Where a shop is stays inside: the public sheet tells grids apart by classes, and small numbers are not told.
    @Test func publicSheetsShowCountsAlone() throws {
        let composer = Self.composer(.public)
        let ledger = Disclosure(.public).apply(Self.shops(), to: composer.town)
        #expect(ledger.marks.isEmpty && ledger.areas.isEmpty)
        let heat = try #require(ledger.heat)
        #expect(heat.allSatisfy { tally in tally.value.map { $0 == 0 || $0 >= 5 } ?? true })
        var specification = SheetSpecification.ledgers(composer.town, [ledger])
        let sheet = try composer.compose(specification)
        #expect(sheet.report.ledgersShownAlone == 0)
        let svg = SVGBackend.render(sheet.pages[0], title: "", engine: composer.engine)
        #expect(!svg.contains("shop-secret") && !svg.contains("烟花爆竹店"))
        #expect(Self.texts(sheet).contains { $0.hasPrefix("经营场所 ") })
        // Colours may not tell more than the numbers: one class up to 4.
        guard case .classes(.grid, let classes) = specification.fill else { return #expect(Bool(false)) }
        for (tally, own) in zip(heat, classes) {
            if case .fewer = tally { #expect(own == 0) }
            if tally == .hidden { #expect(own == specification.classes.count - 1) }
        }
        specification.elements = []
        #expect(specification.details?.allSatisfy { !["1件", "2件", "3件", "4件"].contains($0) } == true)
    }

    @Test func editionsDecideAndOperationalKeepsIdentifiers() {
        for edition in Edition.allCases {
            let town = Self.composer(edition).town
            let rules = Disclosure(edition)
            let shops = rules.apply(Self.shops(), to: town)
            #expect(shops.marks.count == (edition == .public ? 0 : 400))
            #expect(shops.marks.contains { $0.id.hasPrefix("shop") } == (edition == .operational))
            let events = rules.apply(Self.shops(placed: []), to: town)
            #expect(events.marks.isEmpty && events.heat != nil)
            if edition != .public {
                #expect(events.heat?.reduce(0) { $0 + ($1.value ?? 0) } == 400)
            }
        }
    }

    @Test func parcelsAreAreasWithAList() throws {
        let composer = Self.composer(.office)
        var layer = LedgerLayer(title: Text(zh: "地块", en: "parcels"), placed: [.office])
        let at = Self.town.households[0].location
        let ring = [(-20.0, -20.0), (20, -20), (20, 20), (-20, 20), (-20, -20)].map {
            PlanarPoint(x: at.x + $0.0, y: at.y + $0.1)
        }
        layer.areas = [.init(rings: [ring], kind: "棚改", detail: "一号地块 2.40 亩", grids: [Self.town.grids.codes[0]])]
        let ledger = Disclosure(.office).apply(layer, to: composer.town)
        let texts = Self.texts(try composer.compose(.ledgers(composer.town, [ledger])))
        #expect(texts.contains("地块：棚改") && texts.contains("一号地块 2.40 亩"))
        #expect(Disclosure(.public).apply(layer, to: composer.town).areas.isEmpty)
    }

    @Test func customSheetsNameLedgers() throws {
        let composer = Self.composer(.office)
        var asked: [String] = []
        let sheet = try CustomSheet.read(
            "title: 防汛\nbase: grey\nlayers: [premises, care]\n", file: "x.yaml", town: composer.town
        ) { names in
            asked = names
            return [Disclosure(.office).apply(Self.shops(), to: composer.town)]
        }
        #expect(asked == ["premises"])
        #expect(sheet.ledgers.count == 1 && sheet.elements.contains(.careSymbols))
        #expect(try composer.compose(sheet).report.ledgersMissing == 0)
    }

    /// A removed risk and a new one are told apart from the rest of their category.
    @Test func subtypesOfCareAreDrawn() throws {
        var town = Self.town
        town.careResidents = town.households.prefix(3).enumerated().map { i, home in
            var resident = CareResident(
                id: "r\(i)", householdID: home.id, category: "monitored", location: home.location)
            resident.subtype = ["", "风险消除", "新增监测"][i]
            resident.unitCode = home.unitCode
            return resident
        }
        let shown = Disclosure(.office).apply(to: town)
        #expect(shown.careSymbols.map(\.finish) == [.solid, .hollow, .rimmed])
        let texts = Self.texts(try SheetComposer(shown, options: SheetOptions(paper: .a3)).compose(.town(shown)))
        #expect(texts.contains("监测户") && texts.contains("监测户：风险消除") && texts.contains("监测户：新增监测"))
    }
}
