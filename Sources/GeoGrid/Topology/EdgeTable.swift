/// 边表: every distinct edge of a polygon layer once, with the units to both of its sides.
///
/// The ground of adjacency, audit and dissolve. Two units that share a border share its edges, one on each side, so
/// that only the edges on one side of which units are missing or too many need a closer look.
/// Coordinates are kept relative to `origin`, which leaves more digits for intersections.
struct EdgeTable {
    /// A unit beside an edge in addition to the first on either side.
    struct Extra {
        var edge: Int32
        var unit: Int32
        var isLeft: Bool
    }

    let unitCount: Int
    let origin: PlanarPoint
    /// Vertices: distinct coordinates of the layer.
    private(set) var x: [Double] = []
    private(set) var y: [Double] = []
    /// Vertex of each coordinate of the layer; -1 for coordinates left out.
    private(set) var vertexOfCoordinate: [Int32]
    /// Ends of each edge; the lower vertex number is the start.
    private(set) var start: [Int32] = []
    private(set) var end: [Int32] = []
    /// The first unit whose inside is left, or right, of start→end; -1 where there is none.
    private(set) var left: [Int32] = []
    private(set) var right: [Int32] = []
    /// Units whose inside is left of the edge less those whose inside is right of it: 0 inside a net.
    private(set) var balance: [Int16] = []
    /// Further units, in order of edges.
    private(set) var extras: [Extra] = []

    var edgeCount: Int { start.count }

    /// Reads the rings of all polygon features but those `excluded`. O(coordinates) where few edges meet in a vertex.
    ///
    /// Ring orientation is taken from the sign of the area: any order of coordinates gives the same table.
    init(_ areas: Geometries, excluded: (Int) -> Bool = { _ in false }) {
        unitCount = areas.count
        vertexOfCoordinate = [Int32](repeating: -1, count: areas.xy.count / 2)
        origin = EdgeTable.origin(areas)
        number(areas, excluded)
        connect(areas)
    }

    /// A table without edges, over vertices of another.
    init(x: [Double], y: [Double], origin: PlanarPoint, unitCount: Int) {
        self.x = x
        self.y = y
        self.origin = origin
        self.unitCount = unitCount
        vertexOfCoordinate = []
    }

    /// Adds an edge that is not yet there; `units` names the units beside it, seen from `a` to `b`.
    mutating func append(from a: Int32, to b: Int32, units: ((_ unit: Int, _ isLeft: Bool) -> Void) -> Void) {
        let edge = Int32(start.count)
        start.append(min(a, b))
        end.append(max(a, b))
        left.append(-1)
        right.append(-1)
        balance.append(0)
        units { unit, isLeft in add(Int32(unit), toEdge: Int(edge), isLeft: isLeft == (a < b)) }
    }

    /// The middle of the layer where moving there rounds no coordinate, else (0, 0).
    private static func origin(_ areas: Geometries) -> PlanarPoint {
        let zero = PlanarPoint(x: 0, y: 0)
        let box = areas.box
        guard !box.isEmpty, box.center.x.isFinite, box.center.y.isFinite else { return zero }
        let middle = PlanarPoint(x: box.center.x.rounded(.down), y: box.center.y.rounded(.down))
        func isExact(_ a: Double, _ b: Double) -> Bool {
            let difference = a - b
            let virtual = a - difference
            return (a - (difference + virtual)) + (virtual - b) == 0
        }
        for i in 0..<areas.xy.count / 2
        where !isExact(areas.xy[2 * i], middle.x) || !isExact(areas.xy[2 * i + 1], middle.y) {
            return zero
        }
        return middle
    }

    /// Gives equal coordinates the same vertex.
    private mutating func number(_ areas: Geometries, _ excluded: (Int) -> Bool) {
        let total = areas.xy.count / 2
        var table = OpenTable(capacity: total)
        x.reserveCapacity(total / 2 + 8)
        y.reserveCapacity(total / 2 + 8)
        let originX = origin.x
        let originY = origin.y
        var xs: [Double] = []
        var ys: [Double] = []
        xs.reserveCapacity(total / 2 + 8)
        ys.reserveCapacity(total / 2 + 8)
        areas.xy.withUnsafeBufferPointer { xy in
            vertexOfCoordinate.withUnsafeMutableBufferPointer { vertex in
                for feature in 0..<areas.count where areas.isArea(feature) && !excluded(feature) {
                    var last = -1
                    for i in areas.coordinates(ofFeature: feature) {
                        // Adding zero makes -0 and 0 the same key.
                        let px = xy[2 * i] + 0
                        let py = xy[2 * i + 1] + 0
                        let localX = px - originX
                        let localY = py - originY
                        // A neighbour runs along a common border backwards, from one number to the one before.
                        if last > 0, xs[last - 1] == localX, ys[last - 1] == localY {
                            last -= 1
                        } else {
                            var hash = px.bitPattern &* 0x9E37_79B9_7F4A_7C15
                            hash = (hash ^ (hash >> 32) ^ py.bitPattern) &* 0xBF58_476D_1CE4_E5B9
                            last = Int(
                                table.find(hash, orInsert: Int32(truncatingIfNeeded: xs.count)) {
                                    xs[Int($0)] == localX && ys[Int($0)] == localY
                                })
                            if last == xs.count {
                                xs.append(localX)
                                ys.append(localY)
                            }
                        }
                        vertex[i] = Int32(truncatingIfNeeded: last)
                    }
                }
            }
        }
        x = xs
        y = ys
    }

