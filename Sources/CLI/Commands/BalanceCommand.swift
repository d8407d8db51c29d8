import ArgumentParser
import GeoGrid
import GridStore
import Planner

/// 均衡.
struct BalanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance",
        abstract: "网格不变，少动住户而均衡负担 / Same grids, loads balanced with the fewest households moved.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var search: SearchOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption

    @Option(help: "允许偏差 / tolerance.")
    var tolerance = 0.1

    @Option(help: "一户值多少米边界 / metres of border that one household's lead is worth.")
    var moves = 1000.0

    @Flag(help: "按网格长的承载力 / shares by the capacity of the leads.")
    var byCapacity = false

    @OptionGroup var held: HeldOptions
    @OptionGroup var also: AlsoOption
    @OptionGroup var need: NeedOption

    @Option(help: "方案名 / name to keep the plan under.")
    var name: String?

    func validate() throws { try TownRedrawOptions.check(tolerance: tolerance, moves: moves) }

    func run() async throws {
        let console = global.console
        let file = try town.open(readOnly: name == nil)
        var options = TownRedraw.Options()
        options.tolerance = tolerance
        options.moves = moves
        options.byCapacity = byCapacity
        options.locks = held.locks
        options.anchors = held.anchors
        options.also = try also.criteria()
        options.needs = try need.needs()
        let order = try TownRedraw(
            town: file.town(on: on.resolved), merger: nil, model: file.workloadModel(), options: options)
        let plan = try await order.plan(
            budget: search.budget, taken: file.usedCodes(), progress: console.progress())
        if let name { try file.keep(plan, name: name, townDay: on.resolved) }
        TownPlanReport(plan: plan).answer(console)
        try FindingsReport(plan.findings).exitIfErrors()
    }
}
