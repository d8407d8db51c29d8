import Foundation
import GeoGrid
import TestSupport
import Testing

@testable import GridStore

/// What spreadsheets and hurried hands do to lists: taken where it can be, and said with file, record and field.
@Suite struct BadListTests {
    private func imported(_ csv: String, as layer: Layer) throws -> (report: ImportReport, file: TownFile, Scratch) {
        let scratch = try Scratch()
        let file = try TownFileTests.filled(scratch)
        try scratch.write(csv, to: "list.csv")
        let (table, read) = try Intake.read(scratch.url("list.csv"))
        return (try file.importTable(table, as: layer, readFindings: read), file, scratch)
    }

    @Test func aPhoneInScientificNotationIsNotKept() throws {
        let (report, file, scratch) = try imported(
            "户号,户主,电话,经度,纬度\nH1,甲,1.38E+10,114.30,30.59\nH2,乙,000-00000002,114.30,30.59\n", as: .household)
        defer { scratch.remove() }
        #expect(report.taken == 2)
        let lost = try #require(report.findings.first { $0.code.description == "GG155" })
        #expect(lost.place.file == "list.csv" && lost.place.record == 1 && lost.place.field == "phone")
        #expect(lost.place.id == "H1")
        // The reader had seen it too, in the file's own words.
        let seen = try #require(report.findings.first { $0.code.description == "GG124" })
        #expect(seen.place.field == "电话")
        let homes = try file.households(on: MadeTown.day).filter { ["H1", "H2"].contains($0.id) }
        #expect(homes.map(\.phone) == ["", "000-00000002"])
    }

    @Test func fullWidthIdentifiersAreTheSameAsHalfWidthOnes() throws {
        let (report, file, scratch) = try imported(
            "编号,姓名,电话\n１,张三,０００－００００００１１\n", as: .person)
        defer { scratch.remove() }
        #expect(report.new == 0 && report.changed == 1)
        let note = try #require(report.findings.first { $0.code.description == "GG577" })
        #expect(note.place.record == 1 && note.place.field == "id" && note.severity == .note)
        #expect(try file.roster(on: MadeTown.day).person("1")?.phone == "000-00000011")
    }

    @Test func doubledIdentifiersWithDifferentContentAreRefused() throws {
        let (report, _, scratch) = try imported(
            "户号,户主,经度,纬度\nH1,甲,114.30,30.59\nＨ１,乙,114.31,30.59\n", as: .household)
        defer { scratch.remove() }
        #expect(report.taken == 1)
        #expect(report.rejected.map(\.code.description) == ["GG157"])
        #expect(report.rejected[0].place.record == 2)
        #expect(report.rejected[0].place.id == "H1")
    }

    @Test func postsWithReversedDatesUnknownRolesAndOverlapsSayWhich() throws {
        let (report, file, scratch) = try imported(
            """
            id,role,level,unit,person,from,to
            x1,网格长,grid,G00,2,2026-02-01,2026-01-01
            x2,保洁督导,grid,G00,2,2026-01-01,
            x3,网格长,grid,G10,2,2026-01-01,
            x4,网格长,grid,G10,2,2026-02-01,
            x5,网格长,street,G10,2,2026-02-01,

            """, as: .post)
        defer { scratch.remove() }
        #expect(report.rejected.map { "\($0.code) \($0.place.id ?? "")" } == ["GG554 x1", "GG155 x5"])
        let findings = try file.roster(on: MadeTown.day).findings
        func places(_ code: String) -> [String?] { findings.filter { $0.code.description == code }.map(\.place.id) }
        #expect(places("GG552") == ["x2"])
        #expect(places("GG553") == ["x4"])
    }

