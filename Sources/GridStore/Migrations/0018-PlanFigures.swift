import GRDB

extension Migration {
    /// What plans say more of: border along streets, how the leads fare, loads of the grids before.
    static let planFigures = Migration("0018-plan-figures") { db in
        try db.execute(
            sql: """
                ALTER TABLE plan ADD COLUMN streets DOUBLE;
                ALTER TABLE plan ADD COLUMN leads_kept INTEGER;
                ALTER TABLE plan ADD COLUMN leads_changed INTEGER;
                ALTER TABLE plan ADD COLUMN leads_freed INTEGER;
                CREATE TABLE plan_before (
                    fid INTEGER PRIMARY KEY, plan INTEGER NOT NULL REFERENCES plan (fid) ON DELETE CASCADE,
                    code TEXT NOT NULL, load INTEGER NOT NULL, UNIQUE (plan, code));
                """)
        try FeatureTables.registerAttributes("plan_before", title: "方案之前的网格 / grids before plans", in: db)
    }
}
