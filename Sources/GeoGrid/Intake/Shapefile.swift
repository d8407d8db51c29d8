import Foundation

/// Shapefile 的文字编码: what GDAL must be told about the texts of a Shapefile.
enum Shapefile {
    static func gdalPath(_ file: URL, _ format: ExternalFormat) -> String {
        format == .shapefile && ["zip", "shz"].contains(file.pathExtension.lowercased())
            ? "/vsizip/" + file.path : file.path
    }

    /// Options that name the encoding, where the file does not: neither a `.cpg` beside it nor a code page in the
    /// `.dbf`. GDAL would take such texts for Latin-1; Chinese files are GBK or UTF-8.
    static func openOptions(_ file: URL, format: ExternalFormat, encoding: TextEncoding?) throws -> [String] {
        guard format == .shapefile else { return [] }
        if let encoding { return ["-oo", "ENCODING=\(name(encoding))"] }
        guard file.pathExtension.lowercased() == "shp", !exists(file, "cpg"), let table = sibling(file, "dbf") else {
            return []
        }
        let bytes = try ByteSource(table).readAll(limit: 1 << 30)
        guard bytes.count > 32, bytes[29] == 0 || bytes[29] == 0x57 else { return [] }
        let start = Int(bytes[8]) | Int(bytes[9]) << 8
        guard start < bytes.count, bytes.contains(where: { $0 >= 0x80 }) else { return [] }
        let fields = records(bytes, from: start)
        if fields.allSatisfy({ TextEncoding.isUTF8($0) }) { return ["-oo", "ENCODING=UTF-8"] }
        return ["-oo", "ENCODING=GB18030"]
    }

    private static func name(_ encoding: TextEncoding) -> String {
        switch encoding {
        case .utf8: "UTF-8"
        case .gb18030: "GB18030"
        }
    }

    /// The fields of the first records that are not ASCII, without their padding; a cut character is forgiven.
    private static func records(_ bytes: [UInt8], from start: Int) -> [[UInt8]] {
        bytes[start...].prefix(1 << 20).split { $0 == 0x20 || $0 == 0 }.filter { $0.contains { $0 >= 0x80 } }.map(
            Array.init)
    }

    private static func exists(_ file: URL, _ ending: String) -> Bool { sibling(file, ending) != nil }

    private static func sibling(_ file: URL, _ ending: String) -> URL? {
        [ending, ending.uppercased()].lazy.map { file.deletingPathExtension().appendingPathExtension($0) }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }
}
