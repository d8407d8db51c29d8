public import GeoGrid

/// 着色: a colour number for every unit so that no two with common border are alike.
public enum MapColouring {
    /// DSATUR with Kempe chains: the unit with the most colours around it is coloured next; one that finds no colour
    /// free has a chain of two colours swapped beside it. Six colours or more are used only where both fail, which
    /// needs a map that is not planar (units in several pieces).
    ///
    /// Units that meet only in corners may be alike. The same graph gives the same colours. O(units² + borders).
    /// Source: Brélaz, "New methods to color the vertices of a graph", CACM 22 (1979); Kempe, "On the geographical
    /// problem of the four colours", American Journal of Mathematics 2 (1879).
    public static func colours(of graph: Adjacency, palette: Int) -> [Int] {
        var colours = [Int](repeating: -1, count: graph.count)
        let neighbours = (0..<graph.count).map { unit in
            graph.row(unit).filter { graph.borders[$0] > 0 }.map { graph.neighbours[$0] }
        }
        var around = [Set<Int>](repeating: [], count: graph.count)
        var used = [Int](repeating: 0, count: palette)
        for _ in 0..<graph.count {
            var next: Int?
            for candidate in 0..<graph.count where colours[candidate] < 0 {
                guard let best = next else {
                    next = candidate
                    continue
                }
                let (a, b) = (around[candidate].count, around[best].count)
                if a > b || a == b && neighbours[candidate].count > neighbours[best].count { next = candidate }
            }
            guard let unit = next else { break }
            let free = (0..<palette).filter { !around[unit].contains($0) }
            // Among the free colours the one used least keeps the sheet even.
            if let colour = free.min(by: { (used[$0], $0) < (used[$1], $1) }) {
                colours[unit] = colour
            } else if let colour = freedByChain(unit, palette, neighbours, &colours) {
                colours[unit] = colour
                for k in 0..<graph.count { around[k] = Set(neighbours[k].map { colours[$0] }.filter { $0 >= 0 }) }
            } else {
                colours[unit] = (palette...).first { !around[unit].contains($0) } ?? palette
            }
            if colours[unit] < palette { used[colours[unit]] += 1 }
            for neighbour in neighbours[unit] { around[neighbour].insert(colours[unit]) }
        }
        return colours
    }

    /// Frees a colour for a unit by swapping two colours along the chain that begins at one neighbour.
    private static func freedByChain(
        _ unit: Int, _ palette: Int, _ neighbours: [[Int]], _ colours: inout [Int]
    ) -> Int? {
        for a in 0..<palette {
            let starts = neighbours[unit].filter { colours[$0] == a }
            for b in 0..<palette where b != a {
                var chain: Set<Int> = []
                var stack = starts
                while let next = stack.popLast() {
                    guard chain.insert(next).inserted else { continue }
                    stack += neighbours[next].filter { colours[$0] == a || colours[$0] == b }
                }
                guard !neighbours[unit].contains(where: { chain.contains($0) && colours[$0] == b }) else { continue }
                for member in chain { colours[member] = colours[member] == a ? b : a }
                return a
            }
        }
        return nil
    }
}
