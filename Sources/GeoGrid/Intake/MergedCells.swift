extension IssueCode {
    /// 工作表有合并单元格.
    static let mergedCells = IssueCode("GG136")
}

/// 合并单元格: the merged ranges of a workbook's sheet, and what they mean for the list in it.
///
/// Only the upper left cell of a merged range holds the value, which belongs to every row of the range: it is filled
/// down. A title merged across the first row is no header, and a header may be merged over several rows. The sheet is
/// unpacked and scanned, never parsed whole.
struct MergedCells {
    /// 合并区域, `A2:A5`.
    struct Range: Hashable {
        var name: String
        /// From 0.
        var column: Int
        /// How many columns it covers.
        var width: Int
        /// As the sheet numbers them, from 1.
        var rows: ClosedRange<Int>

        init?(_ name: String) {
            // Four letters are one more than a column of a sheet has, and cannot overflow.
            let ends = name.split(separator: ":").map { end in
                (
                    column: end.utf8.prefix(4).prefix { (65...90).contains($0) }.reduce(0) { 26 * $0 + Int($1) - 64 },
                    row: Int(end.drop(while: \.isLetter)) ?? 0
                )
            }
            guard ends.count == 2,
                ends.allSatisfy({ (1...16_384).contains($0.column) && (1...1_048_576).contains($0.row) }),
                ends[0].row <= ends[1].row, ends[0].column <= ends[1].column
            else { return nil }
            self.name = name
            column = ends[0].column - 1
            width = ends[1].column - ends[0].column + 1
            rows = ends[0].row...ends[1].row
        }
    }

    let ranges: [Range]

    /// Nil where the workbook has no such sheet or cannot be unpacked within `limit` bytes.
    init?(_ bytes: [UInt8], sheet name: String, limit: Int = 1 << 28) {
        guard let archive = ZipArchive(bytes),
            let book = archive.text(of: "xl/workbook.xml", in: bytes, limit: limit),
            let links = archive.text(of: "xl/_rels/workbook.xml.rels", in: bytes, limit: limit),
            let id = Self.tags("sheet", in: book).first(where: { Self.attribute("name", of: $0) == name })
                .flatMap({ Self.attribute("r:id", of: $0) }),
            let target = Self.tags("Relationship", in: links).first(where: { Self.attribute("Id", of: $0) == id })
                .flatMap({ Self.attribute("Target", of: $0) }),
            let sheet = archive.text(
                of: target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target, in: bytes, limit: limit)
        else { return nil }
        ranges = Self.tags("mergeCell", in: sheet).compactMap { Self.attribute("ref", of: $0).flatMap(Range.init) }
    }

    /// Puts the header where it is and fills values down; a note names the ranges that were filled.
    ///
    /// - Parameters:
    ///   - table: the sheet below its first row, every row of it, blank ones too.
    ///   - fields: names of its columns from the left, as the first row gives them.
    func fill(_ table: inout FeatureTable, fields: [String], at place: Place) -> Finding? {
        guard !ranges.isEmpty else { return nil }
        var fields = fields
        var header = 1
        while isTitle(row: header, of: table, fields), table.count > 0 {
            setHeader(row: header + 1, of: &table, &fields, from: header)
            header += 1
        }
        // A header of several rows: the lowest word of a column is its name.
        let last = ranges.filter { $0.rows.contains(header) }.map(\.rows.upperBound).max() ?? header
        if last > header, last - header < min(table.count, 4) {
            for row in header + 1...last { setHeader(row: row, of: &table, &fields, from: row - 1) }
            header = last
        }
        var filled: [String] = []
        for (position, name) in fields.enumerated() {
            let own = ranges.filter { $0.column == position && $0.rows.lowerBound > header && $0.rows.count > 1 }
            guard !own.isEmpty, let i = table.columns.firstIndex(where: { $0.name == name }) else { continue }
            var from = Array(0..<table.count)
            for range in own {
                for row in range.rows.dropFirst() {
                    let (at, top) = (row - header - 1, range.rows.lowerBound - header - 1)
                    guard at < table.count else { break }
                    if table.columns[i].isNull(row: at) { from[at] = top }
                }
            }
            table.columns[i] = table.columns[i].selecting(rows: from)
            filled += own.map(\.name)
        }
        guard !filled.isEmpty else { return nil }
        let shown = filled.prefix(8).joined(separator: ", ") + (filled.count > 8 ? ", …" : "")
        return Finding(
            .mergedCells, .note, at: place,
            Text(
                zh: "有 \(filled.count) 处合并单元格（\(shown)）：其值已填入每一行",
                en: "\(filled.count) merged ranges (\(shown)): their value was filled into every row"),
            remedy: Text(
                zh: "核对这些行；有误时在 Excel 里取消合并", en: "Check these rows; unmerge them in Excel where that is wrong"))
    }

