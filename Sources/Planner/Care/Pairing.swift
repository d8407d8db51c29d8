public import GeoGrid

/// 结对（党员联户、一对一关爱）: who looks after which household, at the least total walk.
///
/// Each household needs one helper; a helper takes as many as they can. Same building, then same courtyard come first,
/// pairs that exist are kept unless parting saves more than a price, forbidden pairs and missing skills are kept apart.
/// The optimum is exact and proven (`Assignment`).
public struct Pairing: Sendable {
    /// 结对参数: prices are metres of walking that a wish is worth.
    public struct Options: Hashable, Sendable {
        /// Longest walk of a pair in metres; nil for any.
        public var longestWalk: Double?
        public var otherBuildingPrice = 200.0
        public var otherCompoundPrice = 100.0
        public var partingPrice = 300.0

        public init() {}
    }

    /// 一方: what is known of a helper or a household; -1 for no building, compound or partner.
    public struct Side: Sendable {
        public var building: Int32 = -1
        public var compound: Int32 = -1
        /// Helpers: skills they have. Households: skills they need. One bit a skill.
        public var skills: UInt64 = 0
        /// Households: the helper they have now.
        public var partner: Int32 = -1
        /// Helpers: how many households they take.
        public var capacity = 0

        public init() {}
    }

    public enum Reason: String, Sendable, CaseIterable {
        /// 坐标无法接入路网
        case offStreets = "off-streets"
        /// 没有人步行可达
        case nobodyInReach = "nobody-in-reach"
        /// 可达的人都不具备所需技能
        case noSkill = "no-skill"
        /// 可达的人都被排除
        case forbidden = "forbidden"
        /// 容量已用完
        case capacityUsedUp = "capacity-used-up"
    }

    public struct Result: Sendable {
        /// Helper of each household; -1 where it has none.
        public var helpers: [Int32]
        /// Centimetres on foot between the two; 0 where there is no pair.
        public var walks: [Int32]
        /// Why a household has no helper.
        public var reasons: [Reason?]
        /// Centimetres walked and prices paid.
        public var cost: Int64
        public var lowerBound: Int64
        public var kept: Int
        public var parted: Int

        public var paired: Int { helpers.count { $0 >= 0 } }
        public var isProvenOptimal: Bool { cost == lowerBound }
    }

    public var helpers: [Side]
    public var households: [Side]
    public var forbidden: [(helper: Int32, household: Int32)] = []
    public var options = Options()

    public init(helpers: [Side], households: [Side]) {
        self.helpers = helpers
        self.households = households
    }

    /// Pairs at the least cost. `rows` holds the walk from each helper to the households in reach.
    ///
    /// O(pairs in reach) and a network simplex on the nearest of them.
    public func solve(rows: WalkRows, offStreets: (Int) -> Bool = { _ in false }) -> Result {
        precondition(rows.count == helpers.count)
        let (pairs, reach) = allowedPairs(rows)
        let assignment = Assignment(
            capacities: helpers.map(\.capacity), amounts: [Int](repeating: 1, count: households.count), pairs: pairs)
        let solved = assignment.solve()

        var result = Result(
            helpers: [Int32](repeating: -1, count: households.count),
            walks: [Int32](repeating: 0, count: households.count),
            reasons: [Reason?](repeating: nil, count: households.count), cost: solved.cost,
            lowerBound: solved.lowerBound, kept: 0, parted: 0)
        for share in solved.shares { result.helpers[share.target] = Int32(share.supplier) }
        for h in helpers.indices {
            for k in rows.row(h) where result.helpers[Int(rows.targets[k])] == Int32(h) {
                result.walks[Int(rows.targets[k])] = rows.centimetres[k]
            }
        }
        for (t, household) in households.enumerated() {
            if household.partner >= 0, result.helpers[t] >= 0 {
                if household.partner == result.helpers[t] { result.kept += 1 } else { result.parted += 1 }
            }
            guard result.helpers[t] < 0 else { continue }
            if assignment.choices(of: t) > 0 {
                result.reasons[t] = .capacityUsedUp
            } else if offStreets(t) {
                result.reasons[t] = .offStreets
            } else {
                result.reasons[t] = reach[t] == 0 ? .nobodyInReach : reach[t] == 1 ? .noSkill : .forbidden
            }
        }
        return result
    }

    /// The pairs that may be with their cost, and how far each household got: 1 in reach, 2 with the skill.
    private func allowedPairs(
        _ rows: WalkRows
    ) -> (pairs: [(supplier: Int32, target: Int32, cost: Int32)], reach: [UInt8]) {
        let banned = Set(forbidden.map { Int64($0.helper) << 32 | Int64($0.household) })
        let limit = options.longestWalk.map(WalkModel.centimetres) ?? .max - 1
        let apart = WalkModel.centimetres(metres: options.otherBuildingPrice)
        let outside = WalkModel.centimetres(metres: options.otherCompoundPrice)
        let parting = WalkModel.centimetres(metres: options.partingPrice)
        var reach = [UInt8](repeating: 0, count: households.count)
        var pairs: [(supplier: Int32, target: Int32, cost: Int32)] = []
        pairs.reserveCapacity(rows.targets.count)
        for (h, helper) in helpers.enumerated() where helper.capacity > 0 {
            for k in rows.row(h) where rows.centimetres[k] <= limit {
                let target = Int(rows.targets[k])
                let household = households[target]
                reach[target] = max(reach[target], 1)
                guard household.skills & ~helper.skills == 0 else { continue }
                reach[target] = 2
                guard banned.isEmpty || !banned.contains(Int64(h) << 32 | Int64(target)) else { continue }
                var cost = rows.centimetres[k]
                if helper.building < 0 || helper.building != household.building { cost += apart }
                if helper.compound < 0 || helper.compound != household.compound { cost += outside }
                if household.partner >= 0, household.partner != Int32(h) { cost += parting }
                pairs.append((Int32(h), Int32(target), cost))
            }
        }
        return (pairs, reach)
    }
}
