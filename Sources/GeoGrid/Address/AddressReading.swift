/// 解析结果: what a parser saw in one address, for people (`parts`) and for the matcher.
struct AddressReading {
    enum Slot {
        case group, street, phase, building, unit, floor, room
    }

    var text: AddressText
    var parts = AddressParts()
    /// Names the gazetteer holds, in the order of the address.
    private(set) var known: [(name: Int32, range: Range<Int>)] = []
    /// Counties and towns by the shape of their names alone.
    private(set) var unknownDivisions: [(kind: AddressWords.NameKind, range: Range<Int>)] = []
    /// Names it does not hold, below the level of towns.
    private(set) var unknown: [Range<Int>] = []
    private(set) var group: Range<Int> = 0..<0
    private(set) var streetNumber: Range<Int> = 0..<0
    private(set) var phase: Range<Int> = 0..<0
    private(set) var building: Range<Int> = 0..<0
    private(set) var unit: Range<Int> = 0..<0
    private(set) var floor: Range<Int> = 0..<0
    private(set) var room: Range<Int> = 0..<0
    /// Whether the last name was that of a compound, so that a following number counts buildings.
    private(set) var isInCompound = false
    /// Kinds of the names seen, whether known or not.
    private(set) var hasTownOrBelow = false
    private(set) var hasDivision = false

    init(text: AddressText) {
        self.text = text
    }

    func number(_ range: Range<Int>) -> DoorNumber { DoorNumber(text.key[range]) }

    mutating func add(known ids: [Int32], _ range: Range<Int>, in index: NameIndex) {
        for id in ids {
            known.append((id, range))
            add(index.names[Int(id)].kind, range)
        }
    }

    mutating func add(division kind: AddressWords.NameKind, _ range: Range<Int>) {
        if kind == .county || kind == .town { unknownDivisions.append((kind, range)) }
        add(kind, range)
    }

    mutating func add(unknown range: Range<Int>, kind: AddressWords.NameKind?) {
        unknown.append(range)
        if let kind {
            add(kind, range)
        } else {
            isInCompound = false
            parts.rest += text.written(range)
        }
    }

    mutating func add(_ kind: AddressWords.NameKind, _ range: Range<Int>) {
        let name = text.written(range)
        func keep(_ path: WritableKeyPath<AddressParts, String>) {
            if parts[keyPath: path].isEmpty {
                parts[keyPath: path] = name
            } else if parts[keyPath: path] != name {
                parts.rest += name
            }
        }
        switch kind {
        case .province: keep(\.province)
        case .city: keep(\.city)
        case .county: keep(\.county)
        case .town: keep(\.town)
        case .community: keep(\.community)
        case .group: keep(\.group)
        case .street: keep(\.street)
        case .compound: keep(\.compound)
        }
        isInCompound = kind == .compound
        hasDivision = true
        switch kind {
        case .province, .city, .county: break
        case .town, .community, .group, .street, .compound: hasTownOrBelow = true
        }
    }

    mutating func set(_ slot: Slot, _ range: Range<Int>) {
        switch slot {
        case .group: group = range
        case .street: streetNumber = range
        case .phase: phase = range
        case .building: building = range
        case .unit: unit = range
        case .floor: floor = range
        case .room: room = range
        }
        if slot != .phase && slot != .street { isInCompound = false }
    }

    /// Takes a floor for a building where the room lies on another floor (锦绣花园3楼501), and writes the numbers down.
    mutating func finishNumbers() {
        let key = text.key
        if !floor.isEmpty, building.isEmpty, !parts.compound.isEmpty, room.count >= 3,
            DoorNumber.text(key[floor]) != DoorNumber.text(key[room].dropLast(2))
        {
            building = floor
            floor = 0..<0
        }
        parts.group = parts.group.isEmpty ? DoorNumber.text(key[group]) : parts.group
        parts.streetNumber = DoorNumber.text(key[streetNumber])
        parts.phase =
            phase.isEmpty ? "" : DoorNumber.text(key[phase]) + AddressText.string(key[phase.upperBound...].prefix(1))
        parts.building = DoorNumber.text(key[building])
        parts.unit = DoorNumber.text(key[unit])
        parts.floor = DoorNumber.text(key[floor])
        parts.room = DoorNumber.text(key[room])
    }
}
