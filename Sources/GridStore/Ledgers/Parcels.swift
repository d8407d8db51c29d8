import GRDB
public import GeoGrid

/// 地块台账: what lies on a parcel: its area, its units, and the households that it touches.
///
/// A household is affected whose building meets the parcel, or whose door lies in it where it has no building.
public struct ParcelLedger: Sendable {
    public struct Item: Hashable, Sendable {
        public var id: String
        public var name: String
        public var kind: String
        /// 亩 as the list says, nil where it says nothing.
        public var declaredMu: Double?
        /// Town metres.
        public var rings: [[PlanarPoint]] = []
        /// Square metres of the shape, in the town's metre system.
        public var area: Double
        /// Codes of the grids it meets, most of its area first.
        public var grids: [String]
        public var buildings: Int
        public var households: [String]
        public var persons: Int

        /// 1 亩 = 2000/3 m².
        public var mu: Double { area * 3 / 2000 }
    }

    public let items: [Item]
    let units: RosterUnits
}

extension TownFile {
    /// 地块台账 of a day. O(parcels · (buildings + households) by box); overlay by GEOS.
    public func parcels(on day: Day) throws -> ParcelLedger {
        try read { db in
            let loader = LayerLoader(db: db, day: day)
            let grids = try loader.units(.grid)
            let buildings = try loader.buildings()
            let households = try loader.households()
            var shapes = Geometries()
            for building in buildings { shapes.append(.polygon, parts: building.footprint) }
            var homesOf: [String: [Int]] = [:]
            for (i, household) in households.enumerated() { homesOf[household.buildingID, default: []].append(i) }
            let known = Set(buildings.map(\.id))

            var reader = GeometryBlobReader()
            var items: [ParcelLedger.Item] = []
            try Rows.each(
                db, "SELECT id, name, kind, mu, geom FROM parcel WHERE \(LayerLoader.valid) ORDER BY id",
                [day.description]
            ) { row in
                row.withBlob(4) { reader.append($0) }
                items.append(
                    ParcelLedger.Item(
                        id: row.text(0), name: row.text(1), kind: row.text(2), declaredMu: row.optionalReal(3), area: 0,
                        grids: [], buildings: 0, households: [], persons: 0))
            }
            let areas = reader.geometries
            let context = GEOSContext()
            for i in items.indices {
                let parcel = try GEOSGeometry(areas, feature: i, in: context)
                let box = areas.box(ofFeature: i)
                items[i].rings = areas.feature(i).flatMap { $0 }
                items[i].area = areas.area(ofFeature: i)
                func shared(_ feature: Int, of others: Geometries) throws -> Double {
                    guard others.box(ofFeature: feature).intersects(box) else { return 0 }
                    return try parcel.intersection(GEOSGeometry(others, feature: feature, in: context)).area
                }
                var parts: [(code: String, area: Double)] = []
                for grid in grids.codes.indices {
                    let area = try shared(grid, of: grids.areas)
                    if area > 1 { parts.append((grids.codes[grid], area)) }
                }
                items[i].grids = parts.sorted { ($1.area, $0.code) < ($0.area, $1.code) }.map(\.code)
                var affected: [Int] = []
                for building in buildings.indices where try shared(building, of: shapes) > 0.01 {
                    items[i].buildings += 1
                    affected += homesOf[buildings[building].id] ?? []
                }
                var own = Geometries()
                own.append(feature: i, of: areas)
                let locator = PointLocator(own)
                for (h, household) in households.enumerated()
                where !known.contains(household.buildingID) && locator.unit(at: household.location) != nil {
                    affected.append(h)
                }
                items[i].households = affected.map { households[$0].id }.sorted()
                items[i].persons = affected.reduce(0) { $0 + households[$1].persons }
            }
            return ParcelLedger(items: items, units: RosterUnits(try loader.skeleton()))
        }
    }
}

extension ParcelLedger {
    public var table: SheetTable {
        SheetTable(
            name: "地块", columns: ["编号", "名称", "用途", "登记亩数", "实测亩数", "面积(平方米)", "社区", "网格", "楼栋", "户数", "人数"],
            rows: items.map { item in
                let communities = item.grids.reduce(into: [String]()) { names, grid in
                    let name = units.communityName(.grid, grid)
                    if !names.contains(name) { names.append(name) }
                }
                return [
                    .text(item.id), .init(item.name), .init(item.kind),
                    item.declaredMu.map { .number($0, decimals: 2) } ?? .empty, .number(item.mu, decimals: 2),
                    .number(item.area, decimals: 1), .init(communities.joined(separator: "、")),
                    .init(item.grids.map { units.name(.grid, $0) }.joined(separator: "、")), .integer(item.buildings),
                    .integer(item.households.count), .integer(item.persons),
                ]
            })
    }

    /// A row a household that a parcel touches.
    public var householdTable: SheetTable {
        SheetTable(
            name: "涉及户", columns: ["地块", "名称", "户编号"],
            rows: items.flatMap { item in
                item.households.map { [.text(item.id), .init(item.name), .text($0)] }
            })
    }
}
