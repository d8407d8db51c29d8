import Foundation
import GeoGrid

/// 文件头检查: what the first hundred bytes say, before SQLite is asked, so that each mishap has a clear word.
///
/// Source: SQLite, "Database File Format", section 1.3.
enum FileHeader {
    /// `GPKG` in ASCII.
    static let applicationID: UInt32 = 0x4750_4B47
    /// GeoPackage 1.3.
    static let geoPackageVersion = 10_300

    /// Throws unless the file is there, readable, a GeoPackage, and as long as it says it is.
    static func check(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw errno == EACCES ? StoreError.forbidden(path) : StoreError.missing(path)
        }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw StoreError.directory(path) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.forbidden(path) }
        defer { close(descriptor) }
        var header = [UInt8](repeating: 0, count: 100)
        let magic = Array("SQLite format 3\0".utf8)
        let count = read(descriptor, &header, header.count)
        guard count >= magic.count, Array(header[..<magic.count]) == magic else { throw StoreError.notATown(path) }
        guard count == header.count else { throw StoreError.damaged(path) }

        func number(at offset: Int) -> UInt32 { header[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        guard number(at: 68) == applicationID else { throw StoreError.notATown(path) }
        let pageSize = header[16] == 0 && header[17] == 1 ? 65_536 : Int(header[16]) << 8 | Int(header[17])
        // The page count holds only where the version that wrote it agrees with the change counter.
        if number(at: 24) == number(at: 92), Int(status.st_size) < pageSize * Int(number(at: 28)) {
            throw StoreError.damaged(path, "\(status.st_size) < \(pageSize * Int(number(at: 28)))")
        }
    }
}
