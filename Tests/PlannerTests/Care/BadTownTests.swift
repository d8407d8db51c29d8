import GeoGrid
import Testing

@testable import Planner

/// Towns whose data lack something: each is told with its code, and as much is planned as can be.
@Suite struct BadTownTests {
    /// Six streets either way, with a centre in a corner.
    private let plain = visitTown(streets: 6, seed: 11)
    private let corner = ServicePoint(id: "F1", name: "中心", kind: "中心", location: point(0, 0))

    private func walks(_ care: CareTown, to places: [PlanarPoint]) -> (sources: [Int32], centimetres: [Int32]) {
        care.model.nearest(of: care.model.doors(places), to: care.homes)
    }

    private func person(_ id: String, home: PlanarPoint?) -> Person {
        var person = Person(id: id, name: id)
        person.home = home
        return person
    }

    @Test func withoutRoadsStraightLinesCountAndItIsSaid() {
        var town = plain
        town.roads = []
        let care = CareTown(town)
        #expect(care.findings.map(\.code) == [.noStreets, .householdsOutsideUnits])
        let found = walks(care, to: [point(0, 0)])
        for (h, home) in care.homes.points.enumerated() {
            let expected = home.distance(to: point(0, 0)) * care.model.options.detour
            #expect(abs(Double(found.centimetres[h]) / 100 - expected) < 0.01)
        }
    }

    @Test func anIslandIsToldAndTheMainlandServed() {
        var town = plain
        town.roads.append(road("island", [(5000, 5000), (5300, 5000)]))
        town.households.append(Household(id: "far", location: point(5100, 5010)))
        let care = CareTown(town)
        #expect(care.findings.contains { $0.code == .streetsInParts })
        let found = walks(care, to: [corner.location])
        #expect(found.sources.last == -1)
        #expect(found.sources.dropLast().allSatisfy { $0 == 0 })
        let plan = evacuation(town, zone: rectangle(5000, 4900, 5200, 5100), shelters: [corner], capacity: 50)
        #expect(plan.result.reasons == [.noWay])
        #expect(plan.findings.contains { $0.code == .notEvacuated && $0.severity == .error })
    }

    @Test func whatTheSheltersHoldIsPlacedAndTheRestNamed() {
        let zone = rectangle(-10, 50, 310, 70)
        let plan = evacuation(plain, zone: zone, shelters: [corner], capacity: 9)
        let persons = plan.households.reduce(0) { $0 + $1.persons }
        #expect(persons > 9)
        #expect(plan.result.load == [9])
        #expect(plan.findings.count { $0.code == .capacityShort } == 1)
        #expect(plan.findings.count { $0.code == .notEvacuated } == plan.result.shelters.count { $0 < 0 })
    }

    @Test func aShelterInTheZoneIsToldAndNotUsed() {
        var inside = corner
        inside.id = "F2"
        inside.location = point(60, 62)
        let plan = evacuation(plain, zone: rectangle(-10, 50, 310, 70), shelters: [inside, corner], capacity: 500)
        #expect(plan.findings.filter { $0.code == .shelterEndangered }.map(\.place.id) == ["F2"])
        #expect(plan.result.shelters.allSatisfy { $0 == 1 })
        #expect(plan.entries == 0)
    }

    private func evacuation(
        _ town: Town, zone: [[PlanarPoint]], shelters: [ServicePoint], capacity: Int
    ) -> EvacuationPlan {
        var town = town
        town.servicePoints = shelters
        let care = CareTown(town)
        let area = AreaBarrier(areas: [zone])
        return EvacuationPlan(
            care: care, zone: area, homes: care.homes.points.indices.filter { area.contains(care.homes.points[$0]) },
            shelters: Array(shelters.indices), defaultCapacity: capacity, escorts: [])
    }

    @Test func aHelperWithoutAHomeIsToldAndTheOthersPair() {
        var town = plain
        town.people = [person("P1", home: point(0, 0)), person("P2", home: nil), person("P3", home: point(.nan, 1))]
        let care = CareTown(town)
        let places = HelperPlaces(care: care, people: [0, 1, 2])
        #expect(places.findings.map(\.code) == [.helperWithoutHome, .helperWithoutHome])
        #expect(places.placed == 1)
        let homes = Array(town.households.indices.prefix(20))
        let pairing = Pairing(
            helpers: (0..<3).map { places.side($0, capacity: 15) { _ in 0 } },
            households: homes.map { places.side(household: $0) { _ in 0 } })
        let doors = care.model.doors(homes.map { care.homes.points[$0] })
        let result = pairing.solve(rows: care.model.rows(from: places.doors, to: doors))
        #expect(result.helpers.count { $0 == 0 } == 15)
        #expect(result.helpers.count { $0 > 0 } == 0)
        #expect(result.reasons.count { $0 == .capacityUsedUp } == 5)
        #expect(result.isProvenOptimal)
    }

    @Test func streetsWithoutLengthAndPlacesThatAreNoNumbersAreToldAndLeftOut() {
        var town = plain
        town.roads += [road("dot", [(60, 60), (60, 60)]), road("nan", [(0, 0), (.nan, 5), (.infinity, 5)])]
        town.households[0].location = point(.nan, .nan)
        town.households[1].location = point(.infinity, 0)
        let care = CareTown(town)
        #expect(care.findings.count { $0.code == .unusableRoadLine } == 2)
        #expect(care.findings.filter { $0.code == .offStreets }.map(\.place.id) == ["H0", "H1"])
        let found = walks(care, to: [corner.location, point(.nan, 0)])
        #expect(found.sources.prefix(2).allSatisfy { $0 < 0 })
        #expect(found.sources.dropFirst(2).allSatisfy { $0 == 0 })
    }

    @Test func demandBeyondCapacityIsServedAsFarAsItGoes() {
        let care = CareTown(plain)
        let clients = CareClients(care: care, weight: care.persons)
        let amounts = clients.weights.map { Int($0) }
        let points = care.model.doors([point(0, 0), point(300, 300)])
        let result = ServeDemand.solve(
            capacities: [10, 5], amounts: amounts, rows: care.model.rows(from: points, to: clients.doors))
        #expect(result.load == [10, 5])
        #expect(result.unserved.reduce(0, +) == amounts.reduce(0, +) - 15)
        #expect(result.nearestLoad.reduce(0, +) == amounts.reduce(0, +))
        #expect(result.isProvenOptimal)
    }
}
