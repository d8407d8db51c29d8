import GeoGrid

/// 走访检查记录: when each premises and care resident was last seen, some of them too long ago.
struct Visits {
    struct Visit {
        var object: String
        var day: Day
        var result: String
    }

    private(set) var visits: [Visit] = []
    /// Identifiers of those that are overdue on the town's day.
    private(set) var overdue: [String] = []

    /// 间隔天数 by category: what the standard workload model asks for.
    private static let interval = [
        "merchant": 179, "rental-whole": 61, "rental-shared": 30, "rental-green": 22, "rental-yellow": 14,
        "fireworks": 30, "venue": 61, "religious": 61, "living-alone-80": 7, "severe-illness": 7, "mental-unstable": 14,
        "living-alone": 30, "incapacitated": 30, "destitute": 30, "child-in-need": 30, "left-behind-child": 30,
        "monitored": 30, "correction": 30, "low-income": 30, "disabled": 30, "out-of-poverty": 92, "mental-stable": 92,
    ]

    init(_ town: Town, using generator: inout SeededGenerator) {
        let premises = town.premises.map { ($0.id, $0.kind) }
        let residents = town.careResidents.map { ($0.id, $0.category) }
        for (objects, faults) in [(premises, ["整改", "提醒"]), (residents, ["转办", "需帮扶"])] {
            var order = Array(objects.indices)
            generator.shuffle(&order)
            let late = Set(order.prefix((objects.count + 159) / 160))
            for (i, (id, kind)) in objects.enumerated() {
                let interval = Self.interval[kind] ?? 30
                let ago = late.contains(i) ? interval + generator.integer(1...40) : generator.below(interval)
                if late.contains(i) { overdue.append(id) }
                visits.append(
                    Visit(
                        object: id, day: town.day.advanced(by: -ago)!,
                        result: generator.chance(0.06) ? generator.pick(faults) : "正常"))
            }
        }
        visits = visits.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    }
}
