/// 面图: the faces that noded edges cut the plane into, each with its depth: how many units cover it.
///
/// Every edge bears a weight, the units whose inside is to its left less those whose inside is to its right, so that
/// stepping over it from right to left changes the depth by the weight. Edges of weight 0 need not be given: a net
/// without faults has only its outer border here. Outside everything the depth is 0.
struct FaceGraph {
    /// An edge from `start` to `end`; no two join the same vertices.
    struct Edge {
        var start: Int32
        var end: Int32
        var weight: Int32
    }

    /// A bounded face: its outer cycle and those of the components that lie in it.
    struct Face {
        var depth: Int
        var area: Double
        /// First half-edge of each cycle, the outer one first.
        var cycles: [Int]
    }

    private let x: [Double]
    private let y: [Double]
    let edges: [Edge]
    /// In order of their first half-edges.
    private(set) var faces: [Face] = []
    /// Edges on whose sides the depths do not agree with the weight: 0 unless the noding failed.
    private(set) var contradictions = 0
    /// Half-edge after each on the border of the face to its left. Half-edge 2e runs along edge e, 2e + 1 against it.
    private var next: [Int32] = []
    private var cycleOf: [Int32] = []
    private var faceOfCycle: [Int] = []

    static let unbounded = -1

    /// O(edges log edges).
    init(x: [Double], y: [Double], edges: [Edge]) {
        self.x = x
        self.y = y
        self.edges = edges
        link()
        trace()
    }

    func origin(_ half: Int) -> Int { Int(half & 1 == 0 ? edges[half >> 1].start : edges[half >> 1].end) }

    /// The face to the left of a half-edge; `unbounded` for the outside.
    func face(leftOf half: Int) -> Int { faceOfCycle[Int(cycleOf[half])] }

    func depth(leftOf half: Int) -> Int {
        let face = face(leftOf: half)
        return face == FaceGraph.unbounded ? 0 : faces[face].depth
    }

    /// The half-edge after this one on the border of the face to its left.
    func following(_ half: Int) -> Int { Int(next[half]) }

    func point(_ vertex: Int) -> PlanarPoint { PlanarPoint(x: x[vertex], y: y[vertex]) }

    func point(_ vertex: Int, _ offset: PlanarPoint) -> PlanarPoint {
        PlanarPoint(x: x[vertex] + offset.x, y: y[vertex] + offset.y)
    }

    /// The half-edges of a cycle, beginning with `first`.
    func halfEdges(from first: Int) -> [Int] {
        var halves: [Int] = []
        var half = first
        repeat {
            halves.append(half)
            half = Int(next[half])
        } while half != first
        return halves
    }

    func halfEdges(ofFace face: Int) -> [Int] { faces[face].cycles.flatMap { halfEdges(from: $0) } }

    @inline(__always)
    func forEachHalfEdge(ofFace face: Int, _ body: (Int) -> Void) {
        for first in faces[face].cycles {
            var half = first
            repeat {
                body(half)
                half = Int(next[half])
            } while half != first
        }
    }

    /// The rings of a face, closed, the outer one first.
    func rings(ofFace face: Int, origin offset: PlanarPoint) -> [[PlanarPoint]] {
        faces[face].cycles.map { first in
            var ring = [point(origin(first), offset)]
            var half = first
            repeat {
                half = Int(next[half])
                ring.append(point(origin(half), offset))
            } while half != first
            return ring
        }
    }

    func perimeter(ofFace face: Int) -> Double {
        var sum = 0.0
        forEachHalfEdge(ofFace: face) { sum += length($0 >> 1) }
        return sum
    }

    func length(_ edge: Int) -> Double {
        let dx = x[Int(edges[edge].end)] - x[Int(edges[edge].start)]
        let dy = y[Int(edges[edge].end)] - y[Int(edges[edge].start)]
        return (dx * dx + dy * dy).squareRoot()
    }

    // MARK: - Building

    /// Sorts the half-edges around every vertex and links each to the next of its face.
    private mutating func link() {
        let count = 2 * edges.count
        var offsets = [Int32](repeating: 0, count: x.count + 1)
        for half in 0..<count { offsets[origin(half) + 1] += 1 }
        for v in 0..<x.count { offsets[v + 1] += offsets[v] }
        var around = [Int32](repeating: 0, count: count)
        var position = offsets
        for half in 0..<count {
            let v = origin(half)
            around[Int(position[v])] = Int32(half)
            position[v] += 1
        }
        var next = [Int32](repeating: 0, count: count)
        for v in 0..<x.count {
            let first = Int(offsets[v])
            let after = Int(offsets[v + 1])
            // Two are in order any way round.
            if after - first > 2 { around[first..<after].sort { isBefore(Int($0), Int($1), around: v) } }
            for k in first..<after {
                // Arriving against around[k], the next edge of the face to the left is the one clockwise from it.
                next[Int(around[k]) ^ 1] = around[k == first ? after - 1 : k - 1]
            }
        }
        self.next = next
    }

