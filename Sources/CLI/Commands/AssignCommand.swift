import ArgumentParser
import GeoGrid
import GridStore

/// 归属.
struct AssignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "把户、人、服务点、场所、隐患归入网格 / Put households, residents, service points, premises and hazards into units.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument

    @Option(name: .customLong("on"), help: "作为该日的变化 / as news of that day, not a correction.")
    var day: Day?

    @Option(help: "单元外多少米内归入最近单元，默认 30 / metres outside within which the nearest unit takes a door.")
    var tolerance: Double?

    func validate() throws {
        if let tolerance, !(0...10_000).contains(tolerance) { throw ValidationError("--tolerance: 0 … 10000") }
    }

    func run() throws {
        let console = global.console
        let report = try town.open(readOnly: false).assign(
            on: day ?? .today, asNews: day != nil, tolerance: tolerance, progress: console.progress())
        console.answer(json: report.json) { report.write(to: &$0) }
        if !report.isComplete { throw ExitStatus.findings.code }
    }
}

extension AssignReport {
    var json: JSONValue {
        [
            "complete": .bool(isComplete), "tolerance": .number(tolerance), "lowestLevel": .string(lowest.rawValue),
            "units": .array(
                units.map {
                    [
                        "level": .string($0.level.rawValue), "count": .int($0.count), "adopted": .int($0.adopted),
                        "orphans": .int($0.orphans),
                    ]
                }),
            "layers": .array(
                doors.map {
                    [
                        "layer": .string($0.layer), "total": .int($0.total), "inside": .int($0.inside),
                        "near": .int($0.near), "unplaced": .int($0.unplaced), "changed": .int($0.changed),
                    ]
                }),
            "people": .int(people), "peopleByUnits": .int(peopleByUnits), "householdsByUnits": .int(householdsByUnits),
            "emptyUnits": .int(emptyUnits), "careResidentsWithoutHousehold": .int(looseCareResidents),
            "findings": FindingsReport(findings).json,
        ]
    }

    func write(to lines: inout Lines) {
        var table = TextTable(
            .text("图层", "layer"), .number("总数", "total"), .number("单元内", "inside"), .number("就近", "near"),
            .number("未归属", "unplaced"), .number("变动", "changed"))
        for door in doors where door.total > 0 {
            table.append(
                door.title[lines.language], String(door.total), String(door.inside), String(door.near),
                String(door.unplaced), String(door.changed))
        }
        lines.add(table)
        lines.add()
        let levels = units.map { unit in
            Text(
                zh: "\(levelNames[unit.level].zh) \(unit.count)" + (unit.orphans > 0 ? "（\(unit.orphans) 个无上级）" : ""),
                en: "\(unit.count) \(levelNames[unit.level].en)"
                    + (unit.orphans > 0 ? " (\(unit.orphans) without parent)" : ""))
        }
        let orphans = units.reduce(0) { $0 + $1.orphans }
        func verdict(_ holds: Bool) -> String { holds ? "✓" : "✗" }
        lines.add(
            Text(
                zh:
                    "\(verdict(orphans == 0)) 网不漏格：\(levels.map(\.zh).joined(separator: "，"))，每个单元都有上级：\(orphans == 0 ? "是" : "否")",
                en: "\(verdict(orphans == 0)) every unit under its parent: \(levels.map(\.en).joined(separator: ", "))")
        )
        let households = doors.first { $0.layer == "household" }
        let total = households?.total ?? 0
        let named = levelNames[lowest]
        lines.add(
            Text(
                zh: "\(verdict(householdsByUnits == total)) 格不漏户：户 \(total) = 各\(named.zh)合计 \(householdsByUnits)"
                    + " + 未归属 \(total - householdsByUnits)；无户的\(named.zh) \(emptyUnits) 个",
                en:
                    "\(verdict(householdsByUnits == total)) every household in a unit: \(total) = \(householdsByUnits) by "
                    + "\(named.en) + \(total - householdsByUnits) unplaced; \(emptyUnits) of the units have no household"
            ))
        lines.add(
            Text(
                zh:
                    "\(verdict(peopleByUnits == people && looseCareResidents == 0)) 户不漏人：人口 \(people) = 各\(named.zh)合计 \(peopleByUnits)"
                    + " + 未归属 \(people - peopleByUnits)；找不到户的关爱人员 \(looseCareResidents) 人",
                en:
                    "\(verdict(peopleByUnits == people && looseCareResidents == 0)) every person in a unit: \(people) = "
                    + "\(peopleByUnits) by \(named.en) + \(people - peopleByUnits) unplaced; "
                    + "\(looseCareResidents) care residents without a household"))
        if !findings.isEmpty {
            lines.add()
            FindingsReport(findings).write(to: &lines)
        }
    }
}
