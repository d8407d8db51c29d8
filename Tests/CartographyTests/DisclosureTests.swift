import Cartography
import Foundation
import GeoGrid
import Testing

@Suite struct DisclosureTests {
    private static func small() -> Town {
        var lattice = LatticeTown()
        lattice.columns = 8
        lattice.rows = 6
        lattice.width = 900
        lattice.height = 600
        lattice.communityColumns = 2
        lattice.communityRows = 1
        lattice.care = 60
        return lattice.town()
    }

    /// The public edition of every kind of output holds no name, phone or address of a resident.
    @Test func publicOutputNamesNoResident() throws {
        let town = Self.small()
        let shown = Disclosure(.public).apply(to: town)
        let composer = SheetComposer(shown, options: SheetOptions(paper: .a3))
        let secrets = Set(
            town.households.flatMap { [$0.head, $0.phone, $0.address] } + town.careResidents.map(\.name)
                + town.people.map(\.phone))
        // Every secret of the made-up town bears one of these, and nothing else does.
        let signs = ["户主", "关爱1", "关爱2", "000-", "测试路"]
        #expect(secrets.allSatisfy { secret in signs.contains { secret.contains($0) } || secret.hasPrefix("关爱") })
        let plan = town.exampleOfPlan()
        let specifications: [SheetSpecification] =
            [
                .town(shown), .community(town.communities.codes[0], of: shown), .grid(town.grids.codes[3], of: shown),
                .risk(shown),
                try CustomSheet.read("title: 专题图", file: "x.yaml", town: shown),
                .coverage(shown, classes: [.init(Colour(0xbfe3d3), Text(zh: "近", en: "near"))], points: []),
            ] + (try SheetSpecification.plan(shown, name: "方案", grids: plan.grids, units: plan.units))
        for specification in specifications {
            let sheet = try composer.compose(specification)
            let document = MapDocument(
                .init(title: shown.name, subject: "", author: "", day: shown.day), pages: sheet.pages)
            let svg = SVGBackend.render(sheet.pages[0], title: shown.name, engine: composer.engine)
            let pdf = try document.pdf(engine: composer.engine)
            let text = try withTemporaryFile(".pdf") { path in
                try Data(pdf).write(to: URL(fileURLWithPath: path))
                return try output(of: "pdftotext", path, "-")
            }
            for page in sheet.pages {
                #expect(page.list.texts.allSatisfy { !secrets.contains($0.text) })
            }
            for sign in signs {
                #expect(!svg.contains(sign), "\(sign)")
                #expect(!text.contains(sign), "\(sign)")
            }
        }
    }

    /// Cards name post holders and their phones, which is what they are for, and no resident; so does their code.
    @Test func cardsNameNoResident() throws {
        let town = Self.small()
        let cards = ContactCards(Disclosure.cards.apply(to: town), engine: TextEngine())
        let residents = ["户主", "关爱", "测试路"]
        for card in cards.cards(by: .grid) + cards.cards(by: .microgrid) + cards.doorLabels() {
            #expect(residents.allSatisfy { !card.text.contains($0) })
            #expect(card.chain.allSatisfy { lead in town.people.contains { $0.name == lead.name } })
        }
    }

    @Test func officeShowsSymbolsWithoutNames() {
        let town = Self.small()
        let shown = Disclosure(.office).apply(to: town)
        #expect(shown.careSymbols.count == 60)
        #expect(shown.careSymbols.allSatisfy { $0.name.isEmpty && $0.address.isEmpty && !$0.id.hasPrefix("r") })
        #expect(shown.listedHouseholds.isEmpty)
        #expect(shown.memberSymbols.isEmpty)
        #expect(Disclosure(.operational).apply(to: town).careSymbols[0].name.hasPrefix("关爱"))
        #expect(Disclosure(.public).apply(to: town).careSymbols.isEmpty)
    }

    /// 精神障碍, 矫正 and children under 14 are on no map of any edition, and in no count.
    @Test(arguments: Edition.allCases)
    func someAreOnNoMap(_ edition: Edition) {
        var town = Self.small()
        town.careResidents[0].category = "mental-unstable"
        town.careResidents[1].category = "社区矫正"
        town.careResidents[2].birthYear = town.day.year - 13
        town.careResidents[3].birthYear = town.day.year - 15
        town.careResidents[4].category = "严重精神障碍"
        let shown = Disclosure(edition).apply(to: town)
        if edition != .public { #expect(shown.careSymbols.count == 56) }
        #expect(shown.townFacts.care == .exact(56))
        #expect(shown.withheld.count == 1)
    }

    /// Small counts are hidden, and a single hidden one takes a second with it.
    @Test func smallCountsAreHidden() {
        var town = Self.small()
        let grids = town.grids.codes.filter { $0.hasPrefix(town.communities.codes[0]) }
        town.careResidents = []
        func add(_ count: Int, _ grid: Int) {
            let unit = town.microgrids.codes.first { $0.hasPrefix(grids[grid]) }!
            for _ in 0..<count {
                var resident = CareResident(
                    id: "x\(town.careResidents.count)", householdID: "", category: "disabled",
                    location: PlanarPoint(x: 0, y: 0))
                resident.unitCode = unit
                town.careResidents.append(resident)
            }
        }
        add(3, 0)
        add(9, 1)
        add(6, 2)
        let facts = Disclosure(.public).apply(to: town).gridFacts
        let index = town.grids.indexByCode()
        #expect(facts[index[grids[0]]!].care == .fewer(than: 5))
        #expect(facts[index[grids[1]]!].care == .exact(9))
        #expect(facts[index[grids[2]]!].care == .hidden)
        #expect(Disclosure(.office).apply(to: town).gridFacts[index[grids[0]]!].care == .exact(3))
    }

    @Test func everyPageButPublicIsMarked() throws {
        let town = Self.small()
        for edition in Edition.allCases {
            let shown = Disclosure(edition).apply(to: town)
            let composer = SheetComposer(shown, options: SheetOptions(paper: .a3))
            for page in try composer.compose(.town(shown)).pages {
                let marked = page.list.texts.contains { $0.text.contains("内部资料") }
                #expect(marked == (edition != .public))
            }
        }
    }

    /// A public map without licence number is drawn, and warned of.
    @Test func missingLicenceIsWarned() throws {
        let shown = Disclosure(.public).apply(to: Self.small())
        var options = SheetOptions(paper: .a3)
        let without = try SheetComposer(shown, options: options).compose(.town(shown))
        #expect(without.findings.map(\.code.description) == ["GG605"])
        options.reviewNumber = "赣S(2026)001号"
        #expect(try SheetComposer(shown, options: options).compose(.town(shown)).findings.isEmpty)
    }
}
