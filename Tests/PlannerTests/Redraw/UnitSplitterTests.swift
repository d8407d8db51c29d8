import GeoGrid
import Testing

@testable import Planner

@Suite struct UnitSplitterTests {
    private func block(_ x: Double, _ y: Double, _ weight: Double) -> UnitSplitter.Block {
        let corners = [(-5.0, -5.0), (5, -5), (5, 5), (-5, 5)].map { PlanarPoint(x: x + $0.0, y: y + $0.1) }
        return UnitSplitter.Block(points: corners, weight: weight)
    }

    private func square(_ side: Double) -> [[[PlanarPoint]]] {
        [[[(0.0, 0.0), (side, 0), (side, side), (0, side), (0, 0)].map { PlanarPoint(x: $0.0, y: $0.1) }]]
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func partsTileTheUnitAndCutNoBuilding(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var blocks: [UnitSplitter.Block] = []
        for i in 0..<6 {
            for j in 0..<6 {
                blocks.append(
                    block(
                        Double(i) * 30 + 20 + generator.unit() * 4, Double(j) * 30 + 20 + generator.unit() * 4,
                        Double(1 + generator.below(9))))
            }
        }
        let total = blocks.reduce(0) { $0 + $1.weight }
        let parts = UnitSplitter.parts(of: square(200), blocks: blocks, limit: total / 5)
        #expect(parts.count >= 5)
        #expect(parts.allSatisfy { $0.weight <= total / 5 })
        #expect(parts.reduce(0) { $0 + $1.blocks.count } == 36)
        var areas = Geometries()
        for part in parts { areas.append(.polygon, parts: [[part.ring]]) }
        let sum = parts.indices.reduce(0.0) { $0 + areas.area(ofFeature: $1) }
        #expect(abs(sum - 40_000) < 1e-6)
        let locator = PointLocator(areas)
        for (i, part) in parts.enumerated() {
            for block in part.blocks { #expect(block.points.allSatisfy { locator.unit(at: $0) == i }) }
        }
        // Neighbouring parts share their border whole: what is inside the square is counted on both sides.
        let adjacency = Adjacency(of: areas)
        let perimeter = parts.indices.reduce(0.0) { $0 + areas.length(ofFeature: $1) }
        #expect(abs(perimeter - adjacency.borders.reduce(0, +) - 800) < 1e-6)
    }

    @Test func oneBuildingIsNotDivided() {
        let parts = UnitSplitter.parts(of: square(50), blocks: [block(25, 25, 80)], limit: 10)
        #expect(parts.count == 1)
    }

    @Test func partsGetFreeCodesOfTheSameWidth() {
        var used: Set = ["361199100002009001", "361199100002009002"]
        #expect(GridCodes.part(of: "361199100002009001", used: &used) == "361199100002009003")
        #expect(GridCodes.part(of: "甲", used: &used) == "甲-1")
        #expect(GridCodes.part(of: "甲", used: &used) == "甲-2")
    }
}
