import Foundation
package import GRDB
import GRDBSQLite
public import GeoGrid

/// 镇文件: one town in one GeoPackage file, that QGIS and `ogrinfo` open as it is.
///
/// Every write is one transaction: it happens whole or not at all. The file is open to its owner only (mode 0600).
/// Errors of the file are GG500–GG508; see `docs/file-format.md` for the tables.
public final class TownFile: Sendable {
    public let path: String
    private let queue: DatabaseQueue

    private init(path: String, queue: DatabaseQueue) {
        self.path = path
        self.queue = queue
    }

    /// 新建: makes a town file. Throws GG506 where something stands at `path`.
    ///
    /// The file is built beside its place and renamed there when it is whole.
    public static func create(at path: String, identity: TownIdentity) throws -> TownFile {
        guard access(path, F_OK) != 0 else { throw StoreError.existing(path) }
        var folder = stat()
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard stat(parent, &folder) == 0 else { throw StoreError.missing(path) }
        guard access(parent, W_OK) == 0 else { throw StoreError.forbidden(path) }
        try AtomicFile.replace(path, mode: 0o600) { temporary in
            do {
                let queue = try DatabaseQueue(path: temporary, configuration: configuration(readOnly: false))
                try queue.writeWithoutTransaction { db in
                    // The identifiers must stand before the first table, and outside a transaction.
                    try db.execute(
                        sql: """
                            PRAGMA application_id = \(FileHeader.applicationID);
                            PRAGMA user_version = \(FileHeader.geoPackageVersion);
                            """)
                }
                try Migrations.migrator.migrate(queue)
                try queue.write { try identity.insert(into: $0) }
                // Pages that migrations freed are not restored when a later write fails; without them every byte is.
                try queue.vacuum()
                try queue.close()
            } catch {
                unlink(temporary + "-journal")
                throw StoreError.mapped(error, path: path)
            }
        }
        return try open(path)
    }

    /// 打开: opens a town file, and brings one of an older version up to date.
    ///
    /// - Throws: GG500 newer, GG501 no town file, GG502 damaged, GG503 locked, GG505 forbidden, GG507 missing.
    public static func open(_ path: String, readOnly: Bool = false) throws -> TownFile {
        try FileHeader.check(path)
        do {
            // A journal left by a crash can only be rolled back by a writer.
            let mustWrite = !readOnly || access(path + "-journal", F_OK) == 0
            var queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: !mustWrite))
            let state = try queue.read { try Migrations.state(of: $0) }
            switch state {
            case .foreign: throw StoreError.notATown(path)
            case .newer: throw StoreError.newer(path)
            case .current: break
            case .older:
                if !mustWrite {
                    queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
                }
                try Migrations.migrator.migrate(queue)
            }
            return TownFile(path: path, queue: queue)
        } catch {
            throw StoreError.mapped(error, path: path)
        }
    }

    /// The version of the SQLite library in use, for `doctor`.
    public static var libraryVersion: String { String(cString: sqlite3_libversion()) }

    /// Closes the file; later use throws. Without it the file closes when the value goes away.
    public func close() throws { try queue.close() }

    /// Reads in one consistent view.
    package func read<T>(_ body: (Database) throws -> T) throws -> T {
        do { return try queue.read(body) } catch { throw StoreError.mapped(error, path: path) }
    }

    /// Writes in one transaction, rolled back when `body` throws or, at its end, the user has asked to stop.
    package func write<T>(progress: GeoGrid.Progress = .silent, _ body: (Database) throws -> T) throws -> T {
        do {
            return try queue.write { db in
                let result = try body(db)
                try progress.checkInterruption()
                return result
            }
        } catch {
            throw StoreError.mapped(error, path: path)
        }
    }

    /// As `write`, and rolled back in any case: what a dry run does.
    package func rehearse<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try queue.writeWithoutTransaction { db in
                var result: T?
                try db.inTransaction {
                    result = try body(db)
                    return .rollback
                }
                return result!
            }
        } catch {
            throw StoreError.mapped(error, path: path)
        }
    }

    /// Writes a compact copy to a path where nothing stands.
    func vacuum(into path: String) throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
    }

    /// Rebuilds the file, so that what was deleted is gone from it.
    func compact() throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
    }

    private static func configuration(readOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { db in
            // In KiB: pages of a large import are written once, at its end; a reader needs no page twice.
            try db.execute(sql: "PRAGMA cache_size = \(readOnly ? -1024 : -65536)")
            SpatialFunctions.register(in: db)
        }
        return configuration
    }
}

/// 镇的身份: what a town file is made with.
public struct TownIdentity: Hashable, Sendable {
    public var name: String
    /// 县名: mandatory, since towns in different counties share names.
    public var county: String
    /// 行政区划代码, nine digits, or empty.
    public var code = ""
    /// The metre system; nil leaves it to the first import.
    public var crs: CRS?
    public var levelNames = LevelNames()

    public init(name: String, county: String) {
        self.name = name
        self.county = county
    }

    func insert(into db: Database) throws {
        try db.execute(
            sql: "INSERT INTO town (fid, name, county, code) VALUES (1, ?, ?, ?)", arguments: [name, county, code])
        for level in Level.allCases {
            let text = levelNames[level]
            try Settings.set(.levelName(level), to: "\(text.zh)|\(text.en)", in: db)
        }
        if let crs { try SpatialReference.choose(crs, in: db) }
    }
}
