import GeoGrid

/// 网格长安排: which old lead takes which new grid.
///
/// Five measures in this order, each over all leads together and none weighed against another (`RankedAssignment`):
/// most anchored leads in the grid they live in; most households that keep their lead; the shortest ways from home to
/// the middle of the grid, in steps of 100 m; the fewest care residents whose need of a skill the lead lacks; the least
/// load under leads who are not full-time or in grids without one. As many grids as there are leads get one.
public struct LeadMatching: Sendable {
    /// 锚定: a lead who lives in a grid that goes on from theirs.
    struct Anchor: Hashable, Sendable {
        var person: String
        var grid: Int
    }

    /// 网格长去留: leads some of whose households stay theirs, leads with only new ones, leads without a grid.
    public struct Changes: Hashable, Sendable {
        public var kept: Int
        public var changed: Int
        public var freed: Int

        public init(kept: Int, changed: Int, freed: Int) {
            self.kept = kept
            self.changed = changed
            self.freed = freed
        }
    }

    /// Person of each new grid; nil where it stays vacant.
    public private(set) var leads: [String?]
    /// Leads without a grid, in order of their identifiers.
    public private(set) var freed: [String]
    public private(set) var changes = Changes(kept: 0, changed: 0, freed: 0)

    /// What is known of the new grids, one element each.
    struct Grids {
        var centres: [PlanarPoint]
        /// Minutes a month.
        var loads: [Int]
        /// Care residents that need a skill, in the order of the needs.
        var needing: [[Int]]
    }

    package static let role = "网格长"
    /// Ways are told apart in steps of so many metres; who has no home on record is taken to live `unknownWay` away.
    private static let wayStep = 100.0
    private static let unknownWay = 5_000.0

    /// `oldGrid` and `labels` are the old and new grid of each unit, −1 for none. O(leads · grids) a measure.
    init(
        town: Town, oldGrid: [Int], labels: [Int], households: [Int], grids: Grids, needs: [SkillNeed],
        anchors: [Anchor]
    ) {
        let old = GridLeads(town)
        let people = old.people
        let count = max(people.count, grids.centres.count)
        /// Leads come first among the rows and grids among the places; what is over stands for nobody and nowhere.
        func isReal(_ lead: Int, _ grid: Int) -> Bool { lead < people.count && grid < grids.centres.count }

        var holders = [[Int]](repeating: [], count: town.grids.count)
        for (p, own) in old.grids.enumerated() { for g in own where !holders[g].contains(p) { holders[g].append(p) } }
        var kept = [Int](repeating: 0, count: count * count)
        for unit in labels.indices where labels[unit] >= 0 && oldGrid[unit] >= 0 {
            for p in holders[oldGrid[unit]] { kept[p * count + labels[unit]] += households[unit] }
        }
        let most = kept.max() ?? 0
        let known = Dictionary(town.people.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        let homes = people.map { known[$0]?.home }
        let lacks = people.map { person in needs.map { !(known[person]?.skills.contains($0.skill) ?? false) } }
        let anchor = Dictionary(anchors.map { ($0.person, $0.grid) }, uniquingKeysWith: { a, _ in a })
        let anchored = people.map { anchor[$0] ?? -1 }

        let ranks: [(Int, Int) -> Int] = [
            { lead, grid in lead < people.count && anchored[lead] >= 0 && anchored[lead] != grid ? 1 : 0 },
            { lead, grid in most - kept[lead * count + grid] },
            { lead, grid in
                guard isReal(lead, grid) else { return 0 }
                let metres = homes[lead].map { $0.distance(to: grids.centres[grid]) } ?? Self.unknownWay
                return Int(min(metres / Self.wayStep, 1e6))
            },
            { lead, grid in
                guard isReal(lead, grid) else { return 0 }
                return needs.indices.reduce(0) { $0 + (lacks[lead][$1] ? grids.needing[grid][$1] : 0) }
            },
            { lead, grid in
                guard grid < grids.loads.count, lead >= people.count || !old.isFullTime[lead] else { return 0 }
                return grids.loads[grid]
            },
        ]
        let useful = [!anchors.isEmpty, true, true, !needs.isEmpty, true]
        let assignment = RankedAssignment(count: count, ranks: zip(ranks, useful).filter(\.1).map(\.0))
        var leads = [String?](repeating: nil, count: grids.centres.count)
        var freed: [String] = []
        for (p, person) in people.enumerated() {
            let grid = assignment.places[p]
            guard grid < leads.count else {
                freed.append(person)
                continue
            }
            leads[grid] = person
            if kept[p * count + grid] > 0 { changes.kept += 1 } else { changes.changed += 1 }
        }
        changes.freed = freed.count
        self.leads = leads
        self.freed = freed.sorted()
    }
}
