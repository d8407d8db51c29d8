import GeoGrid
import Testing

@testable import Planner

@Suite struct RedrawTests {
    @Test func drawsConnectedBalancedGrids() async throws {
        let problem = Lattice(20, 15).problem(10, tolerance: 0.05)
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(seed: 7, effort: 10_000))
        #expect(plan.figures.pieces.allSatisfy { $0 == 1 })
        #expect(plan.figures.worst() <= 0.05 + 1e-9)
        #expect(plan.findings.isEmpty)
        #expect(!plan.stopped)
        #expect(plan.figures.loads.reduce(0) { $0 + $1[0] } == problem.criteria[0].loads.reduce(0, +))
    }

    @Test func sameSeedAndEffortGiveTheSamePlan() async throws {
        let problem = Lattice(15, 15, seed: 3).problem(9)
        let budget = RedrawBudget(seed: 5, effort: 40_000)
        let first = try await Redraw.solve(problem, budget: budget)
        let second = try await Redraw.solve(problem, budget: budget)
        #expect(first.labels == second.labels)
        #expect(first.used == second.used)
        let other = try await Redraw.solve(problem, budget: RedrawBudget(seed: 6, effort: 40_000))
        #expect(other.labels != first.labels)
    }

    @Test func staysInsideCommunities() async throws {
        let lattice = Lattice(16, 10, seed: 2)
        var problem = lattice.problem(8, tolerance: 0.15)
        problem.communities = (0..<160).map { $0 % 16 < 6 ? 0 : 1 }
        for d in 0..<8 { problem.districts[d].community = d < 3 ? 0 : 1 }
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 40_000))
        for unit in 0..<160 { #expect(problem.districts[plan.labels[unit]].community == problem.communities[unit]) }
        #expect(plan.figures.pieces.allSatisfy { $0 == 1 })
    }

    @Test func keepsPinsGroupsLocksAndBarriers() async throws {
        let lattice = Lattice(12, 12, seed: 4)
        var problem = lattice.problem(6, tolerance: 0.3)
        // Grid 5 is the top two rows and locked; below it a river runs between columns 5 and 6 and has one bridge.
        problem.old = (0..<144).map { $0 < 24 ? 5 : -1 }
        problem.districts[5].locked = true
        for y in 2..<12 { problem.barriers.append(.init(a: y * 12 + 5, b: y * 12 + 6)) }
        problem.bridges = [.init(a: 11 * 12 + 5, b: 11 * 12 + 6)]
        problem.groups = [[30, 31, 32]]
        problem.pins = [.init(unit: 142, district: 2), .init(unit: 24, district: 0)]
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 40_000))
        for unit in 0..<144 { #expect((plan.labels[unit] == 5) == (unit < 24)) }
        #expect(plan.labels[142] == 2 && plan.labels[24] == 0)
        #expect(plan.labels[30] == plan.labels[31] && plan.labels[31] == plan.labels[32])
        #expect(plan.figures.pieces.allSatisfy { $0 == 1 })
    }

    @Test func islandsAreTiedAndSaid() async throws {
        let lattice = Lattice(10, 10, seed: 4)
        var problem = lattice.problem(4)
        // The corner cell is cut off.
        problem.barriers = [.init(a: 0, b: 1), .init(a: 0, b: 10)]
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 20_000))
        #expect(plan.assumedBridges.count == 1)
        #expect(plan.findings.contains { $0.code == .redrawDisconnected })
        #expect(plan.figures.pieces.allSatisfy { $0 == 1 })
    }

    @Test func keepsResidentsWhenThatIsPaid() async throws {
        let lattice = Lattice(20, 12, loads: 3...5, seed: 9)
        var problem = lattice.problem(8, tolerance: 0.1)
        problem.old = (0..<240).map { $0 % 20 * 4 / 20 + ($0 / 20 < 5 ? 0 : 4) }
        problem.moveWeight = 100
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 60_000))
        #expect(plan.figures.worst() <= 0.1 + 1e-9)
        #expect(plan.figures.movedResidents < 60)
    }

    // MARK: bad input

    @Test func moreGridsThanUnitsLeaveSomeEmpty() async throws {
        let problem = Lattice(3, 1).problem(5)
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 100))
        #expect(plan.findings.contains { $0.code == .redrawTooMany })
        #expect(plan.labels.allSatisfy { $0 >= 0 })
    }

    @Test func badLoadsAndCapacitiesAreNamed() async throws {
        var problem = Lattice(6, 6).problem(3)
        problem.criteria[0].loads[4] = -2
        problem.criteria[0].loads[5] = .nan
        problem.districts[1].capacity = 0
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 1000))
        let bad = plan.findings.filter { $0.code == .redrawLoad }
        #expect(bad.map(\.place.id) == ["u4", "u5"])
        #expect(plan.findings.contains { $0.code == .redrawCapacity })
        #expect(plan.labels.allSatisfy { $0 >= 0 })
    }

    @Test(arguments: [-1, .nan, .infinity, 1e300] as [Double])
    func unusableTolerancesAreNamed(tolerance: Double) async throws {
        let plan = try await Redraw.solve(
            Lattice(6, 6).problem(3, tolerance: tolerance), budget: RedrawBudget(effort: 2_000))
        #expect(plan.findings.contains { $0.code == .redrawLoad && $0.severity == .error })
        #expect(plan.labels.allSatisfy { $0 >= 0 })
    }

    @Test func aUnitHeavierThanAGridIsTheReason() async throws {
        var problem = Lattice(6, 6, loads: 1...1).problem(4, tolerance: 0.05)
        problem.criteria[0].loads[14] = 40
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 10_000))
        #expect(plan.findings.contains { $0.code == .redrawHeavyUnit && $0.place.id == "u14" })
        let missed = plan.findings.filter { $0.code == .redrawMissed }
        #expect(missed.contains { $0.message.en.contains("u14") })
    }

    @Test func contradictoryPinsAreRefused() async throws {
        var problem = Lattice(6, 6).problem(3)
        problem.pins = [
            .init(unit: 3, district: 0), .init(unit: 3, district: 1), .init(unit: 99, district: 0),
        ]
        problem.groups = [[0, 1], [7, 99]]
        problem.bridges = [.init(a: 2, b: 2)]
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 1000))
        #expect(plan.labels[3] == 0)
        for code in [IssueCode.redrawPins, .redrawGroups, .redrawReference] {
            #expect(plan.findings.contains { $0.code == code })
        }
    }

    @Test func columnsOfDifferentLengthAreAnError() async {
        var problem = Lattice(3, 3).problem(2)
        problem.ids.removeLast()
        await #expect(throws: GeoGridError.self) { try await Redraw.solve(problem) }
    }

    @Test func anInterruptedSearchStillGivesAPlan() async throws {
        let problem = Lattice(20, 20).problem(8, tolerance: 0.5)
        let progress = Progress(report: { _, _, _ in }, isInterrupted: { true })
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 1_000_000), progress: progress)
        #expect(plan.stopped)
        #expect(plan.labels.allSatisfy { $0 >= 0 })
        #expect(plan.figures.pieces.allSatisfy { $0 == 1 })
    }

    /// The bytes of plans, so that another build or process that differs is noticed.
    @Test func plansAreTheSameInEveryBuild() async throws {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var old = Lattice(24, 20, seed: 5).problem(8, tolerance: 0.02)
        old.old = (0..<old.count).map { $0 % 24 / 3 }
        old.moveWeight = 0.5
        for problem in [Lattice(24, 24, seed: 2).problem(16, tolerance: 0.02), Lattice(12, 12).problem(36), old] {
            let plan = try await Redraw.solve(problem, budget: RedrawBudget(seed: 7, effort: 10_000))
            for label in plan.labels { hash = (hash ^ UInt64(label)) &* 0x100_0000_01b3 }
        }
        #expect(hash == 16_275_880_129_898_454_688)
    }
}
