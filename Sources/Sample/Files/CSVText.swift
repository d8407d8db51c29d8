/// CSV 文本 (RFC 4180, UTF-8, LF): cells quoted where they need it.
struct CSVText {
    private(set) var text: String

    init(_ header: [String]) {
        text = CSVText.line(header)
    }

    mutating func add(_ cells: [String]) { text += CSVText.line(cells) }

    private static func line(_ cells: [String]) -> String {
        cells.map { cell in
            cell.contains { ",\"\n\r".contains($0) }
                ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
        }.joined(separator: ",") + "\n"
    }
}
