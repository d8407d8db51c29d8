/// 负荷离散程度: how unevenly loads lie, in the unit of the loads.
public struct LoadSpread: Hashable, Sendable {
    public var count: Int
    public var sum: Int
    public var smallest: Int
    public var largest: Int
    public var mean: Double
    public var standardDeviation: Double
    /// Largest deviation from the mean, as a share of the mean.
    public var worstDeviation: Double
    /// 基尼系数: 0 where all carry the same, towards 1 where one carries all.
    public var gini: Double

    /// Loads must not be negative. O(n log n).
    ///
    /// Gini by the sorted form: Σ (2i − n − 1) xᵢ / (n Σ x), i from 1 in ascending order.
    public init(_ loads: [Int]) {
        let sorted = loads.sorted()
        count = sorted.count
        sum = sorted.reduce(0, +)
        smallest = sorted.first ?? 0
        largest = sorted.last ?? 0
        guard count > 0, sum > 0 else {
            (mean, standardDeviation, worstDeviation, gini) = (0, 0, 0, 0)
            return
        }
        let mean = Double(sum) / Double(count)
        self.mean = mean
        standardDeviation = (sorted.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(count))
            .squareRoot()
        worstDeviation = max(Double(largest) - mean, mean - Double(smallest)) / mean
        var weighted = 0.0
        for (i, load) in sorted.enumerated() { weighted += Double(2 * (i + 1) - sorted.count - 1) * Double(load) }
        gini = weighted / (Double(count) * Double(sum))
    }
}
