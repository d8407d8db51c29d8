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
            meanings[colour].map { meaning in
                let line = "\(MapStyle.character(colour))：\(meaning)"
                return Text(zh: line, en: line)
            }
        }
        if !lines.isEmpty { sheet.notes = [Note(title: Text(zh: "颜色含义", en: "Meaning of colours"), lines: lines)] }
        return sheet
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
