import GRDB
import GeoGrid
import Planner

/// 随单元撤销的岗位: ends, on a day, the posts of units that are no longer there from that day on.
///
/// A post that begins later, or whose unit is none (a zone of another zoning), stays.
enum PostsOfGoneUnits {
    static func end(on day: Day, in db: Database) throws {
        for level in [Level.community, .grid, .microgrid] {
            try db.execute(
                sql: """
                    UPDATE post SET valid_to = ?1
                    WHERE level = ?2 AND zoning = '' AND (valid_from IS NULL OR valid_from < ?1) AND (valid_to IS NULL OR valid_to > ?1)
                        AND unit IN (SELECT code FROM \(level.rawValue))
                        AND unit NOT IN (SELECT code FROM \(level.rawValue) WHERE \(LayerLoader.valid))
                    """, arguments: [day.description, level.rawValue])
        }
        try FeatureTables.touch("post", in: db)
    }

    /// 复岗: opens anew, on a day, the posts that ended with units which are there again after a change was taken back.
    /// Those of grid leads are the plan's own affair.
    static func revive(_ change: PlanChange, endedOn ended: String, on day: Day, in db: Database) throws {
        let levels: [(level: Level, before: UnitLayer, after: UnitLayer)] = [
            (.community, change.before.communities, change.after.communities),
            (.grid, change.before.grids, change.after.grids),
            (.microgrid, change.before.microgrids, change.after.microgrids),
        ]
        let those = """
            level = :level AND unit = :unit AND zoning = '' AND valid_to = :ended AND NOT (level = 'grid' AND role = :lead)
            """
        for (level, before, after) in levels {
            let there = Set(before.codes)
            for code in after.codes where !there.contains(code) {
                let found: StatementArguments = [
                    "level": level.rawValue, "unit": code, "ended": ended, "lead": LeadMatching.role,
                ]
                if ended == day.description {
                    try db.execute(sql: "UPDATE post SET valid_to = NULL WHERE \(those)", arguments: found)
                } else {
                    try db.execute(
                        sql: """
                            INSERT INTO post (id, role, level, unit, person, employment, valid_from)
                            SELECT id || '-' || :day, role, level, unit, person, employment, :day FROM post WHERE \(those)
                            """, arguments: found + ["day": day.description])
                }
            }
        }
        try FeatureTables.touch("post", in: db)
    }
}
