import GeoGrid
import Testing

@testable import Planner

@Suite struct WalkModelTests {
    let model = WalkModel(roads: gridRoads(6, step: 100), waters: [])

    /// Shortest ways by Floyd and Warshall over nodes and doors, as a check.
    private func bruteForce(_ model: WalkModel, _ a: StreetDoors, _ b: StreetDoors) -> [[Int32]] {
        let network = model.network
        let n = network.nodes.count
        var distance = [[Int]](repeating: [Int](repeating: 1 << 40, count: n), count: n)
        for i in 0..<n { distance[i][i] = 0 }
        for e in 0..<network.edgeCount {
            let (u, v) = (Int(network.from[e]), Int(network.to[e]))
            distance[u][v] = min(distance[u][v], Int(network.lengths[e]))
            distance[v][u] = distance[u][v]
        }
        for k in 0..<n {
            for i in 0..<n {
                for j in 0..<n { distance[i][j] = min(distance[i][j], distance[i][k] + distance[k][j]) }
            }
        }
        return (0..<a.count).map { i in
            (0..<b.count).map { j in
                guard a.edges[i] >= 0, b.edges[j] >= 0 else { return WalkModel.unreachable }
                let (e, f) = (Int(a.edges[i]), Int(b.edges[j]))
                var best = e == f ? Int(abs(a.along[i] - b.along[j])) : 1 << 40
                for (u, x) in [(network.from[e], a.along[i]), (network.to[e], network.lengths[e] - a.along[i])] {
                    for (v, y) in [(network.from[f], b.along[j]), (network.to[f], network.lengths[f] - b.along[j])] {
                        best = min(best, distance[Int(u)][Int(v)] + Int(x) + Int(y))
                    }
                }
                return best >= 1 << 40 ? WalkModel.unreachable : Int32(best) + a.access[i] + b.access[j]
            }
        }
    }

    private func randomDoors(_ count: Int, seed: UInt64, in model: WalkModel) -> StreetDoors {
        var random = SeededGenerator(seed: seed)
        return model.doors((0..<count).map { _ in point(random.unit() * 500, random.unit() * 500) })
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func rowsEqualAllPairsShortestWays(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Random short streets: crossings, dead ends and separate parts.
        let roads = (0..<60).map { i in
            let (x, y) = (random.unit() * 500, random.unit() * 500)
            return road("\(i)", [(x, y), (x + random.unit() * 200 - 100, y + random.unit() * 200 - 100)])
        }
        var options = WalkModel.Options()
        options.smallPart = 0
        let model = WalkModel(roads: roads, waters: [], options: options)
        let a = randomDoors(20, seed: seed + 10, in: model)
        let b = randomDoors(80, seed: seed + 20, in: model)
        let expected = bruteForce(model, a, b)
        for limit in [Int32.max - 1, 15_000] {
            let rows = model.rows(from: a, to: b, within: limit)
            for i in 0..<a.count {
                let reached = (0..<b.count).filter { expected[i][$0] <= limit }
                #expect(rows.row(i).map { Int(rows.targets[$0]) } == reached)
                #expect(rows.row(i).map { rows.centimetres[$0] } == reached.map { expected[i][$0] })
            }
        }
        let nearest = model.nearest(of: a, to: b)
        for j in 0..<b.count { #expect(nearest.centimetres[j] == expected.map { $0[j] }.min()!) }
    }

    @Test func routesAreAsLongAsTheRowsSay() throws {
        let a = randomDoors(10, seed: 5, in: model)
        let b = randomDoors(30, seed: 6, in: model)
        let rows = model.rows(from: a, to: b)
        for i in 0..<a.count {
            for k in rows.row(i) {
                let route = try #require(model.route(from: a, i, to: b, Int(rows.targets[k])))
                #expect(route.centimetres == rows.centimetres[k])
                let length = zip(route.points, route.points.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
                #expect(abs(length * 100 - Double(route.centimetres)) < 10)
            }
        }
    }

    @Test func doorsDoNotReachOverWater() {
        let water = [Water(id: "w", kind: .polygon, parts: [rectangle(-50, 10, 700, 20)])]
        let model = WalkModel(
            roads: [road("south", [(0, 0), (600, 0)]), road("north", [(0, 60), (600, 60)])], waters: water)
        let doors = model.doors([point(50, 5), point(50, 25), point(50, 2000), point(.nan, 0)])
        #expect(doors.access == [500, 3500, 0, 0])
        #expect(doors.edges[2] == -1 && doors.edges[3] == -1)
        #expect(model.offStreet(doors, layer: "household") { "\($0)" }.map(\.code) == [.offStreets, .offStreets])
    }

    @Test func scrapsOfStreetTakeADoorOnlyWithoutBetter() {
        let roads = [road("main", [(0, 0), (1000, 0)]), road("scrap", [(0, 100), (50, 100)])]
        let model = WalkModel(roads: roads, waters: [])
        let doors = model.doors([point(20, 95)])
        #expect(doors.access == [9500])
    }

    @Test func withoutRoadsDistancesAreStraightTimesAFactorAndSaidSo() {
        let model = WalkModel(roads: [], waters: [])
        #expect(model.findings.map(\.code) == [.noStreets])
        let doors = model.doors([point(0, 0), point(100, 0), point(.nan, 0)])
        let rows = model.rows(from: doors, to: doors)
        #expect(rows.row(0).map { rows.centimetres[$0] } == [0, 13_000])
        #expect(model.nearest(of: doors, to: doors).sources == [0, 1, -1])
    }

    @Test func fourKilometresTakeAnHour() {
        #expect(abs(model.minutes(400_000) - 60) < 1e-9)
    }
}
