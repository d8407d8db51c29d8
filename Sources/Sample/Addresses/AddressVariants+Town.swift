public import GeoGrid

extension AddressVariants.Source {
    /// The addresses of a town's households, one a building, after a merger of communities that exists for trials only.
    ///
    /// Communities are joined two by two, in the order of their codes, under new names; the names before are the
    /// town's own. Returns the sources and the gazetteer after the merger.
    public static func merged(_ town: Town) -> (sources: [AddressVariants.Source], gazetteer: Gazetteer) {
        let stems = ["云河", "新城", "古街", "西苑", "双桥", "凤山", "江南", "龙泉", "祥和", "康宁", "城北", "临江"]
        var merged = UnitLayer(level: .community)
        var newOf: [String: Int] = [:]
        for (i, code) in town.communities.codes.enumerated() {
            if i % 2 == 0 {
                let n = merged.count
                merged.append(
                    code: code.prefix(9) + String(601 + n), name: stems[n % stems.count] + "社区", parent: town.code,
                    area: town.communities.areas.feature(i))
            } else {
                let n = merged.count - 1
                let joined = merged.areas.feature(n) + town.communities.areas.feature(i)
                var areas = Geometries()
                for k in 0..<n { areas.append(feature: k, of: merged.areas) }
                areas.append(.multiPolygon, parts: joined)
                merged.areas = areas
            }
            newOf[code] = merged.count - 1
        }
        var after = town
        after.communities = merged
        let gazetteer = Gazetteer(after, former: [town.communities])
        let oldName = Dictionary(uniqueKeysWithValues: zip(town.communities.codes, town.communities.names))
        let newName = Dictionary(uniqueKeysWithValues: gazetteer.communities.map { ($0.code, $0.name) })

        var firstOf: [String: Household] = [:]
        for household in town.households where firstOf[household.buildingID] == nil {
            firstOf[household.buildingID] = household
        }
        let parser = AddressParser()
        let sources = gazetteer.entries.compactMap { entry -> AddressVariants.Source? in
            guard let household = firstOf[entry.id], let old = entry.formerCommunityCodes.first else { return nil }
            let parts = parser.parse(household.address)
            // Groups keep the name of their village: 2组 there may be two of them after a merger.
            let community = entry.group.isEmpty ? newName[entry.communityCode] : oldName[old]
            return AddressVariants.Source(
                buildingID: entry.id, community: community ?? "", formerCommunity: oldName[old] ?? "",
                group: entry.group, street: entry.street, compound: entry.compound, number: entry.number,
                unit: Int(parts.unit) ?? 0, room: parts.room.allSatisfy(\.isNumber) ? parts.room : "")
        }
        return (sources, gazetteer)
    }
}
