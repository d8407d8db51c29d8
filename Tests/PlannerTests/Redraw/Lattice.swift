import GeoGrid

@testable import Planner

/// A made-up town of square cells, for tests: `width` × `height` cells of 10 m, loads from a seed.
struct Lattice {
    var width: Int
    var height: Int
    var loads: [Double]

    init(_ width: Int, _ height: Int, loads range: ClosedRange<Int> = 1...9, seed: UInt64 = 1) {
        self.width = width
        self.height = height
        var generator = SeededGenerator(seed: seed)
        loads = (0..<width * height).map { _ in
            Double(range.lowerBound + generator.below(range.upperBound - range.lowerBound + 1))
        }
    }

    var count: Int { width * height }

    var adjacency: Adjacency {
        var pairs: [(a: Int, b: Int, border: Double)] = []
        for y in 0..<height {
            for x in 0..<width {
                let unit = y * width + x
                if x + 1 < width { pairs.append((unit, unit + 1, 10)) }
                if y + 1 < height { pairs.append((unit, unit + width, 10)) }
                if x + 1 < width, y + 1 < height { pairs.append((unit, unit + width + 1, 0)) }
            }
        }
        return Adjacency(count: count, pairs: pairs)
    }

    func problem(_ grids: Int, tolerance: Double = 0.1) -> RedrawProblem {
        var problem = RedrawProblem(
            ids: (0..<count).map { "u\($0)" },
            criteria: [.init(name: Text(zh: "工作量", en: "workload"), loads: loads, tolerance: tolerance)],
            adjacency: adjacency, districts: [RedrawProblem.District](repeating: .init(), count: grids))
        problem.areas = [Double](repeating: 100, count: count)
        problem.perimeters = [Double](repeating: 40, count: count)
        problem.centres = (0..<count).map { PlanarPoint(x: Double($0 % width) * 10, y: Double($0 / width) * 10) }
        return problem
    }
}
