import GeoGrid
import Planner

/// 方案报告: what a plan of a town amounts to, beside the town as it is.
struct TownPlanReport {
    let plan: TownPlan

    func answer(_ console: Console) {
        console.answer(json: Self.json(plan)) { lines in
            write(&lines, console)
            if !plan.findings.isEmpty {
                lines.add()
                FindingsReport(plan.findings).write(to: &lines, limit: 10)
            }
        }
    }

    private func write(_ lines: inout Lines, _ console: Console) {
        var table = TextTable(.text("项目", "fact"), .number("原来", "before"), .number("方案", "plan"))
        func add(_ zh: String, _ en: String, _ before: String, _ after: String) {
            table.append(console(Text(zh: zh, en: en)), before, after)
        }
        func minutes(_ spread: LoadSpread) -> String { (spread.mean / 1000).fixed(1) }
        add("网格", "grids", String(plan.spreadBefore.count), String(plan.grids.count))
        add("连通的网格", "connected grids", "", String(plan.connected))
        add("户数", "households", String(plan.households), String(plan.grids.reduce(0) { $0 + $1.households }))
        add("人数", "people", String(plan.people), String(plan.grids.reduce(0) { $0 + $1.people }))
        add("平均工作量（分钟/月）", "mean workload (min a month)", minutes(plan.spreadBefore), minutes(plan.spread))
        add(
            "基尼系数", "Gini of the workload", plan.spreadBefore.gini.fixed(3), plan.spread.gini.fixed(3))
        add(
            "超出 ±\((plan.tolerance * 100).fixed(0)) % 的网格", "grids outside ±\((plan.tolerance * 100).fixed(0)) %", "",
            String(plan.outside))
        add("最大偏离份额", "worst deviation from the share", "", (plan.worstDeviation * 100).fixed(1) + " %")
        if plan.leastDeviation > 0 {
            add("　至少（已证明）", "  at least (proven)", "", (plan.leastDeviation * 100).fixed(1) + " %")
        }
        for criterion in plan.criteria.dropFirst() {
            let bound = (criterion.tolerance * 100).fixed(0)
            add(
                "\(criterion.name.zh)：最大偏离 / 超出 ±\(bound) % 的网格",
                "\(criterion.name.en): worst / grids outside ±\(bound) %",
                "", "\((criterion.worst * 100).fixed(1)) % / \(criterion.outside)")
        }
        add("换网格长的户", "households with a new lead", "", "\(plan.movedHouseholds)")
        add("保留原网格长的户", "households that keep their lead", "", (plan.keptShare * 100).fixed(1) + " %")
        add(
            "均衡时至多可保留（已证明）", "at most with balance (proven)", "", (plan.keepBound * 100).fixed(1) + " %")
        add("拆分的微网格", "microgrids split", "", String(plan.splitUnits))
        if let leads = plan.leadChanges {
            add(
                "网格长留任 / 全换户 / 腾出", "leads kept / all new / freed", "",
                "\(leads.kept) / \(leads.changed) / \(leads.freed)")
        }
        add("空缺的网格", "grids without a lead", "", String(plan.grids.filter { $0.lead == nil }.count))
        add("紧凑度", "compactness", "", plan.meanCompactness.fixed(3))
        add("内部边界（千米）", "inner border (km)", "", (plan.innerBorder / 1000).fixed(1))
        if let streets = plan.streets { add("沿街道的边界", "border along streets", "", (streets * 100).fixed(1) + " %") }
        add("种子 / 力度", "seed / effort", "", "\(plan.seed) / \(plan.effort)")
        lines.add(table)
    }

    static func json(_ plan: TownPlan) -> JSONValue {
        [
            "grids": .array(
                plan.grids.map {
                    [
                        "code": .string($0.code), "name": .string($0.name), "community": .string($0.community),
                        "lead": .optional($0.lead), "load": .number(Workload.minutes($0.load)),
                        "share": .number(Workload.minutes($0.share)), "households": .int($0.households),
                        "people": .int($0.people),
                    ]
                }),
            "units": .array(
                plan.units.map {
                    [
                        "code": .string($0.code), "old": .string($0.oldGrid), "new": .string($0.newGrid),
                        "households": .int($0.households), "people": .int($0.people),
                        "changesLead": .bool($0.changesLead),
                    ]
                }),
            "households": .int(plan.households), "movedHouseholds": .int(plan.movedHouseholds),
            "criteria": .array(
                plan.criteria.map {
                    [
                        "name": .text($0.name), "tolerance": .number($0.tolerance), "worst": .number($0.worst),
                        "outside": .int($0.outside),
                    ]
                }),
            "streets": plan.streets.map(JSONValue.number) ?? .null,
            "leadsKept": plan.leadChanges.map { .int($0.kept) } ?? .null,
            "leadsChanged": plan.leadChanges.map { .int($0.changed) } ?? .null,
            "keptShare": .number(plan.keptShare), "worstDeviation": .number(plan.worstDeviation),
            "leastDeviation": .number(plan.leastDeviation),
            "gini": .number(plan.spread.gini), "giniBefore": .number(plan.spreadBefore.gini),
            "compactness": .number(plan.meanCompactness), "innerBorder": .number(plan.innerBorder),
            "connected": .int(plan.connected), "freedLeads": .array(plan.freedLeads.map(JSONValue.string)),
            "seed": .string(String(plan.seed)), "effort": .int(plan.effort),
            "findings": FindingsReport(plan.findings).json,
        ]
    }
}
