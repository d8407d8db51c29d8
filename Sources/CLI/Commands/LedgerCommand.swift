import ArgumentParser
import GeoGrid
import GridStore
import enum Cartography.Edition

/// 台账.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "台账：分单元统计、到期、变动、颜色沿革、地块 / Ledgers: counts by unit, due, changes, colours over time, parcels.",
        discussion: """
            种类 / kinds: \(Ledger.Kind.allCases.map { "\($0.rawValue) \($0.title.zh)" }.joined(separator: ", ")), parcels 地块
            名称和地址只在 --edition operational 中出现，并记入日志；care 和 households 至少要 --edition office。
            Names and addresses appear only with --edition operational, which is logged; care and households ask for
            --edition office at least.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @Argument(help: "台账种类 / kind.", completion: .list(Ledger.Kind.allCases.map(\.rawValue) + ["parcels"]))
    var kind: String
    @OptionGroup var on: DayOption
    @OptionGroup var edition: EditionOption
    @Option(help: "按哪一级统计 / count by this level.") var by: Level = .community
    @Flag(help: "列明细 / list the items.") var list = false
    @Option(help: "列出到这天应走访、检查的 / list what is due by this day.") var due: Day?
    @Option(help: "两次之间的天数，代替模型的频次；未办结的默认 30 / days between visits, instead of the model's; 30 for what is open.")
    var every: Int?
    @Option(help: "列出自这天以来的变动 / list changes since this day.") var since: Day?
    @Flag(help: "颜色变过的对象及其沿革 / objects whose colour changed, and when.") var history = false
    @Option(help: ArgumentHelp("颜色在本台账的含义 / what a colour means here.", valueName: "颜色=含义"))
    var meaning: [String] = []
    @Option(name: .shortAndLong, help: "写入 .xlsx、.csv 或 - / write here.") var output: String?

    func validate() throws {
        guard kind == "parcels" || Ledger.Kind(rawValue: kind) != nil else {
            throw ValidationError((Ledger.Kind.allCases.map(\.rawValue) + ["parcels"]).joined(separator: ", "))
        }
        if edition.edition == .public, ["care", "households"].contains(kind) {
            throw ValidationError("\(kind): --edition office, operational")
        }
        if kind == "households", history, edition.edition != .operational {
            throw ValidationError("households --history: --edition operational")
        }
        if let every, every < 1 || due == nil { throw ValidationError("--every ≥ 1, --due") }
        for entry in meaning where Self.meaning(entry) == nil {
            throw ValidationError("--meaning red=… orange=… yellow=… blue=…")
        }
        guard [list, due != nil, since != nil, history].count(where: { $0 }) <= 1 else {
            throw ValidationError("--list、--due、--since、--history 用一个 / use one of --list, --due, --since, --history")
        }
    }

    private static func meaning(_ entry: String) -> (colour: RiskColour, meaning: String?)? {
        let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
        return parts.first.flatMap(RiskColour.init(rawValue:)).map { ($0, parts.count > 1 ? parts[1] : nil) }
    }

    func run() throws {
        let showsNames = edition.privacy == .operational
        let file = try town.open(readOnly: !showsNames && meaning.isEmpty)
        if showsNames {
            try file.logExport(
                command: "ledger", edition: edition.edition.rawValue, target: output ?? "-", detail: kind)
        }
        guard let kind = Ledger.Kind(rawValue: kind) else { return try parcels(file, showsNames: showsNames) }
        for (colour, meaning) in meaning.compactMap(Self.meaning) {
            try file.setColourMeaning(kind, colour, to: meaning)
        }
        let ledger = try file.ledger(kind, on: on.resolved)
        let (tables, byCommunity) = try tables(ledger, file, showsNames: showsNames)
        let total = Text(
            zh: "\(kind.title.zh)共 \(ledger.items.count)，未归属 \(ledger.unplaced)",
            en: "\(ledger.items.count) \(kind.title.en), \(ledger.unplaced) in no unit")
        try write(tables, byCommunity: byCommunity, total: total, showsNames: showsNames)
    }

    /// What was asked for first, and which of its columns names the community.
    private func tables(
        _ ledger: Ledger, _ file: TownFile, showsNames: Bool
    ) throws -> (tables: [SheetTable], byCommunity: Int?) {
        if let due {
            let list = ledger.due(
                by: due, last: try file.lastVisits(until: ledger.day), model: try file.storedWorkloadModel(),
                every: every)
            return ([ledger.dueTable(list)], 0)
        }
        if let since { return ([ledger.table(of: ledger.changes(since: try file.ledger(ledger.kind, on: since)))], 0) }
        if history { return ([ledger.table(of: try file.colourHistory(ledger.kind))], nil) }
        if list { return ([ledger.list(showsNames: showsNames), ledger.counts(by: by)], 0) }
        return ([ledger.counts(by: by)], nil)
    }

    private func parcels(_ file: TownFile, showsNames: Bool) throws {
        let ledger = try file.parcels(on: on.resolved)
        let households = ledger.items.reduce(0) { $0 + $1.households.count }
        try write(
            showsNames ? [ledger.table, ledger.householdTable] : [ledger.table], byCommunity: nil,
            total: Text(
                zh: "地块共 \(ledger.items.count)，涉及 \(households) 户",
                en: "\(ledger.items.count) parcels, \(households) households"), showsNames: showsNames)
    }

    private func write(_ tables: [SheetTable], byCommunity: Int?, total: Text, showsNames: Bool) throws {
        let console = global.console
        var tables = tables
        if showsNames, let mark = edition.edition.mark {
            for i in tables.indices { tables[i].pageMark = console(mark) }
        }
        if let output {
            return try TableOutput(path: output).write(tables, communityColumn: byCommunity, console: console)
        }
        console.answer(json: tables[0].json) { lines in
            if showsNames, let mark = edition.edition.mark { lines.add(mark) }
            tables[0].write(to: &lines)
            lines.add(total)
        }
    }
}
