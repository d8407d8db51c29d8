public import Foundation
internal import GeoGrid

extension SheetTable {
    /// CSV 文本: the table after RFC 4180, in UTF-8 with a byte order mark so that Excel shows Chinese. O(size).
    ///
    /// A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, tab or carriage return)
    /// is written with an apostrophe before it, as OWASP's "CSV injection" page advises. Numbers keep their sign.
    public func csv() -> String {
        var out = "\u{FEFF}"
        append(columns.map(Cell.text), to: &out)
        for row in rows { append(row, to: &out) }
        return out
    }

    public func writeCSV(to url: URL) throws {
        do {
            try Data(csv().utf8).write(to: url, options: .atomic)
        } catch {
            throw GeoGridError.cannotWrite(url, because: "\(error.localizedDescription)")
        }
    }

    private func append(_ row: [Cell], to out: inout String) {
        for column in columns.indices {
            if column > 0 { out += "," }
            guard column < row.count else { continue }
            var text = row[column].text
            if case .text = row[column], let first = text.unicodeScalars.first,
                "=+-@\t\r".unicodeScalars.contains(first)
            {
                text = "'" + text
            }
            if text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) {
                out += "\"" + text.replacing("\"", with: "\"\"") + "\""
            } else {
                out += text
            }
        }
        out += "\r\n"
    }
}
