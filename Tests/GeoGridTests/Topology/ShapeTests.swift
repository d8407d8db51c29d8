import GeoGrid
import TestSupport
import Testing

@Suite struct ShapeTests {
    private func area(_ rings: [[(Double, Double)]]) -> Geometries {
        var areas = Geometries()
        areas.append(.polygon, parts: [rings.map { $0.map { PlanarPoint(x: $0.0, y: $0.1) } }])
        return areas
    }

    @Test func orientationIsExactNearTheLine() {
        // Points one unit in the last place off a line that plain arithmetic cannot tell from it.
        let a = PlanarPoint(x: 12, y: 12)
        let b = PlanarPoint(x: 24, y: 24)
        for k in 0..<64 {
            for l in 0..<64 {
                let p = PlanarPoint(x: 0.5 + Double(k) * 0x1p-53, y: 0.5 + Double(l) * 0x1p-53)
                let expected = p.y == p.x ? 0 : p.y > p.x ? 1 : -1
                #expect(Orientation.sign(a, b, p) == expected)
                #expect(Orientation.sign(b, a, p) == -expected)
                #expect(Orientation.sign(p, a, b) == expected)
            }
        }
    }

    @Test func poleOfARectangleIsItsMiddle() throws {
        let box = area([[(0, 0), (40, 0), (40, 10), (0, 10), (0, 0)]])
        let pole = try #require(PoleOfInaccessibility(of: box, feature: 0, precision: 0.01))
        #expect(abs(pole.distance - 5) < 0.01)
        #expect(abs(pole.point.y - 5) < 0.01)
    }

    @Test func poleKeepsOutOfHoles() throws {
        let ring = area([
            [(0, 0), (30, 0), (30, 30), (0, 30), (0, 0)], [(5, 5), (5, 25), (15, 25), (15, 5), (5, 5)],
        ])
        let pole = try #require(PoleOfInaccessibility(of: ring, feature: 0, precision: 0.001))
        #expect(abs(pole.distance - 7.5) < 0.01)
        #expect(abs(pole.point.x - 22.5) < 0.02)
    }

    @Test func stretchPrefersRoomForWideLabels() throws {
        // A tall part with a large inscribed circle and a wide part with a smaller one.
        let shape = area([[(0, 0), (24, 0), (24, 60), (0, 60), (0, 0)], []].dropLast().map { $0 })
        let plain = try #require(PoleOfInaccessibility(of: shape, feature: 0, precision: 0.01))
        let wide = try #require(PoleOfInaccessibility(of: shape, feature: 0, stretch: 3, precision: 0.01))
        #expect(abs(plain.distance - 12) < 0.02)
        #expect(abs(wide.distance - 4) < 0.02)
        #expect(abs(wide.point.x - 12) < 0.1)
    }

    @Test(arguments: [3, 4, 5] as [UInt64])
    func poleIsTheCentreOfTheLargestCircle(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let areas = Tiling(columns: 3, rows: 3, bends: 4, using: &generator).areas
        for unit in 0..<areas.count {
            let pole = try #require(PoleOfInaccessibility(of: areas, feature: unit, precision: 0.05))
            #expect(areas.covers(feature: unit, pole.point))
            let box = areas.box(ofFeature: unit)
            for _ in 0..<300 {
                let p = PlanarPoint(
                    x: box.minX + generator.unit() * box.width, y: box.minY + generator.unit() * box.height)
                guard areas.covers(feature: unit, p) else { continue }
                var nearest = Double.infinity
                for i in areas.coordinates(ofFeature: unit).dropLast() {
                    let a = areas[coordinate: i]
                    let b = areas[coordinate: i + 1]
                    nearest = min(nearest, SegmentDistance.squared(a.x, a.y, b.x, b.y, p.x, p.y).squareRoot())
                }
                #expect(nearest <= pole.distance + 0.05)
            }
        }
    }

    @Test func centroidWeighsHolesAndParts() throws {
        let holed = area([[(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)], [(0, 0), (0, 4), (2, 4), (2, 0), (0, 0)]])
        #expect(try #require(holed.centroid(ofFeature: 0)) == PlanarPoint(x: 3, y: 2))
        let bent = area([[(0, 0), (10, 0), (10, 10), (9, 10), (9, 1), (1, 1), (1, 10), (0, 10), (0, 0)]])
        let centroid = try #require(bent.centroid(ofFeature: 0))
        #expect(!bent.covers(feature: 0, centroid))
        let inside = try #require(bent.interiorPoint(ofFeature: 0))
        #expect(bent.covers(feature: 0, inside))
        #expect(area([[(0, 0), (4, 0), (0, 0)]]).centroid(ofFeature: 0) == nil)
    }
}
