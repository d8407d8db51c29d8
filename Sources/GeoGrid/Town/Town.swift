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
    /// Polygons, one feature a unit, in the town's metre system.
    public var areas = Geometries()

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
