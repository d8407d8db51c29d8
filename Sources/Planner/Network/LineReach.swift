import GeoGrid

/// 沿线: how much of a straight stretch runs near some lines, and where it crosses them.
struct LineReach: Sendable {
    private let segments: SegmentGrid
    /// Metres that count as near.
    let reach: Double

    /// Stretches with a coordinate that is not a number are left out. O(points).
    init(_ lines: [[PlanarPoint]], reach: Double) {
        var ends: [Double] = []
        for line in lines {
            for (a, b) in zip(line, line.dropFirst())
            where a.x.isFinite && a.y.isFinite && b.x.isFinite && b.y.isFinite {
                ends += [a.x, a.y, b.x, b.y]
            }
        }
        segments = SegmentGrid(ends: ends)
        self.reach = reach
    }

    var isEmpty: Bool { segments.ends.isEmpty }

    /// Metres of the stretch that lie within `reach` of a line. O(segments near, with a sort of theirs).
    func length(from a: PlanarPoint, to b: PlanarPoint) -> Double {
        let spans = near(a, b, reach).compactMap { span(a, b, $0) }.sorted { $0.lowerBound < $1.lowerBound }
        var covered = 0.0
        var end = 0.0
        for span in spans where span.upperBound > end {
            covered += span.upperBound - max(end, span.lowerBound)
            end = span.upperBound
        }
        return covered * a.distance(to: b)
    }

    /// Shares of the way from `a` to `b` at which a line is crossed, ascending; a vertex on the way counts once.
    func crossings(from a: PlanarPoint, to b: PlanarPoint) -> [Double] {
        near(a, b, 0).compactMap { i in
            let (c, d) = ends(i)
            guard let at = crossing(a, b, c, d), at.second < 1 else { return nil }
            return at.first
        }.sorted()
    }

    /// The point of a line nearest to `p`, within `distance`.
    func foot(of p: PlanarPoint, within distance: Double) -> PlanarPoint? {
        var best: (squared: Double, point: PlanarPoint)?
        for i in near(p, p, distance) {
            let (c, d) = ends(i)
            let (share, squared) = projection(of: p, on: c, d)
            if squared <= min(best?.squared ?? .infinity, distance * distance) {
                best = (squared, PlanarPoint(x: c.x + share * (d.x - c.x), y: c.y + share * (d.y - c.y)))
            }
        }
        return best?.point
    }

    private func ends(_ i: Int) -> (PlanarPoint, PlanarPoint) {
        let e = segments.ends
        return (PlanarPoint(x: e[4 * i], y: e[4 * i + 1]), PlanarPoint(x: e[4 * i + 2], y: e[4 * i + 3]))
    }

    /// Segments whose cells the stretch comes within a distance of, each once, ascending.
    private func near(_ a: PlanarPoint, _ b: PlanarPoint, _ distance: Double) -> [Int] {
        guard a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite else { return [] }
        var box = Box.empty
        box.extend(x: a.x, y: a.y)
        box.extend(x: b.x, y: b.y)
        var found = Set<Int>()
        segments.forEach(in: box.expanded(by: distance)) { found.insert($0) }
        return found.sorted()
    }

    /// The shares of a stretch that lie within `reach` of a segment: one span, as what is near a segment is convex.
    private func span(_ a: PlanarPoint, _ b: PlanarPoint, _ i: Int) -> ClosedRange<Double>? {
        let (c, d) = ends(i)
        var spans = [disc(a, b, c), disc(a, b, d)].compactMap { $0 }
        if let band = band(a, b, c, d) { spans.append(band) }
        guard let low = spans.map(\.lowerBound).min(), let high = spans.map(\.upperBound).max() else { return nil }
        let (from, to) = (max(0, low), min(1, high))
        return from < to ? from...to : nil
    }

    private func disc(_ a: PlanarPoint, _ b: PlanarPoint, _ centre: PlanarPoint) -> ClosedRange<Double>? {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let square = dx * dx + dy * dy
        guard square > 0 else { return nil }
        let middle = ((centre.x - a.x) * dx + (centre.y - a.y) * dy) / square
        let (ex, ey) = (a.x + middle * dx - centre.x, a.y + middle * dy - centre.y)
        let rest = reach * reach - ex * ex - ey * ey
        guard rest >= 0 else { return nil }
        let half = (rest / square).squareRoot()
        return (middle - half)...(middle + half)
    }

    /// Where the way lies beside the segment, between its ends, and near enough.
    private func band(
        _ a: PlanarPoint, _ b: PlanarPoint, _ c: PlanarPoint, _ d: PlanarPoint
    ) -> ClosedRange<Double>? {
        let length = c.distance(to: d)
        guard length > 0 else { return nil }
        let (ux, uy) = ((d.x - c.x) / length, (d.y - c.y) / length)
        func along(_ p: PlanarPoint) -> Double { (p.x - c.x) * ux + (p.y - c.y) * uy }
        func aside(_ p: PlanarPoint) -> Double { (p.y - c.y) * ux - (p.x - c.x) * uy }
        guard let beside = Self.within(along(a), along(b), 0, length),
            let near = Self.within(aside(a), aside(b), -reach, reach)
        else { return nil }
        let (from, to) = (max(beside.lowerBound, near.lowerBound), min(beside.upperBound, near.upperBound))
        return from <= to ? from...to : nil
    }

    /// Shares at which a value that goes evenly from `x` to `y` lies between two limits.
    private static func within(_ x: Double, _ y: Double, _ low: Double, _ high: Double) -> ClosedRange<Double>? {
        guard x != y else { return x >= low && x <= high ? 0...1 : nil }
        let (s, t) = ((low - x) / (y - x), (high - x) / (y - x))
        let (from, to) = (max(0, min(s, t)), min(1, max(s, t)))
        return from <= to ? from...to : nil
    }
}
