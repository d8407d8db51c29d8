import GeoGrid

/// 门口生成树: the doors of some households joined by a random spanning tree, and the cuts that part it in two.
struct DoorTree {
    /// What is cut off: a door with all below it; or, through a door, its first children and its first households.
    struct Cut {
        fileprivate let door: Int
        fileprivate let through: (children: Int, own: Int)?
        /// Load of what is cut off.
        let load: Double
    }

    let households: [Int]
    /// Positions in `households` of those behind each door.
    private let own: [[Int]]
    /// Neighbouring doors of each door.
    private let near: [[Int]]
    /// Doors from the root down, and those below each.
    private var order: [Int] = []
    private var children: [[Int]] = []

    init(households: [Int], doorOf: [Int], near all: [[Int]]) {
        self.households = households
        var number: [Int: Int] = [:]
        var doors: [Int] = []
        var own: [[Int]] = []
        for (i, h) in households.enumerated() {
            if let n = number[doorOf[h]] {
                own[n].append(i)
            } else {
                number[doorOf[h]] = doors.count
                doors.append(doorOf[h])
                own.append([i])
            }
        }
        self.own = own
        near = doors.map { door in all[door].compactMap { number[$0] } }
    }

    /// Grows another tree; false where the doors do not hang together.
    mutating func grow(_ random: inout SeededGenerator) -> Bool {
        order = []
        children = [[Int]](repeating: [], count: own.count)
        var isReached = [Bool](repeating: false, count: own.count)
        let root = random.below(own.count)
        var frontier = [(from: root, to: root)]
        while !frontier.isEmpty {
            frontier.swapAt(random.below(frontier.count), frontier.count - 1)
            let way = frontier.removeLast()
            guard !isReached[way.to] else { continue }
            isReached[way.to] = true
            order.append(way.to)
            if way.from != way.to { children[way.from].append(way.to) }
            for next in near[way.to] where !isReached[next] { frontier.append((way.to, next)) }
        }
        return order.count == own.count
    }

    /// Every cut of the tree whose two parts each hang together; where `passing`, past one door of the other part too.
    func cuts(load: [Double], passing: Bool) -> [Cut] {
        var below = [Double](repeating: 0, count: own.count)
        var cuts: [Cut] = []
        for door in order.reversed() {
            var taken = 0.0
            for count in 0...children[door].count {
                if count > 0 { taken += below[children[door][count - 1]] }
                var sum = taken
                if passing, count > 0 { cuts.append(Cut(door: door, through: (count, 0), load: sum)) }
                for (i, household) in own[door].enumerated() {
                    sum += load[households[household]]
                    guard passing || i + 1 < own[door].count else { continue }
                    cuts.append(Cut(door: door, through: (count, i + 1), load: sum))
                }
            }
            below[door] = own[door].reduce(taken) { $0 + load[households[$1]] }
            if door != order[0] { cuts.append(Cut(door: door, through: nil, load: below[door])) }
        }
        return cuts
    }

    /// Whether each household is cut off.
    func side(of cut: Cut) -> [Bool] {
        var isOff = [Bool](repeating: false, count: households.count)
        var stack = [cut.door]
        if let through = cut.through {
            for i in own[cut.door].prefix(through.own) { isOff[i] = true }
            stack = Array(children[cut.door].prefix(through.children))
        }
        while let door = stack.popLast() {
            for i in own[door] { isOff[i] = true }
            stack += children[door]
        }
        return isOff
    }

    /// How many neighbouring doors two sides part.
    func parted(_ side: [Bool]) -> Int {
        near.indices.reduce(0) { sum, a in sum + near[a].count { $0 > a && side[own[a][0]] != side[own[$0][0]] } }
    }
}
