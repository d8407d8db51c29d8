/// 楼栋: a building with its number and street, as addresses name it.
public struct Building: Hashable, Sendable {
    public var id: String
    /// 小区名 or courtyard, empty for a house on a street.
    public var compound = ""
    public var street = ""
    /// 门牌号 or 栋号 as written on the wall, such as `12号` or `3栋`.
    public var number = ""
    public var floors = 1
    /// 住宅, 商业, 学校, …
    public var use = ""
    /// Shell and holes, closed rings, town metres.
    public var footprint: [[[PlanarPoint]]]

    public init(id: String, footprint: [[[PlanarPoint]]]) {
        self.id = id
        self.footprint = footprint
    }
}

/// 道路: a street line with its name and class.
public struct Road: Hashable, Sendable {
    /// 道路等级: how wide it is drawn and how far it divides.
    public enum Class: String, CaseIterable, Codable, Sendable {
        case trunk, primary, secondary, residential, lane, footway, rail
    }
    public var id: String
    public var name = ""
    public var roadClass: Class
    /// 桥: crosses water on a bridge.
    public var bridge = false
    public var lines: [[PlanarPoint]]

    public init(id: String, roadClass: Class, lines: [[PlanarPoint]]) {
        self.id = id
        self.roadClass = roadClass
        self.lines = lines
    }
}

/// 水系: a river, canal or lake; an area, or a line where only its course is known.
public struct Water: Hashable, Sendable {
    public var id: String
    public var name = ""
    public var kind: GeometryKind
    public var parts: [[[PlanarPoint]]]

    public init(id: String, kind: GeometryKind, parts: [[[PlanarPoint]]]) {
        self.id = id
        self.kind = kind
        self.parts = parts
    }
}

/// 地名: a named point on the map: school, market, bridge, square.
public struct NamedPlace: Hashable, Sendable {
    public var id: String
    public var name: String
    public var kind = ""
    public var location: PlanarPoint

    public init(id: String, name: String, location: PlanarPoint) {
        self.id = id
        self.name = name
        self.location = location
    }
}

/// 风险颜色: how urgent; what each colour means is configuration.
public enum RiskColour: String, CaseIterable, Codable, Sendable {
    case red, orange, yellow, blue
}

/// 户: a household at its door.
public struct Household: Hashable, Sendable {
    public var id: String
    /// 户主.
    public var head = ""
    public var phone = ""
    public var address = ""
    public var buildingID = ""
    public var persons = 1
    public var risk: RiskColour?
    public var location: PlanarPoint
    /// Code of the unit the last `assign` put it in, at the town's lowest level; empty until then.
    public var unitCode = ""

    public init(id: String, location: PlanarPoint) {
        self.id = id
        self.location = location
    }
}

/// 特殊（关爱）人员: a resident who is visited, and why.
public struct CareResident: Hashable, Sendable {
    public var id: String
    public var householdID: String
    public var name = ""
    /// Key of the category in the workload model, such as `living-alone-80`.
    public var category: String
    /// Visits a month where the list states them; else the model's.
    public var visitsPerMonth: Double?
    public var birthYear: Int?
    /// 子类, as the list words it: 风险消除, 新增监测.
    public var subtype = ""
    public var location: PlanarPoint
    public var unitCode = ""

    public init(id: String, householdID: String, category: String, location: PlanarPoint) {
        self.id = id
        self.householdID = householdID
        self.category = category
        self.location = location
    }
}

/// 服务点: where residents are served.
public struct ServicePoint: Hashable, Sendable {
    public var id: String
    public var name: String
    /// 党群服务中心, 便民服务点, 助餐点, 卫生室, 避难所, …
    public var kind: String
    public var capacity: Int?
    public var location: PlanarPoint
    public var unitCode = ""

    public init(id: String, name: String, kind: String, location: PlanarPoint) {
        self.id = id
        self.name = name
        self.kind = kind
        self.location = location
    }
}

/// 经营场所、出租房: something visited that is not a household.
public struct Premises: Hashable, Sendable {
    public var id: String
    public var name: String
    /// Key of the line in the workload model: `merchant`, `rental-shared`, …
    public var kind: String
    public var risk: RiskColour?
    public var address = ""
    public var location: PlanarPoint
    public var unitCode = ""

    public init(id: String, name: String, kind: String, location: PlanarPoint) {
        self.id = id
        self.name = name
        self.kind = kind
        self.location = location
    }
}

/// 隐患: a hazard found on a day, open until it is closed.
public struct Hazard: Hashable, Sendable {
    public var id: String
    public var kind: String
    public var risk: RiskColour?
    public var found: Day?
    public var closed: Day?
    public var note = ""
    public var location: PlanarPoint
    public var unitCode = ""

    public init(id: String, kind: String, location: PlanarPoint) {
        self.id = id
        self.kind = kind
        self.location = location
    }
}

/// 人员: somebody who can hold a post.
public struct Person: Hashable, Sendable {
    public var id: String
    public var name: String
    public var phone = ""
    public var home: PlanarPoint?
    public var skills: [String] = []
    public var partyMember = false

    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// 岗位任职: a role in a unit, held by a person from a day to a day; without a person it is vacant.
public struct Post: Hashable, Sendable {
    /// 专职, 兼职, 志愿.
    public enum Employment: String, CaseIterable, Codable, Sendable {
        case fullTime = "full-time"
        case partTime = "part-time"
        case volunteer
    }
    public var id: String
    /// Role as the town names it: 网格长, 微网格长, 楼栋长, …
    public var role: String
    public var level: Level
    public var unitCode: String
    /// 网格体系 whose zone `unitCode` is; empty for a unit of the base net.
    public var zoning = ""
    public var personID: String?
    public var employment: Employment = .fullTime
    public var validity = Validity()

    public init(id: String, role: String, level: Level, unitCode: String, personID: String?) {
        self.id = id
        self.role = role
        self.level = level
        self.unitCode = unitCode
        self.personID = personID
    }
}
