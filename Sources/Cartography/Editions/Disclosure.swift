public import GeoGrid
import Planner

/// 披露规则: the one place that decides what of a town an edition may show.
///
/// Town in, `DisclosedTown` out: what is not copied here can be on no sheet, card or file of that edition.
/// The rules follow the Personal Information Protection Law (个人信息保护法), art. 6 (only what the purpose needs) and
/// art. 28 (sensitive information).
public struct Disclosure: Sendable {
    public var edition: Edition
    /// Counts of 1 to `smallest` − 1 are hidden in the public edition.
    public var smallest = 5
    /// 不上图的类别: categories that appear on no wall map, whatever the edition.
    public var unmappedCategories: Set<String> = [
        "mental-stable", "mental-unstable", "correction", "corrections",
    ]
    /// Residents younger than this appear on no wall map.
    public var youngest = 14

    /// 责任人电话: shown but on public sheets; cards, whose purpose they are, show them in every edition.
    public var leadPhones: Bool

    public init(_ edition: Edition) {
        self.edition = edition
        leadPhones = edition != .public
    }

    /// 联系卡: what may be printed on cards that are handed out: as public, with the phones of those who hold posts.
    public static var cards: Disclosure {
        var rules = Disclosure(.public)
        rules.leadPhones = true
        return rules
    }

    /// What the edition may show. O(records).
    public func apply(to town: Town) -> DisclosedTown {
        var shown = DisclosedTown(
            edition: edition, name: town.name, county: town.county, code: town.code, epsg: town.epsg, day: town.day,
            levelNames: town.levelNames, communities: town.communities, grids: town.grids, microgrids: town.microgrids,
            buildings: town.buildings, roads: town.roads, waters: town.waters, places: town.places,
            servicePoints: town.servicePoints)
        shown.credit = town.credit
        shown.communities.nameByCode()
        shown.grids.nameByCode()
        let chain = UnitChain(town)
        let mapped = town.careResidents.filter { mayBeMapped($0, on: town.day) }
        count(town, mapped, chain, into: &shown)
        nameLeads(town, into: &shown)
        if edition != .public {
            shown.careSymbols = careSymbols(mapped, town, chain)
            shown.riskSymbols = riskSymbols(town)
        }
        if edition == .operational {
            shown.listedHouseholds = listedHouseholds(town)
            shown.memberSymbols = memberSymbols(town)
        }
        let kept = town.careResidents.count - mapped.count
        if kept > 0 {
            shown.withheld.append(
                Text(
                    zh: "按规定不上图的关爱对象 \(kept) 人", en: "\(kept) care residents kept off all maps by rule"))
        }
        return shown
    }

    private func mayBeMapped(_ resident: CareResident, on day: Day) -> Bool {
        let key = WorkloadModel.standard.careLine(named: resident.category)?.key ?? resident.category
        if unmappedCategories.contains(key) || unmappedCategories.contains(resident.category) { return false }
        // A birth year alone leaves the birthday open: up to the end of the year the resident may still be younger.
        if let born = resident.birthYear, day.year - born <= youngest { return false }
        return true
    }

    private func count(
        _ town: Town, _ care: [CareResident], _ chain: UnitChain, into shown: inout DisclosedTown
    ) {
        var communities = [[Int]](repeating: [0, 0, 0], count: town.communities.count)
        var grids = [[Int]](repeating: [0, 0, 0], count: town.grids.count)
        var microgrids = [[Int]](repeating: [0, 0, 0], count: town.microgrids.count)
        var all = [0, 0, 0]
        func add(_ code: String, _ amounts: [Int]) {
            let place = chain.place(of: code)
            for k in 0..<3 where amounts[k] != 0 {
                all[k] += amounts[k]
                if let i = place.community { communities[i][k] += amounts[k] }
                if let i = place.grid { grids[i][k] += amounts[k] }
                if let i = place.microgrid { microgrids[i][k] += amounts[k] }
            }
        }
        for household in town.households { add(household.unitCode, [1, household.persons, 0]) }
        for (unit, stated) in town.statedCounts {
            add(town.lowestUnits.codes[unit], [stated.households, stated.persons, 0])
        }
        for resident in care { add(resident.unitCode, [0, 0, 1]) }
        shown.townFacts = facts([all], groups: [[0]])[0]
        shown.communityFacts = facts(communities, groups: [Array(communities.indices)])
        shown.gridFacts = facts(grids, groups: chain.gridsByCommunity)
        shown.microgridFacts = facts(microgrids, groups: chain.microgridsByGrid)
    }

