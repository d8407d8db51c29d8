import GeoGrid
import Testing

@testable import Planner

@Suite struct SearchStateTests {
    private func core(_ problem: RedrawProblem) throws -> CoreProblem {
        let pieces = RedrawPieces(problem, try RedrawAudit(problem)).pieces
        return try #require(pieces.first).core
    }

    /// Everything a state keeps count of, to be compared.
    private func tallies(_ state: SearchState) -> [Int] {
        let districts = (0..<state.districts).flatMap { [Int(state.tally[$0]), Int(state.members[$0])] }
        let foreign = (0..<state.count).map { Int(state.foreign[$0]) }
        let boundary = (0..<state.count).filter {
            state.place[$0] >= 0 && Int(state.boundary[Int(state.place[$0])]) == $0
        }
        return [state.cut, state.moved, state.boundaryCount] + districts + foreign + boundary
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func movesAndTheirInversesRestoreEveryTally(seed: UInt64) throws {
        var problem = Lattice(12, 9, seed: seed).problem(6)
        problem.old = (0..<problem.count).map { $0 % 12 / 2 }
        problem.moveWeight = 1
        let core = try core(problem)
        var generator = SeededGenerator(seed: seed)
        let state = SearchState(core, labels: TreeSeed.labels(core, trees: 3, generator: &generator))
        state.setPenalty(slope: 100, curve: 10)
        let before = tallies(state)
        var undo: [(Int, Int32)] = []
        for _ in 0..<500 {
            let unit = generator.below(state.count)
            let other = (state.label[unit] + 1 + Int32(generator.below(5))) % 6
            undo.append((unit, state.label[unit]))
            state.move(unit, to: other)
        }
        let middle = tallies(state)
        let fresh = SearchState(core, labels: state.labels)
        #expect(tallies(fresh) == middle)
        for (unit, label) in undo.reversed() { state.move(unit, to: label) }
        #expect(tallies(state) == before)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func noMoveBreaksADistrict(seed: UInt64) throws {
        let problem = Lattice(14, 14, seed: seed).problem(seed == 4 ? 49 : 7)
        let core = try core(problem)
        var generator = SeededGenerator(seed: seed)
        let state = SearchState(core, labels: TreeSeed.labels(core, trees: 3, generator: &generator))
        state.setPenalty(slope: 2000, curve: 100)
        var trees = TreeMoves()
        let pairs = ExactPairs(criteria: 1)
        for _ in 0..<40 {
            Chance.thresholds.withUnsafeBufferPointer {
                state.flip(
                    moves: 200, temperature: 20, swapShare: 8, thresholds: $0.baseAddress!, generator: &generator)
            }
            if pairs.propose(state, temperature: 20, generator: &generator) == 0 {
                _ = trees.propose(state, limit: 30, trees: 1, generator: &generator)
            }
            #expect(Self.areConnected(state))
        }
        #expect(tallies(state) == tallies(SearchState(core, labels: state.labels)))
    }

    /// Whether every district is one piece, by flooding.
    private static func areConnected(_ state: SearchState) -> Bool {
        var seen = [Bool](repeating: false, count: state.count)
        var pieces = 0
        for start in 0..<state.count where !seen[start] {
            pieces += 1
            seen[start] = true
            var stack = [start]
            while let unit = stack.popLast() {
                for e in Int(state.offsets[unit])..<Int(state.offsets[unit + 1]) {
                    let other = Int(state.neighbours[e])
                    if !seen[other], state.label[other] == state.label[unit] {
                        seen[other] = true
                        stack.append(other)
                    }
                }
            }
        }
        return pieces == state.districts
    }

    @Test func theThresholdsAreLogarithms() {
        let table = Chance.thresholds
        let mean = table.reduce(0, +) / Double(table.count)
        #expect(abs(mean - 1) < 0.001)
        #expect(table.first! > 9 && table.last! < 0.001)
        let half = table[2047]
        #expect(abs(half - 0.6931) < 0.001)
    }
}

@Suite struct RepairTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func surplusFlowsThroughFullDistricts(seed: UInt64) throws {
        // Twelve districts in a row of strips; the load of the first is doubled and must pass through all the others.
        var problem = Lattice(48, 16, seed: seed).problem(12, tolerance: 0.05)
        problem.old = (0..<problem.count).map { $0 % 48 / 4 }
        for unit in 0..<problem.count where problem.old[unit] == 0 { problem.criteria[0].loads[unit] *= 2 }
        problem.moveWeight = 1
        let pieces = RedrawPieces(problem, try RedrawAudit(problem)).pieces
        let core = try #require(pieces.first).core
        let state = SearchState(core, labels: pieces[0].units.map { Int32(problem.old[$0[0]]) })
        #expect(state.standing.violation > 0.5)
        FlowRepair.run(state)
        SwapRepair.run(state, steps: 2_000)
        #expect(state.standing.violation == 0)
        let labels = pieces[0].units.indices.reduce(into: [Int](repeating: 0, count: problem.count)) {
            $0[pieces[0].units[$1][0]] = Int(state.label[$1])
        }
        let figures = PlanCheck.figures(labels, problem)
        #expect(figures.pieces.allSatisfy { $0 == 1 })
        #expect(figures.worst() <= 0.05 + 1e-9)
    }

