import GeoGrid
import Testing

@testable import Planner

@Suite struct TownRedrawTests {
    private func town() -> Town { SmallTown.town() }

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

    /// Counts a plan anew from the town it leads to, by the workload and the areas alone.
    private func recheck(_ plan: TownPlan, of town: Town) throws {
        let change = PlanChange(
            name: "", town: town, communities: plan.communities, grids: plan.grids, units: plan.units, from: town.day)
        let after = change.after
        var unknown: [String: Int] = [:]
        let workload = Workload(of: after, model: .standard, unknown: &unknown)
        let parents = Dictionary(uniqueKeysWithValues: zip(after.microgrids.codes, after.microgrids.parentCodes))
        for (g, grid) in plan.grids.enumerated() {
            let households = after.households.filter { parents[$0.unitCode] == grid.code }
            #expect(households.count == grid.households)
            #expect(households.reduce(0) { $0 + $1.persons } == grid.people)
            let load = workload.grids[g] - workload.duties[g]
            #expect(load == grid.load)
            #expect(after.grids.areas.parts(ofFeature: g).count == 1, "grid \(grid.code) is in one piece")
        }
        for (old, new) in zip(town.households, after.households) {
            let rows = plan.units.filter { $0.origin == old.unitCode && $0.code == new.unitCode }
            #expect(rows.count == 1)
            #expect(rows.first?.newGrid == parents[new.unitCode])
        }
        #expect(try Audit.report(on: after).findings.isEmpty)
        if plan.outside == 0 { #expect(plan.keptShare <= plan.keepBound + 1e-9) }
    }

    private func merger() -> MergerTable {
        MergerTable(rows: [
            .init(oldCode: "C0", newCode: "C601", newName: "新"), .init(oldCode: "C1", newCode: "C601", newName: "新"),
        ])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func aRecheckFromTheTownAgrees(seed: UInt64) async throws {
        let town = town()
        var options = TownRedraw.Options()
        options.tolerance = 0.35
        let order = try TownRedraw(town: town, merger: merger(), model: .standard, options: options)
        try recheck(try await order.plan(budget: RedrawBudget(seed: seed, effort: 5_000)), of: town)
    }

    private func heavyTown() -> Town { SmallTown.heavy() }

    /// Both sides of a border hold the same vertices: each edge is another unit's edge the other way round, or on the rim.
    private func expectSameVertices(_ units: UnitLayer) {
        struct Edge: Hashable { var a, b: PlanarPoint }
        var edges = Set<Edge>()
        var vertices = Set<PlanarPoint>()
        for ring in (0..<units.count).flatMap({ units.areas.feature($0).joined() }) {
            for (a, b) in zip(ring, ring.dropFirst()) { edges.insert(Edge(a: a, b: b)) }
            vertices.formUnion(ring)
        }
        for edge in edges where !edges.contains(Edge(a: edge.b, b: edge.a)) {
            let between = vertices.filter {
                $0 != edge.a && $0 != edge.b
                    && abs($0.distance(to: edge.a) + $0.distance(to: edge.b) - edge.a.distance(to: edge.b)) < 1e-9
            }
            #expect(between.isEmpty, "an edge runs past the vertex of a neighbour")
        }
    }

    @Test func aHeavyMicrogridIsSplitBetweenItsBuildings() async throws {
        let town = heavyTown()
        var options = TownRedraw.Options()
        options.tolerance = 0.3
        options.moves = 1
        let whole = try await TownRedraw(town: town, merger: merger(), model: .standard, options: options)
            .plan(budget: RedrawBudget(effort: 20_000))
        options.splits = true
        let split = try await TownRedraw(town: town, merger: merger(), model: .standard, options: options)
            .plan(budget: RedrawBudget(effort: 20_000))
        #expect(whole.outside > 0 && whole.splitUnits == 0)
        #expect(split.outside == 0 && split.splitUnits > 0)
        #expect(split.households == town.households.count)
        try recheck(split, of: town)
        let change = PlanChange(
            name: "", town: town, communities: split.communities, grids: split.grids, units: split.units, from: town.day
        )
        var homes: [String: Set<String>] = [:]
        for household in change.after.households where !household.buildingID.isEmpty {
            homes[household.buildingID, default: []].insert(household.unitCode)
        }
        #expect(homes.values.allSatisfy { $0.count == 1 }, "no building is divided")
        expectSameVertices(change.after.lowestUnits)
        #expect(Set(split.units.map(\.code)).count == split.units.count)
    }

    @Test func gridsOverAndUnderTheirLimitsGetProposals() async throws {
        // Households: C0001 36, C0002 12, C1001 12, C1002 12.
        let town = town()
        var options = TownRedraw.Options()
        options.count = .limits(15...30)
        options.tolerance = 1.0 / 3
        let plan = try await TownRedraw(town: town, merger: nil, model: .standard, options: options)
            .plan(budget: RedrawBudget(effort: 5_000))
        let proposals = GridProposal.proposals(plan, limits: 15...30)
        #expect(proposals.count == 2)
        #expect(proposals.allSatisfy { $0.isWithin(15...30) })
        #expect(proposals.contains { $0.kind == .merge && $0.before.map(\.code) == ["C1001", "C1002"] })
        #expect(plan.communities.map(\.code) == ["C0", "C1"])
        try recheck(plan, of: town)
    }

    @Test func noMoreGridsAreProposedThanThereAreUnits() async throws {
        let town = town()
        var options = TownRedraw.Options()
        options.count = .limits(1...1)
        let plan = try await TownRedraw(town: town, merger: nil, model: .standard, options: options)
            .plan(budget: RedrawBudget(effort: 2_000))
        #expect(plan.grids.count <= plan.units.count)
        let filled = Set(plan.units.map(\.newGrid))
        #expect(plan.grids.allSatisfy { filled.contains($0.code) })
    }

    /// Loads counted anew after a split may put other grids out of bounds than the search saw.
    @Test(arguments: [0.02, 0.05, 0.1, 0.2, 0.3])
    func everyGridOutsideIsExplainedOnce(tolerance: Double) async throws {
        var options = TownRedraw.Options()
        options.tolerance = tolerance
        options.splits = true
        let order = try TownRedraw(town: heavyTown(), merger: merger(), model: .standard, options: options)
        let solved = try await Redraw.solve(order.problem, budget: RedrawBudget(effort: 5_000))
        let settled = try await order.plan(budget: RedrawBudget(effort: 5_000))
        for plan in [order.plan(of: solved, taken: []), settled] {
            let outside = plan.grids.filter { $0.isOutside(tolerance) }.map(\.code)
            let explained = plan.findings.filter { $0.code == .redrawMissed }
            #expect(explained.compactMap(\.place.id).sorted() == outside)
            for finding in explained {
                let grid = try #require(plan.grids.first { $0.code == finding.place.id })
                #expect(finding.message.en.contains("is \(percent(grid.deviation)) off"))
            }
        }
        #expect(settled.outside <= order.plan(of: solved, taken: []).outside)
        try recheck(settled, of: heavyTown())
    }
}
