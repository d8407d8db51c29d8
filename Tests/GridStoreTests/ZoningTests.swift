import Foundation
import GeoGrid
import GridStore
import Testing

@Suite struct ZoningTests {
    private let town = MadeTown.town()

    private func zoning(_ kind: Zoning.Kind, _ boxes: [(Double, Double, Double, Double)]) -> Zoning {
        var zoning = Zoning(name: "体系", kind: kind)
        for (i, box) in boxes.enumerated() {
            zoning.codes.append("Z\(i)")
            zoning.names.append("第\(i)区")
            zoning.areas.append(.polygon, parts: MadeTown.box(box.0, box.1, box.2, box.3))
        }
        return zoning
    }

    private func audit(_ zoning: Zoning) throws -> ZoningAudit {
        try ZoningAudit(zoning, ground: town.grids, households: town.households)
    }

    @Test func wholeBaseHasNoFindings() throws {
        let audit = try audit(zoning(.base, [(0, 0, 150, 200), (150, 0, 250, 200)]))
        #expect(audit.findings == [])
        #expect(audit.households == (none: 0, one: 16, several: 0))
        #expect(audit.gap == 0)
    }

    @Test func gapAndOverlapOfABaseAreMeasured() throws {
        let audit = try audit(zoning(.base, [(0, 0, 150, 200), (140, 0, 240, 200)]))
        #expect(audit.findings.map(\.code.description) == ["GG570", "GG571", "GG572"])
        #expect(abs(audit.overlaps[0].area - 2000) < 0.01)
        #expect(abs((audit.gap ?? 0) - 4000) < 0.01)
        #expect(audit.households.none == 1)
    }

    @Test func kindsThatDisagreeAreTold() throws {
        var mixed = zoning(.base, [(0, 0, 150, 200), (150, 0, 250, 200)])
        mixed.otherKinds = [.overlay]
        #expect(try audit(mixed).findings.map(\.code.description) == ["GG579"])
    }

    @Test func overlaysMayOverlapUnlessExclusive() throws {
        let boxes = [(0.0, 0.0, 100.0, 100.0), (50.0, 50.0, 100.0, 100.0)]
        #expect(try audit(zoning(.overlay, boxes)).findings == [])
        #expect(try audit(zoning(.overlay, boxes)).overlaps.count == 1)
        #expect(try audit(zoning(.exclusive, boxes)).findings.map(\.code.description) == ["GG570"])
    }

    @Test func crosswalkSumsExactly() throws {
        let a = zoning(.base, [(0, 0, 150, 200), (150, 0, 250, 200)])
        let b = Zoning(town.grids, name: "网格")
        let crosswalk = try ZoningCrosswalk(a, b, households: town.households)
        #expect(crosswalk.rows.reduce(0) { $0 + $1.households } == town.households.count)
        #expect(crosswalk.rows.reduce(0) { $0 + $1.persons } == town.households.reduce(0) { $0 + $1.persons })
        #expect(abs(crosswalk.rows.reduce(0) { $0 + $1.area } - 80_000) < 0.01)
        let small = try ZoningCrosswalk(zoning(.overlay, [(0, 0, 50, 50)]), b, households: town.households)
        #expect(abs(small.rows.filter { $0.a == nil }.reduce(0) { $0 + $1.area } - 77_500) < 0.01)
    }
}
