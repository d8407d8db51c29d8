import Foundation
import GeoGrid
import TestSupport
import Testing

@testable import GridStore

/// Two zonings of one ground whose zones are numbered alike.
@Suite struct ZoneKeyTests {
    private static let day = MadeTown.day

    private static func zones(_ zoning: String, _ boxes: [(String, Double, Double)]) -> FeatureTable {
        var shapes = Geometries()
        for (_, x, width) in boxes { shapes.append(.polygon, parts: MadeTown.box(x, 0, width, 200)) }
        var table = FeatureTable(source: zoning, geometries: shapes)
        table.columns = [
            PropertyColumn(name: "code", texts: boxes.map(\.0)),
            PropertyColumn(name: "zoning", texts: boxes.map { _ in zoning }),
            PropertyColumn(name: "name", texts: boxes.map { "第\($0.0)区" }),
            PropertyColumn(name: "kind", texts: boxes.map { _ in "base" }),
        ]
        table.crs = CRS(epsg: 4546)
        return table
    }

    private static func bare(_ source: String, _ count: Int) -> FeatureTable {
        var nothing = Geometries()
        for _ in 0..<count { nothing.append(.none, parts: []) }
        return FeatureTable(source: source, geometries: nothing)
    }

    private static func posts(_ rows: [[String?]]) -> FeatureTable {
        var table = bare("posts.csv", rows.count)
        table.columns = ["id", "role", "level", "unit", "体系", "person"].enumerated().map { i, name in
            PropertyColumn(name: name, texts: rows.map { $0[i] })
        }
        return table
    }

    private static let branches = zones("党支部", [("1", 0, 150), ("2", 150, 250)])
    private static let grids = zones("责任网格", [("1", 0, 300), ("2", 300, 100)])

    private static func file() throws -> (TownFile, () -> Void) {
        let scratch = try Scratch()
        let file = try TownFileTests.filled(scratch)
        for table in [branches, grids] {
            let report = try file.importTable(table, as: .zone)
            #expect(report.rejected == [] && report.new == 2)
        }
        return (file, { scratch.remove() })
    }

    @Test func zoningsMayNumberTheirZonesAlike() throws {
        let (file, remove) = try Self.file()
        defer { remove() }
        #expect(try file.importTable(Self.branches, as: .zone).unchanged == 2)
        let zonings = try file.zonings(on: Self.day)
        #expect(zonings.map(\.name) == ["党支部", "责任网格"])
        #expect(zonings.map(\.codes) == [["1", "2"], ["1", "2"]])
        let (grids, homes) = try (file.units(.grid, on: Self.day), file.households(on: Self.day))
        for zoning in zonings {
            #expect(try ZoningAudit(zoning, ground: grids, households: homes).findings == [])
        }
        let crosswalk = try ZoningCrosswalk(zonings[0], zonings[1], households: homes)
        #expect(crosswalk.rows.reduce(0) { $0 + $1.households } == homes.count)
        #expect(crosswalk.rows.map { [$0.a, $0.b] } == [[0, 0], [1, 0], [1, 1]])
        let table = try file.export(.zone, options: ExportOptions(day: Self.day))
        #expect(table.count == 4)
        #expect(try file.importTable(table, as: .zone).new == 0)
    }

    /// A zone of one zoning is doubled only by its own; another day's version is of its own zoning.
    @Test func doubledAndDatedWithinTheirZoning() throws {
        let (file, remove) = try Self.file()
        defer { remove() }
        let doubled = try file.importTable(Self.zones("网格长片区", [("1", 0, 100), ("1", 100, 100)]), as: .zone)
        #expect(doubled.rejected.map(\.code.description) == ["GG157"])
        #expect(doubled.rejected[0].place.id == "网格长片区/1")
        var options = ImportOptions()
        options.day = Day("2026-06-01")
        options.complete = true
        let report = try file.importTable(Self.zones("党支部", [("1", 0, 400)]), as: .zone, options: options)
        #expect((report.changed, report.removed) == (1, 1))
        let after = try file.zonings(on: Day("2026-06-01")!)
        #expect(after.map(\.name) == ["党支部", "网格长片区", "责任网格"])
        #expect(after.map(\.count) == [1, 1, 2])
        #expect(try file.zonings(on: Self.day).map(\.count) == [2, 1, 2])
    }

