/// 地名库: the buildings of a town by the names and numbers addresses give them.
///
/// Built once from the town's own buildings, streets, compounds and communities, with the names they once had; then
/// immutable. Building it is linear in the buildings; a look-up costs a few hash probes.
public struct Gazetteer: Sendable {
    /// 楼栋条目: what is known of a building's address.
    public struct Entry: Hashable, Sendable {
        /// Identifier of the building.
        public var id: String
        public var compound: String
        public var street: String
        /// As on the wall: `12号`, `3栋`.
        public var number: String
        /// 村民组, empty in towns.
        public var group: String
        /// Code of the community it lies in, empty where not known.
        public var communityCode: String
        /// Codes of communities it once lay in: their names still find it.
        public var formerCommunityCodes: [String]
        public var location: PlanarPoint

        public init(
            id: String, compound: String = "", street: String = "", number: String, group: String = "",
            communityCode: String = "", formerCommunityCodes: [String] = [], location: PlanarPoint
        ) {
            self.id = id
            self.compound = compound
            self.street = street
            self.number = number
            self.group = group
            self.communityCode = communityCode
            self.formerCommunityCodes = formerCommunityCodes
            self.location = location
        }
    }

    /// 社区条目: a community of today or of another time; one code may bear several names.
    public struct Community: Hashable, Sendable {
        public var code: String
        public var name: String
        /// Whether it bears the name on the day the gazetteer answers for.
        public var isCurrent: Bool

        public init(code: String, name: String, isCurrent: Bool = true) {
            self.code = code
            self.name = name
            self.isCurrent = isCurrent
        }
    }

    /// 别名: another name of a street, a compound or a community, such as an old or a popular one.
    public struct Alias: Hashable, Sendable {
        public enum Kind: String, CaseIterable, Sendable {
            case community, street, compound
        }
        public var kind: Kind
        public var name: String
        /// Code of the community, or the present name of the street or compound.
        public var target: String

        public init(kind: Kind, name: String, target: String) {
            self.kind = kind
            self.name = name
            self.target = target
        }
    }

    struct Record: Sendable {
        var street: Int32 = -1
        var compound: Int32 = -1
        /// Today's first, then former ones.
        var communities: [Int32] = []
        var group = DoorNumber.none
        var streetNumber = DoorNumber.none
        var building = DoorNumber.none
        var phase = DoorNumber.none
    }

    /// What buildings are looked up by.
    struct Key: Hashable {
        enum Kind: UInt8 {
            case compoundBuilding, compoundStreetNumber, streetNumber, group, community, compound, street
        }
        var kind: Kind
        var place: Int32
        var first = DoorNumber.none
        var second = DoorNumber.none
    }

    public let entries: [Entry]
    public let communities: [Community]
    let records: [Record]
    let streets: [String]
    let compounds: [String]
    let names: NameIndex
    /// Names that are not those of today.
    let formerNames: Set<Int32>
    private let index: [Key: [Int32]]

    /// - Parameters:
    ///   - county: with `town`, what an address may begin with; another county or town counts against a match.
    ///   - communities: those of the day the answers are for, and those of other days.
    ///   - aliases: other names that addresses use.
    public init(
        county: String, town: String, communities: [Community], entries: [Entry], aliases: [Alias] = []
    ) {
        var builder = GazetteerBuilder(county: county, town: town, communities: communities)
        for entry in entries { builder.add(entry) }
        for alias in aliases { builder.add(alias) }
        self.entries = entries
        self.communities = communities
        records = builder.records
        streets = builder.streets
        compounds = builder.compounds
        names = builder.names
        formerNames = builder.formerNames
        index = builder.index
    }

    func buildings(_ key: Key) -> [Int32] { index[key] ?? [] }
}

/// Fills a gazetteer.
struct GazetteerBuilder {
    private(set) var records: [Gazetteer.Record] = []
    private(set) var streets: [String] = []
    private(set) var compounds: [String] = []
    private(set) var names = NameIndex()
    private(set) var formerNames: Set<Int32> = []
    private(set) var index: [Gazetteer.Key: [Int32]] = [:]
    private var streetPosition: [String: Int32] = [:]
    private var compoundPosition: [String: Int32] = [:]
    private var groupOf: [String: DoorNumber] = [:]
    private var communityPosition: [String: Int32] = [:]
    private let plain = AddressParser()
    private var numbersOf: [String: Numbers] = [:]

    init(county: String, town: String, communities: [Gazetteer.Community]) {
        if !county.isEmpty { names.insert(county, kind: .county, target: 0) }
        if !town.isEmpty { names.insert(town, kind: .town, target: 0) }
        for (i, community) in communities.enumerated() {
            let position = communityPosition[community.code] ?? Int32(i)
            communityPosition[community.code] = position
            insert(community.name, kind: .community, target: position, isCurrent: community.isCurrent)
        }
    }