    /// Whether a row is one text merged over columns from the left and nothing else.
    private func isTitle(row: Int, of table: FeatureTable, _ fields: [String]) -> Bool {
        ranges.contains { $0.rows == row...row && $0.column == 0 && $0.width > 1 }
            && fields.dropFirst().enumerated().allSatisfy { $1 == "Field\($0 + 2)" }
    }

    /// Takes the first row of the table, which is `row` of the sheet, for words of the header.
    private func setHeader(row: Int, of table: inout FeatureTable, _ fields: inout [String], from above: Int) {
        let isTitle = isTitle(row: above, of: table, fields)
        var renamed = table.selecting(rows: Array(1..<table.count))
        for (position, name) in fields.enumerated() {
            let blank = "Field\(position + 1)"
            guard let i = table.columns.firstIndex(where: { $0.name == name }) else {
                if isTitle { fields[position] = blank }
                continue
            }
            let word = table.columns[i].text(row: 0) ?? (isTitle ? blank : name)
            fields[position] = word
            renamed.columns[i] = renamed.columns[i].renamed(word)
        }
        table = renamed
    }

    private static func tags(_ name: String, in xml: [UInt8]) -> [ArraySlice<UInt8>] {
        let opening = Array("<\(name) ".utf8)
        var found: [ArraySlice<UInt8>] = []
        var i = 0
        while i + opening.count <= xml.count {
            guard xml[i] == opening[0], xml[i..<i + opening.count].elementsEqual(opening) else {
                i += 1
                continue
            }
            let end = xml[i...].firstIndex(of: UInt8(ascii: ">")) ?? xml.count
            found.append(xml[i..<end])
            i = end
        }
        return found
    }

    private static func attribute(_ name: String, of tag: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: tag, as: UTF8.self)
        guard let start = text.firstRange(of: " \(name)=\"") else { return nil }
        let value = String(text[start.upperBound...].prefix { $0 != "\"" })
        return value.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&apos;", with: "'").replacing("&amp;", with: "&")
    }
}

extension ZipArchive {
    /// The bytes of an entry, unpacked; nil where there is none of that name, it is broken, or larger than `limit`.
    func text(of name: String, in bytes: [UInt8], limit: Int) -> [UInt8]? {
        guard let entry = entries.first(where: { $0.name == name }), entry.unpacked <= UInt64(limit) else { return nil }
        let header = Int(entry.offset)
        guard header >= 0, header + 30 <= bytes.count else { return nil }
        let start =
            header + 30 + Int(bytes[header + 26]) + Int(bytes[header + 27]) << 8 + Int(bytes[header + 28])
            + Int(bytes[header + 29]) << 8
        guard start <= bytes.count, Int(entry.packed) <= bytes.count - start else { return nil }
        let packed = bytes[start..<start + Int(entry.packed)]
        switch entry.method {
        case 0: return Array(packed)
        case 8: return Deflate.unpack(packed, size: Int(entry.unpacked))
        default: return nil
        }
    }
}