    /// The edges that end in each vertex, one after another: some three, and near each other in memory.
    private struct Chains {
        /// First edge that ends in a vertex, -1 for none.
        var heads: [Int32]
        /// The next after each edge.
        var next: [Int32] = []
    }

    private mutating func connect(_ areas: Geometries) {
        let total = areas.xy.count / 2
        var chains = Chains(heads: [Int32](repeating: -1, count: x.count))
        for list in [\EdgeTable.start, \.end, \.left, \.right] { self[keyPath: list].reserveCapacity(total / 2 + 8) }
        balance.reserveCapacity(total / 2 + 8)
        chains.next.reserveCapacity(total / 2 + 8)
        for feature in 0..<areas.count where areas.isArea(feature) {
            for part in areas.parts(ofFeature: feature) {
                let rings = areas.paths(ofPart: part)
                for ring in rings {
                    let run = areas.coordinates(ofPath: ring)
                    guard run.count > 1, vertexOfCoordinate[run.lowerBound] >= 0 else { continue }
                    // Inside is left of a shell run counter-clockwise and of a hole run clockwise.
                    let insideLeft = (areas.signedArea(ofRing: ring) > 0) == (ring == rings.lowerBound)
                    for i in run.lowerBound..<run.upperBound - 1 {
                        let a = vertexOfCoordinate[i]
                        let b = vertexOfCoordinate[i + 1]
                        guard a != b else { continue }
                        add(min(a, b), max(a, b), unit: Int32(feature), isLeft: insideLeft == (a < b), &chains)
                    }
                }
            }
        }
        extras.sort { $0.edge < $1.edge }
    }

    @inline(__always)
    private mutating func add(_ a: Int32, _ b: Int32, unit: Int32, isLeft: Bool, _ chains: inout Chains) {
        var edge = Int(chains.heads[Int(b)])
        while edge >= 0, start[edge] != a { edge = Int(chains.next[edge]) }
        if edge < 0 {
            chains.next.append(chains.heads[Int(b)])
            chains.heads[Int(b)] = Int32(truncatingIfNeeded: start.count)
            start.append(a)
            end.append(b)
            left.append(isLeft ? unit : -1)
            right.append(isLeft ? -1 : unit)
            balance.append(isLeft ? 1 : -1)
        } else {
            add(unit, toEdge: edge, isLeft: isLeft)
        }
    }

    private mutating func add(_ unit: Int32, toEdge edge: Int, isLeft: Bool) {
        balance[edge] += isLeft ? 1 : -1
        if isLeft, left[edge] < 0 {
            left[edge] = unit
        } else if !isLeft, right[edge] < 0 {
            right[edge] = unit
        } else {
            extras.append(Extra(edge: Int32(edge), unit: unit, isLeft: isLeft))
        }
    }

    /// The further units beside an edge. O(log extras).
    func extras(of edge: Int) -> ArraySlice<Extra> {
        guard !extras.isEmpty else { return [] }
        var low = 0
        var high = extras.count
        while low < high {
            let middle = (low + high) / 2
            if extras[middle].edge < edge { low = middle + 1 } else { high = middle }
        }
        return extras[low...].prefix { $0.edge == edge }
    }

    /// Calls `body` for every unit beside an edge.
    func forEachUnit(besideEdge edge: Int, _ body: (_ unit: Int, _ isLeft: Bool) -> Void) {
        if left[edge] >= 0 { body(Int(left[edge]), true) }
        if right[edge] >= 0 { body(Int(right[edge]), false) }
        for extra in extras(of: edge) { body(Int(extra.unit), extra.isLeft) }
    }

    func length(ofEdge edge: Int) -> Double {
        let dx = x[Int(end[edge])] - x[Int(start[edge])]
        let dy = y[Int(end[edge])] - y[Int(start[edge])]
        return (dx * dx + dy * dy).squareRoot()
    }

    /// All edges in cells. O(edges) for edges of like length.
    func grid() -> SegmentGrid {
        SegmentGrid(count: edgeCount, margin: 0) { e in
            let a = Int(start[e])
            let b = Int(end[e])
            return (x[a], y[a], x[b], y[b])
        }
    }

    /// The edges that do not have as many units left as right: the outer border, and every fault.
    func unbalancedEdges() -> [Int] { (0..<edgeCount).filter { balance[$0] != 0 } }
}

extension Geometries {
    func isArea(_ feature: Int) -> Bool { kinds[feature] == .polygon || kinds[feature] == .multiPolygon }
}

/// A hash table of numbers that their owner knows how to compare; open addressing, no removal.
struct OpenTable {
    private var slots: [Int32]
    private let shift: UInt64

    /// For at most `capacity` numbers.
    init(capacity: Int) {
        var bits: UInt64 = 4
        while 1 << bits < 2 * capacity { bits += 1 }
        slots = [Int32](repeating: -1, count: 1 << bits)
        shift = 64 - bits
    }

    /// The number stored under a hash for which `matches` holds; stores and returns `new` where there is none.
    @inline(__always)
    mutating func find(_ hash: UInt64, orInsert new: Int32, _ matches: (Int32) -> Bool) -> Int32 {
        let mask = slots.count - 1
        return slots.withUnsafeMutableBufferPointer { slots in
            var slot = Int((hash &* 0x9E37_79B9_7F4A_7C15) >> shift)
            while true {
                let found = slots[slot]
                if found < 0 {
                    slots[slot] = new
                    return new
                }
                if matches(found) { return found }
                slot = (slot + 1) & mask
            }
        }
    }
}
