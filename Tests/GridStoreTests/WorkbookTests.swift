import Foundation
import GeoGrid
import GridStore
import TestSupport
import Testing

@Suite struct WorkbookTests {
    private let sheets = [
        SheetTable(
            name: "清河社区", columns: ["姓名", "电话", "户数", "面积(亩)", "任职日期"],
            rows: [
                [
                    .text("=1+1"), .text("000-12345678"), .integer(310), .number(8.64, decimals: 2),
                    .day(Day("2026-03-01")!),
                ],
                [.text("@SUM(A1)"), .text("+86 1"), .empty, .number(.nan, decimals: 2), .day(Day("1899-12-31")!)],
                [.text("㳇\u{0}<&>\"湖"), .text("-3"), .integer(-3), .number(-0.004, decimals: 2), .empty],
            ], pageMark: "内部资料 A&B"),
        SheetTable(name: "清河社区", columns: ["a"], rows: [[.integer(123_456_789_012_345_678)]]),
        SheetTable(name: "a/b:[c]*?\\" + String(repeating: "长", count: 40), columns: ["a"], rows: []),
    ]

    /// One part of the written file, unpacked by a program that is not ours.
    private func part(_ name: String, of url: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
        process.arguments = ["-p", url.path, name]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private func temporary(_ name: String) -> URL {
        FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)")
    }

    @Test func everyTextIsATextAndNoneAFormula() throws {
        let url = temporary("a.xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        #expect(try Workbook.write(sheets: sheets, to: url) == [])
        let sheet = try part("xl/worksheets/sheet1.xml", of: url)
        #expect(!sheet.contains("<f>") && !sheet.contains("<f "))
        #expect(sheet.contains("<t>=1+1</t>"))
        #expect(sheet.contains("<t>@SUM(A1)</t>"))
        #expect(sheet.contains("<t>000-12345678</t>"))
        #expect(sheet.contains("<t>㳇&lt;&amp;&gt;\"湖</t>"))
        #expect(sheet.contains("<v>310</v>"))
        #expect(sheet.contains("<v>46082</v>"), "2026-03-01 as Excel counts days")
        #expect(sheet.contains("<t>1899-12-31</t>"))
        #expect(sheet.contains("state=\"frozen\""))
        #expect(sheet.contains("<autoFilter ref=\"A1:E4\"/>"))
        #expect(sheet.contains("内部资料 A&amp;&amp;B"))
        #expect(try part("xl/worksheets/sheet2.xml", of: url).contains("<t>123456789012345678</t>"))
        let book = try part("xl/workbook.xml", of: url)
        #expect(book.contains("name=\"清河社区\""))
        #expect(book.contains("name=\"清河社区 (2)\""))
        #expect(book.contains("name=\"a_b__c____" + String(repeating: "长", count: 21) + "\""))
    }

    @Test func sameTablesGiveSameBytes() throws {
        let a = temporary("a.xlsx")
        let b = temporary("b.xlsx")
        defer { [a, b].forEach { try? FileManager.default.removeItem(at: $0) } }
        try Workbook.write(sheets: sheets, to: a)
        try Workbook.write(sheets: sheets, to: b)
        #expect(try Data(contentsOf: a) == Data(contentsOf: b))
    }

    @Test func tooLongTextIsCutAndTold() throws {
        let url = temporary("long.xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        let long = SheetTable(name: "s", columns: ["备注"], rows: [[.text(String(repeating: "长", count: 40_000))]])
        let findings = try Workbook.write(sheets: [long], to: url)
        #expect(findings.map(\.code.description) == ["GG551"])
        #expect(findings.first?.place.record == 1)
    }

    @Test func missingFolderIsAnErrorAndLeavesNothing() {
        let url = URL(fileURLWithPath: "/nonexistent/folder/a.xlsx")
        #expect(throws: GeoGridError.self) { try Workbook.write(sheets: sheets, to: url) }
    }

    @Test func csvQuotesAndDisarms() {
        let lines = sheets[0].csv().split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "\u{FEFF}姓名,电话,户数,面积(亩),任职日期")
        #expect(lines[1] == "'=1+1,000-12345678,310,8.64,2026-03-01")
        #expect(lines[2] == "'@SUM(A1),'+86 1,,,1899-12-31")
        #expect(lines[3] == "\"㳇\u{0}<&>\"\"湖\",'-3,-3,0.00,")
        #expect(lines[4] == "")
    }

    @Test func splitKeepsOrderAndEveryRow() {
        let table = SheetTable(
            name: "all", columns: ["社区", "n"],
            rows: [
                [.text("乙"), .integer(1)], [.text("甲"), .integer(2)], [.empty, .integer(3)], [.text("乙"), .integer(4)],
            ])
        let parts = table.split(byColumn: 0, unnamed: "未定")
        #expect(parts.map(\.name) == ["乙", "甲", "未定"])
        #expect(parts.map(\.rows.count) == [2, 1, 1])
    }
}
