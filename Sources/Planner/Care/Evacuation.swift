public import GeoGrid

/// 转移避险: who lives in the danger zone, which shelter takes them, and by which way.
///
/// A way may leave the zone but never enters it: inside, the zone's own streets lead to its outline; from there on only
/// streets outside are used. Water is crossed on bridges only. Households stay together. Who needs help goes first when
/// room is short.
public struct Evacuation: Sendable {
    /// 避难所.
    public struct Shelter: Sendable {
        public var location: PlanarPoint
        public var capacity: Int

        public init(location: PlanarPoint, capacity: Int) {
            self.location = location
            self.capacity = capacity
        }
    }

    /// 受威胁户.
    public struct Home: Sendable {
        public var location: PlanarPoint
        public var persons: Int
        /// Persons who cannot go alone.
        public var helpless: Int

        public init(location: PlanarPoint, persons: Int, helpless: Int) {
            self.location = location
            self.persons = persons
            self.helpless = helpless
        }
    }

    public enum Reason: String, Sendable, CaseIterable {
        /// 住处无法接入路网
        case offStreets = "off-streets"
        /// 没有不经过危险区的路
        case noWay = "no-way"
        /// 可达避难所已满
        case sheltersFull = "shelters-full"
    }

    public struct Result: Sendable {
        /// Shelter of each home, -1 for none.
        public var shelters: [Int32]
        /// Way of each home to its shelter.
        public var routes: [WalkRoute?]
        public var reasons: [Reason?]
        /// Persons in each shelter.
        public var load: [Int]
        /// Shelters in the danger zone, which take nobody.
        public var endangered: [Int]
        /// Person-centimetres walked.
        public var cost: Int64
        /// Nobody can place as many persons with less walking, even by parting households.
        public var lowerBound: Int64
    }

    private let zone: AreaBarrier
    private let shelters: [Shelter]
    private let outside: WalkModel
    private let inside: WalkModel
    /// Pairs of nodes that are the same place on the outline: inside, outside.
    private let gates: [(inside: Int32, outside: Int32)]
    private let shelterDoors: StreetDoors

    /// Cuts the network at the zone. O(streets).
    public init(model: WalkModel, zone: AreaBarrier, shelters: [Shelter]) {
        self.zone = zone
        self.shelters = shelters
        let (clear, endangered) = model.network.divided(by: zone)
        var options = model.options
        options.smallPart = 0
        outside = WalkModel(network: clear, water: model.water.joined(with: zone), options: model.options)
        inside = WalkModel(network: endangered, water: model.water, options: options)
        var nodeOf: [Int32: Int32] = [:]
        for (node, origin) in clear.origins.enumerated() { nodeOf[origin] = Int32(node) }
        gates = endangered.origins.enumerated().compactMap { node, origin in
            nodeOf[origin].map { (Int32(node), $0) }
        }
        shelterDoors = outside.doors(
            shelters.map { zone.contains($0.location) ? PlanarPoint(x: .nan, y: .nan) : $0.location })
    }

    /// Places the homes. Proven bound by min-cost flow; whole households by shifts and exchanges on top of it.
    public func solve(_ homes: [Home]) -> Result {
        let within = inside.doors(homes.map(\.location))
        // A home whose lane lies outside the zone, or that has no street inside, goes out directly.
        let direct = WalkModel(network: outside.network, water: inside.water, options: outside.options)
            .doors(homes.map(\.location))
        let count = shelters.count
        var ways = [Int32](repeating: WalkModel.unreachable, count: homes.count * count)
        var lanes = ways
        for s in shelters.indices where shelterDoors.edges[s] >= 0 {
            let search = search(from: s)
            for h in homes.indices {
                lanes[h * count + s] = distance(search.inside, inside.network, within, h)
                ways[h * count + s] = distance(search.outside, outside.network, direct, h, shelter: s)
            }
        }
        var byLane = [Bool](repeating: false, count: homes.count)
        for h in homes.indices {
            let row = h * count..<(h + 1) * count
            let lane = row.contains { lanes[$0] != WalkModel.unreachable }
            let straight = row.contains { ways[$0] != WalkModel.unreachable }
            byLane[h] = lane && (!straight || within.access[h] <= direct.access[h])
            if byLane[h] { for k in row { ways[k] = lanes[k] } }
        }
        var result = place(homes, ways)
        for h in homes.indices where result.shelters[h] < 0 {
            let reaches = shelters.indices.contains { ways[h * count + $0] != WalkModel.unreachable }
            result.reasons[h] =
                within.edges[h] < 0 && direct.edges[h] < 0 ? .offStreets : reaches ? .sheltersFull : .noWay
        }
        for s in shelters.indices {
            let mine = homes.indices.filter { result.shelters[$0] == Int32(s) }
            guard !mine.isEmpty else { continue }
            let search = search(from: s)
            for h in mine {
                result.routes[h] = route(
                    byLane[h] ? within : direct, h, isInside: byLane[h], to: s, search,
                    length: ways[h * count + s])
            }
        }
        result.endangered = shelters.indices.filter { zone.contains(shelters[$0].location) }
        return result
    }

    private func search(from shelter: Int) -> (outside: WalkSearch, inside: WalkSearch) {
        var clear = WalkSearch(nodes: outside.network.nodes.count)
        clear.run(outside.network, seeds: outside.seeds(shelterDoors, shelter), limit: .max / 2)
        var endangered = WalkSearch(nodes: inside.network.nodes.count)
        let seeds = gates.compactMap { gate in
            clear.distance[Int(gate.outside)] == WalkSearch.far
                ? nil : (node: gate.inside, start: clear.distance[Int(gate.outside)], label: gate.outside)
        }
        endangered.run(inside.network, seeds: seeds, limit: .max / 2)
        return (clear, endangered)
    }

