import GeoGrid
import TestSupport
import Testing

@Suite struct PointLocatorTests {
    /// Every unit that GEOS says intersects the point.
    private struct Oracle: ~Copyable {
        private var boxes: [Box] = []
        private let areas: Geometries
        private let context = GEOSContext()

        init(_ areas: Geometries) {
            self.areas = areas
            boxes = (0..<areas.count).map { areas.box(ofFeature: $0) }
        }

        func check(_ locator: PointLocator, _ points: [PlanarPoint]) throws {
            var answers = [[Int]](repeating: [], count: points.count)
            let order = points.indices.sorted { points[$0].x < points[$1].x }
            for unit in 0..<areas.count {
                let prepared = try PreparedArea(GEOSGeometry(areas, feature: unit, in: context))
                var low = 0
                var high = order.count
                while low < high {
                    let middle = (low + high) / 2
                    if points[order[middle]].x < boxes[unit].minX { low = middle + 1 } else { high = middle }
                }
                for i in order[low...] {
                    if points[i].x > boxes[unit].maxX { break }
                    guard boxes[unit].contains(x: points[i].x, y: points[i].y) else { continue }
                    if try prepared.covers(points[i]) { answers[i].append(unit) }
                }
            }
            var wrong = 0
            for (point, expected) in zip(points, answers) {
                let found = locator.units(x: point.x, y: point.y)
                if found != expected || locator.unit(at: point) != expected.first { wrong += 1 }
            }
            #expect(wrong == 0, "\(wrong) of \(points.count) points")
            let xy = points.flatMap { [$0.x, $0.y] }
            #expect(locator.units(at: xy) == answers.map { Int32($0.first ?? -1) })
        }
    }

    private func vertices(_ areas: Geometries) -> [PlanarPoint] {
        (0..<areas.xy.count / 2).map { areas[coordinate: $0] }
    }

    private func midpoints(_ areas: Geometries) -> [PlanarPoint] {
        (0..<areas.pathOffsets.count - 1).flatMap { path in
            areas.coordinates(ofPath: path).dropLast().map { i in
                PlanarPoint(
                    x: (areas.xy[2 * i] + areas.xy[2 * i + 2]) / 2, y: (areas.xy[2 * i + 1] + areas.xy[2 * i + 3]) / 2)
            }
        }
    }

