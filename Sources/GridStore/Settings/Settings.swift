package import GRDB
package import GeoGrid

/// 设置: what a result depends on beside the data, kept in the town file so that it can be repeated.
package enum Settings {
    /// The key of a setting; other parts of the program add theirs in extensions.
    package struct Key: Hashable, Sendable {
        package let name: String

        package init(_ name: String) {
            self.name = name
        }

        package static let epsg = Key("epsg")
        /// Metres outside every unit within which a point is given to the nearest; else it is listed.
        package static let assignTolerance = Key("assign.tolerance")
        /// The workload model as YAML; the standard one where it is absent.
        package static let weights = Key("workload.weights")
        /// The line a sheet must carry for its base map: `中文|English`.
        package static let credit = Key("credit")
        /// `中文|English`.
        package static func levelName(_ level: Level) -> Key { Key("level.\(level.rawValue)") }
    }

    package static func get(_ key: Key, in db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE key = ?", arguments: [key.name])
    }

    package static func set(_ key: Key, to value: String?, in db: Database) throws {
        guard let value else {
            return try db.execute(sql: "DELETE FROM setting WHERE key = ?", arguments: [key.name])
        }
        try db.execute(
            sql:
                "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            arguments: [key.name, value])
    }

    /// All settings in order of their keys.
    package static func all(in db: Database) throws -> [(key: String, value: String)] {
        try Row.fetchAll(db, sql: "SELECT key, value FROM setting ORDER BY key").map { ($0[0], $0[1]) }
    }

    package static func levelNames(in db: Database) throws -> LevelNames {
        var names = LevelNames()
        for level in Level.allCases {
            if let name = try text(.levelName(level), in: db) { names[level] = name }
        }
        return names
    }

    /// A setting in both languages.
    package static func text(_ key: Key, in db: Database) throws -> Text? {
        let parts = try get(key, in: db)?.split(separator: "|", maxSplits: 1).map(String.init) ?? []
        return parts.count == 2 ? Text(zh: parts[0], en: parts[1]) : nil
    }
}
