import GeoGrid

/// Draws pieces that follow one another without a crossing into edges. O(pieces).
struct StreetChains {
    private(set) var nodes: [PlanarPoint] = []
    private(set) var from: [Int32] = []
    private(set) var to: [Int32] = []
    private(set) var kinds: [UInt8] = []
    private(set) var shapeOffsets: [Int32] = [0]
    private(set) var shape: [PlanarPoint] = []
    private(set) var roads: [Int32] = []
    /// Point each node was made of.
    private(set) var origins: [Int32] = []

    /// `kept` marks points that become nodes even without a crossing; empty for none.
    init(points: [PlanarPoint], pieces: [StreetPlanarizer.Piece], kept: [Bool]) {
        var offsets = [Int32](repeating: 0, count: points.count + 1)
        for p in pieces {
            offsets[Int(p.from) + 1] += 1
            offsets[Int(p.to) + 1] += 1
        }
        for i in points.indices { offsets[i + 1] += offsets[i] }
        var next = offsets
        var incident = [Int32](repeating: 0, count: 2 * pieces.count)
        for (i, p) in pieces.enumerated() {
            for end in [p.from, p.to] {
                incident[Int(next[Int(end)])] = Int32(i)
                next[Int(end)] += 1
            }
        }
        func meeting(at point: Int32) -> ArraySlice<Int32> {
            incident[Int(offsets[Int(point)])..<Int(offsets[Int(point) + 1])]
        }
        /// A point on the way, with one piece in and one of the same kind out.
        func isPassed(_ point: Int32) -> Bool {
            if !kept.isEmpty, kept[Int(point)] { return false }
            let at = meeting(at: point)
            guard at.count == 2, let a = at.first, let b = at.last else { return false }
            return a != b && pieces[Int(a)].kind == pieces[Int(b)].kind
        }

        var node = [Int32](repeating: -1, count: points.count)
        for i in points.indices where offsets[i + 1] > offsets[i] && !isPassed(Int32(i)) {
            node[i] = Int32(nodes.count)
            nodes.append(points[i])
            origins.append(Int32(i))
        }
        var used = [Bool](repeating: false, count: pieces.count)
        func follow(_ first: Int32, from start: Int32) {
            var piece = first
            var point = start
            from.append(node[Int(start)])
            kinds.append(pieces[Int(first)].kind)
            shape.append(points[Int(start)])
            while true {
                used[Int(piece)] = true
                let p = pieces[Int(piece)]
                point = p.from == point ? p.to : p.from
                roads.append(p.road)
                shape.append(points[Int(point)])
                if node[Int(point)] >= 0 { break }
                let at = meeting(at: point)
                piece = at.first == piece ? at.last! : at.first!
            }
            roads.append(-1)
            to.append(node[Int(point)])
            shapeOffsets.append(Int32(shape.count))
        }
        for start in points.indices where node[start] >= 0 {
            for piece in meeting(at: Int32(start)) where !used[Int(piece)] { follow(piece, from: Int32(start)) }
        }
        // Rings without any crossing: any of their points serves as the node.
        for (i, p) in pieces.enumerated() where !used[i] {
            node[Int(p.from)] = Int32(nodes.count)
            nodes.append(points[Int(p.from)])
            origins.append(p.from)
            follow(Int32(i), from: p.from)
        }
    }
}
