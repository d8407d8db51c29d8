public import GeoGrid

/// 联系人住处: where helpers start from, and which building and courtyard they live in.
///
/// A helper without a home is taken to be in the middle of the unit they hold a post in; without either they are
/// nowhere. Both are findings (GG478).
public struct HelperPlaces: Sendable {
    public let doors: StreetDoors
    public let findings: [Finding]
    /// How many helpers are somewhere.
    public var placed: Int { doors.points.count { $0.x.isFinite } }
    private let care: CareTown
    private let people: [Int]
    private let buildings: [Int32]
    private let compounds: [Int32]
    private let buildingOfHousehold: [Int32]
    private let compoundOfHousehold: [Int32]

    /// `people` are positions in the town's list. O(people + households + buildings).
    public init(care: CareTown, people: [Int]) {
        self.care = care
        self.people = people
        let town = care.town
        let buildingIndex = Dictionary(
            zip(town.buildings.map(\.id), town.buildings.indices), uniquingKeysWith: { first, _ in first })
        var compoundNumber: [String: Int32] = [:]
        let compoundOfBuilding = town.buildings.map { building -> Int32 in
            guard !building.compound.isEmpty else { return -1 }
            let key = building.compound + "|" + building.street
            if let known = compoundNumber[key] { return known }
            let number = Int32(compoundNumber.count)
            compoundNumber[key] = number
            return number
        }
        let buildingOfHousehold = town.households.map { Int32(buildingIndex[$0.buildingID] ?? -1) }
        self.buildingOfHousehold = buildingOfHousehold
        compoundOfHousehold = buildingOfHousehold.map { $0 < 0 ? -1 : compoundOfBuilding[Int($0)] }

        var householdAt: [PlanarPoint: Int] = [:]
        for (h, household) in town.households.enumerated() where householdAt[household.location] == nil {
            householdAt[household.location] = h
        }
        let unitMiddle = Self.middles(of: town)
        var unitOfPerson: [String: String] = [:]
        for post in town.posts where post.zoning.isEmpty {
            if let person = post.personID, unitOfPerson[person] == nil { unitOfPerson[person] = post.unitCode }
        }
        var findings: [Finding] = []
        var places: [PlanarPoint] = []
        var buildings: [Int32] = []
        for position in people {
            let person = town.people[position]
            if let home = person.home, home.x.isFinite, home.y.isFinite {
                places.append(home)
                buildings.append(householdAt[home].map { buildingOfHousehold[$0] } ?? -1)
                continue
            }
            let middle = unitOfPerson[person.id].flatMap { unitMiddle[$0] }
            places.append(middle ?? PlanarPoint(x: .nan, y: .nan))
            buildings.append(-1)
            findings.append(
                Finding(
                    .helperWithoutHome, .warning, at: Place(layer: "person", id: person.id),
                    middle == nil
                        ? Text(
                            zh: "联系人没有住址，也没有任职单元，不能结对",
                            en: "a helper has neither a home nor a post's unit and cannot be paired")
                        : Text(
                            zh: "联系人没有住址，按任职单元中心计算",
                            en: "a helper has no home; taken to be in the middle of the post's unit"),
                    remedy: Text(zh: "补登住址坐标", en: "record the home's coordinate")))
        }
        self.buildings = buildings
        compounds = buildings.map { $0 < 0 ? -1 : compoundOfBuilding[Int($0)] }
        doors = care.model.doors(places)
        self.findings = findings
    }

    /// The mean place of each unit's households, or the middle of its box where none is known, by the unit's code.
    private static func middles(of town: Town) -> [String: PlanarPoint] {
        var sums: [String: (x: Double, y: Double, count: Double)] = [:]
        let micro = town.microgrids.indexByCode()
        let grid = town.grids.indexByCode()
        func chain(_ household: Household) -> [String] {
            var codes = [household.unitCode]
            if let m = micro[household.unitCode] { codes.append(town.microgrids.parentCodes[m]) }
            if let last = codes.last, let g = grid[last] { codes.append(town.grids.parentCodes[g]) }
            return codes
        }
        for household in town.households where household.location.x.isFinite && household.location.y.isFinite {
            for code in chain(household) {
                let s = sums[code] ?? (0, 0, 0)
                sums[code] = (s.x + household.location.x, s.y + household.location.y, s.count + 1)
            }
        }
        var middles = sums.mapValues { PlanarPoint(x: $0.x / $0.count, y: $0.y / $0.count) }
        for level in [Level.community, .grid, .microgrid] {
            guard let units = town.units(level) else { continue }
            for (i, code) in units.codes.enumerated() where middles[code] == nil {
                middles[code] = units.areas.box(ofFeature: i).center
            }
        }
        return middles
    }

    /// What the pairing needs to know of a helper, by position in the list given.
    public func side(_ helper: Int, capacity: Int, skills: (Person) -> UInt64) -> Pairing.Side {
        var side = Pairing.Side()
        side.building = buildings[helper]
        side.compound = compounds[helper]
        side.capacity = capacity
        side.skills = skills(care.town.people[people[helper]])
        return side
    }

    /// What the pairing needs to know of a household of the town.
    public func side(household: Int, needs: ([CareResident]) -> UInt64) -> Pairing.Side {
        var side = Pairing.Side()
        side.building = buildingOfHousehold[household]
        side.compound = compoundOfHousehold[household]
        side.skills = needs(care.careResidents[household].map { care.town.careResidents[$0] })
        return side
    }
}

extension IssueCode {
    /// Households that got no helper.
    public static let unpaired = IssueCode("GG477")
    /// A helper without a home.
    public static let helperWithoutHome = IssueCode("GG478")
    /// No helpers, or no households.
    public static let nothingToPair = IssueCode("GG486")
}
