import GRDB
public import GeoGrid

/// 地址簿: addresses of one town on one day, to the building and, where households are loaded, to the door.
public struct AddressBook: Sendable {
    public let matcher: AddressMatcher
    private var doors: [Door: [Household]] = [:]
    private var homes: [String: [Household]] = [:]

    private struct Door: Hashable {
        var building: String
        var unit: String
        var room: String
    }

    init(_ gazetteer: Gazetteer, households: [Household]) {
        matcher = AddressMatcher(gazetteer)
        for household in households where !household.buildingID.isEmpty {
            homes[household.buildingID, default: []].append(household)
            let parts = matcher.parse(household.address)
            doors[Door(building: household.buildingID, unit: parts.unit, room: parts.room), default: []]
                .append(household)
        }
    }

    /// Households behind the door that a match names; those of the whole building where the address names no door and
    /// there is only one household.
    public func households(_ match: AddressMatch) -> [Household] {
        guard let entry = match.entry else { return [] }
        let building = matcher.gazetteer.entries[entry].id
        let all = homes[building] ?? []
        var parts = match.parts
        if parts.room.isEmpty, parts.unit.isEmpty, parts.floor.isEmpty { return all.count == 1 ? all : [] }
        // 5层1室 is 501.
        if let floor = Int(parts.floor), let room = Int(parts.room), room < 100 { parts.room = "\(floor * 100 + room)" }
        if let found = doors[Door(building: building, unit: parts.unit, room: parts.room)] { return found }
        // Without its unit a room may still be the only one of that number.
        guard parts.unit.isEmpty, !parts.room.isEmpty else { return [] }
        let sameRoom = doors.filter { $0.key.building == building && $0.key.room == parts.room }.flatMap(\.value)
        return sameRoom.count == 1 ? sameRoom : []
    }
}

extension TownFile {
    /// 地址簿 of a day. Reads addresses and boxes of buildings, not their shapes.
    ///
    /// - Parameter withHouseholds: also the doors, for lists.
    public func addressBook(on day: Day, withHouseholds: Bool = false) throws -> AddressBook {
        try read { try LayerLoader(db: $0, day: day).addressBook(withHouseholds: withHouseholds) }
    }
}

extension LayerLoader {
    func addressBook(withHouseholds: Bool) throws -> AddressBook {
        var sites: [Gazetteer.Site] = []
        try Rows.each(
            db,
            """
            SELECT building.id, compound, street, number, (minx + maxx) / 2, (miny + maxy) / 2 FROM building
            JOIN rtree_building_geom AS box ON box.id = building.fid ORDER BY building.id
            """
        ) { row in
            sites.append(
                Gazetteer.Site(
                    id: row.text(0), compound: row.text(1), street: row.text(2), number: row.text(3),
                    location: PlanarPoint(x: row.real(4), y: row.real(5))))
        }
        var aliases: [Gazetteer.Alias] = []
        try Rows.each(db, "SELECT kind, name, target FROM alias ORDER BY name") { row in
            guard let kind = Gazetteer.Alias.Kind(rawValue: row.text(0)) else { return }
            aliases.append(Gazetteer.Alias(kind: kind, name: row.text(1), target: row.text(2)))
        }
        let identity = try Row.fetchOne(db, sql: "SELECT name, county FROM town")
        let gazetteer = Gazetteer(
            county: identity?[1] ?? "", town: identity?[0] ?? "", sites: sites, communities: try units(.community),
            former: try otherCommunities(), aliases: aliases)
        return AddressBook(gazetteer, households: withHouseholds ? try households() : [])
    }

    /// Communities of other days, a layer each since they may overlap.
    private func otherCommunities() throws -> [UnitLayer] {
        var layers: [UnitLayer] = []
        try Rows.each(
            db, "SELECT code, name, geom FROM community WHERE NOT (\(LayerLoader.valid)) ORDER BY code, valid_from",
            [day.description]
        ) { row in
            var reader = GeometryBlobReader()
            row.withBlob(2) { reader.append($0) }
            var layer = UnitLayer(level: .community)
            layer.append(code: row.text(0), name: row.text(1), parent: "", area: reader.geometries.feature(0))
            layers.append(layer)
        }
        return layers
    }
}
