import ArgumentParser
import GeoGrid
import GridStore
import Planner

/// 拆并建议.
struct ProposeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "拆并建议：户数过多的网格拆分，过少的并入相邻网格，其余不动 / Split and merge proposals for grids over or under their limits.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var search: SearchOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption

    @Option(help: "每格户数，如 60-150 / households a grid.")
    var households: String

    @Flag(help: "过重的微网格可在楼栋之间拆分 / heavy microgrids may be split between buildings.")
    var split = false

    @Option(help: "方案名 / name to keep the proposals under, as one plan.")
    var name: String?

    @Option(name: .shortAndLong, help: ".csv、.xlsx 或 - / write the table.")
    var output: String?

    func validate() throws { _ = try TownRedrawOptions.limits(households) }

    func run() async throws {
        let console = global.console
        let file = try town.open(readOnly: name == nil)
        let limits = try TownRedrawOptions.limits(households)
        var options = TownRedraw.Options()
        options.count = .limits(limits)
        options.splits = split
        options.tolerance = 0.15
        let order = try TownRedraw(
            town: file.town(on: on.resolved), merger: nil, model: file.workloadModel(), options: options)
        let plan = try await order.plan(budget: search.budget, taken: file.usedCodes(), progress: console.progress())
        if let name { try file.keep(plan, name: name, townDay: on.resolved) }
        let proposals = GridProposal.proposals(plan, limits: limits)
        let table = console.planTables.proposals(proposals, limits: limits)
        if let output { return try TableOutput(path: output).write([table], console: console) }
        console.answer(json: table.json) { lines in
            table.write(to: &lines)
            let kept = proposals.count { $0.isWithin(limits) }
            lines.add(
                Text(
                    zh: "建议 \(proposals.count) 条，其中 \(kept) 条之后每格都在 \(households) 户之内；换网格长 \(plan.movedHouseholds) 户",
                    en:
                        "\(proposals.count) proposals, after \(kept) of which every grid holds \(households) households; \(plan.movedHouseholds) households get another lead"
                ))
        }
    }
}
