/// 编辑距离: how far two short texts are from each other.
enum EditDistance {
    /// What one slip costs. A slip that hands often make is cheap; a sign that tells neighbours apart is dear.
    private enum Cost {
        static let ordinary = 1.0
        static let lookAlike = 0.5
        static let doubled = 0.4
        static let swapped = 0.7
        static let distinguishing = 1.6
    }

    private static let distinguishing = Set("东西南北中上下前后新老大小内外左右0123456789甲乙丙丁".unicodeScalars.map(\.value))

    /// Insertions, deletions, substitutions and swaps of neighbours, each at its cost.
    ///
    /// Optimal string alignment with weights. Source: Damerau, CACM 7 (1964); O(a·b).
    static func between(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>) -> Double {
        let columns = b.count + 1
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * columns) { rows in
            var before = 0
            var above = columns
            var current = 2 * columns
            rows[above] = 0
            for j in 1..<max(columns, 1) { rows[above + j] = rows[above + j - 1] + gap(b, b.startIndex + j - 1) }
            for i in a.indices {
                let x = a[i]
                let gapInA = gap(a, i)
                rows[current] = rows[above] + gapInA
                for j in b.indices {
                    let y = b[j]
                    let column = j - b.startIndex
                    var best = rows[above + column] + substitution(x, y)
                    best = min(best, rows[above + column + 1] + gapInA, rows[current + column] + gap(b, j))
                    if i > a.startIndex, column > 0, x == b[j - 1], a[i - 1] == y, x != y {
                        best = min(best, rows[before + column - 1] + Cost.swapped)
                    }
                    rows[current + column + 1] = best
                }
                (before, above, current) = (above, current, before)
            }
            return rows[above + columns - 1]
        }
    }

    private static func substitution(_ x: UInt32, _ y: UInt32) -> Double {
        if x == y { return 0 }
        if LookAlikes.areAlike(x, y) { return Cost.lookAlike }
        return distinguishing.contains(x) || distinguishing.contains(y) ? Cost.distinguishing : Cost.ordinary
    }

    /// The cost of a sign that only one text has.
    private static func gap(_ text: ArraySlice<UInt32>, _ i: Int) -> Double {
        if i > text.startIndex, text[i - 1] == text[i] { return Cost.doubled }
        return distinguishing.contains(text[i]) ? Cost.distinguishing : Cost.ordinary
    }
}
