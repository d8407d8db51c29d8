import Foundation
import GRDB
import GeoGrid
import TestSupport
import Testing

@testable import GridStore

@Suite struct TownFileTests {
    static func identity() -> TownIdentity {
        var identity = TownIdentity(name: "云溪镇", county: "云溪县")
        identity.code = "421000101"
        return identity
    }

    /// A file with the made town, in a folder of its own.
    static func filled(_ scratch: Scratch) throws -> TownFile {
        let file = try TownFile.create(at: scratch.url("town.gpkg").path, identity: identity())
        try file.fill(from: MadeTown.town())
        return file
    }

    @Test func aTownReturnsAsItWasStored() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let made = MadeTown.town()
        let read = try TownFile.open(file.path, readOnly: true).town(on: MadeTown.day)
        #expect(read.name == made.name && read.county == made.county && read.code == made.code)
        #expect(read.epsg == made.epsg)
        for level in [Level.community, .grid, .microgrid] {
            let a = try #require(made.units(level))
            let b = try #require(read.units(level))
            #expect(a.codes == b.codes && a.names == b.names && a.parentCodes == b.parentCodes && a.kinds == b.kinds)
            #expect(a.areas.xy == b.areas.xy)
        }
        #expect(read.buildings == made.buildings)
        #expect(read.roads == made.roads)
        #expect(read.waters == made.waters)
        #expect(read.places == made.places)
        #expect(read.households == made.households)
        #expect(read.careResidents == made.careResidents)
        #expect(read.servicePoints == made.servicePoints)
        #expect(read.premises == made.premises)
        #expect(read.hazards == made.hazards)
        #expect(read.people == made.people)
        #expect(read.posts == made.posts)
    }

    @Test func fillingAgainChangesNothing() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let town = MadeTown.town()
        try file.write { db in
            for layer in Layer.ofTown {
                let records = LayerRecord.records(of: layer, in: town)
                let counts = try LayerMerge(layer, complete: true).merge(records, in: db)
                #expect(counts == MergeCounts(unchanged: records.count), "\(layer.name)")
            }
        }
    }

    @Test func theFileIsPrivateAndSound() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try file.read { db in
            #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"])
            let broken = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
            #expect(broken == [])
            #expect(try Int.fetchOne(db, sql: "PRAGMA application_id") == 0x4750_4B47)
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM rtree_household_geom") == 16)
        }
    }

    @Test func layersAndTablesAgree() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFile.create(at: scratch.url("t.gpkg").path, identity: TownFileTests.identity())
        try file.read { db in
            for layer in Layer.all {
                let columns = try Set(db.columns(in: layer.name).map(\.name))
                var expected = Set(layer.fields.map(\.name) + ["fid"])
                if layer.geometry != nil { expected.insert("geom") }
                if layer.dated { expected.formUnion(["valid_from", "valid_to"]) }
                if layer.placed { expected.formUnion(["unit", "placed"]) }
                #expect(columns == expected, "\(layer.name)")
            }
        }
    }

    @Test func newsKeepsTheAnswerOfTheDayBefore() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        var town = MadeTown.town()
        let change = try #require(Day("2026-06-01"))
        town.grids.names[0] = "改名网格"
        town.households[0].persons = 9
        town.households.removeLast()
        town.households.append(Household(id: "H900", location: MadeTown.at(5, 5)))
        try file.fill(from: town, on: change, complete: true)

        let before = try file.town(on: try #require(change.advanced(by: -1)))
        #expect(before.households == MadeTown.town().households)
        #expect(before.grids.names == MadeTown.town().grids.names)
        let after = try file.town(on: change)
        #expect(after.households == town.households)
        #expect(after.grids.names == town.grids.names)

        // Again, and as a correction of the same day, nothing more happens.
        try file.fill(from: town, on: change, complete: true)
        let versions = try file.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM household") }
        #expect(versions == 18)

        // A household that comes back gets a version of its own.
        let back = try #require(Day("2026-07-01"))
        try file.fill(from: MadeTown.town(), on: back)
        let returned = try file.town(on: back)
        #expect(returned.households.count == 17)
        #expect(try file.town(on: change).households == town.households)
    }

    @Test func otherProgramsReadIt() throws {
        let ogrinfo = URL(fileURLWithPath: "/usr/bin/ogrinfo")
        guard FileManager.default.isExecutableFile(atPath: ogrinfo.path) else { return }
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let run = try Program.run(ogrinfo, ["-al", "-so", "-ro", file.path], in: scratch.folder)
        #expect(run.status == 0)
        #expect(run.errors == "")
        #expect(run.output.contains("Layer name: microgrid"))
        #expect(run.output.contains("Feature Count: 16"))
        #expect(run.output.contains("4546"))
    }
}
