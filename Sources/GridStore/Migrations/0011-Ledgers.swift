import GRDB

extension Migration {
    /// Events, parcels, projects, other zonings, other names, and visits to what the ledgers hold.
    static let ledgers = Migration("0011-ledgers") { db in
        try db.execute(
            sql: """
                CREATE TABLE event (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, day DATE, kind TEXT NOT NULL DEFAULT '',
                    subject TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '', closed DATE,
                    unit TEXT NOT NULL DEFAULT '', placed TEXT NOT NULL DEFAULT '', geom POINT);
                CREATE TABLE project (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL DEFAULT '',
                    kind TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT '', started DATE, finished DATE,
                    unit TEXT NOT NULL DEFAULT '', placed TEXT NOT NULL DEFAULT '', valid_from DATE, valid_to DATE,
                    geom POINT);
                CREATE TABLE parcel (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL DEFAULT '',
                    kind TEXT NOT NULL DEFAULT '', mu DOUBLE, valid_from DATE, valid_to DATE, geom MULTIPOLYGON);
                CREATE TABLE zone (
                    fid INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL DEFAULT '', zoning TEXT NOT NULL,
                    kind TEXT NOT NULL DEFAULT 'overlay', valid_from DATE, valid_to DATE, geom MULTIPOLYGON);
                CREATE TABLE alias (
                    fid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, target TEXT NOT NULL);
                CREATE TABLE inspection (
                    fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, object TEXT NOT NULL, day DATE,
                    result TEXT NOT NULL DEFAULT '');
                CREATE INDEX inspection_object ON inspection (object, day);
                """)
        for (table, key) in [("project", "id"), ("parcel", "id"), ("zone", "code")] {
            try db.execute(
                sql: """
                    CREATE UNIQUE INDEX \(table)_version ON \(table) (\(key), ifnull(valid_from, ''));
                    CREATE UNIQUE INDEX \(table)_open ON \(table) (\(key)) WHERE valid_to IS NULL;
                    """)
        }
        try FeatureTables.registerFeatures("event", title: "事件 / events", kind: .point, in: db)
        try FeatureTables.registerFeatures("project", title: "项目 / projects", kind: .point, in: db)
        try FeatureTables.registerFeatures("parcel", title: "地块 / parcels", kind: .polygons, in: db)
        try FeatureTables.registerFeatures("zone", title: "其他网格体系 / other zonings", kind: .polygons, in: db)
        try FeatureTables.registerAttributes("alias", title: "曾用名和别名 / other names", in: db)
        try FeatureTables.registerAttributes("inspection", title: "检查走访 / inspections and visits", in: db)
    }
}
