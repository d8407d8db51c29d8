import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard let benchmark = Benchmark.all.first(where: { $0.name == arguments.first }) else {
    FileHandle.standardError.write(
        Data("usage: Benchmarks \(Benchmark.all.map(\.name).joined(separator: "|")) INPUT…\n".utf8))
    exit(2)
}
let encoder = JSONEncoder()
for measurement in try benchmark.run(Array(arguments.dropFirst())) {
    print(String(decoding: try encoder.encode(measurement), as: UTF8.self))
}
