import GRDB

extension Migration {
    /// What a care category says more closely: a monitored household's risk removed, or newly found.
    static let careSubtypes = Migration("0014-care-subtypes") { db in
        try db.execute(sql: "ALTER TABLE care_resident ADD COLUMN subtype TEXT NOT NULL DEFAULT ''")
    }
}
