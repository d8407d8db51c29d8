import GeoGrid

/// 方案数据: what a plan amounts to, counted from the units alone.
public struct PlanFigures: Sendable {
    /// By grid and criterion: the load, and its deviation from the share, of 1.
    public var loads: [[Double]] = []
    public var deviations: [[Double]] = []
    public var members: [Int] = []
    /// Pieces each grid lies in; 1 is connected, 0 empty.
    public var pieces: [Int] = []
    /// 4π area / perimeter², 1 for a circle; empty without areas.
    public var compactness: [Double] = []
    /// Border between grids, each metre once, and the pairs of units it runs between.
    public var innerBorder = 0.0
    public var cutEdges = 0
    /// Residents outside their old grid, and all who had one.
    public var movedResidents = 0.0
    public var settledResidents = 0.0
    /// Load of the first criterion outside its old grid.
    public var movedLoad = 0.0

    /// Largest deviation of a criterion.
    public func worst(_ criterion: Int = 0) -> Double { deviations.map { abs($0[criterion]) }.max() ?? 0 }

    public var meanCompactness: Double {
        compactness.isEmpty ? 0 : compactness.reduce(0, +) / Double(compactness.count)
    }
}

/// 复核: counts a plan anew from the problem as it was given, sharing nothing with the search.
public enum PlanCheck {
    /// Measures any assignment; units labelled −1 belong to no grid. O(units + adjacencies).
    ///
    /// Units hang together over a shared border that no barrier forbids, over a bridge, an assumed bridge, or a group.
    public static func figures(
        _ labels: [Int], _ problem: RedrawProblem, assumedBridges: [RedrawProblem.Bridge] = []
    ) -> PlanFigures {
        let grids = problem.districts.count
        var figures = PlanFigures()
        figures.members = [Int](repeating: 0, count: grids)
        figures.loads = [[Double]](
            repeating: [Double](repeating: 0, count: problem.criteria.count), count: grids)
        for (unit, grid) in labels.enumerated() where grid >= 0 {
            figures.members[grid] += 1
            for (c, criterion) in problem.criteria.enumerated() { figures.loads[grid][c] += criterion.loads[unit] }
        }
        let shares = shares(problem)
        figures.deviations = (0..<grids).map { grid in
            problem.criteria.indices.map { c in
                shares[grid][c] > 0
                    ? figures.loads[grid][c] / shares[grid][c] - 1 : (figures.loads[grid][c] > 0 ? .infinity : 0)
            }
        }
        figures.pieces = pieces(labels, problem, assumedBridges)
        measureBorders(labels, problem, &figures)
        for unit in problem.old.indices where problem.old[unit] >= 0 {
            figures.settledResidents += problem.residents(unit)
            guard problem.old[unit] != labels[unit] else { continue }
            figures.movedResidents += problem.residents(unit)
            figures.movedLoad += problem.criteria.first?.loads[unit] ?? 0
        }
        return figures
    }

    /// The load each grid should bear: its community's, by capacity.
    static func shares(_ problem: RedrawProblem) -> [[Double]] {
        let communities = (problem.districts.map(\.community).max() ?? 0) + 1
        var capacity = [Double](repeating: 0, count: communities)
        for district in problem.districts where !district.locked { capacity[district.community] += district.capacity }
        var totals = [[Double]](repeating: [Double](repeating: 0, count: problem.criteria.count), count: communities)
        var own = [[Double]](
            repeating: [Double](repeating: 0, count: problem.criteria.count), count: problem.districts.count)
        for unit in 0..<problem.count {
            let grid = problem.old.isEmpty ? -1 : problem.old[unit]
            let isLocked = problem.districts.indices.contains(grid) && problem.districts[grid].locked
            for (c, criterion) in problem.criteria.enumerated() {
                if isLocked {
                    own[grid][c] += criterion.loads[unit]
                } else if totals.indices.contains(problem.community(unit)) {
                    totals[problem.community(unit)][c] += criterion.loads[unit]
                }
            }
        }
        return problem.districts.enumerated().map { grid, district in
            district.locked
                ? own[grid]
                : totals[district.community].map { $0 * district.capacity / max(capacity[district.community], 1e-300) }
        }
    }

    private static func pieces(
        _ labels: [Int], _ problem: RedrawProblem, _ assumed: [RedrawProblem.Bridge]
    ) -> [Int] {
        var root = Array(0..<problem.count)
        func find(_ unit: Int) -> Int {
            var at = unit
            while root[at] != at {
                root[at] = root[root[at]]
                at = root[at]
            }
            return at
        }
        func join(_ a: Int, _ b: Int) {
            guard root.indices.contains(a), root.indices.contains(b) else { return }
            if labels[a] >= 0, labels[a] == labels[b] { root[find(a)] = find(b) }
        }
        var forbidden = Set<RedrawProblem.Bridge>()
        for barrier in problem.barriers where barrier.factor == nil {
            forbidden.insert(.init(a: min(barrier.a, barrier.b), b: max(barrier.a, barrier.b)))
        }
        for a in 0..<problem.count {
            for e in problem.adjacency.row(a) {
                let b = problem.adjacency.neighbours[e]
                guard a < b, problem.adjacency.borders[e] > 0 else { continue }
                if !forbidden.contains(.init(a: a, b: b)) { join(a, b) }
            }
        }
        for bridge in problem.bridges + assumed { join(bridge.a, bridge.b) }
        for group in problem.groups { for unit in group { join(group[0], unit) } }
        var pieces = [Int](repeating: 0, count: problem.districts.count)
        for unit in 0..<problem.count where labels[unit] >= 0 && find(unit) == unit { pieces[labels[unit]] += 1 }
        return pieces
    }

    private static func measureBorders(_ labels: [Int], _ problem: RedrawProblem, _ figures: inout PlanFigures) {
        let measured = problem.areas.count == problem.count && problem.perimeters.count == problem.count
        var perimeter = [Double](repeating: 0, count: problem.districts.count)
        var area = perimeter
        for unit in 0..<problem.count where measured && labels[unit] >= 0 {
            perimeter[labels[unit]] += problem.perimeters[unit]
            area[labels[unit]] += problem.areas[unit]
        }
        for a in 0..<problem.count {
            for e in problem.adjacency.row(a) where problem.adjacency.neighbours[e] > a {
                let b = problem.adjacency.neighbours[e]
                let border = problem.adjacency.borders[e]
                if labels[a] != labels[b] {
                    figures.innerBorder += border
                    if border > 0 { figures.cutEdges += 1 }
                } else if labels[a] >= 0 {
                    perimeter[labels[a]] -= 2 * border
                }
            }
        }
        if measured {
            figures.compactness = area.indices.map {
                perimeter[$0] > 0 ? min(1, 4 * Double.pi * area[$0] / (perimeter[$0] * perimeter[$0])) : 0
            }
        }
    }
}
