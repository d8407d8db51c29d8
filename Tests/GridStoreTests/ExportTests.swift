import Foundation
import GRDB
import GeoGrid
import TestSupport
import Testing

@testable import GridStore

@Suite struct ExportTests {
    @Test func thePublicEditionHoldsNoResident() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let options = ExportOptions(day: MadeTown.day)
        #expect(throws: GeoGridError.self) { try file.export(.household, options: options) }
        #expect(throws: GeoGridError.self) { try file.export(.careResident, options: options) }
        let people = try file.export(.person, options: options)
        #expect(people.columns.map(\.name) == ["id", "name"])
        #expect(people.geometries.kinds.allSatisfy { $0 == .none })

        var office = options
        office.privacy = .office
        let households = try file.export(.household, options: office)
        #expect(households.column(named: "head") == nil && households.column(named: "phone") == nil)
        #expect(households.count == 16)
    }

    @Test func exportAndImportReturnToEachOther() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        var options = ExportOptions(day: MadeTown.day)
        options.privacy = .operational
        options.crs = CRS(epsg: 4546)
        let other = try TownFile.create(at: scratch.url("other.gpkg").path, identity: TownFileTests.identity())
        for layer in Layer.all {
            var table = try file.export(layer, options: options)
            table.crs = CRS(epsg: 4546)
            let report = try other.importTable(table, as: layer)
            #expect(report.rejected.isEmpty, "\(layer.name): \(report.rejected)")
        }
        let made = MadeTown.town()
        let read = try other.town(on: MadeTown.day)
        #expect(read.households == made.households)
        #expect(read.careResidents == made.careResidents)
        #expect(read.posts == made.posts && read.people == made.people)
        #expect(read.roads == made.roads && read.hazards == made.hazards && read.premises == made.premises)
        #expect(read.microgrids.areas.xy == made.microgrids.areas.xy)
    }

    @Test func aPublicCopyHoldsNoNameInAnyByte() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let path = scratch.url("copy.gpkg").path
        try file.copy(to: path, privacy: .public)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for secret in ["户主3", "某某", "000-00001003", "沿河路3号"] {
            #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret)")
        }
        #expect(bytes.range(of: Data("张三".utf8)) != nil, "leads are public")
        let copy = try TownFile.open(path)
        let town = try copy.town(on: MadeTown.day)
        #expect(town.careResidents.isEmpty && town.households.isEmpty && town.microgrids.count == 8)
        try copy.read { db in
            let verdict = try String.fetchAll(db, sql: "PRAGMA integrity_check")
            #expect(verdict == ["ok"])
        }
    }
}

/// What may not leave the house in a copy for the public.
@Suite struct PublicCopyTests {
    @Test func nothingPersonalIsLeft() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        try file.copy(to: scratch.url("public.gpkg").path, privacy: .public)
        let copy = try TownFile.open(scratch.url("public.gpkg").path, readOnly: true)
        try copy.read { db in
            let publicLayers = Set(Layer.all.filter { $0.privacy == .public }.map(\.name) + ["town", "setting"])
            for row in try Row.fetchAll(db, sql: "SELECT table_name, min_x FROM gpkg_contents ORDER BY 1") {
                let table: String = row[0]
                if publicLayers.contains(table) { continue }
                #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM \"\(table)\"") == 0, "\(table) holds records")
                #expect(row["min_x"] == nil, "the extent of \(table) says where somebody lives")
            }
            let people = try String.fetchAll(db, sql: "SELECT id FROM person ORDER BY id")
            #expect(people == ["1"], "the holder of a post, and nobody else")
        }
    }
}
