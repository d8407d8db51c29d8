import Foundation

/// One figure: a task on an input, in seconds of CPU time.
struct Measurement: Encodable {
    var task: String
    var input: String
    var seconds: Double
    /// What was done, to show that both sides did the same: features, vertices, bytes.
    var amount: Int
}

/// A group of tasks, named on the command line: `Benchmarks geojson FILE…`.
struct Benchmark: Sendable {
    let name: String
    let run: @Sendable ([String]) throws -> [Measurement]

    static let all: [Benchmark] = [.geoJSON, .location, .coverage, .growth, .addresses, .care]
}

/// CPU seconds of the best of several runs: other programs on the machine do not count.
func best(of rounds: Int = 25, _ body: () throws -> Int) rethrows -> (seconds: Double, amount: Int) {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    var least = Double.infinity
    var amount = 0
    for _ in 0..<rounds {
        let start = now()
        amount = try body()
        least = min(least, now() - start)
    }
    return (least, amount)
}