    /// Counter-clockwise from the direction of negative y, exactly.
    private func isBefore(_ a: Int, _ b: Int, around v: Int) -> Bool {
        if a == b { return false }
        let p = origin(a ^ 1)
        let q = origin(b ^ 1)
        let halfA = isRight(p, of: v)
        let halfB = isRight(q, of: v)
        if halfA != halfB { return halfA }
        let turn = Orientation.sign(x[v], y[v], x[p], y[p], x[q], y[q])
        return turn != 0 ? turn > 0 : a < b
    }

    private func isRight(_ p: Int, of v: Int) -> Bool { x[p] > x[v] || (x[p] == x[v] && y[p] < y[v]) }

    private struct Component {
        /// The lowest of its leftmost vertices.
        var corner: Int
        /// The cycle around its outside.
        var outerCycle = -1
        var cycles: [Int] = []
    }

    private mutating func trace() {
        let count = 2 * edges.count
        cycleOf = [Int32](repeating: -1, count: count)
        var firstHalf: [Int] = []
        var areas: [Double] = []
        for half in 0..<count where cycleOf[half] < 0 {
            let cycle = Int32(firstHalf.count)
            var twice = 0.0
            let x0 = x[origin(half)]
            let y0 = y[origin(half)]
            var h = half
            repeat {
                cycleOf[h] = cycle
                let a = origin(h)
                let b = origin(h ^ 1)
                twice += (x[a] - x0) * (y[b] - y0) - (x[b] - x0) * (y[a] - y0)
                h = Int(next[h])
            } while h != half
            firstHalf.append(half)
            areas.append(twice / 2)
        }
        var components = components(firstHalf)
        for c in components.indices {
            // The outer cycle goes clockwise around its component: it has the least area.
            components[c].outerCycle = components[c].cycles.min { (areas[$0], $0) < (areas[$1], $1) } ?? -1
        }
        components.sort { (x[$0.corner], y[$0.corner], $0.corner) < (x[$1.corner], y[$1.corner], $1.corner) }
        placeFaces(components, firstHalf, areas)
    }

    private func components(_ firstHalf: [Int]) -> [Component] {
        var parent = [Int32](repeating: -1, count: x.count)
        func root(_ v: Int32) -> Int32 {
            var v = v
            while parent[Int(v)] >= 0 { v = parent[Int(v)] }
            return v
        }
        var rank = [Int32](repeating: 1, count: x.count)
        for edge in edges {
            let a = root(edge.start)
            let b = root(edge.end)
            guard a != b else { continue }
            let (large, small) = rank[Int(a)] >= rank[Int(b)] ? (a, b) : (b, a)
            parent[Int(small)] = large
            rank[Int(large)] += rank[Int(small)]
        }
        var indexOfRoot = [Int32](repeating: -1, count: x.count)
        var components: [Component] = []
        for (cycle, half) in firstHalf.enumerated() {
            let r = Int(root(Int32(origin(half))))
            if indexOfRoot[r] < 0 {
                indexOfRoot[r] = Int32(components.count)
                components.append(Component(corner: origin(half)))
            }
            components[Int(indexOfRoot[r])].cycles.append(cycle)
        }
        for edge in edges {
            for v in [Int(edge.start), Int(edge.end)] {
                let c = Int(indexOfRoot[Int(root(Int32(v)))])
                let corner = components[c].corner
                if (x[v], y[v]) < (x[corner], y[corner]) { components[c].corner = v }
            }
        }
        return components
    }

