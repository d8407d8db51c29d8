import GeoGrid
import TestSupport
import Testing

@Suite struct AdjacencyTests {
    /// Border and touch of every pair, by GEOS.
    private func adjacencyByGEOS(_ areas: Geometries) throws -> [[Int: Double]] {
        let context = GEOSContext()
        var rows = [[Int: Double]](repeating: [:], count: areas.count)
        let boxes = (0..<areas.count).map { areas.box(ofFeature: $0) }
        for a in 0..<areas.count {
            let first = try GEOSGeometry(areas, feature: a, in: context)
            for b in a + 1..<areas.count where boxes[a].intersects(boxes[b]) {
                let second = try GEOSGeometry(areas, feature: b, in: context)
                guard try first.holds(.intersects, with: second) else { continue }
                let border = try first.intersection(second).length
                rows[a][b] = border
                rows[b][a] = border
            }
        }
        return rows
    }

    private func expectEqual(_ adjacency: Adjacency, _ rows: [[Int: Double]], tolerance: Double = 1e-6) {
        #expect(adjacency.count == rows.count)
        for unit in 0..<adjacency.count {
            let row = adjacency.row(unit)
            #expect(adjacency.neighbours[row].map { $0 } == rows[unit].keys.sorted(), "unit \(unit)")
            for k in row {
                let expected = rows[unit][adjacency.neighbours[k]] ?? -1
                #expect(abs(adjacency.borders[k] - expected) <= tolerance, "\(unit) – \(adjacency.neighbours[k])")
            }
        }
    }

    @Test func latticeHasEdgeAndCornerNeighbours() {
        var areas = Geometries()
        for r in 0..<3 {
            for c in 0..<3 {
                areas.append(
                    .polygon,
                    parts: [
                        [
                            [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map {
                                PlanarPoint(x: Double(c + $0.0) * 10, y: Double(r + $0.1) * 10)
                            }
                        ]
                    ])
            }
        }
        let adjacency = Adjacency(of: areas)
        #expect(Array(adjacency.neighbours[adjacency.row(4)]) == [0, 1, 2, 3, 5, 6, 7, 8])
        #expect(Array(adjacency.borders[adjacency.row(4)]) == [0, 10, 0, 10, 10, 0, 10, 0])
        #expect(Array(adjacency.neighbours[adjacency.row(0)]) == [1, 3, 4])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func agreesWithGEOSOnTilings(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let tiling = Tiling(columns: 6, rows: 5, using: &generator)
        try expectEqual(Adjacency(of: tiling.areas), adjacencyByGEOS(tiling.areas))
    }

    /// Straight borders, of which every other vertex is known to one side only.
    @Test func findsBordersThatMatchInPieces() {
        let wide = [(0, 0), (30, 0), (30, 10), (0, 10), (0, 0)]
        let left = [(0, 10), (12, 10), (12, 20), (0, 20), (0, 10)]
        let right = [(12, 10), (30, 10), (30, 20), (12, 20), (12, 10)]
        let corner = [(30, 20), (40, 20), (40, 30), (30, 30), (30, 20)]
        let standing = [(30, 5), (35, 5), (35, 7), (30, 7), (30, 5)]
        var areas = Geometries()
        for ring in [wide, left, right, corner, standing] {
            areas.append(.polygon, parts: [[ring.map { PlanarPoint(x: Double($0.0), y: Double($0.1)) }]])
        }
        let adjacency = Adjacency(of: areas)
        #expect(Array(adjacency.neighbours[adjacency.row(0)]) == [1, 2, 4])
        #expect(Array(adjacency.borders[adjacency.row(0)]) == [12, 18, 2])
        #expect(Array(adjacency.neighbours[adjacency.row(2)]) == [0, 1, 3])
        #expect(Array(adjacency.borders[adjacency.row(2)]) == [18, 10, 0])
    }

    /// Turned and moved far from the origin, borders that match in pieces are off by the rounding, and still match.
    @Test(arguments: [0.3, 1.1, 2.9])
    func matchesPiecesWithinTheTolerance(angle: Double) {
        var areas = Geometries()
        for ring in [
            [(0, 0), (30, 0), (30, 10), (0, 10), (0, 0)], [(0, 10), (12, 10), (12, 20), (0, 20), (0, 10)],
            [(12, 10), (30, 10), (30, 20), (12, 20), (12, 10)],
        ] {
            areas.append(
                .polygon,
                parts: [
                    [
                        ring.map {
                            let p = PlanarPoint(x: Double($0.0), y: Double($0.1)).rotated(by: angle)
                            return PlanarPoint(x: p.x + 500_000, y: p.y + 3_400_000)
                        }
                    ]
                ])
        }
        let adjacency = Adjacency(of: areas)
        #expect(Array(adjacency.neighbours) == [1, 2, 0, 2, 0, 1])
        for (border, expected) in zip(adjacency.borders, [12.0, 18, 12, 10, 18, 10]) {
            #expect(abs(border - expected) < 1e-5)
        }
    }

    @Test func ringOrderDoesNotMatter() {
        var generator = SeededGenerator(seed: 9)
        var tiling = Tiling(columns: 4, rows: 4, using: &generator)
        let expected = Adjacency(of: tiling.areas)
        for unit in stride(from: 0, to: 16, by: 3) { tiling.rings[unit].reverse() }
        let turned = Adjacency(of: tiling.areas)
        #expect(turned.neighbours == expected.neighbours)
        for (a, b) in zip(turned.borders, expected.borders) { #expect(abs(a - b) < 1e-9) }
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func agreesWithGEOSOnRealAreas() throws {
        let areas = try RealData.areas(RealData.chiayiBase).areas.scaledToMetres(latitude: 23.48)
        try expectEqual(Adjacency(of: areas), adjacencyByGEOS(areas))
    }
}
