import GeoGrid

/// 在任网格长: who leads which grids of the base net on the town's day.
struct GridLeads {
    /// Persons in the order of their first post.
    private(set) var people: [String] = []
    /// Grids of each person, by position.
    private(set) var grids: [[Int]] = []
    /// Whether one of the person's posts is full-time.
    private(set) var isFullTime: [Bool] = []

    /// O(posts log posts).
    init(_ town: Town) {
        let index = town.grids.indexByCode()
        var position: [String: Int] = [:]
        for post in town.posts.sorted(by: { $0.id < $1.id })
        where post.zoning.isEmpty && post.level == .grid && post.role == LeadMatching.role
            && post.validity.contains(town.day)
        {
            guard let person = post.personID, let grid = index[post.unitCode] else { continue }
            let at = position[person] ?? people.count
            if at == people.count {
                position[person] = at
                people.append(person)
                grids.append([])
                isFullTime.append(false)
            }
            grids[at].append(grid)
            if post.employment == .fullTime { isFullTime[at] = true }
        }
    }
}
