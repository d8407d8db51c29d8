public import GeoGrid

/// 步行模型: how far it is on foot from door to door.
///
/// Along the streets where there are any; else straight lines times a factor, and `findings` says so (GG470).
/// Distances are whole centimetres; `WalkModel.unreachable` stands for no way at all.
public struct WalkModel: Sendable {
    /// 模型参数.
    public struct Options: Hashable, Sendable {
        /// A point farther than this from every street, in metres, is joined to none.
        public var doorLimit = 300.0
        /// A street in a part with less street than this, in metres, takes a door only if no larger part is in reach.
        public var smallPart = 250.0
        /// What a way is longer than the straight line, where there are no streets.
        public var detour = 1.3
        /// Walking pace in metres a minute: 4 km/h.
        public var pace = 4000.0 / 60

        public init() {}
    }

    public static let unreachable = Int32.max

    /// The streets; empty where distances are straight.
    public let network: StreetNetwork
    public let water: AreaBarrier
    public let options: Options
    /// What is wrong with the streets.
    public let findings: [Finding]

    let grid: SegmentGrid
    private let pieceEdges: [Int32]
    private let pieceStarts: [Int32]

    /// Whether ways follow streets.
    public var followsStreets: Bool { !network.isEmpty }

    /// The model of a town's roads and waters.
    public init(
        roads: [Road], waters: [Water], options: Options = Options(),
        streets: StreetNetwork.Options = StreetNetwork.Options()
    ) {
        let water = AreaBarrier(waters: waters)
        var (network, findings) = StreetNetwork.build(roads: roads, water: water, options: streets)
        if network.isEmpty {
            network = StreetNetwork(points: [], pieces: [])
            findings.append(
                Finding(
                    .noStreets, .warning, at: Place(layer: "road"),
                    Text(
                        zh: "没有可走的道路，距离按直线乘 \(options.detour) 估算",
                        en: "there are no roads to walk on; distances are straight lines times \(options.detour)"),
                    remedy: Text(zh: "导入道路图层后重算", en: "import the road layer and run again")))
        }
        self.init(network: network, water: water, options: options, findings: findings)
    }

    public init(
        network: StreetNetwork, water: AreaBarrier, options: Options = Options(), findings: [Finding] = []
    ) {
        self.network = network
        self.water = water
        self.options = options
        self.findings = findings
        var ends: [Double] = []
        var edges: [Int32] = []
        var starts: [Int32] = []
        for edge in 0..<network.edgeCount {
            for k in Int(network.shapeOffsets[edge]) + 1..<Int(network.shapeOffsets[edge + 1]) {
                let (a, b) = (network.shape[k - 1], network.shape[k])
                ends.append(contentsOf: [a.x, a.y, b.x, b.y])
                edges.append(Int32(edge))
                starts.append(Int32(k - 1))
            }
        }
        grid = SegmentGrid(ends: ends)
        pieceEdges = edges
        pieceStarts = starts
    }

    public func minutes(_ centimetres: Int32) -> Double { Double(centimetres) / 100 / options.pace }
    public func centimetres(minutes: Double) -> Int32 { Self.centimetres(metres: minutes * options.pace) }
    static func centimetres(metres: Double) -> Int32 { Int32(min(max(metres * 100, 0), 2e9).rounded()) }

    /// Joins points to the nearest street they can reach without crossing water. O(pieces near each point).
    ///
    /// Points that are not finite or too far from every street get the edge -1.
    /// `limit` in metres replaces that of the options.
    public func doors(_ points: [PlanarPoint], limit: Double? = nil) -> StreetDoors {
        let limit = limit ?? options.doorLimit
        let chunk = 2048
        let chunks = parallelMap((points.count + chunk - 1) / chunk) { c in
            points[c * chunk..<min(points.count, (c + 1) * chunk)].map { door($0, limit: limit) }
        }
        let joined = chunks.flatMap { $0 }
        return StreetDoors(
            points: points, edges: joined.map(\.edge), along: joined.map(\.along), access: joined.map(\.access),
            edgeCount: network.edgeCount)
    }

    private func door(_ p: PlanarPoint, limit: Double) -> (edge: Int32, along: Int32, access: Int32) {
        guard followsStreets, p.x.isFinite, p.y.isFinite else { return (-1, 0, 0) }
        var radius = 25.0
        while true {
            radius = min(radius, limit)
            if let found = door(p, within: radius, last: radius >= limit) { return found }
            if radius >= limit { break }
            radius *= 3
        }
        return (-1, 0, 0)
    }

    private func door(_ p: PlanarPoint, within radius: Double, last: Bool) -> (
        edge: Int32, along: Int32, access: Int32
    )? {
        var near: [(squared: Double, piece: Int32, share: Double)] = []
        let box = Box(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y).expanded(by: radius)
        grid.forEach(in: box) { i in
            let a = PlanarPoint(x: grid.ends[4 * i], y: grid.ends[4 * i + 1])
            let b = PlanarPoint(x: grid.ends[4 * i + 2], y: grid.ends[4 * i + 3])
            let at = projection(of: p, on: a, b)
            if at.squared <= radius * radius { near.append((at.squared, Int32(i), at.share)) }
        }
        guard !near.isEmpty else { return nil }
        near.sort { ($0.squared, $0.piece) < ($1.squared, $1.piece) }
        var second: (edge: Int32, along: Int32, access: Int32)?
        for candidate in near {
            let piece = Int(candidate.piece)
            let start = Int(pieceStarts[piece])
            let (a, b) = (network.shape[start], network.shape[start + 1])
            let q = PlanarPoint(x: a.x + candidate.share * (b.x - a.x), y: a.y + candidate.share * (b.y - a.y))
            let edge = pieceEdges[piece]
            if network.kinds[Int(edge)] & 1 != 0 || water.crossings(from: p, to: q).isEmpty {
                let metres = network.along[start] + candidate.share * a.distance(to: b)
                let found = (
                    edge: edge, along: min(Self.centimetres(metres: metres), network.lengths[Int(edge)]),
                    access: Self.centimetres(metres: candidate.squared.squareRoot())
                )
                let part = Int(network.parts[Int(network.from[Int(edge)])])
                if part == 0 || network.partLengths[part] >= options.smallPart { return found }
                second = second ?? found
            }
        }
        // A scrap of street is taken only when a search as wide as allowed finds nothing better.
        return last ? second : nil
    }

    /// Findings for the points that joined no street (GG472), named by `id`.
    public func offStreet(_ doors: StreetDoors, layer: String, id: (Int) -> String) -> [Finding] {
        guard followsStreets else { return [] }
        return doors.edges.indices.filter { doors.edges[$0] < 0 }.map { i in
            Finding(
                .offStreets, .warning, at: Place(layer: layer, record: i + 1, id: id(i), coordinate: doors.points[i]),
                Text(
                    zh: "距最近可达道路超过 \(Int(options.doorLimit)) 米或坐标无效，无法步行计算",
                    en: "no street within \(Int(options.doorLimit)) m on this side of the water, or no valid coordinate"
                ),
                remedy: Text(zh: "核对坐标，或补画道路", en: "check the coordinate, or draw the missing road"))
        }
    }
}
