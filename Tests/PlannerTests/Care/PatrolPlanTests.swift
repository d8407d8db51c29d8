import GeoGrid
import Testing

@testable import Planner

@Suite struct PatrolPlanTests {
    /// Squares of 120 m, each a grid, with streets between them and premises strewn over them.
    private func town(side: Int, premises: Int) -> Town {
        var town = Town(
            name: "", county: "", code: "", epsg: 4546, day: Day(year: 2026, month: 3, day: 1)!,
            communities: UnitLayer(level: .community), grids: UnitLayer(level: .grid))
        town.roads = gridRoads(side + 1, step: 120)
        for i in 0..<side * side {
            let (x, y) = (Double(i % side) * 120, Double(i / side) * 120)
            town.grids.append(
                code: "G\(i)", name: "G\(i)", parent: "", area: [rectangle(x, y, x + 120, y + 120)])
        }
        var random = SeededGenerator(seed: 5)
        for i in 0..<premises {
            let place = point(random.unit() * Double(side) * 120, random.unit() * Double(side) * 120)
            var one = Premises(id: "S\(i)", name: "", kind: "merchant", location: place)
            one.unitCode = "G\(Int(place.y / 120) * side + Int(place.x / 120))"
            town.premises.append(one)
        }
        return town
    }

    private func plan(_ town: Town, month: Int) async throws -> PatrolPlan {
        var options = PatrolPlan.Options()
        options.effort = 40_000
        return try await PatrolPlan.make(
            care: CareTown(town), squads: 5, month: month, model: .standard, options: options)
    }

    @Test func territoriesAreJoinedEvenAndHoldEveryUnitOnce() async throws {
        let town = town(side: 8, premises: 400)
        let plan = try await plan(town, month: 24_315)
        #expect(plan.squads.flatMap(\.units).sorted() == Array(0..<64))
        #expect(plan.disconnected.isEmpty)
        #expect(plan.deviation <= 0.1)
        for squad in plan.squads {
            #expect(
                squad.due.allSatisfy {
                    squad.units.contains(town.grids.codes.firstIndex(of: town.premises[$0].unitCode)!)
                })
            #expect(squad.calendar.visits.count + squad.calendar.leftOut.count == squad.due.count)
        }
    }

    /// A merchant is visited every six months or so: in a year each comes up twice, and no month lacks its share.
    @Test func overAYearEverySeldomVisitFallsDueAsOftenAsItShould() async throws {
        let town = town(side: 4, premises: 120)
        var times = [Int](repeating: 0, count: town.premises.count)
        for month in 0..<12 {
            let due = try await plan(town, month: 24_312 + month).squads.flatMap(\.due)
            #expect(Set(due).count == due.count)
            for p in due { times[p] += 1 }
        }
        #expect(times.allSatisfy { $0 == 2 || $0 == 3 })
    }

    @Test func withoutUnitsThereIsNothingToDivide() async {
        var bare = town(side: 2, premises: 0)
        bare.grids = UnitLayer(level: .grid)
        await #expect(throws: GeoGridError.self) { try await plan(bare, month: 1) }
    }
}
