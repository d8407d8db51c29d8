import GeoGrid

/// 界线网: the borders of a level, each drawn once, as arcs between the points where three or more units meet.
///
/// Borders drawn unit by unit would be stroked twice, and two dashed strokes out of step make a solid line.
struct Linework: Sendable {
    struct Arc: Sendable {
        var points: [PlanarPoint]
        var box: Box
    }

    private(set) var arcs: [Arc] = []
    /// Pairs of units that share border, with its length in metres.
    private(set) var pairs: [(a: Int, b: Int, border: Double)] = []

    /// 组界: the borders between groups of units, and around them all. O(vertices).
    static func borders(of areas: Geometries, groups: [Int]) -> [Arc] {
        var builder = Builder()
        return builder.borders(of: areas, groups: groups)
    }

    /// 外缘: for each group of units the edges on its border. O(vertices · log).
    static func edges(of areas: Geometries, groups: [Int], count: Int) -> [[(PlanarPoint, PlanarPoint)]] {
        var builder = Builder()
        return builder.edges(of: areas, groups: groups, count: count)
    }

    /// Coordinates that agree to a millimetre are one vertex.
    struct Vertex: Hashable {
        var x, y: Int64

        init(_ p: PlanarPoint) {
            x = Int64((p.x * 1000).rounded())
            y = Int64((p.y * 1000).rounded())
        }
    }

    private struct Edge: Hashable {
        var a, b: Int32
    }

    /// Vertices shared by all levels of a town, so that the border of a higher level hides that of a lower.
    struct Builder {
        private var numbers: [Vertex: Int32] = [:]
        private var points: [PlanarPoint] = []
        private var drawn: Set<Edge> = []

        private mutating func number(_ p: PlanarPoint) -> Int32 {
            let key = Vertex(p)
            if let known = numbers[key] { return known }
            let number = Int32(points.count)
            numbers[key] = number
            points.append(p)
            return number
        }

        /// The borders of a level that no level added before has. O(vertices).
        mutating func add(_ areas: Geometries) -> Linework {
            var result = Linework()
            var owner: [Edge: Int] = [:]
            var edges: [Edge] = []
            for (unit, edge) in sides(of: areas) {
                if let other = owner[edge] {
                    if other != unit {
                        let length = points[Int(edge.a)].distance(to: points[Int(edge.b)])
                        result.pairs.append((other, unit, length))
                    }
                } else {
                    owner[edge] = unit
                    if drawn.insert(edge).inserted { edges.append(edge) }
                }
            }
            result.arcs = chained(edges)
            return result
        }

        /// Every edge of every unit, in the order of the rings; both sides of a border give the same edge.
        private mutating func sides(
            of areas: Geometries, where isWanted: (Int) -> Bool = { _ in true }
        ) -> [(unit: Int, edge: Edge)] {
            var sides: [(unit: Int, edge: Edge)] = []
            for unit in 0..<areas.count where isWanted(unit) {
                for path in areas.parts(ofFeature: unit).flatMap({ areas.paths(ofPart: $0) }) {
                    var last: Int32?
                    for i in areas.coordinates(ofPath: path) {
                        let next = number(areas[coordinate: i])
                        defer { last = next }
                        guard let last, last != next else { continue }
                        sides.append((unit, Edge(a: min(last, next), b: max(last, next))))
                    }
                }
            }
            return sides
        }

        /// An edge that a group has on both sides is inside it, and comes twice.
        fileprivate mutating func edges(
            of areas: Geometries, groups: [Int], count: Int
        ) -> [[(PlanarPoint, PlanarPoint)]] {
            var open = [Set<Edge>](repeating: [], count: count)
            for (unit, edge) in sides(of: areas, where: { groups[$0] >= 0 }) {
                if open[groups[unit]].remove(edge) == nil { open[groups[unit]].insert(edge) }
            }
            return open.map { edges in
                edges.sorted { ($0.a, $0.b) < ($1.a, $1.b) }.map { (points[Int($0.a)], points[Int($0.b)]) }
            }
        }

        fileprivate mutating func borders(of areas: Geometries, groups: [Int]) -> [Arc] {
            var sides: [Edge: (first: Int, differs: Bool, count: Int)] = [:]
            var order: [Edge] = []
            for unit in 0..<areas.count {
                for part in areas.parts(ofFeature: unit) {
                    for path in areas.paths(ofPart: part) {
                        var last: Int32?
                        for i in areas.coordinates(ofPath: path) {
                            let next = number(areas[coordinate: i])
                            defer { last = next }
                            guard let last, last != next else { continue }
                            let edge = Edge(a: min(last, next), b: max(last, next))
                            if var known = sides[edge] {
                                known.count += 1
                                if known.first != groups[unit] { known.differs = true }
                                sides[edge] = known
                            } else {
                                sides[edge] = (groups[unit], false, 1)
                                order.append(edge)
                            }
                        }
                    }
                }
            }
            return chained(order.filter { sides[$0]!.differs || sides[$0]!.count == 1 })
        }

        /// Joins edges end to end at vertices where exactly two meet.
        private func chained(_ edges: [Edge]) -> [Arc] {
            var incident: [Int32: [Int]] = [:]
            incident.reserveCapacity(edges.count)
            for (i, edge) in edges.enumerated() {
                incident[edge.a, default: []].append(i)
                incident[edge.b, default: []].append(i)
            }
            var used = [Bool](repeating: false, count: edges.count)
            var arcs: [Arc] = []
            func walk(from start: Int32, along first: Int) {
                var vertex = start
                var edge = first
                var run = [points[Int(start)]]
                while true {
                    used[edge] = true
                    vertex = edges[edge].a == vertex ? edges[edge].b : edges[edge].a
                    run.append(points[Int(vertex)])
                    guard let next = incident[vertex], next.count == 2,
                        let on = next.first(where: { !used[$0] })
                    else { break }
                    edge = on
                }
                var box = Box.empty
                for p in run { box.extend(x: p.x, y: p.y) }
                arcs.append(Arc(points: run, box: box))
            }
            for (i, edge) in edges.enumerated() where !used[i] {
                if incident[edge.a]?.count != 2 {
                    walk(from: edge.a, along: i)
                } else if incident[edge.b]?.count != 2 {
                    walk(from: edge.b, along: i)
                }
            }
            for (i, edge) in edges.enumerated() where !used[i] { walk(from: edge.a, along: i) }
            return arcs
        }
    }
}
