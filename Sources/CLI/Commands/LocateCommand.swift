import ArgumentParser
import GeoGrid
import enum Cartography.Edition
import GridStore

/// 定位.
struct LocateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate", abstract: "这个位置归谁管 / Who answers for a place.",
        discussion: """
            按居民姓名查找、显示住户信息，要用 --edition operational，并记入日志。
            Residents are searched and shown only with --edition operational, which is logged.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @OptionGroup var edition: EditionOption

    @Option(help: ArgumentHelp("经纬度 / degrees.", valueName: "经度,纬度"))
    var at: String?

    @Option(help: "户编号 / household identifier.")
    var household: String?

    @Option(help: "地址，写法不限 / an address, however it is written.")
    var address: String?

    @Option(help: "电话 / telephone number.")
    var phone: String?

    @Option(help: "单元、服务点、地名或任职人员的名称 / name of a unit, service point, place or post holder.")
    var name: String?

    @Option(help: "--at 的坐标基准 / datum of --at: \(Datum.allCases.map(\.rawValue).joined(separator: ", ")).")
    var datum: String = Datum.wgs84.rawValue

    func validate() throws {
        guard [at, household, name, address, phone].count(where: { $0 != nil }) == 1 else {
            throw ValidationError(
                "--at、--household、--address、--phone、--name 用一个 / use one of --at, --household, --address, --phone, --name"
            )
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
        let showsResidents = edition.privacy == .operational
        let file = try town.open(readOnly: !showsResidents)
        let query: LocateQuery =
            point.map(LocateQuery.degrees) ?? household.map(LocateQuery.household) ?? address.map(LocateQuery.address)
            ?? phone.map(LocateQuery.phone) ?? .name(name ?? "")
        if showsResidents {
            try file.logExport(
                command: "locate", edition: edition.edition.rawValue, target: "-",
                detail: household.map { "household \($0)" } ?? name.map { "name \($0)" } ?? address.map {
                    "address \($0)"
                }
                    ?? phone.map { "phone \($0)" } ?? "point")
        }
        let answers = try file.locate(query, on: on.resolved, showsResidents: showsResidents)
        console.answer(json: .array(answers.map(\.json))) { lines in
            if showsResidents, let mark = edition.edition.mark { lines.add(mark) }
            for (i, answer) in answers.enumerated() {
                if i > 0 { lines.add() }
                answer.write(to: &lines)
            }
        }
    }
}

extension LocateAnswer {
    var json: JSONValue {
        [
            "subject": .text(subject), "day": .string(day.description),
            "x": .number(location.x), "y": .number(location.y), "outsideMetres": .optional(outside),
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
                        "metres": .number(($0.metres * 10).rounded() / 10),
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
            let tail = people.isEmpty ? "" : "  " + people
            lines.add(
                Text(zh: "叠加：\(zone.zoning) \(zone.name)\(tail)", en: "overlay: \(zone.zoning) \(zone.name)\(tail)"))
        }
        for reason in reasons { lines.add(Text(zh: "注意：\(reason.zh)", en: "note: \(reason.en)")) }
        if !services.isEmpty {
            lines.add(Text(zh: "最近的服务点（直线距离）：", en: "nearest service points (straight line):"))
            for service in services {
                lines.add(verbatim: "  \(service.metres.fixed(0)) m  \(service.name)  \(service.kind)")
            }
        }
    }
}
