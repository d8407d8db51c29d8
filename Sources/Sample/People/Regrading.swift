import GeoGrid

/// 重新评级: premises whose colour or grade changes on one day.
struct Regrading {
    let day = Day(year: 2026, month: 6, day: 1)!
    private(set) var rows: [(id: String, kind: String, risk: RiskColour?)] = []

    /// 40 of the coloured premises move up or down a colour, and 12 green rentals become yellow.
    init(_ town: Town, using generator: inout SeededGenerator) {
        let colours = RiskColour.allCases
        var coloured = town.premises.filter { $0.risk != nil }
        var green = town.premises.filter { $0.kind == "rental-green" }
        generator.shuffle(&coloured)
        generator.shuffle(&green)
        let scale = max(1, 241 / max(1, town.grids.count))
        for premises in coloured.prefix(40 / scale) {
            let at = colours.firstIndex { $0 == premises.risk } ?? 0
            let moved = at == 0 ? 1 : at == colours.count - 1 || generator.chance(0.3) ? at - 1 : at + 1
            rows.append((premises.id, premises.kind, colours[moved]))
        }
        for premises in green.prefix(12 / scale) { rows.append((premises.id, "rental-yellow", premises.risk)) }
        rows.sort { $0.id < $1.id }
    }
}
