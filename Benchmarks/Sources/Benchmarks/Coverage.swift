import Foundation
import GeoGrid

extension Benchmark {
    /// The whole audit of a level, neighbours and union of each file, in metres.
    static let coverage = Benchmark(name: "coverage") { files in
        try files.flatMap { file in
            let input = URL(fileURLWithPath: file).lastPathComponent
            var areas = try GeoJSONReader.read(URL(fileURLWithPath: file)).table.geometries
            if let metres = CRS.metres(for: areas), areas.box.maxX <= 180 {
                try Projection(from: .wgs84, to: metres).apply(to: &areas)
            }
            return try figures(input, areas)
        }
    }

    /// The audit of made nets of 10³ to 10⁵ units, to show how its cost grows. Takes no files.
    static let growth = Benchmark(name: "growth") { _ in
        try [32, 100, 316].flatMap { side in try figures("net \(side * side)", net(side)) }
    }

    private static func figures(_ input: String, _ areas: Geometries) throws -> [Measurement] {
        let layer = AuditLayer(name: Text(zh: "单元", en: "units"), areas: areas)
        let rounds = areas.count > 20_000 ? 3 : 7
        let valid = best(of: rounds) { AreaValidity.verdicts(of: areas).count { !$0.isValid } }
        let audit = try best(of: rounds) { try Audit.report(on: [layer]).findings.count }
        let adjacency = best(of: rounds) { Adjacency(of: areas).neighbours.count / 2 }
        let union = best(of: rounds) {
            Dissolve.joined(areas, into: [Int?](repeating: 0, count: areas.count), count: 1).parts(ofFeature: 0).count
        }
        let locator = best(of: rounds) { PointLocator(areas).unit(x: 0, y: 0) == nil ? areas.count : areas.count }
        return [
            Measurement(task: "validity", input: input, seconds: valid.seconds, amount: valid.amount),
            Measurement(task: "audit", input: input, seconds: audit.seconds, amount: audit.amount),
            Measurement(task: "union", input: input, seconds: union.seconds, amount: union.amount),
            Measurement(task: "adjacency", input: input, seconds: adjacency.seconds, amount: adjacency.amount),
            Measurement(task: "locator", input: input, seconds: locator.seconds, amount: locator.amount),
        ]
    }

    /// A lattice with shaken nodes and seven vertices on every border, 32 coordinates a unit.
    private static func net(_ side: Int) -> Geometries {
        var generator = SeededGenerator(seed: UInt64(side))
        let bends = 7
        let steps = bends + 1
        let width = side * steps + 1
        // Vertices on the lines of the lattice, shaken a little, shared by both neighbours.
        var points: [PlanarPoint] = []
        points.reserveCapacity(width * width)
        for r in 0..<width {
            for c in 0..<width {
                guard r % steps == 0 || c % steps == 0 else {
                    points.append(PlanarPoint(x: 0, y: 0))
                    continue
                }
                points.append(
                    PlanarPoint(
                        x: 500_000 + (Double(c) + 0.4 * generator.unit()) * 12,
                        y: 3_400_000 + (Double(r) + 0.4 * generator.unit()) * 12))
            }
        }
        var areas = Geometries()
        for r in 0..<side {
            for c in 0..<side {
                let left = c * steps
                let bottom = r * steps
                func point(_ x: Int, _ y: Int) -> PlanarPoint { points[(bottom + y) * width + left + x] }
                var ring = (0..<steps).map { point($0, 0) }
                ring += (0..<steps).map { point(steps, $0) }
                ring += (0..<steps).map { point(steps - $0, steps) }
                ring += (0..<steps).map { point(0, steps - $0) }
                areas.append(.polygon, parts: [[ring + [ring[0]]]])
            }
        }
        return areas
    }
}
