import Cartography
import GeoGrid
import Testing

/// Towns unlike the reference: tiny, huge, with long names, with letters no font holds.
@Suite struct SheetVarietyTests {
    private static func lattice(_ columns: Int, _ rows: Int, communities: (Int, Int)) -> LatticeTown {
        var lattice = LatticeTown()
        lattice.columns = columns
        lattice.rows = rows
        (lattice.communityColumns, lattice.communityRows) = communities
        lattice.cuts = 0
        lattice.width = 90 * Double(columns)
        lattice.height = 90 * Double(rows)
        lattice.care = 0
        return lattice
    }

    private static func sheet(_ town: Town, _ paper: Paper) throws -> SheetComposer.Sheet {
        let shown = Disclosure(.office).apply(to: town)
        return try SheetComposer(shown, options: SheetOptions(paper: paper)).compose(.town(shown))
    }

    @Test(arguments: Paper.allCases)
    func threeGrids(_ paper: Paper) throws {
        let sheet = try Self.sheet(LatticeTown.threeGrids(), paper)
        #expect(sheet.report.inside(.grid) == 3)
        #expect(OverlapCheck.overlaps(in: sheet.pages[0].list).isEmpty)
    }

    /// 1,024 grids on A0 and A1: each is named, and the table runs on without losing a row.
    @Test(arguments: [Paper.a0, .a1])
    func aThousandGrids(_ paper: Paper) throws {
        var town = Self.lattice(64, 64, communities: (6, 4)).town()
        town.buildings = []
        town.households = []
        town.microgrids = UnitLayer(level: .microgrid)
        let sheet = try Self.sheet(town, paper)
        #expect(town.grids.count > 1000)
        #expect(sheet.report.named(.grid) == town.grids.count)
        #expect(sheet.report.inside(.grid) > town.grids.count * 98 / 100)
        #expect(OverlapCheck.overlaps(in: sheet.pages[0].list).isEmpty)
        var rows: [String: Int] = [:]
        for page in sheet.pages {
            for text in page.list.texts where text.subject == nil { rows[text.text, default: 0] += 1 }
        }
        for name in town.grids.names { #expect(rows[name] == 1, "\(name)") }
    }

    /// Names of one and of forty characters.
    @Test(arguments: ["甲", String(repeating: "滨河路南侧老街坊", count: 5)])
    func namesOfAnyLength(_ name: String) throws {
        var lattice = Self.lattice(8, 8, communities: (2, 1))
        lattice.gridName = { "\(name)\($0)" }
        let town = lattice.town()
        let sheet = try Self.sheet(town, .a3)
        #expect(sheet.report.named(.grid) == town.grids.count)
        #expect(sheet.report.inside(.grid) == town.grids.count)
        #expect(OverlapCheck.overlaps(in: sheet.pages[0].list).isEmpty)
        let rows = Set(sheet.pages.flatMap { $0.list.texts.map(\.text) })
        #expect(town.grids.names.allSatisfy { rows.contains($0) })
    }

    @Test func aLetterNoFontHolds() throws {
        var lattice = Self.lattice(4, 4, communities: (1, 1))
        lattice.gridName = { "\u{E0F3}家村第\($0)网格" }
        let sheet = try Self.sheet(lattice.town(), .a3)
        #expect(sheet.findings.map(\.code.description).contains("GG606"))
        #expect(sheet.findings.contains { $0.message.en.contains("U+E0F3") })
        #expect(SVGBackend.render(sheet.pages[0], title: "", engine: TextEngine()).contains("〓"))
    }

    /// Whatever the sheet and the paper, nothing beside the map runs into something else or off the page.
    @Test(arguments: Paper.allCases, [Cartography.Orientation.landscape, .portrait])
    func furnitureHasRoom(_ paper: Paper, _ orientation: Cartography.Orientation) throws {
        var lattice = Self.lattice(8, 6, communities: (2, 1))
        lattice.care = 90
        let town = lattice.town()
        for edition in paper == .a3 ? Edition.allCases : [.operational] {
            let shown = Disclosure(edition).apply(to: town)
            var options = SheetOptions(paper: paper)
            options.orientation = orientation
            let composer = SheetComposer(shown, options: options)
            for specification in [
                SheetSpecification.town(shown), .community(town.communities.codes[0], of: shown),
                .grid(town.grids.codes[2], of: shown), .risk(shown),
            ] {
                for page in try composer.compose(specification).pages {
                    Self.check(page, "\(edition) \(specification.title.en)")
                }
            }
        }
    }

    private static func check(_ page: Page, _ name: String) {
        var furniture = DisplayList()
        var inside = false
        for mark in page.list.marks {
            if case .layer(let layer) = mark { inside = layer == .furniture }
            guard inside, case .text(var text) = mark else { continue }
            #expect(
                text.box.minX > 0 && text.box.minY > 0 && text.box.maxX < page.width && text.box.maxY < page.height,
                "\(name): \(text.text)")
            text.subject = Subject(.place, "\(furniture.marks.count) \(text.text)")
            furniture.append(.text(text))
        }
        let overlaps = OverlapCheck.overlaps(in: furniture)
        #expect(overlaps.isEmpty, "\(name): \(overlaps.prefix(3))")
    }
}
