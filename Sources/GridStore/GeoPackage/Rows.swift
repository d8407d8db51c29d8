package import GRDB
import GRDBSQLite
package import GeoGrid

/// 逐行读取: rows of a query read straight from SQLite, for layers of tens of thousands of rows.
package struct Rows {
    private let statement: OpaquePointer

    /// Runs `sql` with text arguments (nil is NULL) and gives each row to `body`. O(rows).
    package static func each(
        _ db: Database, _ sql: String, _ arguments: [String?] = [], body: (Rows) throws -> Void
    ) throws {
        let prepared = try db.cachedStatement(sql: sql)
        let statement = prepared.sqliteStatement
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (i, argument) in arguments.enumerated() where argument != nil {
            sqlite3_bind_text(statement, Int32(i + 1), argument, -1, transient)
        }
        let rows = Rows(statement: statement)
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: sqlite3_extended_errcode(db.sqliteConnection)),
                    message: String(cString: sqlite3_errmsg(db.sqliteConnection)), sql: sql)
            }
            try body(rows)
        }
    }

    private init(statement: OpaquePointer) {
        self.statement = statement
    }

    package func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }

    /// Empty for NULL.
    package func text(_ column: Int) -> String {
        guard let bytes = sqlite3_column_text(statement, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return count == 0 ? "" : String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    package func integer(_ column: Int) -> Int { Int(sqlite3_column_int64(statement, Int32(column))) }
    package func optionalInteger(_ column: Int) -> Int? { isNull(column) ? nil : integer(column) }
    package func real(_ column: Int) -> Double { sqlite3_column_double(statement, Int32(column)) }
    package func optionalReal(_ column: Int) -> Double? { isNull(column) ? nil : real(column) }
    package func day(_ column: Int) -> Day? { isNull(column) ? nil : Day(text(column)) }

    /// The bytes of a blob, for the time of `body`.
    package func withBlob<T>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        let bytes = sqlite3_column_blob(statement, Int32(column))
        let count = bytes == nil ? 0 : Int(sqlite3_column_bytes(statement, Int32(column)))
        return try body(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    package func point(_ column: Int) -> PlanarPoint? { withBlob(column, GeometryBlobReader.point) }

    /// Tells SQLite to copy what it is given.
    static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// 批量写入: one prepared statement run for many rows.
package struct RowWriter {
    private let db: Database
    private let prepared: Statement

    package init(_ db: Database, _ sql: String) throws {
        self.db = db
        prepared = try db.makeStatement(sql: sql)
    }

    package func bind(_ parameter: Int, _ value: FieldValue) {
        let statement = prepared.sqliteStatement
        let i = Int32(parameter)
        switch value {
        case .null: sqlite3_bind_null(statement, i)
        case .integer(let n): sqlite3_bind_int64(statement, i, Int64(n))
        case .real(let x): sqlite3_bind_double(statement, i, x)
        case .text(let text):
            sqlite3_bind_text(statement, i, text, Int32(text.utf8.count), Rows.transient)
        }
    }

    package func bind(_ parameter: Int, blob: [UInt8]?) {
        guard let blob else {
            sqlite3_bind_null(prepared.sqliteStatement, Int32(parameter))
            return
        }
        sqlite3_bind_blob(prepared.sqliteStatement, Int32(parameter), blob, Int32(blob.count), Rows.transient)
    }

    /// Runs the statement with what is bound; bindings stay until they are bound again.
    package func run() throws {
        let statement = prepared.sqliteStatement
        let code = sqlite3_step(statement)
        defer { sqlite3_reset(statement) }
        guard code == SQLITE_DONE || code == SQLITE_ROW else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(db.sqliteConnection)),
                message: String(cString: sqlite3_errmsg(db.sqliteConnection)), sql: prepared.sql)
        }
    }
}

/// 字段值: what a column of the town file holds.
package enum FieldValue: Hashable, Sendable {
    case null
    case integer(Int)
    case real(Double)
    case text(String)
}
