import CSimdjson
public import Foundation

/// GeoJSON 读取: RFC 7946 files, the older habits of other programs, and newline-delimited features.
///
/// Example:
/// ```swift
/// let (grids, findings) = try GeoJSONReader.read(URL(fileURLWithPath: "grids.geojson"))
/// let codes = grids.column(named: "code")
/// ```
public enum GeoJSONReader {
    /// Reads a whole file. Features that cannot be read become findings; the rest are taken. O(bytes).
    ///
    /// Accepts any ring order, a third coordinate (dropped), null and empty geometries (kind `none`),
    /// GeometryCollections (see `GeometryKind`), foreign members, the `crs` member of 2008, a byte order mark, CRLF,
    /// and unclosed rings (closed, with a warning).
    ///
    /// - Parameter name: what findings call the file; its last path component where none is given.
    /// - Throws: `GG100` when the file cannot be opened, `GG101`–`GG104` when it is no GeoJSON, cut off, in another
    ///   encoding, or nested or sized beyond all measure.
    public static func read(_ url: URL, name: String? = nil) throws -> (table: FeatureTable, findings: [Finding]) {
        try whole(GeoJSONStream(ByteSource(url), name: name, batch: .max))
    }

    /// Reads bytes already in memory; otherwise as the reader of files.
    public static func read(_ bytes: [UInt8], name: String) throws -> (table: FeatureTable, findings: [Finding]) {
        try whole(GeoJSONStream(bytes, name: name))
    }

    /// Reads a stream, such as standard input, to its end; otherwise as the reader of files.
    public static func read(_ source: ByteSource, name: String? = nil) throws -> (
        table: FeatureTable, findings: [Finding]
    ) {
        try whole(GeoJSONStream(source, name: name, batch: .max))
    }

    /// The version of the JSON library that this program is built with, for `doctor`.
    public static var libraryVersion: String { String(cString: gg_simdjson_version()) }

    private static func whole(_ stream: GeoJSONStream) throws -> (table: FeatureTable, findings: [Finding]) {
        guard let (table, findings) = try stream.next() else {
            preconditionFailure("a stream has at least one batch")
        }
        return (table, findings + CoordinateCheck.findings(table))
    }
}
