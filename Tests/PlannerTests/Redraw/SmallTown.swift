import GeoGrid
import Planner

/// A town small enough to know by heart.
enum SmallTown {
    /// Two communities of two grids of four microgrids each, squares of 100 m in a row of eight by two.
    static func town() -> Town {
        var communities = UnitLayer(level: .community)
        var grids = UnitLayer(level: .grid)
        var units = UnitLayer(level: .microgrid)
        func box(_ x: Double, _ y: Double, _ w: Double, _ h: Double) -> [[[PlanarPoint]]] {
            let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]
            return [[corners.map { PlanarPoint(x: $0.0, y: $0.1) }]]
        }
        for c in 0..<2 {
            let x = Double(c) * 400
            communities.append(code: "C\(c)", name: "旧\(c)", parent: "T", area: box(x, 0, 400, 200))
            for g in 0..<2 {
                let gx = x + Double(g) * 200
                grids.append(code: "C\(c)00\(g + 1)", name: "", parent: "C\(c)", area: box(gx, 0, 200, 200))
                for u in 0..<4 {
                    units.append(
                        code: "C\(c)00\(g + 1)-\(u)", name: "", parent: "C\(c)00\(g + 1)",
                        area: box(gx + Double(u % 2) * 100, Double(u / 2) * 100, 100, 100))
                }
            }
        }
        var town = Town(
            name: "试", county: "验", code: "T", epsg: 4549, day: Day("2026-03-01")!, communities: communities,
            grids: grids, microgrids: units)
        for (i, code) in units.codes.enumerated() {
            for h in 0..<(i < 4 ? 9 : 3) {
                let middle = units.areas.box(ofFeature: i).center
                var household = Household(id: "H\(i)-\(h)", location: middle)
                household.unitCode = code
                town.households.append(household)
            }
        }
        for (g, code) in grids.codes.enumerated() {
            town.people.append(Person(id: "P\(g)", name: "人\(g)"))
            town.posts.append(
                Post(id: "post\(g)", role: "网格长", level: .grid, unitCode: code, personID: "P\(g)"))
        }
        return town
    }

    /// One microgrid holds 40 households in two rows of houses: more than a grid should have.
    static func heavy() -> Town {
        var town = town()
        let code = town.microgrids.codes[5]
        let box = town.microgrids.areas.box(ofFeature: 5)
        for i in 0..<40 {
            let house = i / 4
            let corner = PlanarPoint(
                x: box.minX + 10 + Double(house % 5) * 18, y: box.minY + 15 + Double(house / 5) * 50)
            if i % 4 == 0 {
                let ring = [(0.0, 0.0), (8, 0), (8, 8), (0, 8), (0, 0)].map {
                    PlanarPoint(x: corner.x + $0.0, y: corner.y + $0.1)
                }
                town.buildings.append(Building(id: "B\(house)", footprint: [[ring]]))
            }
            var household = Household(
                id: "X\(i)", location: PlanarPoint(x: corner.x + 1 + Double(i % 4), y: corner.y + 3))
            household.unitCode = code
            household.buildingID = "B\(house)"
            town.households.append(household)
        }
        return town
    }

    /// Where the unit is, by code.
    static func middle(_ code: String) -> PlanarPoint {
        let town = town()
        return town.microgrids.areas.box(ofFeature: town.microgrids.indexByCode()[code]!).center
    }

    static let merger = MergerTable(rows: [
        .init(oldCode: "C0", newCode: "C601", newName: "新"), .init(oldCode: "C1", newCode: "C601", newName: "新"),
    ])
}