    private func ends(
        _ network: StreetNetwork, _ doors: StreetDoors, _ door: Int
    ) -> [(node: Int32, end: Int32, rest: Int32)] {
        let edge = Int(doors.edges[door])
        let (along, length) = (doors.along[door], network.lengths[edge])
        return [(network.from[edge], 0, along), (network.to[edge], length, length - along)]
    }

    private func distance(
        _ search: WalkSearch, _ network: StreetNetwork, _ doors: StreetDoors, _ door: Int, shelter: Int? = nil
    ) -> Int32 {
        guard doors.edges[door] >= 0 else { return WalkModel.unreachable }
        var best = WalkModel.unreachable
        for end in ends(network, doors, door) where search.distance[Int(end.node)] != WalkSearch.far {
            best = min(best, search.distance[Int(end.node)] + end.rest + doors.access[door])
        }
        if let shelter, shelterDoors.edges[shelter] == doors.edges[door] {
            let along = abs(shelterDoors.along[shelter] - doors.along[door])
            best = min(best, along + shelterDoors.access[shelter] + doors.access[door])
        }
        return best
    }

    private func route(
        _ doors: StreetDoors, _ door: Int, isInside: Bool, to shelter: Int,
        _ search: (outside: WalkSearch, inside: WalkSearch), length: Int32
    ) -> WalkRoute {
        var points = [doors.points[door]]
        var stretches: [WalkRoute.Stretch] = []
        func take(_ tracer: RouteTracer) {
            for p in tracer.points where points.last != p { points.append(p) }
            for s in tracer.stretches {
                if stretches.last?.road == s.road {
                    stretches[stretches.count - 1].metres += s.metres
                } else {
                    stretches.append(s)
                }
            }
        }
        func finish() -> WalkRoute {
            points.append(shelters[shelter].location)
            return WalkRoute(points: points, centimetres: length, stretches: stretches)
        }
        let network = isInside ? inside.network : outside.network
        let phase = isInside ? search.inside : search.outside
        if !isInside, shelterDoors.edges[shelter] == doors.edges[door],
            abs(shelterDoors.along[shelter] - doors.along[door]) + shelterDoors.access[shelter] + doors.access[door]
                == length
        {
            var tracer = RouteTracer(network: network)
            tracer.add(
                edge: Int(doors.edges[door]), from: doors.along[door], to: shelterDoors.along[shelter])
            take(tracer)
            return finish()
        }
        let end = ends(network, doors, door).first {
            phase.distance[Int($0.node)] != WalkSearch.far
                && phase.distance[Int($0.node)] + $0.rest + doors.access[door] == length
        }!
        var tracer = RouteTracer(network: network)
        tracer.add(edge: Int(doors.edges[door]), from: doors.along[door], to: end.end)
        var node = tracer.followBack(phase, from: end.node)
        take(tracer)
        if isInside {
            var clear = RouteTracer(network: outside.network)
            node = clear.followBack(search.outside, from: phase.label[Int(node)])
            take(clear)
        }
        var last = RouteTracer(network: outside.network)
        let edge = Int(shelterDoors.edges[shelter])
        let overStart =
            node == outside.network.from[edge]
            && search.outside.distance[Int(node)] == shelterDoors.access[shelter] + shelterDoors.along[shelter]
        last.add(edge: edge, from: overStart ? 0 : outside.network.lengths[edge], to: shelterDoors.along[shelter])
        take(last)
        return finish()
    }

    /// Whole households to shelters: the flow without the rule of staying together bounds it and starts it.
    private func place(_ homes: [Home], _ ways: [Int32]) -> Result {
        var pairs: [(supplier: Int32, target: Int32, cost: Int32)] = []
        for h in homes.indices {
            for s in shelters.indices where ways[h * shelters.count + s] != WalkModel.unreachable {
                pairs.append((Int32(s), Int32(h), ways[h * shelters.count + s]))
            }
        }
        let capacities = shelters.map { max(0, $0.capacity) }
        var assignment = Assignment(capacities: capacities, amounts: homes.map(\.persons), pairs: pairs)
        assignment.urgencies = homes.map { $0.helpless > 0 ? 10 : 1 }
        let flow = assignment.solve()
        var whole = WholeHouseholds(
            persons: homes.map(\.persons), urgencies: assignment.urgencies, capacities: capacities, costs: ways)
        whole.start(from: flow)
        whole.improve()
        var result = Result(
            shelters: whole.shelters, routes: Array(repeating: nil, count: homes.count),
            reasons: Array(repeating: nil, count: homes.count), load: whole.load, endangered: [], cost: 0,
            lowerBound: flow.lowerBound)
        for h in homes.indices where result.shelters[h] >= 0 {
            result.cost +=
                Int64(ways[h * shelters.count + Int(result.shelters[h])]) * Int64(homes[h].persons)
        }
        return result
    }
}

extension RouteTracer {
    /// Follows a search back from a node to its seed, and returns the seed's node.
    mutating func followBack(_ search: WalkSearch, from start: Int32) -> Int32 {
        var node = start
        while search.entry[Int(node)] >= 0 {
            let edge = Int(search.entry[Int(node)])
            let isForward = network.to[edge] == node
            add(edge: edge, from: isForward ? network.lengths[edge] : 0, to: isForward ? 0 : network.lengths[edge])
            node = isForward ? network.from[edge] : network.to[edge]
        }
        return node
    }
}
