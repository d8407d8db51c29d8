import GeoGrid
import Testing

@testable import Planner

@Suite struct TownLocksTests {
    private func order(
        _ town: Town = SmallTown.town(), merger: MergerTable? = nil, _ change: (inout TownRedraw.Options) -> Void
    ) throws -> TownRedraw {
        var options = TownRedraw.Options()
        options.moves = 0
        options.tolerance = 0.2
        change(&options)
        return try TownRedraw(town: town, merger: merger, model: .standard, options: options)
    }

    private func members(_ plan: TownPlan, grid: String) -> [String] {
        plan.units.filter { $0.newGrid == grid }.map(\.code).sorted()
    }

    private func codes(_ findings: [Finding]) -> [String] { findings.map { "\($0.code) \($0.place.id ?? "")" } }

    @Test func aLockedGridKeepsItsUnitsThroughAMerger() async throws {
        let town = SmallTown.town()
        let own = (0..<4).map { "C0002-\($0)" }
        for isLocked in [false, true] {
            let order = try order(merger: SmallTown.merger) { if isLocked { $0.locks = ["C0002"] } }
            let plan = try await order.plan(budget: RedrawBudget(effort: 10_000))
            let grid = try #require(plan.units.first { $0.code == "C0002-0" }).newGrid
            #expect((members(plan, grid: grid) == own) == isLocked)
            #expect(plan.households == town.households.count)
        }
    }

    @Test func aLockedMicrogridStaysInItsGrid() async throws {
        // The heavy C0001 can only give away its eastern column.
        let east = ["C0001-1", "C0001-3"]
        let free = try await order { _ in }.plan(budget: RedrawBudget(effort: 10_000))
        #expect(free.units.contains { east.contains($0.code) && $0.newGrid != "C0001" })
        let held = try await order { $0.locks = east }.plan(budget: RedrawBudget(effort: 10_000))
        #expect(held.units.filter { east.contains($0.code) }.allSatisfy { $0.newGrid == "C0001" })
    }

    @Test func aLockedCommunityLocksItsGrids() throws {
        let order = try order { $0.locks = ["C0"] }
        #expect(order.problem.districts.map(\.locked) == [true, true, false, false])
        #expect(order.findings.isEmpty)
    }

    @Test func gridsThereAreNoUnitsForAreNotDrawn() throws {
        // All locked, and one community with eight units: what is too much is said.
        let locked = try order {
            $0.locks = ["C0", "C1"]
            $0.count = .total(300)
        }
        #expect(locked.problem.districts.count == 4)
        #expect(codes(locked.findings).contains("GG417 "))
        let half = try order {
            $0.locks = ["C0"]
            $0.count = .total(2_000_000)
        }
        #expect(half.problem.districts.count == 10)
        #expect(codes(half.findings).contains("GG417 "))
    }

    @Test func twoLeadsOfOneGridKeepTwice() throws {
        var town = SmallTown.town()
        let alone = try order(town) { _ in }.keepBound
        for (g, code) in town.grids.codes.enumerated() {
            town.people.append(Person(id: "Q\(g)", name: "副\(g)"))
            town.posts.append(
                Post(id: "second\(g)", role: "网格长", level: .grid, unitCode: code, personID: "Q\(g)"))
        }
        #expect(alone < 0.9)
        #expect(try order(town) { _ in }.keepBound == 1)
    }

    @Test func aLockedUnitIsNotSplit() throws {
        let heavy = SmallTown.heavy()
        let code = heavy.microgrids.codes[5]
        let split = try order(heavy) { $0.splits = true }
        let whole = try order(heavy) {
            $0.splits = true
            $0.locks = [code]
        }
        #expect(split.problem.ids.contains { $0.hasPrefix(code + "#") })
        #expect(whole.problem.ids.contains(code))
    }

    @Test func unknownAndContradictoryLocksAreNamed() throws {
        #expect(codes(try order { $0.locks = ["没有"] }.findings) == ["GG" + "409 没有"])
        let parting = MergerTable(rows: [
            .init(oldCode: "C0", gridCode: "C0001", newCode: "C601", newName: "新"),
            .init(oldCode: "C0", newCode: "C602", newName: "又"), .init(oldCode: "C1", newCode: "C602", newName: "又"),
        ])
        #expect(codes(try order(merger: parting) { $0.locks = ["C0"] }.findings) == ["GG" + "405 C0"])
        let dissolved = try order {
            $0.count = .total(2)
            $0.locks = ["C1001-0", "C1002-0"]
        }
        #expect(codes(dissolved.findings) == ["GG" + "405 C1002-0"])
        let many = try order {
            $0.count = .total(2)
            $0.locks = ["C0"]
        }
        #expect(codes(many.findings) == ["GG" + "415 "])
        #expect(many.problem.districts.count == 3)
    }

    @Test func gridsAreSharedOutOverWhatIsNotLocked() throws {
        let order = try order {
            $0.count = .total(4)
            $0.locks = ["C0001"]
        }
        #expect(order.problem.districts.map(\.community) == [0, 0, 1, 1])
        #expect(order.findings.isEmpty)
    }

    @Test func aLeadKeepsTheMicrogridOfTheirHome() async throws {
        var town = SmallTown.town()
        let home = ["C0001-1", "C1001-0", "C0001-0"].map(SmallTown.middle)
        for (i, place) in home.enumerated() { town.people[i].home = place }
        let order = try order(town) { $0.anchors = true }
        #expect(order.problem.pins.map { order.problem.ids[$0.unit] } == ["C0001-1"])
        let note = try #require(order.findings.first)
        #expect(order.findings.count == 1 && note.severity == .note)
        #expect(note.message.en.contains("3 of 4") && note.message.en.contains("outside their grid 2 (P1, P2)"))
        #expect(note.message.en.contains("no home on record 1 (P3)"))
        let plan = try await order.plan(budget: RedrawBudget(effort: 10_000))
        #expect(plan.units.first { $0.code == "C0001-1" }?.newGrid == "C0001")
        #expect(plan.grids.first { $0.code == "C0001" }?.lead == "P0")
    }
}
