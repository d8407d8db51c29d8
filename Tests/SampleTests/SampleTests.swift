import Foundation
import GeoGrid
import TestSupport
import Testing

@testable import Sample

@Suite struct SampleTests {
    static let sample = SampleTown.make()

    @Test func committedFilesAreRegenerated() throws {
        let files = Self.sample.files
        #expect(files.count > 20)
        for file in files {
            let committed = try Data(contentsOf: Repository.url("data/" + file.path))
            #expect(committed == Data(file.bytes), "data/\(file.path) differs from what geogrid sample draws")
        }
    }

    @Test func countsAreThoseOfTheTableOfFacts() throws {
        let town = Self.sample.town
        let extras = Self.sample.extras
        let inDanger = Set(extras.danger?.householdIDs ?? [])
        let dangerPersons = town.households.reduce(0) { $0 + (inDanger.contains($1.id) ? $1.persons : 0) }
        func premises(_ kind: String) -> Int { town.premises.count { $0.kind.hasPrefix(kind) } }
        func services(_ kind: String) -> Int { town.servicePoints.count { $0.kind == kind } }
        var facts: [(name: String, count: Int)] = []
        facts.append(("communities", town.communities.count))
        facts.append(("grids", town.grids.count))
        facts.append(("microgrids", town.microgrids.count))
        facts.append(("roads", town.roads.count))
        facts.append(("buildings", town.buildings.count))
        facts.append(("places", town.places.count))
        facts.append(("households", town.households.count))
        facts.append(("persons", town.households.reduce(0) { $0 + $1.persons }))
        facts.append(("careResidents", town.careResidents.count))
        facts.append(("careCategories", Set(town.careResidents.map(\.category)).count))
        facts.append(("postHolders", Set(town.posts.compactMap(\.personID)).count))
        facts.append(("posts", town.posts.count))
        facts.append(("vacantPosts", town.posts.count { $0.personID == nil }))
        facts.append(("doubleHolders", extras.doubleHolders.count))
        facts.append(("centres", services("党群服务中心")))
        facts.append(("servicePoints", services("便民服务点")))
        facts.append(("canteens", services("助餐点")))
        facts.append(("clinics", services("卫生室")))
        facts.append(("shelters", services("避难所")))
        facts.append(("merchants", premises("merchant")))
        facts.append(("gradedRentals", premises("rental-green") + premises("rental-yellow")))
        facts.append(("otherRentals", premises("rental-whole") + premises("rental-shared")))
        facts.append(("fireworks", premises("fireworks")))
        facts.append(("venues", premises("venue")))
        facts.append(("religious", premises("religious")))
        facts.append(("hazards", town.hazards.count))
        facts.append(("hazardsOpen", town.hazards.count { $0.closed == nil }))
        facts.append(("events", extras.events.count))
        facts.append(("eventsWithoutPlace", extras.events.count { $0.location == nil }))
        facts.append(("repeatAddresses", extras.repeatAddresses.count))
        facts.append(("projects", extras.projects.count))
        facts.append(("inspections", extras.visits.visits.count))
        facts.append(("overdue", extras.visits.overdue.count))
        facts.append(("regraded", extras.regrading.rows.count))
        facts.append(("zonePosts", extras.zonePosts.posts.count))
        facts.append(("appointments", extras.appointments.rows.count))
        facts.append(("newCommunities", extras.merger.targets.count))
        facts.append(("zones", extras.zonings.reduce(0) { $0 + $1.zones.count }))
        facts.append(("helpers", extras.helpers.members.count))
        facts.append(("helpedHouseholds", extras.helpers.households.count))
        facts.append(("visitors", extras.helpers.visitors.count))
        facts.append(("closingCentres", extras.services.closing.count))
        facts.append(("partners", extras.services.partners.count))
        facts.append(("dangerHouseholds", extras.danger?.householdIDs.count ?? 0))
        facts.append(("dangerPersons", dangerPersons))
        facts.append(("handOver", extras.handOver.rows.count))
        facts.append(("parcels", extras.parcels.count))
        let readme = try String(contentsOf: Repository.url("data/README.md"), encoding: .utf8)
        for (name, count) in facts {
            #expect(readme.contains("| \(name) | \(count) |"), "data/README.md: \(name) is \(count)")
        }
    }

