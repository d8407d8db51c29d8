public import GeoGrid
public import Planner

/// 方案表格: grids, crosswalk, comparison and notices of stored plans, as tables.
public enum PlanTables {
    public static func grids(_ plan: StoredPlan) -> SheetTable {
        var table = SheetTable(
            name: "网格", columns: ["网格编码", "名称", "社区", "网格长", "分钟/月", "应担", "偏离 %", "户", "人"])
        for grid in plan.grids {
            let deviation = grid.share > 0 ? (Double(grid.load) / Double(grid.share) - 1) * 100 : 0
            table.rows.append([
                .text(grid.code), .text(grid.name), .text(grid.community), .init(grid.lead),
                .number(Double(grid.load) / 1000, decimals: 1), .number(Double(grid.share) / 1000, decimals: 1),
                .number(deviation, decimals: 1), .integer(grid.households), .integer(grid.people),
            ])
        }
        return table
    }

    /// 拆并建议: one line a proposal.
    public static func proposals(_ proposals: [GridProposal], limits: ClosedRange<Double>) -> SheetTable {
        var table = SheetTable(name: "拆并建议", columns: ["建议", "原网格", "原户数", "新网格", "新户数", "都在限内"])
        for proposal in proposals {
            let kind =
                switch proposal.kind {
                case .split: proposal.after.count == 1 ? "无法调整" : "拆分"
                case .merge: "合并"
                case .redraw: "重划"
                }
            table.rows.append([
                .text(kind), .text(proposal.before.map(\.code).joined(separator: " ")),
                .text(proposal.before.map { String($0.households) }.joined(separator: " ")),
                .text(proposal.after.map(\.code).joined(separator: " ")),
                .text(proposal.after.map { String($0.households) }.joined(separator: " ")),
                .text(proposal.isWithin(limits) ? "是" : "否"),
            ])
        }
        return table
    }

    /// 新旧对照: old and new grid of every unit.
    public static func crosswalk(_ plan: StoredPlan) -> SheetTable {
        var table = SheetTable(name: "新旧对照", columns: ["原单元", "新单元", "原网格", "新网格", "户", "人", "换网格长"])
        for unit in plan.units {
            table.rows.append([
                .text(unit.origin), .text(unit.code), .text(unit.oldGrid), .text(unit.newGrid),
                .integer(unit.households), .integer(unit.people), .text(unit.changesLead ? "是" : "否"),
            ])
        }
        return table
    }

    public static func comparison(_ a: StoredPlan, _ b: StoredPlan, _ language: Language) -> SheetTable {
        var table = SheetTable(name: "比较", columns: [language == .zh ? "项目" : "fact", a.name, b.name])
        func add(_ zh: String, _ en: String, _ value: (StoredPlan) -> SheetTable.Cell) {
            table.rows.append([.text(language == .zh ? zh : en), value(a), value(b)])
        }
        func leads(_ plan: StoredPlan) -> Set<String> { Set(plan.grids.compactMap(\.lead)) }
        add("网格", "grids") { .integer($0.grids.count) }
        add("户", "households") { .integer($0.households) }
        add("换网格长的户", "households with a new lead") { .integer($0.movedHouseholds) }
        add("换网格长的人", "people with a new lead") { .integer($0.movedPeople) }
        add("在任网格长", "leads with a grid") { .integer(leads($0).count) }
        add("空缺网格", "grids without a lead") { .integer($0.grids.filter { $0.lead == nil }.count) }
        add("最大偏离 %", "worst deviation %") { .number($0.worst * 100, decimals: 1) }
        add("最轻网格（分钟/月）", "lightest grid (min)") { .number(Double($0.spread.smallest) / 1000, decimals: 1) }
        add("最重网格（分钟/月）", "heaviest grid (min)") { .number(Double($0.spread.largest) / 1000, decimals: 1) }
        add("基尼系数", "Gini") { .number($0.spread.gini, decimals: 3) }
        add("紧凑度", "compactness") { .number($0.compactness, decimals: 3) }
        add("内部边界（千米）", "inner border (km)") { .number($0.border / 1000, decimals: 1) }
        let communities = Set(a.communities.map(\.code) + b.communities.map(\.code)).sorted()
        for code in communities {
            func moved(_ plan: StoredPlan) -> Int {
                let inside = Set(plan.grids.filter { $0.community == code }.map(\.code))
                return plan.units.reduce(0) { $0 + (inside.contains($1.newGrid) && $1.changesLead ? $1.households : 0) }
            }
            let name = (a.communities + b.communities).first { $0.code == code }?.name ?? code
            add("\(name)：换网格长的户", "\(name): households with a new lead") { .integer(moved($0)) }
        }
        return table
    }

    /// 按户新旧对照: old and new unit, grid and lead of every household.
    public static func crosswalkByHousehold(_ change: PlanChange) -> SheetTable {
        var table = SheetTable(
            name: "按户对照",
            columns: ["户号", "地址", "原单元", "新单元", "原网格", "新网格", "原网格长", "新网格长", "换网格长"], pageMark: "内部资料")
        forEachHousehold(change) { household, unit in
            table.rows.append([
                .text(household.id), .init(household.address), .text(unit.origin), .text(unit.code),
                .text(unit.oldGrid), .text(unit.newGrid), .init(change.leadBefore(unit)?.name),
                .init(change.leadAfter(unit)?.name), .text(unit.changesLead ? "是" : "否"),
            ])
        }
        return table
    }

    /// 两方案按户比较: grid and lead of every household today and in two plans that were made from the same town.
    public static func byHousehold(_ a: PlanChange, _ b: PlanChange) -> SheetTable {
        var table = SheetTable(
            name: "按户比较",
            columns: [
                "户号", "地址", "原网格", "原网格长", "\(a.name) 网格", "\(a.name) 网格长", "\(b.name) 网格", "\(b.name) 网格长",
            ], pageMark: "内部资料")
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
    public static func notices(_ change: PlanChange) -> [SheetTable] {
        var households = SheetTable(
            name: "按户", columns: ["户号", "地址", "原网格", "新网格", "原网格长", "新网格长", "电话"], pageMark: "内部资料")
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
            name: "按网格长", columns: ["网格", "网格名称", "网格长", "电话", "接管单元", "接管户", "全部户"], pageMark: "内部资料")
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
    private static func forEachHousehold(_ change: PlanChange, _ body: (Household, TownPlan.Unit) -> Void) {
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
