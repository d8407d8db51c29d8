import Foundation
import GeoGrid
import Planner

extension Benchmark {
    /// 步行与指派: the matrix of walks, and the cover of a town, as households and points grow. Takes no files.
    static let care = Benchmark(name: "care") { _ in
        try walkingGrowth() + routes() + pairing() + siting()
    }

    /// A made street net of so many crossings a side, 90 m apart, with some streets missing.
    private static func streets(_ side: Int) -> [Road] {
        var generator = SeededGenerator(seed: UInt64(side))
        let nodes = (0..<side * side).map { i in
            PlanarPoint(
                x: Double(i % side) * 90 + generator.unit() * 30, y: Double(i / side) * 90 + generator.unit() * 30)
        }
        var roads: [Road] = []
        func add(_ a: Int, _ b: Int) {
            if generator.unit() < 0.85 {
                roads.append(Road(id: "\(roads.count)", roadClass: .residential, lines: [[nodes[a], nodes[b]]]))
            }
        }
        for i in nodes.indices {
            if i % side + 1 < side { add(i, i + 1) }
            if i / side + 1 < side { add(i, i + side) }
        }
        return roads
    }

    private static func scattered(_ count: Int, within size: Double, seed: UInt64) -> [PlanarPoint] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in PlanarPoint(x: generator.unit() * size, y: generator.unit() * size) }
    }

    private static func walkingGrowth() -> [Measurement] {
        [(1_000, 10), (10_000, 100), (100_000, 1_000)].flatMap { homes, points -> [Measurement] in
            let side = max(8, Int((Double(homes) / 10).squareRoot()))
            let size = Double(side) * 90
            let input = "\(homes) households, \(points) points"
            let roads = streets(side)
            let rounds = homes < 100_000 ? 3 : 1
            let build = best(of: rounds) { WalkModel(roads: roads, waters: []).network.edgeCount }
            let model = WalkModel(roads: roads, waters: [])
            let places = scattered(homes, within: size, seed: 1)
            let snap = best(of: rounds) { model.doors(places).count }
            let doors = model.doors(places)
            let sources = model.doors(scattered(points, within: size, seed: 2))
            let nearest = best(of: rounds) { model.nearest(of: sources, to: doors).sources.count { $0 >= 0 } }
            let quarter = best(of: rounds) {
                model.rows(from: sources, to: doors, within: model.centimetres(minutes: 15)).targets.count
            }
            let all = best(of: rounds) { model.rows(from: sources, to: doors).targets.count }
            return [
                Measurement(task: "network", input: input, seconds: build.seconds, amount: build.amount),
                Measurement(task: "doors", input: input, seconds: snap.seconds, amount: snap.amount),
                Measurement(task: "nearest point", input: input, seconds: nearest.seconds, amount: nearest.amount),
                Measurement(task: "pairs in 15 min", input: input, seconds: quarter.seconds, amount: quarter.amount),
                Measurement(task: "all pairs", input: input, seconds: all.seconds, amount: all.amount),
            ]
        }
    }

    /// Closed rounds over random places; the amount is the length in metres. The peer solves the same files.
    private static func routes() throws -> [Measurement] {
        try [50, 100, 200, 500, 1_000, 2_000].map { count in
            let places = scattered(count, within: 5_000, seed: UInt64(count))
            let table = places.flatMap { p in places.map { Int32((p.distance(to: $0) * 100).rounded()) } }
            try write(table, to: "route-\(count)")
            let run = best(of: 1) {
                Int(DoorRound(distances: table, count: count, isClosed: true, effort: count > 200 ? 100 : 400).length)
            }
            return Measurement(task: "round, cm", input: "\(count) doors", seconds: run.seconds, amount: run.amount)
        }
    }

    /// Helpers and households on a street net; the amount is the least sum of walks in centimetres.
    private static func pairing() throws -> [Measurement] {
        try [(60, 600), (600, 6_346)].map { helpers, households in
            let model = WalkModel(roads: streets(40), waters: [])
            let homes = model.doors(scattered(households, within: 3_600, seed: 3))
            let sources = model.doors(scattered(helpers, within: 3_600, seed: 4))
            let rows = model.rows(from: sources, to: homes)
            let capacity = 11
            try write(rows.offsets.map { Int32($0) }, to: "pair-\(helpers)-offsets")
            try write(rows.targets, to: "pair-\(helpers)-targets")
            try write(rows.centimetres, to: "pair-\(helpers)-costs")
            let pairs = (0..<helpers).flatMap { s in
                rows.row(s).map { (supplier: Int32(s), target: rows.targets[$0], cost: rows.centimetres[$0]) }
            }
            let run = best(of: 3) {
                let result = Assignment(
                    capacities: [Int](repeating: capacity, count: helpers),
                    amounts: [Int](repeating: 1, count: households), pairs: pairs
                ).solve()
                precondition(result.isProvenOptimal)
                return Int(result.cost)
            }
            return Measurement(
                task: "pairing, cm", input: "\(helpers) × \(households)", seconds: run.seconds, amount: run.amount)
        }
    }

    /// The most people within 15 minutes of `p` of the candidates; the amount is the people covered.
    private static func siting() throws -> [Measurement] {
        try [(12, 4), (30, 6), (60, 12)].map { candidates, p in
            let model = WalkModel(roads: streets(40), waters: [])
            let clients = model.doors(scattered(400, within: 3_600, seed: UInt64(candidates)))
            var generator = SeededGenerator(seed: 9)
            let weights = (0..<400).map { _ in Int64(1 + generator.below(9)) }
            let sites = model.doors(scattered(candidates, within: 3_600, seed: 6))
            let rows = model.rows(from: sites, to: clients)
            let limit = model.centimetres(minutes: 8)
            var cover = [Int32](repeating: 0, count: candidates * 400)
            for s in 0..<candidates {
                for k in rows.row(s) where rows.centimetres[k] <= limit { cover[s * 400 + Int(rows.targets[k])] = 1 }
            }
            try write(cover, to: "site-\(candidates)-cover")
            try write(weights.map { Int32($0) }, to: "site-\(candidates)-weights")
            var gap = 0.0
            let run = best(of: 1) {
                let result = Siting(
                    model: model, weights: weights, standing: weights.map { _ in WalkModel.unreachable }, rows: rows
                ).solve(.cover(minutes: 8), count: p)
                gap = result.gap
                return Int(result.value)
            }
            return Measurement(
                task: "siting, people (gap \((gap * 10_000).rounded() / 100) %)", input: "\(p) of \(candidates)",
                seconds: run.seconds, amount: run.amount)
        }
    }

    /// Where the peer finds the instances; nowhere when the folder is not named.
    private static func write(_ numbers: [Int32], to name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["GEOGRID_BENCH_INSTANCES"] else { return }
        try numbers.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: "\(folder)/\(name).i32")) }
    }
}
