public import GeoGrid

/// 工作量表: loads against capacity, by unit or by lead.
public struct WorkloadReport: Hashable, Sendable {
    public enum Grouping: String, CaseIterable, Sendable {
        case microgrid, grid, lead, community
    }

    public struct Row: Hashable, Sendable {
        /// Code of the unit, or identifier of the person.
        public var code: String
        public var name: String
        /// Codes of the units a lead answers for.
        public var units: [String]
        public var counts: Workload.Counts
        /// Thousandths of a minute a month.
        public var load: Int
        public var capacity: Int

        /// Load as a share of capacity; nil where nobody carries it.
        public var share: Double? { capacity > 0 ? Double(load) / Double(capacity) : nil }
    }

    public var grouping: Grouping
    /// In the order of the layer, leads by identifier; a row without a person at the end of a table of leads holds what
    /// no lead carries.
    public var rows: [Row]
    /// Doors in no unit, and duties that the grouping does not hold (those of grids, in a table of microgrids).
    public var elsewhere: Int
    public var total: Int
    public var spread: LoadSpread

    /// The heaviest rows first: by share of capacity where there is one, else by load.
    public func heaviest(_ count: Int) -> [Row] {
        let ranked = rows.enumerated().sorted { a, b in
            let x = (a.element.share ?? .infinity, a.element.load)
            let y = (b.element.share ?? .infinity, b.element.load)
            return x == y ? a.offset < b.offset : x > y
        }
        return ranked.prefix(count).map(\.element)
    }

    /// Whether the rows and what lies elsewhere add up to the total, exactly.
    public var reconciles: Bool { rows.reduce(elsewhere) { $0 + $1.load } == total }
}

extension WorkloadReport {
    /// Tabulates a town's workload. O(units + posts).
    public init(_ workload: Workload, of town: Town, by grouping: Grouping, capacity: WorkloadModel.Capacity) {
        let gridCounts = WorkloadReport.summed(workload.counts, of: town.lowestUnits, over: town.grids)
        let rows: [Row]
        switch grouping {
        case .microgrid:
            let units = town.lowestUnits
            rows = WorkloadReport.rows(
                units, units.level == .grid ? workload.grids : workload.doors, workload.counts,
                WorkloadReport.capacities(town, level: units.level, capacity))
        case .grid:
            rows = WorkloadReport.rows(
                town.grids, workload.grids, gridCounts, WorkloadReport.capacities(town, level: .grid, capacity))
        case .community:
            let byGrid = WorkloadReport.capacities(town, level: .grid, capacity)
            var byCommunity: [String: Int] = [:]
            for (i, code) in town.grids.codes.enumerated() {
                byCommunity[town.grids.parentCodes[i], default: 0] += byGrid[code] ?? 0
            }
            rows = WorkloadReport.rows(
                town.communities, workload.communities,
                WorkloadReport.summed(gridCounts, of: town.grids, over: town.communities), byCommunity)
        case .lead:
            rows = WorkloadReport.leadRows(workload, town, gridCounts, capacity)
        }
        self.grouping = grouping
        self.rows = rows
        total = workload.total
        elsewhere = workload.total - rows.reduce(0) { $0 + $1.load }
        spread = LoadSpread(rows.map(\.load))
    }

    private static func rows(
        _ units: UnitLayer, _ loads: [Int], _ counts: [Workload.Counts], _ capacities: [String: Int]
    ) -> [Row] {
        units.codes.indices.map { i in
            Row(
                code: units.codes[i], name: units.names[i], units: [units.codes[i]], counts: counts[i], load: loads[i],
                capacity: capacities[units.codes[i]] ?? 0)
        }
    }

    private static func leadRows(
        _ workload: Workload, _ town: Town, _ counts: [Workload.Counts], _ capacity: WorkloadModel.Capacity
    ) -> [Row] {
        let leads = LeadLoads(
            units: town.grids, loads: workload.grids, posts: town.posts, day: town.day, capacity: capacity)
        var names: [String: String] = [:]
        for person in town.people { names[person.id] = person.name }
        let index = town.grids.indexByCode()
        func counted(_ codes: [String]) -> Workload.Counts {
            codes.reduce(into: Workload.Counts()) { sum, code in
                if let i = index[code] { sum += counts[i] }
            }
        }
        var rows = leads.leads.map { lead in
            Row(
                code: lead.personID, name: names[lead.personID] ?? "", units: lead.units, counts: counted(lead.units),
                load: lead.load, capacity: lead.capacity)
        }
        let uncovered = leads.uncovered
        if !uncovered.isEmpty {
            rows.append(
                Row(
                    code: "", name: "", units: uncovered.map(\.code), counts: counted(uncovered.map(\.code)),
                    load: uncovered.reduce(0) { $0 + $1.load }, capacity: 0))
        }
        return rows
    }

    private static func capacities(_ town: Town, level: Level, _ capacity: WorkloadModel.Capacity) -> [String: Int] {
        var sums: [String: Int] = [:]
        for post in town.posts
        where post.zoning.isEmpty && post.level == level && post.personID != nil && post.validity.contains(town.day) {
            sums[post.unitCode, default: 0] += Int((capacity[post.employment, level] * 1000).rounded())
        }
        return sums
    }

    /// Counts of the units of a level added up over their parents.
    private static func summed(_ counts: [Workload.Counts], of units: UnitLayer, over parents: UnitLayer)
        -> [Workload.Counts]
    {
        if units.level == parents.level { return counts }
        var sums = [Workload.Counts](repeating: Workload.Counts(), count: parents.count)
        let index = parents.indexByCode()
        for i in units.codes.indices {
            if let parent = index[units.parentCodes[i]] { sums[parent] += counts[i] }
        }
        return sums
    }
}
