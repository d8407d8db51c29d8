import GeoGrid
import TestSupport
import Testing

@Suite struct AuditTests {
    private func report(_ areas: Geometries, _ options: AuditOptions = AuditOptions()) throws -> AuditReport {
        try Audit.report(on: [AuditLayer(name: Text(zh: "网格", en: "grid"), areas: areas)], options: options)
    }

    private func summary(_ report: AuditReport) -> [String] {
        AuditKind.allCases.compactMap { report.count($0) > 0 ? "\($0.rawValue) \(report.count($0))" : nil }
    }

    private func ring(_ corners: [(Double, Double)]) -> [PlanarPoint] {
        (corners + [corners[0]]).map { PlanarPoint(x: $0.0, y: $0.1) }
    }

    /// Area of the holes of the union, and of the pairwise intersections, by GEOS.
    private func faultsByGEOS(_ areas: Geometries) throws -> (gaps: Double, overlaps: Double) {
        let context = GEOSContext()
        var overlaps = 0.0
        var all = Geometries()
        var parts: [[[PlanarPoint]]] = []
        for a in 0..<areas.count {
            parts += areas.feature(a)
            let first = try GEOSGeometry(areas, feature: a, in: context)
            for b in a + 1..<areas.count where areas.box(ofFeature: a).intersects(areas.box(ofFeature: b)) {
                overlaps += try first.intersection(GEOSGeometry(areas, feature: b, in: context)).area
            }
        }
        all.append(.multiPolygon, parts: parts)
        let union = try GEOSGeometry(all, feature: 0, in: context).unaryUnion().polygons()
        var holes = Geometries()
        for part in union { for hole in part.dropFirst() { holes.append(.polygon, parts: [[hole]]) } }
        return ((0..<holes.count).reduce(0) { $0 + holes.area(ofFeature: $1) }, overlaps)
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func findsNothingInANet(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let angle = generator.unit() * 6
        let areas = Tiling(columns: 8, rows: 7, bends: Int(seed) - 1, using: &generator).areas.mapped {
            let p = $0.rotated(by: angle)
            return PlanarPoint(x: p.x + 39_500_000, y: p.y + 3_400_000)
        }
        let report1 = try report(areas)
        #expect(summary(report1) == [])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func measuresAPlantedGapAndOverlap(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var tiling = Tiling(columns: 6, rows: 6, bends: 1, using: &generator)
        // Vertex 1 of a ring is the bend on its lower border: one unit draws it in, another pushes it out.
        func moved(_ unit: Int, by y: Double) -> Double {
            let old = tiling.rings[unit][1]
            let before = abs(tiling.areas.area(ofFeature: unit))
            tiling.moveVertex(1, ofUnit: unit, to: PlanarPoint(x: old.x, y: old.y + y))
            return abs(abs(tiling.areas.area(ofFeature: unit)) - before)
        }
        let gap = moved(14, by: 8)
        let overlap = moved(22, by: -8)
        let report = try report(tiling.areas)
        #expect(summary(report) == ["gap 1", "overlap 1"])
        #expect(abs(report.area(.gap) - gap) < 1e-6)
        #expect(abs(report.area(.overlap) - overlap) < 1e-6)
        #expect(report.findings.first { $0.kind == .gap }?.units == [8, 14])
        #expect(report.findings.first { $0.kind == .overlap }?.units == [16, 22])
    }

    @Test func findsAMissingUnitButNotTheOutside() throws {
        var generator = SeededGenerator(seed: 4)
        let tiling = Tiling(columns: 5, rows: 5, using: &generator)
        var areas = Geometries()
        for unit in 0..<25 where unit != 12 && unit != 0 { areas.append(feature: unit, of: tiling.areas) }
        let report = try report(areas)
        #expect(summary(report) == ["gap 1"])
        #expect(abs(report.area(.gap) - tiling.areas.area(ofFeature: 12)) < 1e-6)
    }

    /// Every vertex of every unit shaken on its own, a little or a lot: total gap and overlap as GEOS has them.
    @Test(arguments: [(1, 3.0), (2, 0.01), (3, 1e-4), (4, 12.0), (5, 0.5)] as [(UInt64, Double)])
    func agreesWithGEOSOnShakenNets(seed: UInt64, amplitude: Double) throws {
        var generator = SeededGenerator(seed: seed)
        var tiling = Tiling(columns: 7, rows: 7, bends: 3, using: &generator)
        for unit in tiling.rings.indices {
            for index in 1..<tiling.rings[unit].count - 1 where generator.unit() < 0.4 {
                let p = tiling.rings[unit][index]
                tiling.moveVertex(
                    index, ofUnit: unit,
                    to: PlanarPoint(
                        x: p.x + (generator.unit() - 0.5) * amplitude, y: p.y + (generator.unit() - 0.5) * amplitude))
            }
        }
        let areas = tiling.areas
        var options = AuditOptions()
        options.snapTolerance = 0
        let report = try report(areas, options)
        let expected = try faultsByGEOS(areas)
        let scale = 1e-6 + 1e-6 * amplitude
        #expect(abs(report.area(.gap) + report.area(.sliverGap) - expected.gaps) < scale)
        #expect(abs(report.area(.overlap) + report.area(.sliverOverlap) - expected.overlaps) < scale)
        #expect(report.count(.invalidArea) == 0)
    }

    /// Slivers some micrometres wide, over corners where several units meet: every pair with its area, none invented.
    /// GEOS is asked near the origin, where its own snapping is finer than the slivers.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func namesEveryPairOfASliveredNet(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let corner = PlanarPoint(x: 545_000, y: 2_600_000)
        var tiling = Tiling(columns: 8, rows: 8, bends: 4, origin: corner, using: &generator)
        for unit in tiling.rings.indices {
            for index in 0..<tiling.rings[unit].count - 1 where generator.unit() < 0.5 {
                let p = tiling.rings[unit][index]
                tiling.moveVertex(
                    index, ofUnit: unit,
                    to: PlanarPoint(x: p.x + (generator.unit() - 0.5) * 1e-4, y: p.y + (generator.unit() - 0.5) * 1e-4))
            }
        }
        let near = tiling.areas.mapped { PlanarPoint(x: $0.x - corner.x, y: $0.y - corner.y) }
        let context = GEOSContext()
        var expected: [[Int]: Double] = [:]
        for a in 0..<near.count {
            for b in a + 1..<near.count where near.box(ofFeature: a).intersects(near.box(ofFeature: b)) {
                let first = try GEOSGeometry(near, feature: a, in: context)
                let area = try first.intersection(GEOSGeometry(near, feature: b, in: context)).area
                if area > 1e-9 { expected[[a, b]] = area }
            }
        }
        let found = try report(tiling.areas).findings.filter { $0.kind == .sliverOverlap && ($0.area ?? 0) > 1e-9 }
        #expect(Set(found.map(\.units)) == Set(expected.keys))
        for overlap in found { #expect(abs((overlap.area ?? 0) - (expected[overlap.units] ?? 0)) < 1e-8) }
    }

    /// One unit laid over the corner of four, one inside another, and a gap with a unit standing free in it.
    @Test func namesAllPairsOfAnOverlap() throws {
        var areas = Geometries()
        for r in 0..<2 {
            for c in 0..<2 {
                let x = Double(c) * 10
                let y = Double(r) * 10
                areas.append(.polygon, parts: [[ring([(x, y), (x + 10, y), (x + 10, y + 10), (x, y + 10)])]])
            }
        }
        areas.append(.polygon, parts: [[ring([(8, 7), (13, 7), (13, 14), (8, 14)])]])
        areas.append(.polygon, parts: [[ring([(1, 1), (3, 1), (3, 3), (1, 3)])]])
        let report = try report(areas)
        let pairs = report.findings.map { "\($0.kind.rawValue) \($0.units) \($0.area ?? 0)" }
        #expect(
            pairs == [
                "overlap [0, 4] 6.0", "overlap [0, 5] 4.0", "overlap [1, 4] 9.0", "overlap [2, 4] 8.0",
                "overlap [3, 4] 12.0",
            ])
    }

