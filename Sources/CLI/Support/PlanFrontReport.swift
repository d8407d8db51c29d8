import GeoGrid
import Planner

/// 前沿报告: one line a plan, and what each step to fewer moved households costs.
struct PlanFrontReport {
    let front: PlanFront

    func answer(_ console: Console) {
        console.answer(json: .array(front.plans.map(TownPlanReport.json))) { lines in
            lines.add(table)
            lines.add()
            for (a, b) in zip(front.plans, front.plans.dropFirst()) { lines.add(price(a, b)) }
            if front.dominated > 0 {
                lines.add(
                    Text(
                        zh: "另有 \(front.dominated) 个方案处处不优于以上之一，未列出",
                        en: "\(front.dominated) more plans, nowhere better than one of these, are left out"))
            }
            if let findings = front.plans.first?.findings, !findings.isEmpty {
                lines.add()
                lines.add(Text(zh: "方案 1 的问题：", en: "findings of plan 1:"))
                FindingsReport(findings).write(to: &lines, limit: 10)
            }
        }
    }

    private var asked: String { "±\((front.tolerance * 100).fixed(0)) %" }

    private var table: TextTable {
        var table = TextTable(
            .text("方案", "plan"), .text("界限", "bounds"), .number("一户值（米）", "worth (m)"), .number("换长户", "moved"),
            .number("保留", "kept"), .number("超出 \(asked)", "outside \(asked)"), .number("基尼", "Gini"),
            .number("紧凑度", "compactness"), .number("边界（千米）", "border (km)"))
        for (i, plan) in front.plans.enumerated() {
            table.append(
                String(i + 1), "±\((plan.tolerance * 100).fixed(0)) %", plan.moves.fixed(0),
                String(plan.movedHouseholds), (plan.keptShare * 100).fixed(1) + " %", String(front.outside(plan)),
                plan.spread.gini.fixed(3), plan.meanCompactness.fixed(3), (plan.innerBorder / 1000).fixed(1))
        }
        return table
    }

    /// What a plan costs against the one before it.
    private func price(_ a: TownPlan, _ b: TownPlan) -> Text {
        func signed(_ value: Double, _ decimals: Int) -> String { (value > 0 ? "+" : "") + value.fixed(decimals) }
        let saved = a.movedHouseholds - b.movedHouseholds
        let outside = front.outside(b) - front.outside(a)
        let (gini, border) = (b.spread.gini - a.spread.gini, (b.innerBorder - a.innerBorder) / 1000)
        return Text(
            zh:
                "少换 \(saved) 户：超出 \(asked) 的网格 \(signed(Double(outside), 0))，基尼 \(signed(gini, 3))，边界 \(signed(border, 1)) 千米",
            en:
                "\(saved) households fewer moved: grids outside \(asked) \(signed(Double(outside), 0)), Gini \(signed(gini, 3)), border \(signed(border, 1)) km"
        )
    }
}