    mutating func add(_ entry: Gazetteer.Entry) {
        let building = Int32(records.count)
        var record = Gazetteer.Record()
        record.communities = ([entry.communityCode] + entry.formerCommunityCodes).compactMap { communityPosition[$0] }
        if !entry.street.isEmpty { record.street = street(entry.street) }
        if !entry.compound.isEmpty { record.compound = compound(entry.compound) }
        if !entry.group.isEmpty { record.group = group(entry.group) }
        readNumber(of: entry, into: &record)
        records.append(record)
        for key in keys(of: record) { index[key, default: []].append(building) }
    }

    mutating func add(_ alias: Gazetteer.Alias) {
        switch alias.kind {
        case .community:
            if let position = communityPosition[alias.target] {
                insert(alias.name, kind: .community, target: position, isCurrent: false)
            }
        case .street: insert(alias.name, kind: .street, target: street(alias.target), isCurrent: false)
        case .compound: insert(alias.name, kind: .compound, target: compound(alias.target), isCurrent: false)
        }
    }

    private mutating func insert(_ name: String, kind: NameIndex.Kind, target: Int32, isCurrent: Bool) {
        guard let (position, isNew) = names.insert(name, kind: kind, target: target) else { return }
        if isCurrent {
            formerNames.remove(position)
        } else if isNew {
            formerNames.insert(position)
        }
    }

    private mutating func street(_ name: String) -> Int32 {
        if let known = streetPosition[name] { return known }
        let position = Int32(streets.count)
        streets.append(name)
        streetPosition[name] = position
        names.insert(name, kind: .street, target: position)
        return position
    }

    private mutating func compound(_ name: String) -> Int32 {
        if let known = compoundPosition[name] { return known }
        let position = Int32(compounds.count)
        compounds.append(name)
        compoundPosition[name] = position
        names.insert(name, kind: .compound, target: position)
        return position
    }

    /// A numbered group is its number; a named one gets a number of its own beyond all written ones.
    private mutating func group(_ name: String) -> DoorNumber {
        if let known = groupOf[name] { return known }
        let parts = plain.reading(name)
        let number: DoorNumber
        if parts.group.isEmpty {
            number = .named(Int32(groupOf.count))
            names.insert(name, kind: .group, target: Int32(groupOf.count))
        } else {
            number = parts.number(parts.group)
        }
        groupOf[name] = number
        return number
    }

    private mutating func readNumber(of entry: Gazetteer.Entry, into record: inout Gazetteer.Record) {
        let number = numbers(in: entry.number)
        record.phase = number.phase
        record.building = number.building
        guard !number.street.isNone else { return }
        // A bare number counts buildings in a compound and houses on a street.
        if number.building.isNone, !entry.compound.isEmpty, !entry.number.contains("号") {
            record.building = number.street
        } else {
            record.streetNumber = number.street
        }
    }

    /// Numbers repeat from street to street, and are taken apart once.
    private mutating func numbers(in text: String) -> Numbers {
        if let known = numbersOf[text] { return known }
        let reading = plain.reading(text)
        let numbers = Numbers(
            phase: reading.number(reading.phase), building: reading.number(reading.building),
            street: reading.number(reading.streetNumber))
        numbersOf[text] = numbers
        return numbers
    }

    private struct Numbers {
        var phase, building, street: DoorNumber
    }

    private func keys(of record: Gazetteer.Record) -> [Gazetteer.Key] {
        var keys: [Gazetteer.Key] = []
        if record.compound >= 0 {
            keys.append(.init(kind: .compound, place: record.compound))
            if !record.building.isNone {
                keys.append(.init(kind: .compoundBuilding, place: record.compound, first: record.building))
            }
            if !record.streetNumber.isNone {
                keys.append(.init(kind: .compoundStreetNumber, place: record.compound, first: record.streetNumber))
            }
        }
        if record.street >= 0 {
            keys.append(.init(kind: .street, place: record.street))
            let number = record.streetNumber.isNone ? record.building : record.streetNumber
            if !number.isNone { keys.append(.init(kind: .streetNumber, place: record.street, first: number)) }
        }
        let number = record.streetNumber.isNone ? record.building : record.streetNumber
        for community in record.communities where !number.isNone {
            keys.append(.init(kind: .community, place: community, first: number))
            if !record.group.isNone {
                keys.append(.init(kind: .group, place: community, first: record.group, second: number))
            }
        }
        return keys
    }
}
