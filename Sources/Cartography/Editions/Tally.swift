/// 计数: a number of people or households as an edition may show it.
public enum Tally: Hashable, Sendable {
    case exact(Int)
    /// Fewer than so many, but some: the number would point at persons.
    case fewer(than: Int)
    /// Left out because it would give a hidden number away.
    case hidden

    public var text: String {
        switch self {
        case .exact(let count): String(count)
        case .fewer(let limit): "<\(limit)"
        case .hidden: "–"
        }
    }

    /// The number where it is shown.
    public var value: Int? {
        if case .exact(let count) = self { count } else { nil }
    }

    /// 小数隐藏: hides counts of 1 to k − 1 among siblings, and where only one is hidden, the smallest other as well,
    /// so that the total of the parent does not give it away. O(n).
    ///
    /// Source: Hundepool et al., Statistical Disclosure Control (2012), ch. 4, primary and secondary suppression.
    static func suppressed(_ counts: [Int], below k: Int) -> [Tally] {
        var tallies = counts.map { (1..<max(k, 1)).contains($0) ? Tally.fewer(than: k) : .exact($0) }
        let hidden = tallies.indices.filter { tallies[$0].value == nil }
        if hidden.count == 1,
            let next = tallies.indices.filter({ (tallies[$0].value ?? 0) > 0 })
                .min(by: { (counts[$0], $0) < (counts[$1], $1) })
        {
            tallies[next] = .hidden
        }
        return tallies
    }
}
