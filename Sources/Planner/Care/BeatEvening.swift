import GeoGrid

/// 走访片找平: parts the ground around beats out of bounds anew, until no load is out of bounds.
///
/// A beat and some around it are joined, and beats are cut off the whole one by one, each by a cut of a random spanning
/// tree of the doors that leaves the rest enough and not too much. A cut may go through a door with several households,
/// whose beats then share it. So every beat hangs together, at dead ends and cross-roads too. Where the doors of a dead
/// end are too many for a beat and too few for two, a beat may pass one door of another. The fewest beats that do are taken, and of some ways that with the fewest households moved and
/// neighbours parted.
/// Source: DeFord, Duchin, Solomon, Recombination: a family of Markov chains for redistricting, Harvard Data Science
/// Review 3.1 (2021), for more than two parts. O(beats out of bounds · `attempts` · households around).
struct BeatEvening {
    let doorOf: [Int]
    let load: [Double]
    /// Neighbouring doors of each door, ascending.
    let near: [[Int]]
    let bounds: ClosedRange<Double>

    private(set) var beatOf: [Int]
    private(set) var loads: [Double]
    private var members: [[Int]]
    private let atDoor: [[Int]]
    private var random: SeededGenerator

    private static let largestGround = 16
    private static let attempts = 40
    private static let choices = 6
    private static let trees = 6

    init(
        doorOf: [Int], load: [Double], near: [[Int]], bounds: ClosedRange<Double>, beatOf: [Int], beats: Int,
        seed: UInt64
    ) {
        self.doorOf = doorOf
        self.load = load
        self.near = near
        self.bounds = bounds
        self.beatOf = beatOf
        var loads = [Double](repeating: 0, count: beats)
        var members = [[Int]](repeating: [], count: beats)
        var atDoor = [[Int]](repeating: [], count: near.count)
        for h in doorOf.indices {
            atDoor[doorOf[h]].append(h)
            guard beatOf[h] >= 0 else { continue }
            loads[beatOf[h]] += load[h]
            members[beatOf[h]].append(h)
        }
        self.loads = loads
        self.members = members
        self.atDoor = atDoor
        random = SeededGenerator(seed: seed)
    }

    /// Beats that hang together; where no such ground is found, beats that pass a door of another.
    mutating func run() {
        for passing in [false, true] {
            for beat in loads.indices where !holds(loads[beat], 1) {
                for size in 2...Self.largestGround where mend(beat, with: size, passing: passing) { break }
            }
        }
    }

    /// Whether a load is enough and not too much for some beats.
    private func holds(_ load: Double, _ beats: Int) -> Bool {
        let count = Double(beats)
        return load >= count * bounds.lowerBound - 1e-9 && load <= count * bounds.upperBound + 1e-9
    }

    /// Joins a beat and some around it, other ones in every attempt, and parts them anew.
    private mutating func mend(_ beat: Int, with size: Int, passing: Bool) -> Bool {
        var best: (cost: Int, ground: [Int], parts: [[Int]])?
        var found = 0
        for _ in 0..<Self.attempts where found < Self.choices {
            let ground = ground(around: beat, size: size)
            guard ground.count == size, holds(ground.reduce(0) { $0 + loads[$1] }, size),
                let parts = parts(of: ground.flatMap { members[$0] }, count: size, passing: passing)
            else { continue }
            found += 1
            let named = named(parts.households, as: ground)
            let moved = zip(ground, named).reduce(0) { sum, pair in sum + pair.1.count { beatOf[$0] != pair.0 } }
            if best.map({ moved + parts.parted < $0.cost }) ?? true { best = (moved + parts.parted, ground, named) }
        }
        guard let best else { return false }
        for (beat, households) in zip(best.ground, best.parts) {
            members[beat] = households
            loads[beat] = households.reduce(0) { $0 + load[$1] }
            for h in households { beatOf[h] = beat }
        }
        return true
    }

    private mutating func ground(around beat: Int, size: Int) -> [Int] {
        var ground = [beat]
        var around = neighbours(beat)
        while ground.count < size, !around.isEmpty {
            let next = around.remove(at: random.below(around.count))
            ground.append(next)
            for other in neighbours(next) where !ground.contains(other) && !around.contains(other) {
                around.append(other)
            }
        }
        return ground
    }

    /// Beats that share a door or stand at a neighbouring one, in the order they are met.
    private func neighbours(_ beat: Int) -> [Int] {
        var found: [Int] = []
        for h in members[beat] {
            for door in [doorOf[h]] + near[doorOf[h]] {
                for other in atDoor[door] where beatOf[other] >= 0 && beatOf[other] != beat {
                    if !found.contains(beatOf[other]) { found.append(beatOf[other]) }
                }
            }
        }
        return found
    }

    /// So many parts, each within bounds, and how many neighbouring doors they part; nil where the trees have no such cuts.
    private mutating func parts(of households: [Int], count: Int, passing: Bool)
        -> (households: [[Int]], parted: Int)?
    {
        var rest = households
        var total = rest.reduce(0) { $0 + load[$1] }
        var parts: [[Int]] = []
        var parted = 0
        for left in stride(from: count - 1, to: 0, by: -1) {
            var tree = DoorTree(households: rest, doorOf: doorOf, near: near)
            var best: (parted: Int, isOff: [Bool], load: Double)?
            for _ in 0..<Self.trees {
                guard tree.grow(&random) else { return nil }
                for cut in tree.cuts(load: load, passing: passing) {
                    let isPart = holds(cut.load, 1) && holds(total - cut.load, left)
                    guard isPart || holds(total - cut.load, 1) && holds(cut.load, left) else { continue }
                    let side = tree.side(of: cut)
                    let parted = tree.parted(side)
                    guard best.map({ parted < $0.parted }) ?? true else { continue }
                    best = (parted, side.map { $0 == isPart }, isPart ? cut.load : total - cut.load)
                }
            }
            guard let best else { return nil }
            parts.append(zip(rest, best.isOff).filter(\.1).map(\.0))
            rest = zip(rest, best.isOff).filter { !$0.1 }.map(\.0)
            total -= best.load
            parted += best.parted
        }
        return (parts + [rest], parted)
    }

    /// The parts in the order of the beats whose households they have most of.
    private func named(_ parts: [[Int]], as ground: [Int]) -> [[Int]] {
        var shared: [(households: Int, beat: Int, part: Int)] = []
        for (p, part) in parts.enumerated() {
            for (b, beat) in ground.enumerated() { shared.append((part.count { beatOf[$0] == beat }, b, p)) }
        }
        var named = [[Int]?](repeating: nil, count: ground.count)
        var isTaken = [Bool](repeating: false, count: parts.count)
        for pair in shared.sorted(by: { ($1.households, $0.beat, $0.part) < ($0.households, $1.beat, $1.part) })
        where named[pair.beat] == nil && !isTaken[pair.part] {
            named[pair.beat] = parts[pair.part]
            isTaken[pair.part] = true
        }
        return named.map { $0! }
    }
}
