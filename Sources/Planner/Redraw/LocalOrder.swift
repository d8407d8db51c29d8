import GeoGrid

/// An order of units in which runs of the order are compact patches of the town.
///
/// Found from adjacency alone: a region is ordered by its distance from a far unit and cut in half, again and again, so
/// that each half is cut across its longer side. The search sweeps over such runs, so that what it works on fits into
/// the processor's cache however large the town is.
struct LocalOrder {
    private let adjacency: Adjacency
    private var units: [Int]
    /// The region each unit lies in at present, and the last search that met it.
    private var region: [Int32]
    private var met: [Int32]
    private var searches: Int32 = 0
    private var regions: Int32 = 0

    /// Positions are new numbers, values old ones. O(edges log units).
    static func order(_ adjacency: Adjacency) -> [Int] {
        var order = LocalOrder(adjacency)
        order.divide(0..<adjacency.count)
        return order.units
    }

    private init(_ adjacency: Adjacency) {
        self.adjacency = adjacency
        units = Array(0..<adjacency.count)
        region = [Int32](repeating: 0, count: adjacency.count)
        met = region
    }

    private mutating func divide(_ range: Range<Int>) {
        guard range.count > 64 else { return }
        regions += 1
        for i in range { region[units[i]] = regions }
        search(range, regions)
        units[range].reverse()
        search(range, regions)
        let middle = range.lowerBound + range.count / 2
        divide(range.lowerBound..<middle)
        divide(middle..<range.upperBound)
    }

    /// Orders a range breadth first from its first unit; what does not hang together is searched piece by piece.
    private mutating func search(_ range: Range<Int>, _ number: Int32) {
        searches += 1
        var queue: [Int] = []
        queue.reserveCapacity(range.count)
        var head = 0
        for i in range where met[units[i]] != searches {
            met[units[i]] = searches
            queue.append(units[i])
            while head < queue.count {
                for e in adjacency.row(queue[head]) {
                    let other = adjacency.neighbours[e]
                    guard region[other] == number, met[other] != searches else { continue }
                    met[other] = searches
                    queue.append(other)
                }
                head += 1
            }
        }
        units.replaceSubrange(range, with: queue)
    }
}

extension Adjacency {
    /// The same adjacency with units renumbered: position in `order` is the new number.
    func renumbered(_ order: [Int]) -> Adjacency {
        var number = [Int](repeating: 0, count: count)
        for (new, old) in order.enumerated() { number[old] = new }
        var offsets = [0]
        var rows: [(to: Int, border: Double)] = []
        rows.reserveCapacity(neighbours.count)
        for old in order {
            let start = rows.count
            for e in row(old) { rows.append((number[neighbours[e]], borders[e])) }
            rows[start...].sort { $0.to < $1.to }
            offsets.append(rows.count)
        }
        return Adjacency(offsets: offsets, neighbours: rows.map(\.to), borders: rows.map(\.border))
    }
}
