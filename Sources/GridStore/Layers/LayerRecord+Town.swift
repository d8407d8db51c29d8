import GeoGrid

extension LayerRecord {
    /// The records of one layer of a town in memory.
    static func records(of layer: Layer, in town: Town) -> [LayerRecord] {
        let srs = town.epsg
        func point(_ id: String, _ values: [FieldValue], _ location: PlanarPoint?) -> LayerRecord {
            LayerRecord(key: id, values: values, geometry: location.map { GeometryBlob.encode($0, srs: srs) })
        }
        func shape(_ id: String, _ values: [FieldValue], _ kind: GeometryKind, _ parts: [[[PlanarPoint]]])
            -> LayerRecord
        {
            var geometries = Geometries()
            geometries.append(kind, parts: parts)
            return LayerRecord(
                key: id, values: values,
                geometry: layer.geometry.flatMap { GeometryBlob.encode(feature: 0, of: geometries, as: $0, srs: srs) })
        }
        switch layer.name {
        case "community": return records(of: town.communities, epsg: srs)
        case "grid": return records(of: town.grids, epsg: srs)
        case "microgrid": return records(of: town.microgrids, epsg: srs)
        case "building":
            return town.buildings.map {
                shape(
                    $0.id,
                    [
                        .text($0.id), .text($0.compound), .text($0.street), .text($0.number), .integer($0.floors),
                        .text($0.use),
                    ],
                    .multiPolygon, $0.footprint)
            }
        case "road":
            return town.roads.map {
                shape(
                    $0.id, [.text($0.id), .text($0.name), .text($0.roadClass.rawValue), .integer($0.bridge ? 1 : 0)],
                    .multiLineString, $0.lines.map { [$0] })
            }
        case "water":
            return town.waters.map { shape($0.id, [.text($0.id), .text($0.name)], $0.kind, $0.parts) }
        case "place":
            return town.places.map { point($0.id, [.text($0.id), .text($0.name), .text($0.kind)], $0.location) }
        case "household":
            return town.households.map {
                point(
                    $0.id,
                    [
                        .text($0.id), .text($0.head), .text($0.phone), .text($0.address), .text($0.buildingID),
                        .integer($0.persons), .init($0.risk?.rawValue),
                    ], $0.location)
            }
        case "care_resident":
            return town.careResidents.map {
                point(
                    $0.id,
                    [
                        .text($0.id), .text($0.householdID), .text($0.name), .text($0.category),
                        $0.visitsPerMonth.map(FieldValue.real) ?? .null, $0.birthYear.map(FieldValue.integer) ?? .null,
                        .text($0.subtype),
                    ], $0.location)
            }
        case "service_point":
            return town.servicePoints.map {
                point(
                    $0.id,
                    [.text($0.id), .text($0.name), .text($0.kind), $0.capacity.map(FieldValue.integer) ?? .null],
                    $0.location)
            }
        case "premises":
            return town.premises.map {
                point(
                    $0.id,
                    [.text($0.id), .text($0.name), .text($0.kind), .init($0.risk?.rawValue), .text($0.address)],
                    $0.location)
            }
        case "hazard":
            return town.hazards.map {
                point(
                    $0.id,
                    [
                        .text($0.id), .text($0.kind), .init($0.risk?.rawValue), .init($0.found?.description),
                        .init($0.closed?.description), .text($0.note),
                    ], $0.location)
            }
        case "person":
            return town.people.map {
                point(
                    $0.id,
                    [
                        .text($0.id), .text($0.name), .text($0.phone), .text($0.skills.joined(separator: ";")),
                        .integer($0.partyMember ? 1 : 0),
                    ], $0.home)
            }
        case "post":
            return town.posts.map {
                LayerRecord(
                    key: $0.id,
                    values: [
                        .text($0.id), .text($0.role), .text($0.level.rawValue), .text($0.unitCode), .text($0.zoning),
                        .init($0.personID),
                        .text($0.employment.rawValue), .init($0.validity.from?.description),
                        .init($0.validity.to?.description),
                    ], geometry: nil)
            }
        default: preconditionFailure("a layer without records: \(layer.name)")
        }
    }

    static func records(of units: UnitLayer, epsg: Int) -> [LayerRecord] {
        units.codes.indices.map { i in
            let stated = units.stated.isEmpty ? nil : units.stated[i]
            return LayerRecord(
                key: units.codes[i],
                values: [
                    .text(units.codes[i]), .text(units.names[i]), .text(units.parentCodes[i]), .text(units.kinds[i]),
                    .init(stated?.households), .init(stated?.persons),
                ], geometry: GeometryBlob.encode(feature: i, of: units.areas, as: .polygons, srs: epsg))
        }
    }

    /// Table, and the unit of each of its records.
    static func placements(in town: Town) -> [(table: String, units: [(id: String, unit: String)])] {
        [
            ("household", town.households.map { ($0.id, $0.unitCode) }),
            ("care_resident", town.careResidents.map { ($0.id, $0.unitCode) }),
            ("service_point", town.servicePoints.map { ($0.id, $0.unitCode) }),
            ("premises", town.premises.map { ($0.id, $0.unitCode) }),
            ("hazard", town.hazards.map { ($0.id, $0.unitCode) }),
        ]
    }
}

extension FieldValue {
    init(_ text: String?) { self = text.map(FieldValue.text) ?? .null }
    init(_ number: Int?) { self = number.map(FieldValue.integer) ?? .null }
}
