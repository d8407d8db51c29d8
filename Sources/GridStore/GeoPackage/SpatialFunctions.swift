import GRDB
import GRDBSQLite
import GeoGrid

/// The functions that the triggers of a GeoPackage's R-trees call: `ST_IsEmpty`, `ST_MinX` and its three siblings.
///
/// Given to SQLite through its own interface, since they run for every row written.
enum SpatialFunctions {
    static func register(in db: Database) {
        add("ST_IsEmpty", to: db) { context, _, values in
            sqlite3_result_int(context, SpatialFunctions.box(values) == nil ? 1 : 0)
        }
        add("ST_MinX", to: db) { SpatialFunctions.result($0, SpatialFunctions.box($2)?.minX) }
        add("ST_MaxX", to: db) { SpatialFunctions.result($0, SpatialFunctions.box($2)?.maxX) }
        add("ST_MinY", to: db) { SpatialFunctions.result($0, SpatialFunctions.box($2)?.minY) }
        add("ST_MaxY", to: db) { SpatialFunctions.result($0, SpatialFunctions.box($2)?.maxY) }
    }

    private typealias Function =
        @convention(c) (
            OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?
        ) -> Void

    private static func add(_ name: String, to db: Database, _ function: Function) {
        sqlite3_create_function_v2(
            db.sqliteConnection, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil, function, nil, nil, nil)
    }

    private static func box(_ values: UnsafeMutablePointer<OpaquePointer?>?) -> Box? {
        guard let value = values?[0], let bytes = sqlite3_value_blob(value) else { return nil }
        return GeometryBlobReader.box(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_value_bytes(value))))
    }

    private static func result(_ context: OpaquePointer?, _ value: Double?) {
        if let value { sqlite3_result_double(context, value) } else { sqlite3_result_null(context) }
    }
}
