import Foundation
import GeoGrid

/// 街道: the lines of the layout as streets with class and name, and the roads drawn on the map.
struct Streets {
    struct Street {
        var name = ""
        var roadClass: Road.Class
        /// Lines of the mesh, in order of their making.
        var lines: [Int] = []
    }

    private(set) var streets: [Street] = []
    /// Street of each line; nil where the line is a wall, a field's edge or the border.
    private(set) var streetOfLine: [Int?]
    private(set) var roads: [Road] = []

    /// Half the ground a line takes, pavement included, metres.
    func clearance(_ line: Int, of layout: Layout) -> Double {
        guard let street = streetOfLine[line] else {
            if case .microgrid = layout.kinds[line] { return 2.2 }
            return 4
        }
        return Streets.halfWidth(streets[street].roadClass) + 1.6
    }

    static func halfWidth(_ roadClass: Road.Class) -> Double {
        switch roadClass {
        case .trunk: 14
        case .primary: 11
        case .secondary: 8
        case .residential: 5.5
        case .lane: 2.8
        case .footway, .rail: 2
        }
    }

    init(_ layout: Layout, names: inout StreetNames, using generator: inout SeededGenerator) {
        var classes: [Road.Class?] = []
        for (line, kind) in layout.kinds.enumerated() {
            let length = Streets.length(layout.mesh.lines[line], layout)
            classes.append(Streets.roadClass(kind, length: length, using: &generator))
        }
        streetOfLine = classes.map { _ in nil }
        chain(layout, classes)
        for i in streets.indices where streets[i].roadClass != .footway {
            streets[i].name = names.next(streets[i].roadClass)
        }
        drawRoads(layout)
        if layout.hasRiver, let first = layout.bridges.first, let last = layout.bridges.last {
            drawEmbankments(layout, from: first - 220, to: last + 260)
        }
    }

    static func length(_ chain: [Int], _ layout: Layout) -> Double {
        zip(chain, chain.dropFirst()).reduce(0) { $0 + layout.place($1.0).distance(to: layout.place($1.1)) }
    }

    private static func roadClass(_ kind: LineKind, length: Double, using generator: inout SeededGenerator)
        -> Road.Class?
    {
        switch kind {
        case .outline, .river: return nil
        case .trunk: return .trunk
        case .bridgeStreet: return .primary
        case .community: return .secondary
        case .grid: return length > 330 && generator.chance(0.5) ? .secondary : .residential
        case .microgrid(let use):
            switch use {
            case .oldTown: return .lane
            case .street: return generator.chance(0.8) ? .lane : .residential
            case .compound: return generator.chance(0.55) ? .footway : nil
            case .village: return generator.chance(0.5) ? .lane : nil
            case .institution: return nil
            case .industry: return .residential
            }
        }
    }

    /// Joins lines that run straight on across a crossing into one street.
    private mutating func chain(_ layout: Layout, _ classes: [Road.Class?]) {
        let ranks = Road.Class.allCases
        func rank(_ line: Int) -> Int { classes[line].map { ranks.firstIndex(of: $0)! } ?? ranks.count }
        var parent = Array(classes.indices)
        func root(_ i: Int) -> Int {
            var i = i
            while parent[i] != i { i = parent[i] }
            return i
        }
        var endsAt: [[(line: Int, away: PlanarPoint)]] = Array(repeating: [], count: layout.mesh.points.count)
        for (line, chain) in layout.mesh.lines.enumerated() where classes[line] != nil {
            for ends in [chain, chain.reversed()] {
                endsAt[ends[0]].append((line, (layout.place(ends[1]) - layout.place(ends[0])).unit))
            }
        }
        for ends in endsAt where ends.count == 2 {
            let (a, b) = (ends[0], ends[1])
            guard a.line != b.line, a.away.dot(b.away) < -0.82, abs(rank(a.line) - rank(b.line)) <= 1 else { continue }
            let (p, q) = (root(a.line), root(b.line))
            if p != q { parent[max(p, q)] = min(p, q) }
        }
        var streetOfRoot: [Int?] = classes.map { _ in nil }
        for line in classes.indices {
            guard let roadClass = classes[line] else { continue }
            let r = root(line)
            if let street = streetOfRoot[r] {
                streets[street].lines.append(line)
                let wider = ranks.firstIndex(of: streets[street].roadClass)! <= ranks.firstIndex(of: roadClass)!
                if !wider { streets[street].roadClass = roadClass }
                streetOfLine[line] = street
            } else {
                streetOfRoot[r] = streets.count
                streetOfLine[line] = streets.count
                streets.append(Street(roadClass: roadClass, lines: [line]))
            }
        }
    }

    /// Where the embankment roads run, measured from the river's middle.
    static func embankment(_ u: Double) -> Double { Valley.halfWidth(u) + 9 }

