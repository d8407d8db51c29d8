public import GeoGrid

extension TownRedraw {
    /// Part of the time that the search takes where loads are counted anew after it.
    private static let searchPart = 0.7

    /// Solves the problem and makes the plan of it. `taken` are grid codes used at any time.
    public func plan(
        budget: RedrawBudget, taken: Set<String> = [], progress: Progress = .silent
    ) async throws -> TownPlan {
        var first = budget
        if options.splits { first.time = budget.time.map { $0 * Self.searchPart } }
        let solved = try await Redraw.solve(problem, budget: first, progress: progress)
        return plan(of: try await settled(solved, progress: progress), taken: taken)
    }

    /// The plan that an assignment of units to grids amounts to.
    public func plan(of solved: RedrawPlan, taken: Set<String>) -> TownPlan {
        let labels = solved.labels
        let grids = problem.districts.count
        let centres = centres(labels)
        let communities = problem.districts.map { communityCodes[$0.community] }
        let keep: [String?] = origin.enumerated().map { d, g in
            g >= 0 && town.grids.parentCodes[g] == communities[d] ? town.grids.codes[g] : nil
        }
        let codes = GridCodes.codes(
            communities: communities, keep: keep, centres: centres, taken: taken.union(town.grids.codes), rows: 200)
        var newLoads = [Int](repeating: 0, count: grids)
        var sizes = [(households: Int, people: Int)](repeating: (0, 0), count: grids)
        for (unit, d) in labels.enumerated() where d >= 0 {
            newLoads[d] += loads[unit]
            sizes[d].households += households[unit]
            sizes[d].people += people[unit]
        }
        let matching = LeadMatching(
            town: town, oldGrid: oldGrid, labels: labels, households: households,
            grids: .init(centres: centres, loads: newLoads.map { $0 / 1000 }, needing: needing(labels)),
            needs: options.needs, anchors: anchored)
        let units = makeUnits(labels, codes, matching, taken: taken)
        var groups: [TownPlan.Community] = []
        for (code, name) in zip(communityCodes, communityNames) where !groups.contains(where: { $0.code == code }) {
            groups.append(.init(code: code, name: name))
        }
        var plan = TownPlan(
            communities: groups, grids: [], units: units, freedLeads: matching.freed, findings: [],
            worstDeviation: solved.figures.worst(), spread: LoadSpread(newLoads),
            spreadBefore: LoadSpread(oldLoads), meanCompactness: solved.figures.meanCompactness,
            innerBorder: solved.figures.innerBorder, connected: solved.figures.pieces.filter { $0 == 1 }.count,
            seed: solved.seed, effort: solved.effort, moves: problem.moveWeight, tolerance: options.tolerance)
        plan.keepBound = keepBound
        plan.leastDeviation = solved.leastDeviation
        plan.leadChanges = matching.changes
        plan.streets = StreetBorder(units: pieces.town.lowestUnits.areas, grids: labels, roads: town.roads).share
        plan.before = zip(town.grids.codes, oldLoads).map { .init(code: $0, load: $1) }
        let newShares = shares(ofLoads: newLoads)
        for d in 0..<grids {
            let serial = codes[d].suffix(3)
            plan.grids.append(
                TownPlan.Grid(
                    code: codes[d],
                    name: keep[d] != nil && origin[d] >= 0
                        ? town.grids.names[origin[d]]
                        : communityNames[problem.districts[d].community] + "第\(Int(serial) ?? d + 1)网格",
                    community: communities[d], lead: matching.leads[d], load: newLoads[d], share: newShares[d],
                    households: sizes[d].households, people: sizes[d].people))
        }
        if plan.splitUnits > 0 { recount(&plan) }
        plan.criteria = criteria(plan, solved.figures)
        plan.findings = findings + explained(solved, plan)
        plan.grids.sort { $0.code < $1.code }
        return plan
    }

    /// The middle of each grid, by area.
    private func centres(_ labels: [Int]) -> [PlanarPoint] {
        var weight = [Double](repeating: 0, count: problem.districts.count)
        var centres = [PlanarPoint](repeating: PlanarPoint(x: 0, y: 0), count: problem.districts.count)
        for unit in labels.indices where labels[unit] >= 0 {
            let d = labels[unit]
            let area = max(problem.areas[unit], 1e-9)
            weight[d] += area
            centres[d].x += problem.centres[unit].x * area
            centres[d].y += problem.centres[unit].y * area
        }
        for d in centres.indices where weight[d] > 0 {
            centres[d].x /= weight[d]
            centres[d].y /= weight[d]
        }
        return centres
    }

    /// Care residents of each grid by the skills they need.
    private func needing(_ labels: [Int]) -> [[Int]] {
        var counts = [[Int]](
            repeating: [Int](repeating: 0, count: options.needs.count), count: problem.districts.count)
        guard !options.needs.isEmpty else { return counts }
        let keys = options.needs.map { careKey($0.category) }
        let index = pieces.town.lowestUnits.indexByCode()
        let homes = Dictionary(
            pieces.town.households.map { ($0.id, $0.unitCode) }, uniquingKeysWith: { first, _ in first })
        for resident in pieces.town.careResidents {
            guard let unit = index[homes[resident.householdID] ?? resident.unitCode], labels[unit] >= 0 else {
                continue
            }
            let key = careKey(resident.category)
            for n in keys.indices where keys[n] == key { counts[labels[unit]][n] += 1 }
        }
        return counts
    }

    /// Where microgrids are split, walks inside the new units differ a little from those the search counted with: loads
    /// and shares are taken from the town as the plan would have it.
    private func recount(_ plan: inout TownPlan) {
        let after = PlanChange(
            name: "", town: town, communities: plan.communities, grids: plan.grids, units: plan.units, from: town.day
        ).after
        var unknown: [String: Int] = [:]
        let workload = Workload(of: after, model: model, unknown: &unknown)
        let loads = plan.grids.indices.map { workload.grids[$0] - workload.duties[$0] }
        for (d, share) in shares(ofLoads: loads).enumerated() {
            plan.grids[d].load = loads[d]
            plan.grids[d].share = share
        }
        plan.spread = LoadSpread(loads)
        plan.worstDeviation = plan.grids.map { abs($0.deviation) }.max() ?? 0
    }

    /// How far the grids are from their share of each criterion; of the workload by the counts of the plan itself.
    private func criteria(_ plan: TownPlan, _ figures: PlanFigures) -> [TownPlan.Criterion] {
        problem.criteria.enumerated().map { c, criterion in
            if c == 0, !options.isByHouseholds {
                return .init(
                    name: criterion.name, tolerance: criterion.tolerance, worst: plan.worstDeviation,
                    outside: plan.outside)
            }
            return .init(
                name: criterion.name, tolerance: criterion.tolerance, worst: figures.worst(c),
                outside: figures.deviations.count { abs($0[c]) > criterion.tolerance + 1e-9 })
        }
    }
}
