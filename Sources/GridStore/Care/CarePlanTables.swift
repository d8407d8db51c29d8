import GRDB

extension Migration {
    /// Plans of the care commands, and their items as a layer that GIS programs show.
    static let carePlans = Migration("care-plans") { db in
        try db.execute(
            sql: """
                CREATE TABLE care_plan (
                    fid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, day DATE NOT NULL,
                    parameters TEXT NOT NULL, figures TEXT NOT NULL, adopted BOOLEAN NOT NULL DEFAULT 0,
                    made_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')));
                CREATE UNIQUE INDEX care_plan_adopted ON care_plan (kind) WHERE adopted;
                CREATE TABLE care_plan_item (
                    fid INTEGER PRIMARY KEY,
                    plan TEXT NOT NULL REFERENCES care_plan (name) ON DELETE CASCADE ON UPDATE CASCADE,
                    role TEXT NOT NULL, subject TEXT NOT NULL, target TEXT NOT NULL DEFAULT '',
                    rank INTEGER NOT NULL DEFAULT 0, value DOUBLE NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '',
                    geom GEOMETRY);
                CREATE INDEX care_plan_item_plan ON care_plan_item (plan);
                """)
        try FeatureTables.registerAttributes("care_plan", title: "服务方案 / care plans", in: db)
        try FeatureTables.registerFeatures(
            "care_plan_item", title: "服务方案条目 / items of care plans", kind: .any, in: db)
    }
}
