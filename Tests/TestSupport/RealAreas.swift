public import Foundation
public import GeoGrid

extension RealData {
    /// The polygons of GeoJSON files of the real data, as they stand, and the string properties of every feature.
    ///
    /// A plain reader of its own, so that tests of the algorithms do not lean on the reader of the library.
    public static func areas(_ paths: [String]) throws -> (areas: Geometries, properties: [[String: String]]) {
        var areas = Geometries()
        var properties: [[String: String]] = []
        for path in paths {
            let root = try JSONSerialization.jsonObject(with: Data(contentsOf: url(path))) as? [String: Any]
            for case let feature as [String: Any] in root?["features"] as? [Any] ?? [] {
                let geometry = feature["geometry"] as? [String: Any]
                let coordinates = geometry?["coordinates"] as? [Any] ?? []
                let parts = geometry?["type"] as? String == "MultiPolygon" ? coordinates : [coordinates]
                areas.append(parts.count > 1 ? .multiPolygon : .polygon, parts: parts.map(rings))
                let values = feature["properties"] as? [String: Any] ?? [:]
                properties.append(values.compactMapValues { $0 as? String })
            }
        }
        return (areas, properties)
    }

    private static func rings(_ part: Any) -> [[PlanarPoint]] {
        (part as? [Any] ?? []).map { ring in
            (ring as? [[NSNumber]] ?? []).map { PlanarPoint(x: $0[0].doubleValue, y: $0[1].doubleValue) }
        }
    }

    public static let chiayiBase = ["tw_chiayi_4level/base_10020010.json", "tw_chiayi_4level/base_10020020.json"]
    public static let chiayiCode1 = ["tw_chiayi_4level/code1.json"]
    public static let chiayiCode2 = ["tw_chiayi_4level/code2.json"]
}

extension Geometries {
    /// Degrees scaled to metres around a latitude: keeps straight lines straight and equal coordinates equal.
    public func scaledToMetres(latitude: Double) -> Geometries {
        let metres = 6_371_008.8 * Double.pi / 180
        let shrink = cos(latitude * .pi / 180)
        return mapped { PlanarPoint(x: $0.x * metres * shrink, y: $0.y * metres) }
    }
}
