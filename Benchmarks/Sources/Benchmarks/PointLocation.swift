import Foundation
import GeoGrid

extension Benchmark {
    /// Builds the locator of each file and finds the unit of points strewn over its box, in one thread.
    static let location = Benchmark(name: "location") { files in
        try files.flatMap { file in
            let input = URL(fileURLWithPath: file).lastPathComponent
            let areas = try GeoJSONReader.read(URL(fileURLWithPath: file)).table.geometries
            let build = best(of: 5) { PointLocator(areas).unit(x: 0, y: 0) == nil ? areas.count : 0 }
            let locator = PointLocator(areas)
            var rows = [Measurement(task: "index", input: input, seconds: build.seconds, amount: build.amount)]
            for count in [1_000, 10_000, 100_000, 1_000_000] {
                let xy = scattered(count, in: areas.box)
                let found = best { locator.units(at: xy).count { $0 >= 0 } }
                rows.append(
                    Measurement(task: "locate \(count)", input: input, seconds: found.seconds, amount: found.amount))
            }
            return rows
        }
    }

    /// Uniform in the box; the peer draws its own.
    static func scattered(_ count: Int, in box: Box) -> [Double] {
        var generator = SeededGenerator(seed: 1)
        return (0..<count).flatMap { _ in
            [box.minX + generator.unit() * box.width, box.minY + generator.unit() * box.height]
        }
    }
}
