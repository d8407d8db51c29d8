import Cartography
import GeoGrid
import TestSupport
import Testing

/// A real city: 104 areas, with rare shapes, enclaves and islands.
@Suite(.enabled(if: RealData.exists, RealData.absent)) struct ChiayiSheetTests {
    private static func layer(_ level: Level, _ paths: [String], _ code: String, parent: String) throws -> UnitLayer {
        let read = try RealData.areas(paths)
        let areas = read.areas.scaledToMetres(latitude: 23.47)
        var layer = UnitLayer(level: level)
        for (i, properties) in read.properties.enumerated() {
            let name = properties[code] ?? ""
            layer.append(code: name, name: name, parent: properties[parent] ?? "", area: areas.feature(i))
        }
        return layer
    }

    private static func sheet(_ communities: UnitLayer, _ grids: UnitLayer, _ paper: Paper) throws
        -> SheetComposer.Sheet
    {
        let town = Town(
            name: "嘉义", county: "嘉义市", code: "10020", epsg: 3826, day: Day(year: 2026, month: 6, day: 1)!,
            communities: communities, grids: grids, microgrids: UnitLayer(level: .microgrid))
        let shown = Disclosure(.public).apply(to: town)
        return try SheetComposer(shown, options: SheetOptions(paper: paper)).compose(.town(shown))
    }

    @Test(arguments: [Paper.a1, .a3])
    func everyAreaIsNamedInside(_ paper: Paper) throws {
        let areas = try Self.layer(.grid, RealData.chiayiCode2, "CODE2", parent: "TOWN_ID")
        let sheet = try Self.sheet(UnitLayer(level: .community), areas, paper)
        #expect(areas.count == 104)
        #expect(sheet.report.named(.grid) == 104)
        #expect(sheet.report.inside(.grid) >= 103)
        #expect(OverlapCheck.overlaps(in: sheet.pages[0].list).isEmpty)
    }

    /// 822 sub-areas, some of a few square metres: those without room are named from the margin.
    @Test func everySubAreaIsNamed() throws {
        let areas = try Self.layer(.community, RealData.chiayiCode2, "CODE2", parent: "TOWN_ID")
        let subAreas = try Self.layer(.grid, RealData.chiayiCode1, "CODE1", parent: "CODE2")
        let sheet = try Self.sheet(areas, subAreas, .a0)
        #expect(subAreas.count == 822)
        #expect(sheet.report.named(.grid) == 822)
        #expect(sheet.report.count(.grid, .leader) < 60)
        #expect(OverlapCheck.overlaps(in: sheet.pages[0].list).isEmpty)
    }
}
