public import GeoGrid
public import Planner

/// 方案表格: grids, crosswalk, comparison and notices of stored plans, as tables in one language.
public struct PlanTables {
    let language: Language

    public init(_ language: Language) {
        self.language = language
    }

    func say(_ zh: String, _ en: String) -> String { Text(zh: zh, en: en)[language] }

    private func yes(_ is: Bool) -> SheetTable.Cell { .text(`is` ? say("是", "yes") : say("否", "no")) }

    private var internalMark: String { say("内部资料", "Internal 内部资料") }

    public func grids(_ plan: StoredPlan) -> SheetTable {
        var table = SheetTable(
            name: say("网格", "grids"),
            columns: [
                say("网格编码", "grid"), say("名称", "name"), say("社区", "community"), say("网格长", "lead"),
                say("分钟/月", "min a month"), say("应担", "share"), say("偏离 %", "off %"), say("户", "households"),
                say("人", "people"),
            ])
        for grid in plan.grids {
            table.rows.append([
                .text(grid.code), .text(grid.name), .text(grid.community), .init(grid.lead),
                .number(Double(grid.load) / 1000, decimals: 1), .number(Double(grid.share) / 1000, decimals: 1),
                .number(grid.deviation * 100, decimals: 1), .integer(grid.households), .integer(grid.people),
            ])
        }
        return table
    }

    /// 拆并建议: one line a proposal.
    public func proposals(_ proposals: [GridProposal], limits: ClosedRange<Double>) -> SheetTable {
        var table = SheetTable(
            name: say("拆并建议", "proposals"),
            columns: [
                say("建议", "proposal"), say("原网格", "old grids"), say("原户数", "households then"),
                say("新网格", "new grids"), say("新户数", "households now"), say("都在限内", "within limits"),
            ])
        for proposal in proposals {
            let kind =
                switch proposal.kind {
                case .split: proposal.after.count == 1 ? say("无法调整", "nothing possible") : say("拆分", "split")
                case .merge: say("合并", "merge")
                case .redraw: say("重划", "redraw")
                }
            table.rows.append([
                .text(kind), .text(proposal.before.map(\.code).joined(separator: " ")),
                .text(proposal.before.map { String($0.households) }.joined(separator: " ")),
                .text(proposal.after.map(\.code).joined(separator: " ")),
                .text(proposal.after.map { String($0.households) }.joined(separator: " ")),
                yes(proposal.isWithin(limits)),
            ])
        }
        return table
    }

    /// 新旧对照: old and new grid of every unit.
    public func crosswalk(_ plan: StoredPlan) -> SheetTable {
        var table = SheetTable(
            name: say("新旧对照", "crosswalk"),
            columns: [
                say("原单元", "old unit"), say("新单元", "new unit"), say("原网格", "old grid"), say("新网格", "new grid"),
                say("户", "households"), say("人", "people"), say("换网格长", "new lead"),
            ])
        for unit in plan.units {
            table.rows.append([
                .text(unit.origin), .text(unit.code), .text(unit.oldGrid), .text(unit.newGrid),
                .integer(unit.households), .integer(unit.people), yes(unit.changesLead),
            ])
        }
        return table
    }

    /// 按户新旧对照: old and new unit, grid and lead of every household.
    public func crosswalkByHousehold(_ change: PlanChange) -> SheetTable {
        var table = SheetTable(
            name: say("按户对照", "by household"),
            columns: [
                say("户号", "household"), say("地址", "address"), say("原单元", "old unit"), say("新单元", "new unit"),
                say("原网格", "old grid"), say("新网格", "new grid"), say("原网格长", "old lead"), say("新网格长", "new lead"),
                say("换网格长", "lead changes"),
            ], pageMark: internalMark)
        forEachHousehold(change) { household, unit in
            table.rows.append([
                .text(household.id), .init(household.address), .text(unit.origin), .text(unit.code),
                .text(unit.oldGrid), .text(unit.newGrid), .init(change.leadBefore(unit)?.name),
                .init(change.leadAfter(unit)?.name), yes(unit.changesLead),
            ])
        }
        return table
    }

