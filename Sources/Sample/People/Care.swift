import GeoGrid

/// 特殊（关爱）人群: residents who are visited, in every category of the workload model.
enum Care {
    /// Keys of the workload model, their share of all care residents and the span of birth years.
    static let categories: [(key: String, share: Double, born: ClosedRange<Int>)] = [
        ("living-alone-80", 0.09, 1930...1945),
        ("serious-illness", 0.05, 1940...1995),
        ("living-alone", 0.12, 1946...1966),
        ("empty-nest", 0.14, 1938...1966),
        ("disabled-care", 0.06, 1932...1985),
        ("destitute", 0.04, 1935...1966),
        ("orphan", 0.01, 2009...2022),
        ("child-in-need", 0.02, 2009...2022),
        ("low-income", 0.13, 1940...2000),
        ("disability", 0.14, 1940...2005),
        ("monitored", 0.03, 1950...1990),
        ("lifted", 0.07, 1950...1990),
        ("left-behind-child", 0.05, 2009...2021),
        ("mental-stable", 0.025, 1950...2000),
        ("mental-unstable", 0.01, 1955...2000),
        ("corrections", 0.015, 1965...2004),
    ]

    static func residents(
        _ count: Int, of households: inout [Household], names: inout PersonNames, using generator: inout SeededGenerator
    ) -> [CareResident] {
        guard !households.isEmpty, count > 0 else { return [] }
        var out: [CareResident] = []
        let least = count >= categories.count ? 1 : 0
        let counts = apportioned(count, over: categories.map(\.share), least: least)
        for (category, wanted) in zip(categories, counts) {
            let single = ["living-alone-80", "living-alone", "destitute"].contains(category.key)
            for _ in 0..<wanted {
                var i = generator.below(households.count)
                for _ in 0..<400
                where single && households[i].persons > 1 || category.key == "empty-nest" && households[i].persons > 2 {
                    i = generator.below(households.count)
                }
                let home = households[i]
                var resident = CareResident(
                    id: "", householdID: home.id, category: category.key, location: home.location)
                let adult = category.born.lowerBound < 2005
                resident.name =
                    adult && (single || generator.chance(0.5))
                    ? home.head : String(home.head.prefix(1)) + names.name(&generator).dropFirst()
                resident.birthYear = generator.integer(category.born)
                out.append(resident)
            }
        }
        out = out.enumerated().sorted { ($0.element.householdID, $0.offset) < ($1.element.householdID, $1.offset) }
            .map(\.element)
        for i in out.indices { out[i].id = "C" + padded(i + 1, 5) }
        return out
    }
}
