public import ArgumentParser
public import GeoGrid
import GridStore
import Planner

/// 服务覆盖.
struct CoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "步行覆盖：多少人在 5、10、15 分钟内到得了服务点 / Who reaches a service point on foot in 5, 10, 15 minutes.",
        discussion: """
            按街道步行（每小时 4 公里），过河只走桥。--partners 另算加上合作设施后的覆盖；--before 与另一天比较；\
            --plan 按划格方案的新单元，--closing 指明随之关停的服务点类别，与合并前比较。
            Along the streets at 4 km/h, over water by bridges only. --partners also counts partner facilities; --before \
            compares with another day; --plan takes the units of a redraw plan and --closing the kinds of point that go \
            with it, against the state before.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @OptionGroup var output: CareOutput

    @Option(help: "服务点类别，可重复；默认全部 / kind of service point; repeatable; all by default.")
    var kind: [String] = []

    @Option(help: "合作设施类别，可重复 / kind of partner facility; repeatable.")
    var partners: [String] = []

    @Option(help: "随方案关停的服务点类别，可重复 / kind of point that closes with the plan; repeatable.")
    var closing: [String] = []

    @Option(help: "划格方案（geogrid plan list）/ a redraw plan.")
    var plan: String?

    @Option(help: "不计的服务点编号，可重复 / service point left out; repeatable.")
    var without: [String] = []

    @Option(help: "分钟，逗号分隔 / minutes, comma-separated.")
    var minutes: String = "5,10,15"

    @Option(help: "比较的日期，如合并前一天 / a day to compare with.")
    var before: Day?

    @Option(help: "分区：community 或 grid / by which units.")
    var by: Level = .community

    @Flag(help: "只能去本社区的点 / residents use points of their own community only.")
    var own = false

    func validate() throws {
        if limits.isEmpty { throw ValidationError("--minutes: 要递增的正数 / ascending positive numbers") }
        if by == .town { throw ValidationError("--by: community, grid, microgrid") }
    }

    private var limits: [Double] {
        let numbers = minutes.split(whereSeparator: { ",，、 ".contains($0) }).map { Double($0) ?? -1 }
        let ascend = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
        return ascend && numbers.allSatisfy { $0 > 0 && $0 <= 600 } ? numbers : []
    }

    /// One way of counting, and its outcome.
    private struct Scenario {
        var label: Text
        var care: CareTown
        var points: [Int]
        var coverage: Coverage
    }

    func run() throws {
        let console = global.console
        let file = try town.open()
        let now = try file.town(on: on.resolved)
        let today = CareTown(now)
        let care = try plan.map { CareTown(try file.change(byPlanNamed: $0).after) } ?? today
        let apart = Set(partners + closing)
        let kinds = kind.isEmpty ? care.pointKinds.map(\.kind).filter { !apart.contains($0) } : kind
        var scenarios: [Scenario] = []
        if let before {
            scenarios.append(
                try scenario(Text(zh: "\(before)", en: "\(before)"), CareTown(try file.town(on: before)), kinds))
        }
        if plan != nil || !closing.isEmpty {
            scenarios.append(try scenario(Text(zh: "合并前", en: "before"), today, kinds + closing))
        }
        let label = scenarios.isEmpty ? Text(zh: "现状", en: "now") : Text(zh: "之后", en: "after")
        let main = try scenario(label, care, kinds)
        scenarios.append(main)
        if !partners.isEmpty {
            scenarios.append(try scenario(Text(zh: "加合作设施", en: "with partners"), care, kinds + partners))
        }
        let report = FindingsReport(care.findings)
        console.answer(json: json(scenarios, report)) { lines in
            write(scenarios, main, report, to: &lines)
        }
        try output.write(
            [table(main, console), unitTable(scenarios, console)], command: "coverage", from: town, console: console)
        try output.keep(
            .coverage, of: town, on: on.resolved, parameters: parameters(kinds), figures: figures(main),
            items: items(main), console: console)
    }

    private func scenario(_ label: Text, _ care: CareTown, _ kinds: [String]) throws -> Scenario {
        let points = try care.points(ofKinds: kinds).filter { !without.contains(care.town.servicePoints[$0].id) }
        guard !points.isEmpty else {
            throw GeoGridError(
                .noServicePoints, Text(zh: "没有可计的服务点", en: "no service point is left to count"),
                remedy: Text(zh: "检查 --kind 和 --without", en: "check --kind and --without"))
        }
        let doors = care.model.doors(points.map { care.town.servicePoints[$0].location })
        let walks = own ? ownWalks(care, points) : care.model.nearest(of: doors, to: care.homes)
        let units = care.town.units(by)
        let coverage = Coverage(
            walks: walks, model: care.model, limits: limits, persons: care.persons, elders: care.elders,
            areaOf: care.unit(on: by), areaCount: units?.count ?? 0, pointCount: points.count)
        return Scenario(label: label, care: care, points: points, coverage: coverage)
    }

    /// The nearest point of each household's own community.
    private func ownWalks(_ care: CareTown, _ points: [Int]) -> (sources: [Int32], centimetres: [Int32]) {
        let community = care.unit(on: .community)
        var sources = [Int32](repeating: -1, count: community.count)
        var centimetres = [Int32](repeating: WalkModel.unreachable, count: community.count)
        let locator = care.community(at: points.map { care.town.servicePoints[$0].location })
        for c in 0..<care.town.communities.count {
            let mine = points.indices.filter { locator[$0] == Int32(c) }
            let homes = community.indices.filter { community[$0] == Int32(c) }
            guard !mine.isEmpty, !homes.isEmpty else { continue }
            let walks = care.model.nearest(
                of: care.model.doors(mine.map { care.town.servicePoints[points[$0]].location }),
                to: care.model.doors(homes.map { care.homes.points[$0] }))
            for (i, h) in homes.enumerated() where walks.sources[i] >= 0 {
                sources[h] = Int32(mine[Int(walks.sources[i])])
                centimetres[h] = walks.centimetres[i]
            }
        }
        return (sources, centimetres)
    }

    // MARK: answers

    private func write(_ scenarios: [Scenario], _ main: Scenario, _ report: FindingsReport, to lines: inout Lines) {
        let language = lines.language
        let town = main.care.town
        lines.add(
            Text(
                zh:
                    "\(town.name)：\(main.coverage.total.households) 户、\(main.coverage.total.persons) 人，服务点 \(main.points.count) 个",
                en:
                    "\(town.name): \(main.coverage.total.households) households, \(main.coverage.total.persons) people, \(main.points.count) points"
            ))
        var table = TextTable(.text("口径", "count"), .text("对象", "of"))
        for limit in limits { table.columns.append(.number("≤\(limit.short) 分钟", "≤\(limit.short) min")) }
        table.columns += [
            .number("人均分钟", "mean min"), .number("最远分钟", "worst min"), .text("最远户", "farthest"),
            .number("到不了(户)", "no way"),
        ]
        for scenario in scenarios {
            let t = scenario.coverage.total
            let rows: [(Text, Int, [Int])] = [
                (Text(zh: "户", en: "households"), t.households, t.householdsWithin),
                (Text(zh: "人", en: "people"), t.persons, t.personsWithin),
                (Text(zh: "老人", en: "elders"), t.elders, t.eldersWithin),
            ]
            for (i, row) in rows.enumerated() {
                let tail =
                    i == 0
                    ? [
                        t.meanMinutes.fixed(1), t.worstMinutes.fixed(1),
                        t.worst < 0 ? "–" : scenario.care.town.households[t.worst].id, String(t.unreachable),
                    ] : ["", "", "", ""]
                table.append(
                    [i == 0 ? scenario.label[language] : "", row.0[language]]
                        + row.2.map { Double.percent($0, of: row.1) } + tail)
            }
        }
        lines.add(table)
        lines.add()
        var areas = TextTable(.text("单元", "unit"), .number("户", "households"), .number("人", "people"))
        for limit in limits { areas.columns.append(.number("≤\(limit.short) 分钟(人)", "≤\(limit.short) min")) }
        areas.columns.append(.number("最远分钟", "worst min"))
        let units = town.units(by)
        for (i, tally) in main.coverage.areas.enumerated().sorted(by: {
            (share($0.element), $0.offset) < (share($1.element), $1.offset)
        }).prefix(30) {
            areas.append(
                [units?.names[i] ?? "", String(tally.households), String(tally.persons)]
                    + tally.personsWithin.map { Double.percent($0, of: tally.persons) } + [tally.worstMinutes.fixed(1)])
        }
        lines.add(areas)
        if !report.findings.isEmpty, !global.quiet {
            lines.add()
            report.write(to: &lines, limit: 5)
        }
    }

    private func share(_ tally: Coverage.Tally) -> Double {
        tally.persons == 0 ? 2 : Double(tally.personsWithin.last ?? 0) / Double(tally.persons)
    }

    private func json(_ scenarios: [Scenario], _ report: FindingsReport) -> JSONValue {
        [
            "minutes": .array(limits.map { .number($0) }),
            "scenarios": .array(
                scenarios.map { scenario in
                    [
                        "label": .text(scenario.label), "figures": figures(scenario),
                        "units": .array(
                            scenario.coverage.areas.enumerated().map { i, tally in
                                [
                                    "code": .optional(scenario.care.town.units(by)?.codes[i]),
                                    "name": .optional(scenario.care.town.units(by)?.names[i]), "tally": tally.json,
                                ]
                            }),
                    ]
                }), "findings": report.json,
        ]
    }

    private func figures(_ scenario: Scenario) -> JSONValue {
        let worst = scenario.coverage.total.worst
        return [
            "points": .int(scenario.points.count), "tally": scenario.coverage.total.json,
            "worstHousehold": worst < 0 ? .null : .string(scenario.care.town.households[worst].id),
            "followsStreets": .bool(scenario.care.model.followsStreets),
        ]
    }

    private func parameters(_ kinds: [String]) -> JSONValue {
        [
            "kinds": .array(kinds.map { .string($0) }), "without": .array(without.map { .string($0) }),
            "minutes": .array(limits.map { .number($0) }), "own": .bool(own),
        ]
    }

    private func table(_ scenario: Scenario, _ console: Console) -> SheetTable {
        let town = scenario.care.town
        let language = console.language
        var table = SheetTable(
            name: Text(zh: "覆盖", en: "coverage")[language],
            columns: [
                Text(zh: "户编号", en: "household"), Text(zh: "地址", en: "address"), Text(zh: "人数", en: "persons"),
                Text(zh: "老人", en: "elders"), Text(zh: "最近服务点", en: "nearest point"), Text(zh: "步行分钟", en: "minutes"),
            ].map { $0[language] }, pageMark: output.pageMark)
        if output.names { table.columns.append(Text(zh: "户主", en: "head")[language]) }
        for (h, household) in town.households.enumerated() {
            let point = scenario.coverage.points[h]
            var row: [SheetTable.Cell] = [
                .text(household.id), .init(household.address), .integer(scenario.care.persons[h]),
                .integer(scenario.care.elders[h]),
                .init(point < 0 ? nil : town.servicePoints[scenario.points[Int(point)]].name),
                .number(scenario.coverage.minutes[h], decimals: 1),
            ]
            if output.names { row.append(.init(household.head)) }
            table.rows.append(row)
        }
        return table
    }

    /// Every unit in every way of counting.
    private func unitTable(_ scenarios: [Scenario], _ console: Console) -> SheetTable {
        var titles = [
            Text(zh: "口径", en: "count"), Text(zh: "编码", en: "code"), Text(zh: "单元", en: "unit"),
            Text(zh: "户", en: "households"), Text(zh: "人", en: "people"), Text(zh: "老人", en: "elders"),
        ]
        titles += limits.map { Text(zh: "≤\($0.short) 分钟（人）", en: "≤\($0.short) min (people)") }
        titles += [Text(zh: "人均分钟", en: "mean minutes"), Text(zh: "最远分钟", en: "worst minutes")]
        var table = SheetTable(name: console(Text(zh: "单元", en: "units")), columns: titles.map { console($0) })
        for scenario in scenarios {
            guard let units = scenario.care.town.units(by) else { continue }
            for (i, tally) in scenario.coverage.areas.enumerated() {
                table.rows.append(
                    [
                        .text(console(scenario.label)), .text(units.codes[i]), .text(units.names[i]),
                        .integer(tally.households), .integer(tally.persons), .integer(tally.elders),
                    ] + tally.personsWithin.map { .integer($0) }
                        + [.number(tally.meanMinutes, decimals: 1), .number(tally.worstMinutes, decimals: 1)])
            }
        }
        return table
    }

    /// The reached areas, and each household with its nearest point and minutes.
    private func items(_ scenario: Scenario) -> [CarePlan.Item] {
        let town = scenario.care.town
        let doors = scenario.care.model.doors(scenario.points.map { town.servicePoints[$0].location })
        let areas = ReachAreas(model: scenario.care.model, points: doors, limits: limits).areas
        var items = limits.indices.map { i in
            var one = Geometries()
            one.append(feature: i, of: areas)
            return CarePlan.Item(
                role: "area", subject: limits[i].short, rank: i + 1, value: areas.area(ofFeature: i), geometry: one)
        }
        for (h, household) in town.households.enumerated() {
            let point = scenario.coverage.points[h]
            var place = Geometries()
            place.append(household.location)
            items.append(
                CarePlan.Item(
                    role: "household", subject: household.id,
                    target: point < 0 ? "" : town.servicePoints[scenario.points[Int(point)]].id,
                    value: point < 0 ? -1 : scenario.coverage.minutes[h], geometry: place))
        }
        return items
    }
}

extension Level: ExpressibleByArgument {}

extension Double {
    /// Without a decimal where it is whole.
    var short: String { self == rounded() ? String(Int(self)) : String(self) }
}

extension Coverage.Tally {
    var json: JSONValue {
        func list(_ numbers: [Int]) -> JSONValue { .array(numbers.map { .int($0) }) }
        return [
            "households": .int(households), "persons": .int(persons), "elders": .int(elders),
            "householdsWithin": list(householdsWithin), "personsWithin": list(personsWithin),
            "eldersWithin": list(eldersWithin), "unreachable": .int(unreachable),
            "worstMinutes": .number(worstMinutes), "meanMinutes": .number(meanMinutes),
        ]
    }
}
