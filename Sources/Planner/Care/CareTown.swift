public import GeoGrid

/// 步行的镇: a town ready for questions of care: its streets, and its households' doors on them.
public struct CareTown: Sendable {
    public let town: Town
    public let model: WalkModel
    /// Doors of the households, in the order of the town.
    public let homes: StreetDoors
    public let persons: [Int]
    /// Elders on the care lists, by household.
    public let elders: [Int]
    /// Positions of care residents, by household.
    public let careResidents: [[Int]]
    /// Findings about streets, doors off the streets, households in no unit.
    public let findings: [Finding]
    /// Position of each household's unit on each level; -1 for none.
    private let units: [Level: [Int32]]

    /// Builds the network and joins the households to it. O(roads + households).
    public init(_ town: Town, options: WalkModel.Options = WalkModel.Options()) {
        self.town = town
        model = WalkModel(roads: town.roads, waters: town.waters, options: options)
        homes = model.doors(town.households.map(\.location))
        persons = town.households.map { max(0, $0.persons) }
        let households = Dictionary(
            zip(town.households.map(\.id), town.households.indices), uniquingKeysWith: { first, _ in first })
        var careResidents = [[Int]](repeating: [], count: town.households.count)
        var elders = [Int](repeating: 0, count: town.households.count)
        for (i, resident) in town.careResidents.enumerated() {
            guard let h = households[resident.householdID] else { continue }
            careResidents[h].append(i)
            if Self.isElder(resident, on: town.day) { elders[h] += 1 }
        }
        self.careResidents = careResidents
        self.elders = elders
        units = Self.units(of: town)
        var findings = model.findings
        findings += model.offStreet(homes, layer: "household") { town.households[$0].id }
        let unplaced = (units[.community] ?? []).count { $0 < 0 }
        if unplaced > 0 {
            findings.append(
                Finding(
                    .householdsOutsideUnits, .note, at: Place(layer: "household"),
                    Text(
                        zh: "\(unplaced) 户没有所属单元，只计入全镇，不计入分区",
                        en: "\(unplaced) households are in no unit; they count for the town, not for its parts"),
                    remedy: Text(zh: "运行 geogrid assign", en: "run geogrid assign")))
        }
        self.findings = findings
    }

    /// 老人: sixty or older in the year of the day, or on a list of people living alone when no birth year is known.
    public static func isElder(_ resident: CareResident, on day: Day) -> Bool {
        if let year = resident.birthYear { return day.year - year >= 60 }
        return resident.category.hasPrefix("living-alone")
    }

    /// 不能自行行走: residents whose category says that somebody must fetch them.
    public static func needsHelp(_ resident: CareResident, on day: Day) -> Bool {
        let helpless = [
            "living-alone-80", "severe-illness", "incapacitated", "disabled", "child-in-need", "left-behind-child",
            "mental-unstable",
        ]
        if helpless.contains(resident.category) { return true }
        guard let year = resident.birthYear else { return false }
        return day.year - year >= 80 || day.year - year < 7
    }

    /// The unit each household belongs to on a level, as positions in the layer; -1 for none.
    public func unit(on level: Level) -> [Int32] {
        units[level] ?? [Int32](repeating: -1, count: town.households.count)
    }

    private static func units(of town: Town) -> [Level: [Int32]] {
        let micro = town.microgrids.indexByCode()
        let grid = town.grids.indexByCode()
        let community = town.communities.indexByCode()
        var byLevel: [Level: [Int32]] = [.microgrid: [], .grid: [], .community: []]
        for household in town.households {
            var code = household.unitCode
            var found: [Level: Int] = [:]
            if let m = micro[code] {
                found[.microgrid] = m
                code = town.microgrids.parentCodes[m]
            }
            if let g = grid[code] {
                found[.grid] = g
                code = town.grids.parentCodes[g]
            }
            found[.community] = community[code]
            for level in [Level.microgrid, .grid, .community] {
                byLevel[level]?.append(Int32(found[level] ?? -1))
            }
        }
        return byLevel
    }

    /// The community each place lies in; -1 for none. O(places × vertices of communities whose box holds them).
    public func community(at places: [PlanarPoint]) -> [Int32] {
        let areas = (0..<town.communities.count).map { AreaBarrier(areas: town.communities.areas.feature($0)) }
        return places.map { p in Int32(areas.firstIndex { $0.contains(p) } ?? -1) }
    }

    /// The kinds of service point the town has, each with how many, in order of the word.
    public var pointKinds: [(kind: String, count: Int)] {
        Dictionary(grouping: town.servicePoints, by: \.kind).map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 }
    }

    /// Positions of the service points of some kinds. Throws GG475 where the town has none of one of them.
    public func points(ofKinds kinds: [String]) throws -> [Int] {
        for kind in kinds where !town.servicePoints.contains(where: { $0.kind == kind }) {
            let known = pointKinds.map { "\($0.kind)（\($0.count)）" }.joined(separator: "、")
            throw GeoGridError(
                .noServicePoints,
                Text(zh: "没有“\(kind)”类服务点", en: "the town has no service points of the kind “\(kind)”"),
                remedy: known.isEmpty
                    ? Text(
                        zh: "先导入服务点：geogrid import FILE --as service_point",
                        en: "import service points first: geogrid import FILE --as service_point")
                    : Text(zh: "现有类别：\(known)", en: "kinds there are: \(known)"))
        }
        return town.servicePoints.indices.filter { kinds.isEmpty || kinds.contains(town.servicePoints[$0].kind) }
    }
}

extension IssueCode {
    /// The town has no service points of the kind asked for.
    public static let noServicePoints = IssueCode("GG475")
    /// Households that belong to no unit.
    public static let householdsOutsideUnits = IssueCode("GG481")
}