    private mutating func drawRoads(_ layout: Layout) {
        for (line, chain) in layout.mesh.lines.enumerated() {
            guard let street = streetOfLine[line] else { continue }
            var plan = chain.map { layout.mesh.points[$0] }
            let roadClass = streets[street].roadClass
            if roadClass == .trunk || roadClass == .primary { extend(&plan, layout) }
            for piece in Streets.pieces(plan, layout) {
                let bridge = piece.wet
                guard !bridge || roadClass == .primary || roadClass == .trunk else { continue }
                let placed = piece.points.map(layout.valley.place)
                guard placed.count > 1 else { continue }
                if bridge, let half = roads.firstIndex(where: { $0.bridge && Streets.meet($0.lines[0], placed) }) {
                    roads[half].lines[0] = Streets.joined(roads[half].lines[0], placed)
                    continue
                }
                add(streets[street].name, roadClass, bridge: bridge, placed)
            }
        }
    }

    /// Whether two lines share an end.
    private static func meet(_ a: [PlanarPoint], _ b: [PlanarPoint]) -> Bool {
        [a[0], a[a.count - 1]].contains { $0 == b[0] || $0 == b[b.count - 1] }
    }

    /// Two lines that share an end, as one.
    private static func joined(_ a: [PlanarPoint], _ b: [PlanarPoint]) -> [PlanarPoint] {
        let tail = a[a.count - 1] == b[0] || a[a.count - 1] == b[b.count - 1] ? a : a.reversed()
        return tail + (b[0] == tail[tail.count - 1] ? b : b.reversed()).dropFirst()
    }

    private mutating func add(_ name: String, _ roadClass: Road.Class, bridge: Bool, _ points: [PlanarPoint]) {
        var road = Road(id: "R" + padded(roads.count + 1, 4), roadClass: roadClass, lines: [points])
        road.name = name
        road.bridge = bridge
        roads.append(road)
    }

    /// A road that ends at the border goes on outside it for a little.
    private func extend(_ plan: inout [PlanarPoint], _ layout: Layout) {
        func beyond(_ p: PlanarPoint, _ q: PlanarPoint) -> PlanarPoint { p + (p - q).unit * 160 }
        if layout.mesh.lines[0].contains(where: { layout.mesh.points[$0] == plan[0] }) {
            plan.insert(beyond(plan[0], plan[1]), at: 0)
        }
        let n = plan.count
        if layout.mesh.lines[0].contains(where: { layout.mesh.points[$0] == plan[n - 1] }) {
            plan.append(beyond(plan[n - 1], plan[n - 2]))
        }
    }

    /// A plan line in pieces over land and over the river with its banks.
    private static func pieces(_ plan: [PlanarPoint], _ layout: Layout) -> [(points: [PlanarPoint], wet: Bool)] {
        guard layout.hasRiver else { return [(plan, false)] }
        func depth(_ p: PlanarPoint) -> Double { abs(p.y) - embankment(p.x) }
        var out: [(points: [PlanarPoint], wet: Bool)] = [([plan[0]], depth(plan[0]) < 0)]
        for (a, b) in zip(plan, plan.dropFirst()) {
            let (da, db) = (depth(a), depth(b))
            if (da < 0) != (db < 0) {
                let cut = a + (b - a) * (da / (da - db))
                out[out.count - 1].points.append(cut)
                out.append(([cut], db < 0))
            }
            out[out.count - 1].points.append(b)
        }
        return out
    }

    /// 滨江路: a road on either bank through the built-up part, meeting every street that comes down to the river.
    private mutating func drawEmbankments(_ layout: Layout, from first: Double, to last: Double) {
        for (side, name) in [(1.0, "滨江北路"), (-1.0, "滨江南路")] {
            var crossings: [PlanarPoint] = []
            for (line, chain) in layout.mesh.lines.enumerated() where streetOfLine[line] != nil {
                let plan = chain.map { layout.mesh.points[$0] }
                guard plan.contains(where: { abs($0.y) < 1 }) else { continue }
                for piece in Streets.pieces(plan, layout) where !piece.wet {
                    for end in [piece.points[0], piece.points[piece.points.count - 1]]
                    where abs(abs(end.y) - Streets.embankment(end.x)) < 0.5 && end.y * side > 0 {
                        crossings.append(end)
                    }
                }
            }
            crossings.sort { $0.x < $1.x }
            let low = crossings.first { $0.x > first }?.x ?? first
            let high = crossings.last { $0.x < last }?.x ?? last
            guard high - low > 60 else { continue }
            var plan = stride(from: low, through: high, by: 22).map {
                PlanarPoint(x: $0, y: side * Streets.embankment($0))
            }
            plan = plan.filter { p in !crossings.contains { abs($0.x - p.x) < 5 } }
            plan = (plan + crossings.filter { $0.x >= low && $0.x <= high }).sorted { $0.x < $1.x }
            let kept = plan.enumerated().filter { $0.offset == 0 || $0.element != plan[$0.offset - 1] }.map(\.element)
            add(name, .residential, bridge: false, kept.map(layout.valley.place))
        }
    }
}

func padded(_ n: Int, _ width: Int) -> String {
    let s = String(n)
    return String(repeating: "0", count: max(0, width - s.count)) + s
}
