package import GRDB

/// 版本迁移: one change of the tables, applied once, never edited after its release.
///
/// A new one is a file of its own with `extension Migration { static let … }`, appended to `Migrations.all`.
/// Its SQL is spelled out, not derived from code that may change later.
struct Migration: Sendable {
    /// Stable, `0001-foundation`.
    let name: String
    let apply: @Sendable (Database) throws -> Void

    init(_ name: String, _ apply: @escaping @Sendable (Database) throws -> Void) {
        self.name = name
        self.apply = apply
    }
}

enum Migrations {
    /// In order of application; only ever appended to.
    static let all: [Migration] = [
        .foundation, .carePlans, .plans, .ledgers, .unitCounts, .careSubtypes, .planParts, .zoneKeys,
        .planFigures,
    ]

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for migration in all { migrator.registerMigration(migration.name, migrate: migration.apply) }
        return migrator
    }

    enum State {
        case current, older, newer
        /// A GeoPackage, but none of ours.
        case foreign
    }

    static func state(of db: Database) throws -> State {
        let known = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_master WHERE name IN ('grdb_migrations', 'setting', 'town')")
        guard known.count == 3 else { return .foreign }
        let applied = try Set(String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations"))
        let names = all.map(\.name)
        if !applied.isSubset(of: names) { return .newer }
        return names.allSatisfy(applied.contains) ? .current : .older
    }
}
