import GeoGrid

/// 等值线: closed lines around the mesh points whose value is negative; the inside is on the left.
///
/// Source: Lorensen, Cline, "Marching cubes" (1987), in two dimensions; at a saddle the inside corners stay apart.
struct IsoLines {
    private(set) var rings: [[PlanarPoint]] = []

    /// Values row by row; the outermost rows and columns count as outside.
    init(values: [Double], columns: Int, rows: Int) {
        func isInside(_ c: Int, _ r: Int) -> Bool {
            c > 0 && r > 0 && c < columns - 1 && r < rows - 1 && values[r * columns + c] < 0
        }
        func value(_ c: Int, _ r: Int) -> Double {
            let v = values[r * columns + c]
            return isInside(c, r) ? v : max(v, 1e-6)
        }
        // Mesh sides are numbered: horizontal ones from (c, r) to (c + 1, r) first, then vertical ones.
        let horizontal = columns * rows
        func place(_ side: Int) -> PlanarPoint {
            let isHorizontal = side < horizontal
            let k = isHorizontal ? side : side - horizontal
            let (c, r) = (k % columns, k / columns)
            let a = value(c, r)
            let b = isHorizontal ? value(c + 1, r) : value(c, r + 1)
            let share = a / (a - b)
            return isHorizontal
                ? PlanarPoint(x: Double(c) + share, y: Double(r)) : PlanarPoint(x: Double(c), y: Double(r) + share)
        }
        // Each side that the line meets is left towards exactly one other side.
        var next = [Int32](repeating: -1, count: 2 * columns * rows)
        for r in 0..<rows - 1 {
            for c in 0..<columns - 1 {
                let corners =
                    (isInside(c, r) ? 1 : 0) | (isInside(c + 1, r) ? 2 : 0) | (isInside(c + 1, r + 1) ? 4 : 0)
                    | (isInside(c, r + 1) ? 8 : 0)
                let bottom = Int32(r * columns + c)
                let top = Int32((r + 1) * columns + c)
                let left = Int32(horizontal + r * columns + c)
                for (from, to) in Self.lines(corners, bottom: bottom, right: left + 1, top: top, left: left) {
                    next[Int(from)] = to
                }
            }
        }
        for start in next.indices where next[start] >= 0 {
            var ring: [PlanarPoint] = []
            var side = start
            while next[side] >= 0 {
                ring.append(place(side))
                let following = Int(next[side])
                next[side] = -1
                side = following
            }
            ring.append(ring[0])
            if ring.count >= 4 { rings.append(ring) }
        }
    }

    /// The lines through a cell; bits of `corners`: lower left, lower right, upper right, upper left.
    private static func lines(
        _ corners: Int, bottom: Int32, right: Int32, top: Int32, left: Int32
    ) -> [(Int32, Int32)] {
        switch corners {
        case 1: [(bottom, left)]
        case 2: [(right, bottom)]
        case 3: [(right, left)]
        case 4: [(top, right)]
        case 5: [(bottom, left), (top, right)]
        case 6: [(top, bottom)]
        case 7: [(top, left)]
        case 8: [(left, top)]
        case 9: [(bottom, top)]
        case 10: [(right, bottom), (left, top)]
        case 11: [(right, top)]
        case 12: [(left, right)]
        case 13: [(bottom, right)]
        case 14: [(left, bottom)]
        default: []
        }
    }
}

/// 环的归属: puts holes into the shells around them.
enum RingNesting {
    /// Rings counter-clockwise are shells, clockwise ones holes. O(shells × holes) boxes, few point tests.
    static func polygons(of rings: [[PlanarPoint]]) -> [[[PlanarPoint]]] {
        let sized = rings.map { (ring: $0, area: signedArea($0)) }
        let shells = sized.filter { $0.area > 0 }
        var polygons = shells.map { [$0.ring] }
        let barriers = shells.map { AreaBarrier(areas: [[$0.ring]]) }
        for hole in sized where hole.area < 0 {
            var home = -1
            for (s, shell) in shells.enumerated()
            where shell.area > -hole.area && (home < 0 || shell.area < shells[home].area)
                && barriers[s].contains(hole.ring[0])
            {
                home = s
            }
            if home >= 0 { polygons[home].append(hole.ring) }
        }
        return polygons
    }

    private static func signedArea(_ ring: [PlanarPoint]) -> Double {
        var twice = 0.0
        for (a, b) in zip(ring, ring.dropFirst()) {
            twice += (a.x - ring[0].x) * (b.y - ring[0].y) - (b.x - ring[0].x) * (a.y - ring[0].y)
        }
        return twice / 2
    }
}
