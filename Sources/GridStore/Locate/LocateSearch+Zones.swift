import GRDB
import GeoGrid

extension LocateSearch {
    /// Zones of the other zonings that hold a point, with the posts there; and why somebody is missing.
    func zones(at point: PlanarPoint, _ reasons: inout [Text]) throws -> [LocateAnswer.Zone] {
        var zones: [LocateAnswer.Zone] = []
        let at = ["\(point.x)", "\(point.y)"]
        try Rows.each(
            db,
            """
            SELECT zoning, code, name, geom FROM zone WHERE fid IN
                (SELECT id FROM rtree_zone_geom WHERE maxx >= CAST(?2 AS REAL) AND minx <= CAST(?2 AS REAL)
                    AND maxy >= CAST(?3 AS REAL) AND miny <= CAST(?3 AS REAL)) AND \(LayerLoader.valid)
            ORDER BY zoning, length(code), code
            """, [day.description] + at
        ) { row in
            var reader = GeometryBlobReader()
            row.withBlob(3) { reader.append($0) }
            guard PointLocator(reader.geometries).unit(at: point) != nil else { return }
            zones.append(LocateAnswer.Zone(zoning: row.text(0), code: row.text(1), name: row.text(2)))
        }
        for i in zones.indices { try staff(&zones[i], &reasons) }
        return zones
    }

    private func staff(_ zone: inout LocateAnswer.Zone, _ reasons: inout [Text]) throws {
        // A post that names no zoning is of this zone where no other zoning has the code, nor a unit of its level.
        var bare: [(level: String, role: String)] = []
        var posts: [(role: String, holder: LocateAnswer.Responsible?)] = []
        let sharing = try zonings(with: zone.code)
        var levels: [String: Bool] = [:]
        for level in [Level.community, .grid, .microgrid] {
            try Rows.each(
                db, "SELECT 1 FROM \(level.rawValue) WHERE code = ?2 AND \(LayerLoader.valid)",
                [day.description, zone.code]
            ) { _ in levels[level.rawValue] = true }
        }
        try Rows.each(
            db,
            """
            SELECT post.role, person.name, person.phone, post.employment, post.zoning, post.level FROM post
            LEFT JOIN person ON person.id = post.person
            WHERE post.unit = ?2 AND post.zoning IN (?3, '') AND \(valid("post")) ORDER BY post.role, post.id
            """, [day.description, zone.code, zone.zoning]
        ) { row in
            if row.text(4).isEmpty {
                guard levels[row.text(5)] == nil else { return }
                guard sharing.count == 1 else { return bare.append((row.text(5), row.text(0))) }
            }
            let holder = LocateAnswer.Responsible(
                role: row.text(0), name: row.text(1), phone: row.text(2),
                employment: Post.Employment(rawValue: row.text(3)) ?? .fullTime)
            posts.append((row.text(0), row.isNull(1) ? nil : holder))
        }
        zone.responsible = posts.compactMap(\.holder)
        zone.vacant = posts.filter { $0.holder == nil }.map(\.role)
        let title = "\(zone.zoning) \(zone.name.isEmpty ? zone.code : zone.name)"
        if !bare.isEmpty {
            let list = sharing.joined(separator: "、")
            let roles = bare.map(\.role).joined(separator: "、")
            reasons.append(
                Text(
                    zh: "\(title)：岗位“\(roles)”只写了编码 \(zone.code)，几个体系都有（\(list)），没有写体系",
                    en:
                        "\(title): the post \(roles) names the code \(zone.code) alone, which several zonings have (\(list))"
                ))
        } else if !zone.vacant.isEmpty {
            let roles = zone.vacant.joined(separator: "、")
            reasons.append(Text(zh: "\(title) 空岗：\(roles)", en: "\(title): vacant: \(roles)"))
        } else if zone.responsible.isEmpty {
            reasons.append(Text(zh: "\(title) 没有设岗", en: "\(title) has no post"))
        }
    }

    /// The zonings that have a zone of a code, in the order of their names.
    private func zonings(with code: String) throws -> [String] {
        var found: [String] = []
        try Rows.each(
            db, "SELECT zoning FROM zone WHERE code = ?2 AND \(LayerLoader.valid) ORDER BY zoning",
            [day.description, code]
        ) { row in found.append(row.text(0)) }
        return found
    }

    /// Zones of a name, of a code in whichever zonings have it, or of `zoning/code`.
    func zones(named name: String) throws -> [Subject] {
        var found: [Subject] = []
        try Rows.each(
            db,
            """
            SELECT zoning, code, name, geom FROM zone
            WHERE (name = ?2 OR code = ?2 OR zoning || '/' || code = ?2 OR zoning || '/' || name = ?2)
                AND \(LayerLoader.valid)
            ORDER BY zoning, length(code), code
            """, [day.description, name]
        ) { row in
            guard let location = shapePoint(row, 3) else { return }
            let title = "\(row.text(0))/\(row.text(1)) \(row.text(2))"
            found.append(Subject(text: Text(zh: "分区 \(title)", en: "zone \(title)"), location: location))
        }
        return found
    }

    /// Whatever has an identifier: a unit, zone, door, object of a ledger, or person with a post.
    ///
    /// Residents and people are found by those who may see them; `privacy` says who may see where an object is.
    func object(_ id: String) throws -> [Subject] {
        var found: [Subject] = []
        for (table, title) in [
            ("community", Layer.community.title), ("grid", Layer.grid.title), ("microgrid", Layer.microgrid.title),
            ("household", Layer.household.title), ("building", Layer.building.title),
            ("service_point", Layer.servicePoint.title), ("premises", Layer.premises.title),
            ("hazard", Layer.hazard.title), ("project", Layer.project.title), ("parcel", Layer.parcel.title),
            ("event", Layer.event.title), ("care_resident", Layer.careResident.title),
        ] {
            guard let layer = Layer.named(table), layer.privacy < .operational || showsResidents else { continue }
            if table == "household" {
                found += try households("id = ?2", id)
                continue
            }
            let isUnit = Level(rawValue: table) != nil
            // The day is bound either way, for the numbers of the arguments to hold.
            let valid = layer.dated ? LayerLoader.valid : "?1 = ?1"
            try Rows.each(
                db,
                "SELECT \(layer.key.name), \(isUnit ? "name" : "''"), geom FROM \(table) WHERE \(layer.key.name) = ?2 AND \(valid)",
                [day.description, id]
            ) { row in
                guard let location = shapePoint(row, 2) else { return }
                let name = row.text(1).isEmpty ? row.text(0) : "\(row.text(0)) \(row.text(1))"
                var subject = Subject(
                    text: Text(zh: "\(title.zh) \(name)", en: "\(title.en) \(name)"), location: location)
                subject.privacy = layer.privacy
                found.append(subject)
            }
        }
        return try found + zones(named: id) + holders("person.id = ?2", id)
    }
}
