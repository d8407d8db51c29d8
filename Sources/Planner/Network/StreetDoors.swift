public import GeoGrid

/// 门口: points joined to the street network: on which edge each comes out, how far along it, and the way there.
public struct StreetDoors: Sendable {
    public let points: [PlanarPoint]
    /// Edge each point is joined to; -1 where it is joined to none.
    public let edges: [Int32]
    /// Centimetres from the edge's first node.
    public let along: [Int32]
    /// Centimetres from the point to the street.
    public let access: [Int32]
    /// StreetDoors by edge, in compressed rows.
    let edgeOffsets: [Int32]
    let edgeDoors: [Int32]

    public var count: Int { points.count }

    init(points: [PlanarPoint], edges: [Int32], along: [Int32], access: [Int32], edgeCount: Int) {
        self.points = points
        self.edges = edges
        self.along = along
        self.access = access
        var offsets = [Int32](repeating: 0, count: edgeCount + 1)
        for e in edges where e >= 0 { offsets[Int(e) + 1] += 1 }
        for e in 0..<edgeCount { offsets[e + 1] += offsets[e] }
        var next = offsets
        var doors = [Int32](repeating: 0, count: Int(offsets[edgeCount]))
        for (i, e) in edges.enumerated() where e >= 0 {
            doors[Int(next[Int(e)])] = Int32(i)
            next[Int(e)] += 1
        }
        edgeOffsets = offsets
        edgeDoors = doors
    }

    func doors(on edge: Int) -> ArraySlice<Int32> {
        edgeDoors[Int(edgeOffsets[edge])..<Int(edgeOffsets[edge + 1])]
    }
}
