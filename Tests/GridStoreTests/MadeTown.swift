import GeoGrid

/// A small town made in code: two communities, four grids, eight microgrids, a few of everything.
enum MadeTown {
    static let day = Day(year: 2026, month: 3, day: 1)!
    static let origin = PlanarPoint(x: 500_000, y: 3_500_000)

    static func box(_ x: Double, _ y: Double, _ w: Double, _ h: Double) -> [[[PlanarPoint]]] {
        [[[(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)].map { at($0.0, $0.1) }]]
    }

    static func at(_ x: Double, _ y: Double) -> PlanarPoint { PlanarPoint(x: origin.x + x, y: origin.y + y) }

    /// 400 × 200 m: communities west and east, each two grids south and north, each two microgrids west and east.
    static func town() -> Town {
        var communities = UnitLayer(level: .community)
        var grids = UnitLayer(level: .grid)
        var microgrids = UnitLayer(level: .microgrid)
        for c in 0..<2 {
            let x = Double(c) * 200
            communities.append(
                code: "C\(c)", name: ["河西", "河东"][c], parent: "421000101", kind: "社区", area: box(x, 0, 200, 200))
            for g in 0..<2 {
                let y = Double(g) * 100
                grids.append(code: "G\(c)\(g)", name: "第\(g + 1)网格", parent: "C\(c)", area: box(x, y, 200, 100))
                for m in 0..<2 {
                    microgrids.append(
                        code: "M\(c)\(g)\(m)", name: "", parent: "G\(c)\(g)",
                        area: box(x + Double(m) * 100, y, 100, 100))
                }
            }
        }
        var town = Town(
            name: "云溪镇", county: "云溪县", code: "421000101", epsg: 4546, day: day, communities: communities,
            grids: grids, microgrids: microgrids)
        for i in 0..<16 {
            var household = Household(id: "H\(100 + i)", location: at(12.5 + Double(i) * 25, Double(i % 2) * 100 + 50))
            household.head = "户主\(i)"
            household.phone = "000-0000\(1000 + i)"
            household.address = "沿河路\(i)号"
            household.persons = 1 + i % 4
            household.risk = i == 3 ? .red : nil
            town.households.append(household)
        }
        var resident = CareResident(
            id: "R1", householdID: "H103", category: "living-alone", location: town.households[3].location)
        resident.name = "某某"
        resident.birthYear = 1940
        town.careResidents = [resident]
        var point = ServicePoint(id: "S1", name: "河西党群服务中心", kind: "党群服务中心", location: at(50, 20))
        point.capacity = 40
        town.servicePoints = [point]
        var shop = Premises(id: "P1", name: "小店", kind: "merchant", location: at(150, 20))
        shop.risk = .yellow
        town.premises = [shop]
        var hazard = Hazard(id: "Z1", kind: "地质灾害点", location: at(350, 150))
        hazard.found = Day("2026-01-02")
        town.hazards = [hazard]
        var road = Road(id: "L1", roadClass: .primary, lines: [[at(0, 100), at(400, 100)]])
        road.name = "沿河路"
        road.bridge = true
        town.roads = [road]
        var river = Water(id: "W1", kind: .lineString, parts: [[[at(200, 0), at(200, 200)]]])
        river.name = "云溪"
        town.waters = [river]
        var house = Building(id: "B1", footprint: box(10, 10, 12, 9))
        house.street = "沿河路"
        house.number = "12号"
        house.floors = 3
        town.buildings = [house]
        town.places = [NamedPlace(id: "N1", name: "云溪桥", location: at(200, 100))]
        var lead = Person(id: "1", name: "张三")
        lead.phone = "000-00000001"
        lead.skills = ["急救", "手语"]
        lead.home = at(20, 20)
        town.people = [lead, Person(id: "2", name: "李四")]
        var post = Post(id: "a", role: "网格长", level: .grid, unitCode: "G00", personID: "1")
        post.validity = Validity(from: Day("2025-01-01"), to: nil)
        town.posts = [post, Post(id: "b", role: "网格长", level: .grid, unitCode: "G01", personID: nil)]
        return town
    }
}
