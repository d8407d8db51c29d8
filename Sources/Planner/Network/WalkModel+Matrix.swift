import GeoGrid

/// 步行距离表: for each source the targets within the limit, ascending, and the centimetres to them.
public struct WalkRows: Sendable {
    public let offsets: [Int]
    public let targets: [Int32]
    public let centimetres: [Int32]

    public var count: Int { offsets.count - 1 }
    public func row(_ source: Int) -> Range<Int> { offsets[source]..<offsets[source + 1] }
}

extension WalkModel {
    /// Shortest ways from each source to all targets within `limit` centimetres. Few sources, many targets.
    ///
    /// O(sources × (streets within the limit × log + targets there)), on all cores.
    public func rows(from sources: StreetDoors, to targets: StreetDoors, within limit: Int32 = .max - 1) -> WalkRows {
        let chunk = max(1, min(32, sources.count / 16))
        let chunks = parallelMap((sources.count + chunk - 1) / chunk) { c in
            chunkRows(c * chunk..<min(sources.count, (c + 1) * chunk), sources, targets, limit)
        }
        var offsets = [0]
        var found: [Int32] = []
        var centimetres: [Int32] = []
        found.reserveCapacity(chunks.reduce(0) { $0 + $1.found.count })
        centimetres.reserveCapacity(found.capacity)
        for chunk in chunks {
            for end in chunk.ends { offsets.append(found.count + end) }
            found.append(contentsOf: chunk.found)
            centimetres.append(contentsOf: chunk.centimetres)
        }
        return WalkRows(offsets: offsets, targets: found, centimetres: centimetres)
    }

    /// Ways between all doors, count × count, row by row; `unreachable` where there is none.
    func table(of doors: StreetDoors) -> [Int32] {
        let n = doors.count
        let rows = rows(from: doors, to: doors)
        var table = [Int32](repeating: Self.unreachable, count: n * n)
        for i in 0..<n {
            for k in rows.row(i) { table[i * n + Int(rows.targets[k])] = rows.centimetres[k] }
            table[i * n + i] = 0
        }
        return table
    }

    private typealias Rows = (ends: [Int], found: [Int32], centimetres: [Int32])

    private func chunkRows(_ chunk: Range<Int>, _ sources: StreetDoors, _ targets: StreetDoors, _ limit: Int32) -> Rows
    {
        var rows: Rows = ([], [], [])
        guard followsStreets else {
            for s in chunk {
                let p = sources.points[s]
                for (t, q) in targets.points.enumerated() {
                    let metres = p.distance(to: q) * options.detour
                    guard metres.isFinite else { continue }
                    let centimetres = Self.centimetres(metres: metres)
                    if centimetres <= limit {
                        rows.found.append(Int32(t))
                        rows.centimetres.append(centimetres)
                    }
                }
                rows.ends.append(rows.found.count)
            }
            return rows
        }
        var search = WalkSearch(nodes: network.nodes.count)
        var seen = [Int32](repeating: -1, count: targets.count)
        for s in chunk {
            search.run(network, seeds: seeds(sources, s), limit: limit)
            if search.settled.count * 3 > network.nodes.count {
                scan(sources, s, targets, search, limit, into: &rows)
            } else {
                gather(sources, s, targets, search, limit, &seen, into: &rows)
            }
            rows.ends.append(rows.found.count)
        }
        return rows
    }

    /// The two ends of the edge a door stands on.
    func seeds(_ doors: StreetDoors, _ door: Int) -> [(node: Int32, start: Int32, label: Int32)] {
        let edge = Int(doors.edges[door])
        guard edge >= 0 else { return [] }
        return [
            (network.from[edge], doors.access[door] + doors.along[door], Int32(door)),
            (network.to[edge], doors.access[door] + network.lengths[edge] - doors.along[door], Int32(door)),
        ]
    }

    /// The way to a door, over either end of its edge or along the edge itself.
    @inline(__always)
    private func way(
        _ sources: StreetDoors, _ source: Int, _ targets: StreetDoors, _ target: Int,
        _ distance: UnsafeBufferPointer<Int32>
    ) -> Int32 {
        let edge = Int(targets.edges[target])
        guard edge >= 0 else { return Self.unreachable }
        let along = targets.along[target]
        let a = distance[Int(network.from[edge])]
        let b = distance[Int(network.to[edge])]
        var best = Int64.max
        if a != WalkSearch.far { best = Int64(a) + Int64(along) }
        if b != WalkSearch.far { best = min(best, Int64(b) + Int64(network.lengths[edge] - along)) }
        if Int(sources.edges[source]) == edge {
            best = min(best, Int64(sources.access[source]) + Int64(abs(sources.along[source] - along)))
        }
        guard best != .max else { return Self.unreachable }
        return Int32(clamping: best + Int64(targets.access[target]))
    }

