import Foundation
import GeoGrid

/// A made-up town on a warped lattice: exactly nested, of any size, in a few milliseconds.
///
/// The default has the measures of the reference town: 10 communities, 241 grids, 952 microgrids, 600 care residents.
struct LatticeTown {
    var columns = 34
    var rows = 28
    /// Cells of a grid, across and down.
    var block = (across: 2, down: 2)
    var communityColumns = 5
    var communityRows = 2
    /// Metres.
    var width = 3100.0
    var height = 2350.0
    /// Blocks cut in two, to reach an odd number of grids.
    var cuts = 3
    var care = 600
    var seed: UInt64 = 7

    var gridName: @Sendable (Int) -> String = { "第\($0)网格" }

    private func warped(_ u: Double, _ v: Double) -> PlanarPoint {
        let du = 0.012 * sin(9 * v + 2 * u) + 0.02 * sin(3.1 * u + 4 * v) + 0.004 * sin(31 * u + 17 * v)
        let dv = 0.014 * sin(8 * u + 1) + 0.016 * sin(3 * v - 5 * u) + 0.004 * cos(29 * v + 23 * u)
        // A middle with smaller blocks than the rim, as towns have, and a ragged outline.
        let squeeze = 0.16
        let uu = u + squeeze * sin(2 * .pi * u) / (2 * .pi) + du
        let vv = v + squeeze * sin(2 * .pi * v) / (2 * .pi) + dv
        let bulge = 1 + 0.08 * cos(5 * atan2(v - 0.5, u - 0.5))
        return PlanarPoint(
            x: ((500_000 + (0.5 + (uu - 0.5) * bulge) * width) * 100).rounded() / 100,
            y: ((3_300_000 + (0.5 + (vv - 0.5) * bulge) * height) * 100).rounded() / 100)
    }

    private func point(_ column: Double, _ row: Double) -> PlanarPoint {
        warped(column / Double(columns), row / Double(rows))
    }

    /// The ring around a rectangle of cells, a vertex every quarter of a cell.
    private func ring(_ c0: Int, _ r0: Int, _ c1: Int, _ r1: Int) -> [[[PlanarPoint]]] {
        var ring: [PlanarPoint] = []
        func add(_ a: (Int, Int), _ b: (Int, Int)) {
            let steps = 4 * max(abs(a.0 - b.0), abs(a.1 - b.1))
            for k in 0..<steps {
                let t = Double(k) / Double(steps)
                ring.append(
                    point(
                        Double(a.0) + t * Double(b.0 - a.0), Double(a.1) + t * Double(b.1 - a.1)))
            }
        }
        add((c0, r0), (c1, r0))
        add((c1, r0), (c1, r1))
        add((c1, r1), (c0, r1))
        add((c0, r1), (c0, r0))
        ring.append(ring[0])
        return [[ring]]
    }

    private static func cuts(_ total: Int, _ parts: Int) -> [Int] { (0...parts).map { total * $0 / parts } }

