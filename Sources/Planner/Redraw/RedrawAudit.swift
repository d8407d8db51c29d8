import GeoGrid

/// The problem checked before any search: what is wrong with it, and the part of it that can be solved.
struct RedrawAudit {
    private(set) var findings: [Finding] = []
    /// Loads by criterion and unit, with unusable values as 0.
    private(set) var loads: [[Double]]
    private(set) var capacities: [Double]
    private(set) var pins: [RedrawProblem.Pin] = []
    private(set) var groups: [[Int]] = []
    private(set) var barriers: [RedrawProblem.Barrier] = []
    private(set) var bridges: [RedrawProblem.Bridge] = []

    private let problem: RedrawProblem

    /// Throws GG400 when the arrays do not fit together. O(input).
    init(_ problem: RedrawProblem) throws {
        self.problem = problem
        loads = problem.criteria.map(\.loads)
        capacities = problem.districts.map(\.capacity)
        try checkShape()
        checkLoads()
        checkCapacities()
        checkReferences()
        checkPins()
        checkGroups()
        checkRoom()
    }

    private static let tolerances = 0.0...10

    private func tolerance(_ c: Int) -> Double {
        let given = problem.criteria[c].tolerance
        return given > 0 ? min(given, Self.tolerances.upperBound) : 0
    }

    /// The problem with loads, tolerances and capacities as they are counted.
    var counted: RedrawProblem {
        var counted = problem
        for c in loads.indices {
            counted.criteria[c].loads = loads[c]
            counted.criteria[c].tolerance = tolerance(c)
        }
        for d in capacities.indices { counted.districts[d].capacity = capacities[d] }
        return counted
    }

    private func name(_ unit: Int) -> String { problem.ids[unit] }

    private mutating func add(
        _ code: IssueCode, as severity: Finding.Severity = .error, unit: Int? = nil, _ message: Text, remedy: Text
    ) {
        findings.append(
            Finding(code, severity, at: Place(id: unit.map { problem.ids[$0] }), message, remedy: remedy))
    }

    private func checkShape() throws {
        let n = problem.count
        let parallel = [problem.ids.count] + problem.criteria.map(\.loads.count)
        let optional = [
            problem.communities.count, problem.old.count, problem.residents.count, problem.areas.count,
            problem.perimeters.count, problem.centres.count,
        ]
        guard parallel.allSatisfy({ $0 == n }), optional.allSatisfy({ $0 == n || $0 == 0 }), !problem.criteria.isEmpty
        else {
            throw GeoGridError(
                .redrawShape,
                Text(
                    zh: "单元的各列长短不一，或没有工作量指标", en: "the columns of the units differ in length, or no workload is given"),
                remedy: Text(
                    zh: "每列都应有 \(n) 个值，至少给出一个工作量指标", en: "give each column \(n) values, and at least one workload"))
        }
        guard !problem.districts.isEmpty, n > 0 else {
            throw GeoGridError(
                .redrawShape, Text(zh: "没有单元或没有网格可划", en: "there are no units or no grids to draw"),
                remedy: Text(zh: "网格数至少为 1，单元文件不可为空", en: "ask for at least 1 grid and give at least one unit"))
        }
    }

    private mutating func checkLoads() {
        for c in problem.criteria.indices {
            for unit in 0..<problem.count {
                let load = loads[c][unit]
                guard !(load >= 0 && load < 1e15) else { continue }
                loads[c][unit] = 0
                let criterion = problem.criteria[c].name
                add(
                    .redrawLoad, unit: unit,
                    Text(
                        zh: "单元 \(name(unit)) 的\(criterion.zh)不可用（\(load)），按 0 计",
                        en: "unit \(name(unit)) has no usable \(criterion.en) (\(load)); it counts as 0"),
                    remedy: Text(zh: "补上非负的数值后重算", en: "give a number of 0 or more and run again"))
            }
            guard !Self.tolerances.contains(problem.criteria[c].tolerance) else { continue }
            add(
                .redrawLoad,
                Text(
                    zh: "允许偏差 \(problem.criteria[c].tolerance) 不可用，按 \(tolerance(c)) 计",
                    en: "the tolerance \(problem.criteria[c].tolerance) cannot be used; it counts as \(tolerance(c))"),
                remedy: Text(zh: "例如 0.05 表示 ±5%，最多 10", en: "0.05, for example, means ±5 %; 10 at most"))
        }
    }

