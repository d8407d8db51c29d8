import GeoGrid

/// 隐患与事件: hazards found and closed, calls and disputes, over the year before the town's day.
enum Incidents {
    private static let hazardKinds = [
        "消防通道堵塞", "电线老化", "墙体开裂", "井盖破损", "燃气软管老化", "电动车室内充电", "护栏缺失", "边坡松动", "下水道堵塞", "路灯不亮", "广告牌松动", "危房住人",
    ]

    /// 300 hazards in the default town, four in five closed.
    static func hazards(of draft: TownDraft, using generator: inout SeededGenerator) -> [Hazard] {
        let town = draft.town
        guard !town.buildings.isEmpty else { return [] }
        let start = Day(year: 2025, month: 3, day: 1)!
        let count = 300 * draft.options.households / 25_000
        var days = (0..<count).map { _ in generator.below(360) }
        days.sort()
        return days.enumerated().map { i, day in
            let numbered = draft.buildings[generator.below(town.buildings.count)]
            var hazard = Hazard(
                id: "Y" + padded(i + 1, 4), kind: generator.pick(hazardKinds),
                location: numbered.draft.shape.door(in: numbered.draft.box, at: generator.uniform(0.1, 0.9)))
            hazard.risk = [.red, .orange, .yellow, .blue][generator.weighted([0.06, 0.16, 0.36, 0.42])]
            hazard.found = start.advanced(by: day)
            let closed = day + generator.integer(1...60)
            if generator.chance(0.82), closed < 365 { hazard.closed = start.advanced(by: closed) }
            hazard.note = numbered.address
            return hazard
        }
    }

    /// 事件: one call, dispute or appeal.
    struct Event {
        var id: String
        var day: Day
        var kind: String
        var subject: String
        var address: String
        /// Nil where the list knows only the address.
        var location: PlanarPoint?
        var closed: Day?
    }

    /// Lets some events come from the same doors again and again, and leaves others without coordinates, as lists are.
    ///
    /// Returns the addresses that come up three times or more.
    static func gather(_ events: inout [Event], of town: Town, using generator: inout SeededGenerator) -> [String] {
        guard !town.households.isEmpty else { return [] }
        var order = Array(events.indices)
        generator.shuffle(&order)
        var next = 0
        for _ in 0..<events.count / 90 {
            let home = town.households[generator.below(town.households.count)]
            let subject = events[order[next]].subject
            for _ in 0..<generator.integer(3...6) {
                events[order[next]].address = home.address
                events[order[next]].location = home.location
                if generator.chance(0.6) { events[order[next]].subject = subject }
                next += 1
            }
        }
        for i in order[next...].prefix(events.count / 12) { events[i].location = nil }
        var count: [String: Int] = [:]
        for event in events { count[event.address, default: 0] += 1 }
        return count.filter { $0.value >= 3 }.keys.sorted()
    }

    private static let subjects: [(kind: String, share: Double, subjects: [String])] = [
        ("12345热线", 1300, ["噪声扰民", "路灯损坏", "垃圾清运", "停车占道", "供水不足", "下水堵塞", "物业服务", "违章搭建", "流浪犬", "施工扬尘"]),
        ("矛盾纠纷", 408, ["邻里漏水", "宅基地界址", "婚姻家庭", "劳资欠薪", "债务", "噪声", "采光通行", "物业收费"]),
        ("信访", 46, ["征地补偿", "房产证办理", "退役待遇", "医保报销"]),
    ]

    /// 1,300 calls, 408 disputes and 46 appeals in the default town.
    static func events(of draft: TownDraft, using generator: inout SeededGenerator) -> [Event] {
        let town = draft.town
        guard !town.households.isEmpty else { return [] }
        let start = Day(year: 2025, month: 3, day: 1)!
        var out: [(day: Int, event: Event)] = []
        for (kind, share, subjects) in subjects {
            for _ in 0..<Int(share) * draft.options.households / 25_000 {
                let home = town.households[generator.below(town.households.count)]
                let day = generator.below(365)
                let closed = day + generator.integer(1...21)
                out.append(
                    (
                        day,
                        Event(
                            id: "", day: start.advanced(by: day)!, kind: kind, subject: generator.pick(subjects),
                            address: home.address, location: home.location,
                            closed: closed < 365 && generator.chance(0.96) ? start.advanced(by: closed) : nil)
                    ))
            }
        }
        let sorted = out.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
        return sorted.enumerated().map { i, item in
            var event = item.element.event
            event.id = "E" + padded(i + 1, 5)
            return event
        }
    }
}
