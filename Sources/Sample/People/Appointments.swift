public import GeoGrid

/// 合并后任命: the heads of the communities that the merger makes, from those of their most populous old community.
public struct Appointments: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public var role: String
        public var unit: String
        public var person: String
    }

    public let day = Day(year: 2026, month: 12, day: 1)!
    public private(set) var rows: [Row] = []

    init(_ town: Town, merger: Merger, after handOver: HandOver) {
        let successor = Dictionary(uniqueKeysWithValues: handOver.rows.map { ($0.post.id, $0.successor) })
        for target in merger.targets where !town.communities.codes.contains(target.code) {
            let old = town.communities.codes[target.members[0]]
            let heads = target.name.hasSuffix("村") ? ["村党支部书记", "村委会主任"] : ["社区党委书记", "社区居委会主任"]
            let posts = town.posts.filter { $0.unitCode == old && $0.level == .community }
            for (role, post) in zip(heads, posts) {
                rows.append(Row(role: role, unit: target.code, person: successor[post.id] ?? post.personID ?? ""))
            }
        }
    }
}
