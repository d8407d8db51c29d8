import Foundation
import GeoGrid

/// 制作过程: the stages of drawing a town, each with a random stream of its own.
struct TownDraft {
    let options: SampleOptions
    let layout: Layout
    let streets: Streets
    let units: Units
    var town: Town
    private(set) var buildings: [Numbered] = []
    private(set) var institutions: [(site: Int, name: String, kind: String)] = []
    var names = PersonNames()

    init(_ options: SampleOptions) {
        self.options = options
        layout = Layout.make(options, origin: SampleTown.origin)
        var streetNames = StreetNames(town: SampleTown.shortName)
        var generator = SeededGenerator(seed: options.seed, stage: 2)
        streets = Streets(layout, names: &streetNames, using: &generator)
        units = Units(layout, townCode: SampleTown.townCode)
        town = Town(
            name: SampleTown.townName, county: SampleTown.countyName, code: SampleTown.townCode, epsg: 4548,
            day: Day(year: 2026, month: 3, day: 1)!, communities: UnitLayer(level: .community),
            grids: UnitLayer(level: .grid))
    }

    /// Households and persons of every unit, by its code.
    var counts: [String: (households: Int, persons: Int)] {
        var siteOf: [String: Int] = [:]
        for (building, numbered) in zip(town.buildings, buildings) { siteOf[building.id] = numbered.draft.site }
        var out: [String: (households: Int, persons: Int)] = [:]
        for home in town.households {
            let code = units.microgrids[siteOf[home.buildingID] ?? 0].code
            for length in [12, 15, 18] {
                let (h, p) = out[String(code.prefix(length)), default: (0, 0)]
                out[String(code.prefix(length))] = (h + 1, p + home.persons)
            }
        }
        return out
    }

    mutating func build() -> SampleExtras {
        erect()
        layOut()
        settle()
        var extras = complete(appoint())
        round()
        extras.round(SampleTown.projection.rounded)
        return extras
    }

    private mutating func erect() {
        var builder = Builder(
            layout: layout, streets: streets,
            blocked: layout.reservoir.isEmpty ? [] : [layout.reservoir.map(layout.valley.place)],
            generator: SeededGenerator(seed: options.seed, stage: 3))
        for (number, microgrid) in units.microgrids.enumerated() {
            builder.fill(builder.site(microgrid.face, use: units.grids[microgrid.grid].use), number: number)
        }
        var numbering = Numbering(
            layout: layout, streets: streets, units: units,
            generator: SeededGenerator(seed: options.seed, stage: 4))
        buildings = numbering.number(builder.drafts)
        institutions = numbering.institutions
        for community in units.communities {
            let faces = community.grids.flatMap { units.grids[$0].microgrids.map { units.microgrids[$0].face } }
            town.communities.append(
                code: community.code, name: community.name, parent: town.code,
                kind: community.isVillage ? "村" : "社区", area: area(faces))
        }
        for (g, grid) in units.grids.enumerated() {
            let community = units.communities[grid.community]
            let serial = g - community.grids.lowerBound + 1
            let name = community.name + "第\(serial)网格"
            town.grids.append(
                code: grid.code, name: name, parent: community.code,
                area: area(grid.microgrids.map { units.microgrids[$0].face }))
            for site in grid.microgrids {
                let microgrid = units.microgrids[site]
                let compound = numbering.compoundOfSite[site]
                let label = compound.isEmpty || grid.use == .oldTown ? "" : compound
                town.microgrids.append(
                    code: microgrid.code, name: "\(serial)-\(site - grid.microgrids.lowerBound + 1)\(label)",
                    parent: grid.code, area: area([microgrid.face]))
            }
        }
    }

    private func area(_ faces: [Int]) -> [[[PlanarPoint]]] {
        [[OpenRing.closed(layout.mesh.outline(of: faces).map(layout.place))]]
    }

