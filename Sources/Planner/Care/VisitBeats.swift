public import GeoGrid

/// 走访分片: beats for visitors, by the redraw engine, over doors that are neighbours along the streets.
///
/// A unit is a few households behind one door; a tower is several units. Two doors are neighbours when they follow one
/// another on a street, stand first on two streets of a crossing, or the way between them passes no third door nearer to
/// it; the nearer they are the dearer it is to part them.
public struct VisitBeats: Sendable {
    public struct Options: Hashable, Sendable {
        /// Largest deviation of a beat's load from the mean, of 1.
        public var tolerance = 0.10
        /// Units a mean beat should have at least, so that loads can be evened out.
        public var unitsABeat = 6.0
        /// Moves of the search; nil for its default.
        public var effort: Int?
        public var seed: UInt64 = 1
        /// What keeping a household with its old visitor is worth, against border; 0 draws afresh.
        public var keepWeight = 0.0

        public init() {}
    }

    /// Households behind one door, a few at a time.
    public struct Unit: Sendable {
        public var households: [Int]
        public var door: Int
    }

    public let units: [Unit]
    /// Beat of each unit.
    public let labels: [Int]
    public let beatCount: Int
    /// Load of each beat.
    public let loads: [Double]
    /// Beats that do not hang together along the streets, even past a door of another beat.
    public let disconnected: [Int]
    /// Beats that hang together only past a door of another: a dead end with too many doors for one and too few for two.
    public let passing: [Int]
    /// Doors, in the order of their first household.
    public let doors: StreetDoors
    public let findings: [Finding]

    /// Largest deviation from the mean load, of 1.
    public var deviation: Double {
        let mean = loads.reduce(0, +) / Double(max(1, loads.count))
        return mean == 0 ? 0 : (loads.map { abs($0 - mean) }.max() ?? 0) / mean
    }

    /// Divides `households` (positions in the town) among `visitors`.
    ///
    /// - Parameters:
    ///   - load: of each household given, such as 1 or its minutes.
    ///   - old: beat of each household before, −1 for none; empty without.
    ///   - communities: community of each household given; beats then stay inside one. Empty for one town.
    public static func divide(
        care: CareTown, households: [Int], load: [Double], among visitors: Int, old: [Int] = [],
        communities: [Int] = [], options: Options = Options(), progress: Progress = .silent
    ) async throws -> VisitBeats {
        var builder = VisitUnits(care: care, households: households, load: load, visitors: visitors, options: options)
        if !communities.isEmpty { builder.split(by: communities) }
        let beats = max(1, min(visitors, builder.units.count))
        let ways = builder.neighbours(care)
        var problem = RedrawProblem(
            ids: builder.units.indices.map { i in
                care.town.households[households[builder.units[i].households[0]]].id
            },
            criteria: [
                .init(
                    name: Text(zh: "走访量", en: "visits"), loads: builder.units.map(\.load), tolerance: options.tolerance)
            ],
            adjacency: builder.adjacency(ways),
            districts: [RedrawProblem.District](repeating: .init(), count: beats))
        if !communities.isEmpty {
            let names = Array(Set(communities)).sorted()
            let number = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
            var total = [Double](repeating: 0, count: names.count)
            problem.communities = builder.units.map { unit in
                let c = number[communities[unit.households[0]]] ?? 0
                total[c] += unit.load
                return c
            }
            if beats >= names.count {
                let counts = RedrawProblem.apportion(districts: beats, loads: total)
                problem.districts = counts.enumerated().flatMap { c, n in
                    [RedrawProblem.District](repeating: .init(community: c), count: n)
                }
            } else {
                problem.communities = []
            }
        }
        if !old.isEmpty {
            problem.old = builder.units.map { old[$0.households[0]] < beats ? old[$0.households[0]] : -1 }
            problem.moveWeight = options.keepWeight
        }
        problem.residents = builder.units.map { Double($0.households.count) }
        problem.centres = builder.centres
        let plan = try await Redraw.solve(
            problem, budget: RedrawBudget(seed: options.seed, effort: options.effort), progress: progress)
        return VisitBeats(
            builder, plan, ways, households, load, beats, isEvened: communities.isEmpty, tolerance: options.tolerance,
            seed: options.seed)
    }

