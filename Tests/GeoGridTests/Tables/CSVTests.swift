import Foundation
import GeoGrid
import Testing

@Suite struct CSVTests {
    func withFile<T>(_ bytes: [UInt8], _ body: (URL) throws -> T) throws -> T {
        let url = FileManager.default.temporaryDirectory.appending(path: "geogrid-\(UUID().uuidString).csv")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url)
    }

    func read(
        _ bytes: [UInt8], encoding: TextEncoding? = nil
    ) throws -> (table: FeatureTable, findings: [Finding]) {
        try withFile(bytes) { try CSVReader.read($0, name: "t.csv", encoding: encoding) }
    }

    func read(_ text: String) throws -> (table: FeatureTable, findings: [Finding]) { try read(Array(text.utf8)) }

    func rows(_ table: FeatureTable) -> [[String?]] {
        (0..<table.count).map { row in table.columns.map { $0.text(row: row) } }
    }

    @Test(arguments: ["\r\n", "\n", "\r"]) func readsQuotesAndEveryLineEnd(_ end: String) throws {
        let text = ["\u{FEFF}编码,姓名,地址", "1,\"李\"\"四\",\"云溪镇, 3号\"", "2,,\"第一行\n第二行\"", "", "3,王五, 4号 "].joined(
            separator: end)
        let (table, findings) = try read(text + end)
        #expect(findings == [])
        #expect(table.columns.map(\.name) == ["编码", "姓名", "地址"])
        #expect(
            rows(table) == [["1", "李\"四", "云溪镇, 3号"], ["2", nil, "第一行\n第二行"], ["3", "王五", "4号"]])
        #expect(table.records == [1, 2, 3])
        #expect(table.geometries.count == 3)
    }

    @Test func findsTheDelimiter() throws {
        for (delimiter, hint) in [(",", ""), (";", ""), ("\t", ""), (";", "sep=;\r\n"), ("|", "sep=|\n")] {
            let text = hint + ["a\(delimiter)b", "1\(delimiter)\"2,5;\t\""].joined(separator: "\n")
            let (table, _) = try read(text)
            #expect(table.columns.map(\.name) == ["a", "b"], "\(delimiter)")
            #expect(table.column(named: "a")?.integer(row: 0) == 1)
        }
    }

    @Test func readsGB18030WithoutBeingTold() throws {
        // 编码,社区\n1,云溪社区\n
        let header: [UInt8] = [0xB1, 0xE0, 0xC2, 0xEB, 0x2C, 0xC9, 0xE7, 0xC7, 0xF8, 0x0A]
        let row: [UInt8] = [0x31, 0x2C, 0xD4, 0xC6, 0xCF, 0xAA, 0xC9, 0xE7, 0xC7, 0xF8, 0x0A]
        let many = header + Array(repeatElement(row, count: 60_000).joined())
        let (table, findings) = try read(many)
        #expect(findings == [])
        #expect(table.count == 60_000)
        #expect(table.columns.map(\.name) == ["编码", "社区"])
        #expect((0..<table.count).allSatisfy { table.columns[1].text(row: $0) == "云溪社区" })
        #expect(try read(header + row, encoding: .gb18030).table.columns[1].text(row: 0) == "云溪社区")
        // Rare characters of four bytes: 㮾 U+3BBE is 0x82 0x32 0xDF 0x38 or so; decoded by the system's table.
        #expect(throws: GeoGridError.self) { try read([0x61, 0x2C, 0x62, 0x0A, 0xFF, 0xFF, 0x2C, 0x31, 0x0A]) }
    }

    @Test func wrongBytesInOneCellAreReportedThere() throws {
        var bytes = Array("编码,名称\n1,云溪\n2,河口\n".utf8)
        let at = try #require(bytes.lastIndex(of: 0xE5))
        bytes[at] = 0xFF
        let (table, findings) = try read(bytes, encoding: .utf8)
        #expect(table.count == 2)
        #expect(findings.map(\.code) == [.wrongEncoding])
        #expect(findings[0].place.record == 2 && findings[0].place.field == "名称")
    }

    @Test func raggedRowsAndNULBytesAreReported() throws {
        let (table, findings) = try read("a,b,c\n1,2\n1,2,3,4\n1,2,3,,\nx\u{0}y,2,3\n")
        #expect(rows(table) == [["1", "2", nil], ["1", "2", "3"], ["xy", "2", "3"]])
        #expect(table.records == [1, 3, 4])
        #expect(findings.map(\.code) == [.raggedRow, .raggedRow, .damagedCell])
        #expect(findings.map(\.severity) == [.warning, .error, .warning])
        #expect(findings[1].message.en.hasPrefix("line 3 "))
        #expect(findings[2].place.field == "a")
    }

    @Test func anOpenQuoteCostsOneRow() throws {
        let (table, findings) = try read("a,b\n1,\"open\n2,fine\n3,\"good\"\n")
        #expect(rows(table) == [["2", "fine"], ["3", "good"]])
        #expect(findings.map(\.code) == [.openQuote])
        #expect(findings[0].place.record == 1)
        let (rest, faults) = try read("a,b\n1,2\n3,\"never closed\n4,5\n")
        #expect(rows(rest) == [["1", "2"], ["4", "5"]])
        #expect(faults.map(\.code) == [.openQuote])
    }

    @Test func headersAreMadeUnique() throws {
        let (table, findings) = try read("a,,a,b,\n1,2,3,4,\n")
        #expect(table.columns.map(\.name) == ["a", "column2", "a_2", "b"])
        #expect(findings.map(\.code) == [.irregularHeader, .irregularHeader])
    }

    @Test func whatSpreadsheetsDoToCellsIsUndone() throws {
        let (table, findings) = try read(
            "id,n\n\"=\"\"00123\"\"\",1\n='x',2\n'=1+1,3\n4.20117E+17,4\n4.2E+17,5\n\t0456,6\n")
        #expect(rows(table).map { $0[0] } == ["00123", "='x'", "=1+1", "4.20117E+17", "4.2E+17", "0456"])
        #expect(findings.map(\.code) == [.damagedCell])
        #expect(findings[0].place.record == 4)
    }

    @Test func whatIsNoCSVIsSaidSo() throws {
        func code(_ bytes: [UInt8]) -> IssueCode? {
            do {
                _ = try read(bytes)
                return nil
            } catch { return (error as? GeoGridError)?.code }
        }
        #expect(code([]) == .notCSV)
        #expect(code(Array("\n\n".utf8)) == .notCSV)
        #expect(code([0x50, 0x4B, 3, 4, 1, 2]) == .notCSV)
        #expect(code([0xD0, 0xCF, 0x11, 0xE0, 1]) == .notCSV)
        #expect(code([0xFF, 0xFE, 0x61, 0]) == .notCSV)
        #expect(code(Array("a,b\n".utf8)) == nil)
    }

    @Test func cellsNeverStartAFormula() throws {
        var out: [UInt8] = []
        try withoutActuallyEscaping({ (piece: [UInt8]) in out += piece }) { sink in
            var writer = try CSVWriter(header: ["a", "b"], sink: sink)
            try writer.write(["=1+1", "+86"])
            try writer.write(["-3.5", "@x"])
            try writer.write(["\tx", "-x, \"y\""])
            try writer.write([nil, "-"])
            try writer.finish()
        }
        #expect(
            String(decoding: out, as: UTF8.self)
                == "\u{FEFF}a,b\r\n'=1+1,+86\r\n-3.5,'@x\r\n\"'\tx\",\"'-x, \"\"y\"\"\"\r\n,'-\r\n")
    }

    /// Whatever is written comes back, in any batch size.
    @Test func writingAndReadingAreInverse() throws {
        var generator = SeededGenerator(seed: 21)
        let pieces = ["a", "云", "\"", ",", ";", "\n", "\r\n", "=", "'", "+", "-", "@", "7", ".", "𠮷", "，", "\u{1}"]
        let original: [[String?]] = (0..<400).map { _ in
            (0..<4).map { _ in
                let text = (0..<generator.below(6)).map { _ in pieces[generator.below(pieces.count)] }.joined()
                let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines.union(.controlCharacters))
                let first = trimmed.utf8.first
                return trimmed.isEmpty || first == 0x27 || trimmed.hasPrefix("=\"") ? "x" : trimmed
            }
        }
        var out: [UInt8] = []
        try withoutActuallyEscaping({ (piece: [UInt8]) in out += piece }) { sink in
            var writer = try CSVWriter(header: ["a", "b", "c", "d"], sink: sink)
            for row in original { try writer.write(row) }
            try writer.finish()
        }
        try withFile(out) { url in
            for batch in [1, 7, Int.max] {
                let stream = try CSVStream(ByteSource(url), batch: batch)
                var back: [[String?]] = []
                while let (table, findings) = try stream.next() {
                    #expect(findings == [])
                    back += rows(table)
                }
                #expect(back == original)
            }
        }
    }

    @Test func survivesMutations() throws {
        var generator = SeededGenerator(seed: 5)
        let original = Array("a,b,c\r\n1,\"x\"\"y\",云溪\r\n2,\"p\nq\",\r\n=\"3\",,z\r\n".utf8)
        let alphabet: [UInt8] = [0, 0x22, 0x2C, 0x0A, 0x0D, 0x27, 0x3D, 0x80, 0xFF, 0x61]
        for _ in 0..<300 {
            var bytes = original
            for _ in 0..<1 + generator.below(3) {
                bytes[generator.below(bytes.count)] = alphabet[generator.below(alphabet.count)]
            }
            let result = try? read(bytes)
            #expect(result?.table.columns.allSatisfy { $0.count == result?.table.count } ?? true)
        }
    }
}

