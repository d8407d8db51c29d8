import GeoGrid
import Testing

@testable import Planner

@Suite struct LeadMatchingTests {
    /// As many leads as `homes`, each of an old grid of one unit with five households.
    private func town(_ homes: [Double?]) -> Town {
        let small = SmallTown.town()
        var town = small
        town.people = []
        town.posts = []
        for (i, home) in homes.enumerated() {
            var person = Person(id: "P\(i)", name: "")
            person.home = home.map { PlanarPoint(x: $0, y: 0) }
            town.people.append(person)
            town.posts.append(
                Post(id: "\(i)", role: "网格长", level: .grid, unitCode: small.grids.codes[i], personID: "P\(i)"))
        }
        return town
    }

    private func match(
        _ town: Town, labels: [Int], households: [Int]? = nil, centres: [Double], loads: [Int]? = nil,
        needing: [[Int]]? = nil, needs: [SkillNeed] = [], anchors: [LeadMatching.Anchor] = []
    ) -> LeadMatching {
        LeadMatching(
            town: town, oldGrid: Array(labels.indices), labels: labels,
            households: households ?? labels.map { _ in 5 },
            grids: .init(
                centres: centres.map { PlanarPoint(x: $0, y: 0) }, loads: loads ?? centres.map { _ in 100 },
                needing: needing ?? centres.map { _ in [] }), needs: needs, anchors: anchors)
    }

    @Test func householdsComeBeforeAllWaysTogether() {
        // Keeping one household costs three leads 3 km each.
        let matching = match(
            town([3_000, 0, 6_000]), labels: [0, 1, 2], households: [1, 1, 1], centres: [0, 3_000, 9_000])
        #expect(matching.leads == ["P0", "P1", "P2"])
        #expect(matching.changes == .init(kept: 3, changed: 0, freed: 0))
    }

    @Test func theShorterWayDecidesAmongEqualHouseholds() {
        let matching = match(town([1_000, 0]), labels: [-1, -1], centres: [0, 1_000])
        #expect(matching.leads == ["P1", "P0"])
        #expect(matching.changes == .init(kept: 0, changed: 2, freed: 0))
        // The one further away is freed where there is one grid for two.
        let freed = match(town([1_000, 0]), labels: [-1, -1], centres: [100])
        #expect(freed.leads == ["P1"] && freed.freed == ["P0"])
    }

    @Test func skillsDecideAmongEqualWays() throws {
        var town = town([0, 0])
        town.people[0].skills = ["护理"]
        let need = try #require(SkillNeed("disabled=护理"))
        for grid in 0..<2 {
            let needing = grid == 0 ? [[2], [0]] : [[0], [2]]
            let matching = match(town, labels: [-1, -1], centres: [0, 0], needing: needing, needs: [need])
            #expect(matching.leads[grid] == "P0")
        }
        // A way of 1 km comes first.
        let near = match(
            self.town([0, 1_000]), labels: [-1, -1], centres: [0, 1_000], needing: [[0], [9]], needs: [need])
        #expect(near.leads == ["P0", "P1"])
    }

    @Test func needsThatDecideNothingAreNamed() throws {
        var town = SmallTown.town()
        town.people[0].skills = ["护理"]
        var resident = CareResident(
            id: "R", householdID: "", category: "disabled", location: SmallTown.middle("C0001-0"))
        resident.unitCode = "C0001-0"
        town.careResidents = [resident]
        var options = TownRedraw.Options()
        options.needs = ["残疾=护理", "残疾=手语", "失能=护理"].compactMap(SkillNeed.init)
        let order = try TownRedraw(town: town, merger: nil, model: .standard, options: options)
        #expect(order.findings.map(\.place.id) == ["残疾=手语", "失能=护理"])
        for text in ["残疾", "=护理", "残疾=", "a=b=c"] { #expect(SkillNeed(text) == nil) }
    }

    @Test func fullTimeLeadsTakeTheHeavierGrids() {
        var town = town([0, 0])
        for heavy in 0..<2 {
            town.posts[0].employment = .partTime
            let matching = match(
                town, labels: [-1, -1], centres: [0, 0], loads: heavy == 0 ? [900, 100] : [100, 900])
            #expect(matching.leads[heavy] == "P1")
        }
    }

    @Test func anAnchorComesBeforeHouseholds() {
        let matching = match(
            town([0, 0]), labels: [0, 1], centres: [0, 0], anchors: [.init(person: "P0", grid: 1)])
        #expect(matching.leads == ["P1", "P0"])
    }

    /// Against every permutation of leads over grids, measure by measure.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func ranksAreLexicographic(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let n = 5
        let tables = (0..<3).map { _ in (0..<n * n).map { _ in Int(generator.next() % 3) } }
        func costs(_ places: [Int]) -> [Int] {
            tables.map { table in places.indices.reduce(0) { $0 + table[$1 * n + places[$1]] } }
        }
        var best: [Int]?
        func permute(_ head: [Int], _ rest: [Int]) {
            if rest.isEmpty {
                let own = costs(head)
                if best.map({ own.lexicographicallyPrecedes($0) }) ?? true { best = own }
            }
            for place in rest { permute(head + [place], rest.filter { $0 != place }) }
        }
        permute([], Array(0..<n))
        let ranks = tables.map { table in { (row: Int, place: Int) in table[row * n + place] } }
        let places = RankedAssignment(count: n, ranks: ranks).places
        #expect(Set(places).count == n)
        #expect(costs(places) == best)
    }
}
