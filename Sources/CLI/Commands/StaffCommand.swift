import ArgumentParser
import Foundation
import GeoGrid
import GridStore

/// 岗位与人员.
struct StaffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "岗位与人员：花名册、空缺、检查、交接 / Posts and people: roster, vacancies, checks, hand-over.",
        subcommands: [List.self, Vacancies.self, Check.self, Chains.self, HandOverCommand.self, Roles.self])

    /// 花名册.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "某日的花名册 / Who holds which post on a day.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @OptionGroup var on: DayOption
        @Option(name: .shortAndLong, help: "写入 .xlsx（每社区一表）或 .csv / write .xlsx, a sheet a community, or .csv.")
        var output: String?
        @Option(help: "只列这一岗位 / only this role.") var role: String?
        @Option(help: "只列编码以此开头的单元 / only units whose code begins so.") var unit: String?

        func run() throws {
            let console = global.console
            var table = try town.open().roster(on: on.resolved).table
            table.rows.removeAll { row in
                role.map { row[4].text != $0 } ?? false || unit.map { !row[2].text.hasPrefix($0) } ?? false
            }
            if let output { return try TableOutput(path: output).write([table], communityColumn: 0, console: console) }
            console.answer(json: table.json) { lines in
                table.write(to: &lines, columns: [0, 3, 4, 5, 6, 7, 8])
                lines.add(Text(zh: "共 \(table.rows.count) 岗", en: "\(table.rows.count) posts"))
            }
        }
    }

    /// 空缺.
    struct Vacancies: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "vacancies", abstract: "空缺岗位和未设岗的单元 / Vacant posts, and units short of a post.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @OptionGroup var on: DayOption
        @Option(name: .shortAndLong, help: "写入 .xlsx 或 .csv / write .xlsx or .csv.") var output: String?

        func run() throws {
            let console = global.console
            let table = try town.open().roster(on: on.resolved).vacancyTable
            if let output { return try TableOutput(path: output).write([table], communityColumn: 0, console: console) }
            console.answer(json: table.json) { lines in
                table.write(to: &lines, columns: [0, 3, 4, 5, 6])
                lines.add(Text(zh: "共 \(table.rows.count) 处空缺", en: "\(table.rows.count) vacancies"))
            }
        }
    }

    /// 岗位检查.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "检查空缺、重叠、无岗、无人接任、职责缺口 / Check vacancies, overlaps, people without a post, successors, duties.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @OptionGroup var on: DayOption

        func run() throws {
            let report = FindingsReport(try town.open().roster(on: on.resolved).findings)
            global.console.answer(json: report.json) { report.write(to: &$0) }
            try report.exitIfErrors()
        }
    }

    /// 责任链检查.
    struct Chains: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "chains",
            abstract: "每一户在每一天是否层层有人负责，断在哪里 / Whether every household has somebody at every level, on every day.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @OptionGroup var on: DayOption
        @Option(help: "查到哪一天，默认同一天 / to this day, the same unless named.") var to: Day?
        @Option(name: .shortAndLong, help: "写入 .xlsx 或 .csv / write .xlsx or .csv.") var output: String?

        func validate() throws {
            if let to, to < on.resolved { throw ValidationError("--to ≥ --on") }
        }

        func run() throws {
            let console = global.console
            let audit = try town.open().chainAudit(from: on.resolved, to: to ?? on.resolved)
            let table = audit.table
            if let output { return try TableOutput(path: output).write([table], console: console) }
            console.answer(json: table.json) { lines in
                for span in audit.spans {
                    lines.add(
                        Text(
                            zh: "自 \(span.from)：\(span.households) 户，责任链完整 \(span.full) 户，有原因 \(span.explained) 户",
                            en: "from \(span.from): \(span.households) households, \(span.full) with a full chain, "
                                + "\(span.explained) with a named reason"))
                    for gap in span.gaps.prefix(20) {
                        let why = audit.text(gap)
                        lines.add(
                            Text(zh: "  \(why.zh)：\(gap.households) 户", en: "  \(why.en): \(gap.households) households")
                        )
                    }
                    if span.gaps.count > 20 {
                        lines.add(
                            Text(
                                zh: "  ……共 \(span.gaps.count) 条原因，用 -o 看全部",
                                en: "  … \(span.gaps.count) reasons in all; -o writes them"))
                    }
                }
            }
        }
    }

    /// 交接.
    struct HandOverCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "hand-over",
            abstract: "按清单成批交接，一次写入，可重做 / Hand posts over in bulk: all or nothing, and repeatable.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(
            help: "清单：岗位编号，或岗位和单元；新任；可有原任、新任电话 / list: post, or role and unit; new; perhaps old and phone.",
            completion: .file())
        var list: String
        @Option(name: .customLong("on"), help: "交接日期 / the day it takes effect.") var day: Day
        @Flag(help: "只看结果，不写入 / show, write nothing.") var dryRun = false

        func run() throws {
            let console = global.console
            let file = try town.open(readOnly: dryRun)
            let (table, read) = try Intake.read(URL(fileURLWithPath: list))
            let before = try file.roster(on: day)
            let handOver = HandOver(table, on: day, roster: before)
            let report = FindingsReport(read + handOver.findings)
            let written = handOver.findings.isEmpty && !dryRun
            if written { try file.apply(handOver, source: table.source) }
            console.answer(json: handOver.json(before, report)) { lines in
                var table = TextTable(.text("单元", "unit"), .text("岗位", "role"), .text("原任", "from"), .text("新任", "to"))
                for change in handOver.changes {
                    table.append(
                        before.unitName(change.new), change.new.role, name(change.old?.personID, before, change),
                        name(change.new.personID, before, change))
                }
                if !table.isEmpty { lines.add(table) }
                report.write(to: &lines)
                lines.add(
                    Text(
                        zh: "\(day) 交接 \(handOver.changes.count) 岗，不变 \(handOver.unchanged)" + (written ? "" : "；没有写入"),
                        en: "\(handOver.changes.count) posts pass on \(day), \(handOver.unchanged) unchanged"
                            + (written ? "" : "; nothing written")))
            }
            try report.exitIfErrors()
        }

        private func name(_ id: String?, _ roster: Roster, _ change: HandOver.Change) -> String {
            guard let id else { return "–" }
            return change.newPerson.flatMap { $0.id == id ? $0.name : nil } ?? roster.person(id)?.name ?? id
        }
    }

    /// 岗位设置.
    struct Roles: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "roles", abstract: "打印或设置岗位种类 / Print or set the roles.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Option(name: .customLong("set"), help: "存入这个 YAML / keep this YAML.", completion: .file(extensions: ["yaml"]))
        var file: String?

        func run() throws {
            guard let file else {
                return Console.put(try town.open().rolesYAML() ?? RoleCatalogue.standardYAML + "\n")
            }
            let yaml = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8)
            try town.open(readOnly: false).setRoles(yaml: yaml, source: file)
            global.console.remark(Text(zh: "岗位设置已存入 \(town.town)", en: "roles kept in \(town.town)"))
        }
    }
}

extension HandOver {
    fileprivate func json(_ roster: Roster, _ report: FindingsReport) -> JSONValue {
        [
            "day": .string(day.description), "unchanged": .int(unchanged), "findings": report.json,
            "changes": .array(
                changes.map {
                    [
                        "record": .int($0.record), "post": .optional($0.old?.id), "newPost": .string($0.new.id),
                        "role": .string($0.new.role), "unit": .string($0.new.unitCode),
                        "from": .optional($0.old?.personID), "to": .optional($0.new.personID),
                    ]
                }),
        ]
    }
}
