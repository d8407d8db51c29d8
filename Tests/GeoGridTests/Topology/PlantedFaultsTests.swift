import Foundation
import GeoGrid
import TestSupport
import Testing

/// One fault of every kind, planted in one town: all are found, each once, and nothing else.
@Suite struct PlantedFaultsTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func findsEveryKindOnceAndNothingElse(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var tiling = Tiling(columns: 12, rows: 12, bends: 2, using: &generator)
        let groups = (0..<144).map { $0 / 12 / 3 * 4 + $0 % 12 / 3 }
        let parents = Dissolve.joined(tiling.areas, into: groups, count: 16)
        let parentCodes = (0..<16).map { "\(530_102_100 + $0)" }
        var codes = (0..<144).map { "\(parentCodes[groups[$0]])\(100 + $0)" }
        var childParents = groups.map { parentCodes[$0] }
        let original = codes

        func shift(_ unit: Int, _ index: Int, x: Double = 0, y: Double = 0) {
            let p = tiling.rings[unit][index]
            tiling.moveVertex(index, ofUnit: unit, to: PlanarPoint(x: p.x + x, y: p.y + y))
        }
        tiling.rings[13].swapAt(1, 4)  // invalid
        shift(16, 1, y: 10)  // gap
        shift(19, 1, y: 0.3)  // sliver gap
        shift(22, 1, y: -10)  // overlap
        shift(49, 1, y: -0.3)  // sliver overlap
        shift(3, 3, x: -0.02)  // nearly meeting, at the outer border
        let border = tiling.rings[92][4]  // outside its parent
        tiling.moveVertexEverywhere(border, to: PlanarPoint(x: border.x + 9, y: border.y))
        codes[58] = ""
        codes[85] = codes[86]
        codes[88] = "5301021"
        childParents[127] = "999999999"

        var parts = tiling.rings.map { [[$0]] }
        parts[39].append(parts[65][0])  // two pieces
        var both = Geometries()
        for unit in [122, 123] { both.append(.polygon, parts: parts[unit]) }
        parts[122] = Dissolve.joined(both, into: [0, 0], count: 1).feature(0)  // in two parents
        parts.append(parts[55])  // duplicate area
        codes.append("530102105900")
        childParents.append(childParents[55])
        parts.append([])  // no area
        codes.append("530102100901")
        childParents.append(childParents[0])

        let kept = parts.indices.filter { ![65, 123, 143].contains($0) }
        var areas = Geometries()
        for unit in kept { areas.append(parts[unit].count > 1 ? .multiPolygon : .polygon, parts: parts[unit]) }
        let report = try Audit.report(on: [
            AuditLayer(name: Text(zh: "网格", en: "grid"), codes: parentCodes, areas: parents),
            AuditLayer(
                name: Text(zh: "微网格", en: "microgrid"), codes: kept.map { codes[$0] },
                parentCodes: kept.map { childParents[$0] }, areas: areas),
        ])
        let found = report.findings.map { "\($0.kind.rawValue) \($0.labels.joined(separator: " "))" }
        #expect(
            found == [
                "noArea 530102100901", "invalidArea \(original[13])", "gap \(original[4]) \(original[16])",
                "sliverGap \(original[7]) \(original[19])", "overlap \(original[10]) \(original[22])",
                "sliverOverlap \(original[37]) \(original[49])", "severalPieces \(original[39])",
                "duplicateArea \(original[55]) 530102105900", "emptyCode #59",
                "duplicateCode \(original[86]) \(original[86])",
                "malformedCode 5301021", "nearlyMeeting \(original[3]) \(original[4])", "outsideParent \(original[92])",
                "twoParents \(original[122])", "orphan \(original[127])", "parentNotUnion \(parentCodes[15])",
            ])
        #expect(report.findings.allSatisfy { $0.kind == .noArea || !$0.place.isEmpty })
    }

    /// The dirty town's list of faults is what the audit reports, with the same areas, and nothing else.
    @Test func findsTheFaultsOfTheDirtyTown() throws {
        let report = try Audit.report(on: layers("data/dirty"))
        let list = try String(contentsOf: Repository.url("data/dirty/faults.csv"), encoding: .utf8)
        let expected = list.split(whereSeparator: \.isNewline).dropFirst().compactMap { line -> Fault? in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard ["community", "grid", "microgrid"].contains(fields[1]) else { return nil }
            return Fault(
                kind: fields[0], units: Set(fields[2].split(separator: " ").map(String.init)), area: Double(fields[3]))
        }
        let found = report.findings.map { finding in
            Fault(
                kind: finding.kind.rawValue, units: Set(finding.labels.filter { !$0.hasPrefix("#") }),
                area: finding.area)
        }
        #expect(expected.count >= 16)
        #expect(found.map(\.name).sorted() == expected.map(\.name).sorted())
        for fault in expected {
            guard let area = fault.area, let match = found.first(where: { $0.name == fault.name }) else { continue }
            // The list was measured in a projection written for it.
            #expect(abs((match.area ?? 0) - area) < 0.01 + 1e-4 * area, "\(fault.name)")
        }
    }

    private struct Fault {
        var kind: String
        var units: Set<String>
        var area: Double?
        var name: String { ([kind] + units.sorted()).joined(separator: " ") }
    }

    /// The town that comes with the project nests exactly.
    @Test func theSampleTownIsClean() throws {
        let report = try Audit.report(on: layers("data/town"))
        #expect(report.layers.map(\.units) == [19, 241, 952])
        #expect(report.findings.map(\.finding.message.en) == [])
    }

    private func layers(_ folder: String) throws -> [AuditLayer] {
        let projection = try Projection(from: .wgs84, to: CRS(epsg: 4548))
        return try ["communities", "grids", "microgrids"].enumerated().map { level, name in
            let (table, _) = try GeoJSONReader.read(Repository.url("\(folder)/\(name).geojson"))
            var areas = table.geometries
            try projection.apply(to: &areas)
            func texts(_ name: String) -> [String] {
                (0..<table.count).map { table.column(named: name)?.text(row: $0) ?? "" }
            }
            return AuditLayer(
                name: Text(zh: name, en: name), codes: texts("code"), parentCodes: level == 0 ? [] : texts("parent"),
                areas: areas)
        }
    }
}
