public import GeoGrid

/// 步行路网: the streets as a compact graph, in town metres.
///
/// Nodes are crossings and ends; an edge is the way between two nodes with its shape. Lengths are whole centimetres,
/// so that shortest ways come out the same on every machine. Edges of one kind only: bridges are edges of their own.
public struct StreetNetwork: Sendable {
    public let nodes: [PlanarPoint]
    /// First node of each edge.
    public let from: [Int32]
    /// Last node of each edge.
    public let to: [Int32]
    /// Length of each edge in centimetres.
    public let lengths: [Int32]
    /// 1 for a bridge, else 0.
    public let kinds: [UInt8]
    /// Shape of edge `i`, both nodes included: `shape[shapeOffsets[i]..<shapeOffsets[i + 1]]`.
    public let shapeOffsets: [Int32]
    public let shape: [PlanarPoint]
    /// Metres from the edge's first node, for each shape point.
    public let along: [Double]
    /// Position of the road in the town, for the way from each shape point to the next.
    public let roads: [Int32]
    /// Connected part of each node; 0 is the one with the most street.
    public let parts: [Int32]
    /// Metres of street in each part, descending.
    public let partLengths: [Double]

    /// Edges at node `i`, in compressed rows: other end and edge number.
    let rowOffsets: [Int32]
    let rowHeads: [Int32]
    let rowEdges: [Int32]

    public var edgeCount: Int { from.count }
    public var isEmpty: Bool { from.isEmpty }
    /// Metres of street.
    public var length: Double { partLengths.reduce(0, +) }

    public func shape(of edge: Int) -> ArraySlice<PlanarPoint> {
        shape[Int(shapeOffsets[edge])..<Int(shapeOffsets[edge + 1])]
    }

