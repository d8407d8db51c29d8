public import Foundation

/// 外部格式: what other programs must read for us.
public enum ExternalFormat: String, CaseIterable, Sendable {
    case shapefile, kml, dxf, mapInfo, geoPackage, workbook, openStreetMap

    /// By the ending of the file name; nil for GeoJSON, CSV and what is not known.
    public init?(_ url: URL) {
        let name = url.lastPathComponent.lowercased()
        switch url.pathExtension.lowercased() {
        case "shp", "shz", "zip": self = .shapefile
        case "kml", "kmz": self = .kml
        case "dxf": self = .dxf
        case "tab", "mif": self = .mapInfo
        case "gpkg": self = .geoPackage
        case "xlsx": self = .workbook
        case "osm", "pbf": self = .openStreetMap
        case "gz" where name.hasSuffix(".osm.gz"), "bz2" where name.hasSuffix(".osm.bz2"): self = .openStreetMap
        default: return nil
        }
    }

    /// Debian package of the program that reads it.
    public var package: String { self == .openStreetMap ? "osmium-tool" : "gdal-bin" }

    static let unpackedNames = ["kmz", "xlsx", "zip", "shz"]
}
