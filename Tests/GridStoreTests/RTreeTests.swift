import Foundation
import GRDB
import GeoGrid
import TestSupport
import Testing

@testable import GridStore

/// The R-tree of a layer, packed after many rows, against what its triggers make of the same rows.
@Suite struct RTreeTests {
    private func boxes(_ count: Int, seed: UInt64) -> [Box] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { i in
            let x = 500_000 + 6000 * generator.unit()
            let y = 3_500_000 + 6000 * generator.unit()
            let side = i % 3 == 0 ? 0 : 40 * generator.unit()
            return Box(minX: x, minY: y, maxX: x + side, maxY: y + side)
        }
    }

    private func checks(_ name: String, in db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT rtreecheck('rtree_\(name)_geom')")
    }

    @Test(arguments: [1, 40, 51, 52, 700, 2602, 3000])
    func packedTreesAreWholeAndFindWhatTheyHold(count: Int) throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFile.create(at: scratch.url("town.gpkg").path, identity: TownFileTests.identity())
        let boxes = boxes(count, seed: UInt64(count))
        try file.write { db in
            let rows = boxes.indices.map { RTreeLoader.Entry(id: $0 + 1, box: boxes[$0]) }
            try RTreeLoader("building", in: db).add(rows)
            #expect(try checks("building", in: db) == "ok")
            for window in self.boxes(40, seed: 7).map({ $0.expanded(by: 120) }) {
                let found = try Int.fetchAll(
                    db,
                    sql: """
                        SELECT id FROM rtree_building_geom
                        WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ? ORDER BY id
                        """,
                    arguments: [window.minX, window.maxX, window.minY, window.maxY])
                let expected = boxes.indices.filter { boxes[$0].intersects(window) }.map { $0 + 1 }
                // Bounds are rounded outwards to single precision, half a metre here.
                let near = boxes.indices.filter { boxes[$0].intersects(window.expanded(by: 1)) }.map { $0 + 1 }
                #expect(Set(found).isSuperset(of: expected) && Set(found).isSubset(of: near))
            }
            // The tree goes on as any other.
            try db.execute(sql: "INSERT INTO rtree_building_geom VALUES (99999, 1, 2, 3, 4)")
            try db.execute(sql: "DELETE FROM rtree_building_geom WHERE id <= 20")
            #expect(try checks("building", in: db) == "ok")
        }
    }

    @Test func anImportFillsTheTreeOfItsLayer() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        func importHouseholds(_ range: Range<Int>, x: Double) throws {
            var csv = "id,lon,lat\n"
            for i in range { csv += "N\(i),\(x + Double(i % 40) * 1e-5),\(30 + Double(i / 40) * 1e-5)\n" }
            let table = try CSVReader.read(URL(fileURLWithPath: scratch.write(csv, to: "n.csv"))).table
            _ = try file.importTable(table, as: .household)
        }
        try importHouseholds(0..<500, x: 120)
        try importHouseholds(300..<900, x: 120.001)
        try file.read { db in
            #expect(try checks("household", in: db) == "ok")
            let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM household")
            #expect(rows == 916)
            let indexed = try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM household JOIN rtree_household_geom AS tree ON fid = tree.id
                    WHERE ST_MinX(geom) BETWEEN minx AND maxx AND ST_MinY(geom) BETWEEN miny AND maxy
                    """)
            #expect(indexed == 916)
            let triggers = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM sqlite_master WHERE name LIKE 'rtree_household_geom_insert'")
            #expect(triggers == 1)
        }
    }
}
