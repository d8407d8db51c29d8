public import GeoGrid
import Planner

extension PlanTables {
    /// 方案概况: what a plan amounts to, one figure a line.
    public func summary(_ plan: StoredPlan) -> SheetTable {
        var table = SheetTable(name: say("概况", "summary"), columns: [say("项目", "fact"), plan.name])
        for figure in figures(plan) { table.rows.append([.text(figure.name), figure.value]) }
        return table
    }

    /// 方案比较: the figures of two plans side by side, then by community who gets another lead.
    public func comparison(_ a: StoredPlan, _ b: StoredPlan) -> SheetTable {
        var table = SheetTable(name: say("比较", "comparison"), columns: [say("项目", "fact"), a.name, b.name])
        for (x, y) in zip(figures(a), figures(b)) { table.rows.append([.text(x.name), x.value, y.value]) }
        let communities = Set(a.communities.map(\.code) + b.communities.map(\.code)).sorted()
        for code in communities {
            func moved(_ plan: StoredPlan) -> SheetTable.Cell {
                let inside = Set(plan.grids.filter { $0.community == code }.map(\.code))
                return .integer(
                    plan.units.reduce(0) { $0 + (inside.contains($1.newGrid) && $1.changesLead ? $1.households : 0) })
            }
            let name = (a.communities + b.communities).first { $0.code == code }?.name ?? code
            table.rows.append([
                .text(say("\(name)：换网格长的户", "\(name): households with a new lead")), moved(a), moved(b),
            ])
        }
        return table
    }

    /// Empty where a plan was kept before the figure was.
    private func figures(_ plan: StoredPlan) -> [(name: String, value: SheetTable.Cell)] {
        func number(_ value: Double?, _ decimals: Int) -> SheetTable.Cell {
            value.map { .number($0, decimals: decimals) } ?? .empty
        }
        func count(_ value: Int?) -> SheetTable.Cell { value.map(SheetTable.Cell.integer) ?? .empty }
        func minutes(_ load: Int?) -> SheetTable.Cell { number(load.map { Double($0) / 1000 }, 1) }
        let before = plan.before.isEmpty ? nil : LoadSpread(plan.before.map(\.load))
        let spread = plan.spread
        let leads = plan.leadChanges
        return [
            (say("网格", "grids"), .integer(plan.grids.count)),
            (say("原网格", "old grids"), count(before?.count)),
            (say("户", "households"), .integer(plan.households)),
            (say("换网格长的户", "households with a new lead"), .integer(plan.movedHouseholds)),
            (say("换网格长的人", "people with a new lead"), .integer(plan.movedPeople)),
            (say("留任网格长（有住户不换）", "leads kept (by some of their households)"), count(leads?.kept)),
            (say("全部换户的网格长", "leads with only new households"), count(leads?.changed)),
            (say("腾出的网格长", "leads freed"), count(leads?.freed)),
            (say("空缺网格", "grids without a lead"), .integer(plan.grids.count { $0.lead == nil })),
            (say("最大偏离份额 %", "worst deviation from the share %"), .number(plan.worst * 100, decimals: 1)),
            (
                say("超出 ±\(percent(plan.tolerance)) 的网格", "grids outside ±\(percent(plan.tolerance))"),
                .integer(plan.grids.count { $0.isOutside(plan.tolerance) })
            ),
            (say("原来：最轻网格（分钟/月）", "before: lightest grid (min)"), minutes(before?.smallest)),
            (say("方案：最轻网格（分钟/月）", "plan: lightest grid (min)"), minutes(spread.smallest)),
            (say("原来：最重网格（分钟/月）", "before: heaviest grid (min)"), minutes(before?.largest)),
            (say("方案：最重网格（分钟/月）", "plan: heaviest grid (min)"), minutes(spread.largest)),
            (
                say("原来：最大偏离平均 %", "before: worst deviation from the mean %"),
                number(before.map { $0.worstDeviation * 100 }, 1)
            ),
            (
                say("方案：最大偏离平均 %", "plan: worst deviation from the mean %"),
                .number(spread.worstDeviation * 100, decimals: 1)
            ),
            (say("原来：基尼系数", "before: Gini"), number(before?.gini, 3)),
            (say("方案：基尼系数", "plan: Gini"), .number(spread.gini, decimals: 3)),
            (say("紧凑度", "compactness"), .number(plan.compactness, decimals: 3)),
            (say("内部边界（千米）", "inner border (km)"), .number(plan.border / 1000, decimals: 1)),
            (say("沿街道的边界 %", "border along streets %"), number(plan.streets.map { $0 * 100 }, 1)),
        ]
    }

    private func percent(_ share: Double) -> String { SheetTable.Cell.number(share * 100, decimals: 0).text + " %" }
}
