public import GeoGrid

/// 帕累托前沿: plans of which none is better than another in everything, from the most even to those that move the fewest
/// households.
///
/// Within the bounds asked for, the worth of a household's lead grows; beyond that only looser bounds keep more, so that
/// the bounds are widened. A plan that another equals or beats in households moved, evenness and border is left out.
public struct PlanFront: Sendable {
    /// By households that get another lead, most first.
    public private(set) var plans: [TownPlan] = []
    /// Plans found that others equal or beat in everything.
    public private(set) var dominated = 0
    /// 所要求的允许偏差: the deviation asked for, of 1.
    public let tolerance: Double

    /// Multiples of the worth of a lead within the bounds, and of the bounds.
    private static let worths = [0, 0.3, 1, 10]
    private static let widths = [2.0, 3, 5, 8]

    /// Draws the plans one after the other, each with the whole budget; what there is by then when the user stops it.
    public init(
        _ order: TownRedraw, budget: RedrawBudget, taken: Set<String> = [], progress: Progress = .silent
    ) async throws {
        tolerance = order.options.tolerance
        let ways = Self.worths.map { (worth: $0, width: 1.0) } + Self.widths.map { (worth: 10, width: $0) }
        var found: [TownPlan] = []
        for way in ways where !progress.isInterrupted || found.isEmpty {
            var changed = order
            changed.problem.moveWeight = way.worth * order.options.moves
            changed.options.tolerance = tolerance * way.width
            changed.problem.criteria[0].tolerance = tolerance * way.width
            found.append(try await changed.plan(budget: budget, taken: taken, progress: progress))
        }
        for (i, plan) in found.enumerated() {
            let isBeaten = found.enumerated().contains { j, other in
                j != i && Self.beats(other, plan) && (!Self.beats(plan, other) || j < i)
            }
            if isBeaten { dominated += 1 } else { plans.append(plan) }
        }
        plans.sort { ($0.movedHouseholds, -$0.spread.gini) > ($1.movedHouseholds, -$1.spread.gini) }
    }

    private static func beats(_ a: TownPlan, _ b: TownPlan) -> Bool {
        a.movedHouseholds <= b.movedHouseholds && a.spread.gini <= b.spread.gini && a.innerBorder <= b.innerBorder
    }

    /// Grids of a plan outside the deviation asked for, whatever it was drawn within.
    public func outside(_ plan: TownPlan) -> Int { plan.grids.count { $0.isOutside(tolerance) } }
}
