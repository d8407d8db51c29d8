import GeoGrid

/// Which microgrids share a border, and how long it is.
struct Neighbours {
    /// Neighbours of each microgrid in ascending order.
    let rows: [[(site: Int, border: Double, isRiver: Bool)]]

    init(_ layout: Layout, _ units: Units) {
        var siteOfFace: [Int: Int] = [:]
        for (site, microgrid) in units.microgrids.enumerated() { siteOfFace[microgrid.face] = site }
        rows = units.microgrids.map { microgrid in
            var borders: [Int: Double] = [:]
            var wet: Set<Int> = []
            let ring = layout.mesh.rings[microgrid.face]
            for i in ring.indices {
                let (a, b) = (ring[i], ring[(i + 1) % ring.count])
                guard let face = layout.mesh.face(leftOf: b, a), let other = siteOfFace[face] else { continue }
                if case .river = layout.kinds[layout.mesh.line(a, b)] { wet.insert(other) }
                borders[other, default: 0] += layout.place(a).distance(to: layout.place(b))
            }
            return borders.keys.sorted().map { ($0, borders[$0]!, wet.contains($0)) }
        }
    }

    /// Whether the sites hang together by shared borders.
    func areConnected(_ sites: [Int]) -> Bool {
        guard let first = sites.first else { return true }
        let members = Set(sites)
        var seen: Set<Int> = [first]
        var open = [first]
        while let site = open.popLast() {
            for (next, _, _) in rows[site] where members.contains(next) && seen.insert(next).inserted {
                open.append(next)
            }
        }
        return seen.count == members.count
    }
}
