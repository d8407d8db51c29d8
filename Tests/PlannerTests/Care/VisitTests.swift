import GeoGrid
import Testing

@testable import Planner

/// A town of streets 60 m apart with a door every 12 m, some of them towers.
func visitTown(streets: Int, seed: UInt64) -> Town {
    var town = Town(
        name: "", county: "", code: "", epsg: 4546, day: Day(year: 2026, month: 3, day: 1)!,
        communities: UnitLayer(level: .community), grids: UnitLayer(level: .grid))
    town.roads = gridRoads(streets, step: 60)
    var random = SeededGenerator(seed: seed)
    for row in 0..<streets {
        for place in 0..<(streets - 1) * 5 {
            let door = point(Double(place) * 12 + 6, Double(row) * 60 + 5)
            for _ in 0..<(random.below(12) == 0 ? 12 : 1 + random.below(3)) {
                town.households.append(Household(id: "H\(town.households.count)", location: door))
            }
        }
    }
    return town
}

@Suite struct VisitBeatsTests {
    @Test(arguments: [1, 2] as [UInt64])
    func everyHouseholdOnceLoadsAlikeBeatsJoined(seed: UInt64) async throws {
        let care = CareTown(visitTown(streets: 7, seed: seed))
        let all = Array(care.town.households.indices)
        let visitors = all.count / 20
        var options = VisitBeats.Options()
        options.effort = 600_000
        let beats = try await VisitBeats.divide(
            care: care, households: all, load: all.map { _ in 1 }, among: visitors, options: options)
        #expect(beats.beatCount == visitors)
        #expect(beats.disconnected.isEmpty)
        #expect(beats.deviation <= 0.1 + 1e-9)
        let rounds = beats.rounds(care: care)
        #expect(rounds.flatMap(\.households).sorted() == all)
        #expect(rounds.allSatisfy { $0.metres < 2000 })
    }

    @Test func theSameSeedGivesTheSameBeats() async throws {
        let care = CareTown(visitTown(streets: 4, seed: 3))
        let all = Array(care.town.households.indices)
        var options = VisitBeats.Options()
        options.effort = 50_000
        let first = try await VisitBeats.divide(
            care: care, households: all, load: all.map { _ in 1 }, among: 5, options: options)
        let second = try await VisitBeats.divide(
            care: care, households: all, load: all.map { _ in 1 }, among: 5, options: options)
        #expect(first.labels == second.labels)
    }

    @Test func withoutRoadsAndWithABadPlaceNobodyIsLost() async throws {
        var town = visitTown(streets: 3, seed: 4)
        town.roads = []
        town.households[3].location = point(.nan, 0)
        let care = CareTown(town)
        let all = Array(town.households.indices)
        var options = VisitBeats.Options()
        options.effort = 20_000
        let beats = try await VisitBeats.divide(
            care: care, households: all, load: all.map { _ in 1 }, among: 4, options: options)
        let visited = beats.rounds(care: care).flatMap(\.households).sorted()
        #expect(visited.filter { $0 != 3 } == all.filter { $0 != 3 })
    }
}

@Suite struct VisitCalendarTests {
    @Test func weeklyVisitsAreSpacedAndDaysAreAlike() {
        let frequency = [4.33, 4.33, 1, 1, 1, 1, 1, 1, 1, 1, 2.17]
        let calendar = VisitCalendar(
            frequency: frequency, duration: frequency.map { _ in 20 }, phases: frequency.map { _ in 0 }, month: 24_315,
            days: 20, dayMinutes: 240)
        #expect(calendar.leftOut.isEmpty)
        let weekly = calendar.visits.filter { $0.stop == 0 }.map(\.day)
        #expect(weekly.count == 4)
        #expect(zip(weekly, weekly.dropFirst()).allSatisfy { $1 - $0 == 5 })
        #expect(calendar.visits.count == 4 + 4 + 8 + 2)
        #expect((calendar.minutes.max() ?? 0) <= 40)
    }

    @Test func seldomVisitsFallDueAsOftenAsTheyShould() {
        for stop in 0..<50 {
            let phase = VisitCalendar.phase(of: "H\(stop)")
            let due = (0..<1200).reduce(0) { $0 + VisitCalendar.visits(0.17, phase: phase, month: $1, days: 22) }
            #expect(abs(due - 204) <= 1)
        }
    }

    @Test func whatDoesNotFitIsLeftOutNotLost() {
        let calendar = VisitCalendar(
            frequency: [1, 1, 1, 1, 1], duration: [50, 50, 50, 50, 50], phases: [0, 0, 0, 0, 0], month: 1, days: 2,
            dayMinutes: 100)
        #expect(calendar.visits.count == 4 && calendar.leftOut.count == 1)
        #expect(calendar.minutes == [100, 100])
    }
}

@Suite struct ServeDemandTests {
    let model = WalkModel(roads: gridRoads(6, step: 100), waters: [])

    @Test func capacityIsKeptAndOverloadSeen() {
        let points = model.doors([point(0, 0), point(500, 500)])
        let doors = model.doors([point(10, 0), point(20, 0), point(400, 500)])
        let result = ServeDemand.solve(
            capacities: [3, 10], amounts: [2, 4, 1], rows: model.rows(from: points, to: doors))
        #expect(result.nearestLoad == [6, 1])
        #expect(result.load == [3, 4])
        #expect(result.unserved == [0, 0, 0])
        #expect(result.isProvenOptimal)
        #expect(result.walks.count == result.shares.count)
    }

    @Test func roundsCarryNoMoreThanTheyMayAndReachEverybody() {
        var random = SeededGenerator(seed: 8)
        let stops = (0..<40).map { _ in point(random.unit() * 500, random.unit() * 500) }
        let amounts = (0..<40).map { _ in 1 + random.below(4) }
        let rounds = DeliveryRounds(
            model: model, base: point(250, 250), stops: stops, amounts: amounts, carry: 12
        ).rounds
        #expect(rounds.allSatisfy { $0.amount <= 12 && $0.metres > 0 })
        #expect(rounds.flatMap(\.stops).sorted() == Array(0..<40))
        #expect(rounds.reduce(0) { $0 + $1.amount } == amounts.reduce(0, +))
        let wide = DeliveryRounds(model: model, base: point(0, 0), stops: [point(100, 0)], amounts: [30], carry: 12)
        #expect(wide.rounds.map(\.amount) == [12, 12, 6])
    }
}