    @Test func aGridIsFoundedAnewWhereLoadWouldPassManyGrids() async throws {
        // Six by six districts; the load of four in a corner is doubled.
        var problem = Lattice(48, 48, seed: 3).problem(36, tolerance: 0.05)
        problem.old = (0..<problem.count).map { $0 % 48 / 8 + 6 * ($0 / 48 / 8) }
        for unit in 0..<problem.count where unit % 48 < 16 && unit < 16 * 48 { problem.criteria[0].loads[unit] *= 2 }
        problem.residents = problem.criteria[0].loads
        problem.moveWeight = 5
        let bounds = try #require(MoveBounds(problem))
        let flow = try #require(bounds.betweenNeighbours)
        let plan = try await Redraw.solve(problem, budget: RedrawBudget(effort: 200_000))
        #expect(plan.figures.worst() <= 0.05 + 1e-9)
        #expect(plan.figures.pieces.allSatisfy { $0 == 1 })
        // Between neighbours alone the surplus would pass several borders; a number from elsewhere is cheaper.
        #expect(flow > 2 * bounds.surplus)
        #expect(plan.figures.movedLoad < 0.9 * flow)
        #expect(plan.figures.movedLoad >= bounds.surplus - 1e-9)
    }

    @Test func whatMustMoveIsCountedOverNeighbours() throws {
        var problem = Lattice(6, 1, loads: 1...1).problem(3, tolerance: 0)
        problem.old = [0, 0, 0, 0, 1, 2]
        let bounds = try #require(MoveBounds(problem))
        #expect(bounds.surplus == 2)
        // One unit goes from 0 to 1; another from 0 to 2 only by way of 1.
        #expect(abs((bounds.betweenNeighbours ?? 0) - 3) < 1e-6)
        problem.old[5] = -1
        #expect(MoveBounds(problem)?.betweenNeighbours == nil)
        problem.old = []
        #expect(MoveBounds(problem) == nil)
    }
}

@Suite struct LocalOrderTests {
    @Test func patchesAreCompact() {
        let adjacency = Lattice(64, 64).adjacency
        let order = LocalOrder.order(adjacency)
        #expect(order.sorted() == Array(0..<4096))
        // Sixteen patches of 256 units: a square of 16 × 16 has 60 border units.
        for patch in 0..<16 {
            let units = Set(order[patch * 256..<(patch + 1) * 256])
            let border = units.filter { unit in
                adjacency.row(unit).contains { !units.contains(adjacency.neighbours[$0]) }
            }
            #expect(border.count < 120)
        }
        let renumbered = adjacency.renumbered(order)
        #expect(renumbered.neighbours.count == adjacency.neighbours.count)
        for unit in stride(from: 0, to: 4096, by: 97) {
            let neighbours = Set(renumbered.row(unit).map { order[renumbered.neighbours[$0]] })
            #expect(neighbours == Set(adjacency.row(order[unit]).map { adjacency.neighbours[$0] }))
        }
    }

    @Test(arguments: [1, 64, 65, 129, 130, 257, 517, 1000])
    func everyUnitStandsInTheOrderOnce(count: Int) {
        let strip = Lattice(count, 1).adjacency
        #expect(LocalOrder.order(strip).sorted() == Array(0..<count))
    }

    @Test func partsThatDoNotTouchAreAllOrdered() {
        #expect(LocalOrder.order(Adjacency(count: 300, pairs: [])).sorted() == Array(0..<300))
    }
}
