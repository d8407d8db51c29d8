import Foundation
import GeoGrid
import TestSupport
import Testing

@testable import GridStore

/// Complete lists and corrections, where they must not reach too far.
@Suite struct CarefulMergeTests {
    @Test func aRejectedRecordIsNotEnded() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let town = MadeTown.town()
        var rows = try town.households.dropLast().map { home in
            [home.id, "2"] + (try ImportTests.degrees(home.location.x - 500_000, home.location.y - 3_500_000))
        }
        rows[0][2] = "abc"
        var options = ImportOptions()
        options.complete = true
        let report = try file.importTable(
            ImportTests.table(["id", "persons", "lon", "lat"], rows), as: .household, options: options)
        #expect(report.rejected.map(\.place.id) == [town.households[0].id])
        #expect(report.removed == 1, "only the one that the list lacks")
    }

    @Test func anEmptyCompleteListEndsNothing() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        var options = ImportOptions()
        options.complete = true
        let report = try file.importTable(
            ImportTests.table(["id", "lon", "lat"], []), as: .household, options: options)
        #expect(report.removed == 0 && report.findings.map(\.code.description) == ["GG" + "167"])
    }

    @Test func anUnreadableValueLeavesWhatIsStored() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let before = try #require(file.town(on: MadeTown.day).households.first { $0.persons > 1 })
        _ = try file.importTable(ImportTests.table(["id", "人数"], [[before.id, "两人"]]), as: .household)
        let after = try #require(file.town(on: MadeTown.day).households.first { $0.id == before.id })
        #expect(after.persons == before.persons && after.location == before.location)
    }

    @Test func aCorrectionGoesToTheVersionThatHolds() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        func rename(_ name: String, on day: Day?) throws {
            var options = ImportOptions()
            options.day = day
            _ = try file.importTable(
                ImportTests.table(["code", "name"], [["G00", name]]), as: .grid, options: options)
        }
        let ahead = Day("2999-01-01")!
        try rename("将来", on: ahead)
        try rename("改正", on: nil)
        #expect(try file.town(on: MadeTown.day).grids.names[0] == "改正")
        #expect(try file.town(on: ahead).grids.names[0] == "将来")
    }

    @Test func anAssignmentAfterTheUnitsChangedLeavesThePast() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        _ = try file.assign(on: MadeTown.day)
        var town = MadeTown.town()
        for i in town.microgrids.codes.indices { town.microgrids.codes[i] += "9" }
        let change = Day("2026-09-01")!
        try file.fill(from: town, on: change, complete: true)
        _ = try file.assign(on: Day("2026-10-01")!)
        let before = try file.town(on: MadeTown.day)
        let after = try file.town(on: change)
        #expect(before.households.allSatisfy { before.microgrids.codes.contains($0.unitCode) })
        #expect(after.households.allSatisfy { after.microgrids.codes.contains($0.unitCode) })
    }

    @Test func aPointAtZeroDoesNotChooseTheSystem() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFile.create(
            at: scratch.url("new.gpkg").path, identity: TownIdentity(name: "云溪镇", county: "清岚县"))
        let report = try file.importTable(
            ImportTests.table(
                ["户号", "经度", "纬度"], [["H1", "0", "0"], ["H2", "117.08", "27.54"], ["H3", "117.09", "27.55"]]),
            as: .household)
        #expect(report.taken == 3)
        #expect(try file.town(on: MadeTown.day).epsg == 4548)
    }

    @Test func oneFeatureBeyondTheSystemVoidsNoFile() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFile.create(
            at: scratch.url("new.gpkg").path, identity: TownIdentity(name: "云溪镇", county: "清岚县"))
        var areas = Geometries()
        for (x, y) in [(117.0, 27.5), (27.5, 117.0), (117.01, 27.5)] {
            let ring = [(0.0, 0.0), (0.01, 0), (0.01, 0.01), (0, 0.01), (0, 0)].map {
                PlanarPoint(x: x + $0.0, y: y + $0.1)
            }
            areas.append(.polygon, parts: [[ring]])
        }
        let table = FeatureTable(
            source: "grids.geojson", geometries: areas,
            columns: [PropertyColumn(name: "code", texts: ["G1", "G2", "G3"])])
        let report = try file.importTable(table, as: .grid)
        #expect(report.taken == 2 && report.rejected.map(\.code.description) == ["GG" + "202"])
        #expect(report.rejected.first?.place.record == 2)
    }

    @Test func aSystemThatTheFileContradictsIsSaid() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFile.create(
            at: scratch.url("new.gpkg").path, identity: TownIdentity(name: "云溪镇", county: "清岚县"))
        let ring = [(117.0, 27.5), (117.01, 27.5), (117.01, 27.51), (117.0, 27.5)].map {
            PlanarPoint(x: $0.0, y: $0.1)
        }
        var areas = Geometries()
        areas.append(.polygon, parts: [[ring]])
        var table = FeatureTable(
            source: "grids.geojson", geometries: areas, columns: [PropertyColumn(name: "code", texts: ["G1"])])
        table.crs = CRS(epsg: 4490)
        var options = ImportOptions()
        options.crs = CRS(epsg: 4546)
        let report = try file.importTable(table, as: .grid, options: options)
        #expect(report.taken == 1 && report.findings.map(\.code.description).contains("GG" + "172"))
    }
}
