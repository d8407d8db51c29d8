/// 镇: everything a town file holds on one day, in memory, in one metre system.
///
/// The value that audits, assignments, plans and sheets work on. Records keep the order of their identifiers, so
/// that the same town gives the same output.
public struct Town: Sendable {
    /// 镇名, such as 云溪镇.
    public var name: String
    /// 县名: mandatory, because many towns share a name.
    public var county: String
    /// 行政区划代码 of the town, nine digits, or empty.
    public var code: String
    /// EPSG code of the metre system all coordinates below are in.
    public var epsg: Int
    public var levelNames: LevelNames
    /// The day this value is true for.
    public var day: Day
    /// 底图署名: the line that sheets must carry for their base map, such as OpenStreetMap's; nil where none is owed.
    public var credit: Text?

    public var communities: UnitLayer
    public var grids: UnitLayer
    /// Empty in a town without microgrids.
    public var microgrids: UnitLayer

    public var buildings: [Building] = []
    public var roads: [Road] = []
    public var waters: [Water] = []
    public var places: [NamedPlace] = []
    public var households: [Household] = []
    public var careResidents: [CareResident] = []
    public var servicePoints: [ServicePoint] = []
    public var premises: [Premises] = []
    public var hazards: [Hazard] = []
    public var people: [Person] = []
    public var posts: [Post] = []

    public init(
        name: String, county: String, code: String, epsg: Int, day: Day, levelNames: LevelNames = LevelNames(),
        communities: UnitLayer, grids: UnitLayer, microgrids: UnitLayer = UnitLayer(level: .microgrid)
    ) {
        self.name = name
        self.county = county
        self.code = code
        self.epsg = epsg
        self.day = day
        self.levelNames = levelNames
        self.communities = communities
        self.grids = grids
        self.microgrids = microgrids
    }

    /// 最小单元: microgrids, or grids in a town without them.
    public var lowestUnits: UnitLayer { microgrids.count > 0 ? microgrids : grids }

    /// 登记户数、人口 of each of the lowest units that states them, in a town without a list of households; else none.
    public var statedCounts: [(unit: Int, counts: UnitLayer.Counts)] {
        guard households.isEmpty else { return [] }
        return lowestUnits.stated.enumerated().compactMap { i, counts in counts.map { (i, $0) } }
    }

    /// The units of a level; the town itself is not a layer.
    public func units(_ level: Level) -> UnitLayer? {
        switch level {
        case .town: nil
        case .community: communities
        case .grid: grids
        case .microgrid: microgrids
        }
    }
}

/// 单元图层: the units of one level, as parallel arrays.
public struct UnitLayer: Sendable {
    public var level: Level
    /// 编码: unique within the level.
    public var codes: [String] = []
    public var names: [String] = []
    /// Code of the containing unit one level up; empty where none is known (communities: the town's code).
    public var parentCodes: [String] = []
    /// 社区, 村, … : what kind of unit it is, where the level has kinds.
    public var kinds: [String] = []
    /// 登记户数、人口: households and people as the layer states them, in the order of the units; empty where it states none.
    ///
    /// They stand in for the list of households in a town that has none: see `Town.statedCounts`.
    public var stated: [Counts?] = []
    /// Polygons, one feature a unit, in the town's metre system.
    public var areas = Geometries()

    public struct Counts: Hashable, Sendable {
        public var households: Int
        public var persons: Int

        public init(households: Int, persons: Int) {
            self.households = households
            self.persons = persons
        }
    }

    public init(level: Level) {
        self.level = level
    }

    public var count: Int { codes.count }

    public mutating func append(code: String, name: String, parent: String, kind: String = "", area: [[[PlanarPoint]]])
    {
        codes.append(code)
        names.append(name)
        parentCodes.append(parent)
        kinds.append(kind)
        areas.append(area.count > 1 ? .multiPolygon : .polygon, parts: area)
    }

    /// Position of each code. O(units).
    public func indexByCode() -> [String: Int] {
        Dictionary(zip(codes, codes.indices), uniquingKeysWith: { first, _ in first })
    }
}
