extension IssueCode {
    /// 坐标基准不一致.
    public static let datumMixUp = IssueCode("GG204")
}

/// 基准检查: whether points miss the grids by the one common offset that a mixed-up datum leaves.
public enum DatumCheck {
    /// Which datum the points, and the areas, are in, judged by how many points fall inside.
    public struct Suspicion: Hashable, Sendable {
        public let points: Datum
        public let areas: Datum
        /// Share of the points inside as they stand, and once converted.
        public let insideNow: Double
        public let insideThen: Double
        /// How far the conversion moves the points, metres, on average.
        public let offset: Double
    }

    /// The conversion that brings at least four in five of the outside points inside; nil where there is none, or
    /// where fewer than 10 points or 2 % of them are outside. O(sample · cost of `isInside`).
    ///
    /// - Parameters:
    ///   - points: degrees; at most 2,000 of them, evenly spread over the list, are tried.
    ///   - isInside: whether the areas cover a place given in degrees.
    public static func suspicion(
        points: [GeographicPoint], isInside: (GeographicPoint) -> Bool
    ) -> Suspicion? {
        let step = max(1, points.count / 2000)
        let sample = stride(from: 0, to: points.count, by: step).map { points[$0] }
        guard !sample.isEmpty else { return nil }
        let now = sample.count(where: isInside)
        let outside = sample.count - now
        guard outside >= 10, outside * 50 >= sample.count else { return nil }
        let hypotheses: [(points: Datum, areas: Datum)] = [
            (.gcj02, .wgs84), (.bd09, .wgs84), (.wgs84, .gcj02), (.wgs84, .bd09), (.bd09, .gcj02), (.gcj02, .bd09),
        ]
        var best: (Suspicion, inside: Int)?
        for hypothesis in hypotheses {
            let moved = sample.map { hypothesis.points.convert($0, to: hypothesis.areas) }
            let then = moved.count(where: isInside)
            guard (sample.count - then) * 5 <= outside, then > best?.inside ?? 0 else { continue }
            let offset = zip(sample, moved).reduce(0) { $0 + metres($1.0, $1.1) } / Double(sample.count)
            best = (
                Suspicion(
                    points: hypothesis.points, areas: hypothesis.areas,
                    insideNow: Double(now) / Double(sample.count), insideThen: Double(then) / Double(sample.count),
                    offset: offset), then
            )
        }
        return best?.0
    }

    /// The suspicion as a warning about the file the points came from.
    public static func finding(
        points: [GeographicPoint], at place: Place, isInside: (GeographicPoint) -> Bool
    ) -> Finding? {
        guard let found = suspicion(points: points, isInside: isInside) else { return nil }
        func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
        let metres = Int(found.offset.rounded())
        return Finding(
            .datumMixUp, .warning, at: place,
            Text(
                zh: "只有 \(percent(found.insideNow)) 的点落在网格内；如果点是 \(found.points.name)、网格是 "
                    + "\(found.areas.name)，整体移动约 \(metres) 米后有 \(percent(found.insideThen)) 落在网格内",
                en: "Only \(percent(found.insideNow)) of the points fall inside; were the points \(found.points.name) "
                    + "and the grids \(found.areas.name), a common shift of \(metres) m would put "
                    + "\(percent(found.insideThen)) inside"),
            remedy: found.areas == .wgs84
                ? Text(
                    zh: "请核实点的来源；属实则用 --datum \(found.points.rawValue) 重新导入",
                    en: "Ask where the points came from; if so, import them with --datum \(found.points.rawValue)")
                : Text(
                    zh: "请核实网格的来源；属实则用 --datum \(found.areas.rawValue) 重新导入网格",
                    en: "Ask where the grids came from; if so, import the grids with --datum \(found.areas.rawValue)"))
    }

    /// Distance of two near places, on a sphere of 6,371 km, flat.
    private static func metres(_ a: GeographicPoint, _ b: GeographicPoint) -> Double {
        let degree = 111_194.93
        let dy = (b.latitude - a.latitude) * degree
        // Cosine of the latitude by its series: good to a percent up to 60°, enough for a report.
        let phi = a.latitude * .pi / 180
        let dx = (b.longitude - a.longitude) * degree * (1 - phi * phi / 2 + phi * phi * phi * phi / 24)
        return (dx * dx + dy * dy).squareRoot()
    }
}