    /// A workbook with one sheet, its parts stored and not packed.
    private func workbook(_ sheet: String) -> [UInt8] {
        let head = #"<?xml version="1.0" encoding="UTF-8"?>"#
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let package = "http://schemas.openxmlformats.org/package/2006"
        let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        return StoredZip([
            (
                "[Content_Types].xml",
                head + #"<Types xmlns="\#(package)/content-types"><Default Extension="rels" "#
                    + #"ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
                    + #"<Override PartName="/xl/workbook.xml" ContentType="\#(type).sheet.main+xml"/>"#
                    + #"<Override PartName="/xl/worksheets/sheet1.xml" ContentType="\#(type).worksheet+xml"/></Types>"#
            ),
            (
                "_rels/.rels",
                head + #"<Relationships xmlns="\#(package)/relationships"><Relationship Id="rId1" "#
                    + #"Type="\#(office)/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
            (
                "xl/workbook.xml",
                head + #"<workbook xmlns="\#(main)" xmlns:r="\#(office)"><sheets>"#
                    + #"<sheet name="摸底 &amp; 排查" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
            (
                "xl/_rels/workbook.xml.rels",
                head + #"<Relationships xmlns="\#(package)/relationships"><Relationship Id="rId1" "#
                    + #"Type="\#(office)/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
            ("xl/worksheets/sheet1.xml", head + #"<worksheet xmlns="\#(main)">\#(sheet)</worksheet>"#),
        ]).bytes
    }

    private func sheet(_ rows: [[String]], merged: [String]) -> String {
        let cells = rows.enumerated().map { r, row in
            "<row r=\"\(r + 1)\">"
                + row.enumerated().map { c, text in
                    text.isEmpty
                        ? ""
                        : "<c r=\"\(["A", "B", "C"][c])\(r + 1)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
                }.joined() + "</row>"
        }
        let ranges = merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
        return "<sheetData>\(cells.joined())</sheetData>"
            + (merged.isEmpty ? "" : "<mergeCells count=\"\(merged.count)\">\(ranges)</mergeCells>")
    }

    /// As such lists are kept: a merged title, a header over two rows, a building merged over its households.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ogr2ogr"), "gdal-bin is absent"))
    func mergedRangesAreFilledDown() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let rows = [
            ["摸底排查登记表", "", ""], ["楼栋", "住户", ""], ["", "姓名", "人数"], ["1栋", "甲", "3"], ["", "乙", "2"], ["", "", ""],
            ["2栋", "丙", "4"], ["", "丁", ""],
        ]
        let merged = ["A1:C1", "A2:A3", "B2:C2", "A4:A5", "A7:A8", "C7:C8"]
        try Data(workbook(sheet(rows, merged: merged))).write(to: scratch.url("list.xlsx"))
        let (table, findings) = try Intake.read(scratch.url("list.xlsx"))
        #expect(table.columns.map(\.name).sorted() == ["人数", "姓名", "楼栋"])
        func column(_ name: String) -> [String?] {
            (0..<table.count).map { row in table.column(named: name)?.text(row: row) }
        }
        #expect(column("楼栋") == ["1栋", "1栋", nil, "2栋", "2栋"])
        #expect(column("姓名") == ["甲", "乙", nil, "丙", "丁"])
        #expect(column("人数") == ["3", "2", nil, "4", "4"])
        #expect(findings.map(\.code.description) == ["GG136"] && findings[0].severity == .note)
        #expect(findings[0].message.zh.contains("3 处") && findings[0].message.zh.contains("A4:A5, A7:A8, C7:C8"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ogr2ogr"), "gdal-bin is absent"))
    func mergedCellsAreToldAndTheListIsStillMatched() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let rows = [["姓名", "地址", "电话"], ["甲", "沿河路12号", "000-1"], ["乙", "", "000-2"], ["丙", "", "000-3"]]
        try Data(workbook(sheet(rows, merged: ["A1:B1", "B2:B4"]))).write(to: scratch.url("list.xlsx"))
        let (table, findings) = try Intake.read(scratch.url("list.xlsx"))
        let merged = try #require(findings.first { $0.code.description == "GG136" })
        #expect(merged.place.file == "list.xlsx" && merged.place.layer == "摸底 & 排查")
        #expect(merged.message.zh.contains("1 处") && merged.message.zh.contains("B2:B4"))
        let file = try TownFileTests.filled(scratch)
        let match = try ListMatch(
            table, book: file.addressBook(on: MadeTown.day, withHouseholds: true),
            layers: [file.units(.grid, on: MadeTown.day)], roster: file.roster(on: MadeTown.day))
        #expect(match.lines.map(\.match.outcome) == [.matched, .matched, .matched])
        try Data(workbook(sheet(rows, merged: []))).write(to: scratch.url("plain.xlsx"))
        #expect(try Intake.read(scratch.url("plain.xlsx")).findings == [])
    }
}

/// 存储式 ZIP: files side by side, uncompressed (APPNOTE 6.3).
private struct StoredZip {
    private(set) var bytes: [UInt8] = []

    init(_ files: [(name: String, text: String)]) {
        var directory: [UInt8] = []
        for (name, text) in files {
            let data = Array(text.utf8)
            let common =
                Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 2) + Self.number(0x21, 2)
                + Self.number(Self.checksum(data), 4) + Self.number(data.count, 4) + Self.number(data.count, 4)
                + Self.number(name.utf8.count, 2) + Self.number(0, 2)
            directory +=
                Self.number(0x0201_4B50, 4) + Self.number(20, 2) + Self.number(20, 2) + common + Self.number(0, 2)
                + Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 4) + Self.number(bytes.count, 4)
                + Array(name.utf8)
            bytes += Self.number(0x0403_4B50, 4) + Self.number(20, 2) + common + Array(name.utf8) + data
        }
        let start = bytes.count
        bytes +=
            directory + Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(files.count, 2)
            + Self.number(files.count, 2) + Self.number(directory.count, 4) + Self.number(start, 4) + Self.number(0, 2)
    }

    private static func number(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// CRC-32 of ISO 3309.
    private static func checksum(_ data: [UInt8]) -> Int {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in data {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return Int(~crc)
    }
}
