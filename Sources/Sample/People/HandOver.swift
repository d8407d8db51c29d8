public import GeoGrid

/// 集中交接: many posts change hands on one day: 60 in the default town, 8 secretaries among them.
public struct HandOver: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public var post: Post
        public var successor: String
    }

    public let day: Day
    public let rows: [Row]

    /// Holders move round: each takes the post of the one before.
    init(_ town: Town, using generator: inout SeededGenerator) {
        day = Day(year: 2026, month: 9, day: 1)!
        let scale = max(1, 241 / max(1, town.grids.count))
        var held: [String: Int] = [:]
        for post in town.posts { if let person = post.personID { held[person, default: 0] += 1 } }
        func single(_ role: (Post) -> Bool) -> [Post] {
            town.posts.filter { post in role(post) && post.personID.map { held[$0] == 1 } ?? false }
        }
        var secretaries = single { $0.role.hasSuffix("书记") }
        var others = single { $0.level == .grid }
        generator.shuffle(&secretaries)
        generator.shuffle(&others)
        let turn = [Array(secretaries.prefix(max(2, 8 / scale))), Array(others.prefix(max(2, 52 / scale)))]
        rows = turn.flatMap { posts in
            posts.indices.map { Row(post: posts[$0], successor: posts[($0 + 1) % posts.count].personID ?? "") }
        }
    }
}
