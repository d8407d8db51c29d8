public import GeoGrid

/// 合并前后的服务点: the offices that close with the merger, and facilities of others that may stand in for them.
public struct MergedServices: Hashable, Sendable {
    /// 原社区服务中心: one in each old community that loses its own.
    public internal(set) var closing: [ServicePoint] = []
    /// 合作设施: shops, post offices and schools that would serve residents; 24 in the default town.
    public internal(set) var partners: [ServicePoint] = []

    private static let hosts = ["供销社", "邮政所", "药店", "农商银行网点", "文化站", "小学门房"]

    init(_ draft: TownDraft, merger: Merger, using generator: inout SeededGenerator) {
        let communities = draft.units.communities
        let seats = Set(merger.targets.map { $0.members[0] })
        for (i, community) in communities.enumerated() where !seats.contains(i) {
            guard let at = draft.publicDoor(near: community.centre) else { continue }
            closing.append(
                ServicePoint(
                    id: "Y" + padded(closing.count + 1, 3), name: community.name + "原服务中心", kind: "原社区服务中心",
                    location: at))
        }
        for i in 0..<max(1, 24 * communities.count / 19) {
            let community = communities[i % communities.count]
            let grid = draft.units.grids[generator.pick(Array(community.grids))]
            guard let at = draft.publicDoor(near: grid.centre) else { continue }
            var point = ServicePoint(
                id: "Z" + padded(partners.count + 1, 3), name: community.name + generator.pick(Self.hosts),
                kind: "合作设施", location: at)
            point.capacity = generator.integer(20...60) / 10 * 10
            partners.append(point)
        }
    }

    mutating func round(_ to: (PlanarPoint) -> PlanarPoint) {
        for i in closing.indices { closing[i].location = to(closing[i].location) }
        for i in partners.indices { partners[i].location = to(partners[i].location) }
    }
}
