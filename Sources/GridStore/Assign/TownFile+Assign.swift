package import GRDB
public import GeoGrid

extension TownFile {
    /// 归属: puts every door of a day into the lowest unit that holds it, and units under their parents.
    ///
    /// A door outside all units goes to the nearest within `tolerance` metres and is reported; the rest are listed.
    /// With a day named, a changed assignment is news of that day (dated layers). Else it is a correction, but where the
    /// units themselves changed on a day it holds from that day on, and the days before keep theirs.
    /// O(vertices + doors).
    public func assign(
        on day: Day, asNews: Bool = false, tolerance: Double? = nil, progress: GeoGrid.Progress = .silent
    ) throws -> AssignReport {
        try write(progress: progress) { db in
            if let tolerance { try Settings.set(.assignTolerance, to: "\(tolerance)", in: db) }
            let kept = try Settings.get(.assignTolerance, in: db).flatMap { Double($0) } ?? 30
            return try Assignment(db: db, day: day, asNews: asNews, tolerance: kept, progress: progress).run()
        }
    }
}

/// One run of `assign`, inside its transaction.
package struct Assignment {
    let db: Database
    let day: Day
    let asNews: Bool
    let tolerance: Double
    let progress: GeoGrid.Progress

    func run() throws -> AssignReport {
        let loader = LayerLoader(db: db, day: day)
        var report = AssignReport()
        report.tolerance = tolerance
        report.levelNames = try Settings.levelNames(in: db)
        var layers: [UnitLayer] = []
        for level in [Level.community, .grid, .microgrid] { layers.append(try loader.units(level)) }
        guard let lowest = layers.last(where: { $0.count > 0 }) else {
            throw GeoGridError(
                .emptyTown, Text(zh: "还没有任何单元。", en: "there are no units yet."),
                remedy: Text(zh: "先用 geogrid import 导入网格。", en: "Import the grids first, with geogrid import."))
        }
        report.lowest = lowest.level
        for i in layers.indices where layers[i].count > 0 {
            report.units.append(try adopt(&layers[i], parents: i > 0 ? layers[i - 1] : nil, &report.findings))
        }
        let units = layers.last { $0.count > 0 }!
        let locator = PointLocator(units.areas)
        let changes = try unitChanges(units.level)
        try EventPlacement(db: db, day: day).run(&report.findings)
        for layer in Layer.all where layer.placed {
            report.doors.append(try place(layer, units: units, locator: locator, changes, &report.findings))
        }
        try prove(units, &report)
        return report
    }

    /// Gives units without a parent the one they lie in, and reports those whose parent does not exist.
    private func adopt(_ units: inout UnitLayer, parents: UnitLayer?, _ findings: inout [Finding]) throws
        -> AssignReport.Units
    {
        var result = AssignReport.Units(level: units.level, count: units.count)
        guard let parents, parents.count > 0 else { return result }
        let known = Set(parents.codes)
        var locator: PointLocator?
        for i in units.codes.indices where units.parentCodes[i].isEmpty {
            if locator == nil { locator = PointLocator(parents.areas) }
            guard let inner = PoleOfInaccessibility(of: units.areas, feature: i),
                let parent = locator?.unit(at: inner.point)
            else { continue }
            units.parentCodes[i] = parents.codes[parent]
            result.adopted += 1
            try db.execute(
                sql: "UPDATE \(units.level.rawValue) SET parent = ? WHERE code = ? AND parent = '' AND \(valid)",
                arguments: [parents.codes[parent], units.codes[i]])
        }
        for i in units.codes.indices where !known.contains(units.parentCodes[i]) {
            result.orphans += 1
            findings.append(
                AssignIssue.orphan(Place(layer: units.level.rawValue, id: units.codes[i]), parent: units.parentCodes[i])
            )
        }
        return result
    }

    /// The last day on which each unit of a level began or ended, up to the day; units valid since ever have none.
    private func unitChanges(_ level: Level) throws -> [String: String] {
        var changes: [String: String] = [:]
        for column in ["valid_from", "valid_to"] {
            try Rows.each(
                db, "SELECT code, max(\(column)) FROM \(level.rawValue) WHERE \(column) <= ?1 GROUP BY code",
                [day.description]
            ) { row in changes[row.text(0)] = max(changes[row.text(0)] ?? "", row.text(1)) }
        }
        return changes
    }

    private var valid: String { LayerLoader.valid.replacing("?1", with: "'\(day)'") }

    private struct Door {
        var fid: Int
        var id: String
        var unit: String
        var placed: String
        var from: String?
        var location: PlanarPoint?
    }

    private func place(
        _ layer: Layer, units: UnitLayer, locator: PointLocator, _ changes: [String: String],
        _ findings: inout [Finding]
    ) throws -> AssignReport.Doors {
        var doors: [Door] = []
        let condition = layer.dated ? " WHERE \(LayerLoader.valid)" : ""
        let from = layer.dated ? "valid_from" : "NULL"
        try Rows.each(
            db, "SELECT fid, id, unit, placed, \(from), geom FROM \(layer.name)\(condition)",
            layer.dated ? [day.description] : []
        ) { row in
            doors.append(
                Door(
                    fid: row.integer(0), id: row.text(1), unit: row.text(2), placed: row.text(3),
                    from: row.optionalText(4), location: row.point(5)))
        }
        let stage = Text(zh: "归属\(layer.title.zh)", en: "assigning \(layer.title.en)")
        progress(stage, 0, of: doors.count)
        var result = AssignReport.Doors(layer: layer.name, title: layer.title, total: doors.count)
        let writer = try RowWriter(db, "UPDATE \(layer.name) SET unit = ?, placed = ? WHERE fid = ?")
        for (i, door) in doors.enumerated() {
            if i % 4096 == 4095 {
                progress(stage, i, of: doors.count)
                try progress.checkInterruption()
            }
            var unit = ""
            var placed = ""
            let place = Place(layer: layer.name, id: door.id, coordinate: door.location)
            if let location = door.location, let inside = locator.unit(at: location) {
                (unit, placed) = (units.codes[inside], door.placed == "address" ? door.placed : "inside")
                result.inside += 1
            } else if let location = door.location, let near = locator.nearest(to: location, within: tolerance) {
                (unit, placed) = (units.codes[near.unit], "near")
                result.near += 1
                findings.append(AssignIssue.near(place, unit: unit, metres: near.distance))
            } else {
                result.unplaced += 1
                // An event without a place has been reported with its address.
                if door.location != nil || layer.name != Layer.event.name {
                    findings.append(AssignIssue.outside(place, tolerance: tolerance))
                }
            }
            if unit == door.unit && placed == door.placed { continue }
            var fid = door.fid
            if unit != door.unit {
                result.changed += 1
                let since = asNews ? day.description : [changes[unit], changes[door.unit]].compactMap { $0 }.max()
                if let since = since.flatMap(Day.init), layer.dated, !door.unit.isEmpty,
                    door.from.map({ $0 < since.description }) ?? true
                {
                    fid = try LayerMerge.newVersion(of: door.fid, in: layer, on: since, db: db)
                }
            }
            writer.bind(1, .text(unit))
            writer.bind(2, .text(placed))
            writer.bind(3, .integer(fid))
            try writer.run()
        }
        progress(stage, doors.count, of: doors.count)
        return result
    }

    /// Counts again from the file, apart from the assignment: households and people by unit, and in all.
    private func prove(_ units: UnitLayer, _ report: inout AssignReport) throws {
        let known = Set(units.codes)
        var occupied: Set<String> = []
        try Rows.each(
            db,
            "SELECT unit, count(*), sum(persons) FROM household WHERE \(LayerLoader.valid) GROUP BY unit ORDER BY unit",
            [day.description]
        ) { row in
            report.people += row.integer(2)
            guard !row.text(0).isEmpty else { return }
            guard known.contains(row.text(0)) else { return }
            occupied.insert(row.text(0))
            report.householdsByUnits += row.integer(1)
            report.peopleByUnits += row.integer(2)
        }
        report.emptyUnits = units.codes.count { !occupied.contains($0) }
        try Rows.each(
            db,
            """
            SELECT id, household FROM care_resident WHERE \(LayerLoader.valid) AND household NOT IN
                (SELECT id FROM household WHERE \(LayerLoader.valid)) ORDER BY id
            """, [day.description]
        ) { row in
            report.looseCareResidents += 1
            report.findings.append(
                AssignIssue.looseCareResident(Place(layer: "care_resident", id: row.text(0)), household: row.text(1)))
        }
    }
}
