import Foundation
import GeoGrid
import Planner

/// 危险区文件: polygons of a GeoJSON file, in town metres.
enum ZoneFile {
    /// Reads the polygons; degrees are taken as WGS 84 unless the file names another system. Throws GG484.
    static func read(_ path: String, for town: Town) throws -> AreaBarrier {
        let (table, findings) = try GeoJSONReader.read(URL(fileURLWithPath: path))
        var geometries = table.geometries
        if let first = findings.first(where: { $0.severity == .error }), geometries.count == 0 {
            throw GeoGridError(.dangerZone, first.message, remedy: first.remedy)
        }
        let system = CRS(epsg: town.epsg)
        let isDegrees = abs(geometries.box.maxX) <= 180 && abs(geometries.box.maxY) <= 90
        if let source = table.crs ?? (isDegrees ? .wgs84 : nil), source != system {
            try Projection(from: source, to: system).apply(to: &geometries)
        }
        var areas: [[[PlanarPoint]]] = []
        for f in 0..<geometries.count
        where geometries.kinds[f] == .polygon || geometries.kinds[f] == .multiPolygon {
            areas += geometries.feature(f)
        }
        guard !areas.isEmpty else {
            throw GeoGridError(
                .dangerZone, Text(zh: "\(path) 里没有面", en: "\(path) holds no polygon"),
                remedy: Text(zh: "危险区要画成面", en: "draw the danger zone as a polygon"))
        }
        return AreaBarrier(areas: areas)
    }
}
