import Foundation
import GeoGrid

/// 切分: divides faces of a mesh by slightly crooked lines, sized by a density of sample points.
struct Cutter {
    /// How lines run: the old town is crooked, a new compound straight.
    struct Style {
        /// Largest bow of a line, as a share of its length.
        var wiggle = 0.02
        /// Deviation of a line's slope from the plan's axes.
        var slope = 0.05
        /// A line end this near to a crossing on the other side goes on from there, metres.
        var snap = 20.0
        /// Closest that two corners may stand on one border, metres.
        var clear = 9.0
        /// Distance of a line's vertices, metres.
        var step = 22.0
        /// How much longer than wide a face may be before it is cut across its length only.
        var stretch = 1.35
    }

    /// One way of dividing a face.
    private struct Proposal {
        var path: [PlanarPoint]
        var start: Anchor
        var end: Anchor
        var score: Double
    }

    /// Where a line ends: on a corner of the ring, or on the edge that follows it.
    private struct Anchor {
        var index: Int
        var onVertex: Bool
        var point: PlanarPoint
        var continues: Bool
    }

    private(set) var mesh: Mesh
    /// Sample points of each face.
    private var members: [[Int32]]
    private let samples: [PlanarPoint]
    private let weights: [Double]

    init(outline: [PlanarPoint], samples: [PlanarPoint], weights: [Double]) {
        mesh = Mesh(outline: outline)
        self.samples = samples
        self.weights = weights
        members = [Array(samples.indices.map(Int32.init))]
    }

    func weight(of face: Int) -> Double { members[face].reduce(0) { $0 + weights[Int($1)] } }

    /// Cuts a face along a given polyline that crosses it from border to border; nil when it misses the face.
    ///
    /// The face keeps the left side of the line.
    mutating func cut(_ face: Int, along line: [PlanarPoint]) -> Int? {
        let ring = mesh.rings[face]
        var hits: [(at: Int, t: Double, anchor: Anchor)] = []
        for s in 1..<line.count {
            for i in ring.indices {
                let a = mesh.points[ring[i]]
                let b = mesh.points[ring[(i + 1) % ring.count]]
                let d = line[s] - line[s - 1]
                let e = b - a
                let det = d.cross(e)
                guard det != 0 else { continue }
                let t = (a - line[s - 1]).cross(e) / det
                let r = (a - line[s - 1]).cross(d) / det
                guard t >= 0, t < 1, r >= 0, r < 1 else { continue }
                hits.append((s, t, anchor(at: a + e * r, onEdge: i, of: ring, snap: 6, clear: 0)!))
            }
        }
        hits.sort { ($0.at, $0.t) < ($1.at, $1.t) }
        guard let first = hits.first, let last = hits.last, hits.count >= 2 else { return nil }
        let inner = line[first.at..<last.at].filter {
            $0.distance(to: first.anchor.point) > 4 && $0.distance(to: last.anchor.point) > 4
        }
        return commit(
            face,
            Proposal(
                path: [first.anchor.point] + inner + [last.anchor.point], start: first.anchor, end: last.anchor,
                score: 0)
        )
    }

    /// Divides a face in two so that the first keeps about the given share of its weight; nil when no line fits.
    ///
    /// The face keeps one side, the answer is the other; `firstShare` is what the face itself should keep, or the rest.
    mutating func divide(_ face: Int, share: Double, style: Style, using generator: inout SeededGenerator) -> Int? {
        let ring = mesh.rings[face]
        let corners = ring.map { mesh.points[$0] }
        let all = members[face]
        let stride = max(1, all.count / 800)
        let chosen = Swift.stride(from: 0, to: all.count, by: stride).map { Int(all[$0]) }
        let span = extents(corners)
        let alongFirst = span.u * generator.uniform(0.88, 1.14) > span.v
        let ratio = max(span.u, span.v) / max(1, min(span.u, span.v))
        var best: Proposal?
        for attempt in 0..<16 {
            if attempt >= 9, best != nil { break }
            let across = attempt % 3 == 2 && ratio < style.stretch || attempt >= 12
            let acrossU = alongFirst != across
            var slope = generator.bell() * style.slope
            if attempt >= 9 { slope += generator.uniform(-0.8, 0.8) }
            let part = min(0.85, max(0.15, share + generator.bell() * (attempt < 6 ? 0.04 : 0.1)))
            guard
                let proposal = propose(
                    corners, ring: ring, chosen: chosen, acrossU: acrossU, slope: slope, share: part, style: style,
                    using: &generator)
            else { continue }
            if proposal.score > best?.score ?? -.infinity { best = proposal }
        }
        guard let best else { return nil }
        return commit(face, best)
    }

