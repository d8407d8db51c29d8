public import GeoGrid

/// 拆并建议: some grids that are redrawn together, and what becomes of them.
public struct GridProposal: Sendable {
    public enum Kind: Sendable {
        /// 拆分, 合并, 重划.
        case split, merge, redraw
    }

    /// Codes and households.
    public var before: [(code: String, households: Int)]
    public var after: [(code: String, households: Int)]

    public var kind: Kind { before.count == 1 ? .split : after.count == 1 ? .merge : .redraw }

    public func isWithin(_ limits: ClosedRange<Double>) -> Bool {
        after.allSatisfy { limits.contains(Double($0.households)) }
    }

    /// The proposals a plan of `TownRedraw.Count.limits` holds: grids that exchange units belong together. A grid out
    /// of its limits for which nothing could be done is listed unchanged.
    public static func proposals(_ plan: TownPlan, limits: ClosedRange<Double>) -> [GridProposal] {
        var number: [String: Int] = [:]
        var parent: [Int] = []
        func node(_ name: String) -> Int {
            if let known = number[name] { return known }
            number[name] = parent.count
            parent.append(parent.count)
            return parent.count - 1
        }
        func root(_ start: Int) -> Int {
            var at = start
            while parent[at] != at { at = parent[at] }
            return at
        }
        var before: [String: Int] = [:]
        for unit in plan.units {
            parent[root(node("<" + unit.oldGrid))] = root(node(">" + unit.newGrid))
            before[unit.oldGrid, default: 0] += unit.households
        }
        var groups: [Int: GridProposal] = [:]
        for code in before.keys.sorted() {
            groups[root(node("<" + code)), default: GridProposal(before: [], after: [])].before.append(
                (code, before[code] ?? 0))
        }
        for grid in plan.grids {
            groups[root(node(">" + grid.code)), default: GridProposal(before: [], after: [])].after.append(
                (grid.code, grid.households))
        }
        return groups.values.filter { proposal in
            proposal.before.count != 1 || proposal.after.count != 1 || !proposal.isWithin(limits)
        }.sorted { ($0.before.first?.code ?? "") < ($1.before.first?.code ?? "") }
    }
}
