package import GeoGrid

/// 几何数据: GeoPackage binary geometry, a header with an envelope before well-known binary, little-endian.
///
/// Source: OGC 12-128r17, GeoPackage Encoding Standard 1.3, clause 2.1.3; OGC 06-103r4, clause 8 (WKB).
package enum GeometryBlob {
    /// The geometry types a layer declares.
    package enum Kind: String, Sendable {
        case point = "POINT"
        case lines = "MULTILINESTRING"
        case polygons = "MULTIPOLYGON"
        /// Whatever the feature is.
        case any = "GEOMETRY"
    }

    /// The blob of one feature; nil for a feature without geometry, or of a type the layer does not take.
    package static func encode(feature: Int, of geometries: Geometries, as kind: Kind, srs: Int) -> [UInt8]? {
        let actual = geometries.kinds[feature]
        let type: UInt32
        switch (kind, actual) {
        case (_, .none): return nil
        case (.point, .point), (.any, .point): type = 1
        case (.lines, .lineString), (.lines, .multiLineString), (.any, .multiLineString): type = 5
        case (.polygons, .polygon), (.polygons, .multiPolygon), (.any, .multiPolygon): type = 6
        case (.any, .lineString): type = 2
        case (.any, .polygon): type = 3
        case (.any, .multiPoint): type = 4
        default: return nil
        }
        var out: [UInt8] = []
        let coordinates = geometries.coordinates(ofFeature: feature)
        out.reserveCapacity(64 + coordinates.count * 16)
        header(&out, srs: srs, box: actual == .point ? nil : geometries.box(ofFeature: feature))
        func path(_ path: Int) {
            for i in geometries.coordinates(ofPath: path) {
                append(geometries.xy[2 * i], to: &out)
                append(geometries.xy[2 * i + 1], to: &out)
            }
        }
        func counted(_ path: Int) {
            append(UInt32(geometries.coordinates(ofPath: path).count), to: &out)
            for i in geometries.coordinates(ofPath: path) {
                append(geometries.xy[2 * i], to: &out)
                append(geometries.xy[2 * i + 1], to: &out)
            }
        }
        func begin(_ type: UInt32) {
            out.append(1)
            append(type, to: &out)
        }
        func rings(_ part: Int) {
            append(UInt32(geometries.paths(ofPart: part).count), to: &out)
            for ring in geometries.paths(ofPart: part) { counted(ring) }
        }
        begin(type)
        let parts = geometries.parts(ofFeature: feature)
        switch type {
        case 1: path(geometries.paths(ofPart: parts.lowerBound).lowerBound)
        case 2: counted(geometries.paths(ofPart: parts.lowerBound).lowerBound)
        case 3: rings(parts.lowerBound)
        default:
            append(UInt32(parts.count), to: &out)
            for part in parts {
                begin(type - 3)
                switch type {
                case 4: path(geometries.paths(ofPart: part).lowerBound)
                case 5: counted(geometries.paths(ofPart: part).lowerBound)
                default: rings(part)
                }
            }
        }
        return out
    }

    /// The blob of a point.
    package static func encode(_ point: PlanarPoint, srs: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(29)
        header(&out, srs: srs, box: nil)
        out.append(1)
        append(UInt32(1), to: &out)
        append(point.x, to: &out)
        append(point.y, to: &out)
        return out
    }

    private static func header(_ out: inout [UInt8], srs: Int, box: Box?) {
        // "GP", version 0; flags: little-endian, envelope of x and y or none.
        out += [0x47, 0x50, 0, box == nil ? 1 : 3]
        append(UInt32(bitPattern: Int32(srs)), to: &out)
        guard let box else { return }
        for bound in [box.minX, box.maxX, box.minY, box.maxY] { append(bound, to: &out) }
    }

    private static func append(_ value: UInt32, to out: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { out.append(contentsOf: $0) }
    }

    private static func append(_ value: Double, to out: inout [UInt8]) {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { out.append(contentsOf: $0) }
    }
}
