import GRDB
import GeoGrid

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
}
