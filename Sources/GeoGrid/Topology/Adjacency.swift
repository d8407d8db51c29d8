/// 邻接关系: which units touch, and along how much border; symmetric, in compressed rows.
///
/// The neighbours of unit `i` are `neighbours[offsets[i]..<offsets[i + 1]]`, ascending, and `borders` runs parallel.
public struct Adjacency: Sendable {
    public let offsets: [Int]
    public let neighbours: [Int]
    /// Shared border in metres; 0 where two units meet only in corners.
    public let borders: [Double]

    /// Precondition: rows as the type describes.
    public init(offsets: [Int], neighbours: [Int], borders: [Double]) {
        precondition(offsets.first == 0 && offsets.last == neighbours.count && neighbours.count == borders.count)
        self.offsets = offsets
        self.neighbours = neighbours
        self.borders = borders
    }

    /// Number of units.
    public var count: Int { offsets.count - 1 }

    /// Builds the rows from unordered pairs; pairs named more than once have their borders added. O(pairs log pairs).
    public init(count: Int, pairs: [(a: Int, b: Int, border: Double)]) {
        var ends = [Int](repeating: 0, count: count + 1)
        for pair in pairs where pair.a != pair.b {
            ends[pair.a + 1] += 1
            ends[pair.b + 1] += 1
        }
        for unit in 0..<count { ends[unit + 1] += ends[unit] }
        var rows = [(to: Int, border: Double)](repeating: (0, 0), count: ends[count])
        var next = ends
        func add(_ a: Int, _ b: Int, _ border: Double) {
            rows[next[a]] = (b, border)
            next[a] += 1
        }
        for pair in pairs where pair.a != pair.b {
            add(pair.a, pair.b, pair.border)
            add(pair.b, pair.a, pair.border)
        }
        var offsets = [0]
        var neighbours: [Int] = []
        var borders: [Double] = []
        offsets.reserveCapacity(count + 1)
        for unit in 0..<count {
            rows[ends[unit]..<ends[unit + 1]].sort { ($0.to, $0.border) < ($1.to, $1.border) }
            for row in rows[ends[unit]..<ends[unit + 1]] {
                if neighbours.count > offsets[unit], neighbours.last == row.to {
                    borders[borders.count - 1] += row.border
                } else {
                    neighbours.append(row.to)
                    borders.append(row.border)
                }
            }
            offsets.append(neighbours.count)
        }
        self.init(offsets: offsets, neighbours: neighbours, borders: borders)
    }

    /// The row of a unit, as positions in `neighbours` and `borders`.
    public func row(_ unit: Int) -> Range<Int> { offsets[unit]..<offsets[unit + 1] }
}
