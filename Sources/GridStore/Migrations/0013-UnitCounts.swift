import GRDB

extension Migration {
    /// Households and people as the layers of units state them, for towns without a list of households.
    static let unitCounts = Migration("0013-unit-counts") { db in
        for table in ["community", "grid", "microgrid"] {
            try db.execute(
                sql: """
                    ALTER TABLE \(table) ADD COLUMN households INTEGER;
                    ALTER TABLE \(table) ADD COLUMN persons INTEGER;
                    """)
        }
    }
}
