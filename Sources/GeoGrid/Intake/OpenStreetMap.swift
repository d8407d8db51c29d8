/// OpenStreetMap 要素: roads, water, buildings and places by their tags.
///
/// The data is © OpenStreetMap contributors under the ODbL: a map drawn from it must say so (`credit`).
public struct OpenStreetMap: Sendable {
    public var roads: [Road] = []
    public var waters: [Water] = []
    public var buildings: [Building] = []
    public var places: [NamedPlace] = []
    /// How many features are none of these, or a place of a kind and name that came before.
    public private(set) var leftOut = 0

    private var taken: Int { roads.count + waters.count + buildings.count + places.count }

    /// The line a map must carry.
    public static let credit = Text(zh: "底图数据 © OpenStreetMap 贡献者", en: "Base map data © OpenStreetMap contributors")

    /// Sorts the features of an extract, as `Intake` reads it, by their tags; others are counted.
    ///
    /// Areas that OpenStreetMap draws as closed lines arrive as polygons too; only these are taken. O(coordinates).
    /// Throws `GG202` where a coordinate cannot be projected.
    ///
    /// - Parameter projection: from longitude and latitude to the town's metres.
    public init(_ table: FeatureTable, projection: Projection) throws {
        var geometries = table.geometries
        try projection.apply(to: &geometries)
        let tags = Tags(table)
        var seen: Set<String> = []
        for row in 0..<table.count {
            let id = table.ids[row] ?? "\(table.records[row])"
            let parts = geometries.feature(row)
            let before = taken
            switch geometries.kinds[row] {
            case .lineString, .multiLineString: takeLine(id, parts, tags, row)
            case .polygon, .multiPolygon:
                takeArea(id, geometries.kinds[row], parts, tags, row)
                takePlace(id, geometries.box(ofFeature: row).center, tags, row, &seen)
            case .point:
                takePlace(id, geometries.box(ofFeature: row).center, tags, row, &seen)
            case .none, .multiPoint: break
            }
            if taken == before { leftOut += 1 }
        }
    }

    private mutating func takeLine(_ id: String, _ parts: [[[PlanarPoint]]], _ tags: Tags, _ row: Int) {
        if let roadClass = Self.roadClass(tags, row) {
            var road = Road(id: id, roadClass: roadClass, lines: parts.flatMap { $0 })
            road.name = tags.name(row)
            road.bridge = tags[row, "bridge"].map { $0 != "no" } ?? false
            roads.append(road)
        } else if let kind = tags[row, "waterway"], ["river", "canal", "stream", "drain", "ditch"].contains(kind),
            tags[row, "tunnel"] == nil
        {
            var water = Water(id: id, kind: parts.count > 1 ? .multiLineString : .lineString, parts: parts)
            water.name = tags.name(row)
            waters.append(water)
        }
    }

    private mutating func takeArea(
        _ id: String, _ kind: GeometryKind, _ parts: [[[PlanarPoint]]], _ tags: Tags, _ row: Int
    ) {
        if let value = tags[row, "building"], value != "no" {
            var building = Building(id: id, footprint: parts)
            building.compound = tags.name(row)
            building.street = tags[row, "addr:street"] ?? ""
            building.number = tags[row, "addr:housenumber"] ?? ""
            building.floors = tags[row, "building:levels"].flatMap { Int($0) }.map { min(max($0, 1), 200) } ?? 1
            building.use = Self.uses[value] ?? ""
            buildings.append(building)
        } else if tags[row, "natural"] == "water" || tags[row, "waterway"] == "riverbank"
            || ["reservoir", "basin"].contains(tags[row, "landuse"])
        {
            var water = Water(id: id, kind: kind, parts: parts)
            water.name = tags.name(row)
            waters.append(water)
        }
    }

    private mutating func takePlace(
        _ id: String, _ location: PlanarPoint, _ tags: Tags, _ row: Int, _ seen: inout Set<String>
    ) {
        let name = tags.name(row)
        guard !name.isEmpty,
            let kind = Self.placeKeys.lazy.compactMap({ tags[row, $0] }).first(where: { $0 != "no" }),
            seen.insert("\(kind) \(name)").inserted
        else { return }
        var place = NamedPlace(id: id, name: name, location: location)
        place.kind = kind
        places.append(place)
    }

    private static let placeKeys = ["place", "amenity", "railway", "leisure", "tourism", "office", "shop", "man_made"]

    private static let uses: [String: String] = [
        "apartments": "住宅", "residential": "住宅", "house": "住宅", "detached": "住宅", "terrace": "住宅", "dormitory": "住宅",
        "commercial": "商业", "retail": "商业", "office": "商业", "hotel": "商业", "supermarket": "商业",
        "school": "学校", "university": "学校", "kindergarten": "学校", "college": "学校",
        "industrial": "工业", "warehouse": "工业", "factory": "工业", "hospital": "医院",
        "church": "宗教场所", "temple": "宗教场所", "mosque": "宗教场所", "public": "公共", "government": "公共", "civic": "公共",
    ]

    private static func roadClass(_ tags: Tags, _ row: Int) -> Road.Class? {
        if let railway = tags[row, "railway"] {
            let isTrack = ["rail", "light_rail", "tram", "narrow_gauge"].contains(railway)
            return isTrack && tags[row, "tunnel"] == nil ? .rail : nil
        }
        guard tags[row, "area"] != "yes" else { return nil }
        return switch tags[row, "highway"] {
        case "motorway", "motorway_link", "trunk", "trunk_link": .trunk
        case "primary", "primary_link": .primary
        case "secondary", "secondary_link", "tertiary", "tertiary_link": .secondary
        case "residential", "unclassified", "road": .residential
        case "living_street", "service", "track", "pedestrian": .lane
        case "footway", "path", "steps", "cycleway", "bridleway": .footway
        default: nil
        }
    }

    /// The columns of the tags that count, looked up once.
    private struct Tags {
        private var columns: [String: PropertyColumn] = [:]

        init(_ table: FeatureTable) {
            for key in [
                "highway", "railway", "waterway", "natural", "landuse", "building", "building:levels", "addr:street",
                "addr:housenumber", "name", "name:zh", "bridge", "tunnel", "area",
            ] + OpenStreetMap.placeKeys {
                columns[key] = table.column(named: key)
            }
        }

        subscript(row: Int, key: String) -> String? { columns[key]?.text(row: row) }

        func name(_ row: Int) -> String { self[row, "name"] ?? self[row, "name:zh"] ?? "" }
    }
}
