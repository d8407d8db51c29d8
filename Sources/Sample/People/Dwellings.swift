import GeoGrid

/// 住房: a dwelling that a household can live in.
struct Dwelling {
    /// Position of its building.
    var building: Int
    /// What follows the building's number: `2单元501室`, `301室`, or nothing for a house of its own.
    var suffix: String
    /// Where its door is along the building, 0 to 1.
    var share: Double
}

extension Dwelling {
    /// All dwellings of all buildings, at least `households` of them: the slabs are given as many floors as that needs.
    static func all(_ buildings: inout [Numbered], households: Int, using generator: inout SeededGenerator)
        -> [Dwelling]
    {
        let singles = buildings.map { generator.unit() < 0.86 && $0.draft.kind != .slab ? 1 : 2 }
        func count(_ scale: Double) -> Int {
            buildings.indices.reduce(0) { sum, i in
                let draft = buildings[i].draft
                return sum + homes(draft, floors: floors(draft, scale), single: singles[i])
            }
        }
        var low = 0.3
        var high = 4.0
        let wanted = households + households / 14
        for _ in 0..<12 {
            let middle = (low + high) / 2
            if count(middle) < wanted { low = middle } else { high = middle }
        }
        var out: [Dwelling] = []
        out.reserveCapacity(count(high))
        for i in buildings.indices {
            buildings[i].draft.floors = floors(buildings[i].draft, high)
            append(i, buildings[i].draft, homes: singles[i], to: &out)
        }
        return out
    }

    /// How many dwellings `append` makes.
    private static func homes(_ draft: Draft, floors: Int, single: Int) -> Int {
        switch draft.kind {
        case .slab: draft.stairs * floors * 2
        case .house where floors >= 3: floors - 1
        case .house, .courtyard, .farmhouse: single
        case .hall, .shed: 0
        }
    }

    private static func floors(_ draft: Draft, _ scale: Double) -> Int {
        draft.kind == .slab ? min(33, max(3, Int((Double(draft.floors) * scale).rounded()))) : draft.floors
    }

    private static func append(_ i: Int, _ draft: Draft, homes: Int, to out: inout [Dwelling]) {
        let floors = draft.floors
        switch draft.kind {
        case .slab:
            for stair in 1...draft.stairs {
                for floor in 1...floors {
                    for door in 1...2 {
                        out.append(
                            Dwelling(
                                building: i, suffix: "\(stair)单元\(floor)0\(door)室",
                                share: (Double(stair) - 0.5) / Double(draft.stairs)))
                    }
                }
            }
        case .house where floors >= 3:
            for floor in 2...floors { out.append(Dwelling(building: i, suffix: "\(floor)01室", share: 0.5)) }
        case .house, .courtyard, .farmhouse:
            if homes == 1 {
                out.append(Dwelling(building: i, suffix: "", share: 0.5))
            } else {
                out.append(Dwelling(building: i, suffix: "东户", share: 0.7))
                out.append(Dwelling(building: i, suffix: "西户", share: 0.3))
            }
        case .hall, .shed:
            break
        }
    }

    /// Sizes of households from 1 to 9, adding up to `persons` where that is possible.
    static func sizes(_ households: Int, persons: Int, using generator: inout SeededGenerator) -> [Int] {
        var sizes = (0..<households).map { _ in 1 + generator.weighted([0.13, 0.23, 0.26, 0.18, 0.11, 0.06, 0.03]) }
        let persons = min(9 * households, max(households, persons))
        var sum = sizes.reduce(0, +)
        while sum != persons, households > 0 {
            let i = generator.below(households)
            if sum < persons, sizes[i] < 9 {
                sizes[i] += 1
                sum += 1
            } else if sum > persons, sizes[i] > 1 {
                sizes[i] -= 1
                sum -= 1
            }
        }
        return sizes
    }
}
