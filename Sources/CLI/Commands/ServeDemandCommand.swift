import ArgumentParser
import GeoGrid
import GridStore
import Planner

/// 供需分派.
struct ServeDemandCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve-demand",
        abstract: "供需分派（助餐、门诊）：谁去哪个点，哪里超负荷，送餐怎么走 / Who is served where, overload, delivery rounds.")

    enum Demand: String, CaseIterable, ExpressibleByArgument {
        /// 老人
        case elders
        /// 有关爱人员的户，每人一份
        case care
        /// 全部居民
        case people
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @OptionGroup var output: CareOutput

    @Option(help: "服务点类别，可重复 / kind of service point; repeatable.")
    var kind: [String] = ["助餐点"]

    @Option(help: "服务对象 / whom to serve.")
    var demand: Demand = .elders

    @Option(help: "需求名单：户编号[,份数] / list: household[,amount].", completion: .file())
    var list: String?

    @Option(help: "未登记容量的点按此计 / capacity of a point that has none on record.")
    var capacity: Int = 100

    @Option(help: "最远步行米数 / longest walk in metres.")
    var longest: Double = 1500

    @Option(help: "送餐：一人一趟带几份；给出后排送餐路线 / portions a carrier takes; plans delivery rounds.")
    var carry: Int?

    func validate() throws {
        if capacity < 0 { throw ValidationError("--capacity: ≥ 0") }
        if !(longest > 0 && longest <= 1e6) { throw ValidationError("--longest: 0…1000000") }
        if let carry, carry < 1 { throw ValidationError("--carry: 至少 1 / at least 1") }
    }

    func run() throws {
        let console = global.console
        let care = CareTown(try town.open().town(on: on.resolved))
        let points = try care.points(ofKinds: kind)
        var findings = care.model.findings
        let wanted = try wanted(care, &findings)
        let clients = CareClients(care: care, weight: wanted)
        guard clients.count > 0 else {
            throw GeoGridError(
                .nothingToPair, Text(zh: "没有服务对象", en: "there is nobody to serve"),
                remedy: Text(zh: "检查 --demand 或 --list", en: "check --demand or --list"))
        }
        let capacities = points.map { max(0, care.town.servicePoints[$0].capacity ?? capacity) }
        let doors = care.model.doors(points.map { care.town.servicePoints[$0].location })
        let rows = care.model.rows(from: doors, to: clients.doors, within: Int32(longest * 100))
        let amounts = clients.weights.map { Int($0) }
        let result = ServeDemand.solve(capacities: capacities, amounts: amounts, rows: rows)
        let total = amounts.reduce(0, +)
        let short = result.unserved.reduce(0, +)
        if short > 0 {
            findings.append(
                Finding(
                    .capacityShort, .warning, at: Place(layer: "service_point"),
                    Text(
                        zh: "\(short) 份没有着落，其中 \(result.outOfReach) 份 \(Int(longest)) 米内没有服务点",
                        en:
                            "\(short) portions have no place, \(result.outOfReach) of them no point within \(Int(longest)) m"
                    ),
                    remedy: Text(zh: "增加容量、点位或放宽 --longest", en: "add capacity or points, or raise --longest")))
        }
        let rounds = carry.map { delivery(care, points, clients, result, $0) } ?? []
        let report = FindingsReport(findings)
        let names = points.map { care.town.servicePoints[$0].name }
        console.answer(
            json: json(result, report, names, capacities, total, rounds)
        ) { lines in
            lines.add(
                Text(
                    zh:
                        "需求 \(total) 份，服务点 \(points.count) 个，容量 \(capacities.reduce(0, +))；已分派 \(total - short) 份\(result.isProvenOptimal ? "，总步行已证明最短" : "")",
                    en:
                        "\(total) portions wanted, \(points.count) points hold \(capacities.reduce(0, +)); \(total - short) assigned\(result.isProvenOptimal ? ", least total walk proven" : "")"
                ))
            var table = TextTable(
                .text("服务点", "point"), .number("容量", "capacity"), .number("就近人数", "if nearest"),
                .number("超负荷", "overload"), .number("分派", "assigned"), .number("送餐路线", "rounds"))
            for p in points.indices {
                table.append(
                    names[p], String(capacities[p]), String(result.nearestLoad[p]),
                    String(max(0, result.nearestLoad[p] - capacities[p])), String(result.load[p]),
                    String(rounds.count { $0.point == p }))
            }
            lines.add(table)
            if !rounds.isEmpty {
                let metres = rounds.reduce(0) { $0 + $1.round.metres }
                lines.add(
                    Text(
                        zh: "送餐 \(rounds.count) 趟，合计 \((metres / 1000).fixed(1)) 千米",
                        en: "\(rounds.count) delivery rounds, \((metres / 1000).fixed(1)) km in all"))
            }
            if !findings.isEmpty, !global.quiet {
                lines.add()
                report.write(to: &lines, limit: 5)
            }
        }
        let given = placed(wanted, clients, result)
        var tables = [table(care, points, given, console)]
        if !rounds.isEmpty { tables.append(table(rounds, names, clients, care, console)) }
        try output.write(tables, command: "serve-demand", from: town, console: console)
        try output.keep(
            .serve, of: town, on: on.resolved,
            parameters: [
                "kinds": .array(kind.map { .string($0) }), "demand": .string(list ?? demand.rawValue),
                "longest": .number(longest), "carry": .optional(carry),
            ],
            figures: [
                "wanted": .int(total), "assigned": .int(total - short), "provenOptimal": .bool(result.isProvenOptimal),
            ],
            items: given.map { entry in
                var place = Geometries()
                place.append(care.town.households[entry.household].location)
                return CarePlan.Item(
                    role: "household", subject: care.town.households[entry.household].id,
                    target: care.town.servicePoints[points[entry.point]].id, rank: entry.amount,
                    value: Double(entry.walk) / 100, geometry: place)
            }, console: console)
    }

    private func wanted(_ care: CareTown, _ findings: inout [Finding]) throws -> [Int] {
        if let list {
            var amounts = [Int](repeating: 0, count: care.persons.count)
            let ids = care.town.households.map(\.id)
            let wishes = try ListFile(list)
            for entry in wishes.positions(of: .household, in: ids, layer: "household", findings: &findings) {
                amounts[entry.position] += max(0, wishes.number(.amount, of: entry.row, default: 1) ?? 1)
            }
            return amounts
        }
        switch demand {
        case .elders: return care.elders
        case .care: return care.careResidents.map(\.count)
        case .people: return care.persons
        }
    }

    /// One round of a point, and the doors it calls at in their order.
    private typealias Delivery = (point: Int, round: DeliveryRounds.Round, doors: [Int])

    private func delivery(
        _ care: CareTown, _ points: [Int], _ clients: CareClients, _ result: ServeDemand.Result, _ carry: Int
    ) -> [Delivery] {
        points.indices.flatMap { p -> [Delivery] in
            let mine = result.shares.filter { $0.supplier == p }
            guard !mine.isEmpty else { return [] }
            return DeliveryRounds(
                model: care.model, base: care.town.servicePoints[points[p]].location,
                stops: mine.map { clients.doors.points[$0.target] }, amounts: mine.map(\.amount), carry: carry
            ).rounds.map { round in (p, round, round.stops.map { mine[$0].target }) }
        }
    }

    /// The shares of the doors given to their households, in the order of the town.
    private func placed(
        _ amounts: [Int], _ clients: CareClients, _ result: ServeDemand.Result
    ) -> [(household: Int, point: Int, amount: Int, walk: Int32)] {
        var left = [[(point: Int, amount: Int, walk: Int32)]](repeating: [], count: clients.count)
        for (share, walk) in zip(result.shares, result.walks) {
            left[share.target].append((share.supplier, share.amount, walk))
        }
        var out: [(household: Int, point: Int, amount: Int, walk: Int32)] = []
        for (h, door) in clients.doorOf.enumerated() where door >= 0 {
            var need = amounts[h]
            while need > 0, let first = left[Int(door)].first {
                let taken = min(need, first.amount)
                out.append((h, first.point, taken, first.walk))
                need -= taken
                left[Int(door)][0].amount -= taken
                if left[Int(door)][0].amount == 0 { left[Int(door)].removeFirst() }
            }
        }
        return out
    }

    private func table(
        _ care: CareTown, _ points: [Int], _ given: [(household: Int, point: Int, amount: Int, walk: Int32)],
        _ console: Console
    ) -> SheetTable {
        var titles = [
            Text(zh: "户编号", en: "household"), Text(zh: "地址", en: "address"), Text(zh: "份数", en: "portions"),
            Text(zh: "服务点", en: "point"), Text(zh: "步行米数", en: "metres"),
        ]
        if output.names { titles += [Text(zh: "户主", en: "head"), Text(zh: "电话", en: "phone")] }
        var table = SheetTable(
            name: console(Text(zh: "供需分派", en: "serving")), columns: titles.map { console($0) },
            pageMark: output.pageMark)
        for entry in given {
            let household = care.town.households[entry.household]
            var row: [SheetTable.Cell] = [
                .text(household.id), .init(household.address), .integer(entry.amount),
                .text(care.town.servicePoints[points[entry.point]].name),
                .number(Double(entry.walk) / 100, decimals: 0),
            ]
            if output.names { row += [.init(household.head), .init(household.phone)] }
            table.rows.append(row)
        }
        return table
    }

    /// 送餐路线: every call of every round.
    private func table(
        _ rounds: [Delivery], _ names: [String], _ clients: CareClients, _ care: CareTown, _ console: Console
    ) -> SheetTable {
        var table = SheetTable(
            name: console(Text(zh: "送餐路线", en: "rounds")),
            columns: [
                Text(zh: "服务点", en: "point"), Text(zh: "趟", en: "round"), Text(zh: "次序", en: "order"),
                Text(zh: "地址", en: "address"), Text(zh: "户编号", en: "households"), Text(zh: "全程米数", en: "metres"),
            ].map { console($0) })
        var atDoor = [[Int]](repeating: [], count: clients.count)
        for (h, door) in clients.doorOf.enumerated() where door >= 0 { atDoor[Int(door)].append(h) }
        var number = [Int](repeating: 0, count: names.count)
        for delivery in rounds {
            number[delivery.point] += 1
            for (i, door) in delivery.doors.enumerated() {
                let households = atDoor[door].map { care.town.households[$0] }
                table.rows.append([
                    .text(names[delivery.point]), .integer(number[delivery.point]), .integer(i + 1),
                    .init(households.first?.address), .text(households.map(\.id).joined(separator: " ")),
                    i == 0 ? .number(delivery.round.metres, decimals: 0) : .empty,
                ])
            }
        }
        return table
    }

    private func json(
        _ result: ServeDemand.Result, _ report: FindingsReport, _ names: [String], _ capacities: [Int], _ total: Int,
        _ rounds: [Delivery]
    ) -> JSONValue {
        [
            "wanted": .int(total), "assigned": .int(total - result.unserved.reduce(0, +)),
            "outOfReach": .int(result.outOfReach), "provenOptimal": .bool(result.isProvenOptimal),
            "points": .array(
                names.indices.map { p in
                    [
                        "name": .string(names[p]), "capacity": .int(capacities[p]),
                        "ifNearest": .int(result.nearestLoad[p]), "assigned": .int(result.load[p]),
                    ]
                }),
            "rounds": .array(
                rounds.map {
                    [
                        "point": .string(names[$0.point]), "stops": .int($0.round.stops.count),
                        "portions": .int($0.round.amount), "metres": .number($0.round.metres),
                    ]
                }), "findings": report.json,
        ]
    }
}
