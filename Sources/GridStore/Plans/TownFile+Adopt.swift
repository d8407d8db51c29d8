import GRDB
public import GeoGrid
import Planner

extension TownFile {
    /// 启用方案: puts a plan into force on a day, in one transaction.
    ///
    /// Communities, grids, microgrids, doors and the posts of leads get new versions from that day; the day before is
    /// answered as it was. What stood before is kept as a plan of its own, `NAME-before`, and adopting that one takes
    /// the change back: the plan is a draft again. Returns whether that was done. Throws GG420, GG421, GG423.
    @discardableResult
    public func adopt(planNamed name: String, on day: Day) throws -> Bool {
        let town = try town(on: day)
        let model = try workloadModel()
        return try write { db in
            let plan = try PlanTable.load(name, in: db)
            guard plan.status == .draft || plan.status == .before else { throw PlanError.status(name, plan.status) }
            let change = try plan.change(of: town, from: day)
            try PlanAdoption(change: change, day: day).apply(in: db)
            if plan.status == .before {
                // Taken back: the plan it undid is a draft again.
                let undone = try PlanTable.load(String(name.dropLast(StoredPlan.beforeMark.count)), in: db)
                if let adopted = undone.adopted {
                    try PostsOfGoneUnits.revive(change, endedOn: adopted, on: day, in: db)
                }
                try db.execute(
                    sql: "UPDATE plan SET status = 'draft', adopted = NULL WHERE name = ? AND status = 'adopted'",
                    arguments: [String(name.dropLast(StoredPlan.beforeMark.count))])
                try db.execute(sql: "DELETE FROM plan WHERE name = ?", arguments: [name])
            } else {
                try PlanTable.insert(plan.reversed(change, model: model), in: db)
                try db.execute(
                    sql: "UPDATE plan SET status = 'adopted', adopted = ? WHERE name = ?",
                    arguments: [day.description, name])
            }
            return plan.status == .before
        }
    }
}

extension StoredPlan {
    /// What the name of a plan that takes another back ends in.
    static let beforeMark = "-before"

    /// The plan that brings the present town back: this one with old and new exchanged.
    func reversed(_ change: PlanChange, model: WorkloadModel) -> StoredPlan {
        let town = change.before
        var plan = self
        plan.name = name + Self.beforeMark
        plan.status = .before
        plan.townDay = change.after.day.description
        plan.communities = zip(town.communities.codes, town.communities.names).map { .init(code: $0, name: $1) }
        var homes: [String: (households: Int, people: Int)] = [:]
        let present = town.lowestUnits
        let position = present.indexByCode()
        let planned = change.after.lowestUnits
        let plannedPosition = planned.indexByCode()
        /// Cut, or given the ends of a neighbour's cut.
        func isRedrawn(_ code: String, _ at: Int) -> Bool {
            guard let after = plannedPosition[code] else { return true }
            return planned.areas.feature(after) != present.areas.feature(at)
        }
        plan.units = units.map { unit in
            homes[unit.oldGrid, default: (0, 0)].households += unit.households
            homes[unit.oldGrid, default: (0, 0)].people += unit.people
            var back = TownPlan.Unit(
                code: unit.origin, origin: present.level == .grid ? unit.newGrid : unit.code, oldGrid: unit.newGrid,
                newGrid: unit.oldGrid, households: unit.households, people: unit.people,
                changesLead: unit.changesLead)
            if let at = position[unit.origin], present.level == .grid || isRedrawn(unit.code, at) {
                back.name = present.names[at]
                back.area = present.areas.feature(at)
            }
            return back
        }
        var unknown: [String: Int] = [:]
        let workload = Workload(of: town, model: model, unknown: &unknown)
        var loads = [Int](repeating: 0, count: town.grids.count)
        let grids = town.grids.indexByCode()
        for i in present.codes.indices {
            let grid = present.level == .grid ? i : grids[present.parentCodes[i]]
            if let grid { loads[grid] += workload.doors[i] }
        }
        let share = loads.isEmpty ? 0 : loads.reduce(0, +) / loads.count
        plan.grids = town.grids.codes.indices.map { g in
            let code = town.grids.codes[g]
            return TownPlan.Grid(
                code: code, name: town.grids.names[g], community: town.grids.parentCodes[g],
                lead: change.leadBefore(ofGrid: code)?.id, load: loads[g], share: share,
                households: homes[code]?.households ?? 0, people: homes[code]?.people ?? 0)
        }
        plan.before = self.grids.map { .init(code: $0.code, load: $0.load) }
        plan.leadChanges = nil
        let ofUnit = present.codes.indices.map { present.level == .grid ? $0 : grids[present.parentCodes[$0]] ?? -1 }
        plan.streets = StreetBorder(units: present.areas, grids: ofUnit, roads: town.roads).share
        plan.worst = loads.map { share > 0 ? abs(Double($0) / Double(share) - 1) : 0 }.max() ?? 0
        return plan
    }
}

/// The writes of one adoption.
private struct PlanAdoption {
    let change: PlanChange
    let day: Day

    func apply(in db: Database) throws {
        let town = change.after
        let merge = { (layer: Layer, units: UnitLayer) in
            _ = try LayerMerge(layer, day: day, complete: true).merge(
                LayerRecord.records(of: units, epsg: town.epsg), in: db)
        }
        try merge(.community, town.communities)
        try merge(.grid, town.grids)
        if town.microgrids.count > 0 { try merge(.microgrid, town.microgrids) }
        for layer in Layer.all where layer.placed { try rehouse(layer, in: db) }
        try appointLeads(in: db)
        try PostsOfGoneUnits.end(on: day, in: db)
    }

    /// Gives the doors of split or joined units their new one.
    private func rehouse(_ layer: Layer, in db: Database) throws {
        let condition = layer.dated ? " WHERE \(LayerLoader.valid)" : ""
        let from = layer.dated ? "valid_from" : "NULL"
        var moved: [(fid: Int, from: String?, unit: String)] = []
        try Rows.each(
            db, "SELECT fid, unit, \(from), geom FROM \(layer.name)\(condition)", layer.dated ? [day.description] : []
        ) { row in
            let unit = change.homes.unit(for: row.text(1), at: row.point(3))
            if unit != row.text(1) { moved.append((row.integer(0), row.optionalText(2), unit)) }
        }
        for door in moved {
            var fid = door.fid
            if layer.dated, door.from != day.description {
                fid = try LayerMerge.newVersion(of: fid, in: layer, on: day, db: db)
            }
            try db.execute(sql: "UPDATE \(layer.name) SET unit = ? WHERE fid = ?", arguments: [door.unit, fid])
        }
    }

    /// Ends the posts of leads who do not stay, and opens those of the plan.
    private func appointLeads(in db: Database) throws {
        let stays = Set(change.after.posts.map(\.id))
        let known = Set(change.before.posts.map(\.id))
        for post in change.before.posts where !stays.contains(post.id) {
            try db.execute(sql: "UPDATE post SET valid_to = ? WHERE id = ?", arguments: [day.description, post.id])
        }
        for post in change.after.posts where !known.contains(post.id) {
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO post (id, role, level, unit, person, employment, valid_from)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    post.id, post.role, post.level.rawValue, post.unitCode, post.personID, post.employment.rawValue,
                    day.description,
                ])
        }
    }
}
