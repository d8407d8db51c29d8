import GeoGrid

/// 项目: public works of the town, done, under way and planned.
struct Project {
    var id: String
    var name: String
    var kind: String
    var status: String
    var started: Day?
    var finished: Day?
    var location: PlanarPoint

    private static let works: [(kind: String, name: String)] = [
        ("老旧小区改造", "老旧小区改造"), ("道路提升", "街巷白改黑"), ("雨污分流", "雨污分流管网"), ("停车场", "公共停车场"), ("公园", "口袋公园"),
        ("充电设施", "电动车充电棚"), ("养老设施", "居家养老服务站"), ("学校", "学校扩建"), ("农田水利", "水渠整治"), ("路灯", "路灯亮化"),
        ("加装电梯", "既有住宅加装电梯"), ("消防", "微型消防站"),
    ]

    static func all(of draft: TownDraft, using generator: inout SeededGenerator) -> [Project] {
        let town = draft.town
        guard !town.buildings.isEmpty else { return [] }
        let start = Day(year: 2025, month: 1, day: 1)!
        return (0..<max(1, 36 * town.grids.count / 241)).map { i in
            let b = generator.below(town.buildings.count)
            let numbered = draft.buildings[b]
            let work = works[i % works.count]
            let begins = generator.below(540)
            let ends = begins + generator.integer(60...400)
            let today = town.day.number - start.number
            return Project(
                id: "X" + padded(i + 1, 3), name: numbered.address + work.name, kind: work.kind,
                status: ends <= today ? "完工" : begins <= today ? "在建" : "筹备",
                started: begins <= today ? start.advanced(by: begins) : nil,
                finished: ends <= today ? start.advanced(by: ends) : nil,
                location: numbered.draft.shape.door(in: numbered.draft.box, at: 0.5))
        }
    }
}
