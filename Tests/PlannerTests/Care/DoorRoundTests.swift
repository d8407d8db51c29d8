import GeoGrid
import Testing

@testable import Planner

@Suite struct DoorRoundTests {
    private func distances(_ points: [PlanarPoint]) -> [Int32] {
        points.flatMap { p in points.map { Int32((p.distance(to: $0) * 100).rounded()) } }
    }

    private func randomPoints(_ n: Int, seed: Int) -> [PlanarPoint] {
        var random = SeededGenerator(seed: UInt64(seed))
        return (0..<n).map { _ in point(random.unit() * 1000, random.unit() * 1000) }
    }

    /// Shortest closed round from stop 0, or open round, over all orders, with the worse ones cut off early.
    private func shortest(_ d: [Int32], _ n: Int, isClosed: Bool) -> Int64 {
        var best = Int64.max
        var used = [Bool](repeating: false, count: n)
        func extend(_ last: Int, _ count: Int, _ length: Int64) {
            guard length < best else { return }
            if count == n {
                best = min(best, length + (isClosed ? Int64(d[last * n]) : 0))
                return
            }
            for k in 0..<n where !used[k] {
                used[k] = true
                extend(k, count + 1, length + Int64(d[last * n + k]))
                used[k] = false
            }
        }
        for start in 0..<(isClosed ? 1 : n) {
            used[start] = true
            extend(start, 1, 0)
            used[start] = false
        }
        return best
    }

    @Test(arguments: 1...6, [true, false])
    func smallRoundsAreWithinTwoPercentOfTheShortest(seed: Int, isClosed: Bool) {
        for n in [3, 5, 7, 9] {
            let d = distances(randomPoints(n, seed: seed * 100 + n))
            let round = DoorRound(distances: d, count: n, isClosed: isClosed)
            let best = shortest(d, n, isClosed: isClosed)
            #expect(round.order.sorted() == Array(0..<n))
            #expect(Double(round.length) <= 1.02 * Double(best), "\(n) stops")
            #expect(round.length >= best)
            if isClosed { #expect(round.order[0] == 0) }
        }
    }

    /// The shortest closed round by dynamic programming over subsets (Held, Karp 1962), apart from the one tested.
    private func heldKarp(_ d: [Int32], _ n: Int) -> Int64 {
        let far = Int64.max / 2
        var cost = [Int64](repeating: far, count: (1 << n) * n)
        cost[1 * n] = 0
        for set in 1..<1 << n where set & 1 != 0 {
            for j in 0..<n where cost[set * n + j] < far {
                for k in 1..<n where set & (1 << k) == 0 {
                    let next = (set | 1 << k) * n + k
                    cost[next] = min(cost[next], cost[set * n + j] + Int64(d[j * n + k]))
                }
            }
        }
        return (1..<n).map { cost[((1 << n) - 1) * n + $0] + Int64(d[$0 * n]) }.min() ?? 0
    }

    @Test(arguments: 1...4)
    func searchedRoundsAreWithinTwoPercentOfTheShortest(seed: Int) {
        for n in [10, 11, 12] {
            #expect(n > DoorRound.exactLimit)
            let d = distances(randomPoints(n, seed: seed * 1000 + n))
            let round = DoorRound(distances: d, count: n, isClosed: true)
            let best = heldKarp(d, n)
            #expect(round.length >= best)
            #expect(Double(round.length) <= 1.02 * Double(best), "\(n) stops")
        }
    }

    @Test func lengthIsThatOfTheOrder() {
        let d = distances(randomPoints(60, seed: 4))
        let round = DoorRound(distances: d, count: 60, isClosed: true, effort: 5)
        var length: Int64 = 0
        for i in 0..<60 { length += Int64(d[round.order[i] * 60 + round.order[(i + 1) % 60]]) }
        #expect(round.length == length)
        #expect(round.order.sorted() == Array(0..<60))
    }

    @Test func aRoundOnACircleIsTheCircle() {
        // A regular polygon's shortest round is its outline.
        let cosines: [Double] = (0..<40).map { i in
            let t = Double(i) / 40; return 1 - 2 * abs(2 * t - 1)
        }
        let sines: [Double] = (0..<40).map { i in cosines[(i + 10) % 40] }
        var random = SeededGenerator(seed: 2)
        var points = (0..<40).map { point(cosines[$0] * 500, sines[$0] * 500) }
        points.shuffle(using: &random)
        let round = DoorRound(distances: distances(points), count: 40, isClosed: true)
        // The forty points stand on a diamond of side 500·√2·… : its outline is 8 · 500 / √2.
        #expect(abs(Double(round.length) / 100 - 4 * 500 * 2.0.squareRoot()) < 5)
    }

    @Test func fewStopsNeedNoSearch() {
        #expect(DoorRound(distances: [], count: 0, isClosed: true).order == [])
        #expect(DoorRound(distances: [0], count: 1, isClosed: false).length == 0)
        #expect(DoorRound(distances: [0, 7, 7, 0], count: 2, isClosed: true).length == 14)
        #expect(DoorRound(distances: [0, 7, 7, 0], count: 2, isClosed: false).length == 7)
    }
}
