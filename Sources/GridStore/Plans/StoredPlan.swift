public import GeoGrid
public import Planner

/// 方案档案: a plan as the town file keeps it.
public struct StoredPlan: Sendable {
    public enum Status: String, Sendable {
        /// 草案, 已启用, 启用前的旧方案, 已弃用.
        case draft, adopted, before, discarded
    }

    public var name: String
    public var status: Status
    public var made: String
    /// The day the town was read for.
    public var townDay: String
    public var adopted: String?
    public var seed: String
    public var effort: Int
    public var tolerance: Double
    public var moves: Double
    public var worst: Double
    public var compactness: Double
    public var border: Double
    /// Part of the border along streets, how the leads fare, and the loads of the old grids; unknown of plans that
    /// were kept before these were.
    public var streets: Double?
    public var leadChanges: LeadMatching.Changes?
    public var before: [TownPlan.OldGrid] = []
    public var communities: [TownPlan.Community]
    public var grids: [TownPlan.Grid]
    public var units: [TownPlan.Unit]

    public var households: Int { units.reduce(0) { $0 + $1.households } }
    public var movedHouseholds: Int { units.reduce(0) { $0 + ($1.changesLead ? $1.households : 0) } }
    public var movedPeople: Int { units.reduce(0) { $0 + ($1.changesLead ? $1.people : 0) } }
    public var spread: LoadSpread { LoadSpread(grids.map(\.load)) }
}

extension StoredPlan {
    /// The town before and after this plan. Throws GG421 where the town's units or their grids are not the plan's.
    func change(of town: Town, from day: Day) throws -> PlanChange {
        let present = town.lowestUnits
        let parent = Dictionary(
            zip(present.codes, town.microgrids.count > 0 ? present.parentCodes : present.codes),
            uniquingKeysWith: { a, _ in a })
        for unit in units where parent[unit.origin] != unit.oldGrid { throw PlanError.stale(name, unit: unit.origin) }
        let known = Set(units.map(\.origin))
        if let lost = present.codes.first(where: { !known.contains($0) }) { throw PlanError.stale(name, unit: lost) }
        return PlanChange(name: name, town: town, communities: communities, grids: grids, units: units, from: day)
    }
}

extension IssueCode {
    static let noPlan = IssueCode("GG420")
    static let stalePlan = IssueCode("GG421")
    static let planExists = IssueCode("GG422")
    static let planStatus = IssueCode("GG423")
}

enum PlanError {
    static func missing(_ name: String) -> GeoGridError {
        GeoGridError(
            .noPlan, Text(zh: "没有名为“\(name)”的方案", en: "there is no plan named “\(name)”"),
            remedy: Text(zh: "用 geogrid plan list 查看", en: "see geogrid plan list"))
    }

    static func exists(_ name: String) -> GeoGridError {
        GeoGridError(
            .planExists, Text(zh: "已有名为“\(name)”的方案", en: "a plan named “\(name)” exists already"),
            remedy: Text(zh: "换一个 --name，或先弃用它", en: "choose another --name, or discard it first"))
    }

    static func stale(_ name: String, unit: String) -> GeoGridError {
        GeoGridError(
            .stalePlan,
            Text(
                zh: "方案“\(name)”所据的网格已变（单元 \(unit)），不能启用",
                en: "the grids that plan “\(name)” was made from have changed (unit \(unit)); it cannot be adopted"),
            remedy: Text(zh: "按现状重新划格", en: "redraw from the present state"))
    }

    static func status(_ name: String, _ status: StoredPlan.Status) -> GeoGridError {
        GeoGridError(
            .planStatus,
            Text(
                zh: "方案“\(name)”的状态是 \(status.rawValue)，不能这样做",
                en: "plan “\(name)” is \(status.rawValue); that cannot be done"),
            remedy: Text(zh: "只有草案可以弃用；弃用的方案不能启用", en: "only drafts are discarded; discarded plans are not adopted"))
    }
}
