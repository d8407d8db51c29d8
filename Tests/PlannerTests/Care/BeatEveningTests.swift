import GeoGrid
import Testing

@testable import Planner

@Suite struct BeatEveningTests {
    /// Rows of doors, each the neighbour of those beside, above and below.
    private func near(rows: Int, columns: Int) -> [[Int]] {
        (0..<rows * columns).map { door in
            let (row, column) = (door / columns, door % columns)
            return [(row - 1, column), (row, column - 1), (row, column + 1), (row + 1, column)]
                .filter { (0..<rows).contains($0.0) && (0..<columns).contains($0.1) }
                .map { $0.0 * columns + $0.1 }
        }
    }

    private func isJoined(_ doors: Set<Int>, _ near: [[Int]]) -> Bool {
        guard let first = doors.first else { return true }
        var left = doors.subtracting([first])
        var queue = [first]
        while let door = queue.popLast() {
            for next in near[door] where left.remove(next) != nil { queue.append(next) }
        }
        return left.isEmpty
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func strayLoadsComeWithinBounds(seed: UInt64) {
        let near = near(rows: 4, columns: 16)
        var random = SeededGenerator(seed: seed)
        var doorOf: [Int] = []
        for door in near.indices {
            doorOf += [Int](repeating: door, count: random.below(10) == 0 ? 12 : 1 + random.below(2))
        }
        // Strips of unlike width, each joined.
        let edges = [0, 2, 7, 12, 16]
        let beatOf = doorOf.map { door in edges.lastIndex { $0 <= door % 16 }! }
        let share = Double(doorOf.count) / 4
        let bounds = 0.9 * share...1.1 * share
        var evening = BeatEvening(
            doorOf: doorOf, load: doorOf.map { _ in 1 }, near: near, bounds: bounds, beatOf: beatOf, beats: 4,
            seed: seed)
        evening.run()
        for beat in 0..<4 {
            let mine = doorOf.indices.filter { evening.beatOf[$0] == beat }
            #expect(bounds.contains(Double(mine.count)) && Double(mine.count) == evening.loads[beat])
            #expect(isJoined(Set(mine.map { doorOf[$0] }), near))
        }
    }

    /// Behind one door on a dead end lie more households than a beat may have: the tower is shared.
    @Test func aTowerIsShared() {
        let doorOf = [Int](repeating: 0, count: 30) + [1, 2, 3, 4, 5, 6]
        var evening = BeatEvening(
            doorOf: doorOf, load: doorOf.map { _ in 1 }, near: [[1], [0, 2], [1, 3], [2, 4], [3, 5], [4, 6], [5]],
            bounds: 17...19, beatOf: doorOf.map { $0 == 0 ? 0 : 1 }, beats: 2, seed: 1)
        evening.run()
        #expect(evening.loads.allSatisfy { (17...19).contains($0) })
    }

    /// Three streets of 16, 7 and 15 doors meet: 16 and 7 are too many for one beat and too few for two.
    @Test func aDeadEndIsPartedPastOneDoor() {
        func street(_ doors: Range<Int>) -> [(Int, Int)] { zip(doors, doors.dropFirst()).map { ($0, $1) } }
        var near = [[Int]](repeating: [], count: 38)
        for (a, b) in street(0..<16) + street(16..<23) + street(23..<38) + [(0, 16), (0, 23), (16, 23)] {
            near[a].append(b)
            near[b].append(a)
        }
        let beatOf = near.indices.map { $0 < 16 ? 0 : 1 }
        var evening = BeatEvening(
            doorOf: Array(near.indices), load: near.map { _ in 1 }, near: near, bounds: 16.5...22, beatOf: beatOf,
            beats: 2, seed: 1)
        evening.run()
        #expect(evening.loads.allSatisfy { (16.5...22).contains($0) })
        let twoApart = near.map { doors in doors + doors.flatMap { near[$0] } }
        for beat in 0..<2 {
            let mine = Set(near.indices.filter { evening.beatOf[$0] == beat })
            #expect(isJoined(mine, twoApart))
        }
    }

    @Test func whatCannotBeEvenedIsLeftAsItWas() {
        let beatOf = [0, 0, 0, 1]
        var evening = BeatEvening(
            doorOf: [0, 0, 0, 1], load: [1, 1, 1, 1], near: [[], []], bounds: 2...2, beatOf: beatOf, beats: 2, seed: 1)
        evening.run()
        #expect(evening.beatOf == beatOf)
    }
}
