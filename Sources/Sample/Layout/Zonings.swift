import Foundation
public import GeoGrid

/// 网格体系: other zonings over the same ground: party branches, responsibility grids, 专属网格.
public struct Zoning: Hashable, Sendable {
    /// 分区.
    public struct Zone: Hashable, Sendable {
        public var code: String
        public var name: String
        /// Microgrids it is made of; empty for a zone drawn freely over the base grids.
        public var microgrids: [String]
        /// Polygons, town metres.
        public var area: [[[PlanarPoint]]]
    }

    public var key: String
    public var name: String
    /// Whether the zones lie over the base grids (may overlap them) or cover a community by themselves.
    public var isOverlay: Bool
    public var zones: [Zone]
}

extension Zoning {
    /// Two zonings of the most populous community, 15 party branches and 6 responsibility grids, and 9 overlays.
    static func all(_ draft: TownDraft, _ neighbours: Neighbours, persons: [Int]) -> [Zoning] {
        guard let c = persons.indices.max(by: { persons[$0] < persons[$1] }) else { return [] }
        let community = draft.units.communities[c]
        let sites = community.grids.flatMap { Array(draft.units.grids[$0].microgrids) }
        func parts(_ key: String, _ name: String, _ count: Int, _ zone: (Int) -> String) -> Zoning {
            let groups = spread(sites, into: min(count, sites.count), neighbours)
            let zones = groups.enumerated().map { i, group in
                Zone(
                    code: String(i + 1), name: zone(i + 1),
                    microgrids: group.map { draft.units.microgrids[$0].code },
                    area: draft.layout.mesh.polygons(of: group.map { draft.units.microgrids[$0].face })
                        .map { $0.map { OpenRing.closed($0.map(draft.layout.place)) } })
            }
            return Zoning(key: key, name: name, isOverlay: false, zones: zones)
        }
        return [
            parts("D", community.name + "网格党支部", 15) { "第\($0)网格党支部" },
            parts("Z", community.name + "责任网格", 6) { "第\($0)责任网格" },
            Zoning(key: "X", name: "专属网格", isOverlay: true, zones: overlays(draft)),
        ]
    }

    /// Grows connected groups from spread seeds, the smallest group first.
    private static func spread(_ sites: [Int], into count: Int, _ neighbours: Neighbours) -> [[Int]] {
        let members = Set(sites)
        var seeds = [sites[0]]
        func steps(from seeds: [Int]) -> [Int: Int] {
            var far: [Int: Int] = [:]
            var open = seeds
            for seed in seeds { far[seed] = 0 }
            var next = 0
            while next < open.count {
                let site = open[next]
                next += 1
                for (other, _, _) in neighbours.rows[site] where members.contains(other) && far[other] == nil {
                    far[other] = far[site]! + 1
                    open.append(other)
                }
            }
            return far
        }
        while seeds.count < count {
            let far = steps(from: seeds)
            seeds.append(sites.max { (far[$0] ?? 0, -$0) < (far[$1] ?? 0, -$1) }!)
        }
        var groupOf: [Int: Int] = [:]
        var groups = seeds.map { [$0] }
        for (g, seed) in seeds.enumerated() { groupOf[seed] = g }
        var closed: Set<Int> = []
        while groupOf.count < sites.count, closed.count < count {
            let g = groups.indices.filter { !closed.contains($0) }.min {
                (groups[$0].count, $0) < (groups[$1].count, $1)
            }!
            let frontier = groups[g].flatMap { neighbours.rows[$0] }.filter {
                members.contains($0.site) && groupOf[$0.site] == nil
            }
            guard let best = frontier.max(by: { ($0.border, -$0.site) < ($1.border, -$1.site) }) else {
                closed.insert(g)
                continue
            }
            groupOf[best.site] = g
            groups[g].append(best.site)
        }
        return groups.map { $0.sorted() }
    }

    private static func overlays(_ draft: TownDraft) -> [Zone] {
        var zones: [Zone] = []
        func add(_ name: String, _ area: [[[PlanarPoint]]], _ sites: [Int] = []) {
            guard zones.count < 9 else { return }
            zones.append(
                Zone(
                    code: String(zones.count + 1), name: name + "专属网格",
                    microgrids: sites.map { draft.units.microgrids[$0].code }, area: area))
        }
        for institution in draft.institutions.filter({ ["学校", "医院", "市场"].contains($0.kind) }).prefix(4) {
            let face = draft.units.microgrids[institution.site].face
            add(
                institution.name, [[OpenRing.closed(draft.layout.mesh.rings[face].map(draft.layout.place))]],
                [institution.site])
        }
        if let park = draft.units.grids.firstIndex(where: { $0.use == .industry }) {
            let sites = Array(draft.units.grids[park].microgrids)
            let ring = draft.layout.mesh.outline(of: sites.map { draft.units.microgrids[$0].face })
            add("物流园", [[OpenRing.closed(ring.map(draft.layout.place))]], sites)
        }
        let half = draft.layout.half
        for (name, u, v, along, across) in [
            ("老街商圈", -0.22, 0.2, 0.11, 0.1), ("滨江商圈", 0.02, 0.12, 0.14, 0.08), ("新城商圈", 0.36, -0.24, 0.13, 0.11),
            ("车站片区", 0.1, 0.47, 0.08, 0.09), ("东部物流带", 0.62, -0.3, 0.07, 0.16),
        ] {
            let ring = (0..<24).map { i -> PlanarPoint in
                let angle = 2 * .pi * Double(i) / 24
                let square = pow(pow(abs(cos(angle)), 4) + pow(abs(sin(angle)), 4), -0.25)
                return draft.layout.valley.place(
                    PlanarPoint(
                        x: half.u * (u + along * square * cos(angle)), y: half.v * (v + across * square * sin(angle))))
            }
            add(name, [[OpenRing.closed(ring)]])
        }
        return zones
    }
}