    @Test func knowsGapsAroundFreeUnits() throws {
        var areas = Geometries()
        areas.append(
            .polygon,
            parts: [[ring([(0, 0), (20, 0), (20, 20), (0, 20)]), ring([(5, 5), (5, 15), (15, 15), (15, 5)])]])
        areas.append(.polygon, parts: [[ring([(8, 8), (12, 8), (12, 12), (8, 12)])]])
        let report = try report(areas)
        #expect(summary(report) == ["gap 1"])
        #expect(report.area(.gap) == 84)
        #expect(report.findings[0].place[0].count == 2)
    }

    @Test(arguments: [0.0, 0.4, 2.2])
    func forgivesVerticesOnStraightBorders(angle: Double) throws {
        var areas = Geometries()
        for corners in [
            [(0, 0), (30, 0), (30, 10), (0, 10)], [(0, 10), (12, 10), (12, 20), (0, 20)],
            [(12, 10), (30, 10), (30, 20), (12, 20)],
        ] as [[(Double, Double)]] {
            areas.append(
                .polygon,
                parts: [
                    [
                        ring(corners).map {
                            let p = $0.rotated(by: angle)
                            return PlanarPoint(x: p.x + 500_000, y: p.y + 3_400_000)
                        }
                    ]
                ])
        }
        let report2 = try report(areas)
        #expect(summary(report2) == [])
    }