    /// Finds the face every component lies in, from left to right, and gives all faces their depths.
    private mutating func placeFaces(_ components: [Component], _ firstHalf: [Int], _ areas: [Double]) {
        var componentOfCycle = [Int](repeating: 0, count: firstHalf.count)
        for (c, component) in components.enumerated() { for cycle in component.cycles { componentOfCycle[cycle] = c } }
        let strips = Strips(self)
        faceOfCycle = [Int](repeating: FaceGraph.unbounded, count: firstHalf.count)
        var isKnown = [Bool](repeating: false, count: firstHalf.count)
        var depths = [Int](repeating: 0, count: firstHalf.count)
        for (c, component) in components.enumerated() {
            let around = strips.halfEdge(leftOf: component.corner) { componentOfCycle[Int(cycleOf[$0])] == c }
            let container = around.map { faceOfCycle[Int(cycleOf[$0])] } ?? FaceGraph.unbounded
            faceOfCycle[component.outerCycle] = container
            depths[component.outerCycle] = container == FaceGraph.unbounded ? 0 : faces[container].depth
            isKnown[component.outerCycle] = true
            if container != FaceGraph.unbounded {
                faces[container].cycles.append(firstHalf[component.outerCycle])
                faces[container].area += areas[component.outerCycle]
            }
            var queue = [component.outerCycle]
            while let cycle = queue.popLast() {
                for half in halfEdges(from: firstHalf[cycle]) {
                    let other = Int(cycleOf[half ^ 1])
                    let weight = Int(edges[half >> 1].weight) * (half & 1 == 0 ? 1 : -1)
                    let depth = depths[cycle] - weight
                    guard !isKnown[other] else {
                        if depths[other] != depth { contradictions += 1 }
                        continue
                    }
                    isKnown[other] = true
                    depths[other] = depth
                    queue.append(other)
                }
            }
            for cycle in component.cycles where cycle != component.outerCycle {
                faceOfCycle[cycle] = faces.count
                faces.append(Face(depth: depths[cycle], area: areas[cycle], cycles: [firstHalf[cycle]]))
            }
        }
    }

    /// Edges by horizontal strips, to find the first one to the left of a vertex.
    private struct Strips {
        private let graph: FaceGraph
        private let minY, inverse: Double
        private var offsets: [Int32]
        private var items: [Int32]

        init(_ graph: FaceGraph) {
            self.graph = graph
            var low = Double.infinity
            var high = -Double.infinity
            var rise = 0.0
            for edge in graph.edges {
                let a = graph.y[Int(edge.start)]
                let b = graph.y[Int(edge.end)]
                low = min(low, a, b)
                high = max(high, a, b)
                rise += abs(a - b)
            }
            // An edge passes some four strips on average.
            let wanted = rise > 0 ? 4 * (high - low) / rise * Double(graph.edges.count) : 1
            let count = max(1, Int(min(wanted, Double(graph.edges.count), 0x1p20)))
            minY = low
            inverse = high > low ? Double(count) / (high - low) : 0
            offsets = [Int32](repeating: 0, count: count + 1)
            items = []
            for edge in graph.edges { for s in strips(edge, count) { offsets[s + 1] += 1 } }
            for s in 0..<count { offsets[s + 1] += offsets[s] }
            items = [Int32](repeating: 0, count: Int(offsets[count]))
            var position = offsets
            for (i, edge) in graph.edges.enumerated() {
                for s in strips(edge, count) {
                    items[Int(position[s])] = Int32(i)
                    position[s] += 1
                }
            }
        }

        private func strip(_ y: Double, _ count: Int) -> Int { min(max(Int((y - minY) * inverse), 0), count - 1) }

        private func strips(_ edge: FaceGraph.Edge, _ count: Int) -> ClosedRange<Int> {
            let a = strip(graph.y[Int(edge.start)], count)
            let b = strip(graph.y[Int(edge.end)], count)
            return min(a, b)...max(a, b)
        }

        /// The half-edge whose left side a ray to the left from just above `vertex` meets first.
        func halfEdge(leftOf vertex: Int, excluding isOwn: (Int) -> Bool) -> Int? {
            let px = graph.x[vertex]
            let py = graph.y[vertex]
            let strip = strip(py, offsets.count - 1)
            var best: (half: Int, x: Double, slope: Double)?
            for k in Int(offsets[strip])..<Int(offsets[strip + 1]) {
                let e = Int(items[k])
                let a = Int(graph.edges[e].start)
                let b = Int(graph.edges[e].end)
                let ay = graph.y[a]
                let by = graph.y[b]
                guard (ay > py) != (by > py), !isOwn(2 * e) else { continue }
                let slope = (graph.x[b] - graph.x[a]) / (by - ay)
                let crossing = graph.x[a] + (py - ay) * slope
                guard crossing < px else { continue }
                if let best, (best.x, best.slope) >= (crossing, slope) { continue }
                // The point is right of the edge: left of the half-edge that runs downwards.
                best = (ay > by ? 2 * e : 2 * e + 1, crossing, slope)
            }
            return best?.half
        }
    }
}
