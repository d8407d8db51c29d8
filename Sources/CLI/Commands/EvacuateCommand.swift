import ArgumentParser
import Cartography
import Foundation
import GeoGrid
import GridStore
import Planner

/// 转移避险.
struct EvacuateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evacuate",
        abstract: "转移避险：危险区内各户去哪个避难所、走哪条路、谁来接（一户一策）/ Who goes to which shelter, by which way, with whom.",
        discussion: """
            路线出危险区后不再进入，过河只走桥；需要帮助的人优先；一户不拆散。危险区为 GeoJSON 面（经纬度或镇文件坐标系），或用 --around 按隐患点画圆。
            Ways never enter the zone again and cross water on bridges only; who needs help goes first; households stay \
            together. The zone is a GeoJSON polygon, or a circle around a hazard with --around.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @OptionGroup var output: CareOutput

    @Option(help: "危险区 GeoJSON 文件 / danger zone.", completion: .file(extensions: ["geojson", "json"]))
    var zone: String?

    @Option(help: "隐患编号或 x,y（镇坐标，米）/ a hazard's id, or x,y in town metres.")
    var around: String?

    @Option(help: "圆的半径（米）/ radius of the circle, metres.")
    var radius: Double = 200

    @Option(help: "避难所的服务点类别 / kind of service point that shelters.")
    var shelterKind: String = "避难所"

    @Option(help: "未登记容量的避难所按此计 / capacity of a shelter that has none on record.")
    var capacity: Int = 200

    @Option(help: "接送人：party 党员、posts 在岗、all / who escorts.")
    var escorts: PairCommand.Helpers = .posts

    @Option(
        help: "一户一策明白卡 PDF，每户一页（须加 --names）/ a page for each household, as PDF; needs --names.",
        completion: .file(extensions: ["pdf"]))
    var sheets: String?

    func validate() throws {
        if sheets != nil, !output.names {
            throw ValidationError("--sheets: 含姓名电话，须加 --names / holds names, so give --names")
        }
        if (zone == nil) == (around == nil) {
            throw ValidationError("--zone 或 --around 给一个 / give --zone or --around")
        }
        if !(radius > 0 && radius <= 100_000) { throw ValidationError("--radius: 0…100000") }
        if capacity < 0 { throw ValidationError("--capacity: ≥ 0") }
    }

    func run() throws {
        let console = global.console
        let care = CareTown(try town.open().town(on: on.resolved))
        let area = try dangerZone(care.town)
        let points = try care.points(ofKinds: [shelterKind])
        let homes = care.town.households.indices.filter { area.contains(care.homes.points[$0]) }
        guard !homes.isEmpty else {
            throw GeoGridError(
                .dangerZone, Text(zh: "危险区内没有住户", en: "no household lives in the danger zone"),
                remedy: Text(zh: "核对危险区的位置和坐标系", en: "check where the zone lies and its coordinate system"))
        }
        let plan = EvacuationPlan(
            care: care, zone: area, homes: homes, shelters: points, defaultCapacity: capacity,
            escorts: escortPositions(care, area))
        let report = FindingsReport(care.model.findings + plan.findings)
        let outcome = Outcome(care: care, plan: plan, output: output)
        console.answer(json: outcome.json(report)) { lines in
            outcome.write(to: &lines)
            if !report.findings.isEmpty, !global.quiet {
                lines.add()
                report.write(to: &lines, limit: 10)
            }
        }
        if let sheets { try writeSheets(outcome, area, to: sheets, console) }
        try output.write(outcome.tables(console), command: "evacuate", from: town, console: console)
        try output.keep(
            .evacuate, of: town, on: on.resolved,
            parameters: [
                "zone": .optional(zone), "around": .optional(around), "radius": .number(radius),
                "shelterKind": .string(shelterKind),
            ], figures: outcome.figures, items: outcome.items(area), console: console)
        try report.exitIfErrors()
    }

    /// 一户一策 pages in the operational edition, which leaves a trace in the town file.
    private func writeSheets(_ outcome: Outcome, _ area: AreaBarrier, to path: String, _ console: Console) throws {
        let shown = Disclosure(.operational).apply(to: outcome.care.town)
        let engine = TextEngine()
        let pages = TransferSheets(shown, zone: area.rings, engine: engine, language: console.language)
            .pages(outcome.entries(console))
        let title = Text(zh: "\(shown.name)转移避险明白卡", en: "\(shown.name): leaving the danger zone")[console.language]
        let document = MapDocument(
            .init(title: title, subject: Edition.operational.name[console.language], author: "", day: shown.day),
            pages: pages)
        try OutputFile.write(try document.pdf(engine: engine, language: console.language), to: path)
        try town.open(readOnly: false).logExport(
            command: "evacuate", edition: Edition.operational.rawValue, target: path)
        console.remark(Text(zh: "\(pages.count) 页，已写入 \(path)", en: "\(pages.count) pages in \(path)"))
    }

    private func escortPositions(_ care: CareTown, _ area: AreaBarrier) -> [Int] {
        let posted = Set(care.town.posts.compactMap(\.personID))
        return care.town.people.indices.filter { i in
            let person = care.town.people[i]
            if let home = person.home, area.contains(home) { return false }
            switch escorts {
            case .party: return person.partyMember
            case .posts: return posted.contains(person.id)
            case .all: return true
            }
        }
    }

    private func dangerZone(_ town: Town) throws -> AreaBarrier {
        if let around { return try circle(around, town) }
        return try ZoneFile.read(zone ?? "", for: town)
    }

    private func circle(_ around: String, _ town: Town) throws -> AreaBarrier {
        let numbers = around.split(separator: ",").compactMap { Double($0) }
        let middle: PlanarPoint
        if numbers.count == 2 {
            middle = PlanarPoint(x: numbers[0], y: numbers[1])
        } else if let hazard = town.hazards.first(where: { $0.id == around }) {
            middle = hazard.location
        } else {
            throw GeoGridError(
                .dangerZone, Text(zh: "没有隐患“\(around)”", en: "there is no hazard “\(around)”"),
                remedy: Text(zh: "用隐患编号，或 x,y 坐标", en: "name a hazard's id, or x,y"))
        }
        let ring = (0...72).map { i in
            let angle = Double(i % 72) * 5 * Double.pi / 180
            return PlanarPoint(x: middle.x + radius * cos(angle), y: middle.y + radius * sin(angle))
        }
        return AreaBarrier(areas: [[ring]])
    }

    private struct Outcome {
        var care: CareTown
        var plan: EvacuationPlan
        var output: CareOutput

        private func metres(_ i: Int) -> Double { Double(plan.result.routes[i]?.centimetres ?? 0) / 100 }
        private var placed: [Int] { plan.homes.indices.filter { plan.result.shelters[$0] >= 0 } }
        private func persons(_ homes: [Int]) -> Int { homes.reduce(0) { $0 + plan.households[$1].persons } }

        func write(to lines: inout Lines) {
            let all = Array(plan.homes.indices)
            let helpless = plan.households.reduce(0) { $0 + $1.helpless }
            lines.add(
                Text(
                    zh:
                        "危险区内 \(plan.homes.count) 户 \(persons(all)) 人，其中需要帮助 \(helpless) 人；已安置 \(placed.count) 户 \(persons(placed)) 人",
                    en:
                        "in the zone \(plan.homes.count) households, \(persons(all)) people, \(helpless) of them needing help; placed \(placed.count) households, \(persons(placed)) people"
                ))
            let gap =
                plan.result.cost == 0
                ? 0 : Double(plan.result.cost - plan.result.lowerBound) / Double(plan.result.cost)
            lines.add(
                Text(
                    zh: "路线再入危险区：\(plan.entries) 处；离水面桥外：\(plan.waterCrossings) 处；总步行与下界相差 \((100 * gap).fixed(2))%",
                    en:
                        "ways entering the zone again: \(plan.entries); crossing water off a bridge: \(plan.waterCrossings); walking \((100 * gap).fixed(2))% above its bound"
                ))
            var shelters = TextTable(
                .text("避难所", "shelter"), .number("容量", "capacity"), .number("安置人数", "people"), .text("说明", "remark"))
            for (s, position) in plan.shelters.enumerated() {
                let point = care.town.servicePoints[position]
                shelters.append(
                    point.name, String(plan.capacities[s]), String(plan.result.load[s]),
                    plan.result.endangered.contains(s)
                        ? Text(zh: "在危险区内，不用", en: "in the zone, not used")[lines.language] : "")
            }
            lines.add(shelters)
            lines.add()
            var table = TextTable(
                .text("户", "household"), .number("人", "people"), .number("需助", "help"), .text("避难所", "shelter"),
                .number("米", "metres"), .number("分钟", "minutes"), .text("接送", "escort"), .text("路线", "way"))
            for i in plan.order {
                table.append(
                    care.town.households[plan.homes[i]].id, String(plan.households[i].persons),
                    String(plan.households[i].helpless), shelterName(i) ?? reason(i)[lines.language],
                    metres(i).fixed(0), (metres(i) / care.model.options.pace).fixed(0), escort(i)?.id ?? "",
                    plan.streetNames(i).prefix(4).joined(separator: "→"))
            }
            lines.add(table)
        }

        private func shelterName(_ i: Int) -> String? {
            let s = plan.result.shelters[i]
            return s < 0 ? nil : care.town.servicePoints[plan.shelters[Int(s)]].name
        }

        private func escort(_ i: Int) -> Person? { plan.escorts[i].map { care.town.people[$0] } }

        private func reason(_ i: Int) -> Text { plan.result.reasons[i]?.text ?? Text(zh: "", en: "") }

        var figures: JSONValue {
            [
                "households": .int(plan.homes.count), "people": .int(persons(Array(plan.homes.indices))),
                "placedHouseholds": .int(placed.count), "placedPeople": .int(persons(placed)),
                "entriesIntoZone": .int(plan.entries), "waterCrossings": .int(plan.waterCrossings),
                "cost": .int(Int(plan.result.cost)), "lowerBound": .int(Int(plan.result.lowerBound)),
                "escorted": .int(plan.escorts.count { $0 != nil }),
            ]
        }

        func json(_ report: FindingsReport) -> JSONValue {
            [
                "figures": figures,
                "households": .array(
                    plan.order.map { i in
                        [
                            "household": .string(care.town.households[plan.homes[i]].id),
                            "people": .int(plan.households[i].persons), "needHelp": .int(plan.households[i].helpless),
                            "shelter": .optional(shelterName(i)), "metres": .number(metres(i)),
                            "escort": .optional(escort(i)?.id),
                            "streets": .array(plan.streetNames(i).map { .string($0) }),
                            "reason": .optional(plan.result.reasons[i]?.rawValue),
                            "way": .array(
                                (plan.result.routes[i]?.points ?? []).map { [.number($0.x), .number($0.y)] }),
                        ]
                    }), "findings": report.json,
            ]
        }

        /// 一户一策: one row a household.
        func tables(_ console: Console) -> [SheetTable] {
            var titles = [
                Text(zh: "户编号", en: "household"), Text(zh: "地址", en: "address"), Text(zh: "人数", en: "people"),
                Text(zh: "需帮助", en: "need help"), Text(zh: "避难所", en: "shelter"), Text(zh: "步行米数", en: "metres"),
                Text(zh: "步行分钟", en: "minutes"), Text(zh: "路线", en: "way"), Text(zh: "接送人编号", en: "escort"),
                Text(zh: "说明", en: "remark"),
            ]
            if output.names {
                titles += [
                    Text(zh: "户主", en: "head"), Text(zh: "户电话", en: "phone"), Text(zh: "接送人", en: "escort's name"),
                    Text(zh: "接送人电话", en: "escort's phone"),
                ]
            }
            var table = SheetTable(
                name: console(Text(zh: "一户一策", en: "by household")), columns: titles.map { console($0) },
                pageMark: output.pageMark)
            for i in plan.order {
                let household = care.town.households[plan.homes[i]]
                var row: [SheetTable.Cell] = [
                    .text(household.id), .init(household.address), .integer(plan.households[i].persons),
                    .integer(plan.households[i].helpless), .init(shelterName(i)), .number(metres(i), decimals: 0),
                    .number(metres(i) / care.model.options.pace, decimals: 0),
                    .init(plan.streetNames(i).joined(separator: "→")), .init(escort(i)?.id), .init(console(reason(i))),
                ]
                if output.names {
                    row += [
                        .init(household.head), .init(household.phone), .init(escort(i)?.name), .init(escort(i)?.phone),
                    ]
                }
                table.rows.append(row)
            }
            return [table]
        }

        func entries(_ console: Console) -> [TransferSheets.Entry] {
            plan.order.map { i in
                let household = care.town.households[plan.homes[i]]
                var entry = TransferSheets.Entry(home: care.homes.points[plan.homes[i]])
                entry.household = household.id
                entry.head = household.head
                entry.phone = household.phone
                entry.address = household.address
                entry.persons = plan.households[i].persons
                entry.helpless = plan.households[i].helpless
                entry.shelter = shelterName(i)
                entry.reason = console(reason(i))
                entry.metres = metres(i)
                entry.minutes = metres(i) / care.model.options.pace
                entry.route = plan.result.routes[i]?.points ?? []
                entry.streets = plan.streets(i).map {
                    .init(
                        name: $0.name.isEmpty ? console(Text(zh: "无名路", en: "unnamed road")) : $0.name,
                        metres: $0.metres)
                }
                entry.escort = escort(i)?.name ?? ""
                entry.escortPhone = escort(i)?.phone ?? ""
                return entry
            }
        }

        func items(_ area: AreaBarrier) -> [CarePlan.Item] {
            plan.order.map { i in
                var line = Geometries()
                if let points = plan.result.routes[i]?.points, points.count > 1 {
                    line.append(.lineString, parts: [[points]])
                } else {
                    line.append(care.homes.points[plan.homes[i]])
                }
                let s = plan.result.shelters[i]
                return CarePlan.Item(
                    role: "household", subject: care.town.households[plan.homes[i]].id,
                    target: s < 0 ? "" : care.town.servicePoints[plan.shelters[Int(s)]].id,
                    rank: plan.households[i].helpless > 0 ? 1 : 2, value: metres(i),
                    note: plan.result.reasons[i]?.rawValue ?? escort(i)?.id ?? "", geometry: line)
            }
        }
    }
}
