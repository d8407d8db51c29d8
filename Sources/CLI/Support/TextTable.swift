import GeoGrid

/// 文本表格: columns aligned by display width, where a Chinese character takes two cells.
struct TextTable {
    struct Column {
        var title: Text
        var alignsRight: Bool

        /// A column of words.
        static func text(_ zh: String, _ en: String) -> Column {
            Column(title: Text(zh: zh, en: en), alignsRight: false)
        }
        /// A column of numbers.
        static func number(_ zh: String, _ en: String) -> Column {
            Column(title: Text(zh: zh, en: en), alignsRight: true)
        }
    }

    var columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: Column...) {
        self.columns = columns
    }

    /// Precondition: one cell a column.
    mutating func append(_ cells: String...) { append(cells) }

    mutating func append(_ cells: [String]) {
        precondition(cells.count == columns.count, "one cell a column")
        rows.append(cells)
    }

    var isEmpty: Bool { rows.isEmpty }

    /// Header, rule and rows, two spaces between columns, nothing behind the last cell. O(cells).
    func rendered(in language: Language) -> String {
        let header = columns.map { $0.title[language] }
        let widths = columns.indices.map { c in
            rows.reduce(displayWidth(of: header[c])) { max($0, displayWidth(of: $1[c])) }
        }
        func line(_ cells: [String]) -> String {
            var out = ""
            for (c, cell) in cells.enumerated() {
                let padding = String(repeating: " ", count: widths[c] - displayWidth(of: cell))
                if c > 0 { out += "  " }
                out += columns[c].alignsRight ? padding + cell : cell + padding
            }
            while out.last == " " { out.removeLast() }
            return out + "\n"
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        return rows.reduce(line(header) + line(rule)) { $0 + line($1) }
    }
}

/// Cells a text takes on a terminal: East Asian wide and fullwidth characters two, combining marks none.
///
/// Source: Unicode Standard Annex 11, East Asian Width (ambiguous characters count one).
func displayWidth(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { width, scalar in
        switch scalar.value {
        case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: width
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            width + 2
        default: width + 1
        }
    }
}
