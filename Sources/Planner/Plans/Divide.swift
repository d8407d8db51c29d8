import GeoGrid

/// 分隔: which neighbouring units a river, railway or trunk road parts, and where the town's streets cross it.
///
/// Two units are parted where at least half of their common border runs along the barrier, in the water or within
/// 15 m of a line; of a line also where the way between their middles crosses it an odd number of times. They hang
/// together all the same where a street leads from one to the other across the barrier: as in the walking network, any
/// road but a railway is walked, and one drawn through water crosses it whether it is marked as a bridge or not.
struct Divide {
    private let water: AreaBarrier
    private let lines: LineReach
    /// Pairs of units that a street joins across the barrier.
    private var joined = Set<RedrawProblem.Bridge>()

    /// A border this near a line runs along it.
    private static let reach = 15.0
    /// A street end this near a line meets it, as in the walking network.
    private static let snap = StreetNetwork.Options().snap
    /// How far from a crossing both banks are looked for, and in what steps.
    private static let approach = 30.0
    private static let step = 3.0

    init(_ barrier: TownRedraw.Barrier, town: Town, units: PointLocator) {
        let isRiver = barrier == .river
        water = isRiver ? AreaBarrier(waters: town.waters) : AreaBarrier(areas: [])
        let areas = [GeometryKind.polygon, .multiPolygon]
        lines = LineReach(
            isRiver
                ? town.waters.filter { !areas.contains($0.kind) }.flatMap { $0.parts.flatMap { $0 } }
                : Self.lines(barrier, of: town), reach: Self.reach)
        let walked = town.roads.filter { $0.roadClass != .rail && !(barrier == .trunk && $0.roadClass == .trunk) }
        for line in walked.flatMap(\.lines) { cross(line, units) }
        joinEnds(walked.flatMap(\.lines), units)
    }

    /// The lines of a barrier: of a river its banks.
    static func lines(_ barrier: TownRedraw.Barrier, of town: Town) -> [[PlanarPoint]] {
        switch barrier {
        case .river: town.waters.flatMap { $0.parts.flatMap { $0 } }
        case .rail: town.roads.filter { $0.roadClass == .rail }.flatMap(\.lines)
        case .trunk: town.roads.filter { $0.roadClass == .trunk }.flatMap(\.lines)
        }
    }

    /// The pairs that the barrier parts, in order. O(borders · segments near).
    func parted(_ borders: SharedBorders, centres: [PlanarPoint]) -> [RedrawProblem.Bridge] {
        struct Run { var total = 0.0, along = 0.0 }
        var runs: [RedrawProblem.Bridge: Run] = [:]
        for piece in borders.pieces {
            let inWater =
                water.isEmpty
                ? 0
                : water.parts(from: piece.from, to: piece.to).reduce(0) {
                    $0 + ($1.inside ? ($1.to - $1.from) * piece.length : 0)
                }
            let key = RedrawProblem.Bridge(a: piece.a, b: piece.b)
            runs[key, default: Run()].total += piece.length
            runs[key, default: Run()].along += max(inWater, lines.length(from: piece.from, to: piece.to))
        }
        return runs.filter { pair, run in
            guard !joined.contains(pair) else { return false }
            return run.along >= run.total / 2
                || lines.crossings(from: centres[pair.a], to: centres[pair.b]).count % 2 == 1
        }.map(\.key).sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// Notes the units that a street joins near the places where it crosses the barrier.
    private mutating func cross(_ line: [PlanarPoint], _ units: PointLocator) {
        let line = line.filter { $0.x.isFinite && $0.y.isFinite }
        var metres = 0.0
        var crossings: [Double] = []
        let whole = zip(line, line.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
        for (a, b) in zip(line, line.dropFirst()) {
            let length = a.distance(to: b)
            crossings += water.crossings(from: a, to: b).map { metres + $0 * length }
            // A street that ends at the line has not crossed it.
            crossings += lines.crossings(from: a, to: b).map { metres + $0 * length }
                .filter { $0 > Self.snap && $0 < whole - Self.snap }
            metres += length
        }
        guard !crossings.isEmpty else { return }
        metres = 0
        var last: Int?
        for (a, b) in zip(line, line.dropFirst()) {
            let length = a.distance(to: b)
            for k in 0...Int(length / Self.step) {
                let at = length > 0 ? Double(k) * Self.step / length : 0
                let p = PlanarPoint(x: a.x + at * (b.x - a.x), y: a.y + at * (b.y - a.y))
                let isNear = crossings.contains { abs($0 - metres - at * length) <= Self.approach }
                guard isNear || water.contains(p) else {
                    last = nil
                    continue
                }
                guard let unit = units.unit(at: p) else { continue }
                if let last, last != unit { join(last, unit) }
                last = unit
            }
            metres += length
        }
    }

    /// Streets that end at a line from both sides cross it together.
    private mutating func joinEnds(_ streets: [[PlanarPoint]], _ units: PointLocator) {
        guard !lines.isEmpty else { return }
        var ends: [(foot: PlanarPoint, unit: Int)] = []
        for street in streets where street.count > 1 {
            for way in [street, street.reversed()] {
                guard let foot = lines.foot(of: way[0], within: Self.snap) else { continue }
                let length = max(way[0].distance(to: way[1]), 1e-9)
                let at = min(1, 2 * Self.snap / length)
                let inside = PlanarPoint(
                    x: way[0].x + at * (way[1].x - way[0].x), y: way[0].y + at * (way[1].y - way[0].y))
                if let unit = units.unit(at: inside) { ends.append((foot, unit)) }
            }
        }
        ends.sort { ($0.foot.x, $0.foot.y, $0.unit) < ($1.foot.x, $1.foot.y, $1.unit) }
        for i in ends.indices {
            var j = i + 1
            while j < ends.count, ends[j].foot.x - ends[i].foot.x <= Self.reach {
                if ends[j].foot.distance(to: ends[i].foot) <= Self.reach { join(ends[i].unit, ends[j].unit) }
                j += 1
            }
        }
    }

    private mutating func join(_ a: Int, _ b: Int) {
        if a != b { joined.insert(.init(a: min(a, b), b: max(a, b))) }
    }
}
