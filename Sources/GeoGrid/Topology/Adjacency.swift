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
        var directed: [(from: Int, to: Int, border: Double)] = []
        directed.reserveCapacity(2 * pairs.count)
        for pair in pairs where pair.a != pair.b {
            directed.append((pair.a, pair.b, pair.border))
            directed.append((pair.b, pair.a, pair.border))
        }
        directed.sort { ($0.from, $0.to, $0.border) < ($1.from, $1.to, $1.border) }
        var offsets = [0]
        var neighbours: [Int] = []
        var borders: [Double] = []
        offsets.reserveCapacity(count + 1)
        var next = 0
        for unit in 0..<count {
            while next < directed.count, directed[next].from == unit {
                if neighbours.count > offsets[unit], neighbours.last == directed[next].to {
                    borders[borders.count - 1] += directed[next].border
                } else {
                    neighbours.append(directed[next].to)
                    borders.append(directed[next].border)
                }
                next += 1
            }
            offsets.append(neighbours.count)
        }
        self.init(offsets: offsets, neighbours: neighbours, borders: borders)
    }

    /// The row of a unit, as positions in `neighbours` and `borders`.
    public func row(_ unit: Int) -> Range<Int> { offsets[unit]..<offsets[unit + 1] }
}
