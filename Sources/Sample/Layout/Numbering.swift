import Foundation
import GeoGrid

/// 编号: a placed building with the address on its wall.
struct Numbered {
    var draft: Draft
    var compound = ""
    var street = ""
    var number = ""
    /// The address up to the number, without town and community: `建设路12号`, `金桂花园3栋`, `2组15号`.
    var address: String { compound.isEmpty ? street + number : compound + number }
}

/// Gives every building its number: odd and even sides of a street, 栋 in a compound, 组 in a village.
struct Numbering {
    let layout: Layout
    let streets: Streets
    let units: Units
    /// Name of the estate or yard in a microgrid, empty where there is none.
    private(set) var compoundOfSite: [String]
    /// The schools, offices and markets, with their microgrids.
    private(set) var institutions: [(site: Int, name: String, kind: String)] = []
    private var generator: SeededGenerator

    init(layout: Layout, streets: Streets, units: Units, generator: SeededGenerator) {
        self.layout = layout
        self.streets = streets
        self.units = units
        self.generator = generator
        compoundOfSite = units.microgrids.map { _ in "" }
        var names = CompoundNames()
        var offices = Institutions(town: SampleTown.shortName)
        for grid in units.grids where grid.use == .compound {
            let parts = self.generator.chance(0.45) ? 1 : grid.microgrids.count > 3 ? 2 : grid.microgrids.count
            let named = (0..<parts).map { _ in names.estate() }
            for site in grid.microgrids {
                compoundOfSite[site] = named[(site - grid.microgrids.lowerBound) * parts / grid.microgrids.count]
            }
        }
        for site in units.microgrids.indices where compoundOfSite[site].isEmpty {
            switch units.grids[units.microgrids[site].grid].use {
            case .oldTown: compoundOfSite[site] = names.yard()
            case .street, .industry: compoundOfSite[site] = names.works()
            case .institution:
                let (name, kind) = offices.next()
                compoundOfSite[site] = name
                institutions.append((site, name, kind))
            case .compound, .village: break
            }
        }
    }

    mutating func number(_ drafts: [Draft]) -> [Numbered] {
        var out = drafts.map { Numbered(draft: $0) }
        numberStreets(&out)
        var counts: [String: Int] = [:]
        for i in out.indices where out[i].number.isEmpty {
            let site = out[i].draft.site
            let grid = units.microgrids[site].grid
            if units.grids[grid].use == .village {
                let group = grid - units.communities[units.grids[grid].community].grids.lowerBound + 1
                out[i].compound = "\(group)组"
                let count = counts[units.grids[grid].code, default: 0] + 1
                counts[units.grids[grid].code] = count
                out[i].number = "\(count)号"
            } else {
                out[i].compound = compoundOfSite[site]
                let count = counts[compoundOfSite[site], default: 0] + 1
                counts[compoundOfSite[site]] = count
                out[i].number = out[i].draft.kind == .slab ? "\(count)栋" : "\(count)号"
            }
        }
        return out
    }

    /// Odd numbers on the left of the street as it runs, even ones on the right, growing, with gaps.
    private mutating func numberStreets(_ out: inout [Numbered]) {
        var byStreet: [[Int]] = streets.streets.map { _ in [] }
        for i in out.indices {
            guard let front = out[i].draft.front,
                units.grids[units.microgrids[out[i].draft.site].grid].use != .village
            else { continue }
            byStreet[front.street].append(i)
        }
        for (s, houses) in byStreet.enumerated() where !houses.isEmpty {
            let street = streets.streets[s]
            let lines = street.lines.map { layout.mesh.lines[$0].map(layout.place) }
            let ends = lines.flatMap { [$0[0], $0[$0.count - 1]] }
            var axis = PlanarPoint(x: 1, y: 0)
            var longest = 0.0
            for a in ends {
                for b in ends where (b - a).length > longest {
                    longest = (b - a).length
                    axis = (b - a).unit
                }
            }
            if axis.x < -0.3 || axis.x < 0.3 && axis.y > 0 { axis = axis * -1 }
            var sides: [[(along: Double, house: Int)]] = [[], []]
            for house in houses {
                let p = out[house].draft.box.centre
                var nearest = (far: Double.infinity, left: true)
                for line in lines {
                    for (a, b) in zip(line, line.dropFirst()) {
                        let far = distance(p, toSegment: a, b)
                        guard far < nearest.far else { continue }
                        nearest = (far, ((b - a).cross(p - a) > 0) == ((b - a).dot(axis) > 0))
                    }
                }
                sides[nearest.left ? 0 : 1].append((p.dot(axis), house))
            }
            for side in 0...1 {
                var number = side == 0 ? 1 : 2
                for (_, house) in sides[side].sorted(by: { ($0.along, $0.house) < ($1.along, $1.house) }) {
                    out[house].street = street.name
                    out[house].number = "\(number)号"
                    number += generator.chance(0.9) ? 2 : 4
                }
            }
        }
    }
}

/// 小区名: names of estates, yards and works housing; none is given twice.
struct CompoundNames {
    private var estates = 0
    private var yards = 0
    private var workplaces = 0

    mutating func estate() -> String {
        defer { estates += 1 }
        return Self.named(estates, Self.estateStems, ["花园", "家园", "小区", "雅苑", "新城", "名邸", "豪庭", "华府", "公馆", "新村"])
    }

    mutating func yard() -> String {
        defer { yards += 1 }
        return Self.named(yards, Self.surnames, ["家大院", "家老屋", "家新屋", "家院子", "家祠堂", "家弄"])
    }

    mutating func works() -> String {
        defer { workplaces += 1 }
        return Self.named(workplaces, Self.workStems, ["家属院", "宿舍", "大院", "南院", "北院", "新院"])
    }

    private static func named(_ i: Int, _ stems: [String], _ endings: [String]) -> String {
        let round = i / stems.count
        let again = round / endings.count
        return stems[i % stems.count] + endings[(round + i) % endings.count] + (again == 0 ? "" : "\(again + 1)期")
    }

    private static let estateStems = [
        "金桂", "锦绣", "阳光", "翠竹", "滨江", "凤凰", "龙腾", "御景", "丽景", "康乐", "福满", "世纪", "东方", "星河", "紫荆", "枫丹",
        "玫瑰", "荷塘", "兰亭", "松鹤", "听涛", "观山", "望江", "云顶", "碧水", "书香", "盛世", "天和", "嘉禾", "恒丰", "瑞祥", "安居",
    ]
    private static let surnames = [
        "李", "王", "张", "刘", "陈", "杨", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "罗", "梁", "宋", "郑",
        "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢",
    ]
    private static let workStems = [
        "粮站", "供销社", "农机厂", "水泥厂", "纺织厂", "酒厂", "糖厂", "造纸厂", "机械厂", "化肥厂", "罐头厂", "木材厂", "印刷厂", "食品站",
        "邮电局", "税务所", "信用社", "农行", "工商所", "水电站", "林业站", "畜牧站", "卫生院", "中学", "小学", "文化站", "汽车站", "运输队",
        "搬运社", "建筑队", "百货", "五金", "医药", "石油", "土产", "房管所", "派出所", "法庭", "广播站", "水利站",
    ]
}
