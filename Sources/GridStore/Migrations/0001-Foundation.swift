import GRDB

extension Migration {
    /// The town, its units, what stands and lives in them, who answers for them, settings and logs.
    static let foundation = Migration("0001-foundation") { db in
        try FeatureTables.createRegistry(in: db)

        try db.execute(
            sql: """
                CREATE TABLE setting (
                    fid INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
                CREATE TABLE town (
                    fid INTEGER PRIMARY KEY CHECK (fid = 1), name TEXT NOT NULL, county TEXT NOT NULL,
                    code TEXT NOT NULL DEFAULT '', geom MULTIPOLYGON);
                """)
        try FeatureTables.registerFeatures("town", title: "镇 / town", kind: .polygons, in: db)

        for (table, title) in [
            ("community", "社区 / communities"), ("grid", "网格 / grids"), ("microgrid", "微网格 / microgrids"),
        ] {
            try db.execute(
                sql: """
                    CREATE TABLE \(table) (
                        fid INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL DEFAULT '',
                        parent TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT '',
                        valid_from DATE, valid_to DATE, geom MULTIPOLYGON,
                        CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from < valid_to));
                    CREATE UNIQUE INDEX \(table)_version ON \(table) (code, ifnull(valid_from, ''));
                    CREATE UNIQUE INDEX \(table)_open ON \(table) (code) WHERE valid_to IS NULL;
                    CREATE INDEX \(table)_parent ON \(table) (parent);
                    """)
            try FeatureTables.registerFeatures(table, title: title, kind: .polygons, in: db)
        }

        try baseMap(db)
        try people(db)
        try logs(db)
    }

    private static func baseMap(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE building (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, compound TEXT NOT NULL DEFAULT '',
                    street TEXT NOT NULL DEFAULT '', number TEXT NOT NULL DEFAULT '',
                    floors INTEGER NOT NULL DEFAULT 1, use TEXT NOT NULL DEFAULT '', geom MULTIPOLYGON);
                CREATE TABLE road (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL DEFAULT '',
                    class TEXT NOT NULL, bridge BOOLEAN NOT NULL DEFAULT 0, geom MULTILINESTRING);
                CREATE TABLE water (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL DEFAULT '', geom GEOMETRY);
                CREATE TABLE place (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL DEFAULT '',
                    kind TEXT NOT NULL DEFAULT '', geom POINT);
                """)
        try FeatureTables.registerFeatures("building", title: "楼栋 / buildings", kind: .polygons, in: db)
        try FeatureTables.registerFeatures("road", title: "道路 / roads", kind: .lines, in: db)
        try FeatureTables.registerFeatures("water", title: "水系 / water", kind: .any, in: db)
        try FeatureTables.registerFeatures("place", title: "地名 / places", kind: .point, in: db)
    }

    /// Objects with a door. `unit` is the code of the lowest unit the last `assign` put them in, `placed` how.
    private static func people(_ db: Database) throws {
        let placed = "unit TEXT NOT NULL DEFAULT '', placed TEXT NOT NULL DEFAULT ''"
        let dated = """
            valid_from DATE, valid_to DATE, geom POINT,
            CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from < valid_to)
            """
        try db.execute(
            sql: """
                CREATE TABLE household (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL, head TEXT NOT NULL DEFAULT '',
                    phone TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '',
                    building TEXT NOT NULL DEFAULT '', persons INTEGER NOT NULL DEFAULT 1, risk TEXT,
                    \(placed), \(dated));
                CREATE TABLE care_resident (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL, household TEXT NOT NULL DEFAULT '',
                    name TEXT NOT NULL DEFAULT '', category TEXT NOT NULL, visits_per_month DOUBLE,
                    birth_year INTEGER, \(placed), \(dated));
                CREATE TABLE service_point (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL DEFAULT '',
                    kind TEXT NOT NULL DEFAULT '', capacity INTEGER, \(placed), \(dated));
                CREATE TABLE premises (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL DEFAULT '',
                    kind TEXT NOT NULL DEFAULT '', risk TEXT, address TEXT NOT NULL DEFAULT '', \(placed), \(dated));
                CREATE TABLE hazard (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL DEFAULT '', risk TEXT,
                    found DATE, closed DATE, note TEXT NOT NULL DEFAULT '', \(placed), geom POINT);
                CREATE TABLE person (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL DEFAULT '',
                    phone TEXT NOT NULL DEFAULT '', skills TEXT NOT NULL DEFAULT '',
                    party_member BOOLEAN NOT NULL DEFAULT 0, geom POINT);
                CREATE TABLE post (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, role TEXT NOT NULL, level TEXT NOT NULL,
                    unit TEXT NOT NULL, person TEXT REFERENCES person (id) ON UPDATE CASCADE,
                    employment TEXT NOT NULL DEFAULT 'full-time', valid_from DATE, valid_to DATE);
                CREATE INDEX post_unit ON post (unit);
                CREATE INDEX post_person ON post (person);
                CREATE INDEX household_building ON household (building);
                CREATE INDEX care_resident_household ON care_resident (household);
                """)
        for table in ["household", "care_resident", "service_point", "premises"] {
            try db.execute(
                sql: """
                    CREATE UNIQUE INDEX \(table)_version ON \(table) (id, ifnull(valid_from, ''));
                    CREATE UNIQUE INDEX \(table)_open ON \(table) (id) WHERE valid_to IS NULL;
                    """)
        }
        try FeatureTables.registerFeatures("household", title: "户 / households", kind: .point, in: db)
        try FeatureTables.registerFeatures("care_resident", title: "关爱人员 / care residents", kind: .point, in: db)
        try FeatureTables.registerFeatures("service_point", title: "服务点 / service points", kind: .point, in: db)
        try FeatureTables.registerFeatures("premises", title: "经营场所和出租房 / premises", kind: .point, in: db)
        try FeatureTables.registerFeatures("hazard", title: "隐患 / hazards", kind: .point, in: db)
        try FeatureTables.registerFeatures("person", title: "人员 / people who can hold a post", kind: .point, in: db)
        try FeatureTables.registerAttributes("post", title: "岗位任职 / posts", in: db)
    }

    private static func logs(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE import_log (
                    fid INTEGER PRIMARY KEY, at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
                    source TEXT NOT NULL, layer TEXT NOT NULL, effective DATE, taken INTEGER NOT NULL,
                    changed INTEGER NOT NULL, unchanged INTEGER NOT NULL, removed INTEGER NOT NULL,
                    rejected INTEGER NOT NULL, options TEXT NOT NULL DEFAULT '');
                CREATE TABLE change_log (
                    fid INTEGER PRIMARY KEY, import INTEGER NOT NULL REFERENCES import_log (fid),
                    key TEXT NOT NULL, action TEXT NOT NULL);
                CREATE INDEX change_log_import ON change_log (import);
                CREATE TABLE export_log (
                    fid INTEGER PRIMARY KEY, at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
                    command TEXT NOT NULL, edition TEXT NOT NULL, target TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '');
                """)
        try FeatureTables.registerAttributes("import_log", title: "导入记录 / imports", in: db)
        try FeatureTables.registerAttributes("change_log", title: "变更记录 / changes by imports", in: db)
        try FeatureTables.registerAttributes("export_log", title: "导出记录 / exports", in: db)
        try FeatureTables.registerAttributes("setting", title: "设置 / settings", in: db)
    }
}
