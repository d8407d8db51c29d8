import GeoGrid

/// 切点: where the cuts of split units meet borders, so that both sides of a border come to hold the same vertices.
///
/// A neighbour of a cut unit does not know where the cut ends on their common border; sheets, which match borders
/// vertex by vertex, would take the two sides for different lines.
struct CutEnds {
    /// In the order of x.
    private let ends: [PlanarPoint]
    private let reach: Double

    /// Every vertex of the parts that their present unit lacks. O(vertices log vertices).
    init(parts: [TownPlan.Unit], of units: UnitLayer, tolerance: Double) {
        let position = units.indexByCode()
        var ends = Set<PlanarPoint>()
        for part in parts where !part.area.isEmpty {
            guard let origin = position[part.origin] else { continue }
            let known = Set(units.areas.feature(origin).joined().joined())
            for vertex in part.area.joined().joined() where !known.contains(vertex) { ends.insert(vertex) }
        }
        self.ends = ends.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        reach = tolerance
    }

    /// The area with the ends that lie on its rings as vertices. O(vertices log ends).
    func noded(_ area: [[[PlanarPoint]]]) -> [[[PlanarPoint]]] {
        guard !ends.isEmpty else { return area }
        return area.map { $0.map(noded) }
    }

    private func noded(_ ring: [PlanarPoint]) -> [PlanarPoint] {
        guard var last = ring.first else { return ring }
        var noded = [last]
        for next in ring.dropFirst() {
            noded += between(last, next)
            noded.append(next)
            last = next
        }
        return noded
    }

    /// Ends on the open segment, from `a` to `b`.
    private func between(_ a: PlanarPoint, _ b: PlanarPoint) -> [PlanarPoint] {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 2 * reach else { return [] }
        let (low, high) = (min(a.x, b.x) - reach, max(a.x, b.x) + reach)
        var found: [(along: Double, point: PlanarPoint)] = []
        var i = ends.partitioningIndex { $0.x >= low }
        while i < ends.count, ends[i].x <= high {
            let (px, py) = (ends[i].x - a.x, ends[i].y - a.y)
            let along = (px * dx + py * dy) / length
            if along > reach, along < length - reach, abs(px * dy - py * dx) / length <= reach {
                found.append((along, ends[i]))
            }
            i += 1
        }
        return found.sorted { $0.along < $1.along }.map(\.point)
    }
}

extension Array {
    /// The first index whose element meets a condition that all after it meet too. O(log n).
    fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