    func town() -> Town {
        var generator = SeededGenerator(seed: seed)
        let blocksAcross = columns / block.across
        let blocksDown = rows / block.down
        let cx = Self.cuts(blocksAcross, communityColumns).map { $0 * block.across }
        let cy = Self.cuts(blocksDown, communityRows).map { $0 * block.down }
        let names = ["东门", "滨河", "桃园", "城南", "凤山", "永安", "文昌", "长乐", "太平", "新桥", "柳林", "石桥"]
        var communities = UnitLayer(level: .community)
        var grids = UnitLayer(level: .grid)
        var microgrids = UnitLayer(level: .microgrid)
        var posts: [Post] = []
        var people: [Person] = []
        let surnames = Array("李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
        let given = ["建国", "秀英", "长生", "海燕", "明", "丽华", "志强", "桂芳", "晓东", "玉兰", "文博", "静"]
        func lead(_ role: String, _ level: Level, _ code: String) {
            let number = people.count + 1
            var person = Person(
                id: "p\(number)",
                name: String(surnames[generator.below(surnames.count)]) + given[generator.below(given.count)])
            let digits = String(number)
            person.phone = "000-" + String(repeating: "0", count: 8 - digits.count) + digits
            people.append(person)
            posts.append(Post(id: "o\(number)", role: role, level: level, unitCode: code, personID: person.id))
        }
        func padded(_ n: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(n).count)) + String(n)
        }
        var gridNumber = 0
        var cut = 0
        for row in 0..<communityRows {
            for column in 0..<communityColumns {
                let number = communities.count + 1
                let code = "360681101" + padded(number, 3)
                communities.append(
                    code: code, name: names[(number - 1) % names.count] + "社区", parent: "360681101",
                    area: ring(cx[column], cy[row], cx[column + 1], cy[row + 1]))
                lead("社区书记", .community, code)
                var serial = 0
                for r0 in stride(from: cy[row], to: cy[row + 1], by: block.down) {
                    for c0 in stride(from: cx[column], to: cx[column + 1], by: block.across) {
                        let (c1, r1) = (min(c0 + block.across, cx[column + 1]), min(r0 + block.down, cy[row + 1]))
                        let halves = cut < cuts && (r0 / block.down) % 5 == 2 && c0 % 6 == 0 ? 2 : 1
                        if halves == 2 { cut += 1 }
                        for half in 0..<halves {
                            let top = halves == 2 && half == 1 ? r0 + 1 : r0
                            let bottom = halves == 2 && half == 0 ? r0 + 1 : r1
                            serial += 1
                            gridNumber += 1
                            let gridCode = code + padded(serial, 3)
                            grids.append(
                                code: gridCode, name: gridName(gridNumber), parent: code,
                                area: ring(c0, top, c1, bottom))
                            lead("网格长", .grid, gridCode)
                            var micro = 0
                            for r in top..<bottom {
                                for c in c0..<c1 {
                                    micro += 1
                                    microgrids.append(
                                        code: gridCode + padded(micro, 2), name: "微网格\(micro)", parent: gridCode,
                                        area: ring(c, r, c + 1, r + 1))
                                }
                            }
                        }
                    }
                }
            }
        }
        var town = Town(
            name: "云溪镇", county: "青禾县", code: "360681101", epsg: 4547, day: Day(year: 2026, month: 3, day: 1)!,
            communities: communities, grids: grids, microgrids: microgrids)
        town.people = people
        town.posts = posts
        addGround(&town, &generator)
        addPeople(&town, &generator)
        return town
    }

    private func addGround(_ town: inout Town, _ generator: inout SeededGenerator) {
        let names = ["滨河路", "解放路", "人民路", "桃园街", "文昌街", "东门大街", "永安巷", "太平巷", "石桥弄", "长乐街"]
        func line(_ steps: [(Double, Double)]) -> [PlanarPoint] { steps.map { point($0.0, $0.1) } }
        var number = 0
        for r in stride(from: 0, through: rows, by: 2) {
            let main = r % 8 == 0
            var road = Road(
                id: "rh\(r)", roadClass: main ? .primary : r % 4 == 0 ? .secondary : .residential,
                lines: [line((0...4 * columns).map { (Double($0) / 4, Double(r)) })])
            road.name = names[number % names.count] + (number >= names.count ? "\(number)" : "")
            number += 1
            town.roads.append(road)
        }
        for c in stride(from: 0, through: columns, by: 2) {
            var road = Road(
                id: "rv\(c)", roadClass: c % 10 == 0 ? .primary : .lane,
                lines: [line((0...4 * rows).map { (Double(c), Double($0) / 4) })])
            road.name = names[number % names.count] + "\(number)"
            number += 1
            town.roads.append(road)
        }
        let bank = (0...60).map { k in point(Double(columns) * Double(k) / 60, 9.1 + 0.25 * sin(Double(k) / 4)) }
        let other = (0...60).reversed().map { k in
            point(Double(columns) * Double(k) / 60, 9.75 + 0.25 * sin(Double(k) / 4))
        }
        var river = Water(id: "w1", kind: .polygon, parts: [[bank + other + [bank[0]]]])
        river.name = "云溪"
        town.waters = [river]
        for r in 0..<rows {
            for c in 0..<columns {
                for k in 0..<6 {
                    let x = Double(c) + 0.2 + 0.25 * Double(k % 3)
                    let y = Double(r) + 0.22 + 0.36 * Double(k / 3)
                    if generator.below(10) == 0 { continue }
                    let (w, h) = (0.08 + 0.1 * generator.unit(), 0.1 + 0.12 * generator.unit())
                    let corners = line([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)])
                    var building = Building(id: "b\(town.buildings.count + 1)", footprint: [[corners]])
                    building.number = "\(k * 2 + 1)号"
                    town.buildings.append(building)
                }
            }
        }
        for (i, kind) in ["党群服务中心", "助餐点", "卫生室", "便民服务点"].enumerated() {
            for k in 0..<5 {
                let p = point(2.5 + 6.7 * Double(k), 3.4 + 6.5 * Double(i))
                town.servicePoints.append(
                    ServicePoint(
                        id: "s\(i)\(k)", name: "\(["东", "南", "西", "北", "中"][k])片\(kind)", kind: kind, location: p))
            }
        }
    }

    private func addPeople(_ town: inout Town, _ generator: inout SeededGenerator) {
        let categories = [
            "living-alone-80", "severe-illness", "living-alone", "incapacitated", "low-income", "disabled", "monitored",
        ]
        for unit in 0..<town.microgrids.count {
            for _ in 0..<21 {
                let number = town.households.count + 1
                var household = Household(
                    id: "h\(number)", location: middle(town.microgrids.areas.box(ofFeature: unit), &generator))
                household.unitCode = town.microgrids.codes[unit]
                household.persons = 2 + generator.below(4)
                household.head = "户主\(number)"
                household.phone = "000-1" + String(1_000_000 + number)
                household.address = "云溪镇测试路\(number)号"
                town.households.append(household)
            }
        }
        for k in 0..<care {
            let household = town.households[generator.below(max(town.households.count, 1))]
            var resident = CareResident(
                id: "r\(k + 1)", householdID: household.id, category: categories[k % categories.count],
                location: household.location)
            resident.name = "关爱\(k + 1)"
            resident.unitCode = household.unitCode
            town.careResidents.append(resident)
        }
    }

    private func middle(_ box: Box, _ generator: inout SeededGenerator) -> PlanarPoint {
        PlanarPoint(
            x: box.center.x + box.width * 0.6 * (generator.unit() - 0.5),
            y: box.center.y + box.height * 0.6 * (generator.unit() - 0.5))
    }
}
