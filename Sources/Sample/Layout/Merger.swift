import GeoGrid

/// 合并调整: old communities joined to fewer new ones, one of them split between two.
public struct Merger: Hashable, Sendable {
    /// 新社区.
    public struct Target: Hashable, Sendable {
        public var code: String
        public var name: String
        /// Positions of its old communities; the first is where the new centre is.
        var members: [Int]
    }

    /// One line of `merger.csv`: a whole old community, or one grid of a split one.
    public struct Row: Hashable, Sendable {
        public var oldCode: String
        public var oldName: String
        /// 网格编码 where the old community is split; else empty.
        public var gridCode: String
        public var newCode: String
        public var newName: String
    }

    public private(set) var targets: [Target] = []
    public private(set) var rows: [Row] = []

    private static let names = ["云河", "新城", "古街", "西苑", "双桥", "凤山", "江南", "龙泉", "祥和", "康宁", "城北", "临江", "学苑", "福安"]

    /// Joins neighbours, the least populous first, until ten of nineteen are left; CJ/T 349 serials from 601.
    init(_ units: Units, _ neighbours: Neighbours, persons: [Int]) {
        let count = units.communities.count
        let wanted = max(1, (count * 10 + 9) / 19)
        func community(_ site: Int) -> Int { units.grids[units.microgrids[site].grid].community }
        var border = Array(repeating: Array(repeating: 0.0, count: count), count: count)
        for (site, row) in neighbours.rows.enumerated() {
            for (other, length, _) in row.filter({ !$0.isRiver }) {
                border[community(site)][community(other)] += length
            }
        }
        var groups = (0..<count).map { [$0] }
        func size(_ group: [Int]) -> Int { group.reduce(0) { $0 + persons[$1] } }
        while groups.count > wanted {
            let order = groups.indices.sorted {
                (groups[$0].count, size(groups[$0]), groups[$0][0]) < (
                    groups[$1].count, size(groups[$1]), groups[$1][0]
                )
            }
            func partner(of i: Int) -> Int? {
                groups.indices.filter { j in
                    j != i && groups[i].count + groups[j].count <= 3
                        && groups[i].contains { a in groups[j].contains { border[a][$0] > 150 } }
                }.min { (groups[$0].count, size(groups[$0]), $0) < (groups[$1].count, size(groups[$1]), $1) }
            }
            guard let i = order.first(where: { partner(of: $0) != nil }), let j = partner(of: i) else { break }
            let merged = (groups[i] + groups[j]).sorted { (-persons[$0], $0) < (-persons[$1], $1) }
            groups[min(i, j)] = merged
            groups.remove(at: max(i, j))
        }
        var joined = 0
        for group in groups {
            let old = units.communities[group[0]]
            if group.count == 1 {
                targets.append(Target(code: old.code, name: old.name, members: group))
            } else {
                joined += 1
                let villages = group.allSatisfy { units.communities[$0].isVillage }
                let name =
                    joined % 3 == 0
                    ? old.name : Merger.names[(joined - 1) % Merger.names.count] + (villages ? "村" : "社区")
                targets.append(Target(code: old.code.prefix(9) + padded(600 + joined, 3), name: name, members: group))
            }
        }
        let split = Merger.split(units, neighbours, targets, border)
        for (c, old) in units.communities.enumerated() {
            let target = targets.firstIndex { $0.members.contains(c) }!
            func row(_ grid: String, _ target: Int) -> Row {
                Row(
                    oldCode: old.code, oldName: old.name, gridCode: grid, newCode: targets[target].code,
                    newName: targets[target].name)
            }
            if let split, split.community == c {
                for g in old.grids {
                    rows.append(row(units.grids[g].code, split.grids.contains(g) ? split.target : target))
                }
            } else {
                rows.append(row("", target))
            }
        }
    }

    /// A community whose grids beside another new community go over to it, both parts staying in one piece.
    private static func split(
        _ units: Units, _ neighbours: Neighbours, _ targets: [Target], _ border: [[Double]]
    ) -> (community: Int, grids: Set<Int>, target: Int)? {
        func sites(_ grids: some Sequence<Int>) -> [Int] { grids.flatMap { Array(units.grids[$0].microgrids) } }
        for target in targets where target.members.count > 1 {
            for c in target.members.dropFirst() where units.communities[c].grids.count >= 6 {
                for t in targets.indices where targets[t].members.count > 1 && !targets[t].members.contains(c) {
                    guard let beside = targets[t].members.max(by: { border[c][$0] < border[c][$1] }),
                        border[c][beside] > 250
                    else { continue }
                    let members = Set(sites(units.communities[beside].grids))
                    let gone = units.communities[c].grids.filter { g in
                        units.grids[g].microgrids.contains { site in
                            neighbours.rows[site].contains { members.contains($0.site) && $0.border > 40 }
                        }
                    }
                    let kept = units.communities[c].grids.filter { !gone.contains($0) }
                    guard gone.count >= 2, gone.count * 2 <= units.communities[c].grids.count,
                        neighbours.areConnected(sites(gone) + sites(units.communities[beside].grids)),
                        neighbours.areConnected(
                            sites(kept)
                                + target.members.filter { $0 != c }.flatMap { sites(units.communities[$0].grids) })
                    else { continue }
                    return (c, Set(gone), t)
                }
            }
        }
        return nil
    }
}
