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

extension Double {
    /// One decimal and a percent sign, of a share.
    static func percent(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "–" : (100 * Double(part) / Double(whole)).fixed(1) + "%"
    }
}
