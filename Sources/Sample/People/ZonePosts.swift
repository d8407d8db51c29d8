public import GeoGrid

/// 分区岗位: who answers for the zones of the other zonings: a person and a post each.
public struct ZonePosts: Hashable, Sendable {
    public private(set) var people: [Person] = []
    public private(set) var posts: [Post] = []

    init(_ zonings: [Zoning], homes: [PlanarPoint], names: inout PersonNames, using generator: inout SeededGenerator) {
        for zoning in zonings {
            for zone in zoning.zones {
                let number = people.count + 1
                var person = Person(id: "Q" + padded(number, 4), name: names.name(&generator))
                person.phone = names.phone()
                person.partyMember = zoning.key == "D" || generator.chance(0.5)
                person.home = homes.isEmpty ? nil : generator.pick(homes)
                people.append(person)
                let role = ["D": "网格党支部书记", "Z": "责任网格长"][zoning.key] ?? "专属网格长"
                var post = Post(
                    id: "GQ" + padded(number, 4), role: role, level: .grid, unitCode: zone.code, personID: person.id)
                post.zoning = zoning.name
                post.employment = zoning.isOverlay ? .partTime : .fullTime
                post.validity = Validity(from: Day(year: 2025, month: 6, day: 1), to: nil)
                posts.append(post)
            }
        }
    }
}
