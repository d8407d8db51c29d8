import GeoGrid

extension Roster {
    /// 负责人 of each unit with posts: the holder of the post that the catalogue names first. O(posts · roles).
    var leads: [String: Person] {
        var rank: [String: Int] = [:]
        for (i, role) in catalogue.roles.enumerated() {
            for name in [role.name] + role.also where rank[name] == nil { rank[name] = i }
        }
        var best: [String: (rank: Int, person: Person)] = [:]
        for post in current {
            guard let person = post.personID.flatMap({ personByID[$0] }) else { continue }
            let own = rank[post.role] ?? .max
            if let known = best[post.unitCode], known.rank <= own { continue }
            best[post.unitCode] = (own, person)
        }
        return best.mapValues(\.person)
    }
}
