import Cartography
import Foundation
import GeoGrid
import Sample
import Testing

/// The wall map of a town of the reference size, checked by program.
@Suite struct TownSheetTests {
    static let town = LatticeTown().town()

    static func sheet(_ edition: Edition, _ paper: Paper = .a1) throws -> SheetComposer.Sheet {
        let shown = Disclosure(edition).apply(to: town)
        let composer = SheetComposer(shown, options: SheetOptions(paper: paper))
        return try composer.compose(.town(shown))
    }

    @Test func everythingIsNamedAndNothingOverlaps() throws {
        #expect(Self.town.communities.count == 10)
        #expect(Self.town.grids.count == 241)
        #expect(Self.town.microgrids.count == 952)
        let sheet = try Self.sheet(.office)
        let report = sheet.report
        #expect(report.named(.grid) == 241)
        #expect(report.inside(.grid) >= 236)
        #expect(report.named(.community) == 10)
        #expect(report.named(.microgrid) >= 940)
        #expect(report.careShownAlone + report.careShownInClusters == 600)
        #expect(report.careMissing == 0)
        let overlaps = OverlapCheck.overlaps(in: sheet.pages[0].list)
        #expect(overlaps.isEmpty, "\(overlaps.prefix(5))")
    }

    /// The same on streets, lanes and courtyards, where nothing is a lattice.
    @Test func theSampleTownIsNamedToo() throws {
        let shown = Disclosure(.office).apply(to: SampleTown.make(.reference).town)
        let composer = SheetComposer(shown, options: SheetOptions(paper: .a1))
        let sheet = try composer.compose(.town(shown))
        let report = sheet.report
        #expect(report.named(.grid) == 241)
        #expect(report.inside(.grid) >= 236)
        #expect(report.named(.microgrid) >= 940)
        #expect(report.careMissing == 0)
        #expect(report.careShownAlone + report.careShownInClusters == shown.careSymbols.count)
        let overlaps = OverlapCheck.overlaps(in: sheet.pages[0].list)
        #expect(overlaps.isEmpty, "\(overlaps.prefix(5))")
    }
}
