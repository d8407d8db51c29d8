import ArgumentParser
import GeoGrid
import GridStore
import enum Cartography.Edition

/// 事件.
struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "事件（热线、纠纷、信访）：归到单元和责任人、热度、重复地点 / Events: unit and lead of each, heat, repeat places.",
        discussion: """
            没有坐标的事件由 geogrid assign 按地址定位；按类型和单元的件数见 geogrid ledger events。
            Events without coordinates are placed by their address when geogrid assign runs; counts by kind and unit are \
            given by geogrid ledger events.
            """,
        subcommands: [List.self, Heat.self, Repeats.self])

    /// 事件清单.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "每件归谁 / Who each event belongs to.",
            discussion: """
                事由和地址只在 --edition operational 中出现，并记入日志。
                Subject and address appear only with --edition operational, which is logged.
                """)

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @OptionGroup var on: DayOption
        @OptionGroup var edition: EditionOption
        @Flag(help: "只要未办结的 / only open ones.") var open = false
        @Option(name: .shortAndLong, help: "写入 .xlsx（每社区一表）、.csv 或 - / write here.") var output: String?

        func run() throws {
            let console = global.console
            let showsNames = edition.privacy == .operational
            let file = try town.open(readOnly: !showsNames)
            let ledger = try file.ledger(.events, on: on.resolved)
            var table = ledger.eventTable(
                try file.roster(on: on.resolved), showsNames: showsNames, onlyOpen: open)
            if showsNames {
                table.pageMark = edition.edition.mark.map { console($0) } ?? ""
                try file.logExport(
                    command: "events list", edition: edition.edition.rawValue, target: output ?? "-",
                    detail: "\(table.rows.count)")
            }
            if let output { return try TableOutput(path: output).write([table], communityColumn: 0, console: console) }
            console.answer(json: table.json) { lines in
                if showsNames, let mark = edition.edition.mark { lines.add(mark) }
                table.write(to: &lines, columns: [0, 1, 2, 3, 4, 5, 6, 7, 8], limit: 40)
                lines.add(
                    Text(
                        zh: "共 \(table.rows.count) 件，未归属 \(ledger.unplaced)",
                        en: "\(table.rows.count) events, \(ledger.unplaced) in no unit"))
            }
        }
    }

    /// 热度.
    struct Heat: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "heat", abstract: "按每千户件数排序的单元 / Units by events per 1,000 households.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @OptionGroup var on: DayOption
        @Option(help: "按哪一级 / by this level.") var by: Level = .grid
        @Option(help: "最多列几行，0 为全部 / rows shown, 0 for all.") var top = 20
        @Option(name: .shortAndLong, help: "写入 .xlsx、.csv 或 - / write here.") var output: String?

        func run() throws {
            let console = global.console
            let file = try town.open()
            let table = try file.ledger(.events, on: on.resolved)
                .heat(by: by, households: try file.householdCounts(by: by, on: on.resolved))
            if let output { return try TableOutput(path: output).write([table], console: console) }
            console.answer(json: table.json) { table.write(to: &$0, limit: top == 0 ? .max : top) }
        }
    }

    /// 重复地点.
    struct Repeats: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "repeats", abstract: "同一地址反复发生 / Addresses that come up again and again.",
            discussion: """
                含地址，要用 --edition operational，并记入日志。
                It shows addresses, asks for --edition operational, and is logged.
                """)

        @OptionGroup var global: GlobalOptions
        @OptionGroup var town: TownArgument
        @OptionGroup var on: DayOption
        @OptionGroup var edition: EditionOption
        @Option(help: "至少几件 / at least so many.") var least = 3
        @Option(name: .shortAndLong, help: "写入 .xlsx、.csv 或 - / write here.") var output: String?

        func validate() throws {
            guard edition.edition == .operational else { throw ValidationError("--edition operational") }
            guard least >= 2 else { throw ValidationError("--least ≥ 2") }
        }

        func run() throws {
            let console = global.console
            let file = try town.open(readOnly: false)
            var table = try file.ledger(.events, on: on.resolved).repeatTable(least: least)
            table.pageMark = edition.edition.mark.map { console($0) } ?? ""
            try file.logExport(
                command: "events repeats", edition: edition.edition.rawValue, target: output ?? "-",
                detail: "\(table.rows.count)")
            if let output { return try TableOutput(path: output).write([table], communityColumn: 0, console: console) }
            console.answer(json: table.json) { lines in
                if let mark = edition.edition.mark { lines.add(mark) }
                table.write(to: &lines)
            }
        }
    }
}
