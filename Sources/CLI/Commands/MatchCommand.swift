import ArgumentParser
import Foundation
import GeoGrid
import GridStore
import enum Cartography.Edition

/// 名单匹配.
struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "把摸底名单的地址对到楼栋、住户和责任人 / Match a survey list to buildings, households and leads.",
        discussion: """
            每一行都有答复：已匹配、疑似、多个候选、未匹配及原因；疑似重复只提示，不删除。结果含住户编号，记入日志。
            Every line is answered; doubled lines are proposed, none is dropped. The result is logged.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @Argument(help: "名单 .csv 或 .xlsx / the list.", completion: .file()) var list: String
    @Option(name: .shortAndLong, help: "写入 .xlsx、.csv 或 - / write here.") var output: String
    @Option(help: "地址所在的列 / the column of addresses.") var address: String?
    @OptionGroup var on: DayOption

    func run() throws {
        let console = global.console
        let file = try town.open(readOnly: false)
        let (table, read) = try Intake.read(URL(fileURLWithPath: list))
        let day = on.resolved
        let book = try file.addressBook(on: day, withHouseholds: true)
        let layers = try [Level.community, .grid, .microgrid].map { try file.units($0, on: day) }
        let match = try ListMatch(
            table, addressColumn: address, points: try file.points(of: table), book: book, layers: layers,
            roster: file.roster(on: day))
        var result = match.table(book: book, language: console.language)
        result.pageMark = "内部资料"
        let column = result.columns.lastIndex(of: LevelNames().community.zh)
        try TableOutput(path: output).write([result], communityColumn: column, console: console)
        try file.logExport(
            command: "match", edition: Edition.operational.rawValue, target: output,
            detail: "\(table.source): \(match.lines.count)")
        let report = FindingsReport(read + match.findings)
        guard output != "-" else { return }
        let outcomes: [AddressMatch.Outcome] = [.matched, .probable, .ambiguous, .unmatched]
        console.answer(
            json: [
                "lines": .int(match.lines.count), "repeated": .int(match.repeatedLines), "findings": report.json,
                "outcomes": .object(
                    Dictionary(uniqueKeysWithValues: outcomes.map { ($0.rawValue, JSONValue.int(match.count($0))) })),
            ]
        ) { lines in
            var counts = TextTable(.text("结果", "outcome"), .number("行数", "lines"))
            for outcome in outcomes { counts.append(console(outcome.title), String(match.count(outcome))) }
            counts.append(console(Text(zh: "合计", en: "total")), String(match.lines.count))
            lines.add(counts)
            lines.add(Text(zh: "疑似重复 \(match.repeatedLines) 行", en: "\(match.repeatedLines) lines seem repeated"))
            report.write(to: &lines)
        }
        try report.exitIfErrors()
    }
}
