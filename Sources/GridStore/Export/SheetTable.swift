public import GeoGrid

/// 表格: a named table of typed cells, on its way out as XLSX or CSV.
///
/// Text stays text: neither writer lets a cell begin a formula, whatever a resident is called.
public struct SheetTable: Hashable, Sendable {
    /// 单元格: one value. Telephone numbers, codes and identity numbers are `text`, so that no program rounds them.
    public enum Cell: Hashable, Sendable {
        case empty
        case text(String)
        case integer(Int)
        /// A number shown with the given count of decimals; one that is not finite is written as an empty cell.
        case number(Double, decimals: Int)
        case day(Day)

        /// Empty for nil or an empty string.
        public init(_ text: String?) {
            self = text.map { $0.isEmpty ? .empty : .text($0) } ?? .empty
        }

        public init(_ day: Day?) {
            self = day.map(Cell.day) ?? .empty
        }
    }

    /// Name of the sheet; the XLSX writer adapts it to Excel's rules and keeps it unique.
    public var name: String
    public var columns: [String]
    /// As many cells as columns in each row; missing ones are empty.
    public var rows: [[Cell]]
    /// Printed at the top of every page, such as `内部资料`; empty for none.
    public var pageMark: String

    public init(name: String, columns: [String], rows: [[Cell]] = [], pageMark: String = "") {
        self.name = name
        self.columns = columns
        self.rows = rows
        self.pageMark = pageMark
    }

    /// 分表: one table for each value of a text column, in the order in which the values first appear. O(rows).
    ///
    /// Rows whose cell is empty come in a table named `unnamed`.
    public func split(byColumn column: Int, unnamed: String) -> [SheetTable] {
        var tables: [SheetTable] = []
        var position: [String: Int] = [:]
        for row in rows {
            var key = unnamed
            if column < row.count, case .text(let text) = row[column] { key = text }
            if let i = position[key] {
                tables[i].rows.append(row)
            } else {
                position[key] = tables.count
                tables.append(SheetTable(name: key, columns: columns, rows: [row], pageMark: pageMark))
            }
        }
        return tables
    }
}

extension SheetTable.Cell {
    /// The value as plain text, numbers with their decimals and a point.
    public var text: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .integer(let n): String(n)
        case .number(let x, let decimals): x.isFinite ? Self.fixed(x, decimals) : ""
        case .day(let day): day.description
        }
    }

    /// Rounds half away from zero, without a locale.
    private static func fixed(_ x: Double, _ decimals: Int) -> String {
        guard decimals > 0 else { return abs(x) < 9e18 ? String(Int64(x.rounded())) : String(x) }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (x.magnitude * scale).rounded()
        guard scaled < 9e18 else { return String(x) }
        let digits = String(Int64(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = x < 0 && scaled > 0 ? "-" : ""
        return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }
}
