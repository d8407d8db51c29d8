import ArgumentParser
import GeoGrid
import GridStore

/// 其他网格体系.
struct ZonesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zones", abstract: "多套网格体系：清单、检查、对照 / Several zonings: list, audit, crosswalk.",
        subcommands: [List.self, Audit.self, Crosswalk.self])

    /// 体系清单.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "有哪些体系 / The zonings.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @OptionGroup var on: DayOption

        func run() throws {
            let zonings = try town.open().zonings(on: on.resolved)
            let console = global.console
            console.answer(
                json: .array(
                    zonings.map {
                        [
                            "name": .string($0.name), "kind": .string($0.kind.rawValue),
                            "zones": .array(
                                zip($0.codes, $0.names).map { ["code": .string($0), "name": .string($1)] }),
                        ]
                    })
            ) { lines in
                var table = TextTable(
                    .text("体系", "zoning"), .text("类型", "kind"), .number("分区", "zones"), .number("面积(亩)", "mu"))
                for zoning in zonings {
                    let area = (0..<zoning.count).reduce(0) { $0 + zoning.areas.area(ofFeature: $1) }
                    table.append(
                        zoning.name, console(zoning.kind.title), String(zoning.count),
                        SheetTable.Cell.number(area * 3 / 2000, decimals: 1).text)
                }
                lines.add(table)
            }
        }
    }

    /// 体系检查.
    struct Audit: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "audit", abstract: "覆盖、重叠、漏户 / Cover, overlaps, households left out.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @OptionGroup var on: DayOption
        @Option(help: "只查这个体系 / only this zoning.") var zoning: String?

        func run() throws {
            let file = try town.open()
            let grids = try file.units(.grid, on: on.resolved)
            let households = try file.households(on: on.resolved)
            var findings: [Finding] = []
            var rows: [[String]] = []
            let console = global.console
            for zoning in try file.zonings(on: on.resolved) where self.zoning.map({ $0 == zoning.name }) ?? true {
                let audit = try ZoningAudit(zoning, ground: grids, households: households)
                findings += audit.findings
                rows.append([
                    zoning.name, console(zoning.kind.title), String(zoning.count), String(audit.overlaps.count),
                    audit.gap.map { SheetTable.Cell.number($0, decimals: 1).text } ?? "–",
                    "\(audit.households.none) / \(audit.households.one) / \(audit.households.several)",
                ])
            }
            let report = FindingsReport(findings)
            console.answer(json: [
                "zonings": .array(rows.map { .array($0.map(JSONValue.string)) }), "findings": report.json,
            ]) {
                lines in
                var table = TextTable(
                    .text("体系", "zoning"), .text("类型", "kind"), .number("分区", "zones"), .number("重叠对数", "overlaps"),
                    .number("空白(平方米)", "gap m²"), .text("户：无/一/多区", "households in none / one / several"))
                for row in rows { table.append(row) }
                lines.add(table)
                report.write(to: &lines)
            }
            try report.exitIfErrors()
        }
    }

    /// 体系对照.
    struct Crosswalk: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "crosswalk",
            abstract: "两套体系之间的户、人、面积对照 / Households, people and area shared by two zonings.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @Argument(help: "体系名，或 community、grid、microgrid / a zoning, or a level.") var from: String
        @Argument(help: "另一体系 / the other.") var to: String
        @OptionGroup var on: DayOption
        @Option(name: .shortAndLong, help: "写入 .xlsx 或 .csv / write .xlsx or .csv.") var output: String?

        func run() throws {
            let file = try town.open()
            let zonings = try file.zonings(on: on.resolved)
            func find(_ name: String) throws -> Zoning {
                if let level = Level(rawValue: name), level != .town, !zonings.contains(where: { $0.name == name }) {
                    return Zoning(try file.units(level, on: on.resolved), name: LevelNames()[level].zh)
                }
                return try file.zoning(named: name, on: on.resolved)
            }
            let crosswalk = try ZoningCrosswalk(
                find(from), find(to), households: file.households(on: on.resolved))
            let console = global.console
            if let output { return try TableOutput(path: output).write([crosswalk.table], console: console) }
            console.answer(json: crosswalk.table.json) { crosswalk.table.write(to: &$0) }
        }
    }
}
