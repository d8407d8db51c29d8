package import GRDB

/// 图层登记: makes a table known to GIS programs, with an R-tree that its triggers keep.
///
/// Source: OGC 12-128r17, clauses 1.1.3, 2.1.5 and annex F.3 (RTree Spatial Indexes).
package enum FeatureTables {
    /// The tables every GeoPackage has, and the two undefined systems and WGS 84.
    static func createRegistry(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE gpkg_spatial_ref_sys (
                    srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
                    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
                CREATE TABLE gpkg_contents (
                    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
                    description TEXT DEFAULT '',
                    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
                    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
                    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
                CREATE TABLE gpkg_geometry_columns (
                    table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
                    srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
                    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
                    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
                    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
                    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
                CREATE TABLE gpkg_extensions (
                    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
                    scope TEXT NOT NULL,
                    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
                INSERT INTO gpkg_spatial_ref_sys VALUES
                    ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinates'),
                    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinates'),
                    ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",\
                SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],\
                PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,\
                AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]', 'longitude and latitude');
                """)
    }

    /// Registers a table made before with a primary key `fid` and a column `geom`, and gives it an R-tree.
    package static func registerFeatures(_ table: String, title: String, kind: GeometryBlob.Kind, in db: Database)
        throws
    {
        let srs = try SpatialReference.chosen(in: db) ?? -1
        try db.execute(
            sql:
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, 'features', ?, ?, ?)",
            arguments: [table, table, title, srs])
        try db.execute(
            sql: "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
            arguments: [table, kind.rawValue, srs])
        try db.execute(
            sql: """
                INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index',
                    'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')
                """,
            arguments: [table])
        try db.execute(sql: "CREATE VIRTUAL TABLE rtree_\(table)_geom USING rtree(id, minx, maxx, miny, maxy)")
        try createTriggers(table, in: db)
    }

    /// Registers a table without geometry.
    package static func registerAttributes(_ table: String, title: String, in db: Database) throws {
        try db.execute(
            sql:
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
            arguments: [table, table, title])
    }

    /// After a table was written: its extent, from the R-tree, and when it changed.
    package static func touch(_ table: String, in db: Database) throws {
        let now = "last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
        if try db.tableExists("rtree_\(table)_geom") {
            try db.execute(
                sql: """
                    UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) =
                        (SELECT min(minx), min(miny), max(maxx), max(maxy) FROM rtree_\(table)_geom), \(now)
                    WHERE table_name = ?
                    """,
                arguments: [table])
        } else {
            try db.execute(sql: "UPDATE gpkg_contents SET \(now) WHERE table_name = ?", arguments: [table])
        }
    }

    /// Lets `body` add rows to a registered table without its R-tree, which the caller then fills (`RTreeLoader`).
    static func withoutInsertTrigger(_ table: String, in db: Database, _ body: () throws -> Void) throws {
        try db.execute(sql: "DROP TRIGGER rtree_\(table)_geom_insert")
        try body()
        try db.execute(sql: insertTrigger(table))
    }

    private static func put(_ t: String) -> String {
        """
        INSERT OR REPLACE INTO rtree_\(t)_geom VALUES (NEW.fid,
            ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
        """
    }

    private static func insertTrigger(_ t: String) -> String {
        """
        CREATE TRIGGER rtree_\(t)_geom_insert AFTER INSERT ON \(t)
            WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
            BEGIN \(put(t)) END;
        """
    }

    private static func createTriggers(_ t: String, in db: Database) throws {
        let put = put(t)
        let dropOld = "DELETE FROM rtree_\(t)_geom WHERE id = OLD.fid;"
        try db.execute(
            sql: """
                \(insertTrigger(t))
                CREATE TRIGGER rtree_\(t)_geom_update1 AFTER UPDATE OF geom ON \(t)
                    WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
                    BEGIN \(put) END;
                CREATE TRIGGER rtree_\(t)_geom_update2 AFTER UPDATE OF geom ON \(t)
                    WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
                    BEGIN \(dropOld) END;
                CREATE TRIGGER rtree_\(t)_geom_update3 AFTER UPDATE ON \(t)
                    WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
                    BEGIN \(dropOld) \(put) END;
                CREATE TRIGGER rtree_\(t)_geom_update4 AFTER UPDATE ON \(t)
                    WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
                    BEGIN DELETE FROM rtree_\(t)_geom WHERE id IN (OLD.fid, NEW.fid); END;
                CREATE TRIGGER rtree_\(t)_geom_delete AFTER DELETE ON \(t)
                    WHEN OLD.geom NOT NULL
                    BEGIN \(dropOld) END;
                """)
    }
}
