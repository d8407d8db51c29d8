import GeoGrid

/// 平面剖分: faces that share their vertices, cut from one outline.
///
/// Faces are split along paths and never redrawn, so that neighbours hold the same vertices on both sides of every
/// border, T-junctions included: units of all levels nest without a gap by construction. Rings are counter-clockwise
/// and open.
struct Mesh {
    private struct Edge: Hashable {
        var from, to: Int32
    }

    private(set) var points: [PlanarPoint]
    private(set) var rings: [[Int]]
    /// The cutting lines as chains of vertices; line 0 is the outline.
    private(set) var lines: [[Int]]
    /// Vertices where a line begins or ends.
    private(set) var isJunction: [Bool]
    private var faceLeftOf: [Edge: Int] = [:]
    private var lineOf: [Edge: Int] = [:]

    init(outline: [PlanarPoint]) {
        points = outline
        let ring = Array(outline.indices)
        rings = [ring]
        lines = [ring + [0]]
        isJunction = ring.map { _ in false }
        for i in ring {
            let edge = Edge(from: Int32(i), to: Int32((i + 1) % ring.count))
            faceLeftOf[edge] = 0
            lineOf[edge] = 0
        }
    }

    func polygon(_ face: Int) -> [PlanarPoint] { rings[face].map { points[$0] } }

    /// The line an edge lies on, from either side.
    func line(_ a: Int, _ b: Int) -> Int {
        lineOf[Edge(from: Int32(a), to: Int32(b))] ?? lineOf[Edge(from: Int32(b), to: Int32(a))] ?? 0
    }

    mutating func addPoint(_ p: PlanarPoint) -> Int {
        points.append(p)
        isJunction.append(false)
        return points.count - 1
    }

    /// Puts a vertex on the edge between two others, in both faces beside it.
    mutating func insert(_ p: PlanarPoint, between a: Int, and b: Int) -> Int {
        let new = addPoint(p)
        for (from, to) in [(a, b), (b, a)] {
            let edge = Edge(from: Int32(from), to: Int32(to))
            if let line = lineOf.removeValue(forKey: edge) {
                lineOf[Edge(from: Int32(from), to: Int32(new))] = line
                lineOf[Edge(from: Int32(new), to: Int32(to))] = line
                Mesh.insert(new, from, to, into: &lines[line])
            }
            guard let face = faceLeftOf.removeValue(forKey: edge) else { continue }
            faceLeftOf[Edge(from: Int32(from), to: Int32(new))] = face
            faceLeftOf[Edge(from: Int32(new), to: Int32(to))] = face
            let i = rings[face].firstIndex(of: from)!
            rings[face].insert(new, at: i + 1)
        }
        return new
    }

    private static func insert(_ new: Int, _ a: Int, _ b: Int, into chain: inout [Int]) {
        for i in 1..<chain.count where chain[i - 1] == a && chain[i] == b || chain[i - 1] == b && chain[i] == a {
            chain.insert(new, at: i)
            return
        }
    }

    /// Splits a face along a path whose ends stand on its ring and whose inner vertices are new.
    ///
    /// The face keeps the side left of the path; the answer is the new face on its right.
    mutating func split(_ face: Int, along path: [Int]) -> Int {
        let ring = rings[face]
        let start = ring.firstIndex(of: path[0])!
        let end = ring.firstIndex(of: path[path.count - 1])!
        func walk(_ from: Int, _ to: Int) -> [Int] {
            var out: [Int] = []
            var i = from
            while i != to {
                out.append(ring[i])
                i = (i + 1) % ring.count
            }
            return out + [ring[to]]
        }
        let inner = path.dropFirst().dropLast()
        let leftRing = walk(end, start) + inner
        let rightRing = walk(start, end) + inner.reversed()
        let right = rings.count
        let line = lines.count
        rings[face] = leftRing
        rings.append(rightRing)
        lines.append(path)
        for i in 1..<path.count {
            let forward = Edge(from: Int32(path[i - 1]), to: Int32(path[i]))
            faceLeftOf[forward] = face
            lineOf[forward] = line
        }
        for i in rightRing.indices {
            faceLeftOf[Edge(from: Int32(rightRing[i]), to: Int32(rightRing[(i + 1) % rightRing.count]))] = right
        }
        isJunction[path[0]] = true
        isJunction[path[path.count - 1]] = true
        return right
    }

    /// The face on the left of an edge, or nil outside the outline.
    func face(leftOf a: Int, _ b: Int) -> Int? { faceLeftOf[Edge(from: Int32(a), to: Int32(b))] }

