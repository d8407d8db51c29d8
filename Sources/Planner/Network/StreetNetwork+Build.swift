public import GeoGrid

extension StreetNetwork {
    /// 建网设置: what counts as walkable and how near ends are joined.
    public struct Options: Hashable, Sendable {
        /// A loose line end this near another line, in metres, is joined to it.
        public var snap = 3.0
        /// Classes nobody walks on.
        public var excluded: [Road.Class] = [.rail]
        /// A part with less street than this, in metres, is told of only in the sum.
        public var reportedPart = 100.0
        /// More metres than this through water without a bridge are told of.
        public var reportedWater = 15.0

        public init() {}
    }

    /// Builds the walking network of a town's roads. O(road points × lines near each).
    ///
    /// Lines that cross are joined at the crossing, except under and over bridges. A road drawn through water without
    /// being marked as a bridge stays in the network, because somebody surveyed it, and is reported.
    /// Findings: lines left out (GG473), roads through water (GG474), parts that are not joined (GG471).
    public static func build(
        roads: [Road], water: AreaBarrier = AreaBarrier(areas: []), options: Options = Options()
    ) -> (network: StreetNetwork, findings: [Finding]) {
        var lines: [(road: Int, bridge: Bool, points: [PlanarPoint])] = []
        for (i, road) in roads.enumerated() where !options.excluded.contains(road.roadClass) {
            for line in road.lines { lines.append((i, road.bridge, line)) }
        }
        let plane = StreetPlanarizer(lines: lines, snap: options.snap)
        let network = StreetNetwork(points: plane.points, pieces: plane.pieces)
        var findings: [Finding] = []
        for line in plane.unusable {
            findings.append(
                Finding(
                    .unusableRoadLine, .warning,
                    at: Place(layer: "road", record: line.road + 1, id: roads[line.road].id),
                    line.notFinite
                        ? Text(
                            zh: "道路坐标含非数值，该段未纳入路网", en: "a road coordinate is not a number; that stretch is left out")
                        : Text(zh: "道路长度为零，未纳入路网", en: "the road has no length and is left out"),
                    remedy: Text(zh: "改正或删除该道路线", en: "correct or remove the line")))
        }
        if !water.isEmpty {
            for (i, road) in roads.enumerated() where !road.bridge && !options.excluded.contains(road.roadClass) {
                if let finding = throughWater(road, number: i + 1, water: water, limit: options.reportedWater) {
                    findings.append(finding)
                }
            }
        }
        return (network, findings + network.partFindings(reported: options.reportedPart))
    }

    private static func throughWater(_ road: Road, number: Int, water: AreaBarrier, limit: Double) -> Finding? {
        var metres = 0.0
        var place: PlanarPoint?
        for line in road.lines {
            for (a, b) in zip(line, line.dropFirst()) where a.x.isFinite && a.y.isFinite && b.x.isFinite && b.y.isFinite
            {
                for part in water.parts(from: a, to: b) where part.inside {
                    metres += (part.to - part.from) * a.distance(to: b)
                    place = place ?? PlanarPoint(x: a.x + part.from * (b.x - a.x), y: a.y + part.from * (b.y - a.y))
                }
            }
        }
        guard metres > limit, let place else { return nil }
        return Finding(
            .roadThroughWater, .note, at: Place(layer: "road", record: number, id: road.id, coordinate: place),
            Text(
                zh: "道路穿过水面 \(Int(metres.rounded())) 米但未标为桥，仍按可通行计算",
                en:
                    "the road runs \(Int(metres.rounded())) m through water without being a bridge; it is walked all the same"
            ),
            remedy: Text(zh: "是桥则标注桥，否则改正道路或水面", en: "mark it as a bridge, or correct the road or the water"))
    }

    private func partFindings(reported: Double) -> [Finding] {
        guard partLengths.count > 1 else { return [] }
        var firstNode = [Int](repeating: -1, count: partLengths.count)
        for (node, part) in parts.enumerated() where firstNode[Int(part)] < 0 { firstNode[Int(part)] = node }
        var findings: [Finding] = []
        for part in 1..<partLengths.count where partLengths[part] >= reported {
            findings.append(
                Finding(
                    .streetsInParts, .warning, at: Place(layer: "road", coordinate: nodes[firstNode[part]]),
                    Text(
                        zh: "有 \(Int(partLengths[part].rounded())) 米街道与主路网不相连",
                        en: "\(Int(partLengths[part].rounded())) m of street are not joined to the main network"),
                    remedy: Text(
                        zh: "补画连接道路或桥；确是孤岛则不必处理", en: "draw the missing link or bridge; leave it if it is an island")))
        }
        let small = partLengths.dropFirst().filter { $0 < reported }
        if !small.isEmpty {
            let metres = Int(small.reduce(0, +).rounded())
            findings.append(
                Finding(
                    .streetsInParts, .note, at: Place(layer: "road"),
                    Text(
                        zh: "另有 \(small.count) 处零散街道（共 \(metres) 米）与主路网不相连",
                        en: "\(small.count) further scraps of street (\(metres) m) are not joined to the main network"),
                    remedy: Text(zh: "一般不影响结果", en: "they seldom matter")))
        }
        return findings
    }
}
