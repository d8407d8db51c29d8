import GeoGrid

/// 镇文件: a town as GeoJSON and CSV, in WGS 84 degrees.
struct TownFiles {
    let town: Town
    let projection: GaussKrueger

    /// Households and persons by microgrid code.
    private let counts: [String: (households: Int, persons: Int)]

    init(_ town: Town, counts: [String: (households: Int, persons: Int)], projection: GaussKrueger) {
        self.town = town
        self.counts = counts
        self.projection = projection
    }

    var all: [SampleFile] {
        [
            units(town.communities, "communities"), units(town.grids, "grids"), units(town.microgrids, "microgrids"),
            buildings, roads, water, places, servicePoints, premises, hazards, households, careResidents, people, posts,
        ]
    }

    private func units(_ layer: UnitLayer, _ name: String) -> SampleFile {
        var out = GeoJSONText(projection: projection)
        for i in 0..<layer.count {
            let count = counts[layer.codes[i]] ?? (0, 0)
            var properties: [(String, GeoJSONText.Value)] = [
                ("code", .text(layer.codes[i])), ("name", .text(layer.names[i])),
                ("parent", .text(layer.parentCodes[i])),
            ]
            if !layer.kinds[i].isEmpty { properties.append(("kind", .text(layer.kinds[i]))) }
            properties += [("households", .number(count.households)), ("persons", .number(count.persons))]
            out.polygon(layer.areas.feature(i), properties)
        }
        return SampleFile("town/\(name).geojson", out.text)
    }

    private var buildings: SampleFile {
        var out = GeoJSONText(projection: projection)
        for building in town.buildings {
            var properties: [(String, GeoJSONText.Value)] = [("id", .text(building.id))]
            if !building.compound.isEmpty { properties.append(("compound", .text(building.compound))) }
            if !building.street.isEmpty { properties.append(("street", .text(building.street))) }
            properties += [
                ("number", .text(building.number)), ("floors", .number(building.floors)), ("use", .text(building.use)),
            ]
            out.polygon(building.footprint, properties)
        }
        return SampleFile("town/buildings.geojson", out.text)
    }

    private var roads: SampleFile {
        var out = GeoJSONText(projection: projection)
        for road in town.roads {
            var properties: [(String, GeoJSONText.Value)] = [("id", .text(road.id))]
            if !road.name.isEmpty { properties.append(("name", .text(road.name))) }
            properties.append(("class", .text(road.roadClass.rawValue)))
            if road.bridge { properties.append(("bridge", .bool(true))) }
            for line in road.lines { out.line(line, properties) }
        }
        return SampleFile("town/roads.geojson", out.text)
    }

    private var water: SampleFile {
        var out = GeoJSONText(projection: projection)
        for water in town.waters { out.polygon(water.parts, [("id", .text(water.id)), ("name", .text(water.name))]) }
        return SampleFile("town/water.geojson", out.text)
    }

    private func degrees(_ p: PlanarPoint) -> [String] {
        let s = projection.sevenths(p)
        return [FixedDecimals.sevenths(s.longitude), FixedDecimals.sevenths(s.latitude)]
    }

    private var households: SampleFile {
        var out = CSVText(["户号", "户主", "电话", "地址", "楼栋", "人数", "风险颜色", "经度", "纬度"])
        for home in town.households {
            out.add(
                [
                    home.id, home.head, home.phone, home.address, home.buildingID, String(home.persons),
                    home.risk?.rawValue ?? "",
                ] + degrees(home.location))
        }
        return SampleFile("town/households.csv", out.text)
    }

    private var careResidents: SampleFile {
        var out = CSVText(["编号", "户号", "姓名", "类别", "子类", "出生年", "经度", "纬度"])
        for resident in town.careResidents {
            out.add(
                [
                    resident.id, resident.householdID, resident.name, Care.label(resident.category),
                    Care.subtype(resident), resident.birthYear.map(String.init) ?? "",
                ] + degrees(resident.location))
        }
        return SampleFile("town/care.csv", out.text)
    }

    private var people: SampleFile { SampleFile("town/people.csv", list(town.people)) }
    private var posts: SampleFile { SampleFile("town/posts.csv", list(town.posts)) }

    func list(_ people: [Person]) -> String {
        var out = CSVText(["id", "name", "phone", "party_member", "skills", "lon", "lat"])
        for person in people {
            out.add(
                [
                    person.id, person.name, person.phone, person.partyMember ? "1" : "0",
                    person.skills.joined(separator: ";"),
                ] + (person.home.map(degrees) ?? ["", ""]))
        }
        return out.text
    }

    func list(_ posts: [Post]) -> String {
        let zoned = posts.contains { !$0.zoning.isEmpty }
        var out = CSVText(
            ["id", "role", "level", "unit"] + (zoned ? ["zoning"] : []) + ["person", "employment", "from", "to"])
        for post in posts {
            out.add(
                [post.id, post.role, post.level.rawValue, post.unitCode] + (zoned ? [post.zoning] : []) + [
                    post.personID ?? "", post.employment.rawValue, post.validity.from?.description ?? "",
                    post.validity.to?.description ?? "",
                ])
        }
        return out.text
    }

    private var places: SampleFile {
        var out = GeoJSONText(projection: projection)
        for place in town.places {
            out.point(
                place.location, [("id", .text(place.id)), ("name", .text(place.name)), ("kind", .text(place.kind))])
        }
        return SampleFile("town/places.geojson", out.text)
    }

    private var servicePoints: SampleFile {
        var out = GeoJSONText(projection: projection)
        for point in town.servicePoints {
            var properties: [(String, GeoJSONText.Value)] = [
                ("id", .text(point.id)), ("name", .text(point.name)), ("kind", .text(point.kind)),
            ]
            if let capacity = point.capacity { properties.append(("capacity", .number(capacity))) }
            out.point(point.location, properties)
        }
        return SampleFile("town/services.geojson", out.text)
    }

    private var premises: SampleFile {
        var out = CSVText(["编号", "名称", "类型", "风险颜色", "地址", "经度", "纬度"])
        for premises in town.premises {
            out.add(
                [
                    premises.id, premises.name, Commerce.label(premises.kind), premises.risk?.rawValue ?? "",
                    premises.address,
                ] + degrees(premises.location))
        }
        return SampleFile("town/premises.csv", out.text)
    }

    private var hazards: SampleFile {
        var out = CSVText(["编号", "类型", "风险颜色", "发现日期", "销号日期", "说明", "经度", "纬度"])
        for hazard in town.hazards {
            out.add(
                [
                    hazard.id, hazard.kind, hazard.risk?.rawValue ?? "", hazard.found?.description ?? "",
                    hazard.closed?.description ?? "", hazard.note,
                ] + degrees(hazard.location))
        }
        return SampleFile("town/hazards.csv", out.text)
    }
}