    /// Drops vertices that bend a line by less than `tolerance` on the ground; crossings stay. Douglas–Peucker.
    mutating func simplify(tolerance: Double, place: (PlanarPoint) -> PlanarPoint) {
        let ground = points.map(place)
        var keep = isJunction
        for chain in lines {
            var start = 0
            for i in chain.indices.dropFirst() where isJunction[chain[i]] || i == chain.count - 1 {
                keep[chain[start]] = true
                keep[chain[i]] = true
                Mesh.mark(chain, start, i, tolerance, ground, &keep)
                start = i
            }
        }
        rings = rings.map { $0.filter { keep[$0] } }
        lines = lines.map { $0.filter { keep[$0] } }
        faceLeftOf = [:]
        lineOf = [:]
        for (face, ring) in rings.enumerated() {
            for i in ring.indices {
                faceLeftOf[Edge(from: Int32(ring[i]), to: Int32(ring[(i + 1) % ring.count]))] = face
            }
        }
        for (line, chain) in lines.enumerated() {
            for i in 1..<chain.count { lineOf[Edge(from: Int32(chain[i - 1]), to: Int32(chain[i]))] = line }
        }
    }

    private static func mark(
        _ chain: [Int], _ first: Int, _ last: Int, _ tolerance: Double, _ ground: [PlanarPoint], _ keep: inout [Bool]
    ) {
        guard last > first + 1 else { return }
        var worst = (index: first, distance: tolerance)
        for i in first + 1..<last {
            let far = distance(ground[chain[i]], toSegment: ground[chain[first]], ground[chain[last]])
            if far > worst.distance || chain[first] == chain[last] && worst.index == first { worst = (i, far) }
        }
        guard worst.index != first else { return }
        keep[chain[worst.index]] = true
        mark(chain, first, worst.index, tolerance, ground, &keep)
        mark(chain, worst.index, last, tolerance, ground, &keep)
    }

    /// The border of several faces together, which must be one piece without holes.
    func outline(of faces: [Int]) -> [Int] {
        if faces.count == 1 { return rings[faces[0]] }
        let members = Set(faces)
        var next: [Int: Int] = [:]
        var start = Int.max
        for face in faces {
            let ring = rings[face]
            for i in ring.indices {
                let (a, b) = (ring[i], ring[(i + 1) % ring.count])
                if let other = self.face(leftOf: b, a), members.contains(other) { continue }
                next[a] = b
                start = min(start, a)
            }
        }
        var ring = [start]
        while let following = next[ring[ring.count - 1]], following != start { ring.append(following) }
        return ring
    }
}

extension Mesh {
    /// The ground of several faces as polygons, shell first, then holes; rings are open, as vertices.
    ///
    /// Rings that meet in a vertex are kept apart there.
    func polygons(of faces: [Int]) -> [[[Int]]] {
        let members = Set(faces)
        var leaving: [Int: [Int]] = [:]
        var starts: [(Int, Int)] = []
        for face in faces {
            let ring = rings[face]
            for i in ring.indices {
                let (a, b) = (ring[i], ring[(i + 1) % ring.count])
                if let other = self.face(leftOf: b, a), members.contains(other) { continue }
                leaving[a, default: []].append(b)
                starts.append((a, b))
            }
        }
        starts.sort { $0 < $1 }
        var used: Set<[Int]> = []
        var shells: [[Int]] = []
        var holes: [[Int]] = []
        for start in starts where !used.contains([start.0, start.1]) {
            var ring = [start.0]
            var (a, b) = start
            while true {
                used.insert([a, b])
                if b == start.0 { break }
                ring.append(b)
                let inward = points[b] - points[a]
                let next = leaving[b]!.filter { !used.contains([b, $0]) }.max {
                    turn(inward, points[$0] - points[b]) < turn(inward, points[$1] - points[b])
                }
                guard let next else { break }
                (a, b) = (b, next)
            }
            if OpenRing.area(ring.map { points[$0] }) > 0 { shells.append(ring) } else { holes.append(ring) }
        }
        var out = shells.map { [$0] }
        for hole in holes {
            let inner = hole.map { points[$0] }
            let inside = out.indices.first { i in
                let shell = out[i][0].map { points[$0] }
                return OpenRing.contains(shell, (inner[0] + inner[1]) * 0.5)
            }
            if let inside { out[inside].append(hole) }
        }
        return out
    }

    /// How far to the left the second direction turns from the first, −1 to 3 growing with the angle −180° to 180°.
    private func turn(_ a: PlanarPoint, _ b: PlanarPoint) -> Double {
        let c = a.unit.dot(b.unit)
        return a.cross(b) >= 0 ? 1 - c : c - 1
    }
}
