import GRDB
public import GeoGrid

extension TownFile {
    /// 定位: who answers for a place on a day, by a few indexed look-ups, without loading the town.
    ///
    /// - Parameter showsResidents: whether names of residents may be searched and shown; the caller logs it.
    /// - Returns: one answer a match; a name may have several, in order of layer and name.
    /// - Throws: GG440 where nothing is found.
    public func locate(_ query: LocateQuery, on day: Day, showsResidents: Bool = false) throws -> [LocateAnswer] {
        try read { db in
            guard let epsg = try SpatialReference.chosen(in: db) else { throw LocateError.noUnits(path) }
            let search = LocateSearch(db: db, day: day, epsg: epsg, showsResidents: showsResidents)
            let subjects = try search.subjects(query)
            guard !subjects.isEmpty else { throw LocateError.nothing(query) }
            return try subjects.map { try search.answer($0) }
        }
    }
}

extension IssueCode {
    static let nothingFound = IssueCode("GG440")
}

enum LocateError {
    static func noUnits(_ path: String) -> GeoGridError {
        GeoGridError(
            .emptyTown, Text(zh: "\(path) 还没有导入任何图形。", en: "\(path) holds no geometry yet."),
            remedy: Text(zh: "先用 geogrid import 导入网格。", en: "Import the grids first, with geogrid import."))
    }

    static func nothing(_ query: LocateQuery) -> GeoGridError {
        let what: Text =
            switch query {
            case .household(let id): Text(zh: "户 \(id)", en: "household \(id)")
            case .id(let id): Text(zh: "编号“\(id)”", en: "the identifier “\(id)”")
            case .address(let text): Text(zh: "地址“\(text)”", en: "the address “\(text)”")
            case .phone(let number): Text(zh: "电话“\(number)”", en: "the phone “\(number)”")
            case .name(let name): Text(zh: "“\(name)”", en: "“\(name)”")
            case .degrees: Text(zh: "这个位置", en: "the place")
            }
        return GeoGridError(
            .nothingFound, Text(zh: "找不到\(what.zh)。", en: "\(what.en) is not found."),
            remedy: Text(
                zh: "检查编号、名称和日期；按居民姓名查找要用 --edition operational。",
                en: "Check identifier, name and day; residents are searched only with --edition operational."))
    }
}

/// The look-ups of one question.
struct LocateSearch {
    let db: Database
    let day: Day
    let epsg: Int
    let showsResidents: Bool

    struct Subject {
        var text: Text
        /// Nil for who answers for the town as a whole.
        var location: PlanarPoint?
        /// Who may see where it is.
        var privacy = Layer.Field.Privacy.public
        var residents: [Text] = []
        /// Doubts about what was asked for.
        var reasons: [Text] = []
    }

    func subjects(_ query: LocateQuery) throws -> [Subject] {
        switch query {
        case .degrees(let point):
            let location = try Projection(from: .wgs84, to: CRS(epsg: epsg))(point)
            let at = "\(point.longitude.fixed(7)), \(point.latitude.fixed(7))"
            return [Subject(text: Text(zh: "位置 \(at)", en: "place \(at)"), location: location)]
        case .household(let id): return try households("id = ?2", id)
        case .id(let id): return try object(id)
        case .name(let name): return try named(name)
        case .address(let text): return try addressed(text)
        case .phone(let number): return try phoned(number)
        }
    }

    func households(_ condition: String, _ argument: String) throws -> [Subject] {
        var found: [Subject] = []
        try Rows.each(
            db,
            """
            SELECT id, head, phone, address, building, persons, risk, unit, geom FROM household
            WHERE \(condition) AND \(LayerLoader.valid) ORDER BY id
            """, [day.description, argument]
        ) { row in
            guard let household = LayerLoader.household(row) else { return }
            var subject = Subject(
                text: Text(zh: "户 \(household.id)", en: "household \(household.id)"), location: household.location)
            subject.privacy = .operational
            if showsResidents {
                subject.residents.append(
                    Text(
                        zh: "户主 \(household.head)，\(household.persons) 人，\(household.address)，电话 \(household.phone)",
                        en:
                            "head \(household.head), \(household.persons) persons, \(household.address), phone \(household.phone)"
                    ))
            }
            found.append(subject)
        }
        return found
    }

    func households(withPhone number: String) throws -> [Subject] {
        try households("\(digits("phone")) = ?2", number)
    }

    /// A telephone number without what people put between its digits.
    func digits(_ column: String) -> String { "replace(replace(replace(\(column), '-', ''), ' ', ''), '+86', '')" }