    private func facts(_ counts: [[Int]], groups: [[Int]]) -> [DisclosedTown.Facts] {
        var facts = counts.map {
            DisclosedTown.Facts(households: .exact($0[0]), persons: .exact($0[1]), care: .exact($0[2]))
        }
        guard edition == .public else { return facts }
        for group in groups {
            let households = Tally.suppressed(group.map { counts[$0][0] }, below: smallest)
            let persons = Tally.suppressed(group.map { counts[$0][1] }, below: smallest)
            let care = Tally.suppressed(group.map { counts[$0][2] }, below: smallest)
            for (k, unit) in group.enumerated() {
                facts[unit].households = households[k]
                facts[unit].persons = persons[k]
                facts[unit].care = care[k]
            }
        }
        return facts
    }

    /// Post holders are named in every edition: their posts are public. Their phones are not on public sheets.
    private func nameLeads(_ town: Town, into shown: inout DisclosedTown) {
        let people = Dictionary(town.people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var byUnit: [Level: [String: [DisclosedTown.Lead]]] = [:]
        for post in town.posts where post.validity.contains(town.day) {
            guard let id = post.personID, let person = people[id] else { continue }
            shown.postHolders[id] = person.name
            guard post.zoning.isEmpty else { continue }
            byUnit[post.level, default: [:]][post.unitCode, default: []].append(
                .init(role: post.role, name: person.name, phone: leadPhones ? person.phone : ""))
        }
        func named(_ level: Level, _ code: String, _ facts: inout DisclosedTown.Facts) {
            guard let leads = byUnit[level]?[code] else { return }
            let first = Self.first(of: leads, level)
            facts.lead = leads[first]
            facts.leads = [leads[first]] + leads.enumerated().filter { $0.offset != first }.map(\.element)
        }
        named(.town, town.code, &shown.townFacts)
        for i in 0..<town.communities.count {
            named(.community, town.communities.codes[i], &shown.communityFacts[i])
        }
        for i in 0..<town.grids.count { named(.grid, town.grids.codes[i], &shown.gridFacts[i]) }
        for i in 0..<town.microgrids.count {
            named(.microgrid, town.microgrids.codes[i], &shown.microgridFacts[i])
        }
    }

    /// The holder a map names first: by the usual words for the head of such a unit, else the first listed.
    private static func first(of leads: [DisclosedTown.Lead], _ level: Level) -> Int {
        let words =
            switch level {
            case .town, .community: ["书记", "主任", "长"]
            case .grid: ["网格长", "网格员", "长"]
            case .microgrid: ["微网格长", "巷道长", "楼院长", "楼栋长", "长"]
            }
        for word in words {
            if let found = leads.firstIndex(where: { $0.role.contains(word) && !$0.role.contains("副") }) {
                return found
            }
        }
        return 0
    }

    /// In the office edition a symbol stands at the middle of its building and bears no name.
    private func careSymbols(
        _ residents: [CareResident], _ town: Town, _ chain: UnitChain
    ) -> [DisclosedTown.CareSymbol] {
        let households = Dictionary(town.households.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var centres: [String: PlanarPoint] = [:]
        if edition == .office {
            for building in town.buildings { centres[building.id] = Self.middle(of: building) }
        }
        return residents.enumerated().map { number, resident in
            let household = households[resident.householdID]
            let open = edition == .operational
            return .init(
                id: open ? resident.id : "c\(number + 1)", category: resident.category,
                subtype: resident.subtype, location: household.flatMap { centres[$0.buildingID] } ?? resident.location,
                grid: chain.place(of: resident.unitCode).grid,
                name: open ? resident.name : "", address: open ? household?.address ?? "" : "")
        }
    }

    private static func middle(of building: Building) -> PlanarPoint? {
        guard let shell = building.footprint.first?.first, shell.count > 3 else { return nil }
        var box = Box.empty
        for point in shell { box.extend(x: point.x, y: point.y) }
        return box.center
    }

    private func riskSymbols(_ town: Town) -> [DisclosedTown.RiskSymbol] {
        var symbols: [DisclosedTown.RiskSymbol] = []
        for hazard in town.hazards where hazard.closed.map({ town.day < $0 }) ?? true {
            guard let colour = hazard.risk else { continue }
            symbols.append(.init(id: hazard.id, colour: colour, kind: hazard.kind, location: hazard.location))
        }
        for item in town.premises {
            guard let colour = item.risk else { continue }
            symbols.append(.init(id: item.id, colour: colour, kind: item.kind, location: item.location))
        }
        return symbols
    }

    private func memberSymbols(_ town: Town) -> [DisclosedTown.MemberSymbol] {
        let cadres = Set(
            town.posts.filter { $0.level != .microgrid && $0.validity.contains(town.day) }.compactMap(\.personID))
        return town.people.compactMap { person in
            let cadre = cadres.contains(person.id)
            guard let home = person.home, cadre || person.partyMember else { return nil }
            return .init(id: person.id, cadre: cadre, location: home)
        }
    }

    private func listedHouseholds(_ town: Town) -> [DisclosedTown.ListedHousehold] {
        town.households.map {
            .init(head: $0.head, phone: $0.phone, address: $0.address, persons: $0.persons, unitCode: $0.unitCode)
        }
    }
}

/// Where a unit stands in the hierarchy, by its code.
struct UnitChain {
    struct Place {
        var community: Int?
        var grid: Int?
        var microgrid: Int?
    }

    private var places: [String: Place] = [:]
    private(set) var gridsByCommunity: [[Int]]
    private(set) var microgridsByGrid: [[Int]]
    private(set) var communityOfGrid: [Int?]
    private(set) var gridOfMicrogrid: [Int?]

    init(_ town: Town) {
        self.init(communities: town.communities, grids: town.grids, microgrids: town.microgrids)
    }

    init(communities: UnitLayer, grids: UnitLayer, microgrids: UnitLayer) {
        let communityIndex = communities.indexByCode()
        let gridIndex = grids.indexByCode()
        communityOfGrid = grids.parentCodes.map { communityIndex[$0] }
        gridOfMicrogrid = microgrids.parentCodes.map { gridIndex[$0] }
        gridsByCommunity = Array(repeating: [], count: communities.count)
        microgridsByGrid = Array(repeating: [], count: grids.count)
        for i in 0..<communities.count { places[communities.codes[i]] = Place(community: i) }
        for i in 0..<grids.count {
            places[grids.codes[i]] = Place(community: communityOfGrid[i], grid: i)
            if let parent = communityOfGrid[i] { gridsByCommunity[parent].append(i) }
        }
        for i in 0..<microgrids.count {
            let grid = gridOfMicrogrid[i]
            places[microgrids.codes[i]] = Place(
                community: grid.flatMap { communityOfGrid[$0] }, grid: grid, microgrid: i)
            if let grid { microgridsByGrid[grid].append(i) }
        }
    }

    func place(of code: String) -> Place { places[code] ?? Place() }
}

extension UnitLayer {
    /// Units without a name are called by their code.
    fileprivate mutating func nameByCode() {
        for i in names.indices where names[i].isEmpty { names[i] = codes[i] }
    }
}
