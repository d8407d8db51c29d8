import ArgumentParser
import Foundation
import GeoGrid
import GridStore
import Planner

/// 选址.
struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "选址：再设几个服务点放在哪里，给出与最优的差距 / Where the next service points should be, with the proven gap.",
        discussion: """
            现有服务点（--kind）不动。目标：cover 覆盖最多人，median 总步行最短，centre 最远的人最近。
            The points there are (--kind) stay. Goals: cover most people, median least walking, centre shortest longest walk.
            """)

    enum Goal: String, CaseIterable, ExpressibleByArgument { case cover, median, centre }
    enum Candidates: String, CaseIterable, ExpressibleByArgument { case streets, buildings, premises, places }
    enum Weight: String, CaseIterable, ExpressibleByArgument { case people, households, elders }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @OptionGroup var output: CareOutput

    @Option(help: "新设几个 / how many new points.")
    var count: Int = 1

    @Option(help: "目标 / goal.")
    var goal: Goal = .cover

    @Option(help: "cover 的分钟数 / minutes for cover.")
    var minutes: Double = 15

    @Option(help: "现有服务点类别，可重复；默认全部 / kind of point there is; repeatable; all by default.")
    var kind: [String] = []

    @Flag(help: "不计现有服务点 / start from nothing.")
    var fresh = false

    @Option(help: "候选点来自 / where candidates come from.")
    var candidates: Candidates = .streets

    @Option(help: "候选点取某类服务点（如合作设施）/ candidates are the points of this kind.")
    var candidateKind: String?

    @Option(help: "候选点最小间距（米）/ least distance between candidates, in metres.")
    var spacing: Double = 80

    @Option(help: "按什么计 / what counts.")
    var weight: Weight = .people

    @Option(help: "每个新点容量（人）；给出后核对分派 / people a new point can serve; checked by an assignment.")
    var capacity: Int?

    func validate() throws {
        if count < 1 || count > 1000 { throw ValidationError("--count: 1…1000") }
        if !(minutes > 0 && minutes <= 600) { throw ValidationError("--minutes: 0…600") }
        if !(spacing >= 0 && spacing <= 10_000) { throw ValidationError("--spacing: 0…10000") }
        if let capacity, capacity < 1 { throw ValidationError("--capacity: 至少 1 / at least 1") }
    }

    func run() throws {
        let console = global.console
        let care = CareTown(try town.open().town(on: on.resolved))
        let sites = try candidatePlaces(care)
        guard !sites.isEmpty else {
            throw GeoGridError(
                .noCandidates, Text(zh: "没有候选点", en: "there are no candidate sites"),
                remedy: Text(
                    zh: "换一个 --candidates 或减小 --spacing", en: "choose other --candidates or a smaller --spacing"))
        }
        let clients = CareClients(care: care, weight: householdWeight(care))
        let standingKinds = candidateKind.map { own in care.pointKinds.map(\.kind).filter { $0 != own } } ?? []
        let points =
            fresh || care.town.servicePoints.isEmpty
            ? [] : try care.points(ofKinds: kind.isEmpty ? standingKinds : kind)
        let existing = care.model.doors(points.map { care.town.servicePoints[$0].location })
        let standing = care.model.nearest(of: existing, to: clients.doors).centimetres
        let doors = care.model.doors(sites.map(\.place))
        let rows = care.model.rows(from: doors, to: clients.doors)
        let siting = Siting(model: care.model, weights: clients.weights, standing: standing, rows: rows)
        let result = siting.solve(asked, count: count)
        let outcome = Outcome(
            command: self, care: care, sites: sites, standing: points.count, total: clients.weights.reduce(0, +),
            clients: clients.count, result: result,
            loads: capacity.map { load(result, clients, rows, points, care, $0) })
        var findings = care.findings.filter { $0.code != .householdsOutsideUnits }
        if let short = outcome.loads?.unserved, short > 0 {
            findings.append(
                Finding(
                    .capacityShort, .warning,
                    Text(zh: "容量不足：\(short) 人没有位置", en: "capacity is short: \(short) people have no place"),
                    remedy: Text(zh: "提高 --capacity 或 --count", en: "raise --capacity or --count")))
        }
        console.answer(with: findings, json: outcome.json) { outcome.write(to: &$0) }
        try output.write([outcome.table(console)], command: "site", from: town, console: console)
        try output.keep(
            .site, of: town, on: on.resolved,
            parameters: [
                "goal": .string(goal.rawValue), "count": .int(count), "minutes": .number(minutes),
                "candidates": .string(candidateKind ?? candidates.rawValue), "spacing": .number(spacing),
                "kinds": .array(kind.map { .string($0) }), "fresh": .bool(fresh), "weight": .string(weight.rawValue),
            ], figures: outcome.figures, items: outcome.items, console: console)
    }

    private var asked: Siting.Goal {
        switch goal {
        case .cover: .cover(minutes: minutes)
        case .median: .median
        case .centre: .centre
        }
    }

    private func householdWeight(_ care: CareTown) -> [Int] {
        switch weight {
        case .people: care.persons
        case .households: care.persons.map { _ in 1 }
        case .elders: care.elders
        }
    }

    /// Candidates with a name each, thinned so that none stands nearer than the spacing to one before it.
    private func candidatePlaces(_ care: CareTown) throws -> [(name: String, place: PlanarPoint)] {
        let town = care.town
        let all: [(name: String, place: PlanarPoint)]
        if let candidateKind {
            return try care.points(ofKinds: [candidateKind]).map {
                (town.servicePoints[$0].id, town.servicePoints[$0].location)
            }
        }
        switch candidates {
        case .streets:
            let network = care.model.network
            guard care.model.followsStreets else {
                all = town.households.map { ($0.id, $0.location) }
                break
            }
            all = network.nodes.enumerated().compactMap { i, p in
                network.parts[i] == 0 ? (care.streetName(atNode: i), p) : nil
            }
        case .buildings:
            all = town.buildings.compactMap { building in
                guard let ring = building.footprint.first?.first, let first = ring.first else { return nil }
                let box = ring.reduce(into: Box.empty) { $0.extend(x: $1.x, y: $1.y) }
                return (building.id, box.isEmpty ? first : box.center)
            }
        case .premises: all = town.premises.map { ($0.id, $0.location) }
        case .places: all = town.places.map { ($0.id, $0.location) }
        }
        return Self.thinned(all, spacing: spacing)
    }

    private static func thinned(
        _ places: [(name: String, place: PlanarPoint)], spacing: Double
    ) -> [(name: String, place: PlanarPoint)] {
        struct Cell: Hashable {
            var x: Int
            var y: Int
        }
        var taken: [Cell: [PlanarPoint]] = [:]
        let width = max(spacing, 1)
        return places.filter { candidate in
            let p = candidate.place
            guard abs(p.x) < 1e9, abs(p.y) < 1e9 else { return false }
            let cell = Cell(x: Int((p.x / width).rounded(.down)), y: Int((p.y / width).rounded(.down)))
            for dx in -1...1 {
                for dy in -1...1 {
                    for q in taken[Cell(x: cell.x + dx, y: cell.y + dy)] ?? [] where p.distance(to: q) < spacing {
                        return false
                    }
                }
            }
            taken[cell, default: []].append(p)
            return true
        }
    }

    /// People at each point when nobody is sent where there is no room: standing points first, then new ones.
    private func load(
        _ result: Siting.Result, _ clients: CareClients, _ rows: WalkRows, _ points: [Int], _ care: CareTown,
        _ capacity: Int
    ) -> (standing: [Int], new: [Int], unserved: Int) {
        let doors = care.model.doors(points.map { care.town.servicePoints[$0].location })
        let near = care.model.rows(from: doors, to: clients.doors)
        var pairs: [(supplier: Int32, target: Int32, cost: Int32)] = []
        for s in points.indices {
            for k in near.row(s) { pairs.append((Int32(s), near.targets[k], near.centimetres[k])) }
        }
        for (n, site) in result.sites.enumerated() {
            for k in rows.row(site.candidate) {
                pairs.append((Int32(points.count + n), rows.targets[k], rows.centimetres[k]))
            }
        }
        let amounts = clients.weights.map { Int($0) }
        let total = amounts.reduce(0, +)
        let assignment = Assignment(
            capacities: points.map { care.town.servicePoints[$0].capacity ?? total }
                + result.sites.map { _ in capacity }, amounts: amounts, pairs: pairs)
        let solved = assignment.solve()
        var load = [Int](repeating: 0, count: points.count + result.sites.count)
        for share in solved.shares { load[share.supplier] += share.amount }
        return (Array(load[..<points.count]), Array(load[points.count...]), solved.unserved.reduce(0, +))
    }

    private struct Outcome {
        var command: SiteCommand
        var care: CareTown
        var sites: [(name: String, place: PlanarPoint)]
        var standing: Int
        var total: Int64
        var clients: Int
        var result: Siting.Result
        var loads: (standing: [Int], new: [Int], unserved: Int)?

        private var unit: Text {
            switch command.goal {
            case .cover:
                switch command.weight {
                case .people: Text(zh: "人", en: "people")
                case .households: Text(zh: "户", en: "households")
                case .elders: Text(zh: "老人", en: "elders")
                }
            case .median: Text(zh: "人·分钟", en: "weighted minutes")
            case .centre: Text(zh: "分钟（最远）", en: "minutes (longest)")
            }
        }

        private func shown(_ value: Double) -> String { value.fixed(command.goal == .centre ? 1 : 0) }

        func write(to lines: inout Lines) {
            lines.add(
                Text(
                    zh: "现有 \(standing) 点，候选 \(sites.count) 处，新设 \(result.sites.count) 处；合计 \(total)，门口 \(clients) 个",
                    en:
                        "\(standing) points standing, \(sites.count) candidates, \(result.sites.count) new; \(total) in all at \(clients) doors"
                ))
            lines.add(
                Text(
                    zh:
                        "之前 \(shown(result.before)) → 之后 \(shown(result.value)) \(unit.zh)；最优不超过 \(shown(result.bound))，差距 \((100 * result.gap).fixed(2))%",
                    en:
                        "before \(shown(result.before)) → after \(shown(result.value)) \(unit.en); the best is bounded by \(shown(result.bound)), gap \((100 * result.gap).fixed(2))%"
                ))
            if result.unreachable > 0 {
                lines.add(
                    Text(zh: "任何点都到不了：\(result.unreachable)", en: "out of reach of any point: \(result.unreachable)"))
            }
            var table = TextTable(
                .number("次序", "rank"), .text("位置", "site"), .number("x", "x"), .number("y", "y"),
                .number("就近人数", "nearest for"), .number("缺它少", "worth"))
            if loads != nil { table.columns.append(.number("分派人数", "assigned")) }
            for (i, site) in result.sites.enumerated() {
                let place = sites[site.candidate]
                table.append(
                    [
                        String(i + 1), place.name, place.place.x.fixed(1), place.place.y.fixed(1), String(site.weight),
                        shown(site.worth),
                    ] + (loads.map { [String($0.new[i])] } ?? []))
            }
            lines.add(table)
        }

        var figures: JSONValue {
            [
                "before": .number(result.before), "value": .number(result.value), "bound": .number(result.bound),
                "gap": .number(result.gap), "unreachable": .int(Int(result.unreachable)), "total": .int(Int(total)),
            ]
        }

        func json(_ report: FindingsReport) -> JSONValue {
            [
                "figures": figures,
                "sites": .array(
                    result.sites.enumerated().map { i, site in
                        let place = sites[site.candidate]
                        return [
                            "rank": .int(i + 1), "site": .string(place.name), "x": .number(place.place.x),
                            "y": .number(place.place.y), "nearestFor": .int(Int(site.weight)),
                            "worth": .number(site.worth), "assigned": .optional(loads?.new[i]),
                        ]
                    }), "findings": report.json,
            ]
        }

        func table(_ console: Console) -> SheetTable {
            var table = SheetTable(
                name: console(Text(zh: "选址", en: "sites")),
                columns: [
                    Text(zh: "次序", en: "rank"), Text(zh: "位置", en: "site"), Text(zh: "x", en: "x"),
                    Text(zh: "y", en: "y"), Text(zh: "就近人数", en: "nearest for"), Text(zh: "缺它少", en: "worth"),
                ].map { console($0) })
            for (i, site) in result.sites.enumerated() {
                let place = sites[site.candidate]
                table.rows.append([
                    .integer(i + 1), .text(place.name), .number(place.place.x, decimals: 2),
                    .number(place.place.y, decimals: 2), .integer(Int(site.weight)), .number(site.worth, decimals: 1),
                ])
            }
            return table
        }

        var items: [CarePlan.Item] {
            result.sites.enumerated().map { i, site in
                var place = Geometries()
                place.append(sites[site.candidate].place)
                return CarePlan.Item(
                    role: "site", subject: sites[site.candidate].name, rank: i + 1, value: site.worth, geometry: place)
            }
        }
    }
}

extension IssueCode {
    /// No candidate sites.
    static let noCandidates = IssueCode("GG487")
}
