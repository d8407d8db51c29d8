import Foundation
import GeoGrid
import TestSupport
import Testing

@testable import Sample

@Suite struct SampleTests {
    static let sample = SampleTown.make()

    @Test func committedFilesAreRegenerated() throws {
        #expect(!Self.sample.files.isEmpty)
        for file in Self.sample.files {
            let committed = try Data(contentsOf: Repository.url("data/" + file.path))
            #expect(committed == Data(file.bytes), "data/\(file.path) differs from what geogrid sample draws")
        }
    }

    @Test func countsAreThoseOfTheTableOfFacts() throws {
        let town = Self.sample.town
        let facts = [
            ("communities", town.communities.count), ("grids", town.grids.count), ("microgrids", town.microgrids.count),
            ("households", town.households.count), ("persons", town.households.reduce(0) { $0 + $1.persons }),
            ("careResidents", town.careResidents.count),
            ("postHolders", Set(town.posts.compactMap(\.personID)).count),
        ]
        let readme = try String(contentsOf: Repository.url("data/README.md"), encoding: .utf8)
        for (name, count) in facts {
            #expect(readme.contains("| \(name) | \(count) |"), "\(name) is \(count)")
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
