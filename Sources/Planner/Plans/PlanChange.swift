public import GeoGrid

/// 方案前后: a town before and after a plan.
///
/// Adoption writes the differences of the two; the sheet that shows before and after draws them; notices list whom
/// they concern. `TownFile.change(byPlanNamed:)` makes it for a stored plan.
public struct PlanChange: Sendable {
    public let name: String
    public let before: Town
    /// The town with the plan in force: its communities, grids and microgrids, doors in their new units, and the
    /// leads of the plan as posts from the day of `after`.
    public let after: Town
    /// 新旧对照: every unit of the present division with its old and new grid, parts of split ones apart.
    public let units: [TownPlan.Unit]
    /// Which unit a door lies in afterwards.
    public let homes: PlannedHomes

    private let leadsBefore: [String: Person]
    private let leadsAfter: [String: Person]

    /// Works out the town as the plan would have it. O(vertices log vertices + doors).
    ///
    /// - Parameters:
    ///   - town: the present one; the plan's units must be its lowest units.
    ///   - day: from which the plan is in force.
    public init(
        name: String, town: Town, communities: [TownPlan.Community], grids: [TownPlan.Grid], units: [TownPlan.Unit],
        from day: Day
    ) {
        self.name = name
        self.units = units
        before = town
        homes = PlannedHomes(units: units, lowest: town.lowestUnits.level)
        var after = town
        after.day = day
        let layer = Self.units(units, of: town)
        let position = Dictionary(zip(grids.map(\.code), grids.indices), uniquingKeysWith: { a, _ in a })
        let communityPosition = Dictionary(
            zip(communities.map(\.code), communities.indices), uniquingKeysWith: { a, _ in a })
        let gridOf = layer.parentCodes.map { position[$0] }
        let gridAreas = Dissolve.joined(
            layer.areas, into: gridOf, count: grids.count, tolerance: Adjacency.defaultTolerance)
        let communityAreas = Dissolve.joined(
            layer.areas, into: gridOf.map { $0.flatMap { communityPosition[grids[$0].community] } },
            count: communities.count, tolerance: Adjacency.defaultTolerance)
        let kinds = Dictionary(zip(town.communities.codes, town.communities.kinds), uniquingKeysWith: { a, _ in a })
        after.communities = UnitLayer(level: .community)
        for (i, community) in communities.enumerated() {
            let kind = kinds[community.code] ?? (community.name.hasSuffix("村") ? "村" : "社区")
            after.communities.append(
                code: community.code, name: community.name, parent: town.code, kind: kind,
                area: communityAreas.feature(i))
            if !town.communities.stated.isEmpty {
                let own = grids.filter { $0.community == community.code }
                after.communities.stated.append(
                    .init(
                        households: own.reduce(0) { $0 + $1.households }, persons: own.reduce(0) { $0 + $1.people }))
            }
        }
        let gridKinds = Dictionary(zip(town.grids.codes, town.grids.kinds), uniquingKeysWith: { a, _ in a })
        after.grids = UnitLayer(level: .grid)
        for (i, grid) in grids.enumerated() {
            after.grids.append(
                code: grid.code, name: grid.name, parent: grid.community, kind: gridKinds[grid.code] ?? "",
                area: gridAreas.feature(i))
            if !town.grids.stated.isEmpty {
                after.grids.stated.append(.init(households: grid.households, persons: grid.people))
            }
        }
        if town.microgrids.count > 0 { after.microgrids = layer }
        homes.rehouse(&after)
        after.posts = Self.posts(grids, units, town, from: day)
        self.after = after
        leadsBefore = Self.leads(town)
        leadsAfter = Self.leads(after)
    }

    /// 原网格长 and 新网格长 of a unit's residents; nil where the grid has none.
    public func leadBefore(_ unit: TownPlan.Unit) -> Person? { leadsBefore[unit.oldGrid] }
    public func leadAfter(_ unit: TownPlan.Unit) -> Person? { leadsAfter[unit.newGrid] }
    public func leadBefore(ofGrid code: String) -> Person? { leadsBefore[code] }
    public func leadAfter(ofGrid code: String) -> Person? { leadsAfter[code] }

    /// 对照底图: the present town with its microgrids cut as the plan cuts them, each still under its old grid.
    public var divided: Town {
        guard before.microgrids.count > 0 else { return before }
        var town = before
        town.microgrids = after.microgrids
        let old = Dictionary(units.map { ($0.code, $0.oldGrid) }, uniquingKeysWith: { a, _ in a })
        for i in town.microgrids.codes.indices {
            town.microgrids.parentCodes[i] = old[town.microgrids.codes[i]] ?? town.microgrids.parentCodes[i]
        }
        homes.rehouse(&town)
        return town
    }

    /// The plan's lowest units, each under its new grid, in the order in which they are first named.
    private static func units(_ rows: [TownPlan.Unit], of town: Town) -> UnitLayer {
        let old = town.lowestUnits
        let position = old.indexByCode()
        let cuts = CutEnds(parts: rows, of: old, tolerance: Adjacency.defaultTolerance)
        var layer = UnitLayer(level: old.level)
        var known = Set<String>()
        var counts: [String: UnitLayer.Counts] = [:]
        for row in rows {
            counts[row.code, default: .init(households: 0, persons: 0)].households += row.households
            counts[row.code]?.persons += row.people
        }
        for row in rows where known.insert(row.code).inserted {
            guard let at = position[row.origin] else { continue }
            if !old.stated.isEmpty { layer.stated.append(row.code == row.origin ? old.stated[at] : counts[row.code]) }
            layer.append(
                code: row.code, name: row.name.isEmpty ? old.names[at] : row.name, parent: row.newGrid,
                kind: old.kinds[at], area: cuts.noded(row.area.isEmpty ? old.areas.feature(at) : row.area))
        }
        return layer
    }

