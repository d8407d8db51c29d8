import GeoGrid
import GridStore
import Planner

/// 方案评判: the ensemble of a stored plan, its percentiles and a small chart.
enum PlanJudgement {
    static func ensemble(
        _ file: TownFile, plan: StoredPlan, count: Int, seed: UInt64, progress: Progress
    ) throws -> PlanEnsemble {
        let change = try file.change(byPlanNamed: plan.name)
        let town = change.after
        let number = Dictionary(zip(plan.grids.map(\.code), plan.grids.indices), uniquingKeysWith: { a, _ in a })
        let communities = Dictionary(
            zip(plan.communities.map(\.code), plan.communities.indices), uniquingKeysWith: { a, _ in a })
        var options = TownRedraw.Options()
        options.tolerance = plan.tolerance
        var problem = try TownRedraw(town: town, merger: nil, model: file.workloadModel(), options: options).problem
        let units = town.lowestUnits
        let labels = units.codes.indices.map {
            number[units.level == .grid ? units.codes[$0] : units.parentCodes[$0]] ?? 0
        }
        problem.districts = plan.grids.map { .init(community: communities[$0.community] ?? 0) }
        problem.communities = labels.map { problem.districts[$0].community }
        // Where each old grid's lead is now: the grid of those who keep that lead; −1 where the lead leads none.
        let home = Dictionary(
            plan.units.filter { !$0.changesLead }.compactMap { unit in number[unit.newGrid].map { (unit.oldGrid, $0) }
            },
            uniquingKeysWith: { a, _ in a })
        let oldGrid = Dictionary(plan.units.map { ($0.code, $0.oldGrid) }, uniquingKeysWith: { a, _ in a })
        problem.old = problem.ids.map { oldGrid[$0].flatMap { home[$0] } ?? -1 }
        return try PlanEnsemble(problem, labels: labels, count: count, seed: seed, progress: progress)
    }

    static func json(_ ensemble: PlanEnsemble) -> JSONValue {
        [
            "tolerance": .number(ensemble.tolerance),
            "measures": .array(
                ensemble.measures.map {
                    [
                        "name": .text($0.name), "plan": .number($0.plan), "betterThan": .number($0.betterThan),
                        "least": .optional($0.sample.first), "most": .optional($0.sample.last),
                        "count": .int($0.sample.count),
                    ]
                }),
        ]
    }

    static func write(_ ensemble: PlanEnsemble, to lines: inout Lines, console: Console) {
        lines.add(
            Text(
                zh:
                    "随机方案 \(ensemble.measures.first?.sample.count ?? 0) 个，偏差不超过 ±\((ensemble.tolerance * 100).fixed(1)) %",
                en:
                    "\(ensemble.measures.first?.sample.count ?? 0) random plans within ±\((ensemble.tolerance * 100).fixed(1)) %"
            ))
        for measure in ensemble.measures {
            lines.add()
            lines.add(
                Text(
                    zh:
                        "\(measure.name.zh)：方案 \(measure.plan.fixed(3))，优于 \((measure.betterThan * 100).fixed(1)) % 的随机方案",
                    en:
                        "\(measure.name.en): plan \(measure.plan.fixed(3)), better than \((measure.betterThan * 100).fixed(1)) % of them"
                ))
            chart(measure, to: &lines)
        }
    }

    /// Ten bars from the least to the most; the plan's own stands beside the bar it falls in.
    private static func chart(_ measure: PlanEnsemble.Measure, to lines: inout Lines) {
        guard let least = measure.sample.first, let most = measure.sample.last else { return }
        let low = min(least, measure.plan)
        let high = max(most, measure.plan)
        let step = max((high - low) / 10, 1e-12)
        var bars = [Int](repeating: 0, count: 10)
        func bar(_ value: Double) -> Int { min(9, max(0, Int((value - low) / step))) }
        for value in measure.sample { bars[bar(value)] += 1 }
        let tallest = max(1, bars.max() ?? 1)
        for (i, count) in bars.enumerated() {
            let length = (count * 40 + tallest - 1) / tallest
            let mark = bar(measure.plan) == i ? " ◀" : ""
            lines.add(
                verbatim:
                    "  \((low + Double(i) * step).fixed(3)) │\(String(repeating: "█", count: length)) \(count)\(mark)")
        }
    }
}
