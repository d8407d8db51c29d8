public import GeoGrid

/// 划格方案: which grid each unit lies in, with what was measured of it and what it cost to find.
public struct RedrawPlan: Sendable {
    /// Grid of each unit; −1 where a finding says why it could not be placed.
    public var labels: [Int]
    public var figures: PlanFigures
    /// 已证明的下界: a deviation of the first criterion, of 1, that the worst grid of every plan reaches at least; 0 where
    /// nothing is proven. Sought where there are fewer than ten units to a grid.
    public var leastDeviation: Double
    /// The same by grid that misses its bounds, proven around it; 0 for the others.
    public var proven: [Double]
    /// What the data lacked, what was assumed, and each bound that is not kept, with its reason.
    public var findings: [Finding]
    /// Adjacencies assumed so that islands could be served.
    public var assumedBridges: [RedrawProblem.Bridge]
    public var seed: UInt64
    /// The work budget that repeats this plan exactly, counted in moves.
    public var effort: Int
    /// Moves made; fewer than the budget when the search was stopped or had nothing left to gain.
    public var used: Int
    /// Whether a time limit or the user ended the search early.
    public var stopped: Bool
}

/// 搜索限度: how long to search, and where chance begins.
public struct RedrawBudget: Sendable {
    public var seed: UInt64
    /// Moves to make; nil takes what `time` allows, or a default that grows with the units.
    public var effort: Int?
    /// Most seconds to take; a cap only: what the search does depends on the effort alone.
    public var time: Double?

    public init(seed: UInt64 = 1, effort: Int? = nil, time: Double? = nil) {
        self.seed = seed
        self.effort = effort
        self.time = time
    }
}
