import ArgumentParser
import Foundation
import GeoGrid
import GridStore
import Planner

/// 方案.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "划格方案：列出、查看、比较、评判、通知、启用、弃用 / Plans of grids: list, show, compare, judge, notices, adopt, discard.",
        subcommands: [
            List.self, Show.self, Compare.self, Judge.self, Notices.self, Adopt.self, Discard.self,
        ], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "列出方案 / List the plans.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument

        func run() throws {
            let console = global.console
            let plans = try town.open().plans()
            console.answer(
                json: .array(
                    plans.map {
                        [
                            "name": .string($0.name), "status": .string($0.status.rawValue),
                            "townDay": .string($0.townDay), "adopted": .optional($0.adopted), "seed": .string($0.seed),
                            "effort": .int($0.effort), "worstDeviation": .number($0.worst),
                        ]
                    })
            ) { lines in
                var table = TextTable(
                    .text("方案", "plan"), .text("状态", "status"), .text("依据日期", "town of"), .text("启用", "adopted"),
                    .number("最大偏离", "worst"), .number("种子", "seed"), .number("力度", "effort"))
                for plan in plans {
                    table.append(
                        plan.name, console(plan.status.text), plan.townDay, plan.adopted ?? "",
                        (plan.worst * 100).fixed(1) + " %", plan.seed, String(plan.effort))
                }
                lines.add(table)
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "查看一个方案的网格和概况 / Show the grids of a plan and what it amounts to.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "方案名 / plan.") var name: String
        @Flag(help: "列出单元的新旧对照 / the crosswalk of units instead of the grids.") var crosswalk = false
        @Flag(help: "列出每户的新旧对照（内部资料）/ the crosswalk of households.") var households = false
        @Option(name: .shortAndLong, help: ".csv 或 .xlsx / write the table.") var output: String?

        func run() throws {
            let console = global.console
            let file = try town.open()
            let tables: [SheetTable]
            if households {
                tables = [console.planTables.crosswalkByHousehold(try file.change(byPlanNamed: name))]
            } else {
                let plan = try file.plan(named: name)
                tables =
                    crosswalk
                    ? [console.planTables.crosswalk(plan)]
                    : [console.planTables.grids(plan), console.planTables.summary(plan)]
            }
            if let output { return try TableOutput(path: output).write(tables, console: console) }
            console.answer(json: tables[0].json) { lines in
                for (i, table) in tables.enumerated() {
                    if i > 0 { lines.add() }
                    table.write(to: &lines)
                }
            }
        }
    }

    struct Compare: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "比较两个方案 / Compare two plans.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "方案甲 / first plan.") var a: String
        @Argument(help: "方案乙 / second plan.") var b: String
        @Option(name: .shortAndLong, help: ".csv、.xlsx 或 -：每户在两个方案中的网格和网格长 / list by household.")
        var output: String?

        func run() throws {
            let console = global.console
            let file = try town.open()
            let (first, second) = (try file.plan(named: a), try file.plan(named: b))
            let table = console.planTables.comparison(first, second)
            if let output {
                let households = console.planTables.byHousehold(
                    try file.change(byPlanNamed: a), try file.change(byPlanNamed: b))
                return try TableOutput(path: output).write([households, table], console: console)
            }
            console.answer(json: table.json) { table.write(to: &$0) }
        }
    }

    struct Judge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "方案在随机方案中的位置 / Where a plan stands among random valid plans.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "方案名 / plan.") var name: String
        @Option(help: "随机方案数 / random plans.") var count = 1000
        @Option(help: "随机种子 / seed.") var seed: UInt64 = 1

        func run() throws {
            let console = global.console
            let file = try town.open()
            let ensemble = try PlanJudgement.ensemble(
                file, plan: file.plan(named: name), count: count, seed: seed, progress: console.progress())
            console.answer(json: PlanJudgement.json(ensemble)) {
                PlanJudgement.write(ensemble, to: &$0, console: console)
            }
        }
    }

    struct Notices: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "通知名单：换网格长的户、每位网格长接管的户 / Notice lists by household and by lead.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "方案名 / plan.") var name: String
        @Option(name: .shortAndLong, help: ".csv、.xlsx 或 - / where to write.") var output = "-"
        @Flag(help: "按网格长列出（CSV 只写一张表）/ the list by lead first; a CSV holds one list.") var byLead = false

        func run() throws {
            let file = try town.open()
            var tables = global.console.planTables.notices(try file.change(byPlanNamed: name))
            if byLead { tables.reverse() }
            try TableOutput(path: output).write(tables, console: global.console)
        }
    }

    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "自某日起启用 / Put a plan into force from a day; NAME-before takes it back.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "方案名 / plan.") var name: String
        @OptionGroup var on: DayOption

        func run() throws {
            let console = global.console
            let day = on.resolved
            let isBack = try town.open(readOnly: false).adopt(planNamed: name, on: day)
            console.answer(
                json: ["adopted": .string(name), "on": .string(day.description), "takenBack": .bool(isBack)]
            ) { lines in
                lines.add(
                    isBack
                        ? Text(
                            zh: "自 \(day) 起撤回，恢复原来的网格；方案仍是草案", en: "taken back from \(day); the plan is a draft again")
                        : Text(
                            zh: "方案“\(name)”自 \(day) 起启用；启用“\(name)-before”即可撤回",
                            en: "plan “\(name)” is in force from \(day); adopt “\(name)-before” to take it back"))
            }
        }
    }

    struct Discard: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "弃用草案 / Discard a draft.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "方案名 / plan.") var name: String

        func run() throws {
            try town.open(readOnly: false).discardPlan(named: name)
            global.console.remark(Text(zh: "已弃用“\(name)”", en: "discarded “\(name)”"))
        }
    }
}

extension Console {
    /// Tables of plans in the reader's language; the keys of JSON are the same in every one.
    var planTables: PlanTables { PlanTables(format == .json ? .zh : language) }
}

extension StoredPlan.Status {
    var text: Text {
        switch self {
        case .draft: Text(zh: "草案", en: "draft")
        case .adopted: Text(zh: "已启用", en: "adopted")
        case .before: Text(zh: "启用前", en: "before")
        case .discarded: Text(zh: "已弃用", en: "discarded")
        }
    }
}