    @Test func postsSayWhichZoning() throws {
        let (file, remove) = try Self.file()
        defer { remove() }
        let report = try file.importTable(
            Self.posts([
                ["z1", "支部书记", "grid", "1", "党支部", "1"], ["z2", "责任网格长", "grid", "1", "责任网格", "2"],
                ["z3", "支部书记", "grid", "2", "党支部", nil], ["z4", "网格警", "grid", "2", nil, "1"],
                ["z5", "支部书记", "grid", "9", "党支部", "1"],
            ]), as: .post)
        #expect(report.rejected == [])
        #expect(report.findings.filter { $0.code == .unknownPostUnit }.map { $0.place.id } == ["z4", "z5"])

        let west = try LocateTests.answer(file, at: MadeTown.at(20, 20), on: Self.day)
        #expect(
            west.zones.map { "\($0.zoning)/\($0.code) \($0.responsible.map(\.name))" } == [
                "党支部/1 [\"张三\"]", "责任网格/1 [\"李四\"]",
            ])
        let east = try LocateTests.answer(file, at: MadeTown.at(390, 20), on: Self.day)
        #expect(east.zones.map(\.vacant) == [["支部书记"], []])
        #expect(east.zones.allSatisfy { $0.responsible.isEmpty })
        // The post that names no zoning is nobody's, and both zones say so.
        #expect(east.reasons.filter { $0.zh.contains("没有写体系") }.count == 2)
        let batch = try file.locateBatch(on: Self.day).cells(at: MadeTown.at(20, 20))
        #expect(batch[batch.count - 2] == "党支部 第1区（张三 000-00000001）；责任网格 第1区（李四 ）")

        let roster = try file.roster(on: Self.day)
        let wrong = roster.findings.filter { $0.code == .ambiguousZone || $0.code == .unknownPostUnit }
        #expect(wrong.map { "\($0.code) \($0.place.id ?? "")" } == ["GG578 z4", "GG555 z5"])
        #expect(wrong[0].message.zh.contains("党支部、责任网格"))
        #expect(roster.vacancies.filter { $0.zoning == "党支部" }.map(\.postID) == ["z3"])

        #expect(try file.locate(.name("1"), on: Self.day).map(\.subject.zh) == ["分区 党支部/1 第1区", "分区 责任网格/1 第1区"])
        #expect(try file.locate(.name("责任网格/1"), on: Self.day).count == 1)
        #expect(try file.locate(.name("李四"), on: Self.day).map(\.subject.zh) == ["任职人员 责任网格长 李四"])
        #expect(try file.locate(.id("P1"), on: Self.day).map(\.subject.zh) == ["经营场所 P1"])
        #expect(throws: GeoGridError.self) { try file.locate(.id("R1"), on: Self.day) }
        #expect(try file.locate(.id("R1"), on: Self.day, showsResidents: true).map(\.privacy) == [.operational])
    }

    /// A base unit of the same code keeps its own people, and a hand-over asks for the zoning where it needs it.
    @Test func handOverNamesTheZoning() throws {
        let (file, remove) = try Self.file()
        defer { remove() }
        _ = try file.importTable(Self.zones("片区", [("G00", 0, 400)]), as: .zone)
        _ = try file.importTable(
            Self.posts([
                ["z1", "组长", "grid", "1", "党支部", "1"], ["z2", "组长", "grid", "1", "责任网格", "1"],
                ["z3", "片长", "grid", "G00", "片区", "2"],
            ]), as: .post)
        let answer = try LocateTests.answer(file, at: MadeTown.at(20, 20), on: Self.day)
        #expect(answer.chain.first { $0.level == .grid }?.responsible.map(\.name) == ["张三"])
        #expect(answer.zones.map { $0.responsible.map(\.role) } == [["组长"], ["片长"], ["组长"]])
        func handOver(_ zoning: String?) throws -> HandOver {
            var table = Self.bare("list.csv", 1)
            table.columns = [("岗位", "组长"), ("单元", "1"), ("体系", zoning), ("新任", "2")].map {
                PropertyColumn(name: $0.0, texts: [$0.1])
            }
            return HandOver(table, on: Self.day, roster: try file.roster(on: Self.day))
        }
        #expect(try handOver(nil).findings.first?.message.zh.contains("请写体系") == true)
        let change = try handOver("责任网格")
        #expect(change.findings == [] && change.changes.map(\.old?.id) == ["z2"])
        try file.apply(change, source: "list.csv")
        let after = try LocateTests.answer(file, at: MadeTown.at(20, 20), on: Self.day)
        #expect(after.zones.map { $0.responsible.map(\.name) } == [["张三"], ["李四"], ["李四"]])
    }
}
