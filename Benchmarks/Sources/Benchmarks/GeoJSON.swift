import Foundation
import GeoGrid

extension Benchmark {
    /// Loads each file into a table, and writes it out again.
    static let geoJSON = Benchmark(name: "geojson") { files in
        try files.flatMap { file in
            let url = URL(fileURLWithPath: file)
            let load = try best { try GeoJSONReader.read(url).table.count }
            let table = try GeoJSONReader.read(url).table
            let write = try best {
                let target = FileManager.default.temporaryDirectory.appending(path: "geogrid-bench.geojson")
                defer { try? FileManager.default.removeItem(at: target) }
                FileManager.default.createFile(atPath: target.path, contents: nil)
                let handle = try FileHandle(forWritingTo: target)
                var writer = GeoJSONWriter { try handle.write(contentsOf: $0) }
                try writer.write(table)
                try writer.finish()
                try handle.close()
                return table.count
            }
            return [
                Measurement(task: "load", input: url.lastPathComponent, seconds: load.seconds, amount: load.amount),
                Measurement(task: "write", input: url.lastPathComponent, seconds: write.seconds, amount: write.amount),
            ]
        }
    }
}
