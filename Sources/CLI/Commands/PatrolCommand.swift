import ArgumentParser
import GeoGrid
import GridStore
import Planner

/// 巡防.
struct PatrolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patrol",
        abstract: "巡防：给各队划片，排出本月应查场所的路线和日历 / Territories for squads, rounds through the premises due this month.",
        discussion: """
            片由最小单元组成，相连，按每月巡查分钟数均衡。半年一次的场所按编号固定在某几个月，下月接着这月。
            Territories are made of the lowest units, connected, even in minutes a month. Premises visited seldom keep their \
            months by their identifiers, so that next month goes on where this one ends.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @OptionGroup var output: CareOutput

    @Option(help: "巡防队数 / how many squads.")
    var squads: Int

    @Option(help: "月份，如 2026-03；默认当月 / month; that of the day by default.")
    var month: String?

    @Option(help: "只查这类场所，可重复 / kind of premises; repeatable; all by default.")
    var kind: [String] = []

    @Option(help: "允许偏差，0.1 即 ±10% / deviation allowed.")
    var tolerance: Double = 0.10

    @Option(help: "每月工作日 / working days of the month.")
    var days: Int = 22

    @Option(help: "每队每天分钟 / minutes of a squad a day.")
    var dayMinutes: Double = 240

    @Option(help: "搜索步数 / moves of the search.")
    var effort: Int = 300_000

    @Option(help: "随机种子 / seed.")
    var seed: UInt64 = 1

    func validate() throws {
        if squads < 1 || squads > 10_000 { throw ValidationError("--squads: 1…10000") }
        if !(tolerance > 0 && tolerance <= 1) { throw ValidationError("--tolerance: 0…1") }
        if days < 1 || days > 31 { throw ValidationError("--days: 1…31") }
        if !(dayMinutes > 0 && dayMinutes <= 1440) { throw ValidationError("--day-minutes: 0…1440") }
        if !(1...1_000_000_000_000_000).contains(effort) { throw ValidationError("--effort: 1–10¹⁵") }
        if let month, Month(month) == nil { throw ValidationError("--month: 如 2026-03 / such as 2026-03") }
    }

    func run() async throws {
        let console = global.console
        let care = CareTown(try town.open().town(on: on.resolved))
        var options = PatrolPlan.Options()
        options.tolerance = tolerance
        options.seed = seed
        options.effort = effort
        options.days = days
        options.dayMinutes = dayMinutes
        options.kinds = kind
        let asked = month.flatMap { Month($0) } ?? Month(of: on.resolved)
        let plan = try await PatrolPlan.make(
            care: care, squads: squads, month: asked.number, model: .standard, options: options)
        var findings = care.model.findings + plan.findings
        let left = plan.squads.reduce(0) { $0 + $1.calendar.leftOut.count }
        if left > 0 { findings.append(.leftOut(left)) }
        let outcome = Outcome(care: care, plan: plan)
        console.answer(with: findings, json: outcome.json) { outcome.write(to: &$0) }
        try output.write(outcome.tables(output, console), command: "patrol", from: town, console: console)
        try output.keep(
            .patrol, of: town, on: on.resolved,
            parameters: [
                "squads": .int(squads), "month": .string(asked.description), "tolerance": .number(tolerance),
                "kinds": .array(kind.map { .string($0) }), "seed": .int(Int(clamping: seed)), "effort": .int(effort),
            ], figures: outcome.figures, items: outcome.items, console: console)
        if !plan.disconnected.isEmpty || plan.deviation > tolerance + 1e-9 { throw ExitStatus.findings.code }
    }

    private struct Outcome {
        var care: CareTown
        var plan: PatrolPlan

        private var due: Int { plan.squads.reduce(0) { $0 + $1.due.count } }
        private var metres: Double { plan.squads.reduce(0) { $0 + $1.metres } }

        func write(to lines: inout Lines) {
            lines.add(
                Text(
                    zh:
                        "\(care.town.lowestUnits.count) 个单元分给 \(plan.squads.count) 队：工作量最大偏差 \((100 * plan.deviation).fixed(1))%，不相连的片 \(plan.disconnected.count)",
                    en:
                        "\(care.town.lowestUnits.count) units among \(plan.squads.count) squads: largest deviation of work \((100 * plan.deviation).fixed(1))%, territories not joined \(plan.disconnected.count)"
                ))
            lines.add(
                Text(
                    zh: "本月应查 \(due) 处，路线合计 \((metres / 1000).fixed(1)) 千米",
                    en: "\(due) premises due this month, rounds \((metres / 1000).fixed(1)) km in all"))
            var table = TextTable(
                .number("队", "squad"), .number("单元", "units"), .number("分钟/月", "min/month"),
                .number("本月应查", "due"), .number("路线米数", "metres"), .number("最忙一天分钟", "busiest day"))
            for (i, squad) in plan.squads.enumerated() {
                table.append(
                    String(i + 1), String(squad.units.count), squad.load.fixed(0), String(squad.due.count),
                    squad.metres.fixed(0), (squad.calendar.minutes.max() ?? 0).fixed(0))
            }
            lines.add(table)
        }

        var figures: JSONValue {
            [
                "squads": .int(plan.squads.count), "deviation": .number(plan.deviation),
                "notJoined": .int(plan.disconnected.count), "due": .int(due), "metres": .number(metres),
                "leftOut": .int(plan.squads.reduce(0) { $0 + $1.calendar.leftOut.count }),
            ]
        }

        func json(_ report: FindingsReport) -> JSONValue {
            [
                "figures": figures,
                "squads": .array(
                    plan.squads.enumerated().map { i, squad in
                        [
                            "squad": .int(i + 1), "minutes": .number(squad.load), "metres": .number(squad.metres),
                            "units": .array(squad.units.map { .string(care.town.lowestUnits.codes[$0]) }),
                            "visits": .array(
                                squad.calendar.visits.map {
                                    [
                                        "day": .int($0.day + 1),
                                        "premises": .string(care.town.premises[squad.due[$0.stop]].id),
                                    ]
                                }),
                        ]
                    }), "findings": report.json,
            ]
        }

        /// The visits by squad and day, then the territories.
        func tables(_ output: CareOutput, _ console: Console) -> [SheetTable] {
            var titles = [
                Text(zh: "队", en: "squad"), Text(zh: "第几个工作日", en: "working day"), Text(zh: "次序", en: "order"),
                Text(zh: "场所编号", en: "premises"), Text(zh: "类别", en: "kind"), Text(zh: "地址", en: "address"),
            ]
            if output.names { titles.append(Text(zh: "名称", en: "name")) }
            var visits = SheetTable(
                name: console(Text(zh: "巡查", en: "rounds")), columns: titles.map { console($0) },
                pageMark: output.pageMark)
            var territories = SheetTable(
                name: console(Text(zh: "分区", en: "territories")),
                columns: [Text(zh: "队", en: "squad"), Text(zh: "单元编码", en: "unit"), Text(zh: "单元", en: "name")]
                    .map { console($0) })
            let units = care.town.lowestUnits
            for (i, squad) in plan.squads.enumerated() {
                for visit in squad.calendar.visits {
                    let premises = care.town.premises[squad.due[visit.stop]]
                    var row: [SheetTable.Cell] = [
                        .integer(i + 1), .integer(visit.day + 1), .integer(visit.stop + 1), .text(premises.id),
                        .text(premises.kind), .init(premises.address),
                    ]
                    if output.names { row.append(.init(premises.name)) }
                    visits.rows.append(row)
                }
                for unit in squad.units {
                    territories.rows.append([.integer(i + 1), .text(units.codes[unit]), .text(units.names[unit])])
                }
            }
            return [visits, territories]
        }

        var items: [CarePlan.Item] {
            let units = care.town.lowestUnits
            return plan.squads.enumerated().flatMap { i, squad -> [CarePlan.Item] in
                squad.units.map { unit in
                    var area = Geometries()
                    area.append(feature: unit, of: units.areas)
                    return CarePlan.Item(
                        role: "unit", subject: units.codes[unit], target: String(i + 1), geometry: area)
                }
                    + squad.due.enumerated().map { order, p in
                        let premises = care.town.premises[p]
                        var place = Geometries()
                        place.append(premises.location)
                        return CarePlan.Item(
                            role: "premises", subject: premises.id, target: String(i + 1), rank: order + 1,
                            value: order == 0 ? squad.metres : 0, geometry: place)
                    }
            }
        }
    }
}
