import ArgumentParser
import Foundation
import GeoGrid
import GridStore

/// 服务方案.
struct CarePlansCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "care-plans",
        abstract: "服务方案：列出、比较、启用、导出、删除 / Plans of the care commands: list, compare, adopt, export, delete.",
        subcommands: [List.self, Compare.self, Adopt.self, Export.self, Delete.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "列出 / List the plans.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument

        func run() throws {
            let plans = try town.open().carePlans()
            let console = global.console
            console.answer(
                json: .array(
                    plans.map {
                        [
                            "name": .string($0.name), "kind": .string($0.kind.rawValue),
                            "day": .string($0.day.description), "adopted": .bool($0.adopted),
                            "parameters": $0.parameters, "figures": $0.figures,
                        ]
                    })
            ) { lines in
                var table = TextTable(
                    .text("名称", "name"), .text("类别", "kind"), .text("日期", "day"), .text("启用", "adopted"))
                for plan in plans {
                    table.append(plan.name, console(plan.kind.title), plan.day.description, plan.adopted ? "✓" : "")
                }
                lines.add(table)
            }
        }
    }

    struct Compare: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "比较两个方案：谁的去处变了 / What goes elsewhere between two plans.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "方案 / plan.") var old: String
        @Argument(help: "另一方案 / other plan.") var new: String

        func run() throws {
            let file = try town.open()
            let comparison = CarePlanComparison(try file.carePlan(named: old), try file.carePlan(named: new))
            let console = global.console
            console.answer(
                json: [
                    "same": .int(comparison.same), "onlyOld": .int(comparison.onlyOld),
                    "onlyNew": .int(comparison.onlyNew), "valueOld": .number(comparison.valueOld),
                    "valueNew": .number(comparison.valueNew),
                    "moved": .array(
                        comparison.moved.map {
                            ["subject": .string($0.subject), "from": .string($0.from), "to": .string($0.to)]
                        }),
                ]
            ) { lines in
                lines.add(
                    Text(
                        zh:
                            "相同 \(comparison.same)，去处改变 \(comparison.moved.count)，仅前者有 \(comparison.onlyOld)，仅后者有 \(comparison.onlyNew)",
                        en:
                            "same \(comparison.same), moved \(comparison.moved.count), only in the first \(comparison.onlyOld), only in the second \(comparison.onlyNew)"
                    ))
                lines.add(
                    Text(
                        zh: "数值合计 \(comparison.valueOld.fixed(1)) → \(comparison.valueNew.fixed(1))",
                        en: "sum of values \(comparison.valueOld.fixed(1)) → \(comparison.valueNew.fixed(1))"))
                var table = TextTable(.text("对象", "subject"), .text("原去处", "from"), .text("新去处", "to"))
                for move in comparison.moved.prefix(40) { table.append(move.subject, move.from, move.to) }
                if !table.isEmpty { lines.add(table) }
            }
        }
    }

    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "启用 / Adopt a plan; the one before becomes a draft.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "方案 / plan.") var plan: String

        func run() throws {
            try town.open(readOnly: false).adoptCarePlan(named: plan)
            global.console.remark(Text(zh: "已启用“\(plan)”", en: "adopted “\(plan)”"))
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "导出为 CSV 或 XLSX / Write a plan as CSV or XLSX.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "方案 / plan.") var plan: String
        @Option(name: .shortAndLong, help: "输出文件 / file to write.", completion: .file()) var output: String

        func validate() throws {
            if !output.hasSuffix(".csv"), !output.hasSuffix(".xlsx") {
                throw ValidationError("-o: 要 .csv 或 .xlsx / .csv or .xlsx")
            }
        }

        func run() throws {
            let table = try town.open().carePlan(named: plan).table(in: global.console.language)
            let url = URL(fileURLWithPath: output)
            if output.hasSuffix(".csv") {
                try table.writeCSV(to: url)
            } else {
                _ = try Workbook.write(sheets: [table], to: url)
            }
            global.console.remark(Text(zh: "已写出 \(output)", en: "wrote \(output)"))
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "删除草案 / Delete a draft.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "方案 / plan.") var plan: String

        func run() throws {
            try town.open(readOnly: false).deleteCarePlan(named: plan)
            global.console.remark(Text(zh: "已删除“\(plan)”", en: "deleted “\(plan)”"))
        }
    }
}
