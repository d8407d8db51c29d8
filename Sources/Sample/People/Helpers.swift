public import GeoGrid

/// 党员联户与走访: party members who look after households, and cadres who knock at every door.
public struct Helpers: Sendable {
    /// 联户党员: a person with a home and a number of households to look after.
    public struct Helper: Hashable, Sendable {
        public var person: Person
        public var capacity: Int
    }

    /// 600 in the default town.
    public private(set) var members: [Helper] = []
    /// 联系户: identifiers of the households looked after, and by whom today, empty where nobody yet.
    public private(set) var households: [(household: String, helper: String)] = []
    /// 走访干部: 1,230 in the default town, with the place each sets out from.
    public private(set) var visitors: [Person] = []

    init(_ draft: TownDraft, names: inout PersonNames, using generator: inout SeededGenerator) {
        let homes = draft.town.households
        guard !homes.isEmpty else { return }
        func share(_ count: Int) -> Int { max(1, count * homes.count / 25_000) }
        let wanted = share(6_346)
        var capacity = 0
        for i in 0..<share(600) {
            var person = Person(id: "M" + padded(i + 1, 4), name: names.name(&generator))
            person.phone = names.phone()
            person.partyMember = true
            person.home = homes[generator.below(homes.count)].location
            person.skills = generator.chance(0.4) ? [generator.pick(["调解", "护理", "急救", "水电维修", "心理疏导", "法律"])] : []
            let holds = generator.integer(8...14)
            capacity += holds
            members.append(Helper(person: person, capacity: holds))
        }
        var i = 0
        while capacity < wanted + wanted / 40 {
            members[i % members.count].capacity += 1
            capacity += 1
            i += 1
        }
        var order = Array(homes.indices)
        generator.shuffle(&order)
        var room = members.map(\.capacity)
        for h in order.prefix(wanted).sorted() {
            var keeper = ""
            if generator.chance(0.3) {
                let tries = (0..<12).map { _ in generator.below(members.count) }
                let near = tries.min { far($0, homes[h]) < far($1, homes[h]) }!
                if room[near] > 0 {
                    room[near] -= 1
                    keeper = members[near].person.id
                }
            }
            households.append((homes[h].id, keeper))
        }
        for i in 0..<share(1_230) {
            var person = Person(id: "K" + padded(i + 1, 4), name: names.name(&generator))
            person.phone = names.phone()
            person.home = homes[generator.below(homes.count)].location
            visitors.append(person)
        }
    }

    private func far(_ member: Int, _ home: Household) -> Double {
        members[member].person.home?.distance(to: home.location) ?? .infinity
    }
}
