import GeoGrid

/// 特殊（关爱）人群: residents who are visited, in every category of the workload model.
enum Care {
    struct Category {
        /// Key of the workload model.
        var key: String
        /// As lists write it.
        var label: String
        var share: Double
        var born: ClosedRange<Int>
    }

    static let categories = [
        Category(key: "living-alone-80", label: "80岁以上独居", share: 0.09, born: 1930...1945),
        Category(key: "severe-illness", label: "危重病", share: 0.05, born: 1940...1995),
        Category(key: "mental-unstable", label: "严重精神障碍（不稳定）", share: 0.01, born: 1955...2000),
        Category(key: "living-alone", label: "独居空巢", share: 0.26, born: 1946...1966),
        Category(key: "incapacitated", label: "失能", share: 0.06, born: 1932...1985),
        Category(key: "destitute", label: "特困", share: 0.04, born: 1935...1966),
        Category(key: "child-in-need", label: "孤儿、困境儿童", share: 0.03, born: 2009...2022),
        Category(key: "left-behind-child", label: "留守儿童", share: 0.05, born: 2009...2021),
        Category(key: "monitored", label: "监测户", share: 0.03, born: 1950...1990),
        Category(key: "correction", label: "社区矫正", share: 0.015, born: 1965...2004),
        Category(key: "low-income", label: "低保", share: 0.13, born: 1940...2000),
        Category(key: "disabled", label: "残疾", share: 0.14, born: 1940...2005),
        Category(key: "out-of-poverty", label: "脱贫户", share: 0.07, born: 1950...1990),
        Category(key: "mental-stable", label: "严重精神障碍（稳定）", share: 0.025, born: 1950...2000),
    ]

    static func label(_ key: String) -> String { categories.first { $0.key == key }?.label ?? key }

    /// 子类 of a monitored household, by its number: newly found, risk removed, or neither.
    static func subtype(_ resident: CareResident) -> String {
        guard resident.category == "monitored" else { return "" }
        return ["新增监测", "风险消除", "", "风险消除"][resident.id.utf8.reduce(0) { $0 + Int($1) } % 4]
    }

    static func residents(
        _ count: Int, of households: inout [Household], names: inout PersonNames, using generator: inout SeededGenerator
    ) -> [CareResident] {
        guard !households.isEmpty, count > 0 else { return [] }
        var out: [CareResident] = []
        let least = count >= categories.count ? 1 : 0
        let counts = apportioned(count, over: categories.map(\.share), least: least)
        for (category, wanted) in zip(categories, counts) {
            let most =
                ["living-alone-80", "destitute"].contains(category.key) ? 1 : category.key == "living-alone" ? 2 : 99
            for _ in 0..<wanted {
                var i = generator.below(households.count)
                for _ in 0..<400 where households[i].persons > most { i = generator.below(households.count) }
                let home = households[i]
                var resident = CareResident(
                    id: "", householdID: home.id, category: category.key, location: home.location)
                let adult = category.born.lowerBound < 2005
                resident.name =
                    adult && (most == 1 || generator.chance(0.5))
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
