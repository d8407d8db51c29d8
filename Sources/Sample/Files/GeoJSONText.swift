import GeoGrid

/// GeoJSON 文本: features one a line, positions with seven decimals.
///
/// Written by integers of 10⁻⁷ degrees: the same town is the same bytes everywhere.
struct GeoJSONText {
    enum Value {
        case text(String)
        case number(Int)
        case bool(Bool)
    }

    let projection: GaussKrueger
    private var features: [String] = []

    init(projection: GaussKrueger) {
        self.projection = projection
    }

    var text: String {
        "{\"type\":\"FeatureCollection\",\"features\":[\n" + features.joined(separator: ",\n") + "\n]}\n"
    }

    /// A feature without a part has a null geometry.
    mutating func polygon(_ parts: [[[PlanarPoint]]], _ properties: [(String, Value)]) {
        let bodies = parts.map { part in
            "[" + part.enumerated().map { ring($0.element, counterClockwise: $0.offset == 0) }.joined(separator: ",")
                + "]"
        }
        if bodies.isEmpty {
            features.append(feature(properties, geometry: "null"))
        } else if bodies.count == 1 {
            add("Polygon", bodies[0], properties)
        } else {
            add("MultiPolygon", "[" + bodies.joined(separator: ",") + "]", properties)
        }
    }

    mutating func line(_ points: [PlanarPoint], _ properties: [(String, Value)]) {
        add("LineString", path(points), properties)
    }

    mutating func point(_ point: PlanarPoint, _ properties: [(String, Value)]) {
        add("Point", position(point), properties)
    }

    private mutating func add(_ type: String, _ coordinates: String, _ properties: [(String, Value)]) {
        features.append(feature(properties, geometry: "{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}"))
    }

    private func feature(_ properties: [(String, Value)], geometry: String) -> String {
        let members = properties.map { name, value in
            switch value {
            case .text(let text): "\"\(name)\":" + GeoJSONText.quoted(text)
            case .number(let number): "\"\(name)\":\(number)"
            case .bool(let bool): "\"\(name)\":\(bool)"
            }
        }
        return "{\"type\":\"Feature\",\"properties\":{" + members.joined(separator: ",") + "},\"geometry\":" + geometry
            + "}"
    }

    private func ring(_ points: [PlanarPoint], counterClockwise: Bool) -> String {
        let turns = OpenRing.area(Array(points.dropLast())) > 0
        return path(turns == counterClockwise ? points : points.reversed())
    }

    private func path(_ points: [PlanarPoint]) -> String { "[" + points.map(position).joined(separator: ",") + "]" }

    private func position(_ point: PlanarPoint) -> String {
        let s = projection.sevenths(point)
        return "[" + FixedDecimals.sevenths(s.longitude) + "," + FixedDecimals.sevenths(s.latitude) + "]"
    }

    static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
