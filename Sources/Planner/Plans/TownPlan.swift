public import GeoGrid

/// 全镇方案: new grids with their codes, communities and leads, and where every unit goes.
public struct TownPlan: Sendable {
    public struct Grid: Hashable, Sendable {
        public var code: String
        public var name: String
        public var community: String
        /// Person who leads it; nil where it is vacant.
        public var lead: String?
        /// Thousandths of a minute a month.
        public var load: Int
        /// Load it should bear.
        public var share: Int
        public var households: Int
        public var people: Int

        public init(
            code: String, name: String, community: String, lead: String?, load: Int, share: Int, households: Int,
            people: Int
        ) {
            self.code = code
            self.name = name
            self.community = community
            self.lead = lead
            self.load = load
            self.share = share
            self.households = households
            self.people = people
        }
    }

    /// 新旧对照的一行: a unit of the present division, or one part of it where a heavy one is split.
    public struct Unit: Hashable, Sendable {
        /// 新编码: its own, or that of the part.
        public var code: String
        /// 原编码: the unit it is, or is a part of, in the present division.
        public var origin: String
        /// Name and area of `code` where they are not those of `origin`.
        public var name = ""
        public var area: [[[PlanarPoint]]] = []
        public var oldGrid: String
        public var newGrid: String
        public var households: Int
        public var people: Int
        /// 换网格长: whether its residents get another lead.
        public var changesLead: Bool

        public init(
            code: String, origin: String? = nil, oldGrid: String, newGrid: String, households: Int, people: Int,
            changesLead: Bool
        ) {
            self.code = code
            self.origin = origin ?? code
            self.oldGrid = oldGrid
            self.newGrid = newGrid
            self.households = households
            self.people = people
            self.changesLead = changesLead
        }
    }

    public struct Community: Hashable, Sendable {
        public var code: String
        public var name: String

        public init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    public var communities: [Community]
    /// In order of their codes.
    public var grids: [Grid]
    /// In the order of the town's lowest units.
    public var units: [Unit]
    public var freedLeads: [String]
    public var findings: [Finding]
    public var worstDeviation: Double
    public var spread: LoadSpread
    public var spreadBefore: LoadSpread
    public var meanCompactness: Double
    /// Metres of border between grids.
    public var innerBorder: Double
    public var connected: Int
    public var seed: UInt64
    public var effort: Int
    public var moves: Double
    public var tolerance: Double
    /// 保留上限: the part of households that can keep their lead at most where every grid keeps its bounds, of 1.
    public var keepBound = 1.0

    public var households: Int { units.reduce(0) { $0 + $1.households } }
    public var people: Int { units.reduce(0) { $0 + $1.people } }
    /// Grids further from their share than the tolerance.
    public var outside: Int {
        grids.count { $0.share > 0 && abs(Double($0.load) / Double($0.share) - 1) > tolerance + 1e-6 }
    }
    /// 拆分的微网格: units that end in more than one grid.
    public var splitUnits: Int { Set(units.filter { $0.code != $0.origin }.map(\.origin)).count }
    /// Households that get another lead.
    public var movedHouseholds: Int { units.reduce(0) { $0 + ($1.changesLead ? $1.households : 0) } }
    public var movedPeople: Int { units.reduce(0) { $0 + ($1.changesLead ? $1.people : 0) } }
    public var keptShare: Double { households > 0 ? 1 - Double(movedHouseholds) / Double(households) : 1 }
}

extension TownRedraw {
    /// Solves the problem and makes the plan of it. `taken` are grid codes used at any time.
    public func plan(
        budget: RedrawBudget, taken: Set<String> = [], progress: Progress = .silent
    ) async throws -> TownPlan {
        let solved = try await Redraw.solve(problem, budget: budget, progress: progress)
        return plan(of: solved, taken: taken)
    }

    /// 帕累托前沿: plans with growing regard for the old leads, from none to much. The prices are in their figures.
    public func front(
        weights: [Double], budget: RedrawBudget, taken: Set<String> = [], progress: Progress = .silent
    ) async throws -> [TownPlan] {
        var plans: [TownPlan] = []
        for weight in weights {
            var changed = self
            changed.problem.moveWeight = weight
            let plan = try await changed.plan(budget: budget, taken: taken, progress: progress)
            plans.append(plan)
            if progress.isInterrupted { break }
        }
        return plans
    }

