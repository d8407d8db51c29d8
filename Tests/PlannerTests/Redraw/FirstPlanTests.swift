import GeoGrid
import Testing

@testable import Planner

@Suite struct FirstPlanTests {
    private func core(_ problem: RedrawProblem) throws -> CoreProblem {
        try #require(RedrawPieces(problem, RedrawAudit(problem)).pieces.first).core
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func relaxingRoundsDistrictsOffAndEvensThem(seed: UInt64) throws {
        let core = try core(Lattice(36, 36, seed: seed).problem(9))
        var generator = SeededGenerator(seed: seed)
        let trees = TreeSeed.labels(core, trees: 3, generator: &generator)
        let relaxed = PowerDiagram.relaxed(trees, core)
        let (before, after) = (SearchState(core, labels: trees), SearchState(core, labels: relaxed))
        #expect(after.cut * 10 < before.cut * 8)
        for d in 0..<9 { #expect(abs(Double(after.tally[d]) / Double(core.target[d]) - 1) < 0.1) }
        #expect(PowerDiagram.relaxed(trees, core) == relaxed)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func exchangingNumbersKeepsWhoCanBeKept(seed: UInt64) throws {
        var problem = Lattice(12, 12, seed: seed).problem(8)
        var generator = SeededGenerator(seed: seed)
        problem.old = TreeSeed.labels(try core(problem), trees: 3, generator: &generator).map { Int($0) }
        problem.moveWeight = 1
        problem.pins = [.init(unit: 0, district: problem.old[0])]
        let core = try core(problem)
        var numbers = (0..<8).map { Int32($0) }
        numbers.shuffle(using: &generator)
        let state = SearchState(core, labels: core.old.map { numbers[Int($0)] })
        let (cut, loads) = (state.cut, (0..<8).map { state.tally[$0] }.sorted())
        Relabelling.run(state)
        #expect(state.cut == cut)
        #expect((0..<8).map { state.tally[$0] }.sorted() == loads)
        // All but the pinned district, and the one that has taken its number, are what they were.
        let changed = Set(core.old.indices.filter { state.label[$0] != core.old[$0] }.map { core.old[$0] })
        #expect(changed.count <= 2)
        #expect(!Relabelling.run(state))
    }
}