    private mutating func layOut() {
        town.roads = streets.roads
        guard layout.hasRiver else { return }
        let reach = layout.half.u * 1.16
        let us = Array(stride(from: -reach, through: reach, by: 20))
        let river =
            us.map { PlanarPoint(x: $0, y: -Valley.halfWidth($0)) }
            + us.reversed().map { PlanarPoint(x: $0, y: Valley.halfWidth($0)) }
        var water = Water(id: "W1", kind: .polygon, parts: [[OpenRing.closed(river.map(layout.valley.place))]])
        water.name = "云溪河"
        town.waters.append(water)
        if !layout.reservoir.isEmpty {
            var lake = Water(
                id: "W2", kind: .polygon, parts: [[OpenRing.closed(layout.reservoir.map(layout.valley.place))]])
            lake.name = "青龙水库"
            town.waters.append(lake)
        }
    }

    private mutating func settle() {
        var generator = SeededGenerator(seed: options.seed, stage: 5)
        let dwellings = Dwelling.all(&buildings, households: options.households, using: &generator)
        for (i, numbered) in buildings.enumerated() {
            let draft = numbered.draft
            var building = Building(
                id: "B" + padded(i + 1, 5), footprint: [[OpenRing.closed(draft.shape.ring(in: draft.box))]])
            building.compound = numbered.compound
            building.street = numbered.street
            building.number = numbered.number
            building.floors = draft.floors
            building.use = TownDraft.use(draft, units.grids[units.microgrids[draft.site].grid].use)
            town.buildings.append(building)
        }
        var order = Array(dwellings.indices)
        generator.shuffle(&order)
        let taken = order.prefix(options.households).sorted()
        let sizes = Dwelling.sizes(taken.count, persons: options.persons, using: &generator)
        for (n, d) in taken.enumerated() {
            let dwelling = dwellings[d]
            let numbered = buildings[dwelling.building]
            let draft = numbered.draft
            var household = Household(
                id: "H" + padded(n + 1, 5), location: draft.shape.door(in: draft.box, at: dwelling.share))
            household.head = names.name(&generator)
            household.phone = names.phone()
            household.address = address(dwelling.building) + dwelling.suffix
            household.buildingID = town.buildings[dwelling.building].id
            household.persons = sizes[n]
            let draw = generator.unit()
            household.risk =
                draw < 0.002 ? .red : draw < 0.01 ? .orange : draw < 0.035 ? .yellow : draw < 0.07 ? .blue : nil
            town.households.append(household)
        }
        town.careResidents = Care.residents(
            options.careResidents, of: &town.households, names: &names, using: &generator)
    }

    private static func use(_ draft: Draft, _ ground: LandUse) -> String {
        switch draft.kind {
        case .slab, .courtyard, .farmhouse: "住宅"
        case .house: ground == .street || ground == .oldTown ? "商住" : "住宅"
        case .hall: "公共"
        case .shed: "厂房"
        }
    }

    private mutating func appoint() -> Posts {
        var generator = SeededGenerator(seed: options.seed, stage: 6)
        var siteOfBuilding: [String: Int] = [:]
        for (building, numbered) in zip(town.buildings, buildings) { siteOfBuilding[building.id] = numbered.draft.site }
        let homes = town.households.map { (siteOfBuilding[$0.buildingID] ?? 0, $0.location) }
        let posts = Posts(units, holders: options.postHolders, homes: homes, names: &names, using: &generator)
        town.people = posts.people
        town.posts = posts.posts
        return posts
    }

