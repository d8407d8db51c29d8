import GeoGrid

/// 岗位: the posts of the town, who holds them, and what was planted among them.
struct Posts {
    private(set) var people: [Person] = []
    private(set) var posts: [Post] = []
    /// Identifiers of the posts left vacant, and of people given a second post, for the list of planted facts.
    private(set) var vacant: [String] = []
    private(set) var doubled: [String] = []

    /// Grids of a community, and a grid by itself, by code.
    private var gridsOfUnit: [String: Range<Int>] = [:]

    static let roles: [LandUse: String] = [
        .oldTown: "巷道长", .street: "红袖章", .compound: "楼院长", .village: "组长", .institution: "微网格长", .industry: "微网格长",
    ]

    init(
        _ units: Units, holders: Int, homes: [(site: Int, point: PlanarPoint)], names: inout PersonNames,
        using generator: inout SeededGenerator
    ) {
        var homesOfGrid: [[PlanarPoint]] = units.grids.map { _ in [] }
        for home in homes { homesOfGrid[units.microgrids[home.site].grid].append(home.point) }
        for (g, grid) in units.grids.enumerated() { gridsOfUnit[grid.code] = g..<g + 1 }
        for community in units.communities {
            gridsOfUnit[community.code] = community.grids
            add(community.isVillage ? "村党支部书记" : "社区党委书记", .community, community.code, .fullTime)
            add(community.isVillage ? "村委会主任" : "社区居委会主任", .community, community.code, .fullTime)
        }
        for grid in units.grids { add("网格长", .grid, grid.code, generator.chance(0.6) ? .fullTime : .partTime) }
        for microgrid in units.microgrids {
            add(
                Posts.roles[units.grids[microgrid.grid].use] ?? "微网格长", .microgrid, microgrid.code,
                generator.chance(0.3) ? .partTime : .volunteer)
        }
        let scarce = max(1, units.microgrids.count / 120)
        var order = Array(posts.indices.dropFirst(2 * units.communities.count))
        generator.shuffle(&order)
        let emptied = Set(order.prefix(scarce))
        let shared = order.dropFirst(scarce).prefix(order.count >= 3 * scarce ? scarce : 0)
        var homesLeft = homesOfGrid
        for i in posts.indices where !emptied.contains(i) && !shared.contains(i) {
            posts[i].personID = engage(posts[i], units, &homesLeft, &names, &generator)
        }
        for i in shared {
            let other = order[scarce * 2 + doubled.count]
            posts[i].personID = posts[other].personID
            doubled.append(posts[other].personID ?? "")
        }
        vacant = emptied.sorted().map { posts[$0].id }
        let rest = units.microgrids.indices.filter { units.grids[units.microgrids[$0].grid].use == .compound }
        while people.count < holders {
            let site = rest.isEmpty ? generator.below(units.microgrids.count) : rest[generator.below(rest.count)]
            add("单元长", .microgrid, units.microgrids[site].code, .volunteer)
            let i = posts.count - 1
            posts[i].personID = engage(posts[i], units, &homesLeft, &names, &generator)
        }
        let start = Day(year: 2024, month: 1, day: 1)!
        for i in posts.indices {
            posts[i].validity = Validity(from: start.advanced(by: generator.below(700)), to: nil)
        }
    }

    private mutating func add(_ role: String, _ level: Level, _ unit: String, _ employment: Post.Employment) {
        var post = Post(id: "G" + padded(posts.count + 1, 5), role: role, level: level, unitCode: unit, personID: nil)
        post.employment = employment
        posts.append(post)
    }

    private mutating func engage(
        _ post: Post, _ units: Units, _ homes: inout [[PlanarPoint]], _ names: inout PersonNames,
        _ generator: inout SeededGenerator
    ) -> String {
        var person = Person(id: "P" + padded(people.count + 1, 5), name: names.name(&generator))
        person.phone = names.phone()
        person.partyMember = generator.chance(post.level == .microgrid ? 0.3 : 0.7)
        person.skills = generator.chance(0.5) ? [generator.pick(Posts.skills)] : []
        let grids = gridsOfUnit[post.level == .community ? post.unitCode : String(post.unitCode.prefix(15))] ?? 0..<0
        let far = generator.chance(0.12)
        let grid =
            far || grids.isEmpty ? generator.below(units.grids.count) : grids.lowerBound + generator.below(grids.count)
        if !homes[grid].isEmpty { person.home = homes[grid][generator.below(homes[grid].count)] }
        people.append(person)
        return person.id
    }

    private static let skills = ["调解", "护理", "急救", "法律", "水电维修", "心理疏导", "驾驶", "消防", "家政", "电脑"]
}
