public import GeoGrid

/// 花名册: who holds which post on a day, and what is wrong with that.
///
/// Pure: made from a town's posts and people, whatever store they came from. All lists keep the order of units and
/// identifiers. O(posts log posts).
public struct Roster: Sendable {
    public let day: Day
    public let catalogue: RoleCatalogue
    public let levelNames: LevelNames
    /// All posts, past and to come.
    public let posts: [Post]
    /// Those that hold on the day.
    public let current: [Post]
    public let people: [Person]
    let personByID: [String: Person]
    let units: RosterUnits

    public init(_ town: Town, catalogue: RoleCatalogue = .standard) {
        self.init(town, catalogue: catalogue, zones: ZoneNames())
    }

    /// - Parameter zones: the zones of other zonings; posts may belong to them too. Where a code alone names one zone,
    ///   the post's zoning is filled in.
    init(_ town: Town, catalogue: RoleCatalogue, zones: ZoneNames) {
        day = town.day
        self.catalogue = catalogue
        levelNames = town.levelNames
        units = RosterUnits(town, zones: zones)
        let units = units
        posts = town.posts.map(units.inZoning).sorted {
            ($0.level, $0.zoning, $0.unitCode, $0.role, $0.id) < ($1.level, $1.zoning, $1.unitCode, $1.role, $1.id)
        }
        current = posts.filter { $0.validity.contains(town.day) }
        people = town.people
        personByID = Dictionary(town.people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func person(_ id: String) -> Person? { personByID[id] }
    public func unitName(_ post: Post) -> String { units.name(post) }
    public func communityName(_ post: Post) -> String {
        post.zoning.isEmpty ? units.communityName(post.level, post.unitCode) : ""
    }

    /// 空缺: a post without a person, or a unit without a post its level needs.
    public struct Vacancy: Hashable, Sendable {
        /// Nil where the post itself is missing.
        public var postID: String?
        public var role: String
        public var level: Level
        public var unitCode: String
        /// Empty for a unit of the base net.
        public var zoning = ""
    }

    /// Vacant posts of the day, then units short of a required post.
    public var vacancies: [Vacancy] {
        var out = current.filter { $0.personID.flatMap { personByID[$0] } == nil }.map {
            Vacancy(postID: $0.id, role: $0.role, level: $0.level, unitCode: $0.unitCode, zoning: $0.zoning)
        }
        for role in catalogue.roles where role.perUnit > 0 {
            var count: [String: Int] = [:]
            for post in current
            where post.zoning.isEmpty && post.level == role.level
                && (post.role == role.name || role.also.contains(post.role))
            {
                count[post.unitCode, default: 0] += 1
            }
            for code in units.codes(role.level) {
                for _ in 0..<max(0, role.perUnit - count[code, default: 0]) {
                    out.append(Vacancy(postID: nil, role: role.name, level: role.level, unitCode: code))
                }
            }
        }
        return out
    }

    /// 一人多岗: people with more than one post on the day, with their posts.
    public var doublePosts: [(person: String, posts: [Post])] {
        var held: [String: [Post]] = [:]
        for post in current {
            if let person = post.personID { held[person, default: []].append(post) }
        }
        return held.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// 无岗人员: people who hold nothing on the day.
    public var peopleWithoutPost: [Person] {
        let holders = Set(current.compactMap(\.personID))
        return people.filter { !holders.contains($0.id) }
    }

    /// 无人接任: posts that end after the day (by `horizon`, where given), or ended before it, with nobody following.
    public func withoutSuccessor(by horizon: Day? = nil) -> [Post] {
        var byPlace: [PostPlace: [Post]] = [:]
        for post in posts { byPlace[PostPlace(post), default: []].append(post) }
        return posts.filter { post in
            guard let end = post.validity.to, horizon.map({ end <= $0 }) ?? true else { return false }
            // The unit may be gone: then nobody has to follow.
            guard units.contains(post) else { return false }
            let others = byPlace[PostPlace(post)] ?? []
            return !others.contains { $0.id != post.id && $0.personID != nil && $0.validity.contains(end) }
        }
    }

    /// 职责缺口: duties a grid has nobody for on the day.
    public var dutyGaps: [(gridCode: String, duty: String)] {
        var covered: [String: Set<String>] = [:]
        for post in current where post.zoning.isEmpty && post.personID.flatMap({ personByID[$0] }) != nil {
            guard let role = catalogue.role(named: post.role), !role.duties.isEmpty else { continue }
            for grid in units.grids(of: post.level, post.unitCode) { covered[grid, default: []].formUnion(role.duties) }
        }
        return units.codes(.grid).flatMap { grid in
            catalogue.duties.filter { !(covered[grid]?.contains($0) ?? false) }.map { (grid, $0) }
        }
    }
}

/// 岗位: the role in a unit that one holder hands to the next.
struct PostPlace: Hashable {
    var role: String
    var level: Level
    var zoning: String
    var unit: String

    init(_ post: Post) {
        role = post.role
        level = post.level
        zoning = post.zoning
        unit = post.unitCode
    }
}

/// The units of a town as a roster needs them: names, and what lies in what.
struct RosterUnits: Sendable {
    private var layers: [Level: UnitLayer] = [:]
    private var index: [Level: [String: Int]] = [:]
    private let townCode: String
    private let townName: String
    let zones: ZoneNames

    init(_ town: Town, zones: ZoneNames = ZoneNames()) {
        self.zones = zones
        townCode = town.code
        townName = town.name
        for level in [Level.community, .grid, .microgrid] {
            guard let layer = town.units(level) else { continue }
            layers[level] = layer
            index[level] = layer.indexByCode()
        }
    }

    func codes(_ level: Level) -> [String] { level == .town ? [townCode] : layers[level]?.codes ?? [] }

    /// The level and unit a code belongs to, the lowest first; codes are unique within a level only.
    func level(of code: String) -> Level? {
        [Level.microgrid, .grid, .community].first { index[$0]?[code] != nil }
    }

    /// The unit of a level that a list means by its code, or by a name that only one unit has.
    func code(_ level: Level, of word: String) -> String? {
        if level == .town { return word == townCode || word == townName ? townCode : nil }
        guard let layer = layers[level] else { return nil }
        if index[level]?[word] != nil { return word }
        let named = layer.names.indices.filter { layer.names[$0] == word }
        return named.count == 1 ? layer.codes[named[0]] : nil
    }

    func contains(_ level: Level, _ code: String) -> Bool {
        level == .town ? townCode.isEmpty || code == townCode : index[level]?[code] != nil
    }

    func contains(_ post: Post) -> Bool {
        post.zoning.isEmpty
            ? contains(post.level, post.unitCode) : zones.name(post.zoning, post.unitCode) != nil
    }

    /// A post whose unit is no unit but a code that one zoning alone has is in that zoning.
    func inZoning(_ post: Post) -> Post {
        guard post.zoning.isEmpty, !contains(post.level, post.unitCode),
            case .zone(let zoning) = zones.meaning(of: post.unitCode)
        else { return post }
        var post = post
        post.zoning = zoning
        return post
    }

    func name(_ post: Post) -> String {
        post.zoning.isEmpty
            ? name(post.level, post.unitCode) : zones.name(post.zoning, post.unitCode) ?? post.unitCode
    }

    func name(_ vacancy: Roster.Vacancy) -> String {
        vacancy.zoning.isEmpty
            ? name(vacancy.level, vacancy.unitCode) : zones.name(vacancy.zoning, vacancy.unitCode) ?? vacancy.unitCode
    }

    func name(_ level: Level, _ code: String) -> String {
        if level == .town { return townName }
        guard let i = index[level]?[code], let layer = layers[level] else { return code }
        return layer.names[i].isEmpty ? code : layer.names[i]
    }

    func ancestor(_ level: Level, _ code: String, at target: Level) -> String? {
        var (level, code) = (level, code)
        while level > target {
            guard let i = index[level]?[code], let parent = level.parent else { return nil }
            code = layers[level]?.parentCodes[i] ?? ""
            level = parent
        }
        return level == target ? code : nil
    }

    func communityName(_ level: Level, _ code: String) -> String {
        ancestor(level, code, at: .community).map { name(.community, $0) } ?? ""
    }

    /// The grids that a post in a unit serves: those in it, or the one it lies in.
    func grids(of level: Level, _ code: String) -> [String] {
        switch level {
        case .town: codes(.grid)
        case .community:
            layers[.grid].map { layer in
                layer.codes.indices.filter { layer.parentCodes[$0] == code }.map { layer.codes[$0] }
            } ?? []
        case .grid: [code]
        case .microgrid: ancestor(level, code, at: .grid).map { [$0] } ?? []
        }
    }
}