    /// Services, ledgers, plans: everything that needs the households.
    private mutating func complete(_ posts: Posts) -> SampleExtras {
        var generator = SeededGenerator(seed: options.seed, stage: 7)
        let danger = Danger(self, households: 23)
        if let danger { move(persons: 94, into: danger, using: &generator) }
        let counts = counts
        let persons = units.communities.map { counts[$0.code]?.persons ?? 0 }
        let neighbours = Neighbours(layout, units)
        let merger = Merger(units, neighbours, persons: persons)
        town.servicePoints = Services.points(of: self, merger: merger, using: &generator)
        town.places = Services.places(of: self)
        town.premises = Commerce.premises(of: self, using: &generator)
        town.hazards = Incidents.hazards(of: self, using: &generator)
        var later = SeededGenerator(seed: options.seed, stage: 8)
        var events = Incidents.events(of: self, using: &later)
        let helpers = Helpers(self, names: &names, using: &later)
        let handOver = HandOver(town, using: &later)
        let zonings = Zoning.all(self, neighbours, persons: persons)
        var last = SeededGenerator(seed: options.seed, stage: 9)
        let services = MergedServices(self, merger: merger, using: &last)
        var ledgers = SeededGenerator(seed: options.seed, stage: 10)
        let zonePosts = ZonePosts(zonings, homes: town.households.map(\.location), names: &names, using: &ledgers)
        let repeats = Incidents.gather(&events, of: town, using: &ledgers)
        return SampleExtras(
            merger: merger, zonings: zonings, helpers: helpers, services: services, danger: danger,
            parcels: Parcel.all(self), handOver: handOver,
            appointments: Appointments(town, merger: merger, after: handOver), zonePosts: zonePosts, events: events,
            repeatAddresses: repeats, visits: Visits(town, using: &ledgers),
            projects: Project.all(of: self, using: &ledgers), regrading: Regrading(town, using: &ledgers),
            vacantPosts: posts.vacant, doubleHolders: posts.doubled)
    }

    /// Gives the households of the danger zone so many persons together, and the others as many fewer or more.
    private mutating func move(persons: Int, into danger: Danger, using generator: inout SeededGenerator) {
        let inside = Set(danger.householdIDs)
        let zone = town.households.indices.filter { inside.contains(town.households[$0].id) }
        var missing = persons - zone.reduce(0) { $0 + town.households[$1].persons }
        var turn = 0
        while missing != 0 {
            let i = zone[turn % zone.count]
            let j = generator.below(town.households.count)
            turn += 1
            let step = missing > 0 ? 1 : -1
            guard !inside.contains(town.households[j].id), (1...9).contains(town.households[i].persons + step),
                (1...9).contains(town.households[j].persons - step)
            else { continue }
            town.households[i].persons += step
            town.households[j].persons -= step
            missing -= step
        }
    }

    /// The address of a building: town, community, street or estate, number.
    func address(_ building: Int) -> String {
        let numbered = buildings[building]
        let community = units.communities[units.grids[units.microgrids[numbered.draft.site].grid].community]
        return town.name + community.name + numbered.address
    }

    /// A point in the building nearest to a place, halls and shops first.
    func publicDoor(near p: PlanarPoint) -> PlanarPoint? {
        buildings.indices.min { rank(buildings[$0], p) < rank(buildings[$1], p) }
            .map { buildings[$0].draft.shape.door(in: buildings[$0].draft.box, at: 0.5) }
    }

    private func rank(_ numbered: Numbered, _ p: PlanarPoint) -> Double {
        let far = numbered.draft.box.centre.distance(to: p)
        switch numbered.draft.kind {
        case .hall: return far * 0.3
        case .house: return far
        case .slab, .courtyard, .farmhouse: return far * 1.6
        case .shed: return far * 4
        }
    }

    /// Moves every coordinate onto what the files can say.
    private mutating func round() {
        let to = SampleTown.projection.rounded
        town.communities.areas = town.communities.areas.mapped(to)
        town.grids.areas = town.grids.areas.mapped(to)
        town.microgrids.areas = town.microgrids.areas.mapped(to)
        for i in town.buildings.indices {
            town.buildings[i].footprint = town.buildings[i].footprint.map { $0.map { $0.map(to) } }
        }
        for i in town.roads.indices { town.roads[i].lines = town.roads[i].lines.map { $0.map(to) } }
        for i in town.waters.indices { town.waters[i].parts = town.waters[i].parts.map { $0.map { $0.map(to) } } }
        for i in town.places.indices { town.places[i].location = to(town.places[i].location) }
        for i in town.households.indices { town.households[i].location = to(town.households[i].location) }
        for i in town.careResidents.indices { town.careResidents[i].location = to(town.careResidents[i].location) }
        for i in town.servicePoints.indices { town.servicePoints[i].location = to(town.servicePoints[i].location) }
        for i in town.premises.indices { town.premises[i].location = to(town.premises[i].location) }
        for i in town.hazards.indices { town.hazards[i].location = to(town.hazards[i].location) }
        for i in town.people.indices { town.people[i].home = town.people[i].home.map(to) }
    }
}
