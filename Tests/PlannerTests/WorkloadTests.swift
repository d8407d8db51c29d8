import GeoGrid
import Planner
import Testing

@Suite struct WorkloadTests {
    static let day = Day(year: 2026, month: 3, day: 1)!

    static func square(_ x: Double) -> [[[PlanarPoint]]] {
        [[[(x, 0.0), (x + 10, 0), (x + 10, 10), (x, 10), (x, 0)].map { PlanarPoint(x: $0.0, y: $0.1) }]]
    }

    /// Two communities, three grids, six microgrids in a row.
    static func town() -> Town {
        var communities = UnitLayer(level: .community)
        var grids = UnitLayer(level: .grid)
        var microgrids = UnitLayer(level: .microgrid)
        communities.append(code: "A", name: "甲", parent: "T", area: square(0))
        communities.append(code: "B", name: "乙", parent: "T", area: square(40))
        for (i, community) in ["A", "A", "B"].enumerated() {
            grids.append(code: "G\(i)", name: "", parent: community, area: square(Double(i) * 20))
        }
        for i in 0..<6 {
            microgrids.append(code: "M\(i)", name: "", parent: "G\(i / 2)", area: square(Double(i) * 10))
        }
        return Town(
            name: "试", county: "县", code: "", epsg: 4546, day: day, communities: communities, grids: grids,
            microgrids: microgrids)
    }

    static func household(_ id: String, _ x: Double, _ y: Double, _ unit: String) -> Household {
        var household = Household(id: id, location: PlanarPoint(x: x, y: y))
        household.unitCode = unit
        return household
    }

    @Test func aTaggedHouseholdIsVisitedOnceAtItsHighestFrequency() {
        var town = WorkloadTests.town()
        town.households = [WorkloadTests.household("1", 5, 5, "M0")]
        for category in ["low-income", "living-alone-80", "living-alone"] {
            town.careResidents.append(
                CareResident(id: category, householdID: "1", category: category, location: PlanarPoint(x: 5, y: 5)))
        }
        var unknown: [String: Int] = [:]
        let load = Workload(of: town, model: .standard, unknown: &unknown)
        // 4.33 visits of 15 minutes; the only door is the middle, so nobody walks.
        #expect(load.doors == [64_950, 0, 0, 0, 0, 0])
        #expect(load.grids == [660_000 + 64_950, 660_000, 660_000])
        #expect(load.communities == [1_320_000 + 64_950, 660_000])
        #expect(load.counts[0].careHouseholds == 1)
        #expect(load.counts[0].careResidents == 3)
        #expect(unknown.isEmpty)
    }

    @Test func walksAndColoursCount() {
        var model = WorkloadModel.standard
        model.walkingMetresPerMinute = 10
        model.detour = 1
        var town = WorkloadTests.town()
        town.households = [WorkloadTests.household("1", 0, 0, "M0"), WorkloadTests.household("2", 20, 0, "M0")]
        town.households[1].risk = .red
        var unknown: [String: Int] = [:]
        let load = Workload(of: town, model: model, unknown: &unknown)
        // 0.17 × (8 + 1) = 1.53 and twice that.
        #expect(load.doors[0] == 1530 + 3060)
    }

    @Test(arguments: 0..<20) func sumsReconcileExactly(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var town = WorkloadTests.town()
        let model = WorkloadModel.standard
        for i in 0..<200 {
            let unit = random.below(7)
            town.households.append(
                WorkloadTests.household(
                    "h\(i)", random.unit() * 60, random.unit() * 10, unit == 6 ? "" : "M\(unit)"))
            if random.below(4) == 0 {
                town.careResidents.append(
                    CareResident(
                        id: "c\(i)", householdID: random.below(10) == 0 ? "nobody" : "h\(random.below(i + 1))",
                        category: model.care[random.below(model.care.count)].key,
                        location: PlanarPoint(x: 0, y: 0)))
            }
        }
        var unknown: [String: Int] = [:]
        let load = Workload(of: town, model: model, unknown: &unknown)
        #expect(load.grids.reduce(load.unplaced, +) == load.total)
        #expect(load.communities.reduce(load.unplaced, +) == load.total)
        #expect(load.counts.reduce(0) { $0 + $1.households } == town.households.count { $0.unitCode != "" })

        for i in 0..<12 {
            var post = Post(
                id: "p\(i)", role: "网格长", level: .grid, unitCode: "G\(random.below(2))",
                personID: "person\(random.below(5))")
            post.employment = random.below(2) == 0 ? .fullTime : .partTime
            town.posts.append(post)
        }
        let leads = LeadLoads(
            units: town.grids, loads: load.grids, posts: town.posts, day: WorkloadTests.day, capacity: model.capacity)
        let carried = leads.leads.reduce(0) { $0 + $1.load } + leads.uncovered.reduce(0) { $0 + $1.load }
        #expect(carried == load.grids.reduce(0, +))
        #expect(leads.uncovered.map(\.code).contains("G2"))
    }

    @Test func spreadOfKnownLoads() {
        let even = LoadSpread([5, 5, 5, 5])
        #expect(even.gini == 0 && even.standardDeviation == 0 && even.worstDeviation == 0)
        let one = LoadSpread([0, 0, 0, 8])
        #expect(one.gini == 0.75)
        #expect(one.mean == 2 && one.worstDeviation == 3)
        #expect(LoadSpread([]).gini == 0)
    }

    @Test func listsMayNameACategoryInWords() {
        #expect(WorkloadModel.standard.careLine(named: "独居老人")?.key == "living-alone")
        #expect(WorkloadModel.standard.careLine(named: "low-income")?.key == "low-income")
        #expect(WorkloadModel.standard.premisesLine(named: "合租")?.key == "rental-shared")
        #expect(WorkloadModel.standard.careLine(named: "x") == nil)
    }
}
