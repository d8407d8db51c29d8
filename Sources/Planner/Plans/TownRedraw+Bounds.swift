import GeoGrid

extension TownRedraw {
    /// What each grid should bear of its community's load, by capacity.
    func shares(ofLoads loads: [Int]) -> [Int] {
        let districts = problem.districts
        var total = [Double](repeating: 0, count: communityCodes.count)
        var capacity = total
        for (d, district) in districts.enumerated() where !district.locked {
            total[district.community] += Double(loads[d])
            capacity[district.community] += district.capacity
        }
        return districts.enumerated().map { d, district in
            district.locked
                ? loads[d]
                : Int((total[district.community] * district.capacity / capacity[district.community]).rounded())
        }
    }

    /// 保留上限: the largest part of households that could keep their lead with every grid within its bounds, of 1.
    ///
    /// A lead has one grid, and each of an old grid's leads keeps no more of it than a full new one; so of each old grid
    /// the units with the most households for their load count until the upper bound is full (the last one in part), by
    /// the loads of the search. Proven, not always reached.
    public var keepBound: Double {
        let shares = PlanCheck.shares(problem)
        var upper = [Double](repeating: 0, count: communityCodes.count)
        for (d, district) in problem.districts.enumerated() {
            upper[district.community] = max(upper[district.community], shares[d][0] * (1 + options.tolerance))
        }
        var members = [[Int]](repeating: [], count: town.grids.count)
        for unit in oldGrid.indices where oldGrid[unit] >= 0 { members[oldGrid[unit]].append(unit) }
        var kept = 0.0
        var leads = [Int](repeating: 0, count: members.count)
        for grids in GridLeads(town).grids { for grid in Set(grids) { leads[grid] += 1 } }
        for (grid, units) in members.enumerated() {
            guard let first = units.first else { continue }
            let full = upper[problem.communities[first]] * Double(max(1, leads[grid]))
            // An indivisible unit may fill a grid beyond its bound.
            var room = units.reduce(full) { max($0, problem.criteria[0].loads[$1]) }
            let ranked = units.sorted { a, b in
                let x = Double(households[a]) * max(problem.criteria[0].loads[b], 1)
                let y = Double(households[b]) * max(problem.criteria[0].loads[a], 1)
                return (y, a) < (x, b)
            }
            for unit in ranked {
                let load = problem.criteria[0].loads[unit]
                kept += Double(households[unit]) * (load > room ? room / load : 1)
                room = max(0, room - load)
            }
        }
        return kept / Double(max(1, households.reduce(0, +)))
    }
}
