import Foundation
import GeoGrid
import TestSupport
import Testing

/// Features of the ordinary kind are read by a short way of their own; a foreign member sends them the long way.
@Suite struct GeoJSONOrdinaryTests {
    /// Reads features both ways, which must give the same.
    private func compare(_ features: [String], _ comment: Comment) throws {
        func read(_ features: [String]) throws -> (table: FeatureTable, findings: [Finding]) {
            let text = #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",\n") + "]}"
            return try GeoJSONReader.read(Array(text.utf8), name: "t.geojson")
        }
        let short = try read(features)
        let long = try read(features.map { #"{"foreign":[],"# + $0.dropFirst() })
        // The words around a syntax error are not the same.
        func places(_ findings: [Finding]) -> [String] { findings.map { "\($0.code) \($0.severity) \($0.place)" } }
        #expect(places(short.findings) == places(long.findings), comment)
        let (a, b) = (short.table, long.table)
        #expect(a.geometries.kinds == b.geometries.kinds, comment)
        #expect(a.geometries.featureOffsets == b.geometries.featureOffsets, comment)
        #expect(a.geometries.partOffsets == b.geometries.partOffsets, comment)
        #expect(a.geometries.pathOffsets == b.geometries.pathOffsets, comment)
        #expect(a.geometries.xy.map(\.bitPattern) == b.geometries.xy.map(\.bitPattern), comment)
        #expect(a.ids == b.ids && a.records == b.records, comment)
        #expect(a.columns.map(\.name) == b.columns.map(\.name), comment)
        for (c, d) in zip(a.columns, b.columns) {
            #expect(c.kind == d.kind, comment)
            #expect((0..<c.count).map { c.text(row: $0) } == (0..<d.count).map { d.text(row: $0) }, comment)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func bothWaysReadTheSame(seed: UInt64) throws {
        var text = Writer(generator: SeededGenerator(seed: seed))
        for round in 0..<60 {
            text.spaces = round % 4 == 3
            text.oddity = round % 3 == 0 ? 0.1 : 0
            try compare((0..<12).map { _ in text.feature() }, "seed \(seed), round \(round)")
        }
    }

    @Test func numbersAreRoundedToTheNearest() throws {
        var generator = SeededGenerator(seed: 9)
        var numbers = ["0.1", "-0.0", "-0", "9007199254740993.0", "0.30000000000000004", "2.2250738585072014", "1e3"]
        for _ in 0..<400 {
            let decimals = generator.below(20)
            let digits = (0...decimals).map { _ in String(generator.below(10)) }.joined()
            numbers.append("\(generator.below(200)).\(digits)")
        }
        for chunk in stride(from: 0, to: numbers.count - 1, by: 2) {
            let pair = "[\(numbers[chunk]),\(numbers[chunk + 1])]"
            let feature = #"{"type":"Feature","properties":{"n":\#(numbers[chunk])},"geometry":{"type":"Point","#
            let table = try GeoJSONReader.read(
                Array((feature + #""coordinates":\#(pair)}}"#).utf8), name: "t.geojson"
            ).table
            guard table.count == 1, table.geometries.xy.count == 2 else { continue }
            #expect(table.geometries.xy == [Double(numbers[chunk]), Double(numbers[chunk + 1])])
            #expect(table.columns[0].number(row: 0) == Double(numbers[chunk]))
        }
    }

    @Test func featuresCutByTheEndOfAPieceAreWhole() throws {
        // Longer than the pieces the reader takes, so that features stand across their ends.
        let name = String(repeating: "网格", count: 40)
        let features = (0..<4000).map { i in
            #"{"type":"Feature","properties":{"n":\#(i),"name":"\#(name)"},"geometry":{"type":"Point","coordinates":[\#(i)e-3,0.5]}}"#
                .replacing("e-3", with: i % 2 == 0 ? ".125" : "e-3")
        }
        let text = #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
        let (table, findings) = try GeoJSONReader.read(Array(text.utf8), name: "t.geojson")
        #expect(!findings.contains { $0.severity == .error } && table.count == 4000)
        let numbers = table.column(named: "n")
        #expect((0..<4000).allSatisfy { numbers?.integer(row: $0) == $0 })
        #expect((0..<4000).allSatisfy { table.column(named: "name")?.text(row: $0) == name })
    }
}

/// Writes features, most of them ordinary.
private struct Writer {
    var generator: SeededGenerator
    var spaces = false
    /// How likely each odd thing is.
    var oddity = 0.0

    private mutating func chance(_ p: Double) -> Bool { generator.unit() < p }
    private mutating func space() -> String { spaces && chance(0.3) ? [" ", "\n", "\t ", "\r\n"][pick(4)] : "" }
    private mutating func pick(_ n: Int) -> Int { generator.below(n) }

    private mutating func number() -> String {
        if chance(oddity) {
            return ["1e2", "01", "1.", "null", "\"3\"", "-", "1e400", "123456789012345678901"][pick(8)]
        }
        let whole = pick(180) - 90
        return chance(0.2) ? "\(whole)" : "\(whole).\(pick(10_000_000))"
    }

    private mutating func list(_ items: [String]) -> String {
        "[" + items.map { space() + $0 }.joined(separator: space() + ",") + space() + "]"
    }

    private mutating func position(_ hasZ: Bool) -> String {
        list([number(), number()] + (hasZ != chance(oddity / 4) ? [number()] : []))
    }

    private mutating func path(_ hasZ: Bool, ring: Bool) -> String {
        if ring, !chance(oddity) {
            let x = Double(pick(1000)) / 8
            let y = Double(pick(600)) / 8
            var corners = ["[\(x),\(y)]", "[\(x + 1),\(y)]", "[\(x + 1.25),\(y + 1)]", "[\(x),\(y)]"]
            if chance(0.2) { corners.reverse() }
            return list(corners)
        }
        return list((0..<2 + pick(4)).map { _ in position(hasZ) })
    }

    private mutating func geometry() -> String {
        if chance(0.05) { return "null" }
        let hasZ = chance(0.2)
        let kind = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"][pick(6)]
        let coordinates =
            switch kind {
            case "Point": position(hasZ)
            case "MultiPoint": list((0...pick(3)).map { _ in position(hasZ) })
            case "LineString": path(hasZ, ring: false)
            case "MultiLineString": list((0...pick(3)).map { _ in path(hasZ, ring: false) })
            case "Polygon": list((0...pick(2)).map { _ in path(hasZ, ring: true) })
            default: list((0...pick(2)).map { _ in list([path(hasZ, ring: true)]) })
            }
        let name = chance(oddity) ? "Shape" : kind
        return #"{"type":"\#(name)",\#(space())"coordinates":\#(coordinates)\#(space())}"#
    }

    private mutating func properties() -> String {
        if chance(0.05) { return "null" }
        let values = ["1", "-7", "2.5", "true", "false", "null", #""云溪""#, #""plain""#, "12345678901234567"]
        let odd = [#""a\nb""#, "[1]", #"{"a":1}"#, "12345678901234567890", "1e3", "nul", "\"\u{1}\""]
        let members = (0..<pick(5)).map { i in
            let value = chance(oddity) ? odd[pick(odd.count)] : values[pick(values.count)]
            return #""p\#(chance(oddity) ? 0 : i)"\#(space()):\#(space())\#(value)"#
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    mutating func feature() -> String {
        var members = [#""properties":\#(properties())"#, #""geometry":\#(geometry())"#]
        if chance(0.3) { members.append(#""id":\#(["7", "\"a1\"", "1.5", "null"][pick(oddity > 0 ? 4 : 2)])"#) }
        if chance(oddity) { members.removeFirst() }
        members.insert(#""type":\#(space())"Feature""#, at: pick(2))
        return "{" + members.map { space() + $0 }.joined(separator: ",") + space() + "}"
    }
}
