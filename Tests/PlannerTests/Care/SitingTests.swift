import GeoGrid
import Testing

@testable import Planner

@Suite struct SitingTests {
    private struct Instance {
        var siting: Siting
        var costs: [[Int32]]
    }

    private func instance(seed: Int, clients: Int = 30, candidates: Int = 12, fixed: Int) -> Instance {
        var random = SeededGenerator(seed: UInt64(seed))
        let model = WalkModel(roads: gridRoads(8, step: 150), waters: [])
        func points(_ n: Int) -> [PlanarPoint] {
            (0..<n).map { _ in point(random.unit() * 1050, random.unit() * 1050) }
        }
        let doors = model.doors(points(clients))
        let sites = model.doors(points(candidates))
        let weights = (0..<clients).map { _ in Int64(1 + random.below(5)) }
        let standing = model.nearest(of: model.doors(points(fixed)), to: doors).centimetres
        let rows = model.rows(from: sites, to: doors)
        let costs = (0..<candidates).map { j in rows.row(j).map { rows.centimetres[$0] } }
        return Instance(siting: Siting(model: model, weights: weights, standing: standing, rows: rows), costs: costs)
    }

    /// All choices of three candidates, by the value of `measure` on each client's way.
    private func best(_ instance: Instance, _ measure: ([Int32]) -> Double) -> [Double] {
        let n = instance.costs.count
        var values: [Double] = []
        for a in 0..<n {
            for b in a + 1..<n {
                for c in b + 1..<n {
                    let ways = instance.siting.standing.indices.map { i in
                        min(
                            instance.siting.standing[i], instance.costs[a][i], instance.costs[b][i],
                            instance.costs[c][i])
                    }
                    values.append(measure(ways))
                }
            }
        }
        return values
    }

    @Test(arguments: 1...12)
    func theThreeGoalsReachTheOptimumAndBoundIt(seed: Int) {
        let instance = instance(seed: seed, fixed: seed % 3)
        let siting = instance.siting
        let pace = 4000.0 / 60
        let weights = siting.weights

        let median = siting.solve(.median, count: 3)
        let leastWalk = best(instance) { ways in
            zip(ways, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) } / 100 / pace
        }.min()!
        #expect(abs(median.value - leastWalk) < 1e-6 * leastWalk)
        #expect(median.bound <= median.value + 1e-9)
        #expect(median.gap < 0.05)

        let cover = siting.solve(.cover(minutes: 4), count: 3)
        let limit = Int32((4 * pace * 100).rounded())
        let most = best(instance) { ways in
            zip(ways, weights).reduce(0) { $1.0 <= limit ? $0 + Double($1.1) : $0 }
        }.max()!
        #expect(cover.value == most)
        #expect(cover.bound >= cover.value)
        #expect(cover.gap < 0.08)

        let centre = siting.solve(.centre, count: 3)
        let shortest = best(instance) { Double($0.max()!) / 100 / pace }.min()!
        #expect(centre.value >= shortest - 1e-9)
        #expect(centre.bound <= shortest + 1e-9)
        #expect(centre.value <= shortest * 1.1)
    }

    @Test func sitesAreRankedByTheirWorth() {
        let result = instance(seed: 3, fixed: 1).siting.solve(.median, count: 4)
        #expect(result.sites.count == 4)
        #expect(zip(result.sites, result.sites.dropFirst()).allSatisfy { $0.worth >= $1.worth })
        #expect(result.before >= result.value)
    }

    @Test func moreSitesThanCandidatesOpensThemAll() {
        let result = instance(seed: 4, candidates: 3, fixed: 0).siting.solve(.median, count: 9)
        #expect(result.sites.count == 3)
        #expect(result.gap == 0)
    }
}
