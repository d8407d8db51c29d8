import Foundation
import GRDB
public import GeoGrid
public import Planner

extension TownFile {
    /// 存方案: keeps a plan as a draft. Throws GG422 when the name is taken.
    public func keep(_ plan: TownPlan, name: String, townDay: Day) throws {
        try write { db in
            var stored = StoredPlan(
                name: name, status: .draft, made: "", townDay: townDay.description, adopted: nil,
                seed: String(plan.seed), effort: plan.effort, tolerance: plan.tolerance, moves: plan.moves,
                worst: plan.worstDeviation, compactness: plan.meanCompactness, border: plan.innerBorder,
                communities: plan.communities, grids: plan.grids, units: plan.units)
            stored.streets = plan.streets
            stored.leadChanges = plan.leadChanges
            stored.before = plan.before
            try PlanTable.insert(stored, in: db)
        }
    }

    /// All plans in the order they were made, without their grids and units.
    public func plans() throws -> [StoredPlan] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM plan ORDER BY fid").map { PlanTable.header($0) }
        }
    }

    /// One plan whole. Throws GG420 when there is none of that name.
    public func plan(named name: String) throws -> StoredPlan {
        try read { try PlanTable.load(name, in: $0) }
    }

    /// 方案前后: the town before and after a plan, from the day the plan was adopted or, for a draft, from its own day.
    ///
    /// Throws GG420, and GG421 where the grids it was made from have changed.
    public func change(byPlanNamed name: String, from day: Day? = nil) throws -> PlanChange {
        let plan = try plan(named: name)
        guard let made = Day(plan.townDay) else { throw PlanError.stale(name, unit: plan.townDay) }
        let start = day ?? plan.adopted.flatMap { Day($0) } ?? made
        return try plan.change(of: town(on: plan.status == .before ? start : made), from: start)
    }

    /// Drops a draft; its name is free again. Throws GG420, GG423.
    public func discardPlan(named name: String) throws {
        try write { db in
            let plan = try PlanTable.load(name, in: db)
            guard plan.status == .draft else { throw PlanError.status(name, plan.status) }
            try db.execute(sql: "DELETE FROM plan WHERE name = ?", arguments: [name])
        }
    }

    /// Every code of a grid or microgrid that was ever used, so that none is given twice.
    public func usedCodes() throws -> Set<String> {
        try read { db in
            try Set(String.fetchAll(db, sql: "SELECT code FROM grid UNION SELECT code FROM microgrid"))
        }
    }

    /// Every code of a community that was ever used.
    public func usedCommunityCodes() throws -> Set<String> {
        try read { try Set(String.fetchAll($0, sql: "SELECT code FROM community")) }
    }
}

/// The tables of plans, row by row.
enum PlanTable {
    static func header(_ row: Row) -> StoredPlan {
        var plan = StoredPlan(
            name: row["name"], status: StoredPlan.Status(rawValue: row["status"]) ?? .draft, made: row["made"],
            townDay: row["town_day"], adopted: row["adopted"], seed: row["seed"], effort: row["effort"],
            tolerance: row["tolerance"], moves: row["moves"], worst: row["worst"], compactness: row["compactness"],
            border: row["border"], communities: [], grids: [], units: [])
        plan.streets = row["streets"]
        if let kept: Int = row["leads_kept"], let changed: Int = row["leads_changed"],
            let freed: Int = row["leads_freed"]
        {
            plan.leadChanges = .init(kept: kept, changed: changed, freed: freed)
        }
        return plan
    }

    static func load(_ name: String, in db: Database) throws -> StoredPlan {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM plan WHERE name = ?", arguments: [name]) else {
            throw PlanError.missing(name)
        }
        var plan = header(row)
        let fid: Int = row["fid"]
        plan.communities = try Row.fetchAll(
            db, sql: "SELECT code, name FROM plan_community WHERE plan = ? ORDER BY code", arguments: [fid]
        ).map { TownPlan.Community(code: $0[0], name: $0[1]) }
        plan.grids = try Row.fetchAll(
            db,
            sql: """
                SELECT code, name, community, lead, load, share, households, people FROM plan_grid
                WHERE plan = ? ORDER BY code
                """, arguments: [fid]
        ).map {
            TownPlan.Grid(
                code: $0[0], name: $0[1], community: $0[2], lead: $0[3], load: $0[4], share: $0[5], households: $0[6],
                people: $0[7])
        }
        plan.before = try Row.fetchAll(
            db, sql: "SELECT code, load FROM plan_before WHERE plan = ? ORDER BY code", arguments: [fid]
        ).map { TownPlan.OldGrid(code: $0[0], load: $0[1]) }
        plan.units = try Row.fetchAll(
            db,
            sql: """
                SELECT unit, origin, old_grid, new_grid, households, people, changes_lead, name, geom FROM plan_unit
                WHERE plan = ? ORDER BY origin, unit
                """, arguments: [fid]
        ).map { row in
            var unit = TownPlan.Unit(
                code: row[0], origin: row[1], oldGrid: row[2], newGrid: row[3], households: row[4], people: row[5],
                changesLead: row[6])
            unit.name = row[7]
            if let blob = row[8] as Data? {
                var reader = GeometryBlobReader()
                blob.withUnsafeBytes { reader.append($0) }
                unit.area = reader.geometries.feature(0)
            }
            return unit
        }
        return plan
    }

    static func insert(_ plan: StoredPlan, in db: Database) throws {
        let known = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM plan WHERE name = ?)", arguments: [plan.name])
        if known == true { throw PlanError.exists(plan.name) }
        try db.execute(
            sql: """
                INSERT INTO plan (name, status, town_day, adopted, seed, effort, tolerance, moves, worst, compactness,
                    border, streets, leads_kept, leads_changed, leads_freed)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                plan.name, plan.status.rawValue, plan.townDay, plan.adopted, plan.seed, plan.effort, plan.tolerance,
                plan.moves, plan.worst, plan.compactness, plan.border, plan.streets, plan.leadChanges?.kept,
                plan.leadChanges?.changed, plan.leadChanges?.freed,
            ])
        let fid = db.lastInsertedRowID
        for community in plan.communities {
            try db.execute(
                sql: "INSERT INTO plan_community (plan, code, name) VALUES (?, ?, ?)",
                arguments: [fid, community.code, community.name])
        }
        for grid in plan.grids {
            try db.execute(
                sql: """
                    INSERT INTO plan_grid (plan, code, name, community, lead, load, share, households, people)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    fid, grid.code, grid.name, grid.community, grid.lead, grid.load, grid.share, grid.households,
                    grid.people,
                ])
        }
        for grid in plan.before {
            try db.execute(
                sql: "INSERT INTO plan_before (plan, code, load) VALUES (?, ?, ?)",
                arguments: [fid, grid.code, grid.load])
        }
        let unit = try db.makeStatement(
            sql: """
                INSERT INTO plan_unit (plan, unit, origin, old_grid, new_grid, households, people, changes_lead, name,
                    geom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let srs = try SpatialReference.chosen(in: db) ?? 0
        for row in plan.units {
            var area = Geometries()
            area.append(row.area.count > 1 ? .multiPolygon : .polygon, parts: row.area)
            let blob = row.area.isEmpty ? nil : GeometryBlob.encode(feature: 0, of: area, as: .polygons, srs: srs)
            try unit.execute(arguments: [
                fid, row.code, row.origin, row.oldGrid, row.newGrid, row.households, row.people, row.changesLead,
                row.name, blob.map { Data($0) },
            ])
        }
    }
}
