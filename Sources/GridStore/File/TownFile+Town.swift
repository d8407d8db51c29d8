import GRDB
public import GeoGrid

extension TownFile {
    /// 某日的镇: everything true on a day, in memory, records in the order of their identifiers. O(records).
    ///
    /// - Parameter withCareResidents: leave them out where the work does not need them; they are sensitive.
    public func town(on day: Day, withCareResidents: Bool = true) throws -> Town {
        try read { db in
            guard let epsg = try SpatialReference.chosen(in: db) else {
                throw GeoGridError(
                    .emptyTown, Text(zh: "\(path) 还没有导入任何图形。", en: "\(path) holds no geometry yet."),
                    remedy: Text(zh: "先用 geogrid import 导入网格。", en: "Import the grids first, with geogrid import."))
            }
            let identity = try Row.fetchOne(db, sql: "SELECT name, county, code FROM town")
            let loader = LayerLoader(db: db, day: day)
            var town = Town(
                name: identity?[0] ?? "", county: identity?[1] ?? "", code: identity?[2] ?? "", epsg: epsg, day: day,
                levelNames: try Settings.levelNames(in: db), communities: try loader.units(.community),
                grids: try loader.units(.grid), microgrids: try loader.units(.microgrid))
            town.credit = try Settings.text(.credit, in: db)
            town.buildings = try loader.buildings()
            town.roads = try loader.roads()
            town.waters = try loader.waters()
            town.places = try loader.places()
            town.households = try loader.households()
            if withCareResidents { town.careResidents = try loader.careResidents() }
            town.servicePoints = try loader.servicePoints()
            town.premises = try loader.premises()
            town.hazards = try loader.hazards()
            town.people = try loader.people()
            town.posts = try loader.posts()
            return town
        }
    }
}

extension IssueCode {
    static let emptyTown = IssueCode("GG509")
}
