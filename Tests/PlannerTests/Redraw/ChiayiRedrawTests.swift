import Foundation
import GeoGrid
import TestSupport
import Testing

@testable import Planner

@Suite struct ChiayiRedrawTests {
    /// The 1,505 cells with their households; the 104 areas merged pairwise with the neighbour of the longest border.
    private static func problem(grids: Int) throws -> RedrawProblem {
        let (degrees, properties) = try RealData.areas(RealData.chiayiBase)
        let areas = degrees.scaledToMetres(latitude: 23.48)
        let root = try JSONSerialization.jsonObject(
            with: Data(contentsOf: RealData.url("tw_chiayi_4level/population_base.json")))
        let rows = (root as? [String: Any])?["RowDataList"] as? [[String: Any]] ?? []
        var households: [String: Double] = [:]
        for row in rows {
            if let code = row["CODEBASE"] as? String, let count = row["H_CNT"] as? NSNumber {
                households[code] = count.doubleValue
            }
        }
        let cells = properties.map { $0["CODEBASE"] ?? "" }
        let homes = properties.map { $0["CODE2"] ?? "" }
        let names = Set(homes).sorted()
        let number = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        let adjacency = Adjacency(of: areas)
        var borders = [[Double]](repeating: [Double](repeating: 0, count: names.count), count: names.count)
        for a in cells.indices {
            for e in adjacency.row(a) {
                let (x, y) = (number[homes[a]]!, number[homes[adjacency.neighbours[e]]]!)
                if x != y { borders[x][y] += adjacency.borders[e] }
            }
        }
        var merged = [Int](repeating: -1, count: names.count)
        var count = 0
        for x in names.indices where merged[x] < 0 {
            merged[x] = count
            let partner = names.indices.filter { merged[$0] < 0 && borders[x][$0] > 0 }.max {
                (borders[x][$0], -$0) < (borders[x][$1], -$1)
            }
            if let partner { merged[partner] = count }
            count += 1
        }
        var problem = RedrawProblem(
            ids: cells,
            criteria: [
                .init(
                    name: Text(zh: "户数", en: "households"), loads: cells.map { households[$0] ?? 0 }, tolerance: 0.1)
            ],
            adjacency: adjacency, districts: [])
        problem.communities = homes.map { merged[number[$0]!] }
        var loads = [Double](repeating: 0, count: count)
        for (unit, community) in problem.communities.enumerated() {
            loads[community] += problem.criteria[0].loads[unit]
        }
        problem.districts = RedrawProblem.apportion(districts: grids, loads: loads).enumerated().flatMap { c, n in
            [RedrawProblem.District](repeating: .init(community: c), count: n)
        }
        problem.areas = cells.indices.map { areas.area(ofFeature: $0) }
        problem.perimeters = cells.indices.map { areas.length(ofFeature: $0) }
        problem.centres = cells.indices.map { areas.box(ofFeature: $0).center }
        return problem
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func fourHundredGridsOfARealCity() async throws {
        let problem = try Self.problem(grids: 400)
        #expect(problem.count == 1_505)
        #expect(problem.criteria[0].loads.reduce(0, +) == 98_557)
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 200_000))
        let figures = PlanCheck.figures(plan.labels, problem, assumedBridges: plan.assumedBridges)
        #expect(plan.labels.allSatisfy { $0 >= 0 })
        for (unit, grid) in plan.labels.enumerated() {
            #expect(problem.districts[grid].community == problem.communities[unit])
        }
        #expect(figures.loads.reduce(0) { $0 + $1[0] } == 98_557)
        #expect(plan.leastDeviation > 0.5)
        #expect(figures.worst() >= plan.leastDeviation)
        let empty = figures.members.count { $0 == 0 }
        let broken = figures.pieces.count { $0 > 1 }
        #expect(broken == 0)
        // Every grid that is empty or misses its bounds is explained, each once.
        let missed = figures.deviations.indices.count {
            figures.members[$0] > 0 && abs(figures.deviations[$0][0]) > 0.1 + 1e-9
        }
        #expect(plan.findings.count { $0.code == .redrawMissed } == missed + empty)
    }
}
