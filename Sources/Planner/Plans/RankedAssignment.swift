/// 逐级指派: who takes which place, the best by the first measure, of those the best by the second, and so on.
///
/// The measures are never weighed against one another. Each is one least-cost assignment, proven optimal; the next may
/// only use pairs that cost nothing beyond the prices of this one, and any full assignment of such pairs is as good
/// (complementary slackness). O(measures · count²) and as many network simplexes.
struct RankedAssignment {
    /// Place of each row.
    private(set) var places: [Int]

    /// - Parameters:
    ///   - count: rows, and places; every row gets one.
    ///   - ranks: what a row in a place costs, not negative, the most important measure first.
    init(count: Int, ranks: [(_ row: Int, _ place: Int) -> Int]) {
        places = Array(0..<count)
        var pairs: [(row: Int32, place: Int32)] = []
        for row in 0..<count { for place in 0..<count { pairs.append((Int32(row), Int32(place))) } }
        for cost in ranks {
            let priced = pairs.map {
                (supplier: $0.row, target: $0.place, cost: Int32(clamping: cost(Int($0.row), Int($0.place))))
            }
            let ones = [Int](repeating: 1, count: count)
            let solved = Assignment(capacities: ones, amounts: ones, pairs: priced).solve()
            for share in solved.shares { places[share.supplier] = share.target }
            var least = [Int64](repeating: .max, count: count)
            func price(_ pair: (supplier: Int32, target: Int32, cost: Int32)) -> Int64 {
                Int64(pair.cost) + solved.prices[Int(pair.supplier)]
            }
            for pair in priced { least[Int(pair.target)] = min(least[Int(pair.target)], price(pair)) }
            pairs = priced.filter { price($0) == least[Int($0.target)] }.map { ($0.supplier, $0.target) }
        }
    }
}
