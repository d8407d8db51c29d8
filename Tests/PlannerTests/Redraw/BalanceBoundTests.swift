import GeoGrid
import Testing

@testable import Planner

@Suite struct BalanceBoundTests {
    private func core(_ problem: RedrawProblem) throws -> CoreProblem {
        try #require(RedrawPieces(problem, RedrawAudit(problem)).pieces.first).core
    }

    /// The worst deviation of the best of all plans, by trying every one.
    private static func best(_ core: CoreProblem) -> Double {
        var best = Double.infinity
        var labels = [Int32](repeating: 0, count: core.count)
        var code = 0
        var all = 1
        for _ in 0..<core.count { all *= core.districts }
        while code < all {
            var rest = code
            for unit in labels.indices {
                labels[unit] = Int32(rest % core.districts)
                rest /= core.districts
            }
            code += 1
            var loads = [Int64](repeating: 0, count: core.districts)
            for unit in labels.indices { loads[Int(labels[unit])] += core.loads[unit] }
            let worst = loads.indices.reduce(0.0) {
                max($0, abs(Double(loads[$1]) / core.shares[0] - 1))
            }
            if worst < best, isWhole(labels, core) { best = worst }
        }
        return best
    }

    private static func isWhole(_ labels: [Int32], _ core: CoreProblem) -> Bool {
        var reached = [Bool](repeating: false, count: core.count)
        for d in 0..<Int32(core.districts) {
            guard let first = labels.firstIndex(of: d) else { return false }
            var stack = [first]
            reached[first] = true
            while let unit = stack.popLast() {
                for e in Int(core.offsets[unit])..<Int(core.offsets[unit + 1]) {
                    let other = Int(core.neighbours[e])
                    if labels[other] == d, !reached[other] {
                        reached[other] = true
                        stack.append(other)
                    }
                }
            }
        }
        return !reached.contains(false)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func noPlanIsMoreEven(seed: UInt64) throws {
        let core = try core(Lattice(3, 3, loads: 1...9, seed: seed).problem(seed % 2 == 0 ? 3 : 4))
        let bound = BalanceBound.deviation(core, around: 0..<core.count, effort: (100_000, .max)) ?? 0
        let best = Self.best(core)
        #expect(bound <= best)
        // With the whole lattice in reach the proof is nearly sharp, as long as no set may stand for two grids.
        if best < 0.6 { #expect(bound > best - 0.15) }
    }

    @Test func aHeavyUnitIsABound() throws {
        var lattice = Lattice(4, 4, loads: 1...1)
        lattice.loads[5] = 10
        let core = try core(lattice.problem(5))
        // 25 over 5 grids: a share is 5, the unit twice that.
        let bound = try #require(BalanceBound.deviation(core, around: 0..<core.count, effort: (100, .max)))
        #expect(bound >= 1)
    }

    @Test func sharesBetweenWholeLoadsAreABound() throws {
        // 16 over 6 grids: no grid can bear two and two thirds.
        let core = try core(Lattice(4, 4, loads: 1...1).problem(6))
        let bound = try #require(BalanceBound.deviation(core, around: 0..<core.count, effort: (1_000, .max)))
        #expect(bound > 0.12 && bound <= 0.25)
    }

    @Test func aPlanStatesTheBoundAndNeverBeatsIt() async throws {
        let problem = Lattice(12, 10, loads: 1...20, seed: 3).problem(30, tolerance: 0.02)
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 100_000))
        #expect(plan.leastDeviation > 0)
        #expect(plan.figures.worst() >= plan.leastDeviation)
        for grid in plan.proven.indices where plan.proven[grid] > 0 {
            #expect(abs(plan.figures.deviations[grid][0]) > 0.02)
        }
    }
}
