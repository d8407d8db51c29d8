/// 四至: what bounds a unit on each side, in the words documents use.
///
/// The outer border is walked in steps; each step counts for the side its outward normal faces (within 45°), for the
/// street that runs along it, and for the unit beyond it. Named is what takes a share worth naming of its side.
public struct UnitBounds: Hashable, Sendable {
    public enum Side: String, CaseIterable, Sendable {
        case east, south, west, north

        public var title: Text {
            switch self {
            case .east: Text(zh: "东", en: "east")
            case .south: Text(zh: "南", en: "south")
            case .west: Text(zh: "西", en: "west")
            case .north: Text(zh: "北", en: "north")
            }
        }
    }

    public struct Bound: Hashable, Sendable {
        public var side: Side
        /// Metres of border that face the side.
        public var length: Double
        /// Names of streets and waters along it, longest first.
        public var streets: [String]
        /// Positions of neighbouring units, longest border first.
        public var neighbours: [Int]
        /// Whether more than half of it has no unit beyond.
        public var isOuter: Bool
    }

    public var bounds: [Bound]

    /// 沿街距离: metres from a border within which a street bounds it.
    public static let reach = 15.0
    private static let step = 10.0
    private static let share = 0.2

    /// The bounds of unit `unit` of `areas`. `lines` are named streets and rivers. O(border · lines nearby).
    public init(of unit: Int, in areas: Geometries, locator: PointLocator, lines: NamedLines) {
        var length: [Side: Double] = [:]
        var outer: [Side: Double] = [:]
        var streets: [Side: [String: Double]] = [:]
        var units: [Side: [Int: Double]] = [:]
        for part in areas.parts(ofFeature: unit) {
            let ring = areas.paths(ofPart: part).lowerBound
            let turn = areas.signedArea(ofRing: ring) >= 0 ? 1.0 : -1.0
            let run = areas.coordinates(ofPath: ring)
            for i in run.dropLast() {
                let a = areas[coordinate: i]
                let b = areas[coordinate: i + 1]
                let whole = a.distance(to: b)
                guard whole > 0 else { continue }
                let normal = PlanarPoint(x: turn * (b.y - a.y) / whole, y: -turn * (b.x - a.x) / whole)
                let side: Side =
                    abs(normal.x) > abs(normal.y) ? (normal.x > 0 ? .east : .west) : (normal.y > 0 ? .north : .south)
                let pieces = max(1, Int((whole / Self.step).rounded(.up)))
                let piece = whole / Double(pieces)
                for k in 0..<pieces {
                    let t = (Double(k) + 0.5) / Double(pieces)
                    let x = a.x + t * (b.x - a.x)
                    let y = a.y + t * (b.y - a.y)
                    length[side, default: 0] += piece
                    if let name = lines.name(near: PlanarPoint(x: x, y: y), along: normal, within: Self.reach) {
                        streets[side, default: [:]][name, default: 0] += piece
                    }
                    // Half a metre beyond the border.
                    if let other = locator.unit(x: x + normal.x / 2, y: y + normal.y / 2), other != unit {
                        units[side, default: [:]][other, default: 0] += piece
                    } else {
                        outer[side, default: 0] += piece
                    }
                }
            }
        }
        bounds = Side.allCases.compactMap { side in
            guard let total = length[side], total > 0 else { return nil }
            let named = (streets[side] ?? [:]).filter { $0.value >= Self.share * total }
                .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let beside = (units[side] ?? [:]).filter { $0.value >= Self.share * total }
                .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            return Bound(
                side: side, length: total, streets: named.map(\.key), neighbours: beside.map(\.key),
                isOuter: (outer[side] ?? 0) > total / 2)
        }
    }

