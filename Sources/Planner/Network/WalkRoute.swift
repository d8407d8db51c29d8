public import GeoGrid

/// 步行路线: one way from door to door, as a line and as streets to follow.
public struct WalkRoute: Hashable, Sendable {
    /// 路段: a stretch of one road.
    public struct Stretch: Hashable, Sendable {
        /// Position of the road in the town.
        public var road: Int
        public var metres: Double
    }

    public var points: [PlanarPoint]
    public var centimetres: Int32
    public var stretches: [Stretch]

    public init(points: [PlanarPoint], centimetres: Int32, stretches: [Stretch]) {
        self.points = points
        self.centimetres = centimetres
        self.stretches = stretches
    }
}

/// 路线描绘: puts the edges of a way together into a line and its stretches.
struct RouteTracer {
    private(set) var points: [PlanarPoint] = []
    private(set) var stretches: [WalkRoute.Stretch] = []
    let network: StreetNetwork

    init(network: StreetNetwork) { self.network = network }

    mutating func add(_ p: PlanarPoint) {
        if points.last != p { points.append(p) }
    }

    /// Adds an edge from `start` to `end` centimetres along it; backwards where `end` is less.
    mutating func add(edge: Int, from start: Int32, to end: Int32) {
        let run = Int(network.shapeOffsets[edge])..<Int(network.shapeOffsets[edge + 1])
        let low = Double(min(start, end)) / 100
        let high = Double(max(start, end)) / 100
        add(network.place(on: edge, along: start).point)
        let inner = run.dropFirst().dropLast()
        func step(_ k: Int) {
            if network.along[k] > low, network.along[k] < high { add(network.shape[k]) }
        }
        let pieces = run.dropLast()
        func count(_ k: Int) {
            let metres = min(high, network.along[k + 1]) - max(low, network.along[k])
            guard metres > 0 else { return }
            if let last = stretches.last, last.road == Int(network.roads[k]) {
                stretches[stretches.count - 1].metres += metres
            } else {
                stretches.append(.init(road: Int(network.roads[k]), metres: metres))
            }
        }
        if start <= end {
            inner.forEach(step)
            pieces.forEach(count)
        } else {
            inner.reversed().forEach(step)
            pieces.reversed().forEach(count)
        }
        add(network.place(on: edge, along: end).point)
    }
}

extension WalkModel {
    /// The shortest way between two doors; nil where there is none. One search, O(streets × log).
    public func route(from sources: StreetDoors, _ source: Int, to targets: StreetDoors, _ target: Int) -> WalkRoute? {
        let (p, q) = (sources.points[source], targets.points[target])
        guard followsStreets else {
            let metres = p.distance(to: q) * options.detour
            guard metres.isFinite else { return nil }
            return WalkRoute(points: [p, q], centimetres: Self.centimetres(metres: metres), stretches: [])
        }
        let (a, b) = (Int(sources.edges[source]), Int(targets.edges[target]))
        guard a >= 0, b >= 0 else { return nil }
        var search = WalkSearch(nodes: network.nodes.count)
        search.run(network, seeds: seeds(sources, source), limit: .max - 1)
        let along = targets.along[target]
        var best = (way: Int64.max, node: Int32(-1), end: Int32(0))
        let length = network.lengths[b]
        for (node, end) in [(network.from[b], Int32(0)), (network.to[b], length)]
        where search.distance[Int(node)] != WalkSearch.far {
            let way = Int64(search.distance[Int(node)]) + Int64(abs(end - along))
            if way < best.way { best = (way, node, end) }
        }
        var tracer = RouteTracer(network: network)
        tracer.add(p)
        let direct = Int64(sources.access[source]) + Int64(abs(sources.along[source] - along))
        if a == b, direct <= best.way {
            best.way = direct
            tracer.add(edge: a, from: sources.along[source], to: along)
        } else {
            guard best.node >= 0 else { return nil }
            trace(search, from: sources, source, to: best.node, into: &tracer)
            tracer.add(edge: b, from: best.end, to: along)
        }
        tracer.add(q)
        return WalkRoute(
            points: tracer.points, centimetres: Int32(clamping: best.way + Int64(targets.access[target])),
            stretches: tracer.stretches)
    }

    /// The edges from a source door to a node that a search from it reached.
    func trace(
        _ search: WalkSearch, from sources: StreetDoors, _ source: Int, to node: Int32, into tracer: inout RouteTracer
    ) {
        var edges: [(edge: Int, forward: Bool)] = []
        var node = node
        while search.entry[Int(node)] >= 0 {
            let edge = Int(search.entry[Int(node)])
            let forward = network.to[edge] == node
            edges.append((edge, forward))
            node = forward ? network.from[edge] : network.to[edge]
        }
        let first = Int(sources.edges[source])
        let along = sources.along[source]
        let overStart =
            node == network.from[first] && search.distance[Int(node)] == sources.access[source] + along
        tracer.add(edge: first, from: along, to: overStart ? 0 : network.lengths[first])
        for (edge, forward) in edges.reversed() {
            tracer.add(edge: edge, from: forward ? 0 : network.lengths[edge], to: forward ? network.lengths[edge] : 0)
        }
    }
}
