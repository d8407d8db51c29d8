import GeoGrid

/// 单元: communities, grids and microgrids in the order of their codes, with codes and borders.
///
/// 编码: town (9) + community (3) is the 12-digit statistical code, + grid (3) the 15-digit grid code, + microgrid (3).
/// Serials run north to south in bands, west to east within a band; villages are numbered from 201.
struct Units {
    struct Microgrid {
        var face: Int
        /// Position of its grid in `grids`.
        var grid: Int
        var code: String
        var centre: PlanarPoint
    }
    struct Grid {
        var community: Int
        var use: LandUse
        var code: String
        /// Positions in `microgrids`.
        var microgrids: Range<Int>
        var centre: PlanarPoint
    }
    struct Community {
        var code: String
        var name: String
        var isVillage: Bool
        var grids: Range<Int>
        var centre: PlanarPoint
    }

    private(set) var communities: [Community] = []
    private(set) var grids: [Grid] = []
    private(set) var microgrids: [Microgrid] = []

    init(_ layout: Layout, townCode: String) {
        func ring(_ face: Int) -> [PlanarPoint] { layout.mesh.rings[face].map(layout.place) }
        func centre(_ faces: [Int]) -> (point: PlanarPoint, area: Double) {
            var sum = PlanarPoint(x: 0, y: 0)
            var total = 0.0
            for face in faces {
                let ring = ring(face)
                let area = OpenRing.area(ring)
                sum = sum + OpenRing.centroid(ring) * area
                total += area
            }
            return (sum * (1 / total), total)
        }
        let members = layout.isVillage.indices.map { c in
            layout.grids.indices.filter { layout.grids[$0].community == c }
        }
        let middles = members.map { centre($0.flatMap { layout.grids[$0].faces }) }
        var urban = 0
        var rural = 200
        var names = CommunityNames()
        for c in Units.reading(middles) {
            let village = layout.isVillage[c]
            let serial: Int
            if village {
                rural += 1
                serial = rural
            } else {
                urban += 1
                serial = urban
            }
            let code = townCode + (serial < 1000 ? padded(serial, 3) : "X" + padded(serial, 4))
            let firstGrid = grids.count
            let gridMiddles = members[c].map { centre(layout.grids[$0].faces) }
            for (order, g) in Units.reading(gridMiddles).enumerated() {
                let source = layout.grids[members[c][g]]
                let gridCode = code + padded(order + 1, 3)
                let firstMicrogrid = microgrids.count
                let faceMiddles = source.faces.map { centre([$0]) }
                for (serial, f) in Units.reading(faceMiddles).enumerated() {
                    microgrids.append(
                        Microgrid(
                            face: source.faces[f], grid: grids.count, code: gridCode + padded(serial + 1, 3),
                            centre: faceMiddles[f].point))
                }
                grids.append(
                    Grid(
                        community: communities.count, use: source.use, code: gridCode,
                        microgrids: firstMicrogrid..<microgrids.count, centre: gridMiddles[g].point))
            }
            communities.append(
                Community(
                    code: code, name: names.next(village: village), isVillage: village, grids: firstGrid..<grids.count,
                    centre: middles[c].point))
        }
    }

    /// Reading order: bands from north to south, west to east in each.
    private static func reading(_ places: [(point: PlanarPoint, area: Double)]) -> [Int] {
        guard let top = places.map(\.point.y).max() else { return [] }
        let band = (places.reduce(0) { $0 + $1.area } / Double(places.count)).squareRoot()
        func key(_ i: Int) -> (Int, Double, Int) { (Int((top - places[i].point.y) / band), places[i].point.x, i) }
        return places.indices.sorted { key($0) < key($1) }
    }
}

/// 社区名: names of communities and villages; none is given twice.
struct CommunityNames {
    private var urban = 0
    private var rural = 0

    mutating func next(village: Bool) -> String {
        if village {
            defer { rural += 1 }
            return Self.named(rural, Self.villages, "村")
        }
        defer { urban += 1 }
        return Self.named(urban, Self.communities, "社区")
    }

    private static func named(_ i: Int, _ stems: [String], _ kind: String) -> String {
        let round = i / stems.count
        let prefix = ["", "东", "西", "南", "北", "上", "下", "新", "大", "小"]
        let again = round / prefix.count
        return prefix[round % prefix.count] + stems[i % stems.count] + (again == 0 ? "" : "第\(again + 1)") + kind
    }

    private static let communities = [
        "凤凰", "北门", "文昌", "朝阳", "书院", "东关", "西关", "太平", "新街", "河滨", "桥头", "南苑", "锦绣", "龙潭", "城东", "迎宾",
        "翠竹", "金桂", "和平", "育才", "清溪", "平安", "望江", "建设", "工农", "向阳", "永兴", "学府", "园丁", "荷花", "梅园", "秀水",
    ]
    private static let villages = [
        "茶山", "湖㳇", "石桥", "枫树坪", "下湾", "塘背", "樟木岭", "黄泥坳", "大屋", "竹山下", "水口", "上坊", "罗家", "周坊", "莲塘", "高坑", "岭背",
        "江口", "白沙", "双港", "古塘", "青山", "横溪", "杨梅岭", "田心", "沙坪", "金盆", "鹅塘", "乌石", "小源", "东坑", "马埠",
    ]
}
