import GRDB

extension Migration {
    /// Zones of two zonings may share a code: their key is zoning and code, and a post may name the zoning it is in.
    static let zoneKeys = Migration("0017-zone-keys") { db in
        try db.execute(
            sql: """
                DROP INDEX zone_version;
                DROP INDEX zone_open;
                CREATE UNIQUE INDEX zone_version ON zone (zoning, code, ifnull(valid_from, ''));
                CREATE UNIQUE INDEX zone_open ON zone (zoning, code) WHERE valid_to IS NULL;
                ALTER TABLE post ADD COLUMN zoning TEXT NOT NULL DEFAULT '';
                """)
    }
}
