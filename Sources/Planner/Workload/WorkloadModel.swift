public import GeoGrid

/// 工作量模型: how many minutes a month a unit asks of those who answer for it. Every number is configuration.
///
/// Minutes of a unit = Σ over its households of visits × (service + walk) × colour, + Σ over its premises likewise,
/// + patrol and fixed duties of each grid. A household with several tags is visited once, at the highest frequency.
public struct WorkloadModel: Hashable, Sendable {
    /// 走访项目: how often and how long.
    public struct Line: Hashable, Sendable {
        /// Stable key that records name, such as `living-alone-80`.
        public var key: String
        public var name: Text
        /// Other words lists use for it; matched after `name`.
        public var aliases: [String]
        public var visitsPerMonth: Double
        /// Minutes of one visit, without the walk.
        public var minutes: Double

        public init(_ key: String, _ name: Text, aliases: [String] = [], visitsPerMonth: Double, minutes: Double) {
            self.key = key
            self.name = name
            self.aliases = aliases
            self.visitsPerMonth = visitsPerMonth
            self.minutes = minutes
        }
    }

    /// 普通住户: a household without a tag.
    public var household: Line
    /// 关爱类别, in the order of their importance.
    public var care: [Line]
    /// 经营场所、出租房.
    public var premises: [Line]
    /// 风险颜色: factor on visits and walk of the household or premises that bears it.
    public var riskFactors: [RiskColour: Double]
    /// 巡查: rounds a month of each grid, and minutes a round.
    public var patrolsPerMonth: Double
    public var patrolMinutes: Double
    /// 固定事务: minutes a month of each grid.
    public var fixedMinutes: Double
    /// 步行: speed, and how much longer streets are than the straight line. Walks start at the middle of the unit.
    public var walkingMetresPerMinute: Double
    public var detour: Double
    /// 承载力: minutes a month that a post holder has.
    public var capacity: Capacity

    /// 承载力, in minutes a month.
    public struct Capacity: Hashable, Sendable {
        public var fullTime: Double
        public var partTime: Double
        /// 微网格长, and volunteers at any level.
        public var microgridLead: Double

        public init(fullTime: Double, partTime: Double, microgridLead: Double) {
            self.fullTime = fullTime
            self.partTime = partTime
            self.microgridLead = microgridLead
        }

        public subscript(employment: Post.Employment, level: Level) -> Double {
            if level == .microgrid { return microgridLead }
            return switch employment {
            case .fullTime: fullTime
            case .partTime: partTime
            case .volunteer: microgridLead
            }
        }
    }

    public init(
        household: Line, care: [Line], premises: [Line], riskFactors: [RiskColour: Double], patrolsPerMonth: Double,
        patrolMinutes: Double, fixedMinutes: Double, walkingMetresPerMinute: Double, detour: Double,
        capacity: Capacity
    ) {
        self.household = household
        self.care = care
        self.premises = premises
        self.riskFactors = riskFactors
        self.patrolsPerMonth = patrolsPerMonth
        self.patrolMinutes = patrolMinutes
        self.fixedMinutes = fixedMinutes
        self.walkingMetresPerMinute = walkingMetresPerMinute
        self.detour = detour
        self.capacity = capacity
    }

    /// The care line a list means by a word: its key, its name in either language, or an alias.
    public func careLine(named word: String) -> Line? { WorkloadModel.line(named: word, in: care) }

    /// The premises line a list means by a word.
    public func premisesLine(named word: String) -> Line? { WorkloadModel.line(named: word, in: premises) }

    private static func line(named word: String, in lines: [Line]) -> Line? {
        lines.first { $0.key == word } ?? lines.first { $0.name.zh == word || $0.name.en == word }
            ?? lines.first { $0.aliases.contains(word) }
    }
}
