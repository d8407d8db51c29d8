import GeoGrid

/// 拆分微网格: a unit cut between its buildings into parts none of which carries more than a limit.
///
/// Every cut is a straight line that crosses the border of the part exactly twice and no building at all; the two sides
/// share the load in the ratio of the whole numbers of parts that they will become, as nearly as the gaps between
/// buildings allow. A building is never cut, and neither is a unit with holes or of several pieces.
struct UnitSplitter {
    /// What must stay on one side: a building, or a door without one.
    struct Block {
        /// Corners of the footprint and the doors.
        var points: [PlanarPoint]
        var weight: Double
    }

    struct Part {
        /// Closed.
        var ring: [PlanarPoint]
        var blocks: [Block]
        var weight: Double { blocks.reduce(0) { $0 + $1.weight } }
    }

    /// Directions of cuts that are tried, evenly over a half turn.
    private static let directions = 18
    /// Narrowest gap between buildings that a cut may run through, in metres.
    private static let gap = 0.5

    /// The parts of a unit, the unit itself where it cannot be cut. O(parts · directions · blocks log blocks).
    static func parts(of area: [[[PlanarPoint]]], blocks: [Block], limit: Double) -> [Part] {
        guard area.count == 1, area[0].count == 1, limit > 0 else { return [] }
        return divide(Part(ring: area[0][0], blocks: blocks), limit: limit)
    }

    private static func divide(_ part: Part, limit: Double) -> [Part] {
        guard part.weight > limit, part.blocks.count > 1, let (a, b) = bestCut(of: part, limit: limit) else {
            return [part]
        }
        return divide(a, limit: limit) + divide(b, limit: limit)
    }

    private struct Cut {
        var angle: Int
        var at: Double
        var error: Double
    }

    private static func bestCut(of part: Part, limit: Double) -> (Part, Part)? {
        let total = part.weight
        let wanted = max(2, (total / limit).rounded(.up))
        let fraction = (wanted / 2).rounded(.down) / wanted
        var cuts: [Cut] = []
        for angle in 0..<directions {
            let axis = direction(angle)
            let spans = part.blocks.map { block -> (low: Double, high: Double, weight: Double) in
                let along = block.points.map { $0.x * axis.x + $0.y * axis.y }
                return (along.min() ?? 0, along.max() ?? 0, block.weight)
            }.sorted { ($0.low, $0.high) < ($1.low, $1.high) }
            var reach = -Double.infinity
            var before = 0.0
            for span in spans {
                if before > 0, before < total, span.low - reach > gap {
                    let share = before / total
                    cuts.append(
                        Cut(
                            angle: angle, at: (span.low + reach) / 2,
                            error: min(abs(share - fraction), abs(share - (1 - fraction)))))
                }
                reach = max(reach, span.high)
                before += span.weight
            }
        }
        // The most even cut that is a clean one; of cuts nearly alike the first direction.
        for cut in cuts.sorted(by: { ($0.error, $0.angle, $0.at) < ($1.error, $1.angle, $1.at) }) {
            if let halves = halves(of: part, cut) { return halves }
        }
        return nil
    }

    /// Both sides of a line, where it crosses the ring exactly twice and clear of its vertices.
    private static func halves(of part: Part, _ cut: Cut) -> (Part, Part)? {
        let axis = direction(cut.angle)
        func side(_ p: PlanarPoint) -> Double { p.x * axis.x + p.y * axis.y - cut.at }
        let corners = part.ring.dropLast()
        let count = corners.count
        guard count > 2, corners.allSatisfy({ abs(side($0)) > 0.01 }) else { return nil }
        let crossings = (0..<count).filter { side(part.ring[$0]) * side(part.ring[$0 + 1]) < 0 }
        guard crossings.count == 2 else { return nil }
        let points = crossings.map { i -> PlanarPoint in
            let (p, q) = (part.ring[i], part.ring[i + 1])
            let t = side(p) / (side(p) - side(q))
            return PlanarPoint(x: p.x + t * (q.x - p.x), y: p.y + t * (q.y - p.y))
        }
        let inner = [points[0]] + part.ring[(crossings[0] + 1)...crossings[1]] + [points[1], points[0]]
        let outer =
            Array(part.ring[...crossings[0]]) + [points[0], points[1]] + part.ring[(crossings[1] + 1)...]
        let innerIsAbove = side(inner[1]) > 0
        var a = Part(ring: inner, blocks: [])
        var b = Part(ring: outer, blocks: [])
        for block in part.blocks {
            if (side(block.points[0]) > 0) == innerIsAbove { a.blocks.append(block) } else { b.blocks.append(block) }
        }
        return (a, b)
    }

    /// Unit vectors at multiples of ten degrees, spelled out so that they are the same on every machine.
    private static func direction(_ angle: Int) -> PlanarPoint {
        // cos and sin of 0°…170° by doubling and adding from 10°.
        var c = 1.0
        var s = 0.0
        for _ in 0..<angle {
            (c, s) = (c * cosine - s * sine, s * cosine + c * sine)
        }
        return PlanarPoint(x: c, y: s)
    }

    private static let cosine = 0.984_807_753_012_208
    private static let sine = 0.173_648_177_666_930_35
}
