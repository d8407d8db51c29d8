import GeoGrid

/// Why a plan misses what was asked, grid by grid: each with the size of the miss, the reason and what was possible.
enum MissedBounds {
    static func findings(
        _ problem: RedrawProblem, audit: RedrawAudit, labels: [Int], figures: PlanFigures,
        proven: [Double]
    ) -> [Finding] {
        var findings: [Finding] = []
        for grid in problem.districts.indices where !problem.districts[grid].locked {
            let name = problem.name(ofGrid: grid)
            let place = Place(layer: "grid", id: name)
            if figures.members[grid] == 0 {
                findings.append(
                    Finding(
                        .redrawMissed, .error, at: place,
                        Text(zh: "网格 \(name) 没有单元", en: "grid \(name) has no unit"),
                        remedy: Text(zh: "减少网格数", en: "ask for fewer grids")))
                continue
            }
            if figures.pieces[grid] > 1 {
                findings.append(
                    Finding(
                        .redrawMissed, .error, at: place,
                        Text(
                            zh: "网格 \(name) 分成 \(figures.pieces[grid]) 块",
                            en: "grid \(name) lies in \(figures.pieces[grid]) pieces"),
                        remedy: Text(zh: "去掉相互矛盾的固定，或声明桥接", en: "drop the pins that force it, or declare a bridge")))
            }
            for (c, criterion) in problem.criteria.enumerated() {
                let deviation = figures.deviations[grid][c]
                guard abs(deviation) > criterion.tolerance + 1e-9 else { continue }
                let (reason, bound) = reason(grid, c, problem, audit, labels, c == 0 ? proven[grid] : 0)
                findings.append(
                    Finding(
                        .redrawMissed, .warning, at: place,
                        Text(
                            zh:
                                "网格 \(name) 的\(criterion.name.zh)偏离份额 \(percent(deviation))，超出 ±\(percent(criterion.tolerance))：\(reason.zh)\(bound > 0 ? "（下界 \(percent(bound))）" : "")",
                            en:
                                "grid \(name) is \(percent(deviation)) off its share of \(criterion.name.en), outside ±\(percent(criterion.tolerance)): \(reason.en)\(bound > 0 ? " (no plan does better than \(percent(bound)) here)" : "")"
                        ),
                        remedy: Text(
                            zh: "放宽允许偏差、加大搜索力度，或拆分大单元", en: "allow more, search longer, or split large units")))
            }
        }
        return findings
    }

    /// The reason that explains most, and a proven lower bound of the deviation.
    private static func reason(
        _ grid: Int, _ c: Int, _ problem: RedrawProblem, _ audit: RedrawAudit, _ labels: [Int],
        _ proven: Double
    ) -> (Text, Double) {
        let share = PlanCheck.shares(problem)[grid][c]
        let members = labels.indices.filter { labels[$0] == grid }
        guard share > 0 else {
            return (Text(zh: "该社区没有工作量可分", en: "its community has no load to share"), 0)
        }
        let heaviest = members.max { (audit.loads[c][$0], -$0) < (audit.loads[c][$1], -$1) } ?? 0
        let excess = audit.loads[c][heaviest] / share - 1
        if excess > problem.criteria[c].tolerance {
            return (
                Text(
                    zh: "单元 \(problem.ids[heaviest]) 本身超过份额且不可分",
                    en: "unit \(problem.ids[heaviest]) alone exceeds the share and cannot be split"), excess
            )
        }
        let grids = problem.districts.indices.filter {
            problem.districts[$0].community == problem.districts[grid].community
        }
        let units = labels.indices.filter { problem.community($0) == problem.districts[grid].community }
        if units.count <= grids.count {
            return (Text(zh: "单元不比网格多", en: "there are no more units than grids"), 0)
        }
        if proven > problem.criteria[c].tolerance {
            return (
                Text(
                    zh: "周围的单元怎样组合，都有网格偏离至少 \(percent(proven))（已证明）",
                    en:
                        "however the units around it are put together, a grid there is off by at least \(percent(proven)) (proven)"
                ), 0
            )
        }
        let pinned = problem.pins.reduce(0) { $0 + ($1.district == grid ? audit.loads[c][$1.unit] : 0) }
        if pinned / share - 1 > problem.criteria[c].tolerance {
            return (
                Text(zh: "固定在它之内的单元已超出", en: "the units pinned to it are too much already"), pinned / share - 1
            )
        }
        let grain = Double(units.count) / Double(grids.count)
        if grain < 10 {
            return (
                Text(
                    zh: "单元太粗，平均每格只有 \(Int(grain.rounded())) 个",
                    en: "units are coarse, only \(Int(grain.rounded())) to a grid"), 0
            )
        }
        return (Text(zh: "在所给力度内没有找到更好的", en: "nothing better was found within the effort"), 0)
    }
}
