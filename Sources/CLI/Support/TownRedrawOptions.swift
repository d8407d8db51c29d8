public import ArgumentParser
public import Planner

/// 搜索选项: where chance begins and how long to search.
struct SearchOptions: ParsableArguments {
    @Option(help: "随机种子 / seed; the same seed and effort give the same plan.")
    var seed: UInt64 = 1

    @Option(help: "搜索力度（步数）/ work budget in moves.")
    var effort: Int?

    @Option(help: "最多几秒 / most seconds to search.")
    var time: Double?

    func validate() throws {
        if let effort, !(1...1_000_000_000_000_000).contains(effort) { throw ValidationError("--effort: 1–10¹⁵") }
        if let time, !(time > 0 && time <= 1e6) { throw ValidationError("--time: 0–10⁶") }
    }

    var budget: RedrawBudget { RedrawBudget(seed: seed, effort: effort, time: time) }
}

/// 划格要求: what a town's redrawing is asked for.
struct TownRedrawOptions: ParsableArguments {
    @Option(help: "网格总数 / number of grids in all.")
    var grids: Int?

    @Option(help: "每格户数，如 300-500 / households a grid.")
    var households: String?

    @Flag(help: "各社区网格数不变（默认）/ as many grids as before (the default).")
    var keep = false

    @Option(help: "允许偏差，如 0.1 即 ±10 % / tolerance.")
    var tolerance: Double?

    @Option(help: "一户不换网格长值多少米边界 / metres of border that one household's lead is worth.")
    var moves = 60.0

    @Option(
        name: .customLong("barrier"),
        help: "边界宜沿 river, rail, trunk，可重复 / what borders should follow; repeatable.")
    var barriers: [TownRedraw.Barrier] = []

    @Option(
        name: .customLong("forbid"),
        help: "网格不得跨 river, rail, trunk，有路通过处除外，可重复 / what no grid crosses but where a road does; repeatable.")
    var forbidden: [TownRedraw.Barrier] = []

    @Option(
        name: .customLong("bridge"), help: "桥接：两个不相邻而相通的单元 A:B，可重复 / two units that hang together; repeatable.")
    var bridges: [String] = []

    @OptionGroup var held: HeldOptions

    @Flag(help: "过重的微网格可在楼栋之间拆分 / microgrids too heavy to balance may be split between buildings.")
    var split = false

    @Flag(help: "按网格长专职、兼职的承载力分配 / shares by the capacity of the leads.")
    var byCapacity = false

    @OptionGroup var also: AlsoOption
    @OptionGroup var need: NeedOption

    func validate() throws {
        if [grids != nil, households != nil, keep].filter({ $0 }).count > 1 {
            throw ValidationError("--grids, --households, --keep: 只能选一 / choose one")
        }
        if let grids, grids < 1 { throw ValidationError("--grids: ≥ 1") }
        try Self.check(tolerance: tolerance ?? 0, moves: moves)
        _ = try options()
    }

    /// Whether anything is asked for that a bare file of units has no use for.
    var isForTowns: Bool {
        grids != nil || households != nil || keep || split || byCapacity || held.anchors
            || ![barriers.isEmpty, forbidden.isEmpty, bridges.isEmpty, held.locks.isEmpty, also.also.isEmpty]
                .allSatisfy { $0 }
    }

    static func check(tolerance: Double, moves: Double) throws {
        guard tolerance >= 0, tolerance < 10 else { throw ValidationError("--tolerance: 0.1 = ±10 %") }
        guard moves >= 0, moves <= 1e9 else { throw ValidationError("--moves: 0–10⁹") }
    }

    /// `300-500` as a range.
    static func limits(_ text: String) throws -> ClosedRange<Double> {
        let ends = text.split(separator: "-").compactMap { Double($0) }
        guard ends.count == 2, ends[0] > 0, ends[0] <= ends[1] else { throw ValidationError("--households: 300-500") }
        return ends[0]...ends[1]
    }

    func options() throws -> TownRedraw.Options {
        var options = TownRedraw.Options()
        if let grids { options.count = .total(grids) }
        if let households { options.count = .households(try Self.limits(households)) }
        options.tolerance = tolerance ?? 0.1
        options.moves = moves
        options.byCapacity = byCapacity
        options.splits = split
        options.locks = held.locks
        options.anchors = held.anchors
        options.barriers = barriers
        options.forbidden = forbidden
        options.bridges = try bridges.map { text in
            let ends = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard ends.count == 2, !ends.contains("") else { throw ValidationError("--bridge: A:B") }
            return .init(ends[0], ends[1])
        }
        options.also = try also.criteria()
        options.needs = try need.needs()
        return options
    }
}

extension TownRedraw.Barrier: ExpressibleByArgument {}

/// 保持选项: what a redrawing leaves where it is.
struct HeldOptions: ParsableArguments {
    @Option(
        name: .customLong("lock"),
        help: "不动的网格、微网格（留在原网格）或社区（其网格都不动）的编码，可重复 / grid, microgrid or community that stays; repeatable.")
    var locks: [String] = []

    @Flag(help: "网格长住的微网格留在其网格 / the microgrid a lead lives in stays in the lead's grid.")
    var anchors = false
}

/// 兼顾选项: what is shared out evenly beside the workload.
struct AlsoOption: ParsableArguments {
    @Option(
        help:
            "兼顾 households|people|care|premises=允许偏差，如 households=0.25，可重复 / also balanced, with its tolerance; repeatable."
    )
    var also: [String] = []

    func validate() throws { _ = try criteria() }

    func criteria() throws -> [TownRedraw.Also] {
        let criteria = try also.map { text in
            let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let measure = TownRedraw.Also.Measure(rawValue: parts[0]),
                let tolerance = Double(parts[1]), tolerance >= 0, tolerance < 10
            else { throw ValidationError("--also: households|people|care|premises=0.25") }
            return TownRedraw.Also(measure, tolerance: tolerance)
        }
        if Set(criteria.map(\.measure)).count < criteria.count {
            throw ValidationError("--also: 每项只写一次 / each measure once")
        }
        return criteria
    }
}
