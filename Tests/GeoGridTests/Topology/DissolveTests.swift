import GeoGrid
import TestSupport
import Testing

@Suite struct DissolveTests {
    private func unionByGEOS(_ areas: Geometries, _ members: [Int]) throws -> [[[PlanarPoint]]] {
        var all = Geometries()
        all.append(.multiPolygon, parts: members.flatMap { areas.feature($0) })
        return try GEOSGeometry(all, feature: 0, in: GEOSContext()).unaryUnion().polygons()
    }

    private func area(_ parts: [[[PlanarPoint]]]) -> Double {
        var areas = Geometries()
        areas.append(.multiPolygon, parts: parts)
        return areas.area(ofFeature: 0)
    }

    /// Random groups, most of them in several pieces and with holes: valid, and the same as GEOS's union.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func agreesWithGEOSOnRandomGroups(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let areas = Tiling(columns: 9, rows: 8, using: &generator).areas
        let groups: [Int?] = (0..<areas.count).map { _ in
            let group = generator.below(4)
            return group == 3 ? nil : group
        }
        let joined = Dissolve.joined(areas, into: groups, count: 4)
        #expect(joined.count == 4)
        #expect(joined.kinds[3] == .none)
        let context = GEOSContext()
        for group in 0..<3 {
            let members = groups.indices.filter { groups[$0] == group }
            let expected = try unionByGEOS(areas, members)
            #expect(joined.parts(ofFeature: group).count == expected.count)
            let geometry = try GEOSGeometry(joined, feature: group, in: context)
            let validity = try geometry.validity()
            #expect(validity == .valid)
            var other = Geometries()
            other.append(.multiPolygon, parts: expected)
            let difference = try geometry.symmetricDifference(GEOSGeometry(other, feature: 0, in: context)).area
            #expect(difference < 1e-6)
            let sum = members.reduce(0) { $0 + areas.area(ofFeature: $1) }
            #expect(abs(joined.area(ofFeature: group) - sum) < 1e-6)
        }
    }

    @Test func movesNoVertex() {
        var generator = SeededGenerator(seed: 5)
        let areas = Tiling(columns: 6, rows: 6, using: &generator).areas
        let joined = Dissolve.joined(areas, into: (0..<36).map { $0 / 6 % 2 }, count: 2)
        let old = Set((0..<areas.xy.count / 2).map { areas[coordinate: $0] })
        for i in 0..<joined.xy.count / 2 { #expect(old.contains(joined[coordinate: i])) }
    }

    /// A ring that touches itself in a point comes out as shell and hole, as the rules want it.
    @Test func takesRingsApartAtAPoint() throws {
        var areas = Geometries()
        for (c, r) in [(0, 0), (1, 0), (2, 0), (0, 1), (0, 2), (1, 2), (2, 1), (2, 2)] where (c, r) != (9, 9) {
            let x = Double(c)
            let y = Double(r)
            areas.append(
                .polygon,
                parts: [
                    [
                        [(0.0, 0.0), (1, 0), (1, 1), (0, 1), (0, 0)].map { PlanarPoint(x: x + $0.0, y: y + $0.1) }
                    ]
                ])
        }
        // Without the lower right cell the hole in the middle touches the outside in a point.
        let joined = Dissolve.joined(areas, into: (0..<8).map { $0 == 2 ? nil : 0 }, count: 1)
        #expect(AreaValidity.verdicts(of: joined) == [.valid])
        #expect(joined.area(ofFeature: 0) == 7)
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func baseCellsMakeTheirPublishedUnits() throws {
        let (base, properties) = try RealData.areas(RealData.chiayiBase)
        let (code1, published) = try RealData.areas(RealData.chiayiCode1)
        let names = published.map { $0["CODE1"] ?? "" }
        let index = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        let joined = Dissolve.joined(
            base.scaledToMetres(latitude: 23.48), into: properties.map { index[$0["CODE1"] ?? ""] }, count: names.count)
        let theirs = code1.scaledToMetres(latitude: 23.48)
        let context = GEOSContext()
        var worst = 0.0
        for unit in names.indices {
            let ours = try GEOSGeometry(joined, feature: unit, in: context)
            worst = max(worst, try ours.symmetricDifference(GEOSGeometry(theirs, feature: unit, in: context)).area)
        }
        #expect(worst < 0.4)
        #expect(AreaValidity.verdicts(of: joined).count { !$0.isValid } == 0)
    }
}
