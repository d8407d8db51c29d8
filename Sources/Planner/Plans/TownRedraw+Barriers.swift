import GeoGrid

extension TownRedraw {
    /// Adjacencies within a split microgrid, dear to cut; those along a barrier, welcome as a border; and those that a
    /// barrier forbids.
    mutating func addBarriers() {
        var forbidden = Set<RedrawProblem.Bridge>()
        if !options.forbidden.isEmpty {
            let borders = SharedBorders(of: pieces.town.lowestUnits.areas)
            let locator = PointLocator(pieces.town.lowestUnits.areas)
            for barrier in TownRedraw.Barrier.allCases where options.forbidden.contains(barrier) {
                let divide = Divide(barrier, town: town, units: locator)
                for pair in divide.parted(borders, centres: problem.centres)
                where pieces.origin[pair.a] != pieces.origin[pair.b] {
                    forbidden.insert(pair)
                }
            }
        }
        let welcome = LineReach(options.barriers.flatMap { Divide.lines($0, of: town) }, reach: 0)
        for a in 0..<problem.count {
            for e in problem.adjacency.row(a) where problem.adjacency.neighbours[e] > a {
                let b = problem.adjacency.neighbours[e]
                if pieces.origin[a] == pieces.origin[b] {
                    // A microgrid is split only where that is worth it.
                    guard problem.adjacency.borders[e] > 0 else { continue }
                    problem.barriers.append(.init(a: a, b: b, factor: 2 + 40 / problem.adjacency.borders[e]))
                } else if forbidden.contains(.init(a: a, b: b)) {
                    problem.barriers.append(.init(a: a, b: b))
                } else if !welcome.crossings(from: problem.centres[a], to: problem.centres[b]).isEmpty {
                    problem.barriers.append(.init(a: a, b: b, factor: -0.5))
                }
            }
        }
    }

    /// The bridges asked for, between the nearest parts of two units; those that mean nothing become findings.
    mutating func addBridges() {
        let index = town.lowestUnits.indexByCode()
        func add(_ severity: Finding.Severity, _ id: String, _ message: Text, _ remedy: Text) {
            findings.append(Finding(.redrawReference, severity, at: Place(id: id), message, remedy: remedy))
        }
        for pair in options.bridges {
            guard let a = index[pair.a], let b = index[pair.b], a != b else {
                let unknown = [pair.a, pair.b].first { index[$0] == nil } ?? pair.a
                add(
                    .error, unknown,
                    Text(
                        zh: "桥接 \(pair.a):\(pair.b) 须是两个不同的单元，此项不用",
                        en: "the bridge \(pair.a):\(pair.b) must name two different units; it is left out"),
                    Text(zh: "写微网格的编码", en: "give the codes of microgrids"))
                continue
            }
            let ends = (
                pieces.origin.indices.filter { pieces.origin[$0] == a },
                pieces.origin.indices.filter { pieces.origin[$0] == b }
            )
            guard problem.communities[ends.0[0]] == problem.communities[ends.1[0]] else {
                add(
                    .warning, pair.a,
                    Text(
                        zh: "桥接 \(pair.a):\(pair.b) 的两端分属两个社区，不起作用",
                        en: "the ends of the bridge \(pair.a):\(pair.b) lie in two communities; it has no effect"),
                    Text(zh: "网格不跨社区；核对编码", en: "grids stay inside communities; check the codes"))
                continue
            }
            let all = ends.0.flatMap { x in ends.1.map { (x, $0) } }
            let nearest = all.min {
                problem.centres[$0.0].distance(to: problem.centres[$0.1])
                    < problem.centres[$1.0].distance(to: problem.centres[$1.1])
            }
            if let nearest { problem.bridges.append(.init(a: nearest.0, b: nearest.1)) }
        }
    }
}
