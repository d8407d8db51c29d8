import ArgumentParser
import Foundation
import GeoGrid
import GridStore
import Planner

/// 结果去处: where the outcome of a care command goes beside the answer.
struct CareOutput: ParsableArguments {
    @Option(name: .long, help: "存为方案，写明名称 / keep as a plan of this name in the town file.")
    var save: String?

    @Flag(help: "替换同名方案 / replace a plan of that name.")
    var replace = false

    @Option(name: .shortAndLong, help: "写出表格：.csv 或 .xlsx / write the table.", completion: .file())
    var output: [String] = []

    @Flag(help: "表中含姓名电话（内部资料，留痕）/ with names and telephones: internal, and logged.")
    var names = false

    func validate() throws {
        for path in output where !path.hasSuffix(".csv") && !path.hasSuffix(".xlsx") {
            throw ValidationError("-o: 要 .csv 或 .xlsx / .csv or .xlsx")
        }
    }

    /// Writes the tables; a CSV takes the first. Names leave a trace in the town file.
    func write(_ tables: [SheetTable], command: String, from town: TownArgument, console: Console) throws {
        for path in output {
            let url = URL(fileURLWithPath: path)
            if path.hasSuffix(".xlsx") {
                _ = try Workbook.write(sheets: tables, to: url)
            } else if let first = tables.first {
                try first.writeCSV(to: url)
            }
            if names {
                try town.open(readOnly: false).logExport(command: command, edition: "operational", target: path)
            }
            console.remark(Text(zh: "已写出 \(path)", en: "wrote \(path)"))
        }
    }

    /// Keeps the plan where a name is given.
    func keep(
        _ kind: CarePlan.Kind, of town: TownArgument, on day: Day, parameters: JSONValue, figures: JSONValue,
        items: [CarePlan.Item], console: Console
    ) throws {
        guard let save else { return }
        let plan = CarePlan(
            name: save, kind: kind, day: day, parameters: parameters, figures: figures, items: items)
        try town.open(readOnly: false).save(plan, replacing: replace)
        console.remark(Text(zh: "已存为方案“\(save)”", en: "kept as plan “\(save)”"))
    }

    /// Printed on every page of a table with names.
    var pageMark: String { names ? "内部资料" : "" }
}

/// 名单文件: identifiers from a file, one record a line, the first field of each; a header is known by its words.
struct ListFile {
    let rows: [[String]]

    /// Reads CSV or plain lines in UTF-8. Throws GG482 where the file cannot be read.
    init(_ path: String) throws {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw GeoGridError(
                .unreadableList, Text(zh: "名单 \(path) 读不出来", en: "the list \(path) cannot be read"),
                remedy: Text(zh: "要 UTF-8 文本，每行一条，第一列为编号", en: "UTF-8 text, a record a line, the identifier first"))
        }
        let headers: Set<String> = ["id", "编号", "户编号", "household", "person", "helper", "人员编号"]
        var rows = text.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { field in
                field.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"\u{FEFF}"))
            }
        }.filter { !($0.first ?? "").isEmpty }
        if let first = rows.first?.first, headers.contains(first.lowercased()) { rows.removeFirst() }
        self.rows = rows
    }

    /// Positions of the identifiers in a list, in the order of the file; unknown ones are findings (GG482).
    func positions(
        in ids: [String], layer: String, findings: inout [Finding], column: Int = 0
    ) -> [(row: [String], position: Int)] {
        let index = Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
        var found: [(row: [String], position: Int)] = []
        for (i, row) in rows.enumerated() where column < row.count {
            if let position = index[row[column]] {
                found.append((row, position))
            } else {
                findings.append(
                    Finding(
                        .unreadableList, .warning, at: Place(layer: layer, record: i + 1, id: row[column]),
                        Text(zh: "名单中的编号不在镇文件里", en: "the list names something the town file does not have"),
                        remedy: Text(zh: "核对编号", en: "check the identifier")))
            }
        }
        return found
    }
}

extension IssueCode {
    /// A list cannot be read, or names something unknown.
    static let unreadableList = IssueCode("GG482")
}

extension Double {
    /// One decimal and a percent sign, of a share.
    static func percent(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "–" : (100 * Double(part) / Double(whole)).fixed(1) + "%"
    }
}
