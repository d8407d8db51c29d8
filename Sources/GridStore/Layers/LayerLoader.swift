import GRDB
import GeoGrid

/// Reads the layers of one day into the records of the town model.
struct LayerLoader {
    let db: Database
    let day: Day

    /// Condition on the version of a dated record; its one argument is the day.
    static let valid = "(valid_from IS NULL OR valid_from <= ?1) AND (valid_to IS NULL OR valid_to > ?1)"

    private func dated(_ table: String, _ columns: String, body: (Rows) -> Void) throws {
        try Rows.each(
            db, "SELECT \(columns) FROM \(table) WHERE \(LayerLoader.valid)", [day.description], body: body)
    }

    func units(_ level: Level) throws -> UnitLayer {
        var layer = UnitLayer(level: level)
        var blobs = GeometryBlobReader()
        try Rows.each(
            db,
            "SELECT code, name, parent, kind, geom, households, persons FROM \(level.rawValue) WHERE \(LayerLoader.valid) ORDER BY code",
            [day.description]
        ) { row in
            layer.codes.append(row.text(0))
            layer.names.append(row.text(1))
            layer.parentCodes.append(row.text(2))
            layer.kinds.append(row.text(3))
            row.withBlob(4) { blobs.append($0) }
            let (households, persons) = (row.optionalInteger(5), row.optionalInteger(6))
            layer.stated.append(
                households == nil && persons == nil
                    ? nil : UnitLayer.Counts(households: households ?? 0, persons: persons ?? 0))
        }
        layer.areas = blobs.geometries
        return layer
    }

    func buildings() throws -> [Building] {
        var records: [Building] = []
        var blobs = GeometryBlobReader()
        try Rows.each(db, "SELECT id, compound, street, number, floors, use, geom FROM building") { row in
            var building = Building(id: row.text(0), footprint: [])
            building.compound = row.text(1)
            building.street = row.text(2)
            building.number = row.text(3)
            building.floors = row.integer(4)
            building.use = row.text(5)
            row.withBlob(6) { blobs.append($0) }
            records.append(building)
        }
        let shapes = blobs.geometries
        for i in records.indices { records[i].footprint = shapes.feature(i) }
        return records.ordered { $0.id }
    }

    func roads() throws -> [Road] {
        var records: [Road] = []
        var blobs = GeometryBlobReader()
        try Rows.each(db, "SELECT id, name, class, bridge, geom FROM road") { row in
            var road = Road(id: row.text(0), roadClass: Road.Class(rawValue: row.text(2)) ?? .residential, lines: [])
            road.name = row.text(1)
            road.bridge = row.integer(3) != 0
            row.withBlob(4) { blobs.append($0) }
            records.append(road)
        }
        let shapes = blobs.geometries
        for i in records.indices { records[i].lines = shapes.feature(i).flatMap { $0 } }
        return records.ordered { $0.id }
    }

    func waters() throws -> [Water] {
        var records: [Water] = []
        var blobs = GeometryBlobReader()
        try Rows.each(db, "SELECT id, name, geom FROM water") { row in
            var water = Water(id: row.text(0), kind: .none, parts: [])
            water.name = row.text(1)
            row.withBlob(2) { blobs.append($0) }
            records.append(water)
        }
        let shapes = blobs.geometries
        for i in records.indices {
            records[i].kind = shapes.kinds[i]
            records[i].parts = shapes.feature(i)
        }
        return records.ordered { $0.id }
    }

    func places() throws -> [NamedPlace] {
        var records: [NamedPlace] = []
        try Rows.each(db, "SELECT id, name, kind, geom FROM place") { row in
            guard let location = row.point(3) else { return }
            var place = NamedPlace(id: row.text(0), name: row.text(1), location: location)
            place.kind = row.text(2)
            records.append(place)
        }
        return records.ordered { $0.id }
    }

    func households() throws -> [Household] {
        var records: [Household] = []
        try dated("household", "id, head, phone, address, building, persons, risk, unit, geom") { row in
            if let household = LayerLoader.household(row) { records.append(household) }
        }
        return records.ordered { $0.id }
    }