    /// 两方案按户比较: grid and lead of every household today and in two plans that were made from the same town.
    public func byHousehold(_ a: PlanChange, _ b: PlanChange) -> SheetTable {
        var table = SheetTable(
            name: say("按户比较", "by household"),
            columns: [
                say("户号", "household"), say("地址", "address"), say("原网格", "old grid"), say("原网格长", "old lead"),
                say("\(a.name) 网格", "\(a.name) grid"), say("\(a.name) 网格长", "\(a.name) lead"),
                say("\(b.name) 网格", "\(b.name) grid"), say("\(b.name) 网格长", "\(b.name) lead"),
            ], pageMark: internalMark)
        var other: [String: TownPlan.Unit] = [:]
        forEachHousehold(b) { household, unit in other[household.id] = unit }
        forEachHousehold(a) { household, unit in
            let second = other[household.id]
            table.rows.append([
                .text(household.id), .init(household.address), .text(unit.oldGrid), .init(a.leadBefore(unit)?.name),
                .text(unit.newGrid), .init(a.leadAfter(unit)?.name), .init(second?.newGrid),
                .init(second.flatMap { b.leadAfter($0) }?.name),
            ])
        }
        return table
    }

    /// 通知名单: one line a household that gets another lead, and one a lead with what changes.
    public func notices(_ change: PlanChange) -> [SheetTable] {
        var households = SheetTable(
            name: say("按户", "by household"),
            columns: [
                say("户号", "household"), say("地址", "address"), say("原网格", "old grid"), say("新网格", "new grid"),
                say("原网格长", "old lead"), say("新网格长", "new lead"), say("电话", "phone"),
            ], pageMark: internalMark)
        var taken: [String: Int] = [:]
        var all: [String: Int] = [:]
        forEachHousehold(change) { household, unit in
            all[unit.newGrid, default: 0] += 1
            guard unit.changesLead else { return }
            taken[unit.newGrid, default: 0] += 1
            let lead = change.leadAfter(unit)
            households.rows.append([
                .text(household.id), .init(household.address), .text(unit.oldGrid), .text(unit.newGrid),
                .init(change.leadBefore(unit)?.name), .init(lead?.name), .init(lead?.phone),
            ])
        }
        var units: [String: [String]] = [:]
        for unit in change.units where unit.changesLead { units[unit.newGrid, default: []].append(unit.code) }
        var leads = SheetTable(
            name: say("按网格长", "by lead"),
            columns: [
                say("网格", "grid"), say("网格名称", "name"), say("网格长", "lead"), say("电话", "phone"),
                say("接管单元", "units taken over"), say("接管户", "households taken over"),
                say("全部户", "all households"),
            ], pageMark: internalMark)
        let grids = change.after.grids
        for (code, name) in zip(grids.codes, grids.names) {
            let lead = change.leadAfter(ofGrid: code)
            leads.rows.append([
                .text(code), .text(name), .init(lead?.name), .init(lead?.phone),
                .init((units[code] ?? []).joined(separator: " ")), .integer(taken[code] ?? 0),
                .integer(all[code] ?? 0),
            ])
        }
        return [households, leads]
    }

    /// Every household of the town with the row of the crosswalk it falls under.
    private func forEachHousehold(_ change: PlanChange, _ body: (Household, TownPlan.Unit) -> Void) {
        struct Key: Hashable {
            var origin: String
            var code: String
        }
        let isWhole = change.before.lowestUnits.level == .grid
        let rows = Dictionary(
            change.units.map { (Key(origin: $0.origin, code: isWhole ? $0.newGrid : $0.code), $0) },
            uniquingKeysWith: { a, _ in a })
        for (old, new) in zip(change.before.households, change.after.households) {
            if let unit = rows[Key(origin: old.unitCode, code: new.unitCode)] { body(old, unit) }
        }
    }
}
