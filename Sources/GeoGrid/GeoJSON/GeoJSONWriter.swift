extension IssueCode {
    /// 数值不能写出.
    public static let unwritableNumber = IssueCode("GG116")
}

/// GeoJSON 写出: RFC 7946 by default, feature by feature into a sink, in constant memory.
///
/// Shells run counter-clockwise and holes clockwise whatever order they came in. Degrees keep 7 decimals (a
/// centimetre), metres 3; numbers are the shortest that read back the same at that precision. Coordinates are written
/// as they stand: project them to WGS 84 first, or name the system they are in.
///
/// Example:
/// ```swift
/// var writer = GeoJSONWriter { try handle.write(contentsOf: $0) }
/// try writer.write(table)
/// try writer.finish()
/// ```
public struct GeoJSONWriter {
    private let sink: ([UInt8]) throws -> Void
    private let layout: Layout
    private let crs: CRS?
    private let scale: Double
    private var buffer: [UInt8] = []
    private var isOpen = false
    private var count = 0

    /// 版式: one collection, or one feature a line (GeoJSONSeq without separators, as tippecanoe and jq like it).
    public enum Layout: Sendable {
        case collection, lines
    }

    /// - Parameters:
    ///   - crs: a system other than WGS 84 the coordinates are in; named in the `crs` member of 2008, which QGIS and
    ///     GDAL read. Nil for longitude and latitude on WGS 84.
    ///   - sink: takes the text in pieces of about 64 KB.
    public init(crs: CRS? = nil, layout: Layout = .collection, sink: @escaping ([UInt8]) throws -> Void) {
        self.sink = sink
        self.layout = layout
        self.crs = crs == .wgs84 ? nil : crs
        scale = crs.map { $0.isGeographic } ?? true ? 1e7 : 1e3
        buffer.reserveCapacity(1 << 17)
    }

    /// A whole table as one collection, in memory.
    public static func bytes(_ table: FeatureTable, crs: CRS? = nil) throws -> [UInt8] {
        var all: [UInt8] = []
        try withoutActuallyEscaping({ all.append(contentsOf: $0) }) { sink in
            var writer = GeoJSONWriter(crs: crs, sink: sink)
            try writer.write(table)
            try writer.finish()
        }
        return all
    }

    /// Writes all rows of a table. Throws `GG116` for a coordinate that is no finite number.
    public mutating func write(_ table: FeatureTable) throws {
        let keys = table.columns.map { JSONText.quoted($0.name) + [UInt8(ascii: ":")] }
        for row in 0..<table.count { try write(table, row: row, keys: keys) }
    }

