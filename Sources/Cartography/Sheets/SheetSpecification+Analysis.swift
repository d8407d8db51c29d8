public import GeoGrid
import Planner

extension SheetSpecification {
    /// 风险四色图: hazards, premises and households with a risk colour on a quiet map; what the colours mean is the
    /// town's own choice.
    public static func risk(
        _ town: DisclosedTown, meanings: [RiskColour: String] = [:]
    ) -> SheetSpecification {
        var sheet = SheetSpecification(
            title: Text(zh: "\(town.county)\(town.name)风险分布图", en: "\(town.name), \(town.county): risks"),
            elements: [.unitLabels, .communityPlates, .streetNames, .riskSymbols, .summary])
        sheet.base = .grey
        sheet.fill = .none
        let lines = RiskColour.allCases.compactMap { colour in
            meanings[colour].map { "\(MapStyle.character(colour))：\($0)" }
        }
        if !lines.isEmpty { sheet.notes = [Note(title: Text(zh: "颜色含义", en: "Meaning of colours"), lines: lines)] }
        return sheet
    }

    /// 方案对照图: the grids before or after a plan; units whose community or lead changes stand out.
    ///
    /// - Parameters:
    ///   - assignment: for each microgrid (or grid, in a town without) the number of the new unit it belongs to.
    ///   - before: the same for the state it comes from; units that changed hands are drawn in the accent colour.
    ///   - names: names of the new units by number.
    public static func plan(
        _ town: DisclosedTown, title: Text, assignment: [Int], before: [Int], names: [String]
    ) -> SheetSpecification {
        let level: Level = town.microgrids.count > 0 ? .microgrid : .grid
        var sheet = SheetSpecification(title: title, elements: [.communityPlates, .streetNames, .summary])
        sheet.base = .grey
        sheet.labelLevel = level
        sheet.classes = [
            LegendClass(Colour(0xf3f1ea), Text(zh: "不变", en: "unchanged")),
            LegendClass(Colour(0xddc487), Text(zh: "调整", en: "changed")),
        ]
        let moved = movedUnits(assignment, before)
        sheet.fill = .classes(level, moved.map { $0 ? 1 : 0 })
        sheet.regions = Regions(level: level, assignment: assignment, names: names)
        let count = moved.count { $0 }
        sheet.notes = [
            Note(
                title: Text(zh: "调整情况", en: "What changes"),
                lines: [
                    Text(
                        zh: "调整 \(count) 个，不变 \(moved.count - count) 个",
                        en: "\(count) change, \(moved.count - count) stay"
                    ).zh
                ])
        ]
        return sheet
    }

    /// A new unit keeps the old unit that most of it comes from; everything else in it has moved.
    private static func movedUnits(_ assignment: [Int], _ before: [Int]) -> [Bool] {
        var shared: [[Int: Int]] = Array(repeating: [:], count: (assignment.max() ?? -1) + 1)
        for (now, old) in zip(assignment, before) where now >= 0 { shared[now][old, default: 0] += 1 }
        let main = shared.map { counts in counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key }
        return zip(assignment, before).map { now, old in now < 0 || main[now] != old }
    }

    /// 服务覆盖图: how far each door or unit is from service, in classes.
    ///
    /// - Parameters:
    ///   - points: doors with the class of their distance.
    ///   - areas: polygons reached within a time, the farthest first.
    public static func coverage(
        _ town: DisclosedTown, classes: [LegendClass], points: [ClassedPoint], areas: [Overlay] = []
    ) -> SheetSpecification {
        var sheet = SheetSpecification(
            title: Text(zh: "\(town.county)\(town.name)服务覆盖图", en: "\(town.name), \(town.county): reach of services"),
            elements: [.unitLabels, .communityPlates, .servicePoints, .summary])
        sheet.base = .grey
        sheet.fill = .none
        sheet.classes = classes
        sheet.points = points
        sheet.overlays = areas
        return sheet
    }
}