    private func extents(_ corners: [PlanarPoint]) -> (u: Double, v: Double) {
        var box = Box.empty
        for p in corners { box.extend(x: p.x, y: p.y) }
        return (box.width, box.height)
    }

    private func propose(
        _ corners: [PlanarPoint], ring: [Int], chosen: [Int], acrossU: Bool, slope: Double, share: Double, style: Style,
        using generator: inout SeededGenerator
    ) -> Proposal? {
        func height(_ p: PlanarPoint) -> Double { acrossU ? p.x - slope * p.y : p.y - slope * p.x }
        func run(_ p: PlanarPoint) -> Double { acrossU ? p.y : p.x }
        let level: Double
        if chosen.count >= 8 {
            let sorted = chosen.map { (height(samples[$0]), weights[$0]) }.sorted { $0.0 < $1.0 }
            var left = share * sorted.reduce(0) { $0 + $1.1 }
            var found = sorted[sorted.count / 2].0
            for (value, weight) in sorted {
                left -= weight
                if left <= 0 {
                    found = value
                    break
                }
            }
            level = found + generator.uniform(-1, 1)
        } else {
            let values = corners.map(height)
            let low = values.min()!
            level = low + share * (values.max()! - low)
        }
        var crossings: [(run: Double, edge: Int, point: PlanarPoint)] = []
        for i in corners.indices {
            let a = corners[i]
            let b = corners[(i + 1) % corners.count]
            let ha = height(a) - level
            let hb = height(b) - level
            guard (ha > 0) != (hb > 0) else { continue }
            let p = a + (b - a) * (ha / (ha - hb))
            crossings.append((run(p), i, p))
        }
        guard crossings.count >= 2 else { return nil }
        crossings.sort { ($0.run, $0.edge) < ($1.run, $1.edge) }
        var longest = 0
        for c in Swift.stride(from: 0, to: crossings.count - 1, by: 2)
        where crossings[c + 1].run - crossings[c].run > crossings[longest + 1].run - crossings[longest].run {
            longest = c
        }
        let p = crossings[longest]
        let q = crossings[longest + 1]
        guard let start = anchor(at: p.point, onEdge: p.edge, of: ring, snap: style.snap, clear: style.clear),
            let end = anchor(at: q.point, onEdge: q.edge, of: ring, snap: style.snap, clear: style.clear)
        else { return nil }
        let size = start.point.distance(to: end.point)
        guard size > 12 else { return nil }
        var bow = style.wiggle
        for _ in 0..<3 {
            let path = crooked(from: start.point, to: end.point, bow: bow * size, step: style.step, using: &generator)
            bow *= 0.35
            guard clears(path, corners, start: start, end: end) else { continue }
            return scored(path, corners, start: start, end: end, share: share, style: style)
        }
        return nil
    }

    private func scored(
        _ path: [PlanarPoint], _ corners: [PlanarPoint], start: Anchor, end: Anchor, share: Double, style: Style
    ) -> Proposal? {
        func side(_ from: Anchor, _ to: Anchor, closing: [PlanarPoint]) -> [PlanarPoint] {
            var out: [PlanarPoint] = []
            var i = from.index
            let n = corners.count
            let wraps = to.index == from.index && !(from.onVertex || to.onVertex)
            if wraps, (to.point - corners[i]).length > (from.point - corners[i]).length { return [] }
            repeat {
                i = (i + 1) % n
                if i == to.index, to.onVertex { break }
                out.append(corners[i])
            } while i != to.index
            return out + closing
        }
        let one = side(start, end, closing: path.reversed())
        let two = side(end, start, closing: path)
        guard one.count >= 4, two.count >= 4 else { return nil }
        let a = abs(OpenRing.area(one))
        let b = abs(OpenRing.area(two))
        guard min(a, b) > 60 else { return nil }
        let worse = min(OpenRing.compactness(one), OpenRing.compactness(two))
        let better = max(OpenRing.compactness(one), OpenRing.compactness(two))
        let follows = (start.continues ? 1.0 : 0) + (end.continues ? 1.0 : 0)
        return Proposal(
            path: path, start: start, end: end, score: worse + 0.35 * better + 0.045 * follows)
    }