    private mutating func checkCapacities() {
        for (d, district) in problem.districts.enumerated() {
            guard !(district.capacity > 0 && district.capacity < 1e15) else { continue }
            capacities[d] = 1
            add(
                .redrawCapacity,
                Text(
                    zh: "网格 \(d + 1) 的承载能力 \(district.capacity) 不可用，按 1 计",
                    en: "the capacity \(district.capacity) of grid \(d + 1) cannot be used; it counts as 1"),
                remedy: Text(zh: "承载能力应为正数；没有网格长的网格请从名单中去掉", en: "give a capacity above 0, or leave out the grid"))
        }
    }

    private mutating func checkReferences() {
        let units = 0..<problem.count
        func badPair(_ a: Int, _ b: Int) -> Bool { !units.contains(a) || !units.contains(b) || a == b }
        var bad = 0
        for barrier in problem.barriers {
            if badPair(barrier.a, barrier.b) { bad += 1 } else { barriers.append(barrier) }
        }
        for bridge in problem.bridges {
            if badPair(bridge.a, bridge.b) { bad += 1 } else { bridges.append(bridge) }
        }
        for unit in problem.old.indices where !(-1..<problem.districts.count).contains(problem.old[unit]) { bad += 1 }
        let communities = (problem.districts.map(\.community).max() ?? 0) + 1
        for unit in problem.communities.indices where !(0..<communities).contains(problem.communities[unit]) {
            add(
                .redrawReference, unit: unit,
                Text(zh: "单元 \(name(unit)) 所在的社区没有网格", en: "the community of unit \(name(unit)) is given no grid"),
                remedy: Text(zh: "每个社区至少要有一个网格", en: "give every community at least one grid"))
        }
        if bad > 0 {
            add(
                .redrawReference,
                Text(
                    zh: "\(bad) 条屏障、桥或原网格指向不存在的单元或网格，已忽略",
                    en: "\(bad) barriers, bridges or old grids name a unit or grid that is not there; they are left out"
                ),
                remedy: Text(zh: "核对编号", en: "check the numbers"))
        }
    }

    private mutating func checkPins() {
        var taken = [Int](repeating: -1, count: problem.count)
        for pin in problem.pins {
            guard problem.districts.indices.contains(pin.district), (0..<problem.count).contains(pin.unit) else {
                add(
                    .redrawReference,
                    Text(zh: "一处固定指向不存在的单元或网格", en: "a pin names a unit or grid that is not there"),
                    remedy: Text(zh: "核对编号", en: "check the numbers"))
                continue
            }
            let district = problem.districts[pin.district]
            let conflict: Text? =
                if taken[pin.unit] >= 0, taken[pin.unit] != pin.district {
                    Text(
                        zh: "它已固定在网格 \(taken[pin.unit] + 1)", en: "it is already pinned to grid \(taken[pin.unit] + 1)")
                } else if district.community != problem.community(pin.unit) {
                    Text(zh: "该网格属于另一社区", en: "that grid belongs to another community")
                } else if district.locked, problem.old.isEmpty || problem.old[pin.unit] != pin.district {
                    Text(zh: "该网格已锁定", en: "that grid is locked")
                } else {
                    nil
                }
            if let conflict {
                add(
                    .redrawPins, unit: pin.unit,
                    Text(
                        zh: "单元 \(name(pin.unit)) 不能固定在网格 \(pin.district + 1)：\(conflict.zh)",
                        en: "unit \(name(pin.unit)) cannot be pinned to grid \(pin.district + 1): \(conflict.en)"),
                    remedy: Text(zh: "去掉相互矛盾的锁定之一；此处按先出现的办理", en: "drop one of the two; the first one was kept"))
            } else {
                taken[pin.unit] = pin.district
                pins.append(pin)
            }
        }
    }

