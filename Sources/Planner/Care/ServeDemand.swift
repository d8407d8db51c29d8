public import GeoGrid

/// 供需分派（助餐、门诊）: who is served where, on foot, within the capacity of the points.
///
/// The optimum is exact and proven (`Assignment`): as many as capacity allows are served, at the least total walk. Beside
/// it stands what would happen if everybody went to the nearest point, so that overload shows.
public struct ServeDemand: Sendable {
    public struct Result: Sendable {
        /// Amounts given, by point and door.
        public var shares: [Assignment.Result.Share]
        /// Amount at each point if all went to the nearest.
        public var nearestLoad: [Int]
        /// Amount assigned to each point.
        public var load: [Int]
        /// Amount at each door that got no place.
        public var unserved: [Int]
        /// Amount that no point is in reach of.
        public var outOfReach: Int
        /// Centimetres walked, each person once.
        public var cost: Int64
        public var lowerBound: Int64
        /// Walk of each share, in centimetres.
        public var walks: [Int32]

        public var isProvenOptimal: Bool { cost == lowerBound }
    }

    /// `rows` hold the walks from each point to the doors in reach. O(pairs in reach) and a network simplex.
    public static func solve(capacities: [Int], amounts: [Int], rows: WalkRows) -> Result {
        var pairs: [(supplier: Int32, target: Int32, cost: Int32)] = []
        pairs.reserveCapacity(rows.targets.count)
        var nearest = [(way: Int32, point: Int)](repeating: (WalkModel.unreachable, -1), count: amounts.count)
        for p in capacities.indices {
            for k in rows.row(p) {
                let door = Int(rows.targets[k])
                pairs.append((Int32(p), rows.targets[k], rows.centimetres[k]))
                if rows.centimetres[k] < nearest[door].way { nearest[door] = (rows.centimetres[k], p) }
            }
        }
        let solved = Assignment(capacities: capacities, amounts: amounts, pairs: pairs).solve()
        var result = Result(
            shares: solved.shares, nearestLoad: [Int](repeating: 0, count: capacities.count),
            load: [Int](repeating: 0, count: capacities.count), unserved: solved.unserved, outOfReach: 0,
            cost: solved.cost, lowerBound: solved.lowerBound, walks: [])
        for door in amounts.indices {
            if nearest[door].point >= 0 {
                result.nearestLoad[nearest[door].point] += amounts[door]
            } else {
                result.outOfReach += amounts[door]
            }
        }
        for share in solved.shares {
            result.load[share.supplier] += share.amount
            let row = rows.row(share.supplier)
            let k = row.first { Int(rows.targets[$0]) == share.target }
            result.walks.append(k.map { rows.centimetres[$0] } ?? 0)
        }
        return result
    }
}

/// 送餐路线: closed rounds from one point over its doors, each within what one carrier takes.
///
/// Route first, cluster second: one round over all doors, cut at the least cost, then each piece put in order anew.
/// Source: Beasley, "Route first – cluster second methods for vehicle routing" (1983).
public struct DeliveryRounds: Sendable {
    public struct Round: Hashable, Sendable {
        /// Doors in their order.
        public var stops: [Int]
        public var amount: Int
        public var metres: Double
    }

    public let rounds: [Round]

    /// `base` is the only door of its list. A door that wants more than `carry` gets rounds of its own.
    public init(model: WalkModel, base: PlanarPoint, stops: [PlanarPoint], amounts: [Int], carry: Int) {
        let carry = max(1, carry)
        let doors = model.doors([base] + stops)
        let n = doors.count
        let d = model.table(of: doors)
        func cost(_ a: Int, _ b: Int) -> Int64 { Int64(d[a * n + b]) }
        // Doors that want too much are visited alone as often as it takes; what is left joins the round.
        var rounds: [Round] = []
        var rest = amounts
        for s in stops.indices {
            while rest[s] > carry {
                rounds.append(Round(stops: [s], amount: carry, metres: Double(2 * cost(0, s + 1)) / 100))
                rest[s] -= carry
            }
        }
        let wanted = stops.indices.filter { rest[$0] > 0 && d[$0 + 1] != WalkModel.unreachable }
        let tour = Self.round(over: wanted.map { $0 + 1 }, d, n).dropFirst().map { $0 }
        // Least cost of serving the first i stops of the tour.
        var best = [Int64](repeating: .max, count: tour.count + 1)
        var cut = [Int](repeating: 0, count: tour.count + 1)
        best[0] = 0
        for i in 0..<tour.count {
            var amount = 0
            var way = cost(0, tour[i])
            for j in i..<tour.count {
                if j > i { way += cost(tour[j - 1], tour[j]) }
                amount += rest[tour[j] - 1]
                if amount > carry { break }
                let total = best[i] + way + cost(tour[j], 0)
                if total < best[j + 1] {
                    best[j + 1] = total
                    cut[j + 1] = i
                }
            }
        }
        var end = tour.count
        var pieces: [[Int]] = []
        while end > 0 {
            pieces.append(Array(tour[cut[end]..<end]))
            end = cut[end]
        }
        for piece in pieces.reversed() {
            let order = Self.round(over: piece, d, n)
            var way: Int64 = 0
            for (a, b) in zip(order, order.dropFirst() + [0]) { way += cost(a, b) }
            rounds.append(
                Round(
                    stops: order.dropFirst().map { $0 - 1 }, amount: piece.reduce(0) { $0 + rest[$1 - 1] },
                    metres: Double(way) / 100))
        }
        self.rounds = rounds
    }

    /// The base and some stops in a good order, the base first.
    private static func round(over stops: [Int], _ d: [Int32], _ n: Int) -> [Int] {
        let all = [0] + stops
        let table = all.flatMap { a in all.map { d[a * n + $0] } }
        return DoorRound(distances: table, count: all.count, isClosed: true, effort: 20).order.map { all[$0] }
    }
}
