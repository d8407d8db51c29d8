import GeoGrid

extension Roster {
    /// 负责人 of each unit with posts: the holder of the post that the catalogue names first. O(posts · roles).
    var leads: [String: Person] { leads { $0.zoning.isEmpty ? $0.unitCode : nil } }

    /// 分区负责人, by zoning and code. O(posts · roles).
    var zoneLeads: [[String]: Person] { leads { $0.zoning.isEmpty ? nil : [$0.zoning, $0.unitCode] } }

    private func leads<Unit: Hashable>(_ unit: (Post) -> Unit?) -> [Unit: Person] {
        var rank: [String: Int] = [:]
        for (i, role) in catalogue.roles.enumerated() {
            for name in [role.name] + role.also where rank[name] == nil { rank[name] = i }
        }
        var best: [Unit: (rank: Int, person: Person)] = [:]
        for post in current {
            guard let unit = unit(post), let person = post.personID.flatMap({ personByID[$0] }) else { continue }
            let own = rank[post.role] ?? .max
            if let known = best[unit], known.rank <= own { continue }
            best[unit] = (own, person)
        }
        return best.mapValues(\.person)
    }
}
