import GeoGrid

/// 走访路线: an order of stops with little walking in all.
///
/// Up to `exactLimit` stops the order is the best there is (Held, Karp 1962). Beyond, nearest neighbours, then 2-opt and
/// or-opt with neighbour lists and don't-look bits, then small random double bridges that are kept when they help
/// (Bentley 1992; Martin, Otto, Felten 1991).
public struct DoorRound: Sendable {
    /// Stops from the first to the last. A closed round starts at the first stop given and returns to it.
    public let order: [Int]
    /// Length in the unit of the distances, the way back included where the round is closed.
    public let length: Int64
    /// Metres walked where the round was made of places on the streets, else 0.
    private(set) var metres = 0.0

    static let exactLimit = 9

    /// - Parameters:
    ///   - distances: count × count, symmetric, row by row; `WalkModel.unreachable` is allowed and avoided.
    ///   - isClosed: whether the round starts and ends at stop 0; else it starts and ends where it likes.
    ///   - effort: double bridges tried for each stop.
    public init(distances: [Int32], count: Int, isClosed: Bool, effort: Int = 60, seed: UInt64 = 1) {
        precondition(distances.count == count * count)
        guard count > 2 else {
            order = Array(0..<count)
            length = count < 2 ? 0 : Int64(distances[1]) * (isClosed ? 2 : 1)
            return
        }
        // An open round is a closed one with a stop that is near to all.
        let n = isClosed ? count : count + 1
        var table = [Int32](repeating: 0, count: n * n)
        for i in 0..<count {
            for j in 0..<count where i != j { table[i * n + j] = distances[i * count + j] }
        }
        var tour: [Int32]
        if n <= Self.exactLimit {
            tour = Self.exact(table, n)
        } else {
            var search = RoundSearch(table: table, count: n)
            var random = SeededGenerator(seed: seed)
            search.descend()
            search.perturb(times: effort * n, random: &random)
            tour = search.tour
        }
        let first = tour.firstIndex(of: isClosed ? 0 : Int32(count))!
        tour = Array(tour[first...] + tour[..<first])
        if !isClosed { tour.removeFirst() }
        // One of the two directions, always the same.
        let turned = isClosed ? [tour[0]] + tour.dropFirst().reversed() : tour.reversed()
        let chosen = turned[isClosed ? 1 : 0] < tour[isClosed ? 1 : 0] ? turned : tour
        order = chosen.map(Int.init)
        var length: Int64 = 0
        for (a, b) in zip(order, order.dropFirst()) { length += Int64(table[a * n + b]) }
        if isClosed { length += Int64(table[order[order.count - 1] * n + order[0]]) }
        self.length = length
    }

    /// The shortest closed tour by dynamic programming over subsets. O(2ⁿ · n²).
    private static func exact(_ table: [Int32], _ n: Int) -> [Int32] {
        let m = n - 1
        let far = Int64.max / 4
        var cost = [Int64](repeating: far, count: (1 << m) * m)
        var last = [Int8](repeating: -1, count: (1 << m) * m)
        for j in 0..<m { cost[(1 << j) * m + j] = Int64(table[j + 1]) }
        for set in 1..<1 << m {
            for j in 0..<m where set & (1 << j) != 0 && cost[set * m + j] < far {
                for k in 0..<m where set & (1 << k) == 0 {
                    let next = (set | 1 << k) * m + k
                    let c = cost[set * m + j] + Int64(table[(j + 1) * n + k + 1])
                    if c < cost[next] {
                        cost[next] = c
                        last[next] = Int8(j)
                    }
                }
            }
        }
        var set = (1 << m) - 1
        var j = (0..<m).min {
            (cost[set * m + $0] + Int64(table[($0 + 1) * n]), $0) < (
                cost[set * m + $1] + Int64(table[($1 + 1) * n]), $1
            )
        }!
        var tour: [Int32] = []
        while j >= 0 {
            tour.append(Int32(j + 1))
            let before = Int(last[set * m + j])
            set &= ~(1 << j)
            j = before
        }
        return [0] + tour.reversed()
    }
}

extension DoorRound {
    /// An open round over places on the streets; those that no street reaches come where they lie least in the way.
    init(model: WalkModel, places: [PlanarPoint], effort: Int = 20) {
        let table = model.table(of: model.doors(places))
        self.init(distances: table, count: places.count, isClosed: false, effort: effort)
        metres = Self.metres(order, table)
    }

    /// Metres of an open round, ways that there are not left out.
    private static func metres(_ order: [Int], _ table: [Int32]) -> Double {
        zip(order, order.dropFirst()).reduce(0) { sum, step in
            let way = table[step.0 * order.count + step.1]
            return way == WalkModel.unreachable ? sum : sum + Double(way) / 100
        }
    }
}