    /// The posts of the town, those of leads after the plan: who stays keeps the post, others get one from the day. Who
    /// has a post in a microgrid that is split has it in each part.
    private static func posts(
        _ grids: [TownPlan.Grid], _ units: [TownPlan.Unit], _ town: Town, from day: Day
    ) -> [Post] {
        var posts: [Post] = []
        var parts: [String: [String]] = [:]
        for unit in units where unit.code != unit.origin && parts[unit.origin]?.contains(unit.code) != true {
            parts[unit.origin, default: []].append(unit.code)
        }
        var employment: [String: Post.Employment] = [:]
        var standing = Set<String>()
        let lead = Dictionary(grids.map { ($0.code, $0.lead) }, uniquingKeysWith: { a, _ in a })
        for post in town.posts {
            if post.zoning.isEmpty, post.level == .microgrid, post.validity.contains(day),
                let parts = parts[post.unitCode], parts.count > 1
            {
                for part in parts {
                    var own = post
                    own.id = "\(post.id)-\(part)"
                    own.unitCode = part
                    own.validity = Validity(from: day, to: nil)
                    posts.append(own)
                }
                continue
            }
            guard post.zoning.isEmpty, post.level == .grid, post.role == LeadMatching.role, post.validity.contains(day)
            else {
                posts.append(post)
                continue
            }
            if let person = post.personID { employment[person] = post.employment }
            if let wanted = lead[post.unitCode], wanted == post.personID, standing.insert(post.unitCode).inserted {
                posts.append(post)
            }
        }
        let known = Set(town.posts.map(\.id))
        for grid in grids where !standing.contains(grid.code) {
            let name = "\(LeadMatching.role)-\(grid.code)-\(day)"
            var id = name
            var number = 2
            while known.contains(id) {
                id = "\(name)-\(number)"
                number += 1
            }
            var post = Post(
                id: id, role: LeadMatching.role, level: .grid, unitCode: grid.code, personID: grid.lead)
            post.employment = grid.lead.flatMap { employment[$0] } ?? .fullTime
            post.validity = Validity(from: day, to: nil)
            posts.append(post)
        }
        return posts.sorted { $0.id < $1.id }
    }

    private static func leads(_ town: Town) -> [String: Person] {
        let people = Dictionary(town.people.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        var leads: [String: Person] = [:]
        for post in town.posts
        where post.zoning.isEmpty && post.level == .grid && post.role == LeadMatching.role
            && post.validity.contains(town.day)
        {
            if leads[post.unitCode] == nil { leads[post.unitCode] = post.personID.flatMap { people[$0] } }
        }
        return leads
    }
}

/// 住户去向: the unit that each door of a present unit lies in once a plan is in force.
public struct PlannedHomes: Sendable {
    private var whole: [String: String] = [:]
    private var split: [String: (codes: [String], locator: PointLocator)] = [:]

    init(units: [TownPlan.Unit], lowest: Level) {
        var rows: [String: [TownPlan.Unit]] = [:]
        for unit in units { rows[unit.origin, default: []].append(unit) }
        for (origin, parts) in rows {
            func home(_ unit: TownPlan.Unit) -> String { lowest == .grid ? unit.newGrid : unit.code }
            whole[origin] = home(parts[0])
            guard parts.count > 1 else { continue }
            var areas = Geometries()
            for part in parts { areas.append(part.area.count > 1 ? .multiPolygon : .polygon, parts: part.area) }
            split[origin] = (parts.map(home), PointLocator(areas))
        }
    }

    /// The new unit of a door of `unit`; where a part's edge runs past it, the nearest part.
    public func unit(for unit: String, at location: PlanarPoint?) -> String {
        guard let parts = split[unit] else { return whole[unit] ?? unit }
        guard let location else { return parts.codes[0] }
        let part = parts.locator.unit(at: location) ?? parts.locator.nearest(to: location, within: 1_000)?.unit
        return parts.codes[part ?? 0]
    }

    func rehouse(_ town: inout Town) {
        for i in town.households.indices {
            town.households[i].unitCode = unit(for: town.households[i].unitCode, at: town.households[i].location)
        }
        for i in town.careResidents.indices {
            town.careResidents[i].unitCode = unit(
                for: town.careResidents[i].unitCode, at: town.careResidents[i].location)
        }
        for i in town.servicePoints.indices {
            town.servicePoints[i].unitCode = unit(
                for: town.servicePoints[i].unitCode, at: town.servicePoints[i].location)
        }
        for i in town.premises.indices {
            town.premises[i].unitCode = unit(for: town.premises[i].unitCode, at: town.premises[i].location)
        }
        for i in town.hazards.indices {
            town.hazards[i].unitCode = unit(for: town.hazards[i].unitCode, at: town.hazards[i].location)
        }
    }
}
