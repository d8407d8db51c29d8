import GRDB
public import GeoGrid

extension Settings.Key {
    /// The roles as YAML; the standard ones where it is absent.
    static let roles = Settings.Key("staff.roles")
}

extension TownFile {
    /// 岗位设置 of the town, the standard one where it has none.
    public func roleCatalogue() throws -> RoleCatalogue {
        guard let yaml = try rolesYAML() else { return .standard }
        return try RoleCatalogue(yaml: yaml, source: "staff.roles")
    }

    /// The town's own roles as they were set, nil for the standard ones.
    public func rolesYAML() throws -> String? { try read { try Settings.get(.roles, in: $0) } }

    /// Keeps roles in the town file; throws GG566 when they are not understood, and then keeps what was.
    public func setRoles(yaml: String, source: String) throws {
        _ = try RoleCatalogue(yaml: yaml, source: source)
        try write { try Settings.set(.roles, to: yaml, in: $0) }
    }

    /// 花名册 of a day, without reading what a roster does not need.
    public func roster(on day: Day) throws -> Roster {
        let catalogue = try roleCatalogue()
        return try read { db in
            let loader = LayerLoader(db: db, day: day)
            var town = try loader.skeleton()
            town.people = try loader.people()
            town.posts = try loader.posts()
            return Roster(town, catalogue: catalogue, zones: try ZoneNames(on: day, in: db))
        }
    }

    /// 办理交接: writes a hand-over in one transaction. Precondition: it has no findings.
    public func apply(_ handOver: HandOver, source: String) throws {
        precondition(handOver.findings.isEmpty, "a hand-over with faults is not written")
        let day = handOver.day.description
        try write { db in
            for change in handOver.changes {
                if let person = change.newPerson {
                    try db.execute(
                        sql: "INSERT INTO person (id, name, phone) VALUES (?, ?, ?)",
                        arguments: [person.id, person.name, person.phone])
                }
                if let old = change.old {
                    if change.new.id == old.id {
                        try db.execute(
                            sql: "UPDATE post SET person = ? WHERE id = ?", arguments: [change.new.personID, old.id])
                        continue
                    }
                    try db.execute(sql: "UPDATE post SET valid_to = ? WHERE id = ?", arguments: [day, old.id])
                }
                try db.execute(
                    sql: """
                        INSERT INTO post (id, role, level, unit, zoning, person, employment, valid_from, valid_to)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        change.new.id, change.new.role, change.new.level.rawValue, change.new.unitCode,
                        change.new.zoning, change.new.personID, change.new.employment.rawValue, day,
                        change.new.validity.to?.description,
                    ])
            }
            try db.execute(
                sql: """
                    INSERT INTO import_log (source, layer, effective, taken, changed, unchanged, removed, rejected, options)
                    VALUES (?, 'post', ?, ?, ?, ?, 0, 0, 'hand-over')
                    """,
                arguments: [
                    source, day, handOver.changes.count + handOver.unchanged, handOver.changes.count,
                    handOver.unchanged,
                ])
            try FeatureTables.touch("post", in: db)
            try FeatureTables.touch("person", in: db)
        }
    }
}

extension LayerLoader {
    /// The town with the names of its units and nothing else.
    func skeleton() throws -> Town {
        let identity = try Row.fetchOne(db, sql: "SELECT name, county, code FROM town")
        return Town(
            name: identity?[0] ?? "", county: identity?[1] ?? "", code: identity?[2] ?? "", epsg: 0, day: day,
            levelNames: try Settings.levelNames(in: db), communities: try unitNames(.community),
            grids: try unitNames(.grid), microgrids: try unitNames(.microgrid))
    }

    /// The units of a level without their areas.
    func unitNames(_ level: Level) throws -> UnitLayer {
        var layer = UnitLayer(level: level)
        try Rows.each(
            db, "SELECT code, name, parent, kind FROM \(level.rawValue) WHERE \(LayerLoader.valid) ORDER BY code",
            [day.description]
        ) { row in
            layer.append(code: row.text(0), name: row.text(1), parent: row.text(2), kind: row.text(3), area: [])
        }
        return layer
    }
}