    private init(
        _ builder: VisitUnits, _ plan: RedrawPlan, _ ways: [(a: Int, b: Int)], _ households: [Int], _ load: [Double],
        _ beats: Int, isEvened: Bool, tolerance: Double, seed: UInt64
    ) {
        var doorOf = [Int](repeating: 0, count: households.count)
        var beatOf = [Int](repeating: -1, count: households.count)
        for (unit, label) in zip(builder.units, plan.labels) {
            for i in unit.households {
                doorOf[i] = unit.door
                beatOf[i] = label
            }
        }
        var near = [[Int]](repeating: [], count: builder.places.count)
        for way in ways + plan.assumedBridges.map({ (builder.units[$0.a].door, builder.units[$0.b].door) }) {
            near[way.a].append(way.b)
            near[way.b].append(way.a)
        }
        let share = load.reduce(0, +) / Double(beats)
        var evening = BeatEvening(
            doorOf: doorOf, load: load, near: near, bounds: share * (1 - tolerance)...share * (1 + tolerance),
            beatOf: beatOf, beats: beats, seed: seed)
        if isEvened { evening.run() }
        var members: [[Int: [Int]]] = Array(repeating: [:], count: beats)
        for (i, beat) in evening.beatOf.enumerated() where beat >= 0 { members[beat][doorOf[i], default: []].append(i) }
        var units: [Unit] = []
        var labels: [Int] = []
        for (beat, doors) in members.enumerated() {
            for door in doors.keys.sorted() {
                units.append(Unit(households: doors[door]!.map { households[$0] }, door: door))
                labels.append(beat)
            }
        }
        self.units = units
        self.labels = labels
        beatCount = beats
        doors = builder.doors
        loads = evening.loads
        let parted = Self.parted(units, labels, near, among: Array(0..<beats))
        let apart = Self.parted(units, labels, near.map { doors in doors + doors.flatMap { near[$0] } }, among: parted)
        disconnected = apart
        passing = parted.filter { !apart.contains($0) }
        let uneven = evening.loads.count { abs($0 - share) > share * tolerance + 1e-9 }
        findings = plan.findings.filter { $0.code != .redrawMissed } + (uneven > 0 ? [.uneven(uneven)] : [])
    }

    /// Counted anew from the outcome: beats whose doors are not joined through doors of the beat.
    private static func parted(_ units: [Unit], _ labels: [Int], _ near: [[Int]], among beats: [Int]) -> [Int] {
        var doors: [Int: [Int]] = Dictionary(uniqueKeysWithValues: beats.map { ($0, []) })
        for (unit, label) in zip(units, labels) { doors[label]?.append(unit.door) }
        return beats.filter { beat in
            guard let mine = doors[beat], let first = mine.first else { return false }
            var left = Set(mine)
            left.remove(first)
            var queue = [first]
            while let door = queue.popLast() {
                for other in near[door] where left.remove(other) != nil { queue.append(other) }
            }
            return !left.isEmpty
        }
    }

    /// 走访顺序: the doors of each beat in an order with little walking, and its metres.
    ///
    /// O(doors × streets near) searches and a round each.
    public func rounds(care: CareTown) -> [(households: [Int], metres: Double)] {
        var unitsOf = [[Int]](repeating: [], count: beatCount)
        for (i, label) in labels.enumerated() where label >= 0 { unitsOf[label].append(i) }
        let found = unitsOf
        return parallelMap(beatCount) { beat in
            var atDoor: [Int: [Int]] = [:]
            for unit in found[beat] { atDoor[units[unit].door, default: []] += units[unit].households }
            let stops = atDoor.keys.sorted()
            let round = DoorRound(model: care.model, places: stops.map { doors.points[$0] })
            return (round.order.flatMap { atDoor[stops[$0]]!.sorted() }, round.metres)
        }
    }
}

/// Households gathered by door into units, and which of them are neighbours.
private struct VisitUnits {
    struct Unit {
        /// Positions in the list of households given.
        var households: [Int]
        var door: Int
        var load: Double
    }

    private(set) var units: [Unit] = []
    private(set) var places: [PlanarPoint] = []
    let doors: StreetDoors
    private let load: [Double]
    private var unitsAt: [[Int]] = []

    init(care: CareTown, households: [Int], load: [Double], visitors: Int, options: VisitBeats.Options) {
        self.load = load
        var index: [PlanarPoint: Int] = [:]
        var places: [PlanarPoint] = []
        var members: [[Int]] = []
        for (i, h) in households.enumerated() {
            let p = care.homes.points[h]
            // Places that are not numbers are equal to none, each a door of its own.
            if let door = index[p] {
                members[door].append(i)
            } else {
                index[p] = places.count
                places.append(p)
                members.append([i])
            }
        }
        let share = load.reduce(0, +) / Double(max(1, visitors))
        let most = max(share / options.unitsABeat, load.max().map { $0 * 1e-9 } ?? 0)
        for (door, list) in members.enumerated() {
            var unit = Unit(households: [], door: door, load: 0)
            for i in list {
                if !unit.households.isEmpty, unit.load + load[i] > most {
                    units.append(unit)
                    unit = Unit(households: [], door: door, load: 0)
                }
                unit.households.append(i)
                unit.load += load[i]
            }
            units.append(unit)
        }
        self.places = places
        doors = care.model.doors(places)
        number()
    }

    private mutating func number() {
        unitsAt = [[Int]](repeating: [], count: places.count)
        for (i, unit) in units.enumerated() { unitsAt[unit.door].append(i) }
    }