    /// Every border is drawn once from either side, or is the town's own border; parents are the union of children.
    @Test func unitsNestExactly() throws {
        let town = Self.sample.town
        struct Edge: Hashable {
            var a, b: PlanarPoint
        }
        func edges(_ layer: UnitLayer, _ unit: Int) -> [Edge] {
            let ring = layer.areas.feature(unit)[0][0]
            return zip(ring, ring.dropFirst()).map { Edge(a: $0.0, b: $0.1) }
        }
        func border(_ edges: some Sequence<Edge>) -> Set<Edge> {
            let all = Set(edges)
            return all.filter { !all.contains(Edge(a: $0.b, b: $0.a)) }
        }
        for layer in [town.communities, town.grids, town.microgrids] {
            let all = (0..<layer.count).flatMap { edges(layer, $0) }
            #expect(Set(all).count == all.count, "an edge is drawn twice from one side")
            #expect(border(all) == border((0..<town.communities.count).flatMap { edges(town.communities, $0) }))
        }
        for (parents, children) in [(town.communities, town.grids), (town.grids, town.microgrids)] {
            var inside: [String: [Edge]] = [:]
            for i in 0..<children.count { inside[children.parentCodes[i], default: []] += edges(children, i) }
            for i in 0..<parents.count {
                #expect(border(inside[parents.codes[i]] ?? []) == Set(edges(parents, i)), "\(parents.codes[i])")
            }
        }
    }

    @Test func addressesAreUnique() {
        let addresses = Self.sample.town.households.map(\.address)
        #expect(Set(addresses).count == addresses.count)
    }

    @Test func buildingsStandInsideOneMicrogrid() {
        let town = Self.sample.town
        var homes: [Int] = []
        for i in 0..<town.microgrids.count {
            let ring = Array(town.microgrids.areas.feature(i)[0][0].dropLast())
            let box = town.microgrids.areas.box(ofFeature: i)
            for (b, building) in town.buildings.enumerated() {
                let corners = building.footprint[0][0].dropLast()
                if corners.allSatisfy({ box.contains(x: $0.x, y: $0.y) && OpenRing.contains(ring, $0) }) {
                    homes.append(b)
                }
            }
        }
        #expect(homes.sorted() == Array(town.buildings.indices))
    }

    /// The danger zone holds exactly the households listed for it.
    @Test func dangerZoneHoldsItsHouseholds() throws {
        let danger = try #require(Self.sample.extras.danger)
        let ring = Array(danger.ring.dropLast())
        let inside = Self.sample.town.households.filter { OpenRing.contains(ring, $0.location) }.map(\.id)
        #expect(inside.sorted() == danger.householdIDs)
    }

    @Test func mergerNamesEveryOldCommunityOnceAndHangsTogether() {
        let (town, merger) = (Self.sample.town, Self.sample.extras.merger)
        let whole = merger.rows.filter { $0.gridCode.isEmpty }
        let split = merger.rows.filter { !$0.gridCode.isEmpty }
        let splitCodes = Set(split.map(\.oldCode))
        #expect(splitCodes.count == 1)
        #expect(Set(whole.map(\.oldCode)).union(splitCodes) == Set(town.communities.codes))
        #expect(whole.count + splitCodes.count == town.communities.count)
        #expect(split.map(\.gridCode) == town.grids.codes.filter { splitCodes.contains(String($0.prefix(12))) })
        #expect(Set(merger.rows.map(\.newCode)).count == 10)
    }

    /// Street numbers grow along their side, estates count from 1, and no two buildings share an address.
    @Test func buildingsHaveAddressesOfTheirOwn() {
        let town = Self.sample.town
        var seen: Set<[String]> = []
        var twice: [[String]] = []
        for (i, building) in town.buildings.enumerated() {
            let village = building.compound.hasSuffix("组")
            let home = village ? town.households.first { $0.buildingID == building.id }?.address ?? String(i) : ""
            let key = [String(home.prefix { $0 != "村" }), building.compound, building.street, building.number]
            if !seen.insert(key).inserted { twice.append(key) }
        }
        #expect(twice == [])
    }

    @Test func projectionRoundTrips() {
        let projection = SampleTown.projection
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<1000 {
            let p = GeographicPoint(
                longitude: 117 + generator.uniform(-1.5, 1.5), latitude: generator.uniform(18, 53))
            let q = projection.inverse(projection.forward(p))
            #expect(abs(p.longitude - q.longitude) < 1e-11 && abs(p.latitude - q.latitude) < 1e-11)
        }
    }

    @Test(arguments: [(1, 3, 12, 150), (2, 6, 24, 400), (10, 241, 952, 20_000)])
    func otherSizesHaveTheCountsAskedFor(communities: Int, grids: Int, microgrids: Int, households: Int) {
        let town = SampleTown.make(
            SampleOptions(communities: communities, grids: grids, microgrids: microgrids, households: households)
        ).town
        #expect(town.communities.count == communities)
        #expect(town.grids.count == grids)
        #expect(town.microgrids.count == microgrids)
        #expect(town.households.count == households)
    }
}
