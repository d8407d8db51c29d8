import GRDB

extension Migration {
    /// Plans of grids: drafts, what was adopted, and what stood before.
    static let plans = Migration("0010-plans") { db in
        try db.execute(
            sql: """
                CREATE TABLE plan (
                    fid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, status TEXT NOT NULL DEFAULT 'draft',
                    made DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), town_day DATE NOT NULL,
                    adopted DATE, seed TEXT NOT NULL, effort INTEGER NOT NULL, tolerance DOUBLE NOT NULL,
                    moves DOUBLE NOT NULL, worst DOUBLE NOT NULL, compactness DOUBLE NOT NULL,
                    border DOUBLE NOT NULL);
                CREATE TABLE plan_community (
                    fid INTEGER PRIMARY KEY, plan INTEGER NOT NULL REFERENCES plan (fid) ON DELETE CASCADE,
                    code TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (plan, code));
                CREATE TABLE plan_grid (
                    fid INTEGER PRIMARY KEY, plan INTEGER NOT NULL REFERENCES plan (fid) ON DELETE CASCADE,
                    code TEXT NOT NULL, name TEXT NOT NULL, community TEXT NOT NULL, lead TEXT,
                    load INTEGER NOT NULL, share INTEGER NOT NULL, households INTEGER NOT NULL,
                    people INTEGER NOT NULL, UNIQUE (plan, code));
                CREATE TABLE plan_unit (
                    fid INTEGER PRIMARY KEY, plan INTEGER NOT NULL REFERENCES plan (fid) ON DELETE CASCADE,
                    unit TEXT NOT NULL, old_grid TEXT NOT NULL, new_grid TEXT NOT NULL, households INTEGER NOT NULL,
                    people INTEGER NOT NULL, changes_lead BOOLEAN NOT NULL, UNIQUE (plan, unit));
                """)
        try FeatureTables.registerAttributes("plan", title: "划格方案 / plans of grids", in: db)
        try FeatureTables.registerAttributes("plan_community", title: "方案中的社区 / communities of plans", in: db)
        try FeatureTables.registerAttributes("plan_grid", title: "方案中的网格 / grids of plans", in: db)
        try FeatureTables.registerAttributes("plan_unit", title: "新旧对照 / crosswalk of plans", in: db)
    }
}
