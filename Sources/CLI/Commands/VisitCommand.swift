import ArgumentParser
import GeoGrid
import GridStore
import Planner

/// 走访.
struct VisitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visit",
        abstract: "走访不漏户：分片到人、排路线、排日历、看进度、重排剩余 / Beats, rounds, calendar, progress, the rest planned anew.",
        discussion: """
            每户恰好一次；各片工作量接近（默认 ±10%），沿街相连。--returned 给出已走访名单：列出漏访户，剩余的户按 --visitors 重新分片。
            Every household exactly once; loads alike (±10 % by default), beats joined along the streets. --returned names \
            the households done: the missed are listed and the rest is divided anew among --visitors.
            """)

    enum Households: String, CaseIterable, ExpressibleByArgument { case all, care }
    enum Load: String, CaseIterable, ExpressibleByArgument { case households, minutes }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @OptionGroup var output: CareOutput

    @Option(help: "走访人数 / how many visitors.")
    var visitors: Int?

    @Option(help: "走访人名单（人员编号）；每片交给住得近的人 / list of visitors; each gets a beat near home.", completion: .file())
    var visitorList: String?

    @Option(help: "走访哪些户 / which households.")
    var households: Households = .all

    @Option(help: "户名单 / list of households.", completion: .file())
    var householdList: String?

    @Option(help: "按户数或分钟平衡 / even out households or minutes.")
    var load: Load = .households

    @Option(help: "允许偏差，0.1 即 ±10% / deviation allowed.")
    var tolerance: Double = 0.10

    @Flag(help: "每片不跨社区 / beats stay inside one community.")
    var withinCommunity = false

    @Option(help: "已走访名单（户编号）/ households done.", completion: .file())
    var returned: String?

    @Option(help: "原方案：重排时尽量不换人 / the plan before; keeps visitors where it can.")
    var plan: String?

    @Option(help: "排这个月的日历，如 2026-03 / calendar of a month.")
    var month: String?

    @Option(help: "每月工作日 / working days of the month.")
    var days: Int = 22

    @Option(help: "每天走访分钟 / minutes of visits a day.")
    var dayMinutes: Double = 240

    @Option(help: "搜索步数；默认随规模 / moves of the search.")
    var effort: Int?

    @Option(help: "随机种子 / seed.")
    var seed: UInt64 = 1

    func validate() throws {
        if (visitors == nil) == (visitorList == nil) {
            throw ValidationError("--visitors 或 --visitor-list 给一个 / give --visitors or --visitor-list")
        }
        if let visitors, visitors < 1 { throw ValidationError("--visitors: 至少 1 / at least 1") }
        if !(tolerance > 0 && tolerance <= 1) { throw ValidationError("--tolerance: 0…1") }
        if days < 1 || days > 31 { throw ValidationError("--days: 1…31") }
        if !(dayMinutes > 0 && dayMinutes <= 1440) { throw ValidationError("--day-minutes: 0…1440") }
        if let month, Month(month) == nil { throw ValidationError("--month: 如 2026-03 / such as 2026-03") }
        if let effort, !(1...1_000_000_000_000_000).contains(effort) { throw ValidationError("--effort: 1–10¹⁵") }
    }

    func run() async throws {
        let console = global.console
        let file = try town.open()
        let care = CareTown(try file.town(on: on.resolved))
        var findings = care.findings
        let asked = try positions(care, &findings)
        var done = Set<Int>()
        if let returned {
            let ids = care.town.households.map(\.id)
            done = Set(
                try ListFile(returned).positions(of: .household, in: ids, layer: "household", findings: &findings)
                    .map(\.position))
        }
        let rest = asked.filter { !done.contains($0) }
        let people = try visitorPositions(care, &findings)
        let count = visitors ?? people.count
        guard count > 0 else {
            throw GeoGridError(
                .nothingToPair, Text(zh: "没有走访人", en: "there are no visitors"),
                remedy: Text(zh: "检查 --visitor-list", en: "check --visitor-list"))
        }
        let old = try plan.map { try file.carePlan(named: $0) }
        guard !rest.isEmpty else {
            console.answer(json: ["asked": .int(asked.count), "done": .int(asked.count), "missed": []]) { lines in
                lines.add(Text(zh: "\(asked.count) 户全部走访完毕", en: "all \(asked.count) households are done"))
            }
            return
        }
        let model = WorkloadModel.standard
        let wishes = rest.map { VisitWish(care: care, household: $0, model: model) }
        var options = VisitBeats.Options()
        options.tolerance = tolerance
        options.effort = effort
        options.seed = seed
        options.keepWeight = old == nil ? 0 : 4
        let community = care.unit(on: .community)
        let beats = try await VisitBeats.divide(
            care: care, households: rest, load: wishes.map { load == .households ? 1 : $0.minutesAMonth },
            among: count, old: former(old, care, rest, people),
            communities: withinCommunity ? rest.map { Int(community[$0]) } : [], options: options)
        let rounds = beats.rounds(care: care)
        let names = people.isEmpty ? [] : visitorNames(care, people, rounds, isRenewal: old != nil)
        findings += beats.findings
        let schedule = month.flatMap { Month($0) }.map { schedules(care, rounds, rest, wishes, month: $0.number) }
        if let left = schedule?.reduce(0, { $0 + $1.leftOut.count }), left > 0 {
            findings.append(.leftOut(left))
        }
        let outcome = Outcome(
            care: care, asked: asked.count, rest: rest, done: asked.count - rest.count, beats: beats, rounds: rounds,
            schedule: schedule, names: names, tolerance: tolerance, returned: returned != nil)
        console.answer(with: findings, json: outcome.json) { outcome.write(to: &$0) }
        try output.write(outcome.tables(output, console), command: "visit", from: town, console: console)
        try output.keep(
            .visit, of: town, on: on.resolved,
            parameters: [
                "visitors": .int(count), "load": .string(load.rawValue), "tolerance": .number(tolerance),
                "seed": .int(Int(clamping: seed)), "effort": .optional(effort), "returned": .optional(returned),
            ], figures: outcome.figures, items: outcome.items, console: console)
        if !outcome.holds { throw ExitStatus.findings.code }
    }

    private func positions(_ care: CareTown, _ findings: inout [Finding]) throws -> [Int] {
        if let householdList {
            var seen = Set<Int>()
            return try ListFile(householdList)
                .positions(
                    of: .household, in: care.town.households.map(\.id), layer: "household", findings: &findings
                )
                .map(\.position).filter { seen.insert($0).inserted }.sorted()
        }
        switch households {
        case .all: return Array(care.town.households.indices)
        case .care: return care.careResidents.indices.filter { !care.careResidents[$0].isEmpty }
        }
    }

    private func visitorPositions(_ care: CareTown, _ findings: inout [Finding]) throws -> [Int] {
        guard let visitorList else { return [] }
        var seen = Set<Int>()
        return try ListFile(visitorList)
            .positions(of: .person, in: care.town.people.map(\.id), layer: "person", findings: &findings)
            .map(\.position).filter { seen.insert($0).inserted }
    }

    /// Beat of each household in the plan before: by the visitor who had it, or by the beat's number.
    private func former(_ plan: CarePlan?, _ care: CareTown, _ rest: [Int], _ people: [Int]) -> [Int] {
        guard let plan else { return [] }
        let ids = people.enumerated().map { (care.town.people[$0.element].id, $0.offset) }
        let visitor = Dictionary(ids, uniquingKeysWith: { first, _ in first })
        let beat = Dictionary(
            plan.items.map { ($0.subject, visitor[$0.target] ?? (people.isEmpty ? (Int($0.target) ?? 0) - 1 : -1)) },
            uniquingKeysWith: { first, _ in first })
        return rest.map { beat[care.town.households[$0].id] ?? -1 }
    }

    /// Who visits each beat: whom it had, in a renewal; else whoever is near, at the least way in all.
    private func visitorNames(
        _ care: CareTown, _ people: [Int], _ rounds: [(households: [Int], metres: Double)], isRenewal: Bool
    ) -> [String] {
        let ids = people.map { care.town.people[$0].id }
        guard !isRenewal else { return rounds.indices.map { ids[$0] } }
        var pairs: [(supplier: Int32, target: Int32, cost: Int32)] = []
        for (b, round) in rounds.enumerated() {
            guard let middle = round.households.dropFirst(round.households.count / 2).first else { continue }
            let place = care.homes.points[middle]
            for (v, person) in people.enumerated() {
                let metres = care.town.people[person].home?.distance(to: place) ?? .nan
                // Without a known home somebody is as far from everywhere.
                pairs.append((Int32(v), Int32(b), metres.isFinite ? Int32(min(metres, 1e7) * 10) : 1_000_000))
            }
        }
        let solved = Assignment(
            capacities: ids.map { _ in 1 }, amounts: rounds.map { $0.households.isEmpty ? 0 : 1 }, pairs: pairs
        ).solve()
        var names = rounds.map { _ in "" }
        for share in solved.shares { names[share.target] = ids[share.supplier] }
        return names
    }

    private func schedules(
        _ care: CareTown, _ rounds: [(households: [Int], metres: Double)], _ rest: [Int], _ wishes: [VisitWish],
        month: Int
    ) -> [VisitCalendar] {
        let wish = Dictionary(uniqueKeysWithValues: zip(rest, wishes))
        return rounds.map { round in
            VisitCalendar(
                frequency: round.households.map { wish[$0]!.visitsAMonth },
                duration: round.households.map { wish[$0]!.minutes },
                phases: round.households.map { VisitCalendar.phase(of: care.town.households[$0].id) }, month: month,
                days: days,
                dayMinutes: dayMinutes)
        }
    }

    private struct Outcome {
        var care: CareTown
        var asked: Int
        var rest: [Int]
        var done: Int
        var beats: VisitBeats
        var rounds: [(households: [Int], metres: Double)]
        var schedule: [VisitCalendar]?
        /// Identifiers of the visitors by beat; empty where only their number is known.
        var names: [String]
        var tolerance: Double
        var returned: Bool

        private func beat(_ b: Int) -> String { names.isEmpty ? String(b + 1) : names[b] }

        private var visited: [Int] { rounds.flatMap(\.households) }
        /// Every household once, counted from the rounds.
        private var everyOnce: Bool { visited.count == rest.count && Set(visited).count == rest.count }
        private var sizes: [Int] { rounds.map(\.households.count) }
        private var passing: Text {
            let count = beats.passing.count
            guard count > 0 else { return Text(zh: "", en: "") }
            return Text(zh: "（\(count) 片须经过别片一户门口）", en: " (\(count) pass a door of another)")
        }
        private var metres: Double { rounds.reduce(0) { $0 + $1.metres } }

        var holds: Bool { everyOnce && beats.disconnected.isEmpty && beats.deviation <= tolerance + 1e-9 }

        func write(to lines: inout Lines) {
            if returned {
                lines.add(
                    Text(
                        zh: "应走访 \(asked) 户，已走访 \(done) 户（\(Double.percent(done, of: asked))），漏访 \(rest.count) 户",
                        en:
                            "\(asked) households asked, \(done) done (\(Double.percent(done, of: asked))), \(rest.count) missed"
                    ))
            }
            lines.add(
                Text(
                    zh:
                        "\(rest.count) 户分给 \(beats.beatCount) 人：每人 \(sizes.min() ?? 0)–\(sizes.max() ?? 0) 户，工作量最大偏差 \((100 * beats.deviation).fixed(1))%",
                    en:
                        "\(rest.count) households among \(beats.beatCount) visitors: \(sizes.min() ?? 0)–\(sizes.max() ?? 0) each, largest deviation of load \((100 * beats.deviation).fixed(1))%"
                ))
            lines.add(
                Text(
                    zh:
                        "每户恰好一次：\(everyOnce ? "是" : "否")；不相连的片：\(beats.disconnected.count)\(passing.zh)；路线合计 \((metres / 1000).fixed(1)) 千米，平均 \((metres / Double(max(1, rounds.count))).fixed(0)) 米",
                    en:
                        "every household once: \(everyOnce ? "yes" : "no"); beats not joined: \(beats.disconnected.count)\(passing.en); rounds \((metres / 1000).fixed(1)) km, mean \((metres / Double(max(1, rounds.count))).fixed(0)) m"
                ))
            if let schedule {
                let visits = schedule.reduce(0) { $0 + $1.visits.count }
                let worst = schedule.flatMap(\.minutes).max() ?? 0
                lines.add(
                    Text(
                        zh: "本月走访 \(visits) 次，最忙的一天 \(worst.fixed(0)) 分钟",
                        en: "\(visits) visits this month, the busiest day \(worst.fixed(0)) minutes"))
            }
            var table = TextTable(
                .text("片", "beat"), .number("户", "households"), .number("门口", "doors"), .number("米", "metres"),
                .text("第一户", "first"), .text("最后一户", "last"))
            for (b, round) in rounds.enumerated().prefix(20) {
                table.append(
                    beat(b), String(round.households.count),
                    String(Set(round.households.map { care.homes.points[$0] }).count), round.metres.fixed(0),
                    round.households.first.map { care.town.households[$0].id } ?? "",
                    round.households.last.map { care.town.households[$0].id } ?? "")
            }
            lines.add(table)
        }

        var figures: JSONValue {
            [
                "households": .int(rest.count), "visitors": .int(beats.beatCount), "done": .int(done),
                "deviation": .number(beats.deviation), "notJoined": .int(beats.disconnected.count),
                "passing": .int(beats.passing.count),
                "everyOnce": .bool(everyOnce), "metres": .number(metres),
            ]
        }

        func json(_ report: FindingsReport) -> JSONValue {
            [
                "figures": figures,
                "beats": .array(
                    rounds.enumerated().map { b, round in
                        [
                            "beat": .string(beat(b)), "metres": .number(round.metres),
                            "households": .array(
                                round.households.map { .string(care.town.households[$0].id) }),
                            "visits": schedule.map { calendar in
                                .array(
                                    calendar[b].visits.map {
                                        [
                                            "day": .int($0.day + 1),
                                            "household": .string(care.town.households[round.households[$0.stop]].id),
                                        ]
                                    })
                            } ?? .null,
                        ]
                    }), "missed": returned ? .array(rest.map { .string(care.town.households[$0].id) }) : .null,
                "findings": report.json,
            ]
        }

        func tables(_ output: CareOutput, _ console: Console) -> [SheetTable] {
            var titles = [
                Text(zh: "片", en: "beat"), Text(zh: "次序", en: "order"), Text(zh: "户编号", en: "household"),
                Text(zh: "地址", en: "address"), Text(zh: "日期（第几个工作日）", en: "working days"),
            ]
            if output.names { titles += [Text(zh: "户主", en: "head"), Text(zh: "电话", en: "phone")] }
            var table = SheetTable(
                name: console(Text(zh: "走访", en: "visits")), columns: titles.map { console($0) },
                pageMark: output.pageMark)
            for (b, round) in rounds.enumerated() {
                for (i, h) in round.households.enumerated() {
                    let household = care.town.households[h]
                    let days = schedule?[b].visits.filter { $0.stop == i }.map { String($0.day + 1) } ?? []
                    var row: [SheetTable.Cell] = [
                        .text(beat(b)), .integer(i + 1), .text(household.id), .init(household.address),
                        .init(days.joined(separator: " ")),
                    ]
                    if output.names { row += [.init(household.head), .init(household.phone)] }
                    table.rows.append(row)
                }
            }
            return [table]
        }

        var items: [CarePlan.Item] {
            rounds.enumerated().flatMap { b, round in
                round.households.enumerated().map { i, h in
                    var place = Geometries()
                    place.append(care.town.households[h].location)
                    return CarePlan.Item(
                        role: "household", subject: care.town.households[h].id, target: beat(b), rank: i + 1,
                        value: i == 0 ? round.metres : 0, geometry: place)
                }
            }
        }
    }
}

extension IssueCode {
    /// Visits that find no room in the month.
    static let visitsLeftOut = IssueCode("GG485")
}

extension Finding {
    static func leftOut(_ visits: Int) -> Finding {
        Finding(
            .visitsLeftOut, .warning,
            Text(zh: "\(visits) 次走访排不进工作日", en: "\(visits) visits find no room in the working days"),
            remedy: Text(zh: "增加人手、--days 或 --day-minutes", en: "add people, --days or --day-minutes"))
    }
}
