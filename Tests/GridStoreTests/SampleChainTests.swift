import Foundation
import GeoGrid
import Planner
import TestSupport
import Testing

@testable import GridStore

/// Who answers for whom in the sample town, across a hand-over of 60 people and a merger of 19 communities to 10.
@Suite struct SampleChainTests {
    @Test func everyPostIsPlacedAndPlantedVacanciesAreFoundExactly() throws {
        let sample = try SampleTownFile()
        defer { sample.remove() }
        let roster = try sample.file.roster(on: SampleTownFile.day)
        let zonePosts = try SampleTownFile.lines("plans/zone-posts.csv").count
        #expect(roster.current.count == 1260 + zonePosts)
        #expect(Set(roster.current.compactMap(\.personID)).count == 1246 + zonePosts)
        #expect(roster.vacancies.compactMap(\.postID).sorted() == (try SampleTownFile.planted("vacant post")))
        #expect(roster.vacancies.count == 7)
        #expect(
            roster.doublePosts.map(\.person) == (try SampleTownFile.planted("person with two posts")).sorted())
        #expect(roster.peopleWithoutPost.isEmpty)
        let misplaced = ["GG552", "GG553", "GG554", "GG555", "GG556"]
        #expect(!roster.findings.contains { misplaced.contains($0.code.description) })
    }

    /// The hand-over as the command reads it; nothing may be refused.
    private func handOver(_ file: TownFile, _ name: String, on day: Day) throws -> HandOver {
        let (table, _) = try Intake.read(SampleChainTests.url("plans/\(name)"))
        let handOver = HandOver(table, on: day, roster: try file.roster(on: day))
        #expect(handOver.findings == [])
        try file.apply(handOver, source: name)
        return handOver
    }

    private static func url(_ path: String) -> URL { Repository.url("data/" + path) }

    /// The merger of `merger.csv` with every grid as it is, under its new community.
    private func merge(_ file: TownFile, on day: Day) throws {
        let town = try file.town(on: day, withCareResidents: false)
        let rows = try SampleTownFile.lines("plans/merger.csv")
        let newOfGrid = Dictionary(uniqueKeysWithValues: rows.filter { !$0[2].isEmpty }.map { ($0[2], $0[3]) })
        let newOfCommunity = Dictionary(uniqueKeysWithValues: rows.filter { $0[2].isEmpty }.map { ($0[0], $0[3]) })
        let names = Dictionary(rows.map { ($0[3], $0[4]) }, uniquingKeysWith: { first, _ in first })
        let lead = Dictionary(
            town.posts.filter { $0.role == "网格长" && $0.validity.contains(day) }
                .compactMap { post in post.personID.map { (post.unitCode, $0) } },
            uniquingKeysWith: { first, _ in first })
        let plan = StoredPlan(
            name: "合并", status: .draft, made: "", townDay: day.description, seed: "1", effort: 0, tolerance: 0,
            moves: 0,
            worst: 0, compactness: 0, border: 0,
            communities: names.sorted { $0.key < $1.key }.map { .init(code: $0.key, name: $0.value) },
            grids: town.grids.codes.indices.map { g in
                let code = town.grids.codes[g]
                let new = newOfGrid[code] ?? newOfCommunity[town.grids.parentCodes[g]] ?? ""
                return TownPlan.Grid(
                    code: code, name: town.grids.names[g], community: new, lead: lead[code], load: 0, share: 0,
                    households: 0, people: 0)
            },
            units: town.microgrids.codes.indices.map { m in
                TownPlan.Unit(
                    code: town.microgrids.codes[m], oldGrid: town.microgrids.parentCodes[m],
                    newGrid: town.microgrids.parentCodes[m], households: 0, people: 0, changesLead: false)
            })
        try file.write { try PlanTable.insert(plan, in: $0) }
        try file.adopt(planNamed: "合并", on: day)
    }

    @Test func everyHouseholdHasItsChainOrAReasonOnEveryDay() throws {
        let sample = try SampleTownFile()
        defer { sample.remove() }
        let file = sample.file
        let change = Day("2026-09-01")!
        let merger = Day("2026-12-01")!
        #expect(try handOver(file, "hand-over-2026-09-01.csv", on: change).changes.count == 60)
        try merge(file, on: merger)
        let appointed = try handOver(file, "hand-over-2026-12-01.csv", on: merger)
        #expect(appointed.changes.count == (try SampleTownFile.lines("plans/hand-over-2026-12-01.csv").count))
        #expect(appointed.changes.allSatisfy { $0.old == nil })

        let vacant = Set(try SampleTownFile.planted("vacant post"))
        let vacantUnits = Set(
            try SampleTownFile.lines("town/posts.csv").filter { vacant.contains($0[0]) }.map { $0[3] })
        let audit = try file.chainAudit(from: Day("2026-03-01")!, to: Day("2027-03-01")!)
        #expect(audit.spans.first?.from == Day("2026-03-01"))
        for span in audit.spans {
            #expect(span.households == 25_000)
            #expect(span.full > 24_000)
            #expect(Set(span.gaps.map(\.reason)) == [.vacant])
            #expect(Set(span.gaps.map(\.unitCode)).isSubset(of: vacantUnits), "\(span.from)")
        }
        // The days before, on and after each change, counted again from the posts and doors alone.
        for day in ["2026-08-31", "2026-09-01", "2026-11-30", "2026-12-01", "2026-12-02"] {
            let day = Day(day)!
            let span = try #require(file.chainAudit(from: day, to: day).spans.first)
            #expect(span.full == (try fullChains(file, on: day)), "\(day)")
        }
        // One household by the look-ups of `locate`, on the eve and on the day.
        let before = try #require(file.locate(.household("H00012"), on: Day("2026-11-30")!).first)
        let after = try #require(file.locate(.household("H00012"), on: merger).first)
        #expect(before.chain.count == 4 && after.chain.count == 4)
        #expect(after.chain[2].code != before.chain[2].code)
        #expect(!after.chain[2].responsible.isEmpty)
    }

    /// Households with a holder in their microgrid, grid and community, by plain loops over everything.
    private func fullChains(_ file: TownFile, on day: Day) throws -> Int {
        let town = try file.town(on: day, withCareResidents: false)
        let people = Set(town.people.map(\.id))
        let held = Set(
            town.posts.filter { $0.validity.contains(day) && $0.personID.map(people.contains) ?? false }
                .map { "\($0.level.rawValue) \($0.unitCode)" })
        let gridOf = Dictionary(uniqueKeysWithValues: zip(town.microgrids.codes, town.microgrids.parentCodes))
        let communityOf = Dictionary(uniqueKeysWithValues: zip(town.grids.codes, town.grids.parentCodes))
        return town.households.count { home in
            guard let grid = gridOf[home.unitCode], let community = communityOf[grid] else { return false }
            return held.contains("microgrid \(home.unitCode)") && held.contains("grid \(grid)")
                && held.contains("community \(community)")
        }
    }
}