    /// Parts units whose households lie in different communities.
    mutating func split(by communities: [Int]) {
        units = units.flatMap { unit -> [Unit] in
            let names = Set(unit.households.map { communities[$0] }).sorted()
            return names.map { name in
                let mine = unit.households.filter { communities[$0] == name }
                return Unit(households: mine, door: unit.door, load: mine.reduce(0) { $0 + load[$1] })
            }
        }
        number()
    }

    /// Neighbours behind one door, and across to the next doors along the streets.
    func adjacency(_ ways: [(a: Int, b: Int)]) -> Adjacency {
        var pairs: [(a: Int, b: Int, border: Double)] = []
        for list in unitsAt {
            for (i, a) in list.enumerated() { for b in list[(i + 1)...] { pairs.append((a, b, 20)) } }
        }
        for next in ways {
            let metres = places[next.a].distance(to: places[next.b])
            let border = min(15, max(0.5, 100 / (5 + metres)))
            let ends = unitsAt[next.a].count * unitsAt[next.b].count
            for a in unitsAt[next.a] {
                for b in unitsAt[next.b] { pairs.append((a, b, border / Double(ends).squareRoot())) }
            }
        }
        return Adjacency(count: units.count, pairs: pairs)
    }

    /// Doors that follow one another on a street, the first doors of every street of a crossing, and over streets without
    /// doors the neighbours in the Voronoi diagram of the doors on the network. A door off the streets, or any door
    /// without streets, and its nearest few.
    func neighbours(_ care: CareTown) -> [(a: Int, b: Int)] {
        let model = care.model
        guard model.followsStreets else { return nearestNeighbours(of: Array(places.indices), count: 6) }
        let network = model.network
        var search = WalkSearch(nodes: network.nodes.count)
        search.run(network, seeds: places.indices.flatMap { model.seeds(doors, $0) }, limit: .max - 1)
        var found = Set<Int64>()
        var pairs: [(a: Int, b: Int)] = []
        func add(_ a: Int32, _ b: Int32) {
            guard a != b, a >= 0, b >= 0 else { return }
            let key = Int64(min(a, b)) << 32 | Int64(max(a, b))
            if found.insert(key).inserted { pairs.append((Int(min(a, b)), Int(max(a, b)))) }
        }
        var firsts = search.label.map { [$0] }
        for edge in 0..<network.edgeCount {
            let on = doors.doors(on: edge).sorted { (doors.along[Int($0)], $0) < (doors.along[Int($1)], $1) }
            var last = search.label[Int(network.from[edge])]
            for door in on {
                add(last, door)
                last = door
            }
            add(last, search.label[Int(network.to[edge])])
            if let first = on.first, let last = on.last {
                firsts[Int(network.from[edge])].append(first)
                firsts[Int(network.to[edge])].append(last)
            }
        }
        for doors in firsts {
            for (i, a) in doors.enumerated() { for b in doors[(i + 1)...] { add(a, b) } }
        }
        return pairs + nearestNeighbours(of: places.indices.filter { doors.edges[$0] < 0 }, count: 2)
    }

    /// Each of some doors, and its nearest few of all by the straight way. O(doors²).
    private func nearestNeighbours(of some: [Int], count: Int) -> [(a: Int, b: Int)] {
        some.flatMap { a -> [(a: Int, b: Int)] in
            var near: [(metres: Double, door: Int)] = []
            for b in places.indices where b != a {
                let metres = places[b].distance(to: places[a])
                guard metres.isFinite, near.count < count || metres < near[near.count - 1].metres else { continue }
                if near.count == count { near.removeLast() }
                near.insert((metres, b), at: near.firstIndex { metres < $0.metres } ?? near.count)
            }
            return near.map { (min(a, $0.door), max(a, $0.door)) }
        }
    }

    /// Where each unit is; one whose place is not a number is taken to be in the middle of the others.
    var centres: [PlanarPoint] {
        let known = places.filter { $0.x.isFinite && $0.y.isFinite }
        let n = Double(max(1, known.count))
        let middle = PlanarPoint(x: known.reduce(0) { $0 + $1.x } / n, y: known.reduce(0) { $0 + $1.y } / n)
        return units.map { unit in
            let p = places[unit.door]
            return p.x.isFinite && p.y.isFinite ? p : middle
        }
    }
}

extension IssueCode {
    /// Beats whose load is outside the tolerance.
    public static let unevenBeats = IssueCode("GG489")
}

extension Finding {
    fileprivate static func uneven(_ beats: Int) -> Finding {
        Finding(
            .unevenBeats, .warning,
            Text(zh: "\(beats) 片的工作量超出允许偏差", en: "\(beats) beats are outside the tolerance"),
            remedy: Text(zh: "放宽 --tolerance，或调整走访人数", en: "raise --tolerance, or change the number of visitors"))
    }
}