    /// `东至解放路，邻文昌社区；南至……`, with the names of the units by their positions.
    public func text(names: (Int) -> String, outside: Text = Text(zh: "镇界", en: "the town boundary")) -> Text {
        func words(_ bound: Bound, _ join: String) -> String { bound.streets.joined(separator: join) }
        let zh = bounds.map { bound -> String in
            var text = bound.side.title.zh + "至"
            let beside = bound.neighbours.map(names).joined(separator: "、")
            if !bound.streets.isEmpty {
                text += words(bound, "、")
                if !beside.isEmpty { text += "，邻\(beside)" }
            } else {
                text += beside.isEmpty ? outside.zh : beside
            }
            if bound.isOuter, !bound.streets.isEmpty { text += "（\(outside.zh)）" }
            return text
        }
        let en = bounds.map { bound -> String in
            let beside = bound.neighbours.map(names).joined(separator: ", ")
            let streets = words(bound, ", ")
            let tail = bound.isOuter && !streets.isEmpty ? " (\(outside.en))" : ""
            let what = [streets, beside.isEmpty ? "" : (streets.isEmpty ? beside : "beside \(beside)")]
                .filter { !$0.isEmpty }.joined(separator: ", ")
            return "\(bound.side.title.en): \(what.isEmpty ? outside.en : what)\(tail)"
        }
        return Text(zh: zh.joined(separator: "；"), en: en.joined(separator: "; "))
    }
}

/// 命名线: streets and rivers with names, found near a point.
public struct NamedLines: Sendable {
    private struct Segment {
        var a: PlanarPoint
        var b: PlanarPoint
        var name: Int32
    }
    private var names: [String] = []
    private var segments: [Segment] = []
    private var cells: [Int64: [Int32]] = [:]
    private static let cell = 50.0

    public init(roads: [Road], waters: [Water] = []) {
        for road in roads where !road.name.isEmpty { for line in road.lines { add(road.name, line) } }
        for water in waters where !water.name.isEmpty {
            for line in water.parts.joined() { add(water.name, line) }
        }
    }

    private mutating func add(_ name: String, _ line: [PlanarPoint]) {
        let position = Int32(names.firstIndex(of: name) ?? names.count)
        if Int(position) == names.count { names.append(name) }
        for (a, b) in zip(line, line.dropFirst()) {
            let id = Int32(segments.count)
            segments.append(Segment(a: a, b: b, name: position))
            // Long segments are entered in every cell their box meets.
            for cx in Int((min(a.x, b.x) / Self.cell).rounded(.down))...Int((max(a.x, b.x) / Self.cell).rounded(.down))
            {
                for cy in Int(
                    (min(a.y, b.y) / Self.cell).rounded(.down))...Int((max(a.y, b.y) / Self.cell).rounded(.down))
                {
                    cells[Self.key(cx, cy), default: []].append(id)
                }
            }
        }
    }

    private static func key(_ x: Int, _ y: Int) -> Int64 { Int64(x) << 32 | Int64(UInt32(truncatingIfNeeded: y)) }

    /// The nearest line within reach that runs across the normal of a border, not away from it.
    func name(near point: PlanarPoint, along normal: PlanarPoint, within reach: Double) -> String? {
        let cx = Int((point.x / Self.cell).rounded(.down))
        let cy = Int((point.y / Self.cell).rounded(.down))
        var best: (distance: Double, name: Int32)?
        for x in cx - 1...cx + 1 {
            for y in cy - 1...cy + 1 {
                for id in cells[Self.key(x, y)] ?? [] {
                    let s = segments[Int(id)]
                    let length = s.a.distance(to: s.b)
                    guard length > 0 else { continue }
                    let across = ((s.b.x - s.a.x) * normal.x + (s.b.y - s.a.y) * normal.y) / length
                    guard abs(across) < 0.5 else { continue }
                    let t = min(
                        max(
                            ((point.x - s.a.x) * (s.b.x - s.a.x) + (point.y - s.a.y) * (s.b.y - s.a.y))
                                / (length * length), 0), 1)
                    let d = point.distance(
                        to: PlanarPoint(x: s.a.x + t * (s.b.x - s.a.x), y: s.a.y + t * (s.b.y - s.a.y)))
                    if d <= reach, d < best?.distance ?? .infinity { best = (d, s.name) }
                }
            }
        }
        return best.map { names[Int($0.name)] }
    }
}
