public import GeoGrid
public import Planner

extension SheetSpecification {
    /// 方案对照图: two sheets at one scale: the grids after a plan, and as they are; units that get another lead are
    /// hatched on both. Throws GG611 when no unit of the plan is on the map.
    ///
    /// - Parameters:
    ///   - name: of the plan.
    ///   - units: the old and the new grid of each microgrid, or of each grid in a town without.
    public static func plan(
        _ town: DisclosedTown, name: String, grids: [TownPlan.Grid], units: [TownPlan.Unit],
        communities: [TownPlan.Community] = []
    ) throws -> [SheetSpecification] {
        let known = Dictionary(units.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let levels = [Level.microgrid, .grid].filter { level in town.units(level).codes.contains { known[$0] != nil } }
        guard let level = levels.first else {
            throw GeoGridError(
                .planNotOnMap,
                Text(zh: "方案“\(name)”的单元都不在图上", en: "no unit of plan “\(name)” is on the map"),
                remedy: Text(zh: "用方案所据的日期制图（--on）", en: "draw the map for the day of the plan (--on)"))
        }
        let layer = town.units(level)
        let number = Dictionary(
            grids.enumerated().map { ($0.element.code, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let assignment = layer.codes.map { known[$0].flatMap { number[$0.newGrid] } ?? -1 }
        let changed = layer.codes.map { known[$0]?.changesLead ?? false }
        let tallies = PlanTallies(grids, hidesFewerThan: town.edition == .public ? 5 : 0)
        let place = "\(town.county)\(town.name)"

        var after = SheetSpecification(
            title: Text(zh: "\(place)网格调整图（调整后）", en: "\(town.name), \(town.county): grids after the plan"),
            subtitle: Text(zh: "方案 \(name)", en: "plan \(name)"),
            elements: [.communityPlates, .streetNames, .microgrids])
        after.base = .grey
        after.fill = .regions
        let parents = Dictionary(communities.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        after.regions = Regions(
            level: level, assignment: assignment,
            units: grids.enumerated().map { k, grid in
                Regions.Unit(
                    code: grid.code,
                    name: UnitNames.short(
                        grid.name, within: [town.county, town.name, parents[grid.community] ?? grid.community]),
                    lead: town.postHolders[grid.lead ?? ""] ?? "", people: tallies.people[k].text,
                    community: communities.firstIndex { $0.code == grid.community } ?? -1)
            }, communities: communities)
        after.hatched = Hatched(level: level, units: changed)
        after.table = table(town, grids, tallies, moved(units, grids), communities)
        after.notes = [summary(grids, units)]

        var before = SheetSpecification(
            title: Text(zh: "\(place)网格调整图（调整前）", en: "\(town.name), \(town.county): grids before the plan"),
            subtitle: after.subtitle, elements: [.unitLabels, .communityPlates, .streetNames, .microgrids])
        before.base = .grey
        before.hatched = after.hatched
        before.notes = after.notes
        return [after, before]
    }

    /// Households of each grid that get another lead.
    private static func moved(_ units: [TownPlan.Unit], _ grids: [TownPlan.Grid]) -> [Int] {
        var moved: [String: Int] = [:]
        for unit in units where unit.changesLead { moved[unit.newGrid, default: 0] += unit.households }
        return grids.map { moved[$0.code] ?? 0 }
    }

    private static func summary(_ grids: [TownPlan.Grid], _ units: [TownPlan.Unit]) -> Note {
        let old = Set(units.map(\.oldGrid)).count
        let households = units.reduce(0) { $0 + $1.households }
        let moved = units.reduce(0) { $0 + ($1.changesLead ? $1.households : 0) }
        let vacant = grids.count { $0.lead == nil }
        let share = households > 0 ? Double(moved) / Double(households) * 100 : 0
        return Note(
            title: Text(zh: "调整情况", en: "What changes"),
            lines: [
                Text(zh: "网格：\(old) → \(grids.count) 个", en: "grids: \(old) → \(grids.count)"),
                Text(
                    zh: "换网格长：\(moved) 户（\(decimals(share, 1))%）",
                    en: "another lead: \(moved) households (\(decimals(share, 1)) %)"),
                Text(zh: "网格长空缺：\(vacant) 个", en: "without lead: \(vacant)"),
            ])
    }

    private static func table(
        _ town: DisclosedTown, _ grids: [TownPlan.Grid], _ tallies: PlanTallies, _ moved: [Int],
        _ communities: [TownPlan.Community]
    ) -> LeadTable {
        var table = LeadTable(
            title: Text(zh: "调整后网格", en: "Grids after the plan"),
            columns: [
                town.levelNames.grid, Text(zh: "负责人", en: "lead"), Text(zh: "户", en: "hh."), Text(zh: "人", en: "pers."),
                Text(zh: "换人户", en: "moved hh."),
            ])
        table.rightAligned = [2, 3, 4]
        let names = Dictionary(communities.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        var current: String?
        for (k, grid) in grids.enumerated() {
            let parent = names[grid.community] ?? grid.community
            if current != parent {
                current = parent
                table.rows.append(.heading(parent))
            }
            table.rows.append(
                .cells([
                    UnitNames.short(grid.name, within: [town.county, town.name, parent]),
                    town.postHolders[grid.lead ?? ""] ?? "—", tallies.households[k].text, tallies.people[k].text,
                    moved[k] == 0 ? "" : Tally.suppressed([moved[k]], below: town.edition == .public ? 5 : 0)[0].text,
                ]))
        }
        return table
    }

    /// Counts of the grids of a plan as the edition may show them.
    private struct PlanTallies {
        var households: [Tally]
        var people: [Tally]

        init(_ grids: [TownPlan.Grid], hidesFewerThan limit: Int) {
            households = Tally.suppressed(grids.map(\.households), below: limit)
            people = Tally.suppressed(grids.map(\.people), below: limit)
        }
    }
}

extension IssueCode {
    /// 方案不在图上: the units of a plan are not those of the town on that day.
    static let planNotOnMap = IssueCode("GG611")
}
