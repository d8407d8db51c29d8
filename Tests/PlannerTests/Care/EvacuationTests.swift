import GeoGrid
import Testing

@testable import Planner

@Suite struct EvacuationTests {
    let model = WalkModel(roads: gridRoads(7, step: 100), waters: [])
    let zone = AreaBarrier(areas: [rectangle(150, 150, 450, 450)])

    private func home(_ x: Double, _ y: Double, _ persons: Int, helpless: Int = 0) -> Evacuation.Home {
        .init(location: point(x, y), persons: persons, helpless: helpless)
    }

    /// How often a line comes into the zone from outside.
    private func entries(_ line: [PlanarPoint]) -> Int {
        var entries = 0
        var wasInside = zone.contains(line[0])
        for (a, b) in zip(line, line.dropFirst()) {
            for part in zone.parts(from: a, to: b) {
                if part.inside, !wasInside, (part.to - part.from) * a.distance(to: b) > 0.05 { entries += 1 }
                wasInside = part.inside
            }
        }
        return entries
    }

    @Test(arguments: 1...8)
    func everyHouseholdIsPlacedAndNoWayEntersTheZone(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let homes = (0..<23).map { _ in
            home(160 + random.unit() * 280, 160 + random.unit() * 280, 2 + random.below(5), helpless: random.below(2))
        }
        let persons = homes.reduce(0) { $0 + $1.persons }
        let shelters = [(0.0, 0.0), (600.0, 600.0), (0.0, 600.0), (300.0, 300.0)].map {
            Evacuation.Shelter(location: point($0.0, $0.1), capacity: persons / 3 + 8)
        }
        let result = Evacuation(model: model, zone: zone, shelters: shelters).solve(homes)
        #expect(result.endangered == [3])
        #expect(result.shelters.allSatisfy { $0 >= 0 && $0 != 3 })
        #expect(result.cost >= result.lowerBound)
        #expect(Double(result.cost) <= 1.05 * Double(result.lowerBound))
        for h in homes.indices {
            let route = try #require(result.routes[h])
            #expect(entries(route.points) == 0)
            #expect(route.points.first == homes[h].location)
            #expect(route.points.last == shelters[Int(result.shelters[h])].location)
            let length = zip(route.points, route.points.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
            #expect(abs(length * 100 - Double(route.centimetres)) < 10)
        }
        for s in shelters.indices {
            #expect(result.load[s] <= shelters[s].capacity)
            let load = homes.indices.reduce(0) { result.shelters[$1] == Int32(s) ? $0 + homes[$1].persons : $0 }
            #expect(result.load[s] == load)
        }
    }

    @Test func theHelplessGoFirstWhereRoomIsShort() {
        let homes = [home(200, 200, 3), home(300, 300, 3, helpless: 1), home(210, 200, 2)]
        let evacuation = Evacuation(
            model: model, zone: zone, shelters: [.init(location: point(0, 0), capacity: 4)])
        let result = evacuation.solve(homes)
        #expect(result.shelters == [-1, 0, -1])
        #expect(result.reasons == [.sheltersFull, nil, .sheltersFull])
    }

    @Test func whatCannotBeReachedIsSaid() {
        // The only shelter lies beyond water without a bridge.
        let split = WalkModel(
            roads: [road("west", [(0, 0), (300, 0)]), road("east", [(500, 0), (900, 0)])],
            waters: [Water(id: "river", kind: .polygon, parts: [rectangle(350, -500, 450, 500)])])
        let evacuation = Evacuation(
            model: split, zone: AreaBarrier(areas: [rectangle(-10, -10, 100, 10)]),
            shelters: [.init(location: point(600, 0), capacity: 100)])
        let result = evacuation.solve([home(50, 2, 4), home(50, 5000, 1)])
        #expect(result.reasons == [.noWay, .offStreets])
        #expect(result.routes.allSatisfy { $0 == nil })
    }

    @Test func aWayAroundTheZoneIsTakenWhereTheStraightOneCrossesIt() throws {
        // From a home in the west of the zone to a shelter in the east: around, not through.
        let evacuation = Evacuation(
            model: model, zone: AreaBarrier(areas: [rectangle(150, 250, 450, 350)]),
            shelters: [.init(location: point(600, 300), capacity: 10)])
        let result = evacuation.solve([home(140, 300, 1), home(160, 300, 1)])
        let outer = try #require(result.routes[0])
        // 40 m back to the corner, 100 m up, 500 m across, 100 m down.
        #expect(abs(outer.centimetres - 74_000) <= 2)
    }
}
