import ArgumentParser
import Foundation
import GeoGrid
import enum Cartography.Edition
import GridStore

/// 定位.
struct LocateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate", abstract: "这个位置归谁管 / Who answers for a place.",
        discussion: """
            按居民姓名或电话查找、显示住户信息，要用 --edition operational，并记入日志。
            Search by a resident's name or by telephone, and residents in answers, only with --edition operational, which \
            is logged.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @OptionGroup var edition: EditionOption

    @Option(help: ArgumentHelp("经纬度 / degrees.", valueName: "经度,纬度"))
    var at: String?

    @Option(help: "户编号 / household identifier.")
    var household: String?

    @Option(help: "任何对象的编号 / identifier of whatever it is.")
    var id: String?

    @Option(help: "地址，写法不限 / an address, however it is written.")
    var address: String?

    @Option(help: "电话 / telephone number.")
    var phone: String?

    @Option(help: "单元、服务点、地名或任职人员的名称 / name of a unit, service point, place or post holder.")
    var name: String?

    @Option(help: "一份点的清单：每行的单元和责任人 / a list of points: units and people of every line.", completion: .file())
    var points: String?

    @Option(name: .shortAndLong, help: "--points 的结果写入 .csv、.xlsx 或 - / where --points writes.")
    var output: String?

    @Option(
        help:
            "--at、--points 的坐标基准 / datum of --at and --points: \(Datum.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var datum: String = Datum.wgs84.rawValue

    func validate() throws {
        guard [at, household, id, name, address, phone, points].count(where: { $0 != nil }) == 1 else {
            throw ValidationError(
                "--at、--household、--id、--address、--phone、--name、--points 用一个 / use one of --at, --household, --id, --address, --phone, --name, --points"
            )
        }
        guard phone == nil || edition.edition == .operational else {
            throw ValidationError("--phone: --edition operational")
        }
        guard at == nil || point != nil else { throw ValidationError("--at: 经度,纬度 / longitude,latitude") }
        guard Datum(rawValue: datum) != nil else {
            throw ValidationError("--datum: " + Datum.allCases.map(\.rawValue).joined(separator: ", "))
        }
    }

    private var point: GeographicPoint? {
        let parts = (at ?? "").split(whereSeparator: { ",，".contains($0) }).map { $0.filter { !$0.isWhitespace } }
        guard parts.count == 2, let lon = Double(parts[0]), let lat = Double(parts[1]), abs(lon) <= 180, abs(lat) <= 90
        else { return nil }
        return (Datum(rawValue: datum) ?? .wgs84).convert(
            GeographicPoint(longitude: lon, latitude: lat), to: .wgs84)
    }

    func run() throws {
        let console = global.console
        if let points { return try locate(list: points) }
        let showsResidents = edition.privacy == .operational
        let file = try town.open(readOnly: !showsResidents)
        let query: LocateQuery =
            point.map(LocateQuery.degrees) ?? household.map(LocateQuery.household) ?? id.map(LocateQuery.id)
            ?? address.map(LocateQuery.address) ?? phone.map(LocateQuery.phone) ?? .name(name ?? "")
        if showsResidents {
            try file.logExport(
                command: "locate", edition: edition.edition.rawValue, target: "-",
                detail: [
                    ("household", household), ("id", id), ("name", name), ("address", address), ("phone", phone),
                    ("at", at),
                ]
                .compactMap { what, value in value.map { "\(what) \($0)" } }.joined())
        }
        let answers = try file.locate(query, on: on.resolved, showsResidents: showsResidents)
        // Where a home is stays with those who may see who lives there.
        let privacy = edition.privacy
        console.answer(json: .array(answers.map { $0.json(hidesPlace: $0.privacy > privacy) })) { lines in
            if showsResidents, let mark = edition.edition.mark { lines.add(mark) }
            for (i, answer) in answers.enumerated() {
                if i > 0 { lines.add() }
                answer.write(to: &lines)
            }
        }
    }
}

extension LocateCommand {
    private func locate(list path: String) throws {
        let file = try town.open()
        let (table, read) = try Intake.read(URL(fileURLWithPath: path))
        let points = try file.points(of: table, datum: Datum(rawValue: datum) ?? .wgs84)
        guard points.count == table.count else {
            throw GeoGridError(
                .noPointColumns,
                Text(zh: "\(table.source) 没有坐标列", en: "\(table.source) has no columns of coordinates"),
                remedy: Text(
                    zh: "列名用 经度、纬度 或 lon、lat；按地址请用 geogrid match",
                    en: "name them lon and lat; for addresses see geogrid match"))
        }
        let located = LocatedPoints(table: table, points: points, batch: try file.locateBatch(on: on.resolved))
        let console = global.console
        switch output {
        case let path? where path != "-" && path.lowercased().hasSuffix(".xlsx"):
            try TableOutput(path: path).write([located.sheet], console: console)
        case let path? where path != "-":
            try AtomicFile.replace(path, mode: 0o600) { temporary in
                let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
                try located.writeCSV { try handle.write(contentsOf: $0) }
                try handle.close()
            }
            console.remark(Text(zh: "已写入 \(path)", en: "wrote \(path)"))
        default:
            if console.format == .json {
                console.answer(json: located.sheet.json) { _ in }
            } else {
                try located.writeCSV { Console.put(String(decoding: $0, as: UTF8.self)) }
            }
        }
        let problems = FindingsReport(read)
        if !read.isEmpty, !console.quiet {
            var lines = Lines(language: console.language)
            problems.write(to: &lines)
            Console.putError(lines.text)
        }
    }
}

extension IssueCode {
    static let noPointColumns = IssueCode("GG576")
}

extension LocateAnswer {
    func json(hidesPlace: Bool) -> JSONValue {
        [
            "subject": .text(subject), "day": .string(day.description),
            "x": .optional(hidesPlace ? nil : location?.x), "y": .optional(hidesPlace ? nil : location?.y),
            "outsideMetres": .optional(outside),
            "chain": .array(
                chain.map { link in
                    [
                        "level": .string(link.level.rawValue), "code": .string(link.code), "name": .string(link.name),
                        "responsible": .array(
                            link.responsible.map {
                                [
                                    "role": .string($0.role), "name": .string($0.name), "phone": .string($0.phone),
                                    "employment": .string($0.employment.rawValue),
                                ]
                            }),
                        "vacant": .array(link.vacant.map(JSONValue.string)),
                    ]
                }),
            "services": .array(
                services.map {
                    [
                        "name": .string($0.name), "kind": .string($0.kind),
                        "metres": .number(($0.metres * 10).rounded() / 10), "onFoot": .bool($0.onFoot),
                    ]
                }),
            "zones": .array(
                zones.map { zone in
                    [
                        "zoning": .string(zone.zoning), "code": .string(zone.code), "name": .string(zone.name),
                        "responsible": .array(
                            zone.responsible.map {
                                ["role": .string($0.role), "name": .string($0.name), "phone": .string($0.phone)]
                            }),
                        "vacant": .array(zone.vacant.map(JSONValue.string)),
                    ]
                }),
            "reasons": .array(reasons.map(JSONValue.text)), "residents": .array(residents.map(JSONValue.text)),
        ]
    }

    func write(to lines: inout Lines) {
        lines.add(Text(zh: "\(subject.zh)，\(day.chinese)", en: "\(subject.en), \(day)"))
        for resident in residents { lines.add(resident) }
        var table = TextTable(
            .text("层级", "level"), .text("编码", "code"), .text("名称", "name"), .text("岗位", "post"), .text("姓名", "held by"),
            .text("电话", "phone"))
        for link in chain {
            let level = LevelNames()[link.level][lines.language]
            let people =
                link.responsible.map { ($0.role, $0.name, $0.phone) }
                + link.vacant.map { ($0, Text(zh: "（空岗）", en: "(vacant)")[lines.language], "") }
            for (i, person) in (people.isEmpty ? [("–", "–", "–")] : people).enumerated() {
                table.append(
                    i == 0 ? level : "", i == 0 ? link.code : "", i == 0 ? link.name : "", person.0, person.1, person.2)
            }
        }
        lines.add(table)
        for zone in zones {
            let people = zone.responsible.map { "\($0.role) \($0.name) \($0.phone)" }.joined(separator: "，")
            let name = zone.name.isEmpty ? zone.code : zone.name
            let tail = people.isEmpty ? "" : "  " + people
            lines.add(
                Text(zh: "叠加：\(zone.zoning) \(name)\(tail)", en: "overlay: \(zone.zoning) \(name)\(tail)"))
        }
        for reason in reasons { lines.add(Text(zh: "注意：\(reason.zh)", en: "note: \(reason.en)")) }
        if !services.isEmpty {
            lines.add(Text(zh: "最近的服务点（步行）：", en: "nearest service points (on foot):"))
            for service in services {
                let straight = service.onFoot ? "" : Text(zh: "（直线）", en: " (straight line)")[lines.language]
                lines.add(verbatim: "  \(service.metres.fixed(0)) m\(straight)  \(service.name)  \(service.kind)")
            }
        }
    }
}
