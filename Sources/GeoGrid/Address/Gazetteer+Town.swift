extension Gazetteer {
    /// The gazetteer of a town on its day: its buildings, each in the community it stands in.
    ///
    /// - Parameters:
    ///   - former: communities of other days, in the town's metre system; a building answers to their names too.
    ///   - aliases: other names of streets, compounds and communities.
    ///
    /// O(vertices of the communities + buildings).
    public init(_ town: Town, former: [UnitLayer] = [], aliases: [Alias] = []) {
        let sites = town.buildings.map { building in
            var box = Box.empty
            for point in building.footprint.joined().joined() { box.extend(x: point.x, y: point.y) }
            return Site(
                id: building.id, compound: building.compound, street: building.street, number: building.number,
                location: box.center)
        }
        self.init(
            county: town.county, town: town.name, sites: sites, communities: town.communities, former: former,
            aliases: aliases)
    }

    /// 楼栋位置: a building's address and where it stands.
    public struct Site: Hashable, Sendable {
        public var id: String
        public var compound: String
        public var street: String
        public var number: String
        public var location: PlanarPoint

        public init(id: String, compound: String, street: String, number: String, location: PlanarPoint) {
            self.id = id
            self.compound = compound
            self.street = street
            self.number = number
            self.location = location
        }
    }

    /// As `init(_:former:aliases:)`, from sites; all coordinates in one metre system.
    public init(
        county: String, town: String, sites: [Site], communities: UnitLayer, former: [UnitLayer] = [],
        aliases: [Alias] = []
    ) {
        let today = PointLocator(communities.areas)
        let past = former.map { PointLocator($0.areas) }
        var known = zip(communities.codes, communities.names).map { Community(code: $0, name: $1) }
        for layer in former {
            for (code, name) in zip(layer.codes, layer.names)
            where !known.contains(where: { $0.code == code && $0.name == name }) {
                known.append(Community(code: code, name: name, isCurrent: false))
            }
        }
        let parser = AddressParser()
        var groups: [String: Bool] = ["": false]
        // 3组 in the place of a compound is a villagers' group.
        func isGroup(_ compound: String) -> Bool {
            if let known = groups[compound] { return known }
            let parts = parser.parse(compound)
            let isGroup = !parts.group.isEmpty && parts.canonical == parts.group + "组"
            groups[compound] = isGroup
            return isGroup
        }
        let entries = sites.map { site in
            let isGroup = isGroup(site.compound)
            var formerCodes: [String] = []
            for (locator, layer) in zip(past, former) {
                guard let unit = locator.unit(at: site.location) else { continue }
                if !formerCodes.contains(layer.codes[unit]) { formerCodes.append(layer.codes[unit]) }
            }
            return Entry(
                id: site.id, compound: isGroup ? "" : site.compound, street: site.street, number: site.number,
                group: isGroup ? site.compound : "",
                communityCode: today.unit(at: site.location).map { communities.codes[$0] } ?? "",
                formerCommunityCodes: formerCodes, location: site.location)
        }
        self.init(county: county, town: town, communities: known, entries: entries, aliases: aliases)
    }
}
