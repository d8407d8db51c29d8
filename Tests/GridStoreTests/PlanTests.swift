import GRDB
import GeoGrid
import TestSupport
import Testing

@testable import GridStore
@testable import Planner

@Suite struct PlanTests {
    static let day = Day("2026-05-01")!

    /// The made town in a file, with a plan that gives the east of G00 to G01 and splits M010 between both.
    private func townWithPlan(_ body: (TownFile) throws -> Void) throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        _ = try file.assign(on: MadeTown.day)
        try file.keep(Self.plan(try file.town(on: MadeTown.day)), name: "试划", townDay: MadeTown.day)
        try body(file)
    }

    private static func plan(_ town: Town) -> TownPlan {
        var units: [TownPlan.Unit] = []
        for (code, parent) in zip(town.microgrids.codes, town.microgrids.parentCodes) {
            let own = town.households.filter { $0.unitCode == code }
            func row(_ new: String, _ grid: String, _ doors: [Household]) -> TownPlan.Unit {
                TownPlan.Unit(
                    code: new, origin: code, oldGrid: parent, newGrid: grid, households: doors.count,
                    people: doors.reduce(0) { $0 + $1.persons }, changesLead: grid != parent)
            }
            switch code {
            case "M001": units.append(row(code, "G01", own))
            case "M010":
                let middle = MadeTown.origin.x + 50
                for (n, side) in [own.filter { $0.location.x < middle }, own.filter { $0.location.x >= middle }]
                    .enumerated()
                {
                    var part = row("M01\(n + 5)", n == 0 ? "G00" : "G01", side)
                    part.name = "第\(n + 1)部分"
                    part.area = MadeTown.box(Double(n) * 50, 100, 50, 100)
                    units.append(part)
                }
            default: units.append(row(code, parent, own))
            }
        }
        let leads = ["G00": "2", "G01": "1"]
        let grids = town.grids.codes.indices.map { g in
            let code = town.grids.codes[g]
            let members = units.filter { $0.newGrid == code }
            return TownPlan.Grid(
                code: code, name: town.grids.names[g], community: town.grids.parentCodes[g], lead: leads[code],
                load: 1000, share: 1000, households: members.reduce(0) { $0 + $1.households },
                people: members.reduce(0) { $0 + $1.people })
        }
        var plan = TownPlan(
            communities: zip(town.communities.codes, town.communities.names).map { .init(code: $0, name: $1) },
            grids: grids, units: units, freedLeads: [], findings: [], worstDeviation: 0, spread: LoadSpread([1]),
            spreadBefore: LoadSpread([1]), meanCompactness: 0, innerBorder: 0, connected: 4, seed: 1, effort: 1,
            moves: 1, tolerance: 0.1)
        plan.streets = 0.75
        plan.leadChanges = .init(kept: 1, changed: 1, freed: 0)
        plan.before = town.grids.codes.enumerated().map { .init(code: $1, load: 1000 * ($0 + 1)) }
        return plan
    }

    @Test func aPlanKeepsItsFigures() throws {
        try townWithPlan { file in
            var plan = try file.plan(named: "试划")
            #expect(plan.streets == 0.75 && plan.leadChanges == .init(kept: 1, changed: 1, freed: 0))
            #expect(plan.before.map(\.load) == [1000, 2000, 3000, 4000])
            func cell(_ name: String) -> SheetTable.Cell? {
                PlanTables(.en).summary(plan).rows.first { $0[0] == .text(name) }?[1]
            }
            #expect(cell("leads freed") == .integer(0))
            #expect(cell("before: heaviest grid (min)") == .number(4, decimals: 1))
            #expect(cell("before: worst deviation from the mean %") == .number(60, decimals: 1))
            #expect(cell("before: Gini") == .number(0.25, decimals: 3))
            #expect(cell("border along streets %") == .number(75, decimals: 1))
            // Of a plan kept before these figures were, they are unknown.
            plan.streets = nil
            plan.leadChanges = nil
            plan.before = []
            #expect(cell("leads freed") == .empty && cell("before: Gini") == .empty)
            #expect(cell("border along streets %") == .empty)
            try file.adopt(planNamed: "试划", on: Self.day)
            let back = try file.plan(named: "试划-before")
            #expect(back.before.map(\.load) == [1000, 1000, 1000, 1000] && back.leadChanges == nil)
            #expect(back.streets != nil)
        }
    }

    @Test func aPlanSaysWhatItChanges() throws {
        try townWithPlan { file in
            let change = try file.change(byPlanNamed: "试划")
            #expect(change.before.microgrids.count == 8)
            #expect(change.after.microgrids.count == 9)
            #expect(change.after.households.count == change.before.households.count)
            for unit in change.units {
                let own = change.after.households.filter { $0.unitCode == unit.code }
                #expect(own.count == unit.households)
            }
            let moved = try #require(change.units.first { $0.code == "M001" })
            #expect(change.leadBefore(moved)?.name == "张三")
            #expect(change.leadAfter(moved)?.name == "张三")
            #expect(change.leadAfter(ofGrid: "G00")?.name == "李四")
            let area = change.after.grids.areas.area(ofFeature: 0)
            #expect(abs(area - 15_000) < 1e-6)
            let notices = PlanTables(.zh).notices(change)
            #expect(notices[0].rows.count == change.units.reduce(0) { $0 + ($1.changesLead ? $1.households : 0) })
            #expect(notices[1].rows.count == 4)
            #expect(PlanTables(.zh).crosswalkByHousehold(change).rows.count == 16)
        }
    }

    @Test func adoptionReproducesTheCrosswalkAndIsTakenBack() throws {
        try townWithPlan { file in
            try file.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO post (id, role, level, unit, person, employment)
                        VALUES ('m', '微网格长', 'microgrid', 'M010', '1', 'part-time')
                        """)
            }
            let before = try file.town(on: Self.day)
            let change = try file.change(byPlanNamed: "试划", from: Self.day)
            try file.adopt(planNamed: "试划", on: Self.day)
            let after = try file.town(on: Self.day)
            #expect(after.microgrids.codes.sorted() == change.after.microgrids.codes.sorted())
            #expect(after.households.map(\.unitCode) == change.after.households.map(\.unitCode))
            let parents = Dictionary(
                uniqueKeysWithValues: zip(after.microgrids.codes, after.microgrids.parentCodes))
            for unit in change.units { #expect(parents[unit.code] == unit.newGrid) }
            #expect(try Audit.report(on: after).findings.isEmpty)
            let yesterday = try file.town(on: Day("2026-04-30")!)
            #expect(yesterday.microgrids.codes == before.microgrids.codes)
            #expect(yesterday.households.map(\.unitCode) == before.households.map(\.unitCode))

            try file.adopt(planNamed: "试划-before", on: Day("2026-06-01")!)
            let back = try file.town(on: Day("2026-06-01")!)
            #expect(back.microgrids.codes == before.microgrids.codes)
            #expect(back.microgrids.parentCodes == before.microgrids.parentCodes)
            #expect(back.microgrids.areas.xy == before.microgrids.areas.xy)
            #expect(back.households.map(\.unitCode) == before.households.map(\.unitCode))
            // Who had a post in a microgrid that was split had it in each part, and has it again.
            let holders = { (town: Town, unit: String) in
                town.posts.filter { $0.level == .microgrid && $0.unitCode == unit && $0.validity.contains(town.day) }
                    .map(\.personID)
            }
            let had = holders(before, "M010")
            #expect(!had.isEmpty)
            #expect(holders(after, "M010").isEmpty)
            for part in ["M015", "M016"] { #expect(holders(after, part) == had) }
            #expect(holders(back, "M010") == had && holders(back, "M015").isEmpty)
            let lead = { (town: Town, grid: String) in
                town.posts.first { $0.unitCode == grid && $0.validity.contains(town.day) }?.personID
            }
            #expect(lead(after, "G00") == "2")
            #expect(lead(back, "G00") == "1")
            #expect(try file.plan(named: "试划").status == .draft)
        }
    }
}
