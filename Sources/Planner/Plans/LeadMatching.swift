import GeoGrid

/// 网格长安排: which old lead takes which new grid, by the assignment that lets most households keep their lead.
///
/// Ties go to the shorter way from home. Solved as a least-cost assignment, proven optimal. O(leads · grids).
public struct LeadMatching: Sendable {
    /// Person of each new grid; nil where it stays vacant.
    public private(set) var leads: [String?]
    /// Leads without a grid, in order of their identifiers.
    public private(set) var freed: [String]

    init(town: Town, oldGrid: [Int], labels: [Int], households: [Int], centres: [PlanarPoint]) {
        let grids = centres.count
        let index = town.grids.indexByCode()
        var people: [String] = []
        var gridsOf: [[Int]] = []
        var position: [String: Int] = [:]
        for post in town.posts.sorted(by: { $0.id < $1.id })
        where post.zoning.isEmpty && post.level == .grid && post.role == LeadMatching.role
            && post.validity.contains(town.day)
        {
            guard let person = post.personID, let grid = index[post.unitCode] else { continue }
            if let at = position[person] {
                gridsOf[at].append(grid)
            } else {
                position[person] = people.count
                people.append(person)
                gridsOf.append([grid])
            }
        }
        var holders = [[Int]](repeating: [], count: town.grids.count)
        for (p, grids) in gridsOf.enumerated() { for g in grids { holders[g].append(p) } }
        var kept = [Int](repeating: 0, count: people.count * grids)
        for unit in labels.indices where labels[unit] >= 0 && oldGrid[unit] >= 0 {
            for p in holders[oldGrid[unit]] { kept[p * grids + labels[unit]] += households[unit] }
        }
        let home = Dictionary(town.people.map { ($0.id, $0.home) }, uniquingKeysWith: { a, _ in a })
        let most = (kept.max() ?? 0) + 1
        var pairs: [(supplier: Int32, target: Int32, cost: Int32)] = []
        for p in people.indices {
            for g in 0..<grids {
                let metres = home[people[p]].flatMap { $0 }.map { $0.distance(to: centres[g]) } ?? 5_000
                // One household outweighs any way; ways are counted in steps of 50 m up to 5 km.
                let way = min(99, Int(metres / 50))
                pairs.append((Int32(p), Int32(g), Int32(min((most - kept[p * grids + g]) * 100 + way, 1 << 28))))
            }
        }
        let assignment = Assignment(
            capacities: [Int](repeating: 1, count: people.count), amounts: [Int](repeating: 1, count: grids),
            pairs: pairs)
        var leads = [String?](repeating: nil, count: grids)
        var used = [Bool](repeating: false, count: people.count)
        for share in assignment.solve().shares {
            leads[share.target] = people[share.supplier]
            used[share.supplier] = true
        }
        self.leads = leads
        freed = people.indices.filter { !used[$0] }.map { people[$0] }.sorted()
    }

    static let role = "网格长"
}
