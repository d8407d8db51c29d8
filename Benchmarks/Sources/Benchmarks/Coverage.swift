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

    /// The cost of made nets of 10³ to 10⁵ units, and of 10³ to 10⁶ points in one of them. Takes no files.
    static let growth = Benchmark(name: "growth") { _ in
        var rows = try [32, 100, 316].flatMap { side in try figures("\(side * side) units", net(side)) }
        let units = net(100)
        let locator = PointLocator(units)
        for count in [1_000, 10_000, 100_000, 1_000_000] {
            let xy = scattered(count, in: units.box)
            let found = best { locator.units(at: xy).count { $0 >= 0 } }
            rows.append(
                Measurement(task: "locate", input: "\(count) points", seconds: found.seconds, amount: found.amount))
        }
        return rows
    }

    private static func figures(_ input: String, _ areas: Geometries) throws -> [Measurement] {
        let layer = AuditLayer(name: Text(zh: "单元", en: "units"), areas: areas)
        let rounds = areas.count > 20_000 ? 3 : 7
        func row(_ task: String, _ body: () throws -> Int) rethrows -> Measurement {
            let figure = try best(of: rounds, body)
            return Measurement(task: task, input: input, seconds: figure.seconds, amount: figure.amount)
        }
        return [
            row("validity") { AreaValidity.verdicts(of: areas).count { !$0.isValid } },
            try row("audit") { try Audit.report(on: [layer]).findings.count },
            row("union") {
                Dissolve.joined(areas, into: [Int?](repeating: 0, count: areas.count), count: 1)
                    .parts(ofFeature: 0).count
            },
            row("adjacency") { Adjacency(of: areas).neighbours.count / 2 },
            row("locator") { PointLocator(areas).unit(x: 0, y: 0) == nil ? areas.count : 0 },
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
