import GeoGrid

/// 拆并分组: which grids are redrawn together so that none holds more or fewer households than the limits.
///
/// A grid over the limits stands alone, to be split. A grid under them joins a neighbour of its community: one with
/// which it fits if there is one, else the one with the fewest households; what they hold together decides how many
/// grids they become. All others stay as they are.
struct LimitGroups {
    /// Group of each grid.
    private(set) var ofGrid: [Int]

    init(_ town: Town, households: [Int], limits: ClosedRange<Double>) {
        let grids = town.grids
        let borders = Adjacency(of: grids.areas)
        var group = Array(0..<grids.count)
        var total = households.map(Double.init)
        // The emptiest first, so that two of them may find each other.
        for grid in grids.codes.indices.sorted(by: { (households[$0], $0) < (households[$1], $1) }) {
            let own = group[grid]
            guard total[own] < limits.lowerBound else { continue }
            var best: (group: Int, rank: (Int, Double, Int))?
            for e in borders.row(grid) where borders.borders[e] > 0 {
                let other = group[borders.neighbours[e]]
                guard other != own, grids.parentCodes[borders.neighbours[e]] == grids.parentCodes[grid] else {
                    continue
                }
                let sum = total[own] + total[other]
                let rank = (sum <= limits.upperBound ? 0 : 1, sum, other)
                if best.map({ rank < $0.rank }) ?? true { best = (other, rank) }
            }
            guard let target = best?.group else { continue }
            total[target] += total[own]
            for i in group.indices where group[i] == own { group[i] = target }
        }
        let numbers = Dictionary(
            Set(group).sorted().enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
        ofGrid = group.map { numbers[$0] ?? 0 }
    }

    /// The communities taken apart into these groups, each under its community's code and name.
    func split(_ resolved: MergerTable.Resolved) -> MergerTable.Resolved {
        var result = resolved
        let count = (ofGrid.max() ?? -1) + 1
        result.codes = [String](repeating: "", count: count)
        result.names = result.codes
        for (grid, group) in ofGrid.enumerated() where resolved.ofGrid[grid] >= 0 {
            result.codes[group] = resolved.codes[resolved.ofGrid[grid]]
            result.names[group] = resolved.names[resolved.ofGrid[grid]]
        }
        result.ofGrid = ofGrid.indices.map { resolved.ofGrid[$0] < 0 ? -1 : ofGrid[$0] }
        return result
    }
}