    /// The place `centimetres` along an edge, and the road there.
    public func place(on edge: Int, along centimetres: Int32) -> (point: PlanarPoint, road: Int) {
        let run = Int(shapeOffsets[edge])..<Int(shapeOffsets[edge + 1])
        let metres = Double(centimetres) / 100
        var k = run.lowerBound
        while k + 2 < run.upperBound, along[k + 1] < metres { k += 1 }
        let length = along[k + 1] - along[k]
        let share = length > 0 ? min(1, max(0, (metres - along[k]) / length)) : 0
        let (a, b) = (shape[k], shape[k + 1])
        return (PlanarPoint(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y)), Int(roads[k]))
    }

    /// Point each node was made of, in the list the network was built from.
    let origins: [Int32]

    init(points: [PlanarPoint], pieces: [StreetPlanarizer.Piece], kept: [Bool] = []) {
        let chains = StreetChains(points: points, pieces: pieces, kept: kept)
        origins = chains.origins
        nodes = chains.nodes
        from = chains.from
        to = chains.to
        kinds = chains.kinds
        shapeOffsets = chains.shapeOffsets
        shape = chains.shape
        roads = chains.roads
        var along: [Double] = []
        var lengths: [Int32] = []
        along.reserveCapacity(chains.shape.count)
        for edge in chains.from.indices {
            let run = Int(chains.shapeOffsets[edge])..<Int(chains.shapeOffsets[edge + 1])
            var metres = 0.0
            along.append(0)
            for k in run.dropFirst() {
                metres += chains.shape[k - 1].distance(to: chains.shape[k])
                along.append(metres)
            }
            lengths.append(Int32(min((metres * 100).rounded(), 1e9)))
        }
        self.along = along
        self.lengths = lengths
        (rowOffsets, rowHeads, rowEdges) = Self.rows(nodes: nodes.count, from: from, to: to)
        (parts, partLengths) = Self.parts(
            nodes: nodes.count, offsets: rowOffsets, heads: rowHeads, from: from, lengths: lengths)
    }

    private static func rows(nodes: Int, from: [Int32], to: [Int32]) -> ([Int32], [Int32], [Int32]) {
        var offsets = [Int32](repeating: 0, count: nodes + 1)
        for e in from.indices {
            offsets[Int(from[e]) + 1] += 1
            offsets[Int(to[e]) + 1] += 1
        }
        for i in 0..<nodes { offsets[i + 1] += offsets[i] }
        var next = offsets
        var heads = [Int32](repeating: 0, count: 2 * from.count)
        var edges = heads
        for e in from.indices {
            for (a, b) in [(from[e], to[e]), (to[e], from[e])] {
                let slot = Int(next[Int(a)])
                heads[slot] = b
                edges[slot] = Int32(e)
                next[Int(a)] += 1
            }
        }
        return (offsets, heads, edges)
    }

    private static func parts(
        nodes: Int, offsets: [Int32], heads: [Int32], from: [Int32], lengths: [Int32]
    ) -> ([Int32], [Double]) {
        var part = [Int32](repeating: -1, count: nodes)
        var count: Int32 = 0
        var stack: [Int32] = []
        for start in 0..<nodes where part[start] < 0 {
            part[start] = count
            stack.append(Int32(start))
            while let node = stack.popLast() {
                for k in Int(offsets[Int(node)])..<Int(offsets[Int(node) + 1]) where part[Int(heads[k])] < 0 {
                    part[Int(heads[k])] = count
                    stack.append(heads[k])
                }
            }
            count += 1
        }
        var metres = [Double](repeating: 0, count: Int(count))
        for e in from.indices { metres[Int(part[Int(from[e])])] += Double(lengths[e]) / 100 }
        let order = metres.indices.sorted { (metres[$1], $0) < (metres[$0], $1) }
        var rank = [Int32](repeating: 0, count: order.count)
        for (r, p) in order.enumerated() { rank[p] = Int32(r) }
        return (part.map { rank[Int($0)] }, order.map { metres[$0] })
    }

    /// The pieces between shape points, to build another network from.
    func pieces() -> (points: [PlanarPoint], pieces: [StreetPlanarizer.Piece]) {
        var points = nodes
        var pieces: [StreetPlanarizer.Piece] = []
        for edge in from.indices {
            let run = Int(shapeOffsets[edge])..<Int(shapeOffsets[edge + 1])
            var last = from[edge]
            for k in run.dropFirst() {
                let next: Int32
                if k == run.upperBound - 1 {
                    next = to[edge]
                } else {
                    next = Int32(points.count)
                    points.append(shape[k])
                }
                pieces.append(.init(from: last, to: next, road: roads[k - 1], kind: kinds[edge]))
                last = next
            }
        }
        return (points, pieces)
    }

    /// The streets cut at the outline of an area: those outside it, and those inside. Their nodes on the outline have
    /// the same origins.
    func divided(by area: AreaBarrier) -> (outside: StreetNetwork, inside: StreetNetwork) {
        var (points, pieces) = pieces()
        var sides: [[StreetPlanarizer.Piece]] = [[], []]
        for piece in pieces {
            let (a, b) = (points[Int(piece.from)], points[Int(piece.to)])
            var part = piece
            for stretch in area.parts(from: a, to: b) {
                part.to = piece.to
                if stretch.to < 1 {
                    part.to = Int32(points.count)
                    points.append(
                        PlanarPoint(x: a.x + stretch.to * (b.x - a.x), y: a.y + stretch.to * (b.y - a.y)))
                }
                sides[stretch.inside ? 1 : 0].append(part)
                part.from = part.to
            }
        }
        pieces = []
        var touched = [UInt8](repeating: 0, count: points.count)
        for side in 0...1 {
            for piece in sides[side] {
                touched[Int(piece.from)] |= UInt8(side + 1)
                touched[Int(piece.to)] |= UInt8(side + 1)
            }
        }
        let kept = touched.map { $0 == 3 }
        return (
            StreetNetwork(points: points, pieces: sides[0], kept: kept),
            StreetNetwork(points: points, pieces: sides[1], kept: kept)
        )
    }
}
