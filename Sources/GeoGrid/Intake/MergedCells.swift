extension IssueCode {
    /// 工作表有合并单元格.
    static let mergedCells = IssueCode("GG136")
}

/// 合并单元格: which cells of a workbook's sheet are merged below its header.
///
/// Only the upper left cell of a merged range holds the value; to every other row the cell is empty, so that a list
/// with merged cells loses them unless somebody is told. The sheet is unpacked and scanned, never parsed whole.
struct MergedCells {
    /// As the sheet names them, `A2:A5`; those of the header row alone are left out.
    let ranges: [String]

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
        ranges = Self.tags("mergeCell", in: sheet).compactMap { Self.attribute("ref", of: $0) }.filter { range in
            let last = range.split(separator: ":").last?.drop { !$0.isNumber }
            return last.flatMap { Int($0) }.map { $0 > 1 } ?? false
        }
    }

    /// A warning that names the ranges, nil where there are none.
    func finding(at place: Place) -> Finding? {
        guard !ranges.isEmpty else { return nil }
        let shown = ranges.prefix(8).joined(separator: ", ") + (ranges.count > 8 ? ", …" : "")
        return Finding(
            .mergedCells, .warning, at: place,
            Text(
                zh: "有 \(ranges.count) 处合并单元格（\(shown)）：只有左上角一格有值，其余各行按空白读入",
                en: "\(ranges.count) merged ranges (\(shown)): only the upper left cell of each has a value, the other "
                    + "rows are read as empty"),
            remedy: Text(zh: "在 Excel 里取消合并，并把值填到每一行", en: "Unmerge them in Excel and fill in the value in every row"))
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