    private mutating func write(_ table: FeatureTable, row: Int, keys: [[UInt8]]) throws {
        try open()
        if layout == .collection { buffer.append(contentsOf: count == 0 ? "\n".utf8 : ",\n".utf8) }
        count += 1
        buffer.append(contentsOf: #"{"type":"Feature","#.utf8)
        if let id = table.ids[row] {
            buffer.append(contentsOf: #""id":"#.utf8)
            JSONText.append(id, to: &buffer)
            buffer.append(UInt8(ascii: ","))
        }
        buffer.append(contentsOf: #""properties":{"#.utf8)
        for (index, column) in table.columns.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append(contentsOf: keys[index])
            column.appendJSON(row: row, to: &buffer)
        }
        buffer.append(contentsOf: #"},"geometry":"#.utf8)
        try appendGeometry(table.geometries, row, place: table.place(row: row))
        buffer.append(UInt8(ascii: "}"))
        if layout == .lines { buffer.append(UInt8(ascii: "\n")) }
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Ends the collection and hands the rest to the sink.
    public mutating func finish() throws {
        try open()
        if layout == .collection { buffer.append(contentsOf: "\n]}\n".utf8) }
        try flush()
    }

    private mutating func open() throws {
        guard !isOpen else { return }
        isOpen = true
        guard layout == .collection else { return }
        buffer.append(contentsOf: #"{"type":"FeatureCollection","#.utf8)
        if let crs {
            buffer.append(
                contentsOf:
                    #""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::\#(crs.epsg)"}},"#.utf8)
        }
        buffer.append(contentsOf: #""features":["#.utf8)
    }

    private mutating func flush() throws {
        guard !buffer.isEmpty else { return }
        try sink(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func appendGeometry(_ g: Geometries, _ row: Int, place: Place) throws {
        let name: StaticString
        switch g.kinds[row] {
        case .none:
            buffer.append(contentsOf: "null".utf8)
            return
        case .point: name = "Point"
        case .multiPoint: name = "MultiPoint"
        case .lineString: name = "LineString"
        case .multiLineString: name = "MultiLineString"
        case .polygon: name = "Polygon"
        case .multiPolygon: name = "MultiPolygon"
        }
        let run = g.coordinates(ofFeature: row)
        guard g.xy[2 * run.lowerBound..<2 * run.upperBound].allSatisfy({ abs($0) < 1e12 }) else {
            throw GeoGridError(
                .unwritableNumber,
                Text(
                    zh: "第 \(place.record ?? row + 1) 个要素的坐标不是有限的数，不能写成 GeoJSON",
                    en:
                        "Feature \(place.record ?? row + 1) has a coordinate that is no finite number; GeoJSON cannot hold it"
                ),
                remedy: Text(zh: "请检查这个要素的图形和坐标系", en: "Check its geometry and coordinate system"))
        }
        buffer.append(contentsOf: #"{"type":""#.utf8)
        name.withUTF8Buffer { buffer.append(contentsOf: $0) }
        buffer.append(contentsOf: #"","coordinates":"#.utf8)
        let parts = g.parts(ofFeature: row)
        let isMulti = g.kinds[row].rawValue % 2 == 0
        if isMulti { buffer.append(UInt8(ascii: "[")) }
        for part in parts {
            if part > parts.lowerBound { buffer.append(UInt8(ascii: ",")) }
            appendPart(g, part, kind: g.kinds[row])
        }
        if isMulti { buffer.append(UInt8(ascii: "]")) }
        buffer.append(UInt8(ascii: "}"))
    }

    private mutating func appendPart(_ g: Geometries, _ part: Int, kind: GeometryKind) {
        let paths = g.paths(ofPart: part)
        switch kind {
        case .none: break
        case .point, .multiPoint: appendPosition(g, g.coordinates(ofPath: paths.lowerBound).lowerBound)
        case .lineString, .multiLineString: appendPath(g, g.coordinates(ofPath: paths.lowerBound), reversed: false)
        case .polygon, .multiPolygon:
            buffer.append(UInt8(ascii: "["))
            for path in paths {
                let isShell = path == paths.lowerBound
                if !isShell { buffer.append(UInt8(ascii: ",")) }
                let area = g.signedArea(ofRing: path)
                appendPath(g, g.coordinates(ofPath: path), reversed: area != 0 && (area > 0) != isShell)
            }
            buffer.append(UInt8(ascii: "]"))
        }
    }

    private mutating func appendPath(_ g: Geometries, _ run: Range<Int>, reversed: Bool) {
        buffer.append(UInt8(ascii: "["))
        for step in 0..<run.count {
            if step > 0 { buffer.append(UInt8(ascii: ",")) }
            appendPosition(g, reversed ? run.upperBound - 1 - step : run.lowerBound + step)
        }
        buffer.append(UInt8(ascii: "]"))
    }

    private mutating func appendPosition(_ g: Geometries, _ index: Int) {
        buffer.append(UInt8(ascii: "["))
        appendRounded(g.xy[2 * index])
        buffer.append(UInt8(ascii: ","))
        appendRounded(g.xy[2 * index + 1])
        buffer.append(UInt8(ascii: "]"))
    }

    /// Rounds to the decimals of the scale and writes without trailing zeros: the shortest text of the rounded number.
    private mutating func appendRounded(_ value: Double) {
        let scaled = Int64((value * scale).rounded())
        let unit = Int64(scale)
        JSONText.append(decimal: scaled, unit: unit, to: &buffer)
    }
}
