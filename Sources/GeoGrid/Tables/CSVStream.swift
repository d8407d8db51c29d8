extension IssueCode {
    /// 不是 CSV 表格.
    public static let notCSV = IssueCode("GG120")
    /// 列数不对.
    public static let raggedRow = IssueCode("GG121")
    /// 引号没有闭合.
    public static let openQuote = IssueCode("GG122")
    /// 表头不全.
    public static let irregularHeader = IssueCode("GG123")
    /// 单元格内容可疑.
    public static let damagedCell = IssueCode("GG124")
}

/// CSV 流式读取: records in batches of text columns, in constant memory.
///
/// Encoding (UTF-8 or GB18030) and delimiter (comma, semicolon, tab) are found from the file where they are not given.
/// The first record is the header. Cells are trimmed, empty ones are null; `="0123"`, as exports write to keep digits,
/// is read as `0123`, and an apostrophe before `=`, `+`, `-`, `@` or a tab, as `CSVWriter` writes, is taken off.
/// Rows with nothing in them are skipped. `records` counts the rows after the header, from 1.
public final class CSVStream {
    public let name: String
    public private(set) var encoding: TextEncoding?
    public let delimiter: UInt8
    /// Names of the columns, unique; those the file leaves empty are `column3`.
    public let header: [String]

    private let input: CSVInput
    private let batch: Int
    private var parser: CSVRowParser
    private var record = 0
    private var waiting: [Finding] = []
    private var hasAnswered = false
    private var hasEnded = false
    private var damagedColumns: Set<Int> = []
    private var patience = 1 << 28

    /// Reads the header. Throws `GG100` when reading fails, `GG120` when the file is no CSV, `GG103` when it is in
    /// neither encoding.
    public init(
        _ source: ByteSource, name: String? = nil, encoding: TextEncoding? = nil, delimiter: UInt8? = nil,
        batch: Int = 65_536
    ) throws {
        self.name = name ?? source.name
        self.batch = batch
        input = try CSVInput(source, name: self.name, encoding: encoding)
        self.delimiter = try delimiter ?? input.delimiter()
        var parser = CSVRowParser(delimiter: self.delimiter)
        var outcome = CSVRowParser.Outcome.more
        while outcome == .more { outcome = try input.parse(&parser) }
        guard case .row = outcome, parser.count > 1 || parser.bytes.contains(where: { $0 > 0x20 }) else {
            throw CSVInput.noHeader(self.name)
        }
        (header, waiting) = Self.header((0..<parser.count).map { CSVCell.text(parser.field($0)) }, file: self.name)
        self.parser = parser
        input.advance(outcome)
        self.encoding = input.encoding
    }

    /// The next records and what was found wrong among them; nil after the last batch. There is always one.
    public func next() throws -> (table: FeatureTable, findings: [Finding])? {
        if hasEnded, hasAnswered { return nil }
        var columns = header.map { CSVColumn(name: $0) }
        var records: [Int] = []
        var findings = waiting
        waiting = []
        while records.count < batch, !hasEnded {
            let outcome = try input.parse(&parser)
            switch outcome {
            case .more: continue
            case .openQuote(let field):
                record += 1
                findings.append(openQuote(field))
                patience -= try input.skipLine()
                if patience < 0 { throw CSVInput.hopeless(name, line: input.line) }
            case .row(let end):
                if input.isAtEnd, end == input.position {
                    hasEnded = true
                    break
                }
                take(&columns, &records, &findings)
                input.advance(outcome)
            }
            if input.isAtEnd, input.isEmpty { hasEnded = true }
        }
        encoding = input.encoding
        hasAnswered = true
        let table = FeatureTable(
            source: name, geometries: Geometries(featureless: records.count), records: records,
            columns: columns.map { $0.finished() })
        return (table, findings)
    }

    private func take(_ columns: inout [CSVColumn], _ records: inout [Int], _ findings: inout [Finding]) {
        guard parser.bytes.contains(where: { $0 > 0x20 }) else { return }
        record += 1
        let count = parser.count
        if count > header.count, (header.count..<count).contains(where: { !CSVCell.trimmed(parser.field($0)).isEmpty })
        {
            findings.append(ragged(count))
            return
        }
        if count < header.count { findings.append(ragged(count)) }
        if !parser.isASCII { reportBytes(&findings) }
        for field in parser.fieldsWithNUL where field < header.count {
            findings.append(
                cell(
                    field, Text(zh: "含有空字节（NUL），已去掉", en: "holds NUL bytes, which were dropped"),
                    Text(zh: "请核对这一格", en: "Check this cell")))
        }
        for field in parser.fieldsWithTail where field < header.count {
            findings.append(
                cell(
                    field, Text(zh: "引号后面还有文字，已连在一起", en: "has text behind its closing quote, which was kept"),
                    Text(zh: "格内的引号应写成两个", en: "Quotes within a cell are written twice")))
        }
        for index in columns.indices {
            guard index < count else {
                columns[index].appendNull()
                continue
            }
            let value = CSVCell.trimmed(parser.field(index))
            if CSVCell.hasLostDigits(value), damagedColumns.insert(index).inserted {
                findings.append(
                    cell(
                        index,
                        Text(
                            zh: "“\(CSVCell.text(value))”像是 Excel 把长号码改成了科学记数，后面的数字已丢失（本列只报第一处）",
                            en: "“\(CSVCell.text(value))” looks like a long number that Excel shortened; its last "
                                + "digits are lost (first of its column)"),
                        Text(
                            zh: "请回到原表，把这一列设为“文本”后重新导出",
                            en: "Format the column as text in the original sheet and export again")))
            }
            columns[index].append(value)
        }
        records.append(record)
    }

