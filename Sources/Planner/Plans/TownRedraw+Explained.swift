import GeoGrid

extension TownRedraw {
    /// The findings of a solution, grids under their codes: exactly one for each grid and criterion out of bounds, with
    /// the figures of the plan. `plan` holds its grids in the order of the problem.
    func explained(_ solved: RedrawPlan, _ plan: TownPlan) -> [Finding] {
        var problem = problem
        for d in plan.grids.indices { problem.districts[d].name = plan.grids[d].code }
        guard let audit = try? RedrawAudit(problem) else { return solved.findings }
        var figures = solved.figures
        var recounted: [Finding] = []
        if !options.isByHouseholds {
            let tolerance = problem.criteria[0].tolerance
            for (d, grid) in plan.grids.enumerated() where figures.members[d] > 0 && !problem.districts[d].locked {
                let wasOutside = abs(figures.deviations[d][0]) > tolerance + 1e-6
                // Those outside by the search too are explained there, with the figure of the plan; others here.
                figures.deviations[d][0] = grid.isOutside(tolerance) && wasOutside ? grid.deviation : 0
                guard grid.isOutside(tolerance), !wasOutside else { continue }
                recounted.append(
                    Finding(
                        .redrawMissed, .warning, at: Place(layer: "grid", id: grid.code),
                        Text(
                            zh:
                                "网格 \(grid.code) 的工作量偏离份额 \(percent(grid.deviation))，超出 ±\(percent(tolerance))：拆分后微网格各部分内的步行重新计算，搜索时它在界限之内（\(percent(solved.figures.deviations[d][0]))）",
                            en:
                                "grid \(grid.code) is \(percent(grid.deviation)) off its share of workload, outside ±\(percent(tolerance)): walks inside the parts of split microgrids were counted anew; in the search it was within (\(percent(solved.figures.deviations[d][0])))"
                        ), remedy: Text(zh: "略收紧 --tolerance 后重划", en: "redraw with a slightly smaller --tolerance")))
            }
        }
        return solved.findings.filter { $0.code != .redrawMissed }
            + MissedBounds.findings(
                problem, audit: audit, labels: solved.labels, figures: figures, proven: solved.proven)
            + recounted
    }
}
