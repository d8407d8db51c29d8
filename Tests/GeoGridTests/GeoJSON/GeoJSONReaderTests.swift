import Foundation
import GeoGrid
import Testing

@Suite struct GeoJSONReaderTests {
    func read(_ text: String) throws -> (table: FeatureTable, findings: [Finding]) {
        try GeoJSONReader.read(Array(text.utf8), name: "t.geojson")
    }

    func feature(_ geometry: String, properties: String = "{}", id: String? = nil) -> String {
        #"{"type":"Feature","# + (id.map { #""id":\#($0),"# } ?? "")
            + #""properties":\#(properties),"geometry":\#(geometry)}"#
    }

    func collection(_ features: [String]) -> String {
        #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",\n") + "]}"
    }

    let square = #"{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}"#
    let point = #"{"type":"Point","coordinates":[114.5,30.25]}"#

    @Test func readsEveryKind() throws {
        let (table, findings) = try read(
            collection([
                feature(point), feature(#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#),
                feature(#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#),
                feature(#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8],[9,10]]]}"#),
                feature(square),
                feature(
                    #"{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[1,2],[2,2],[1,1]]],[[[20,0],[21,0],[21,1],[20,0]]]]}"#
                ),
                feature("null"), feature(#"{"type":"Polygon","coordinates":[]}"#),
            ]))
        #expect(findings == [])
        let g = table.geometries
        #expect(g.kinds == [.point, .multiPoint, .lineString, .multiLineString, .polygon, .multiPolygon, .none, .none])
        #expect(g.featureOffsets == [0, 1, 3, 4, 6, 7, 9, 9, 9])
        #expect(g.feature(3)[1] == [[(5, 6), (7, 8), (9, 10)].map { PlanarPoint(x: $0.0, y: $0.1) }])
        #expect(g.area(ofFeature: 5) == 81 - 0.5 + 0.5)
        #expect(table.records == Array(1...8))
    }

    @Test func columnsTakeTheNarrowestKindThatHoldsAll() throws {
        let rows = [
            #"{"name":"云溪社区","n":1,"x":1,"b":true,"mixed":1,"deep":{"a":[1,2]},"big":12345678901234567890123}"#,
            #"{"name":null,"n":2,"x":2.5,"b":false,"mixed":"二","late":"here"}"#,
            #"{"n":9007199254740993,"x":-1e-7,"mixed":true,"deep":[]}"#,
        ]
        let (table, findings) = try read(collection(rows.map { feature("null", properties: $0) }))
        #expect(findings == [])
        #expect(table.columns.map(\.name) == ["name", "n", "x", "b", "mixed", "deep", "big", "late"])
        #expect(
            table.columns.map(\.kind) == [.text, .integer, .number, .boolean, .text, .json, .text, .text])
        func texts(_ name: String) -> [String?] { (0..<3).map { table.column(named: name)!.text(row: $0) } }
        #expect(texts("name") == ["云溪社区", nil, nil])
        #expect(texts("n") == ["1", "2", "9007199254740993"])
        #expect(texts("x") == ["1", "2.5", "-1e-07"])
        #expect(texts("b") == ["true", "false", nil])
        #expect(texts("mixed") == ["1", "二", "true"])
        #expect(texts("deep") == [#"{"a":[1,2]}"#, nil, "[]"])
        #expect(texts("big") == ["12345678901234567890123", nil, nil])
        #expect(texts("late") == [nil, "here", nil])
        #expect(table.column(named: "n")?.integer(row: 2) == 9_007_199_254_740_993)
        #expect(table.column(named: "x")?.number(row: 1) == 2.5)
        #expect(table.column(named: "b")?.boolean(row: 0) == true)
    }

    @Test func identifiersMayBeNumbersOrText() throws {
        let (table, findings) = try read(
            collection([
                feature(point, id: "7"), feature(point, id: #""a-1""#), feature(point), feature(point, id: "{}"),
                feature(point, id: "1.5"),
            ]))
        #expect(table.ids == ["7", "a-1", nil, nil, "1.5"])
        #expect(findings.map(\.code) == [.irregularMember])
        #expect(findings[0].place.record == 4)
    }

    @Test(arguments: ["\u{FEFF}", "\r\n \t", "\u{1E}"]) func leadingBytesAreSkipped(_ prefix: String) throws {
        let (table, findings) = try read(prefix + collection([feature(point)]).replacing("\n", with: "\r\n"))
        #expect(table.count == 1)
        #expect(findings == [])
    }

    @Test func readsNewlineDelimitedFeaturesAndSequences() throws {
        let lines = (0..<50).map { feature(point, properties: #"{"n":\#($0)}"#) }
        for text in [
            lines.joined(separator: "\n"), lines.joined(separator: "\r\n") + "\r\n",
            lines.map { "\u{1E}" + $0 + "\n" }.joined(),
        ] {
            let (table, findings) = try read(text)
            #expect(findings == [])
            #expect(table.records == Array(1...50))
            #expect(table.column(named: "n")?.integer(row: 49) == 49)
        }
        let (table, findings) = try read([lines[0], #"{"type":"Feature", oops"#, lines[2]].joined(separator: "\n"))
        #expect(table.count == 2)
        #expect(findings.map(\.code) == [.jsonSyntax])
        #expect(findings[0].place.record == 2)
    }

    @Test func readsTheTypeAfterTheFeaturesAndTheOldCRSMember() throws {
        let text =
            #"{"features":[\#(feature(point))],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"type":"FeatureCollection"}"#
        let (table, findings) = try read(text)
        #expect(findings == [])
        #expect(table.crs == .cgcs2000)
        let unknown = text.replacing("urn:ogc:def:crs:EPSG::4490", with: "GCJ-02")
        #expect(try read(unknown).findings.map(\.code) == [.unknownCRS])
    }

    @Test func readsBareGeometriesAndFeatures() throws {
        #expect(try read(point).table.geometries[coordinate: 0] == PlanarPoint(x: 114.5, y: 30.25))
        #expect(try read(feature(square)).table.geometries.kinds == [.polygon])
    }

    @Test func collectionsKeepTheHighestDimension() throws {
        let (table, findings) = try read(
            #"{"type":"GeometryCollection","geometries":[\#(point),{"type":"LineString","coordinates":[[0,0],[1,1]]},\#(square),{"type":"Point","coordinates":[5,5]},\#(square)]}"#
        )
        #expect(table.geometries.kinds == [.multiPolygon])
        #expect(table.geometries.featureOffsets == [0, 2])
        #expect(table.geometries.partOffsets == [0, 1, 2])
        #expect(table.geometries.pathOffsets == [0, 5, 10])
        #expect(table.geometries.area(ofFeature: 0) == 8)
        #expect(findings.map(\.code) == [.geometryCollection])
    }

    @Test func aBadFeatureNeverVoidsTheFile() throws {
        let bad: [(String, IssueCode)] = [
            (feature(#"{"type":"Point","coordinates":["1",2]}"#), .badCoordinate),
            (feature(#"{"type":"Point","coordinates":[NaN,2]}"#), .badCoordinate),
            (feature(#"{"type":"Point","coordinates":[1e400,2]}"#), .badCoordinate),
            (feature(#"{"type":"Point","coordinates":[1e12,2]}"#), .badCoordinate),
            (feature(#"{"type":"Point","coordinates":[1]}"#), .badCoordinate),
            (feature(#"{"type":"Polygon","coordinates":[[0,0],[1,0],[1,1],[0,0]]}"#), .malformedGeometry),
            (feature(#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}"#), .tooFewPoints),
            (feature(#"{"type":"LineString","coordinates":[[0,0]]}"#), .tooFewPoints),
            (feature(#"{"type":"Polygon"}"#), .malformedGeometry),
            (feature(#"{"type":"Polygone","coordinates":[]}"#), .notAFeature),
            (feature("[1,2]"), .malformedGeometry),
            ("null", .notAFeature), ("[]", .notAFeature), (point, .notAFeature),
            (#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2}}"#, .jsonSyntax),
            (#"{"type":"Feature","properties":{"a":tru},"geometry":null}"#, .jsonSyntax),
            (#"{"type":"Feature","properties":{"a" 1},"geometry":null}"#, .jsonSyntax),
            (
                feature(
                    point,
                    properties: #"{"a":\#(String(repeating: "[", count: 1200))\#(String(repeating: "]", count: 1200))}"#
                ),
                .beyondLimit
            ),
        ]
        for (text, code) in bad {
            let (table, findings) = try read(collection([feature(square), text, feature(point, id: "9")]))
            #expect(table.records == [1, 3], "\(text): \(table.records)")
            #expect(table.ids.last == "9")
            #expect(findings.map(\.code) == [code], "\(text): \(findings)")
            #expect(findings.first?.severity == .error)
            #expect(findings.first?.place.record == 2)
            #expect(findings.first?.message.en.contains("line 2") == true, "\(findings)")
            #expect(table.geometries.pathOffsets == [0, 5, 6])
        }
    }

    @Test func aMissingBracketCostsOneFeature() throws {
        let broken = String(feature(square).dropLast())
        let (table, findings) = try read(collection([feature(point), broken, feature(point), feature(point)]))
        #expect(table.records.count == 3)
        #expect(findings.contains { $0.code == .jsonSyntax && $0.severity == .error })
    }

    @Test func unclosedRingsAreClosed() throws {
        let (table, findings) = try read(
            feature(#"{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2]]]}"#))
        #expect(table.geometries.area(ofFeature: 0) == 4)
        #expect(findings.map(\.code) == [.unclosedRing])
        #expect(findings[0].place.coordinate == PlanarPoint(x: 0, y: 2))
    }

    @Test func ringOrderIsFreeAndNoted() throws {
        let clockwise = #"{"type":"Polygon","coordinates":[[[0,0],[0,2],[2,2],[2,0],[0,0]]]}"#
        let (table, findings) = try read(collection([feature(clockwise), feature(clockwise), feature(square)]))
        #expect(table.count == 3)
        #expect(findings.map(\.severity) == [.note])
        #expect(findings[0].message.en.contains("2 times"))
    }

    @Test func duplicateKeysAreReported() throws {
        let (table, findings) = try read(
            #"{"type":"Feature","properties":{"a":1,"a":2},"geometry":\#(point),"geometry":null}"#)
        #expect(table.geometries.kinds == [.point])
        #expect(table.column(named: "a")?.integer(row: 0) == 1)
        #expect(findings.map(\.code) == [.irregularMember, .irregularMember])
    }

    @Test func notANumberInPropertiesIsNull() throws {
        let (table, findings) = try read(feature(point, properties: #"{"a":NaN,"b":-Infinity,"c":"NaN"}"#))
        #expect(table.column(named: "a")?.isNull(row: 0) == true)
        #expect(table.column(named: "c")?.text(row: 0) == "NaN")
        #expect(findings.map(\.code) == [.irregularMember])
    }

    @Test func brokenBytesAreTheFeaturesOwn() throws {
        var bytes = Array(collection([feature(point, properties: #"{"名":"一"}"#), feature(point)]).utf8)
        bytes += Array(" ".utf8)
        let at = try #require(bytes.firstIndex(of: 0xE4))
        bytes[at] = 0xFF
        let (table, findings) = try GeoJSONReader.read(bytes, name: "t")
        #expect(table.records == [2])
        #expect(findings.map(\.code) == [.wrongEncoding])
    }

    @Test func aSwappedFeatureAmongManyIsNamedByItself() throws {
        func feature(_ x: Double, _ y: Double) -> String {
            #"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[\#(x),\#(y)]}}"#
        }
        for (x, y) in [(30.25, 114.5), (45, 85)] {
            let features = [feature(114.5, 30.25), feature(114.6, 30.25), feature(x, y), feature(114.7, 30.25)]
            let found = try read(#"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#)
                .findings
            #expect(found.map(\.code) == [.swappedAxes] && found.map(\.place.record) == [3])
        }
    }

    @Test func swappedAxesAndMetresAreNoticed() throws {
        #expect(try read(#"{"type":"Point","coordinates":[30.25,114.5]}"#).findings.map(\.code) == [.swappedAxes])
        #expect(
            try read(#"{"type":"Point","coordinates":[500123.5,3345678.25]}"#).findings.map(\.code)
                == [.undeclaredCRS])
        #expect(try read(point).findings == [])
    }
}
