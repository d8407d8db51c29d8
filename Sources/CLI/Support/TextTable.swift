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

    /// Columns of words with the titles that a list has.
    init(titles: [String]) {
        columns = titles.map { .text($0, $0) }
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
            rows.reduce(EastAsianWidth.of(header[c])) { max($0, EastAsianWidth.of($1[c])) }
        }
        func line(_ cells: [String]) -> String {
            var out = ""
            for (c, cell) in cells.enumerated() {
                let padding = String(repeating: " ", count: widths[c] - EastAsianWidth.of(cell))
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
