import Cartography
import GeoGrid
import GridStore

extension MapCommand {
    /// 网格体系图: the town with the zones of another zoning in the place of its grids, for the sheet `zoning:NAME`.
    ///
    /// A household in several zones counts in each, so that the sheet shows no totals.
    static func zoned(_ name: String, in file: TownFile, on day: Day) throws -> Town {
        let zoning = try file.zoning(named: name, on: day)
        var town = try file.town(on: day)
        let communities = PointLocator(town.communities.areas)
        var zones = UnitLayer(level: .grid)
        for i in 0..<zoning.count {
            let middle = PoleOfInaccessibility(of: zoning.areas, feature: i)?.point
            let community = middle.flatMap { communities.unit(at: $0) }.map { town.communities.codes[$0] } ?? ""
            zones.append(
                code: zoning.codes[i], name: zoning.names[i], parent: community, area: zoning.areas.feature(i))
        }
        town.grids = zones
        town.microgrids = UnitLayer(level: .microgrid)
        town.levelNames.grid = Text(zh: "分区", en: "zone")
        let locator = PointLocator(zoning.areas)
        func codes(_ place: PlanarPoint) -> [String] {
            let found = locator.units(x: place.x, y: place.y).map { zoning.codes[$0] }
            return found.isEmpty ? [""] : found
        }
        town.households = town.households.flatMap { home in
            codes(home.location).map { code in
                var home = home
                home.unitCode = code
                return home
            }
        }
        for i in town.careResidents.indices {
            town.careResidents[i].unitCode = codes(town.careResidents[i].location)[0]
        }
        // Those who answer for the communities stay; those of the zones stand in for the leads of grids.
        town.posts = try file.roster(on: day).posts.compactMap { post in
            var post = post
            if post.zoning.isEmpty { return post.level < .grid ? post : nil }
            guard post.zoning == zoning.name else { return nil }
            post.zoning = ""
            post.level = .grid
            return post
        }
        return town
    }

    /// The sheet of a town made by `zoned`: of the community where all zones lie in one.
    static func zoningSheet(_ name: String, _ shown: DisclosedTown) -> SheetSpecification {
        let communities = Set(shown.grids.parentCodes)
        var sheet: SheetSpecification
        if communities.count == 1, let code = communities.first, !code.isEmpty {
            sheet = .community(code, of: shown)
        } else {
            sheet = .town(shown)
        }
        sheet.title = Text(zh: "\(shown.county)\(shown.name)\(name)", en: "\(shown.name), \(shown.county): \(name)")
        sheet.elements.subtract([.summary, .microgrids, .careSymbols, .memberSymbols])
        return sheet
    }
}