    private mutating func checkGroups() {
        var pinned = [Int](repeating: -1, count: problem.count)
        for pin in pins { pinned[pin.unit] = pin.district }
        for group in problem.groups {
            let known = group.filter { (0..<problem.count).contains($0) }
            guard known.count == group.count, let first = known.first else {
                add(
                    .redrawGroups,
                    Text(zh: "一个不可分的组为空或含有不存在的单元", en: "an indivisible group is empty or names unknown units"),
                    remedy: Text(zh: "核对编号", en: "check the numbers"))
                continue
            }
            let communities = known.contains { problem.community($0) != problem.community(first) }
            let locks = Set(known.map { pinned[$0] }.filter { $0 >= 0 })
            if communities || locks.count > 1 {
                let reason =
                    communities
                    ? Text(zh: "组员分属不同社区", en: "its members lie in different communities")
                    : Text(zh: "组员固定在不同网格", en: "its members are pinned to different grids")
                add(
                    .redrawGroups, unit: first,
                    Text(
                        zh: "含单元 \(name(first)) 的组不能合在一起：\(reason.zh)",
                        en: "the group with unit \(name(first)) cannot stay together: \(reason.en)"),
                    remedy: Text(zh: "拆开该组或改正社区、固定", en: "split the group, or mend communities and pins"))
            } else {
                groups.append(known)
            }
        }
    }

    /// More grids than units, and units heavier than a grid.
    private mutating func checkRoom() {
        let communities = (problem.districts.map(\.community).max() ?? 0) + 1
        var units = [Int](repeating: 0, count: communities)
        var grids = [Int](repeating: 0, count: communities)
        for unit in 0..<problem.count where units.indices.contains(problem.community(unit)) {
            units[problem.community(unit)] += 1
        }
        for district in problem.districts { grids[district.community] += 1 }
        for c in 0..<communities where grids[c] > units[c] {
            add(
                .redrawTooMany,
                Text(
                    zh: "要划 \(grids[c]) 个网格，单元只有 \(units[c]) 个；多出的网格留空",
                    en: "\(grids[c]) grids are asked for and there are \(units[c]) units; the surplus grids stay empty"),
                remedy: Text(zh: "减少网格数，或用更小的单元（楼院）", en: "ask for fewer grids, or use smaller units"))
        }
        let shares = PlanCheck.shares(counted)
        for (c, criterion) in problem.criteria.enumerated() {
            var largest = [Double](repeating: 0, count: communities)
            for (d, district) in problem.districts.enumerated() {
                largest[district.community] = max(largest[district.community], shares[d][c])
            }
            for unit in 0..<problem.count where largest.indices.contains(problem.community(unit)) {
                let share = largest[problem.community(unit)]
                guard share > 0, loads[c][unit] > share * (1 + criterion.tolerance) else { continue }
                let over = percent(loads[c][unit] / share - 1)
                add(
                    .redrawHeavyUnit, as: .warning, unit: unit,
                    Text(
                        zh: "单元 \(name(unit)) 的\(criterion.name.zh)比一个网格的份额多 \(over)，所在网格必然超标",
                        en:
                            "unit \(name(unit)) alone is \(over) above a grid's share of \(criterion.name.en); its grid must miss the bound"
                    ),
                    remedy: Text(zh: "把它拆成更小的单元，或减少网格数", en: "split it into smaller units, or ask for fewer grids"))
            }
        }
    }
}

/// A share of 1 as a percentage with one decimal, such as `4.9 %`.
func percent(_ share: Double) -> String {
    guard share.isFinite else { return "∞" }
    let tenths = Int((abs(share) * 1000).rounded())
    return "\(share < 0 && tenths > 0 ? "−" : "")\(tenths / 10).\(tenths % 10) %"
}
