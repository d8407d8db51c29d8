public import GeoGrid

/// 可公开的镇: what one edition may show of a town. Sheets, cards and exports see this value and never the town itself.
///
/// Made only by `Disclosure`.
public struct DisclosedTown: Sendable {
    /// 负责人: somebody who answers for a unit, by office.
    public struct Lead: Hashable, Sendable {
        public var role: String
        public var name: String
        /// Empty where the edition does not show it.
        public var phone: String
    }

    /// 单元情况: what is told about one unit.
    public struct Facts: Sendable {
        /// The one named first on the map.
        public var lead: Lead?
        /// Everybody with a post in the unit, the lead first.
        public var leads: [Lead] = []
        public var households: Tally = .exact(0)
        public var persons: Tally = .exact(0)
        public var care: Tally = .exact(0)
    }

    /// 关爱对象符号: one resident who is visited, as a symbol.
    public struct CareSymbol: Hashable, Sendable {
        public var id: String
        public var category: String
        /// 子类 as the list words it.
        public var subtype = ""
        public var location: PlanarPoint
        /// Position of the grid in `grids`; nil outside all.
        public var grid: Int?
        /// Empty but in the operational edition.
        public var name: String
        public var address: String
    }

    /// 党员、干部符号: where a party member or somebody with a post in a community or grid lives.
    public struct MemberSymbol: Hashable, Sendable {
        public var id: String
        public var cadre: Bool
        public var location: PlanarPoint
    }

    /// 风险点: a household, premises or hazard with a colour.
    public struct RiskSymbol: Hashable, Sendable {
        public var id: String
        public var colour: RiskColour
        public var kind: String
        public var location: PlanarPoint
    }

    /// 户: listed only in the operational edition.
    public struct ListedHousehold: Hashable, Sendable {
        public var head: String
        public var phone: String
        public var address: String
        public var persons: Int
        public var unitCode: String
    }

    public internal(set) var edition: Edition
    public internal(set) var name: String
    public internal(set) var county: String
    public internal(set) var code: String
    public internal(set) var epsg: Int
    public internal(set) var day: Day
    public internal(set) var levelNames: LevelNames
    public internal(set) var communities: UnitLayer
    public internal(set) var grids: UnitLayer
    public internal(set) var microgrids: UnitLayer
    public internal(set) var buildings: [Building]
    public internal(set) var roads: [Road]
    public internal(set) var waters: [Water]
    public internal(set) var places: [NamedPlace]
    public internal(set) var servicePoints: [ServicePoint]
    public internal(set) var townFacts = Facts()
    public internal(set) var communityFacts: [Facts] = []
    public internal(set) var gridFacts: [Facts] = []
    public internal(set) var microgridFacts: [Facts] = []
    public internal(set) var careSymbols: [CareSymbol] = []
    /// Only in the operational edition.
    public internal(set) var memberSymbols: [MemberSymbol] = []
    public internal(set) var riskSymbols: [RiskSymbol] = []
    public internal(set) var listedHouseholds: [ListedHousehold] = []
    /// 底图署名, printed on every sheet.
    public internal(set) var credit: Text?
    /// 任职人员: names of those who hold a post, by person.
    public internal(set) var postHolders: [String: String] = [:]
    /// What the rules kept off the sheets, for the report.
    public internal(set) var withheld: [Text] = []

    public func units(_ level: Level) -> UnitLayer {
        switch level {
        case .town, .community: communities
        case .grid: grids
        case .microgrid: microgrids
        }
    }

    public func facts(_ level: Level) -> [Facts] {
        switch level {
        case .town: [townFacts]
        case .community: communityFacts
        case .grid: gridFacts
        case .microgrid: microgridFacts
        }
    }
}