@Suite struct PointColumnsTests {
    @Test func findsThePair() {
        #expect(PointColumns(guessing: ["编码", "经度", "纬度"]) == PointColumns(x: "经度", y: "纬度"))
        #expect(PointColumns(guessing: ["X", "Y", "Lng", "LAT"]) == PointColumns(x: "Lng", y: "LAT"))
        #expect(PointColumns(guessing: ["x", "y"]) == PointColumns(x: "x", y: "y"))
        #expect(PointColumns(guessing: ["经度(WGS84)", "纬度(WGS84)"])?.x == "经度(WGS84)")
        #expect(PointColumns(guessing: ["name", "address"]) == nil)
    }

    @Test func rowsWithoutNumbersHaveNoPoint() throws {
        let table = FeatureTable(
            source: "t", geometries: Geometries(featureless: 3),
            columns: [
                PropertyColumn(name: "x", texts: ["114.5", "abc", nil]),
                PropertyColumn(name: "y", texts: [" 30.5 ", "30", "31"]),
            ])
        let (points, findings) = try #require(table.withPoints(PointColumns(x: "x", y: "y")))
        #expect(points.geometries.kinds == [.point, .none, .none])
        #expect(points.geometries[coordinate: 0] == PlanarPoint(x: 114.5, y: 30.5))
        #expect(findings.map(\.place.record) == [2, 3])
        #expect(table.withPoints(PointColumns(x: "x", y: "z")) == nil)
    }

    @Test func headersAreMatchedByTheirAliases() {
        let aliases = HeaderAliases(["code": ["编码", "网格编码"], "name": ["名称", "姓名"], "note": ["备注"]])
        #expect(aliases.match(["姓名（必填）", " 网格 编码", "Code"]) == ["code": 2, "name": 0])
        #expect(aliases.match([]) == [:])
    }
}
