import GeoGrid
import TestSupport
import Testing

@Suite struct RepairTests {
    private func layer(_ areas: Geometries, codes: [String] = [], parents: [String] = []) -> AuditLayer {
        AuditLayer(name: Text(zh: "网格", en: "grid"), codes: codes, parentCodes: parents, areas: areas)
    }

    private func totalArea(_ areas: Geometries) -> Double {
        (0..<areas.count).reduce(0) { $0 + areas.area(ofFeature: $1) }
    }

    @Test func leavesACleanNetAlone() throws {
        var generator = SeededGenerator(seed: 1)
        let areas = Tiling(columns: 5, rows: 5, using: &generator).areas
        let result = try Repair.repaired([layer(areas)])
        #expect(result.applied.isEmpty)
        #expect(result.layers[0].areas.xy == areas.xy)
    }

    /// Vertices shaken by less than the tolerance come together again; what is far from them does not move.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func snapsShakenVertices(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var tiling = Tiling(columns: 6, rows: 6, bends: 2, using: &generator)
        let original = tiling.areas
        for unit in [7, 14, 21, 28] {
            for index in 1..<6 {
                let p = tiling.rings[unit][index]
                tiling.moveVertex(
                    index, ofUnit: unit,
                    to: PlanarPoint(
                        x: p.x + (generator.unit() - 0.5) * 0.03, y: p.y + (generator.unit() - 0.5) * 0.03))
            }
        }
        let result = try Repair.repaired([layer(tiling.areas)])
        #expect(!result.before.isClean)
        #expect(result.after.isClean)
        #expect(result.applied.contains { $0.step == .snap })
        #expect(abs(totalArea(result.layers[0].areas) - totalArea(original)) < 0.5)
        #expect(result.layers[0].areas.feature(35) == original.feature(35))
    }

    @Test func givesASliverToTheLongestBorder() throws {
        var generator = SeededGenerator(seed: 5)
        var tiling = Tiling(columns: 4, rows: 4, bends: 1, using: &generator)
        let old = tiling.rings[5][1]
        tiling.moveVertex(1, ofUnit: 5, to: PlanarPoint(x: old.x, y: old.y + 0.3))
        let before = totalArea(tiling.areas)
        let result = try Repair.repaired([layer(tiling.areas)])
        #expect(result.before.count(.sliverGap) == 1)
        #expect(result.after.isClean)
        #expect(result.applied.map(\.step) == [.slivers])
        #expect(abs(totalArea(result.layers[0].areas) - before - result.before.area(.sliverGap)) < 1e-6)
    }

    @Test func turnsRings() throws {
        var generator = SeededGenerator(seed: 6)
        var tiling = Tiling(columns: 3, rows: 3, using: &generator)
        tiling.rings[4].reverse()
        let result = try Repair.repaired([layer(tiling.areas)], steps: [.orientation])
        #expect(result.applied.map(\.units) == [[4]])
        #expect(result.layers[0].areas.signedArea(ofRing: 4) > 0)
    }

    @Test func rebuildsParentsFromTheirUnits() throws {
        var generator = SeededGenerator(seed: 7)
        let tiling = Tiling(columns: 6, rows: 6, using: &generator)
        let groups = (0..<36).map { $0 / 18 }
        var parents = Dissolve.joined(tiling.areas, into: groups, count: 2)
        // Parents published with two decimals, as other programs write them.
        parents = parents.mapped { PlanarPoint(x: ($0.x * 100).rounded() / 100, y: ($0.y * 100).rounded() / 100) }
        let result = try Repair.repaired([
            layer(parents, codes: ["P0", "P1"]),
            layer(tiling.areas, codes: (0..<36).map { "C\($0)" }, parents: groups.map { "P\($0)" }),
        ])
        #expect(!result.before.isClean)
        #expect(result.after.isClean)
        #expect(result.applied.map(\.step) == [.parents])
    }

    @Test func leavesBroadFaultsAlone() throws {
        var generator = SeededGenerator(seed: 8)
        var tiling = Tiling(columns: 4, rows: 4, bends: 1, using: &generator)
        let old = tiling.rings[5][1]
        tiling.moveVertex(1, ofUnit: 5, to: PlanarPoint(x: old.x, y: old.y + 14))
        let result = try Repair.repaired([layer(tiling.areas)])
        #expect(result.applied.isEmpty)
        #expect(result.after.count(.gap) == 1)
        #expect(result.layers[0].areas.xy == tiling.areas.xy)
    }

    /// Whatever is done, no kind of fault grows.
    @Test(arguments: [11, 12, 13, 14, 15, 16] as [UInt64])
    func neverMakesAnythingWorse(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var tiling = Tiling(columns: 6, rows: 6, bends: 3, using: &generator)
        for unit in tiling.rings.indices {
            for index in 1..<tiling.rings[unit].count - 1 where generator.unit() < 0.3 {
                let p = tiling.rings[unit][index]
                let amplitude = generator.unit() < 0.5 ? 0.06 : 1
                tiling.moveVertex(
                    index, ofUnit: unit,
                    to: PlanarPoint(
                        x: p.x + (generator.unit() - 0.5) * amplitude, y: p.y + (generator.unit() - 0.5) * amplitude))
            }
        }
        let result = try Repair.repaired([layer(tiling.areas)])
        for kind in [AuditKind.invalidArea, .gap, .overlap, .severalPieces, .duplicateArea, .nearlyMeeting] {
            #expect(result.after.count(kind) <= result.before.count(kind), "\(kind)")
        }
        func slivers(_ report: AuditReport) -> Double { report.area(.sliverGap) + report.area(.sliverOverlap) }
        #expect(slivers(result.after) < slivers(result.before))
    }
}
