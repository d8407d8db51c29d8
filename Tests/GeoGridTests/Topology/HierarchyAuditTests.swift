import GeoGrid
import TestSupport
import Testing

@Suite struct HierarchyAuditTests {
    /// An 8 × 8 net in 4 × 4 blocks of four parents.
    private struct Nested {
        var tiling: Tiling
        var parents: Geometries
        var parentCodes: [String]

        init(seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            tiling = Tiling(columns: 8, rows: 8, using: &generator)
            let groups = (0..<64).map { $0 / 8 / 4 * 2 + $0 % 8 / 4 }
            parents = Dissolve.joined(tiling.areas, into: groups, count: 4)
            parentCodes = groups.map { "P\($0)" }
        }

        func report(_ areas: Geometries? = nil, parentCodes codes: [String]? = nil) throws -> AuditReport {
            let areas = areas ?? tiling.areas
            let above = AuditLayer(
                name: Text(zh: "社区", en: "community"), codes: (0..<4).map { "P\($0)" }, areas: parents)
            let below = AuditLayer(
                name: Text(zh: "网格", en: "grid"), codes: (0..<areas.count).map { "C\($0)" },
                parentCodes: codes ?? parentCodes, areas: areas)
            return try Audit.report(on: [above, below])
        }
    }

    private func summary(_ report: AuditReport) -> [String] {
        AuditKind.allCases.compactMap { report.count($0) > 0 ? "\($0.rawValue) \(report.count($0))" : nil }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func findsNothingWhereLevelsNest(seed: UInt64) throws {
        let report1 = try Nested(seed: seed).report()
        #expect(summary(report1) == [])
    }

    @Test func findsAChildOutsideItsParent() throws {
        var nested = Nested(seed: 4)
        // Units 3 and 4 stand on both sides of the border between parents 0 and 1: move it for both.
        let old = nested.tiling.rings[3][5]
        let before = nested.tiling.areas.area(ofFeature: 3)
        nested.tiling.moveVertexEverywhere(old, to: PlanarPoint(x: old.x + 9, y: old.y))
        let grown = nested.tiling.areas.area(ofFeature: 3) - before
        let report = try nested.report()
        #expect(summary(report) == ["outsideParent 1"])
        #expect(report.findings[0].units == [3])
        #expect(report.findings[0].parents == [0, 1])
        #expect(abs((report.findings[0].area ?? 0) - grown) < 1e-6)
    }

    @Test func findsAChildInTwoParents() throws {
        var nested = Nested(seed: 5)
        // Unit 4 gives its left third to unit 3 of another parent.
        for index in [0, 11, 10, 9] {
            let old = nested.tiling.rings[4][index]
            if index == 0 || index == 9 { continue }
            nested.tiling.moveVertexEverywhere(old, to: PlanarPoint(x: old.x + 45, y: old.y))
        }
        let report = try nested.report()
        #expect(summary(report) == ["twoParents 1"])
        #expect(report.findings[0].units == [3])
        #expect(report.findings[0].parents == [0, 1])
    }

    @Test func findsOrphansAndWrongParents() throws {
        let nested = Nested(seed: 6)
        var codes = nested.parentCodes
        codes[10] = "P9"
        codes[11] = ""
        let report2 = try nested.report(parentCodes: codes)
        #expect(summary(report2) == ["orphan 2"])
        codes = nested.parentCodes
        codes[0] = "P3"
        let report = try nested.report(parentCodes: codes)
        #expect(summary(report) == ["outsideParent 1"])
        #expect(report.findings[0].parents == [3, 0])
    }

    @Test func findsParentsThatMissAUnit() throws {
        let nested = Nested(seed: 7)
        func report(without unit: Int) throws -> AuditReport {
            var areas = Geometries()
            for other in 0..<64 where other != unit { areas.append(feature: other, of: nested.tiling.areas) }
            return try nested.report(
                areas, parentCodes: (0..<64).filter { $0 != unit }.map { nested.parentCodes[$0] })
        }
        // At the corner of the town nothing but the parent knows of it; inside, the gap says it all.
        let corner = try report(without: 0)
        #expect(summary(corner) == ["parentNotUnion 1"])
        #expect(abs(corner.area(.parentNotUnion) - nested.tiling.areas.area(ofFeature: 0)) < 1e-6)
        let report3 = try report(without: 27)
        #expect(summary(report3) == ["gap 1"])
    }

    @Test func overlapsInsideAParentAreNotOutside() throws {
        var nested = Nested(seed: 8)
        let old = nested.tiling.rings[9][1]
        nested.tiling.moveVertex(1, ofUnit: 9, to: PlanarPoint(x: old.x, y: old.y - 12))
        let report4 = try nested.report()
        #expect(summary(report4) == ["overlap 1"])
    }

    @Test func anInvalidChildSpoilsNothingElse() throws {
        var nested = Nested(seed: 9)
        nested.tiling.rings[9].swapAt(1, 4)
        let report5 = try nested.report()
        #expect(summary(report5) == ["invalidArea 1"])
    }
}