    /// The plan that an assignment of units to grids amounts to.
    public func plan(of solved: RedrawPlan, taken: Set<String>) -> TownPlan {
        let labels = solved.labels
        let grids = problem.districts.count
        var weight = [Double](repeating: 0, count: grids)
        var centres = [PlanarPoint](repeating: PlanarPoint(x: 0, y: 0), count: grids)
        for unit in labels.indices where labels[unit] >= 0 {
            let d = labels[unit]
            let area = max(problem.areas[unit], 1e-9)
            weight[d] += area
            centres[d].x += problem.centres[unit].x * area
            centres[d].y += problem.centres[unit].y * area
        }
        for d in 0..<grids where weight[d] > 0 {
            centres[d].x /= weight[d]
            centres[d].y /= weight[d]
        }
        let communities = problem.districts.map { communityCodes[$0.community] }
        let keep: [String?] = origin.enumerated().map { d, g in
            g >= 0 && town.grids.parentCodes[g] == communities[d] ? town.grids.codes[g] : nil
        }
        let codes = GridCodes.codes(
            communities: communities, keep: keep, centres: centres, taken: taken.union(town.grids.codes), rows: 200)
        let matching = LeadMatching(
            town: town, oldGrid: oldGrid, labels: labels, households: households, centres: centres)
        let units = makeUnits(labels, codes, matching, taken: taken)
        let newLoads = (0..<grids).map { d in
            labels.indices.reduce(0) { $0 + (labels[$1] == d ? loads[$1] : 0) }
        }
        var groups: [TownPlan.Community] = []
        for (code, name) in zip(communityCodes, communityNames) where !groups.contains(where: { $0.code == code }) {
            groups.append(.init(code: code, name: name))
        }
        var plan = TownPlan(
            communities: groups, grids: [],
            units: units, freedLeads: matching.freed, findings: findings + named(solved, codes),
            worstDeviation: solved.figures.worst(), spread: LoadSpread(newLoads),
            spreadBefore: LoadSpread(oldLoads), meanCompactness: solved.figures.meanCompactness,
            innerBorder: solved.figures.innerBorder, connected: solved.figures.pieces.filter { $0 == 1 }.count,
            seed: solved.seed, effort: solved.effort, moves: problem.moveWeight, tolerance: options.tolerance)
        plan.keepBound = keepBound
        let newShares = shares(ofLoads: newLoads)
        for d in 0..<grids {
            let members = labels.indices.filter { labels[$0] == d }
            let community = problem.districts[d].community
            let serial = codes[d].suffix(3)
            plan.grids.append(
                TownPlan.Grid(
                    code: codes[d],
                    name: keep[d] != nil && origin[d] >= 0
                        ? town.grids.names[origin[d]]
                        : communityNames[community] + "第\(Int(serial) ?? d + 1)网格", community: communities[d],
                    lead: matching.leads[d], load: newLoads[d], share: newShares[d],
                    households: members.reduce(0) { $0 + households[$1] },
                    people: members.reduce(0) { $0 + people[$1] }))
        }
        plan.grids.sort { $0.code < $1.code }
        if plan.splitUnits > 0 { recount(&plan) }
        return plan
    }

    /// Where microgrids are split, walks inside the new units differ a little from those the search counted with: loads
    /// and shares are taken from the town as the plan would have it.
    private func recount(_ plan: inout TownPlan) {
        let after = PlanChange(
            name: "", town: town, communities: plan.communities, grids: plan.grids, units: plan.units, from: town.day
        ).after
        var unknown: [String: Int] = [:]
        let workload = Workload(of: after, model: model, unknown: &unknown)
        var moved = 0.0
        var total: [String: Double] = [:]
        var shares: [String: Double] = [:]
        for i in plan.grids.indices {
            let load = workload.grids[i] - workload.duties[i]
            moved += abs(Double(load - plan.grids[i].load))
            plan.grids[i].load = load
            total[plan.grids[i].community, default: 0] += Double(load)
            shares[plan.grids[i].community, default: 0] += Double(plan.grids[i].share)
        }
        guard moved > 0 else { return }
        for i in plan.grids.indices where !options.lockedGrids.contains(plan.grids[i].code) {
            let community = plan.grids[i].community
            guard let old = shares[community], old > 0, let new = total[community] else { continue }
            plan.grids[i].share = Int((Double(plan.grids[i].share) * new / old).rounded())
        }
        plan.spread = LoadSpread(plan.grids.map(\.load))
        plan.worstDeviation =
            plan.grids.map { $0.share > 0 ? abs(Double($0.load) / Double($0.share) - 1) : 0 }.max() ?? 0
    }

    /// The findings of a solution, those of grids under their codes.
    private func named(_ solved: RedrawPlan, _ codes: [String]) -> [Finding] {
        var problem = problem
        for d in codes.indices { problem.districts[d].name = codes[d] }
        guard let audit = try? RedrawAudit(problem) else { return solved.findings }
        return solved.findings.filter { $0.code != .redrawMissed }
            + MissedBounds.findings(
                problem, audit: audit, labels: solved.labels, figures: solved.figures, proven: solved.proven)
    }

    /// The crosswalk: parts that end in one grid are one row.
    private func makeUnits(
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
    private func runs(of parts: [Int], _ labels: [Int]) -> [[Int]] {
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