    @Test func reportsAnInvalidAreaOnce() throws {
        var generator = SeededGenerator(seed: 6)
        var tiling = Tiling(columns: 4, rows: 4, bends: 2, using: &generator)
        tiling.rings[5].swapAt(1, 4)
        let report = try report(tiling.areas)
        #expect(summary(report) == ["invalidArea 1"])
        #expect(report.findings[0].units == [5])
        #expect(report.findings[0].finding.message.en.contains("Self-intersection"))
    }

    @Test func reportsDuplicatesAndPieces() throws {
        var generator = SeededGenerator(seed: 7)
        let tiling = Tiling(columns: 4, rows: 4, using: &generator)
        var areas = tiling.areas
        areas.append(feature: 6, of: tiling.areas)
        let report3 = try report(areas)
        #expect(summary(report3) == ["duplicateArea 1"])

        var pieces = Geometries()
        for unit in 0..<16 where unit != 15 {
            if unit == 0 {
                pieces.append(.multiPolygon, parts: [[tiling.rings[0]], [tiling.rings[15]]])
            } else {
                pieces.append(feature: unit, of: tiling.areas)
            }
        }
        let report = try report(pieces)
        #expect(summary(report) == ["severalPieces 1"])
        #expect(report.findings[0].area == min(tiling.areas.area(ofFeature: 0), tiling.areas.area(ofFeature: 15)))
    }

    /// A notch at the outer border is no gap, for it is open; the vertices that should have met tell of it.
    @Test func findsVerticesThatNearlyMeet() throws {
        var generator = SeededGenerator(seed: 8)
        var tiling = Tiling(columns: 4, rows: 3, bends: 0, using: &generator)
        let report4 = try report(tiling.areas)
        #expect(summary(report4) == [])
        // The lower right node of unit 1 stands on the outer border.
        let node = tiling.rings[1][1]
        tiling.moveVertex(1, ofUnit: 1, to: PlanarPoint(x: node.x - 0.02, y: node.y))
        let report = try report(tiling.areas)
        #expect(summary(report) == ["nearlyMeeting 1"])
        #expect(report.findings[0].units == [1, 2])
        #expect(abs((report.findings[0].distance ?? 0) - 0.02) < 0.003)
    }

    @Test func judgesCodes() throws {
        var generator = SeededGenerator(seed: 9)
        let areas = Tiling(columns: 6, rows: 2, using: &generator).areas
        var codes = (0..<12).map { "5301021010\($0 + 10)" }
        codes[3] = ""
        codes[5] = codes[4]
        codes[7] = "53010210101"
        codes[9] = "５301021010１9"
        let layer = AuditLayer(name: Text(zh: "网格", en: "grid"), codes: codes, areas: areas)
        var options = AuditOptions()
        options.codeShape = "999999999999"
        let report = try Audit.report(on: [layer], options: options)
        #expect(summary(report) == ["emptyCode 1", "duplicateCode 1", "malformedCode 2"])
        #expect(report.findings.map { $0.units[0] } == [3, 5, 7, 9])
    }
}