    private func scan(
        _ sources: StreetDoors, _ s: Int, _ targets: StreetDoors, _ search: WalkSearch, _ limit: Int32,
        into rows: inout Rows
    ) {
        search.distance.withUnsafeBufferPointer { distance in
            for t in 0..<targets.count {
                let centimetres = way(sources, s, targets, t, distance)
                if centimetres <= limit {
                    rows.found.append(Int32(t))
                    rows.centimetres.append(centimetres)
                }
            }
        }
    }

    private func gather(
        _ sources: StreetDoors, _ s: Int, _ targets: StreetDoors, _ search: WalkSearch, _ limit: Int32,
        _ seen: inout [Int32],
        into rows: inout Rows
    ) {
        var near: [UInt64] = []
        search.distance.withUnsafeBufferPointer { distance in
            func visit(_ edge: Int) {
                for t in targets.doors(on: edge) where seen[Int(t)] != Int32(s) {
                    seen[Int(t)] = Int32(s)
                    let centimetres = way(sources, s, targets, Int(t), distance)
                    if centimetres <= limit { near.append(UInt64(UInt32(t)) << 32 | UInt64(UInt32(centimetres))) }
                }
            }
            if sources.edges[s] >= 0 { visit(Int(sources.edges[s])) }
            for node in search.settled {
                for k in Int(network.rowOffsets[Int(node)])..<Int(network.rowOffsets[Int(node) + 1]) {
                    visit(Int(network.rowEdges[k]))
                }
            }
        }
        near.sort()
        for packed in near {
            rows.found.append(Int32(truncatingIfNeeded: packed >> 32))
            rows.centimetres.append(Int32(truncatingIfNeeded: packed & 0xFFFF_FFFF))
        }
    }

    /// The nearest source of every target: its position (-1 for none within the limit) and the centimetres.
    ///
    /// One search from all sources at once: O(streets × log). Of sources equally near, the first found is given.
    public func nearest(
        of sources: StreetDoors, to targets: StreetDoors, within limit: Int32 = .max - 1
    ) -> (sources: [Int32], centimetres: [Int32]) {
        var best = [Int32](repeating: -1, count: targets.count)
        var centimetres = [Int32](repeating: Self.unreachable, count: targets.count)
        guard followsStreets else {
            for (t, q) in targets.points.enumerated() {
                for (s, p) in sources.points.enumerated() {
                    let metres = p.distance(to: q) * options.detour
                    guard metres.isFinite else { continue }
                    let way = Self.centimetres(metres: metres)
                    if way <= limit, way < centimetres[t] {
                        centimetres[t] = way
                        best[t] = Int32(s)
                    }
                }
            }
            return (best, centimetres)
        }
        var search = WalkSearch(nodes: network.nodes.count)
        search.run(network, seeds: sources.edges.indices.flatMap { seeds(sources, $0) }, limit: limit)
        for t in 0..<targets.count where targets.edges[t] >= 0 {
            let edge = Int(targets.edges[t])
            var found = (way: Int64.max, source: Int32(-1))
            let (from, to) = (Int(network.from[edge]), Int(network.to[edge]))
            if search.distance[from] != WalkSearch.far {
                found = (Int64(search.distance[from]) + Int64(targets.along[t]), search.label[from])
            }
            if search.distance[to] != WalkSearch.far {
                let way = Int64(search.distance[to]) + Int64(network.lengths[edge] - targets.along[t])
                if way < found.way { found = (way, search.label[to]) }
            }
            for s in sources.doors(on: edge) {
                let way = Int64(sources.access[Int(s)]) + Int64(abs(sources.along[Int(s)] - targets.along[t]))
                if way < found.way { found = (way, s) }
            }
            guard found.source >= 0, found.way + Int64(targets.access[t]) <= Int64(limit) else { continue }
            best[t] = found.source
            centimetres[t] = Int32(found.way + Int64(targets.access[t]))
        }
        return (best, centimetres)
    }
}