    private func random(_ count: Int, in box: Box, _ generator: inout SeededGenerator) -> [PlanarPoint] {
        (0..<count).map { _ in
            PlanarPoint(x: box.minX + generator.unit() * box.width, y: box.minY + generator.unit() * box.height)
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func agreesWithGEOSOnTilings(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let areas = Tiling(columns: 7, rows: 5, bends: 1 + Int(seed), using: &generator).areas
        let points = random(3000, in: areas.box.expanded(by: 30), &generator) + vertices(areas) + midpoints(areas)
        try Oracle(areas).check(PointLocator(areas), points)
    }

    /// Integer corners, level and upright edges, holes, parts, overlaps: the places where counting goes wrong.
    @Test func agreesWithGEOSOnTheLattice() throws {
        func ring(_ corners: [(Int, Int)]) -> [PlanarPoint] {
            (corners + [corners[0]]).map { PlanarPoint(x: Double($0.0), y: Double($0.1)) }
        }
        var areas = Geometries()
        let hole = ring([(3, 3), (3, 6), (6, 6), (6, 3)])
        areas.append(.polygon, parts: [[ring([(0, 0), (10, 0), (10, 10), (0, 10)]), hole]])
        areas.append(.polygon, parts: [[hole]])
        areas.append(.polygon, parts: [[ring([(8, 8), (14, 8), (14, 14), (8, 14)])]])
        areas.append(
            .multiPolygon,
            parts: [[ring([(12, 0), (16, 0), (14, 4)])], [ring([(12, 5), (16, 5), (16, 7), (14, 6), (12, 7)])]])
        areas.append(.polygon, parts: [[ring([(0, 12), (2, 14), (4, 12), (4, 16), (2, 14), (0, 16)])]])
        areas.append(.none, parts: [])
        areas.append(.polygon, parts: [[ring([(0, 12), (2, 14), (0, 16)])]])
        var points: [PlanarPoint] = []
        for x in stride(from: -1.0, through: 17, by: 0.5) {
            for y in stride(from: -1.0, through: 17, by: 0.5) { points.append(PlanarPoint(x: x, y: y)) }
        }
        // The fifth area touches itself and is not valid: GEOS has no answer to agree with.
        var valid = Geometries()
        for feature in 0..<areas.count where feature != 4 { valid.append(feature: feature, of: areas) }
        try Oracle(valid).check(PointLocator(valid), points)
        #expect(PointLocator(areas).units(x: 0.5, y: 14) == [4, 6])
    }

    /// One large wiggly area with very many edges and one inside its hole: chains leave and enter cells all over.
    @Test(arguments: [5, 6] as [UInt64])
    func agreesWithGEOSOnLongRings(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func wave(_ radius: Double, _ amplitude: Double) -> [PlanarPoint] {
            let ring = (0..<600).map { k in
                let r = radius + amplitude * (generator.unit() - 0.5)
                return PlanarPoint(x: r, y: 0).rotated(by: Double(k) / 600 * 2 * .pi)
            }
            return ring + [ring[0]]
        }
        let outer = wave(100, 60)
        let inner = wave(40, 20)
        var areas = Geometries()
        areas.append(.polygon, parts: [[outer, inner]])
        areas.append(.polygon, parts: [[inner]])
        let points = random(4000, in: areas.box, &generator) + vertices(areas) + midpoints(areas)
        try Oracle(areas).check(PointLocator(areas), points)
    }

    /// With 64 cells over 800 m a side of 100 m, the step at 150 m lies on the line between two rows.
    @Test func aLevelEdgeOnTheLineBetweenTwoRowsIsIndexed() {
        let ring = [(0.0, 0.0), (800, 0), (800, 800), (400, 800), (400, 150), (0, 150), (0, 0)]
        var areas = Geometries()
        areas.append(.polygon, parts: [[ring.map { PlanarPoint(x: $0.0, y: $0.1) }]])
        let locator = PointLocator(areas, expecting: 1)
        #expect(locator.unit(at: PlanarPoint(x: 200, y: 149)) == 0)
        #expect(locator.unit(at: PlanarPoint(x: 200, y: 151)) == nil)
        #expect(locator.unit(at: PlanarPoint(x: 600, y: 700)) == 0)
    }

    @Test func answersNothingOutsideAndForNaN() {
        var generator = SeededGenerator(seed: 1)
        let locator = PointLocator(Tiling(columns: 2, rows: 2, using: &generator).areas)
        for (x, y) in [(1e9, 0), (-1e9, 5), (50, 1e300), (.nan, 50), (50, .infinity)] as [(Double, Double)] {
            #expect(locator.unit(x: x, y: y) == nil)
        }
        let empty = PointLocator(Geometries())
        #expect(empty.unit(x: 0, y: 0) == nil)
        #expect(empty.units(at: [1, 2, 3, 4]) == [-1, -1])
    }

    @Test func nearestUnitIsThatOfTheNearestBorder() {
        var generator = SeededGenerator(seed: 7)
        let areas = Tiling(columns: 5, rows: 5, using: &generator).areas
        let locator = PointLocator(areas)
        for point in random(400, in: areas.box.expanded(by: 80), &generator) where locator.unit(at: point) == nil {
            var best = (unit: -1, distance: Double.infinity)
            for unit in 0..<areas.count {
                for i in areas.coordinates(ofFeature: unit).dropLast() {
                    let a = areas[coordinate: i]
                    let b = areas[coordinate: i + 1]
                    let d = SegmentDistance.squared(a.x, a.y, b.x, b.y, point.x, point.y).squareRoot()
                    if d < best.distance { best = (unit, d) }
                }
            }
            let found = locator.nearest(to: point, within: 60)
            #expect(found?.unit == (best.distance <= 60 ? best.unit : nil))
        }
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func agreesWithGEOSOnRealAreas() throws {
        let areas = try RealData.areas(RealData.chiayiBase).areas
        var generator = SeededGenerator(seed: 20)
        #if DEBUG
            let count = 20_000
        #else
            let count = 1_000_000
        #endif
        let points = random(count, in: areas.box, &generator) + vertices(areas) + midpoints(areas)
        try Oracle(areas).check(PointLocator(areas), points)
    }
}
