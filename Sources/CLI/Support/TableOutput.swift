import Foundation
import GeoGrid
import GridStore

/// 表格输出: where a command writes its tables: `.xlsx`, `.csv`, or `-` for CSV on standard output.
struct TableOutput {
    let path: String

    /// Writes the first table and, in a workbook, each community's rows again on a sheet of its own where
    /// `communityColumn` says which column names it, then the other tables. CSV holds the first table only.
    func write(_ tables: [SheetTable], communityColumn: Int? = nil, console: Console) throws {
        guard let first = tables.first else { return }
        if path == "-" {
            Console.put(first.csv())
            return
        }
        let url = URL(fileURLWithPath: path)
        if url.pathExtension.lowercased() == "xlsx" {
            var sheets = [first]
            if let communityColumn { sheets += first.split(byColumn: communityColumn, unnamed: "未定社区") }
            sheets += tables.dropFirst()
            let findings = try Workbook.write(sheets: sheets, to: url)
            if !findings.isEmpty, !console.quiet {
                var lines = Lines(language: console.language)
                FindingsReport(findings).write(to: &lines)
                Console.putError(lines.text)
            }
        } else {
            try first.writeCSV(to: url)
        }
        console.remark(Text(zh: "已写入 \(path)", en: "wrote \(path)"))
    }
}

extension SheetTable {
    /// The rows as objects by column title.
    var json: JSONValue {
        .array(
            rows.map { row in
                .object(
                    Dictionary(
                        zip(columns, row).map { column, cell in
                            switch cell {
                            case .empty: (column, .null)
                            case .integer(let n): (column, .int(n))
                            case .number(let x, _): (column, .number(x))
                            case .text, .day: (column, .string(cell.text))
                            }
                        }, uniquingKeysWith: { first, _ in first }))
            })
    }

    /// The rows aligned for a terminal, at most `limit` of them.
    func write(to lines: inout Lines, columns shown: [Int]? = nil, limit: Int = .max) {
        let shown = shown ?? Array(columns.indices)
        let titles = shown.map { columns[$0] }
        var table = TextTable(titles: lines.language == .zh ? titles : titles.map(ColumnTitles.english))
        for row in rows.prefix(limit) { table.append(shown.map { $0 < row.count ? row[$0].text : "" }) }
        lines.add(table)
        if rows.count > limit {
            lines.add(Text(zh: "……共 \(rows.count) 行", en: "… \(rows.count) rows in all"))
        }
    }
}