    /// Holders of posts that meet a condition, at their units; those of the town nowhere in particular.
    func holders(_ condition: String, _ argument: String) throws -> [Subject] {
        var found: [Subject] = []
        func add(_ row: Rows, _ location: PlanarPoint?) {
            found.append(
                Subject(
                    text: Text(
                        zh: "任职人员 \(row.text(0)) \(row.text(1))", en: "post holder \(row.text(0)) \(row.text(1))"),
                    location: location))
        }
        func select(_ geometry: String, _ join: String, _ rest: String, _ body: (Rows) -> Void) throws {
            try Rows.each(
                db,
                """
                SELECT post.role, person.name, \(geometry) FROM person JOIN post ON post.person = person.id \(join)
                WHERE \(condition) AND \(valid("post")) AND \(rest) ORDER BY post.id
                """, [day.description, argument], body: body)
        }
        try select("NULL", "", "post.level = 'town'") { row in add(row, nil) }
        for level in [Level.community, .grid, .microgrid] {
            try select(
                "unit.geom", "JOIN \(level.rawValue) AS unit ON unit.code = post.unit",
                "post.level = '\(level.rawValue)' AND post.zoning = '' AND \(valid("unit"))"
            ) { row in if let location = shapePoint(row, 2) { add(row, location) } }
        }
        try select(
            "zone.geom", "JOIN zone ON zone.code = post.unit AND post.zoning IN (zone.zoning, '')",
            """
            \(valid("zone")) AND (post.zoning != '' OR NOT EXISTS
                (SELECT 1 FROM zone AS other WHERE other.code = zone.code AND other.zoning != zone.zoning AND \(valid("other"))))
            """
        ) { row in if let location = shapePoint(row, 2) { add(row, location) } }
        return found
    }

    private func named(_ name: String) throws -> [Subject] {
        var found: [Subject] = []
        func add(_ zh: String, _ en: String, _ sql: String, _ arguments: [String?]) throws {
            try Rows.each(db, sql, arguments) { row in
                guard let location = shapePoint(row, 2) else { return }
                found.append(
                    Subject(
                        text: Text(
                            zh: "\(zh) \(row.text(0)) \(row.text(1))", en: "\(en) \(row.text(0)) \(row.text(1))"),
                        location: location))
            }
        }
        let names = try Settings.levelNames(in: db)
        for level in [Level.community, .grid, .microgrid] {
            try add(
                names[level].zh, names[level].en,
                "SELECT code, name, geom FROM \(level.rawValue) WHERE (name = ?2 OR code = ?2) AND \(LayerLoader.valid) ORDER BY code",
                [day.description, name])
        }
        try add(
            "服务点", "service point",
            "SELECT id, name, geom FROM service_point WHERE (name = ?2 OR id = ?2) AND \(LayerLoader.valid) ORDER BY id",
            [day.description, name])
        try add("地名", "place", "SELECT id, name, geom FROM place WHERE name = ?1 ORDER BY id", [name])
        found += try zones(named: name)
        found += try holders("person.name = ?2", name)
        if showsResidents {
            found += try households(
                "(head = ?2 OR id IN (SELECT household FROM care_resident WHERE name = ?2 AND \(LayerLoader.valid)))",
                name)
        }
        return found
    }

    func valid(_ table: String) -> String {
        "(\(table).valid_from IS NULL OR \(table).valid_from <= ?1) AND (\(table).valid_to IS NULL OR \(table).valid_to > ?1)"
    }

    /// The point, or a point inside the area.
    func shapePoint(_ row: Rows, _ column: Int) -> PlanarPoint? {
        if let point = row.point(column) { return point }
        var reader = GeometryBlobReader()
        row.withBlob(column) { reader.append($0) }
        return PoleOfInaccessibility(of: reader.geometries, feature: 0)?.point
    }

    // MARK: - The chain

    fileprivate struct Unit {
        var code: String
        var name: String
        var parent: String
    }

    func answer(_ subject: Subject) throws -> LocateAnswer {
        var answer = LocateAnswer(
            subject: subject.text, location: subject.location, day: day, chain: [], services: [], outside: nil,
            reasons: subject.reasons, residents: subject.residents)
        answer.privacy = subject.privacy
        if let location = subject.location { try addChain(of: location, to: &answer) }
        try Rows.each(db, "SELECT code, name FROM town") { row in
            answer.chain.append(
                LocateAnswer.Link(level: .town, code: row.text(0), name: row.text(1), responsible: [], vacant: []))
        }
        if let town = answer.chain.last {
            answer.chain[answer.chain.count - 1] = try staffed(town)
        }
        if let location = subject.location {
            answer.services = try services(near: location)
            answer.zones = try zones(at: location, &answer.reasons)
        }
        return answer
    }

