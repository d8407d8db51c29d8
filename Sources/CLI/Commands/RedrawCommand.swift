import ArgumentParser
import Foundation
import GeoGrid
import GridStore
import Planner

/// 划格.
struct RedrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redraw",
        abstract: "重划网格：合并后的镇，或一个单元文件 / Redraw grids: a town after a merger, or a bare file of units.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var search: SearchOptions

    @Argument(help: "镇文件 / town file.", completion: .file(extensions: ["gpkg"]))
    var town: String?

    @OptionGroup var order: TownRedrawOptions
    @OptionGroup var on: DayOption

    @Option(
        help: "合并对照表 CSV：old_code, grid, new_code, new_name / merger table.", completion: .file(extensions: ["csv"]))
    var merger: String?

    @Flag(help: "给出多个方案：户数变动与均衡的取舍 / several plans, from balance to fewest moves.")
    var front = false

    @Option(help: "方案名 / name to keep the plan under.")
    var name: String?

    @Option(help: "单元文件 GeoJSON / units, instead of a town.", completion: .file(extensions: ["geojson", "json"]))
    var units: String?

    @Option(help: "图文件 JSON / published instance: weights, edges, districts.", completion: .file(extensions: ["json"]))
    var graph: String?

    @Option(help: "工作量字段 / field of --units with the workload.")
    var weight = "workload"

    @Option(help: "社区字段，网格不跨社区，配合 --units / field with the community that grids stay inside.")
    var community: String?

    @Option(help: "网格数 / number of grids, with --units.")
    var districts: Int?

    @Option(
        help: "原方案 {\"单元\": 网格}，配合 --units / old plan of --units, to be changed as little as --moves asks.",
        completion: .file(extensions: ["json"]))
    var old: String?

    @Option(name: .shortAndLong, help: "方案文件 {\"单元\": 网格}，- 为标准输出 / plan file.")
    var output: String?

    func validate() throws {
        guard [town, units, graph].compactMap({ $0 }).count == 1 else {
            throw ValidationError("给出镇文件、--units 或 --graph 之一 / name a town file, --units or --graph")
        }
        if units != nil, districts == nil { throw ValidationError("--units: 要有 --districts / wants --districts") }
        if old != nil, units == nil { throw ValidationError("--old: 配合 --units / goes with --units") }
        if let districts, !(1...1_000_000).contains(districts) { throw ValidationError("--districts: 1–1000000") }
        if town == nil {
            if merger != nil || front || name != nil || order.isForTowns {
                throw ValidationError(
                    "--units、--graph 只用 --tolerance、--moves 和搜索选项 / --units and --graph take --tolerance, --moves and the search options only"
                )
            }
        } else if output != nil || districts != nil || community != nil {
            throw ValidationError(
                "-o、--districts、--community 配合 --units 或 --graph / -o, --districts and --community go with --units or --graph"
            )
        }
    }

    func run() async throws {
        if let town { return try await redraw(town) }
        let console = global.console
        var problem: RedrawProblem
        var findings: [Finding] = []
        if let units {
            (problem, findings) = try BareUnits.read(
                units, weight: weight, community: community, districts: districts ?? 1,
                tolerance: order.tolerance ?? 0.05)
        } else {
            problem = try BareUnits.readGraph(graph ?? "", tolerance: order.tolerance)
        }
        if let old { try BareUnits.readOld(old, into: &problem, worth: order.moves) }
        let plan = try await Redraw.solve(problem, budget: search.budget, progress: console.progress())
        findings += plan.findings
        if let output {
            let text = BareUnits.json(plan.labels, ids: problem.ids)
            if output == "-" { Console.put(text) } else { try AtomicFile.write(text, to: output) }
        }
        if output != "-" { answer(plan, problem, findings, console) }
        try FindingsReport(findings).exitIfErrors()
    }

    private func answer(_ plan: RedrawPlan, _ problem: RedrawProblem, _ findings: [Finding], _ console: Console) {
        let figures = plan.figures
        let tolerance = problem.criteria[0].tolerance
        let missed = figures.deviations.filter { abs($0[0]) > tolerance + 1e-9 }.count
        let broken = figures.pieces.filter { $0 != 1 }.count
        let total = problem.criteria[0].loads.reduce(0) { $0 + max(0, $1) }
        func share(_ load: Double) -> Double { total > 0 ? load / total : 0 }
        let movedShare = share(figures.movedLoad)
        let bounds = MoveBounds(problem)
        console.answer(
            json: [
                "units": .int(problem.count), "districts": .int(problem.districts.count),
                "worstDeviation": .number(figures.worst()), "leastDeviation": .number(plan.leastDeviation),
                "missed": .int(missed), "disconnected": .int(broken),
                "cutEdges": .int(figures.cutEdges), "innerBorder": .number(figures.innerBorder),
                "compactness": .number(figures.meanCompactness), "movedLoad": .number(movedShare),
                "surplus": bounds.map { .number(share($0.surplus)) } ?? .null,
                "movedBetweenNeighbours": bounds?.betweenNeighbours.map { .number(share($0)) } ?? .null,
                "seed": .string(String(plan.seed)),
                "effort": .int(plan.effort), "used": .int(plan.used), "stopped": .bool(plan.stopped),
                "findings": FindingsReport(findings).json,
            ]
        ) { lines in
            var table = TextTable(.text("项目", "fact"), .text("值", "value"))
            func add(_ zh: String, _ en: String, _ value: String) {
                table.append(console(Text(zh: zh, en: en)), value)
            }
            add("单元 / 网格", "units / grids", "\(problem.count) / \(problem.districts.count)")
            add("最大偏离", "worst deviation", (figures.worst() * 100).fixed(2) + " %")
            if plan.leastDeviation > 0 {
                add("　至少（已证明）", "  at least (proven)", (plan.leastDeviation * 100).fixed(2) + " %")
            }
            add("超出 ±\((tolerance * 100).fixed(1)) %", "outside ±\((tolerance * 100).fixed(1)) %", String(missed))
            add("不连通或为空", "disconnected or empty", String(broken))
            add("切断的邻接", "cut adjacencies", String(figures.cutEdges))
            add("内部边界", "inner border", figures.innerBorder.fixed(1))
            if figures.meanCompactness > 0 { add("紧凑度", "compactness", figures.meanCompactness.fixed(3)) }
            if let bounds {
                add("换网格的工作量", "load moved", (movedShare * 100).fixed(2) + " %")
                add("　至少（超出部分）", "  at least (surplus)", (share(bounds.surplus) * 100).fixed(2) + " %")
                if let flow = bounds.betweenNeighbours {
                    add("　若只在相邻网格间调整", "  if only between neighbours", (share(flow) * 100).fixed(2) + " %")
                }
            }
            add("种子", "seed", String(plan.seed))
            add("力度", "effort", "\(plan.effort)" + (plan.stopped ? " (\(plan.used))" : ""))
            lines.add(table)
            if plan.stopped {
                lines.add(Text(zh: "提前结束：这是到那时为止最好的方案。", en: "Ended early: this is the best plan until then."))
            }
            if !findings.isEmpty {
                lines.add()
                FindingsReport(findings).write(to: &lines)
            }
        }
    }

    private func redraw(_ path: String) async throws {
        let console = global.console
        let file = try TownFile.open(path, readOnly: name == nil)
        let day = on.resolved
        let order = try TownRedraw(
            town: file.town(on: day), merger: try merger.map(MergerFile.read), model: file.workloadModel(),
            options: try order.options(), usedCommunities: file.usedCommunityCodes())
        let taken = try file.usedCodes()
        let progress = console.progress()
        guard front else {
            let plan = try await order.plan(budget: search.budget, taken: taken, progress: progress)
            if let name { try file.keep(plan, name: name, townDay: day) }
            TownPlanReport(plan: plan).answer(console)
            return try FindingsReport(plan.findings).exitIfErrors()
        }
        let front = try await PlanFront(order, budget: search.budget, taken: taken, progress: progress)
        if let name {
            for (i, plan) in front.plans.enumerated() { try file.keep(plan, name: "\(name)-\(i + 1)", townDay: day) }
        }
        PlanFrontReport(front: front).answer(console)
        try FindingsReport(front.plans.first?.findings ?? []).exitIfErrors()
    }
}
