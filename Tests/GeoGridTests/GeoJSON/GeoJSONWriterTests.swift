import Foundation
import GeoGrid
import TestSupport
import Testing

@Suite struct GeoJSONWriterTests {
    func text(_ table: FeatureTable, crs: CRS? = nil) throws -> String {
        String(decoding: try GeoJSONWriter.bytes(table, crs: crs), as: UTF8.self)
    }

    func points(_ pairs: [(Double, Double)]) -> [PlanarPoint] { pairs.map { PlanarPoint(x: $0.0, y: $0.1) } }

    @Test func writesRightHandRingsAndShortNumbers() throws {
        var geometries = Geometries()
        let clockwise = points([(0, 0), (0, 10), (10, 10), (10, 0), (0, 0)])
        let counterClockwise = points([(1, 1), (2, 1), (2, 2), (1, 1)])
        geometries.append(.polygon, parts: [[clockwise, counterClockwise]])
        geometries.append(PlanarPoint(x: 114.123_456_789, y: -0.000_000_04))
        geometries.append(.lineString, parts: [])
        geometries.append(.multiLineString, parts: [[points([(-1.5, 2), (3, 4)])], [points([(5, 6), (7, 8)])]])
        let table = FeatureTable(
            source: "t", geometries: geometries, ids: ["a\"1", nil, nil, nil],
            columns: [
                PropertyColumn(name: "名", texts: ["云\n溪", nil, "", "\u{1}\\"]),
                PropertyColumn(name: "n", numbers: [0.1, 1e21, -3, 2.5]),
                PropertyColumn(name: "b", booleans: [true, nil, false, false]),
                PropertyColumn(name: "j", json: ["[1]", nil, "{}", nil]),
            ])
        let expected = #"""
            {"type":"FeatureCollection","features":[
            {"type":"Feature","id":"a\"1","properties":{"名":"云\n溪","n":0.1,"b":true,"j":[1]},"geometry":{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[1,1],[2,2],[2,1],[1,1]]]}},
            {"type":"Feature","properties":{"名":null,"n":1e+21,"b":null,"j":null},"geometry":{"type":"Point","coordinates":[114.1234568,0]}},
            {"type":"Feature","properties":{"名":"","n":-3,"b":false,"j":{}},"geometry":null},
            {"type":"Feature","properties":{"名":"\u0001\\","n":2.5,"b":false,"j":null},"geometry":{"type":"MultiLineString","coordinates":[[[-1.5,2],[3,4]],[[5,6],[7,8]]]}}
            ]}

            """#
        #expect(try text(table) == expected)
    }

    @Test func metresKeepMillimetresAndNameTheirSystem() throws {
        var geometries = Geometries()
        geometries.append(PlanarPoint(x: 528_770.237_34, y: 3_386_666.250_6))
        let out = try text(FeatureTable(source: "t", geometries: geometries), crs: CRS(epsg: 4547))
        #expect(out.contains(#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}}"#))
        #expect(out.contains("[528770.237,3386666.251]"))
        let (back, findings) = try GeoJSONReader.read(Array(out.utf8), name: "t")
        #expect(back.crs == CRS(epsg: 4547))
        #expect(findings == [])
    }

    @Test func whatIsNotFiniteIsRefused() {
        var geometries = Geometries()
        geometries.append(PlanarPoint(x: .nan, y: 1))
        #expect {
            try text(FeatureTable(source: "t", geometries: geometries))
        } throws: { error in
            (error as? GeoGridError)?.code == .unwritableNumber
        }
    }

    /// Random tables come back the same to a centimetre, and a second writing gives the same bytes.
    @Test func readingUndoesWriting() throws {
        var generator = SeededGenerator(seed: 17)
        var geometries = Geometries()
        var names: [String?] = []
        let count = 200
        for i in 0..<count {
            func near(_ n: Int) -> [PlanarPoint] {
                (0..<n).map { _ in
                    PlanarPoint(x: 114 + generator.unit(), y: 30 + generator.unit())
                }
            }
            func ring() -> [PlanarPoint] {
                let p = near(3 + generator.below(5))
                return p + [p[0]]
            }
            switch i % 7 {
            case 0: geometries.append(near(1)[0])
            case 1: geometries.append(.multiPoint, parts: near(3).map { [[$0]] })
            case 2: geometries.append(.lineString, parts: [[near(2 + generator.below(9))]])
            case 3: geometries.append(.multiLineString, parts: [[near(2)], [near(4)]])
            case 4: geometries.append(.polygon, parts: [[ring(), ring()]])
            case 5: geometries.append(.multiPolygon, parts: [[ring()], [ring(), ring(), ring()]])
            default: geometries.append(.point, parts: [])
            }
            names.append(i % 5 == 0 ? nil : "名\(i)\"\\\u{7}\u{1F600}")
        }
        let table = FeatureTable(
            source: "t", geometries: geometries,
            columns: [
                PropertyColumn(name: "name", texts: names),
                PropertyColumn(name: "i", integers: (0..<count).map { $0 % 3 == 0 ? nil : $0 - 50 }),
                PropertyColumn(name: "x", numbers: (0..<count).map { _ in generator.unit() * 1e6 - 5e5 }),
            ])
        let first = try GeoJSONWriter.bytes(table)
        let (back, findings) = try GeoJSONReader.read(first, name: "t")
        #expect(findings.filter { $0.severity != .note } == [])
        #expect(back.geometries.kinds == geometries.kinds)
        #expect(back.geometries.pathOffsets == geometries.pathOffsets)
        for row in 0..<count {
            #expect(abs(back.geometries.area(ofFeature: row) - geometries.area(ofFeature: row)) < 1e-6)
            for column in table.columns {
                #expect(back.column(named: column.name)?.text(row: row) == column.text(row: row))
            }
        }
        #expect(try GeoJSONWriter.bytes(back) == first)
        #expect(!findings.contains { $0.message.en.contains("Rings run") })
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func chiayiSurvives() throws {
        let (table, _) = try GeoJSONReader.read(RealData.url("tw_chiayi_4level/code2.json"))
        let (back, findings) = try GeoJSONReader.read(try GeoJSONWriter.bytes(table), name: "code2.json")
        #expect(findings == [])
        #expect(back.geometries.kinds == table.geometries.kinds)
        #expect(abs(back.geometries.box.minX - table.geometries.box.minX) < 1e-7)
        #expect(back.columns.map(\.name) == table.columns.map(\.name))
    }
}
