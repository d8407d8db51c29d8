/// The decoded bytes of a CSV file, a window at a time, with the line the window begins at.
final class CSVInput {
    private(set) var encoding: TextEncoding?
    /// Line of the record at the front, from 1.
    private(set) var line = 1
    private(set) var isAtEnd = false
    private(set) var hasDecodingFaults = false
    private(set) var position = 0

    private let source: ByteSource
    private let name: String
    private var window: [UInt8] = []
    private var piece = [UInt8](repeating: 0, count: 1 << 18)
    private var decoder: Box?
    private var isFirst = true

    /// Keeps the decoder, which cannot be copied, for as long as the input.
    private final class Box {
        var decoder = GB18030Decoder()
        func decode(_ bytes: [UInt8]) -> (utf8: [UInt8], faults: Int) { decoder.decode(bytes) }
        var isCut: Bool { decoder.isCut }
    }

    init(_ source: ByteSource, name: String, encoding: TextEncoding?) throws {
        self.source = source
        self.name = name
        self.encoding = encoding
        if encoding == .gb18030 { decoder = Box() }
        while window.count < 4096, !isAtEnd { try fill() }
        try skipSeparatorLine()
    }

    var isEmpty: Bool { position >= window.count }

    /// The record at the front, or `more` after reading on.
    func parse(_ parser: inout CSVRowParser) throws -> CSVRowParser.Outcome {
        let outcome = window.withUnsafeBufferPointer { parser.parse($0, from: position, isLast: isAtEnd) }
        if outcome == .more { try fill() }
        return outcome
    }

    func advance(_ outcome: CSVRowParser.Outcome) {
        guard case .row(let end) = outcome else { return }
        move(to: end)
    }

    /// Gives up the line at the front; returns how many bytes were looked at in vain.
    func skipLine() throws -> Int {
        let looked = window.count - position
        var at = position
        while at < window.count, window[at] != 0x0A, window[at] != 0x0D { at += 1 }
        if at + 1 < window.count, window[at] == 0x0D, window[at + 1] == 0x0A { at += 1 }
        move(to: min(at + 1, window.count))
        return looked
    }

    private func move(to end: Int) {
        var breaks = 0
        window.withUnsafeBufferPointer { bytes in
            for at in position..<end {
                let byte = bytes[at]
                if byte == 0x0A || (byte == 0x0D && !(at + 1 < bytes.count && bytes[at + 1] == 0x0A)) { breaks += 1 }
            }
        }
        line += breaks
        position = end
    }

    private func fill() throws {
        if position > 0 {
            window.removeSubrange(..<position)
            position = 0
        }
        guard window.count < 1 << 26 else { throw Self.hopeless(name, line: line) }
        let count = try piece.withUnsafeMutableBytes { try source.read(into: $0) }
        if count == 0 {
            isAtEnd = true
            if decoder?.isCut == true {
                hasDecodingFaults = true
                window.append(contentsOf: "\u{FFFD}".utf8)
            }
            return
        }
        var bytes = Array(piece[..<count])
        if isFirst {
            isFirst = false
            try checkBeginning(bytes)
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
                bytes.removeFirst(3)
                encoding = encoding ?? .utf8
            }
        }
        if encoding == nil, bytes.contains(where: { $0 >= 0x80 }) {
            // A character may be cut at the beginning only if the piece before was not ASCII, which it was.
            guard let guess = TextEncoding.guess(bytes) else { throw Self.noEncoding(name) }
            encoding = guess
            if guess == .gb18030 { decoder = Box() }
        }
        if let decoder {
            let (utf8, faults) = decoder.decode(bytes)
            hasDecodingFaults = hasDecodingFaults || faults > 0
            window.append(contentsOf: utf8)
        } else {
            window.append(contentsOf: bytes)
        }
    }

    private func checkBeginning(_ bytes: [UInt8]) throws {
        let kinds: [([UInt8], Text)] = [
            (
                [0x50, 0x4B, 0x03, 0x04],
                Text(zh: "Excel 工作簿（.xlsx）或压缩包", en: "an Excel workbook (.xlsx) or an archive")
            ),
            ([0xD0, 0xCF, 0x11, 0xE0], Text(zh: "旧版 Excel 工作簿（.xls）", en: "an old Excel workbook (.xls)")),
            ([0xFF, 0xFE], Text(zh: "UTF-16 文本", en: "text in UTF-16")),
            ([0xFE, 0xFF], Text(zh: "UTF-16 文本", en: "text in UTF-16")),
        ]
        guard let kind = kinds.first(where: { bytes.starts(with: $0.0) })?.1 else { return }
        throw GeoGridError(
            .notCSV, Text(zh: "“\(name)”是\(kind.zh)，不是 CSV", en: "“\(name)” is \(kind.en), not CSV"),
            remedy: Text(
                zh: "请在 Excel 里另存为“CSV UTF-8（逗号分隔）”", en: "Save it from Excel as “CSV UTF-8 (comma delimited)”"))
    }

    /// Excel's hint `sep=;` in the first line.
    private func skipSeparatorLine() throws {
        guard window.count >= 6, String(decoding: window[..<4], as: UTF8.self).lowercased() == "sep=",
            window[5] == 0x0D || window[5] == 0x0A
        else { return }
        hinted = window[4]
        move(to: window[5] == 0x0D && window.count > 6 && window[6] == 0x0A ? 7 : 6)
    }

    private var hinted: UInt8?

    /// The delimiter that splits the first line into most fields; a comma where none does.
    func delimiter() throws -> UInt8 {
        if let hinted { return hinted }
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in window[position...] {
            if byte == 0x22 { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D { break }
            if byte == 0x2C || byte == 0x3B || byte == 0x09 { counts[byte, default: 0] += 1 }
        }
        let comma = counts[0x2C] ?? 0
        let semicolon = counts[0x3B] ?? 0
        let tab = counts[0x09] ?? 0
        return comma >= max(semicolon, tab) ? 0x2C : semicolon >= tab ? 0x3B : 0x09
    }

    static func noHeader(_ name: String) -> GeoGridError {
        GeoGridError(
            .notCSV, Text(zh: "“\(name)”没有表头", en: "“\(name)” has no header"),
            remedy: Text(zh: "第一行应是列名", en: "The first row must name the columns"))
    }

    static func hopeless(_ name: String, line: Int) -> GeoGridError {
        GeoGridError(
            .notCSV,
            Text(
                zh: "“\(name)”从第 \(line) 行起引号反复不闭合，或一行长得没有尽头，不再往下读",
                en: "“\(name)”: from line \(line) on quotes do not close, or a row has no end; reading stopped"),
            remedy: Text(zh: "请重新导出", en: "Export it again"))
    }

    static func noEncoding(_ name: String) -> GeoGridError {
        GeoGridError(
            .wrongEncoding,
            Text(zh: "“\(name)”既不是 UTF-8 也不是 GB18030", en: "“\(name)” is neither UTF-8 nor GB18030"),
            remedy: Text(
                zh: "请另存为 UTF-8；若只有个别坏字，用 --encoding utf-8 或 --encoding gb18030 指定",
                en: "Save it as UTF-8; if only some characters are broken, name it with --encoding utf-8 or gb18030"))
    }
}
