import Foundation
import GRDB
import GeoGrid
import TestSupport
import Testing

@testable import GridStore

@Suite struct ImportTests {
    /// Rows of text columns, as a CSV reader gives them.
    static func table(_ header: [String], _ rows: [[String?]]) -> FeatureTable {
        FeatureTable(
            source: "list.csv", geometries: Geometries(featureless: rows.count),
            columns: header.enumerated().map { c, name in PropertyColumn(name: name, texts: rows.map { $0[c] }) })
    }

    /// Longitude and latitude of a place in the made town.
    static func degrees(_ x: Double, _ y: Double) throws -> [String] {
        let p = try Projection(from: CRS(epsg: 4546), to: .wgs84)(MadeTown.at(x, y))
        return ["\(p.x)", "\(p.y)"]
    }

    static let header = ["户号", "户主", "联系电话", "人口数（人）", "风险", "经度", "纬度"]

    static func households() throws -> FeatureTable {
        table(
            header,
            [
                ["H1", "甲", "000-00000011", "３", "红"] + (try degrees(10, 10)),
                ["H2", "乙", "", "2", "紫"] + (try degrees(110, 10)),
                ["H3", "丙", nil, "1", nil] + ["", ""],
                ["H1", "丁", nil, "1", nil] + (try degrees(20, 20)),
                ["", "戊", nil, "1", nil] + (try degrees(20, 20)),
                ["H6", "己", nil, "1", nil] + ["27.5", "117"],
            ])
    }

    @Test func everyRowIsTakenOrRejectedWithItsReason() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let report = try file.importTable(try ImportTests.households(), as: .household)
        #expect(report.read == 6 && report.taken == 2 && report.new == 2)
        #expect(
            report.rejected.map { "\($0.place.record ?? 0) \($0.code)" } == [
                "3 GG" + "156", "4 GG" + "157", "5 GG" + "154", "6 GG" + "158",
            ])
        #expect(report.findings.map(\.code) == [IssueCode("GG" + "155")], "紫 is no colour")
        #expect(report.mapping.column(of: "persons") == "人口数（人）")

        let town = try file.town(on: MadeTown.day)
        let first = try #require(town.households.first { $0.id == "H1" })
        #expect(first.persons == 3 && first.risk == .red && first.head == "甲")
        #expect(first.location.distance(to: MadeTown.at(10, 10)) < 0.001)
    }

    @Test func importingAgainDoublesNothing() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        _ = try file.importTable(try ImportTests.households(), as: .household)
        let again = try file.importTable(try ImportTests.households(), as: .household)
        #expect(again.unchanged == 2 && again.new == 0 && again.changed == 0)
        let count = try file.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM household") }
        #expect(count == 18)
    }

    @Test func aListWithoutAColumnLeavesItAlone() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let report = try file.importTable(
            ImportTests.table(["id", "persons"], [["H100", "7"], ["H101", "2"]]), as: .household)
        #expect(report.changed == 1 && report.unchanged == 1)
        let household = try #require(file.town(on: MadeTown.day).households.first { $0.id == "H100" })
        #expect(household.persons == 7 && household.phone == MadeTown.town().households[0].phone)
    }

    @Test func aDryRunKeepsNothing() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let before = try Data(contentsOf: URL(fileURLWithPath: file.path))
        var options = ImportOptions()
        options.dryRun = true
        let report = try file.importTable(try ImportTests.households(), as: .household, options: options)
        #expect(report.new == 2)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == before)
    }

    @Test func newsOfADayKeepsTheDayBefore() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        var options = ImportOptions()
        options.day = try #require(Day("2026-06-01"))
        _ = try file.importTable(
            ImportTests.table(["id", "persons"], [["H100", "7"]]), as: .household, options: options)
        let before = try #require(file.town(on: MadeTown.day).households.first { $0.id == "H100" })
        let after = try #require(file.town(on: options.day!).households.first { $0.id == "H100" })
        #expect(before.persons == 1 && after.persons == 7)
    }

    @Test func anInterruptedImportChangesNothing() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let before = try Data(contentsOf: URL(fileURLWithPath: file.path))
        let stopped = GeoGrid.Progress(report: { _, _, _ in }, isInterrupted: { true })
        #expect(throws: CancellationError.self) {
            try file.importTable(try ImportTests.households(), as: .household, progress: stopped)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == before)
    }

    @Test func aWrongColumnIsNamed() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let table = ImportTests.table(["a", "b"], [["1", "2"]])
        var options = ImportOptions()
        #expect(throws: GeoGridError.self) { try file.importTable(table, as: .household) }
        options.columns = ["id": "c"]
        #expect(throws: GeoGridError.self) { try file.importTable(table, as: .household, options: options) }
        options.columns = ["colour": "a"]
        #expect(throws: GeoGridError.self) { try file.importTable(table, as: .household, options: options) }
    }

    @Test func aFileHeldByAnotherIsLocked() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: file.path, configuration: configuration)
        try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        let error = #expect(throws: GeoGridError.self) {
            try file.importTable(try ImportTests.households(), as: .household)
        }
        #expect(error?.code == IssueCode("GG" + "503"))
        try other.inDatabase { try $0.execute(sql: "ROLLBACK") }
    }

    @Test func pointsInAnotherDatumAreNoticed() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let back = try Projection(from: CRS(epsg: 4546), to: .wgs84)
        let rows = try (0..<60).map { i -> [String?] in
            let p = try back(MadeTown.at(Double(i % 10) * 40 + 5, Double(i / 10) * 30 + 10))
            let shifted = Datum.wgs84.convert(GeographicPoint(longitude: p.x, latitude: p.y), to: .gcj02)
            return ["X\(i)", "\(shifted.longitude)", "\(shifted.latitude)"]
        }
        let table = ImportTests.table(["id", "lon", "lat"], rows)
        let wrong = try file.importTable(table, as: .household)
        #expect(wrong.findings.contains { $0.code == .datumMixUp })
        var options = ImportOptions()
        options.datum = .gcj02
        let right = try file.importTable(table, as: .household, options: options)
        #expect(!right.findings.contains { $0.code == .datumMixUp })
        #expect(right.changed == 60)
    }
}