    /// A row of id, head, phone, address, building, persons, risk, unit, geom.
    static func household(_ row: Rows) -> Household? {
        guard let location = row.point(8) else { return nil }
        var household = Household(id: row.text(0), location: location)
        household.head = row.text(1)
        household.phone = row.text(2)
        household.address = row.text(3)
        household.buildingID = row.text(4)
        household.persons = row.integer(5)
        household.risk = row.optionalText(6).flatMap(RiskColour.init(rawValue:))
        household.unitCode = row.text(7)
        return household
    }

    func careResidents() throws -> [CareResident] {
        var records: [CareResident] = []
        try dated("care_resident", "id, household, name, category, visits_per_month, birth_year, unit, geom, subtype") {
            row in
            guard let location = row.point(7) else { return }
            var resident = CareResident(
                id: row.text(0), householdID: row.text(1), category: row.text(3), location: location)
            resident.name = row.text(2)
            resident.visitsPerMonth = row.optionalReal(4)
            resident.birthYear = row.optionalInteger(5)
            resident.unitCode = row.text(6)
            resident.subtype = row.text(8)
            records.append(resident)
        }
        return records.ordered { $0.id }
    }

    func servicePoints() throws -> [ServicePoint] {
        var records: [ServicePoint] = []
        try dated("service_point", "id, name, kind, capacity, unit, geom") { row in
            guard let location = row.point(5) else { return }
            var point = ServicePoint(id: row.text(0), name: row.text(1), kind: row.text(2), location: location)
            point.capacity = row.optionalInteger(3)
            point.unitCode = row.text(4)
            records.append(point)
        }
        return records.ordered { $0.id }
    }

    func premises() throws -> [Premises] {
        var records: [Premises] = []
        try dated("premises", "id, name, kind, risk, address, unit, geom") { row in
            guard let location = row.point(6) else { return }
            var premises = Premises(id: row.text(0), name: row.text(1), kind: row.text(2), location: location)
            premises.risk = row.optionalText(3).flatMap(RiskColour.init(rawValue:))
            premises.address = row.text(4)
            premises.unitCode = row.text(5)
            records.append(premises)
        }
        return records.ordered { $0.id }
    }

    /// Hazards keep their days; an open one on the day asked for has `closed` nil or later.
    func hazards() throws -> [Hazard] {
        var records: [Hazard] = []
        try Rows.each(db, "SELECT id, kind, risk, found, closed, note, unit, geom FROM hazard") { row in
            guard let location = row.point(7) else { return }
            var hazard = Hazard(id: row.text(0), kind: row.text(1), location: location)
            hazard.risk = row.optionalText(2).flatMap(RiskColour.init(rawValue:))
            hazard.found = row.day(3)
            hazard.closed = row.day(4)
            hazard.note = row.text(5)
            hazard.unitCode = row.text(6)
            records.append(hazard)
        }
        return records.ordered { $0.id }
    }

    func people() throws -> [Person] {
        var records: [Person] = []
        try Rows.each(db, "SELECT id, name, phone, skills, party_member, geom FROM person") { row in
            var person = Person(id: row.text(0), name: row.text(1))
            person.phone = row.text(2)
            person.skills = row.text(3).split { ";；,，、".contains($0) }.map(String.init)
            person.partyMember = row.integer(4) != 0
            person.home = row.point(5)
            records.append(person)
        }
        return records.ordered { $0.id }
    }

    /// All posts, past and to come; `Post.validity` says which hold.
    func posts() throws -> [Post] {
        var records: [Post] = []
        try Rows.each(db, "SELECT id, role, level, unit, person, employment, valid_from, valid_to, zoning FROM post") {
            row in
            guard let level = Level(rawValue: row.text(2)) else { return }
            var post = Post(
                id: row.text(0), role: row.text(1), level: level, unitCode: row.text(3), personID: row.optionalText(4))
            post.employment = Post.Employment(rawValue: row.text(5)) ?? .fullTime
            post.validity = Validity(from: row.day(6), to: row.day(7))
            post.zoning = row.text(8)
            records.append(post)
        }
        return records.ordered { $0.id }
    }
}

extension Array {
    /// In the order of a key; files written in that order are not sorted again.
    fileprivate func ordered(by key: (Element) -> String) -> [Element] {
        for i in indices.dropFirst() where key(self[i]) < key(self[i - 1]) { return sorted { key($0) < key($1) } }
        return self
    }
}
