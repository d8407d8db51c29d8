import GeoGrid

extension TownRedraw {
    /// The crosswalk: parts that end in one grid are one row.
    func makeUnits(
        _ labels: [Int], _ codes: [String], _ matching: LeadMatching, taken: Set<String>
    ) -> [TownPlan.Unit] {
        var before: [String: Set<String>] = [:]
        for post in town.posts
        where post.zoning.isEmpty && post.level == .grid && post.role == LeadMatching.role
            && post.validity.contains(town.day)
        {
            if let person = post.personID { before[post.unitCode, default: []].insert(person) }
        }
        let whole = town.lowestUnits
        var parts = [[Int]](repeating: [], count: whole.count)
        for (unit, origin) in pieces.origin.enumerated() { parts[origin].append(unit) }
        var used = taken.union(whole.codes)
        var rows: [TownPlan.Unit] = []
        for (origin, parts) in parts.enumerated() {
            let runs = runs(of: parts, labels)
            let old = oldGrid[parts[0]] < 0 ? "" : town.grids.codes[oldGrid[parts[0]]]
            let had = before[old] ?? []
            for (n, own) in runs.enumerated() {
                let grid = labels[own[0]]
                let lead = grid < 0 ? nil : matching.leads[grid]
                // Where nobody led before, the grid itself is what residents knew.
                let same =
                    had.isEmpty ? grid >= 0 && problem.old[own[0]] == grid : lead.map(had.contains) ?? false
                let isSplit = runs.count > 1
                let code = isSplit ? GridCodes.part(of: whole.codes[origin], used: &used) : whole.codes[origin]
                var row = TownPlan.Unit(
                    code: code, origin: whole.codes[origin], oldGrid: old, newGrid: grid < 0 ? "" : codes[grid],
                    households: own.reduce(0) { $0 + households[$1] }, people: own.reduce(0) { $0 + people[$1] },
                    changesLead: !same)
                if isSplit {
                    row.name = whole.names[origin].isEmpty ? "" : "\(whole.names[origin])-\(n + 1)"
                    row.area = joined(own)
                }
                rows.append(row)
            }
        }
        return rows
    }

    /// Parts of one microgrid that lie in one grid and hang together, in the order of the first part of each.
    func runs(of parts: [Int], _ labels: [Int]) -> [[Int]] {
        var runs: [[Int]] = []
        for first in parts where !runs.contains(where: { $0.contains(first) }) {
            var run = [first]
            var head = 0
            while head < run.count {
                for e in problem.adjacency.row(run[head]) where problem.adjacency.borders[e] > 0 {
                    let other = problem.adjacency.neighbours[e]
                    if parts.contains(other), labels[other] == labels[first], !run.contains(other) { run.append(other) }
                }
                head += 1
            }
            runs.append(run.sorted())
        }
        return runs
    }

    /// The area of several parts of one microgrid.
    private func joined(_ parts: [Int]) -> [[[PlanarPoint]]] {
        let areas = pieces.town.lowestUnits.areas
        if parts.count == 1 { return areas.feature(parts[0]) }
        var some = Geometries()
        for part in parts { some.append(feature: part, of: areas) }
        return Dissolve.joined(
            some, into: [Int?](repeating: 0, count: some.count), count: 1, tolerance: Adjacency.defaultTolerance
        ).feature(0)
    }
}
