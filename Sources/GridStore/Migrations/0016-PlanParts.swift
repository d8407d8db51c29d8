import GRDB

extension Migration {
    /// Plans that split a microgrid: the unit before (`origin`), the one after (`unit`), its name and area.
    static let planParts = Migration("0016-plan-parts") { db in
        try db.execute(
            sql: """
                CREATE TABLE plan_unit_parts (
                    fid INTEGER PRIMARY KEY, plan INTEGER NOT NULL REFERENCES plan (fid) ON DELETE CASCADE,
                    unit TEXT NOT NULL, origin TEXT NOT NULL, old_grid TEXT NOT NULL, new_grid TEXT NOT NULL,
                    households INTEGER NOT NULL, people INTEGER NOT NULL, changes_lead BOOLEAN NOT NULL,
                    name TEXT NOT NULL DEFAULT '', geom BLOB, UNIQUE (plan, origin, unit));
                INSERT INTO plan_unit_parts (fid, plan, unit, origin, old_grid, new_grid, households, people,
                    changes_lead)
                    SELECT fid, plan, unit, unit, old_grid, new_grid, households, people, changes_lead FROM plan_unit;
                DROP TABLE plan_unit;
                ALTER TABLE plan_unit_parts RENAME TO plan_unit;
                """)
    }
}