    /// From the smallest unit that holds the place up to its community.
    private func addChain(of location: PlanarPoint, to answer: inout LocateAnswer) throws {
        let names = try Settings.levelNames(in: db)
        var unit: Unit?
        var level = Level.microgrid
        for candidate in [Level.microgrid, .grid, .community] {
            if let (found, distance) = try holder(of: location, candidate) {
                (unit, level) = (found, candidate)
                if distance > 0 {
                    answer.outside = distance
                    answer.reasons.append(
                        Text(
                            zh: "不在任何单元内，取 \(distance.fixed(1)) 米外最近的单元",
                            en: "in no unit; the nearest, \(distance.fixed(1)) m away, is taken"))
                }
                break
            }
            if try hasUnits(candidate) {
                answer.reasons.append(
                    Text(zh: "不在任何\(names[candidate].zh)内", en: "in no \(names[candidate].en)"))
            }
        }
        while let current = unit {
            answer.chain.append(try link(level, current, names, &answer.reasons))
            guard let above = level.parent, above != .town else { break }
            level = above
            let parent = try Unit.fetch(current.parent, level, self)
            if parent == nil, try hasUnits(level) {
                answer.reasons.append(
                    Text(
                        zh: "\(current.code) 的上级\(names[level].zh)“\(current.parent)”不存在",
                        en: "the \(names[level].en) “\(current.parent)” above \(current.code) does not exist"))
            }
            unit = parent
        }
    }

    private func link(_ level: Level, _ unit: Unit, _ names: LevelNames, _ reasons: inout [Text]) throws
        -> LocateAnswer.Link
    {
        let link = try staffed(
            LocateAnswer.Link(level: level, code: unit.code, name: unit.name, responsible: [], vacant: []))
        let title = names[level]
        if !link.vacant.isEmpty {
            let roles = link.vacant.joined(separator: "、")
            reasons.append(
                Text(zh: "\(title.zh) \(unit.code) 空岗：\(roles)", en: "\(title.en) \(unit.code): vacant: \(roles)"))
        } else if link.responsible.isEmpty {
            reasons.append(Text(zh: "\(title.zh) \(unit.code) 没有设岗", en: "\(title.en) \(unit.code) has no post"))
        }
        return link
    }

    private func staffed(_ link: LocateAnswer.Link) throws -> LocateAnswer.Link {
        var link = link
        // The town has one unit, whatever its posts call it.
        let unit = link.level == .town ? "" : " AND post.unit = ?3"
        try Rows.each(
            db,
            """
            SELECT post.role, person.name, person.phone, post.employment FROM post
            LEFT JOIN person ON person.id = post.person
            WHERE post.level = ?2\(unit) AND post.zoning = '' AND \(valid("post")) ORDER BY post.role, post.id
            """, [day.description, link.level.rawValue] + (unit.isEmpty ? [] : [link.code])
        ) { row in
            if row.isNull(1) {
                link.vacant.append(row.text(0))
            } else {
                link.responsible.append(
                    LocateAnswer.Responsible(
                        role: row.text(0), name: row.text(1), phone: row.text(2),
                        employment: Post.Employment(rawValue: row.text(3)) ?? .fullTime))
            }
        }
        return link
    }

    private func hasUnits(_ level: Level) throws -> Bool {
        var found = false
        try Rows.each(
            db, "SELECT 1 FROM \(level.rawValue) WHERE \(LayerLoader.valid) LIMIT 1", [day.description]
        ) { _ in found = true }
        return found
    }

    /// The unit of a level that holds the point, by the border rule of `PointLocator`, or the nearest within the
    /// tolerance of `assign`.
    private func holder(of point: PlanarPoint, _ level: Level) throws -> (Unit, distance: Double)? {
        let tolerance = try Settings.get(.assignTolerance, in: db).flatMap { Double($0) } ?? 30
        var units: [Unit] = []
        var reader = GeometryBlobReader()
        let reach = [point.x - tolerance, point.x + tolerance, point.y - tolerance, point.y + tolerance].map { "\($0)" }
        try Rows.each(
            db,
            """
            SELECT code, name, parent, geom FROM \(level.rawValue) WHERE fid IN
                (SELECT id FROM rtree_\(level.rawValue)_geom WHERE maxx >= CAST(?2 AS REAL) AND minx <= CAST(?3 AS REAL)
                    AND maxy >= CAST(?4 AS REAL) AND miny <= CAST(?5 AS REAL)) AND \(LayerLoader.valid) ORDER BY code
            """, [day.description] + reach
        ) { row in
            units.append(Unit(code: row.text(0), name: row.text(1), parent: row.text(2)))
            row.withBlob(3) { reader.append($0) }
        }
        guard !units.isEmpty else { return nil }
        return PointLocator(reader.geometries).nearest(to: point, within: tolerance).map {
            (units[$0.unit], $0.distance)
        }
    }
}

extension LocateSearch.Unit {
    fileprivate static func fetch(_ code: String, _ level: Level, _ search: LocateSearch) throws -> LocateSearch.Unit? {
        var unit: LocateSearch.Unit?
        try Rows.each(
            search.db, "SELECT code, name, parent FROM \(level.rawValue) WHERE code = ?2 AND \(LayerLoader.valid)",
            [search.day.description, code]
        ) { row in unit = LocateSearch.Unit(code: row.text(0), name: row.text(1), parent: row.text(2)) }
        return unit
    }
}
