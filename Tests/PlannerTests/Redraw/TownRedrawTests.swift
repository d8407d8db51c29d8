import GeoGrid
import Testing

@testable import Planner

@Suite struct TownRedrawTests {
    /// Two communities of two grids of four microgrids each, squares of 100 m in a row of eight by two.
    private func town() -> Town {
        var communities = UnitLayer(level: .community)
        var grids = UnitLayer(level: .grid)
        var units = UnitLayer(level: .microgrid)
        func box(_ x: Double, _ y: Double, _ w: Double, _ h: Double) -> [[[PlanarPoint]]] {
            let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]
            return [[corners.map { PlanarPoint(x: $0.0, y: $0.1) }]]
        }
        for c in 0..<2 {
            let x = Double(c) * 400
            communities.append(code: "C\(c)", name: "旧\(c)", parent: "T", area: box(x, 0, 400, 200))
            for g in 0..<2 {
                let gx = x + Double(g) * 200
                grids.append(code: "C\(c)00\(g + 1)", name: "", parent: "C\(c)", area: box(gx, 0, 200, 200))
                for u in 0..<4 {
                    units.append(
                        code: "C\(c)00\(g + 1)-\(u)", name: "", parent: "C\(c)00\(g + 1)",
                        area: box(gx + Double(u % 2) * 100, Double(u / 2) * 100, 100, 100))
                }
            }
        }
        var town = Town(
            name: "试", county: "验", code: "T", epsg: 4549, day: Day("2026-03-01")!, communities: communities,
            grids: grids, microgrids: units)
        for (i, code) in units.codes.enumerated() {
            for h in 0..<(i < 4 ? 9 : 3) {
                let middle = units.areas.box(ofFeature: i).center
                var household = Household(id: "H\(i)-\(h)", location: middle)
                household.unitCode = code
                town.households.append(household)
            }
        }
        for (g, code) in grids.codes.enumerated() {
            town.people.append(Person(id: "P\(g)", name: "人\(g)"))
            town.posts.append(
                Post(id: "post\(g)", role: "网格长", level: .grid, unitCode: code, personID: "P\(g)"))
        }
        return town
    }

    @Test func aMergerKeepsPeopleAndBalances() async throws {
        let town = town()
        let merger = MergerTable(rows: [
            .init(oldCode: "C0", newCode: "C601", newName: "新"), .init(oldCode: "C1", newCode: "C601", newName: "新"),
        ])
        var options = TownRedraw.Options()
        options.tolerance = 0.35
        options.moves = 1
        let order = try TownRedraw(town: town, merger: merger, model: .standard, options: options)
        let plan = try await order.plan(budget: RedrawBudget(effort: 20_000))
        #expect(plan.communities.map(\.code) == ["C601"])
        #expect(plan.grids.map(\.code) == ["C601001", "C601002", "C601003", "C601004"])
        #expect(plan.connected == 4)
        #expect(plan.households == town.households.count)
        #expect(plan.grids.reduce(0) { $0 + $1.households } == town.households.count)
        #expect(plan.worstDeviation < 0.35)
        #expect(Set(plan.grids.compactMap(\.lead)).count == 4)
        #expect(plan.freedLeads.isEmpty)
        #expect(plan.movedHouseholds < plan.households / 2)
    }

    @Test func fewerGridsFreeLeads() async throws {
        var options = TownRedraw.Options()
        options.count = .total(2)
        options.tolerance = 0.5
        let order = try TownRedraw(town: town(), merger: nil, model: .standard, options: options)
        let plan = try await order.plan(budget: RedrawBudget(effort: 5_000))
        #expect(plan.grids.count == 2)
        #expect(plan.freedLeads.count == 2)
        #expect(Set(plan.grids.map(\.community)) == ["C0", "C1"])
    }

    @Test func badMergerRowsAreNamed() {
        let table = MergerTable(rows: [
            .init(oldCode: "C0", newCode: "C1", newName: "乙"), .init(oldCode: "C1", newCode: "C0", newName: "甲"),
            .init(oldCode: "C0", newCode: "C9", newName: "丙"), .init(oldCode: "没有", newCode: "C9", newName: "丙"),
            .init(oldCode: "C0", gridCode: "C1001", newCode: "C9", newName: "丙"),
        ])
        let resolved = table.resolved(in: town())
        let text = resolved.findings.map(\.message.en).joined(separator: "\n")
        #expect(text.contains("given to two new communities"))
        #expect(text.contains("no community has the code"))
        #expect(text.contains("crossed"))
        #expect(text.contains("has no grid"))
        #expect(resolved.ofGrid.allSatisfy { $0 >= 0 })
        let part = MergerTable(rows: [.init(oldCode: "C0", newCode: "C601", newName: "新")]).resolved(in: town())
        #expect(part.codes == ["C1", "C601"])
        #expect(part.findings.contains { $0.severity == .warning })
    }

    @Test func codesRunFromNorthWestAndAreNeverReused() {
        let codes = GridCodes.codes(
            communities: ["A", "A", "A", "B"], keep: [nil, "A002", nil, nil],
            centres: [
                PlanarPoint(x: 500, y: 0), PlanarPoint(x: 0, y: 0), PlanarPoint(x: 100, y: 900),
                PlanarPoint(x: 0, y: 0),
            ], taken: ["A001"], rows: 200)
        #expect(codes == ["A004", "A002", "A003", "B001"])
    }
}
