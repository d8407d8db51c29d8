import ArgumentParser
import GeoGrid
import GridStore
import Planner

/// 结对.
struct PairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pair",
        abstract: "结对（党员联户、关爱结对）：谁联系哪一户，总步行最短 / Pair helpers with households at the least total walk.",
        discussion: """
            同楼优先，其次同院；--keep 给出现有结对，拆散要付代价；结果为可证明的最优。
            Same building first, then same courtyard; --keep names the pairs there are, which part only at a price; the \
            result is proven optimal.
            """)

    enum Helpers: String, CaseIterable, ExpressibleByArgument {
        /// 党员
        case party
        /// 在岗人员
        case posts
        /// 所有人员
        case all
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @OptionGroup var output: CareOutput

    @Option(help: "联系人：party 党员、posts 在岗、all 全部 / who helps.")
    var helpers: Helpers = .party

    @Option(help: "联系人名单：编号[,户数] / list of helpers: id[,capacity].", completion: .file())
    var helperList: String?

    @Option(help: "户名单；默认有关爱人员的户 / list of households; those with care residents by default.", completion: .file())
    var householdList: String?

    @Option(help: "每人户数；默认刚好够分 / households a helper takes; just enough by default.")
    var capacity: Int?

    @Option(help: "最远步行米数 / longest walk in metres.")
    var longest: Double?

    @OptionGroup var need: NeedOption

    @Option(help: "现有结对：户编号,联系人编号 / pairs there are: household,helper.", completion: .file())
    var keep: String?

    @Option(help: "不得结对：户编号,联系人编号 / pairs that must not be: household,helper.", completion: .file())
    var forbid: String?

    @Option(help: "拆散一对的代价（米）/ price of parting a pair, in metres.")
    var keepPrice: Double = 300

    func validate() throws {
        if let capacity, capacity < 1 { throw ValidationError("--capacity: 至少 1 / at least 1") }
        if let longest, !(longest > 0) { throw ValidationError("--longest: 要正数 / a positive number") }
        if !(keepPrice >= 0 && keepPrice <= 100_000) { throw ValidationError("--keep-price: 0…100000") }
        if Set(try need.needs().map(\.skill)).count > 64 {
            throw ValidationError("--need: 至多 64 种技能 / at most 64 skills")
        }
    }

    func run() throws {
        let console = global.console
        let care = CareTown(try town.open().town(on: on.resolved))
        var findings = care.model.findings
        let needs = try need.needs()
        let skillNames = Set(needs.map(\.skill)).sorted()
        /// One bit a skill.
        func bits(_ names: [String]) -> UInt64 {
            skillNames.enumerated().reduce(0) { names.contains($1.element) ? $0 | 1 << UInt64($1.offset) : $0 }
        }
        let people = try helperPositions(care, &findings)
        let homes = try householdPositions(care, &findings)
        guard !people.isEmpty, !homes.isEmpty else {
            throw GeoGridError(
                .nothingToPair,
                people.isEmpty
                    ? Text(zh: "没有联系人", en: "there are no helpers")
                    : Text(zh: "没有要联系的户", en: "there are no households to look after"),
                remedy: Text(
                    zh: "检查 --helpers、--helper-list、--household-list",
                    en: "check --helpers, --helper-list, --household-list"))
        }
        let places = HelperPlaces(care: care, people: people.map(\.position))
        let each = capacity ?? (homes.count + places.placed - 1) / max(1, places.placed)
        findings += places.findings
        var pairing = Pairing(
            helpers: people.indices.map { places.side($0, capacity: people[$0].capacity ?? each) { bits($0.skills) } },
            households: homes.map {
                places.side(household: $0) { residents in
                    bits(needs.filter { need in residents.contains { $0.category == need.category } }.map(\.skill))
                }
            })
        pairing.options.longestWalk = longest
        pairing.options.partingPrice = keepPrice
        try existing(care, people.map(\.position), homes, &pairing, &findings)
        let doors = care.model.doors(homes.map { care.homes.points[$0] })
        let rows = care.model.rows(from: places.doors, to: doors)
        let result = pairing.solve(rows: rows) { care.model.followsStreets && doors.edges[$0] < 0 }
        findings += unpaired(result, care, homes)

        let outcome = Outcome(
            care: care, people: people.map(\.position), homes: homes, pairing: pairing, result: result)
        console.answer(with: findings, json: outcome.json) { outcome.write(to: &$0) }
        try output.write([outcome.table(output, console)], command: "pair", from: town, console: console)
        try output.keep(
            .pair, of: town, on: on.resolved,
            parameters: [
                "helpers": .string(helperList ?? helpers.rawValue), "households": .string(householdList ?? "care"),
                "capacity": .int(each), "keepPrice": .number(keepPrice), "need": .array(need.need.map { .string($0) }),
            ], figures: outcome.figures, items: outcome.items, console: console)
        if result.paired < homes.count { throw ExitStatus.findings.code }
    }

    private func helperPositions(
        _ care: CareTown, _ findings: inout [Finding]
    ) throws -> [(position: Int, capacity: Int?)] {
        let town = care.town
        if let helperList {
            let list = try ListFile(helperList)
            var seen = Set<Int>()
            return list.positions(of: .person, in: town.people.map(\.id), layer: "person", findings: &findings)
                .filter { seen.insert($0.position).inserted }
                .map { ($0.position, list.number(.capacity, of: $0.row, default: 1).map { max(0, $0) }) }
        }
        let posted = Set(town.posts.compactMap(\.personID))
        return town.people.indices.filter { i in
            switch helpers {
            case .party: town.people[i].partyMember
            case .posts: posted.contains(town.people[i].id)
            case .all: true
            }
        }.map { ($0, nil) }
    }

    private func householdPositions(_ care: CareTown, _ findings: inout [Finding]) throws -> [Int] {
        guard let householdList else {
            return care.careResidents.indices.filter { !care.careResidents[$0].isEmpty }
        }
        var seen = Set<Int>()
        return try ListFile(householdList)
            .positions(
                of: .household, in: care.town.households.map(\.id), layer: "household", findings: &findings
            )
            .map(\.position).filter { seen.insert($0).inserted }
    }

    private func existing(
        _ care: CareTown, _ people: [Int], _ homes: [Int], _ pairing: inout Pairing, _ findings: inout [Finding]
    ) throws {
        let households = care.town.households.map(\.id)
        let persons = care.town.people.map(\.id)
        let helperOf = Dictionary(zip(people, people.indices), uniquingKeysWith: { first, _ in first })
        let homeOf = Dictionary(zip(homes, homes.indices), uniquingKeysWith: { first, _ in first })
        let personAt = Dictionary(zip(persons, persons.indices), uniquingKeysWith: { first, _ in first })
        func pairs(_ path: String) throws -> [(household: Int, helper: Int)] {
            let list = try ListFile(path)
            let helperField = list.position(of: .person, default: 1) ?? 1
            return list.positions(of: .household, in: households, layer: "household", findings: &findings)
                .compactMap { entry in
                    guard helperField < entry.row.count, let person = personAt[entry.row[helperField]],
                        let helper = helperOf[person], let home = homeOf[entry.position]
                    else { return nil }
                    return (home, helper)
                }
        }
        if let keep {
            for pair in try pairs(keep) { pairing.households[pair.household].partner = Int32(pair.helper) }
        }
        if let forbid {
            pairing.forbidden = try pairs(forbid).map { (Int32($0.helper), Int32($0.household)) }
        }
    }

    private func unpaired(_ result: Pairing.Result, _ care: CareTown, _ homes: [Int]) -> [Finding] {
        homes.indices.compactMap { i in
            guard let reason = result.reasons[i] else { return nil }
            let household = care.town.households[homes[i]]
            return Finding(
                .unpaired, .warning, at: Place(layer: "household", id: household.id, coordinate: household.location),
                Text(zh: "未结对：\(reason.text.zh)", en: "not paired: \(reason.text.en)"), remedy: reason.remedy)
        }
    }

    /// What came out, with what it is about.
    private struct Outcome {
        var care: CareTown
        var people: [Int]
        var homes: [Int]
        var pairing: Pairing
        var result: Pairing.Result

        private var walks: [Int32] { homes.indices.filter { result.helpers[$0] >= 0 }.map { result.walks[$0] } }
        private var metres: Double { walks.reduce(0) { $0 + Double($1) / 100 } }
        private var sameBuilding: Int {
            homes.indices.count { i in
                result.helpers[i] >= 0 && pairing.households[i].building >= 0
                    && pairing.helpers[Int(result.helpers[i])].building == pairing.households[i].building
            }
        }
        private var load: [Int] {
            result.helpers.reduce(into: [Int](repeating: 0, count: people.count)) {
                if $1 >= 0 { $0[Int($1)] += 1 }
            }
        }

        private func count(_ reason: Pairing.Reason) -> Int { result.reasons.count { $0 == reason } }

        func write(to lines: inout Lines) {
            let mean = walks.isEmpty ? 0 : metres / Double(walks.count)
            let worst = Double(walks.max() ?? 0) / 100
            lines.add(
                Text(
                    zh:
                        "联系人 \(people.count) 名，户 \(homes.count)：已结对 \(result.paired)，未结对 \(homes.count - result.paired)",
                    en:
                        "\(people.count) helpers, \(homes.count) households: \(result.paired) paired, \(homes.count - result.paired) not"
                ))
            lines.add(
                Text(
                    zh:
                        "步行合计 \((metres / 1000).fixed(1)) 千米，平均 \(mean.fixed(0)) 米，最远 \(worst.fixed(0)) 米；同楼 \(sameBuilding) 对",
                    en:
                        "walks \((metres / 1000).fixed(1)) km in all, mean \(mean.fixed(0)) m, longest \(worst.fixed(0)) m; same building \(sameBuilding)"
                ))
            lines.add(
                result.isProvenOptimal
                    ? Text(zh: "已证明最优（目标值等于对偶下界）", en: "proven optimal: the cost equals its dual bound")
                    : Text(
                        zh: "距下界 \(result.cost - result.lowerBound) 厘米",
                        en: "\(result.cost - result.lowerBound) cm above the bound"))
            if pairing.households.contains(where: { $0.partner >= 0 }) {
                lines.add(
                    Text(
                        zh: "沿用 \(result.kept) 对，更换 \(result.parted) 对",
                        en: "kept \(result.kept), parted \(result.parted)"))
            }
            var table = TextTable(.number("每人户数", "households each"), .number("联系人", "helpers"))
            for n in Set(load).sorted() { table.append(String(n), String(load.count { $0 == n })) }
            lines.add(table)
            for reason in Pairing.Reason.allCases where count(reason) > 0 {
                lines.add(
                    Text(
                        zh: "未结对 \(count(reason)) 户：\(reason.text.zh)",
                        en: "\(count(reason)) not paired: \(reason.text.en)"))
            }
        }

        var figures: JSONValue {
            [
                "helpers": .int(people.count), "households": .int(homes.count), "paired": .int(result.paired),
                "metres": .number(metres), "longestMetres": .number(Double(walks.max() ?? 0) / 100),
                "sameBuilding": .int(sameBuilding), "kept": .int(result.kept), "parted": .int(result.parted),
                "cost": .int(Int(result.cost)), "lowerBound": .int(Int(result.lowerBound)),
                "provenOptimal": .bool(result.isProvenOptimal),
            ]
        }

        func json(_ report: FindingsReport) -> JSONValue {
            [
                "figures": figures,
                "pairs": .array(
                    homes.indices.filter { result.helpers[$0] >= 0 }.map { i in
                        [
                            "household": .string(care.town.households[homes[i]].id),
                            "helper": .string(care.town.people[people[Int(result.helpers[i])]].id),
                            "metres": .number(Double(result.walks[i]) / 100),
                        ]
                    }),
                "unpaired": .array(
                    homes.indices.compactMap { i in
                        result.reasons[i].map {
                            [
                                "household": .string(care.town.households[homes[i]].id),
                                "reason": .string($0.rawValue),
                            ]
                        }
                    }), "findings": report.json,
            ]
        }

        func table(_ output: CareOutput, _ console: Console) -> SheetTable {
            var titles = [
                Text(zh: "户编号", en: "household"), Text(zh: "地址", en: "address"), Text(zh: "联系人编号", en: "helper"),
                Text(zh: "步行米数", en: "metres"), Text(zh: "未结对原因", en: "not paired because"),
            ]
            if output.names {
                titles += [
                    Text(zh: "户主", en: "head"), Text(zh: "户电话", en: "household phone"),
                    Text(zh: "联系人", en: "helper's name"), Text(zh: "联系人电话", en: "helper's phone"),
                ]
            }
            var table = SheetTable(
                name: console(Text(zh: "结对", en: "pairs")), columns: titles.map { console($0) },
                pageMark: output.pageMark)
            for (i, h) in homes.enumerated() {
                let household = care.town.households[h]
                let helper = result.helpers[i] < 0 ? nil : care.town.people[people[Int(result.helpers[i])]]
                var row: [SheetTable.Cell] = [
                    .text(household.id), .init(household.address), .init(helper?.id),
                    helper == nil ? .empty : .number(Double(result.walks[i]) / 100, decimals: 0),
                    .init(result.reasons[i].map { console($0.text) }),
                ]
                if output.names {
                    row += [
                        .init(household.head), .init(household.phone), .init(helper?.name), .init(helper?.phone),
                    ]
                }
                table.rows.append(row)
            }
            return table
        }

        var items: [CarePlan.Item] {
            homes.enumerated().map { i, h in
                let household = care.town.households[h]
                var place = Geometries()
                place.append(household.location)
                let helper = result.helpers[i]
                return CarePlan.Item(
                    role: "household", subject: household.id,
                    target: helper < 0 ? "" : care.town.people[people[Int(helper)]].id,
                    value: Double(result.walks[i]) / 100, note: result.reasons[i]?.rawValue ?? "", geometry: place)
            }
        }
    }
}

extension Pairing.Reason {
    var text: Text {
        switch self {
        case .offStreets: Text(zh: "住处接不上道路", en: "the door is off the streets")
        case .nobodyInReach: Text(zh: "没有联系人步行可达", en: "no helper is in walking reach")
        case .noSkill: Text(zh: "可达的联系人都不具备所需技能", en: "no helper in reach has the skill")
        case .forbidden: Text(zh: "可达的联系人都不得结对", en: "every helper in reach is ruled out")
        case .capacityUsedUp: Text(zh: "联系人名额已用完", en: "the helpers' capacity is used up")
        }
    }

    var remedy: Text {
        switch self {
        case .offStreets: Text(zh: "核对坐标或补画道路", en: "check the coordinate or draw the road")
        case .nobodyInReach: Text(zh: "放宽 --longest 或增加联系人", en: "raise --longest or add helpers")
        case .noSkill: Text(zh: "登记技能或增加有技能的联系人", en: "record skills or add helpers who have them")
        case .forbidden: Text(zh: "检查 --forbid 名单", en: "check the list of --forbid")
        case .capacityUsedUp: Text(zh: "提高 --capacity 或增加联系人", en: "raise --capacity or add helpers")
        }
    }
}
