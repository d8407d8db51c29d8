import GRDB
public import GeoGrid
import Planner

extension TownFile {
    /// 启用方案: puts a plan into force on a day, in one transaction.
    ///
    /// Communities, grids, parents of microgrids and the posts of leads get new versions from that day; the day before
    /// is answered as it was. What stood before is kept as a plan of its own, `NAME-before`, and adopting that one
    /// takes the change back. Throws GG420, GG421, GG423.
    public func adopt(planNamed name: String, on day: Day) throws {
        let town = try town(on: day, withCareResidents: false)
        try write { db in
            let plan = try PlanTable.load(name, in: db)
            guard plan.status != .discarded, plan.status != .adopted else { throw PlanError.status(name, plan.status) }
            let before = PlanAdoption.present(town, name: name + "-before", likeness: plan)
            try PlanAdoption(town: town, plan: plan, day: day).apply(in: db)
            let known = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM plan WHERE name = ?)", arguments: [before.name])
            if known != true { try PlanTable.insert(before, in: db) }
            try db.execute(
                sql: "UPDATE plan SET status = 'adopted', adopted = ? WHERE name = ?",
                arguments: [day.description, name])
        }
    }
}

/// The writes of one adoption.
struct PlanAdoption {
    let town: Town
    let plan: StoredPlan
    let day: Day

    func apply(in db: Database) throws {
        let units = town.lowestUnits
        let present = Dictionary(zip(units.codes, units.codes.indices), uniquingKeysWith: { a, _ in a })
        let hasMicrogrids = town.microgrids.count > 0
        for unit in plan.units where plan.status == .draft {
            let parent = present[unit.code].map { hasMicrogrids ? units.parentCodes[$0] : units.codes[$0] }
            if parent != unit.oldGrid { throw PlanError.stale(plan.name, unit: unit.code) }
        }
        if let lost = units.codes.first(where: { code in !plan.units.contains { $0.code == code } }) {
            throw PlanError.stale(plan.name, unit: lost)
        }
        var grids = UnitLayer(level: .grid)
        var communities = UnitLayer(level: .community)
        var members: [String: [Int]] = [:]
        for unit in plan.units { if let at = present[unit.code] { members[unit.newGrid, default: []].append(at) } }
        var ofCommunity: [String: [Int]] = [:]
        for grid in plan.grids {
            let own = members[grid.code] ?? []
            ofCommunity[grid.community, default: []] += own
            grids.append(
                code: grid.code, name: grid.name, parent: grid.community, area: try dissolved(own, of: units))
        }
        let kinds = Dictionary(zip(town.communities.codes, town.communities.kinds), uniquingKeysWith: { a, _ in a })
        for community in plan.communities {
            communities.append(
                code: community.code, name: community.name, parent: town.code, kind: kinds[community.code] ?? "",
                area: try dissolved(ofCommunity[community.code] ?? [], of: units))
        }
        try merge(.community, LayerRecord.records(of: communities, epsg: town.epsg), in: db)
        try merge(.grid, LayerRecord.records(of: grids, epsg: town.epsg), in: db)
        if hasMicrogrids {
            var moved = UnitLayer(level: .microgrid)
            moved = town.microgrids
            let home = Dictionary(plan.units.map { ($0.code, $0.newGrid) }, uniquingKeysWith: { a, _ in a })
            for i in moved.codes.indices { moved.parentCodes[i] = home[moved.codes[i]] ?? moved.parentCodes[i] }
            try merge(.microgrid, LayerRecord.records(of: moved, epsg: town.epsg), in: db)
        } else {
            for table in ["household", "care_resident", "service_point", "premises", "hazard"] {
                for unit in plan.units where unit.code != unit.newGrid {
                    try db.execute(
                        sql: "UPDATE \(table) SET unit = ? WHERE unit = ?", arguments: [unit.newGrid, unit.code])
                }
            }
        }
        try appointLeads(in: db)
        try PostsOfGoneUnits.end(on: day, in: db)
    }

    private func merge(_ layer: Layer, _ records: [LayerRecord], in db: Database) throws {
        _ = try LayerMerge(layer, day: day, complete: true).merge(records, in: db)
    }

    /// Ends the posts of leads who do not stay, and opens those of the plan.
    private func appointLeads(in db: Database) throws {
        var employment: [String: String] = [:]
        var standing = Set<String>()
        for post in town.posts where post.level == .grid && post.role == "网格长" && post.validity.contains(day) {
            if let person = post.personID { employment[person] = post.employment.rawValue }
            let stays = plan.grids.contains { $0.code == post.unitCode && $0.lead == post.personID }
            if stays {
                standing.insert(post.unitCode)
            } else {
                try db.execute(
                    sql: "UPDATE post SET valid_to = ? WHERE id = ?", arguments: [day.description, post.id])
            }
        }
        for grid in plan.grids where !standing.contains(grid.code) {
            let id = "网格长-\(grid.code)-\(day.description)"
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO post (id, role, level, unit, person, employment, valid_from)
                    VALUES (?, '网格长', 'grid', ?, ?, ?, ?)
                    """,
                arguments: [
                    id, grid.code, grid.lead, grid.lead.flatMap { employment[$0] } ?? "full-time", day.description,
                ])
        }
    }

    /// The union of some units' areas.
    private func dissolved(_ members: [Int], of units: UnitLayer) throws -> [[[PlanarPoint]]] {
        let parts = members.flatMap { units.areas.feature($0) }
        guard parts.count > 1 else { return parts }
        var joint = Geometries()
        joint.append(.multiPolygon, parts: parts)
        return try GEOSGeometry(joint, feature: 0, in: GEOSContext()).unaryUnion().polygons()
    }

    /// The state of a town on a day, as a plan that would bring it back.
    static func present(_ town: Town, name: String, likeness plan: StoredPlan) -> StoredPlan {
        var before = plan
        before.name = name
        before.status = .before
        before.communities = zip(town.communities.codes, town.communities.names).map { .init(code: $0, name: $1) }
        let lead = Dictionary(
            town.posts.filter { $0.level == .grid && $0.role == "网格长" && $0.validity.contains(town.day) }
                .compactMap { post in post.personID.map { (post.unitCode, $0) } }, uniquingKeysWith: { a, _ in a })
        var homes: [String: (households: Int, people: Int)] = [:]
        before.units = plan.units.map {
            homes[$0.oldGrid, default: (0, 0)].households += $0.households
            homes[$0.oldGrid, default: (0, 0)].people += $0.people
            return .init(
                code: $0.code, oldGrid: $0.newGrid, newGrid: $0.oldGrid, households: $0.households, people: $0.people,
                changesLead: $0.changesLead)
        }
        before.grids = town.grids.codes.indices.map { g in
            let code = town.grids.codes[g]
            return TownPlan.Grid(
                code: code, name: town.grids.names[g], community: town.grids.parentCodes[g], lead: lead[code], load: 0,
                share: 0, households: homes[code]?.households ?? 0, people: homes[code]?.people ?? 0)
        }
        return before
    }
}