    /// The end of a line near `p`: a crossing to go on from, the edge itself, or nil where it would crowd a corner.
    private func anchor(at p: PlanarPoint, onEdge edge: Int, of ring: [Int], snap: Double, clear: Double) -> Anchor? {
        var crossing: (index: Int, distance: Double)?
        var bend: (index: Int, distance: Double)?
        for i in ring.indices {
            let corner = mesh.points[ring[i]]
            let far = corner.distance(to: p)
            guard far < max(snap, clear, 5) else { continue }
            let before = mesh.points[ring[(i + ring.count - 1) % ring.count]]
            let after = mesh.points[ring[(i + 1) % ring.count]]
            let straight = (corner - before).unit.dot((after - corner).unit) > 0.86
            if mesh.isJunction[ring[i]] {
                if straight {
                    if far < crossing?.distance ?? snap { crossing = (i, far) }
                } else if far < clear {
                    return nil
                }
            } else if !straight {
                if far < 2 { return nil }
            } else if far < bend?.distance ?? 5 {
                bend = (i, far)
            }
        }
        if let crossing {
            return Anchor(
                index: crossing.index, onVertex: true, point: mesh.points[ring[crossing.index]], continues: true)
        }
        if let bend {
            return Anchor(index: bend.index, onVertex: true, point: mesh.points[ring[bend.index]], continues: false)
        }
        return Anchor(index: edge, onVertex: false, point: p, continues: false)
    }

    private func crooked(
        from a: PlanarPoint, to b: PlanarPoint, bow: Double, step: Double, using generator: inout SeededGenerator
    ) -> [PlanarPoint] {
        let d = b - a
        let normal = d.unit.left
        let pieces = max(1, Int((d.length / step).rounded()))
        let first = generator.bell() * bow * 0.6
        let second = generator.bell() * bow * 0.35
        let third = generator.bell() * bow * 0.2
        guard pieces > 1 else { return [a, b] }
        let inner = (1..<pieces).map { i in
            let t = Double(i) / Double(pieces)
            let off = first * sin(.pi * t) + second * sin(2 * .pi * t) + third * sin(3 * .pi * t)
            return a + d * t + normal * off
        }
        return [a] + inner + [b]
    }

    /// Whether a path stays inside the ring, well off its borders but at its ends.
    private func clears(_ path: [PlanarPoint], _ corners: [PlanarPoint], start: Anchor, end: Anchor) -> Bool {
        for i in path.indices.dropFirst().dropLast() {
            guard OpenRing.contains(corners, path[i]) else { return false }
        }
        let middle = path.count == 2 ? (path[0] + path[1]) * 0.5 : path[path.count / 2]
        guard OpenRing.contains(corners, middle) else { return false }
        func isTouched(_ edge: Int, by anchor: Anchor) -> Bool {
            edge == anchor.index || anchor.onVertex && (edge + 1) % corners.count == anchor.index
        }
        for e in corners.indices {
            let a = corners[e]
            let b = corners[(e + 1) % corners.count]
            for s in 1..<path.count {
                let atStart = s == 1 && isTouched(e, by: start)
                let atEnd = s == path.count - 1 && isTouched(e, by: end)
                if !(atStart || atEnd), segmentsMeet(path[s - 1], path[s], a, b) { return false }
            }
            for i in path.indices.dropFirst().dropLast() {
                let toEnd = min(path[i].distance(to: path[0]), path[i].distance(to: path[path.count - 1]))
                if distance(path[i], toSegment: a, b) < min(6, 0.35 * toEnd) { return false }
            }
            if path.count == 2, !isTouched(e, by: start), !isTouched(e, by: end),
                distance(middle, toSegment: a, b) < 4
            {
                return false
            }
        }
        return true
    }

    private mutating func commit(_ face: Int, _ proposal: Proposal) -> Int {
        let ring = mesh.rings[face]
        func next(_ i: Int) -> Int { ring[(i + 1) % ring.count] }
        let first =
            proposal.start.onVertex
            ? ring[proposal.start.index]
            : mesh.insert(proposal.start.point, between: ring[proposal.start.index], and: next(proposal.start.index))
        let last =
            proposal.end.onVertex
            ? ring[proposal.end.index]
            : mesh.insert(proposal.end.point, between: ring[proposal.end.index], and: next(proposal.end.index))
        let inner = proposal.path.dropFirst().dropLast().map { mesh.addPoint($0) }
        let new = mesh.split(face, along: [first] + inner + [last])
        let outline = mesh.polygon(face)
        var box = Box.empty
        for p in outline { box.extend(x: p.x, y: p.y) }
        var kept: [Int32] = []
        var given: [Int32] = []
        for s in members[face] {
            let p = samples[Int(s)]
            if box.contains(x: p.x, y: p.y), OpenRing.contains(outline, p) { kept.append(s) } else { given.append(s) }
        }
        members[face] = kept
        members.append(given)
        return new
    }
}