    private func reportBytes(_ findings: inout [Finding]) {
        for field in 0..<min(parser.count, header.count) {
            let bytes = parser.field(field)
            let isWrong =
                input.hasDecodingFaults
                ? CSVCell.text(bytes).contains("\u{FFFD}") : !TextEncoding.isUTF8(Array(bytes), cutAllowed: false)
            guard isWrong else { continue }
            let used = input.encoding ?? .utf8
            var finding = cell(
                field,
                Text(
                    zh: "有不是 \(used.rawValue.uppercased()) 的字节，以“\u{FFFD}”代替",
                    en: "holds bytes that are not \(used.rawValue.uppercased()), shown as “\u{FFFD}”"),
                Text(
                    zh: "请核对这一格，或用 --encoding 说明整个文件的编码",
                    en: "Check this cell, or name the encoding of the file with --encoding"))
            finding.code = .wrongEncoding
            findings.append(finding)
        }
    }

    private func cell(_ field: Int, _ what: Text, _ remedy: Text) -> Finding {
        Finding(
            .damagedCell, .warning, at: Place(file: name, record: record, field: header[field]),
            Text(
                zh: "第 \(input.line) 行“\(header[field])”\(what.zh)",
                en: "line \(input.line), “\(header[field])” \(what.en)"),
            remedy: remedy)
    }

    private func ragged(_ count: Int) -> Finding {
        let isLong = count > header.count
        return Finding(
            .raggedRow, isLong ? .error : .warning, at: Place(file: name, record: record),
            Text(
                zh: "第 \(input.line) 行有 \(count) 列，表头有 \(header.count) 列" + (isLong ? "，这一行未采用" : "，缺的按空处理"),
                en: "line \(input.line) has \(count) fields, the header \(header.count); "
                    + (isLong ? "the row is not taken" : "the missing ones are taken as empty")),
            remedy: isLong
                ? Text(
                    zh: "多半是格内有逗号而没有加引号：请补上引号", en: "A cell probably holds a comma without quotes around it: add them")
                : Text(zh: "请核对这一行", en: "Check this row"))
    }

    private func openQuote(_ field: Int) -> Finding {
        let column = field < header.count ? header[field] : nil
        return Finding(
            .openQuote, at: Place(file: name, record: record, field: column),
            Text(
                zh: "第 \(input.line) 行第 \(field + 1) 列的引号没有闭合，这一行未采用",
                en: "the quote opened in line \(input.line), field \(field + 1), never closes; the row is not taken"),
            remedy: Text(zh: "请补上引号，或删去多余的引号", en: "Close the quote, or remove it"))
    }

    private static func header(_ names: [String], file: String) -> (names: [String], findings: [Finding]) {
        var unique: [String] = []
        var findings: [Finding] = []
        var seen: Set<String> = []
        let last = names.lastIndex { !$0.isEmpty } ?? names.count - 1
        for (index, given) in names[...last].enumerated() {
            var name = given.isEmpty ? "column\(index + 1)" : given
            var copy = 2
            while !seen.insert(name).inserted {
                name = "\(given.isEmpty ? "column\(index + 1)" : given)_\(copy)"
                copy += 1
            }
            unique.append(name)
            guard name != given else { continue }
            findings.append(
                Finding(
                    .irregularHeader, given.isEmpty ? .note : .warning, at: Place(file: file, field: name),
                    given.isEmpty
                        ? Text(
                            zh: "第 \(index + 1) 列没有列名，称为“\(name)”",
                            en: "Column \(index + 1) has no name; called “\(name)”")
                        : Text(
                            zh: "列名“\(given)”重复，第 \(index + 1) 列改称“\(name)”",
                            en: "Two columns are called “\(given)”; column \(index + 1) is called “\(name)”"),
                    remedy: Text(zh: "请在第一行写好列名", en: "Name the columns in the first row")))
        }
        return (unique, findings)
    }
}
