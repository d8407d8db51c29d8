import Foundation
import GeoGrid

/// 名单文件: identifiers from a CSV, one record a row, with further columns where the list has them.
///
/// A header is known by its words; a file without one is taken column by column, the identifier first.
struct ListFile {
    /// 列: what a column of a list can hold.
    enum Column {
        case household, person, capacity, amount

        fileprivate var words: [String] {
            switch self {
            case .household: ["household", "户编号", "户号", "id", "编号", "household_id"]
            case .person: ["helper", "visitor", "person", "联系人编号", "人员编号", "工号", "id", "编号", "person_id"]
            case .capacity: ["capacity", "户数", "名额", "容量"]
            case .amount: ["amount", "portions", "份数", "数量"]
            }
        }
    }

    let rows: [[String]]
    private let header: [String]
    private let path: String

    /// Reads a CSV in UTF-8 or GB18030. Throws GG482 where the file is not there, else as `CSVReader`.
    init(_ path: String) throws {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw GeoGridError(
                .unreadableList, Text(zh: "名单 \(path) 读不出来", en: "the list \(path) cannot be read"),
                remedy: Text(zh: "核对路径；每行一条，编号在第一列", en: "check the path; a record a row, the identifier first"))
        }
        let table = try CSVReader.read(URL(fileURLWithPath: path)).table
        let names = table.columns.map(\.name)
        var rows = (0..<table.count).map { row in
            table.columns.map { ($0.text(row: row) ?? "").trimmingCharacters(in: .whitespaces) }
        }
        let known = [Column.household, .person].flatMap(\.words)
        if names.contains(where: { known.contains($0.lowercased()) }) {
            header = names.map { $0.lowercased() }
        } else {
            header = []
            rows.insert(names.map { $0.trimmingCharacters(in: .whitespaces) }, at: 0)
        }
        self.rows = rows.filter { row in row.contains { !$0.isEmpty } }
        self.path = path
    }

    /// Position of a column by its header, or the `default` one in a file without a header; nil where it has none.
    func position(of column: Column, default fallback: Int) -> Int? {
        if header.isEmpty { return fallback }
        return column.words.lazy.compactMap { header.firstIndex(of: $0) }.first
    }

    /// Positions of a column's identifiers in a list, in the order of the file; unknown ones are findings (GG482).
    /// An empty field names nobody and is no finding.
    func positions(
        of column: Column, default fallback: Int = 0, in ids: [String], layer: String, findings: inout [Finding]
    ) -> [(row: [String], position: Int)] {
        guard let field = position(of: column, default: fallback) else { return [] }
        let index = Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
        var found: [(row: [String], position: Int)] = []
        for (i, row) in rows.enumerated() where field < row.count && !row[field].isEmpty {
            if let position = index[row[field]] {
                found.append((row, position))
            } else {
                findings.append(
                    Finding(
                        .unreadableList, .warning,
                        at: Place(
                            file: URL(fileURLWithPath: path).lastPathComponent, layer: layer, record: i + 1,
                            id: row[field]),
                        Text(zh: "名单中的编号不在镇文件里", en: "the list names something the town file does not have"),
                        remedy: Text(zh: "核对编号，或先导入该图层", en: "check the identifier, or import the layer first")))
            }
        }
        return found
    }

    /// A whole number of a row's column; nil where there is none.
    func number(_ column: Column, of row: [String], default fallback: Int) -> Int? {
        guard let field = position(of: column, default: fallback), field < row.count else { return nil }
        return Int(row[field])
    }
}

extension IssueCode {
    /// A list cannot be read, or names something unknown.
    static let unreadableList = IssueCode("GG482")
}
