/// 融合: areas of a coarser level from the units of a finer one, by the edges they do not share.
public enum Dissolve {
    /// Joins features to one feature a group.
    ///
    /// The border of a group consists of the vertices of its members: nothing moves, nothing is left out, and groups
    /// that were neighbours still share their vertices. Edges that match only in pieces are matched as in
    /// `Adjacency`. Shells run counter-clockwise and holes clockwise, the largest part first; a group without members
    /// has no geometry.
    ///
    /// - Parameters:
    ///   - groups: group of each feature, `nil` for features to leave out.
    ///   - count: number of groups.
    ///   - tolerance: in units of the coordinates; nil for some units in the last place of the largest.
    /// - Complexity: O(n log n) in the vertices.
    public static func joined(
        _ areas: Geometries, into groups: [Int?], count: Int, tolerance: Double? = nil
    ) -> Geometries {
        precondition(groups.count == areas.count)
        var options = AuditOptions()
        options.tolerance = tolerance
        let reach = options.tolerance(in: areas.box)
        let table = EdgeTable(areas) { groups[$0] == nil }
        var result = Geometries()
        var next = 0
        for group in EdgeGroups(table, group: { groups[$0] }).groups {
            while next < group.number {
                result.append(.none, parts: [])
                next += 1
            }
            let faces = GroupFaces(table, group.edges, tolerance: reach)
            let parts = faces.graph.outline(origin: table.origin)
            result.append(parts.count > 1 ? .multiPolygon : .polygon, parts: parts)
            next += 1
        }
        while next < count {
            result.append(.none, parts: [])
            next += 1
        }
        return result
    }
}

/// For every group of units, the edges on whose sides its members do not balance.
struct EdgeGroups {
    /// Ascending by number; groups without such edges are left out.
    private(set) var groups: [(number: Int, edges: [(edge: Int, weight: Int)])] = []

    /// - Parameters:
    ///   - group: group of a unit, nil for none.
    ///   - sign: 1, or -1 for units that count as taken away.
    init(_ table: EdgeTable, group: (Int) -> Int?, sign: (Int) -> Int = { _ in 1 }) {
        var contributions: [(group: Int32, edge: Int32, weight: Int32)] = []
        var local: [(group: Int32, weight: Int32)] = []
        for edge in 0..<table.edgeCount {
            local.removeAll(keepingCapacity: true)
            table.forEachUnit(besideEdge: edge) { unit, isLeft in
                guard let number = group(unit) else { return }
                let weight = Int32(isLeft ? sign(unit) : -sign(unit))
                if let i = local.firstIndex(where: { $0.group == number }) {
                    local[i].weight += weight
                } else {
                    local.append((Int32(number), weight))
                }
            }
            for item in local where item.weight != 0 {
                contributions.append((item.group, Int32(edge), item.weight))
            }
        }
        contributions.sort { ($0.group, $0.edge) < ($1.group, $1.edge) }
        for item in contributions {
            if groups.last?.number != Int(item.group) { groups.append((Int(item.group), [])) }
            groups[groups.count - 1].edges.append((Int(item.edge), Int(item.weight)))
        }
    }
}

extension FaceGraph {
    /// The area covered at least once, as polygons: shells counter-clockwise, holes clockwise, largest first.
    ///
    /// Parts touch in points at most: a ring that passes a vertex twice is taken apart there.
    func outline(origin offset: PlanarPoint) -> [[[PlanarPoint]]] {
        var isDone = [Bool](repeating: false, count: 2 * edges.count)
        var shells: [(ring: [PlanarPoint], area: Double)] = []
        var holes: [[PlanarPoint]] = []
        func isBorder(_ half: Int) -> Bool { depth(leftOf: half) > 0 && depth(leftOf: half ^ 1) <= 0 }
        for first in isDone.indices where !isDone[first] && isBorder(first) {
            var walk: [Int] = []
            var half = first
            repeat {
                isDone[half] = true
                walk.append(half)
                half = following(half)
                while !isBorder(half) { half = following(half ^ 1) }
            } while half != first
            for ring in simpleRings(walk, offset) {
                let area = RingMeasure.signedArea(ring)
                if area > 0 { shells.append((ring, area)) } else { holes.append(ring) }
            }
        }
        // Stable for equal areas, because the walk has an order.
        let order = shells.indices.sorted { (-shells[$0].area, $0) < (-shells[$1].area, $1) }
        var parts = order.map { [shells[$0].ring] }
        for hole in holes {
            guard let point = RingMeasure.pointInside([hole]) else { continue }
            // The smallest shell around the hole is the last in order of size.
            if let owner = parts.lastIndex(where: { RingMeasure.holds($0[0], point) }) { parts[owner].append(hole) }
        }
        return parts
    }

    /// Takes a walk apart where it passes a vertex twice; closed rings.
    private func simpleRings(_ walk: [Int], _ offset: PlanarPoint) -> [[PlanarPoint]] {
        var rings: [[PlanarPoint]] = []
        var path: [Int] = []
        var position: [Int: Int] = [:]
        for half in walk {
            let v = origin(half)
            if let start = position[v] {
                rings.append(closed(Array(path[start...]), offset))
                for u in path[start...] { position[u] = nil }
                path.removeSubrange(start...)
            }
            position[v] = path.count
            path.append(v)
        }
        rings.append(closed(path, offset))
        return rings
    }

    private func closed(_ vertices: [Int], _ offset: PlanarPoint) -> [PlanarPoint] {
        (vertices + [vertices[0]]).map { point($0, offset) }
    }
}
