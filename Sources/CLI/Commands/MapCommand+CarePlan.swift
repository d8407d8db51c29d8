import Cartography
import GeoGrid
import GridStore

extension MapCommand {
    /// 服务方案图: a plan kept by a care command, drawn on a quiet map.
    ///
    /// Doors and the ways from them are places of residents: the public edition shows areas and public points alone.
    static func carePlan(_ name: String, in file: TownFile, shown: DisclosedTown) throws -> SheetSpecification {
        let plan = try file.carePlan(named: name)
        let places = try file.geometries(ofCarePlan: name)
        var sheet = SheetSpecification.coverage(shown, classes: [], points: [])
        sheet.title = Text(
            zh: "\(shown.county)\(shown.name)\(plan.kind.title.zh)方案图",
            en: "\(shown.name), \(shown.county): \(plan.kind.title.en)")
        sheet.subtitle = Text(zh: name, en: name)
        var painter = CarePlanPainter(plan: plan, isPublic: shown.edition == .public)
        for (i, item) in plan.items.enumerated() { painter.add(item, places.feature(i), places.kinds[i]) }
        sheet.classes = painter.classes
        sheet.points = painter.points
        // The widest reach lies lowest.
        sheet.overlays = painter.areas.reversed()
        sheet.ways = painter.ways
        return sheet
    }
}

/// What of a plan's items goes on the sheet, class by class.
private struct CarePlanPainter {
    let plan: CarePlan
    let isPublic: Bool
    private(set) var classes: [SheetSpecification.LegendClass] = []
    private(set) var points: [SheetSpecification.ClassedPoint] = []
    private(set) var areas: [SheetSpecification.Overlay] = []
    private(set) var ways: [SheetSpecification.Way] = []
    private var numbers: [String: Int] = [:]

    private static let reach = [0x2b7a6b, 0x79b8a4, 0xc8e0d4].map { Colour($0) }
    private static let squads = [
        0x1f6f8b, 0xc05a00, 0x4c7a34, 0x8a3b8f, 0xa02a1e, 0x2c4a9a, 0x8a6d00, 0x00796b, 0x6d4c41, 0x455a64, 0xad1457,
        0x558b2f,
    ].map { Colour($0) }
    private static let fit = Colour(0x0b5a3c)
    private static let unfit = Colour(0xc05a00)

    init(plan: CarePlan, isPublic: Bool) {
        self.plan = plan
        self.isPublic = isPublic
    }

    mutating func add(_ item: CarePlan.Item, _ parts: [[[PlanarPoint]]], _ kind: GeometryKind) {
        guard let legend = legend(item) else { return }
        switch kind {
        case .polygon, .multiPolygon:
            if let known = areas.firstIndex(where: { $0.legend == legend }) {
                areas[known].rings += parts.flatMap { $0 }
            } else {
                areas.append(.init(rings: parts.flatMap { $0 }, legend: legend, opacity: 0.5))
            }
        case .lineString, .multiLineString:
            ways.append(.init(lines: parts.flatMap { $0 }, legend: legend))
            if let door = parts.first?.first?.first { points.append(.init(location: door, legend: legend)) }
        default:
            points += parts.flatMap { $0 }.flatMap { $0 }.map { .init(location: $0, legend: legend) }
        }
    }

    /// Number of the item's class, made when first met; nil for what the edition or the kind leaves out.
    private mutating func legend(_ item: CarePlan.Item) -> Int? {
        let isDoor = item.role == "household" || item.role == "premises"
        if isPublic, isDoor { return nil }
        switch (plan.kind, item.role) {
        case (.coverage, "area"):
            let colour = Self.reach[min(item.rank, Self.reach.count) - 1]
            return number(
                "\(item.rank)", colour, Text(zh: "步行 \(item.subject) 分钟内", en: "within \(item.subject) minutes on foot")
            )
        case (.coverage, _):
            return item.value < 0 ? number("far", Self.unfit, Text(zh: "步行到不了", en: "out of reach")) : nil
        case (.site, _): return number("site", Self.unfit, Text(zh: "新设服务点", en: "new point"))
        case (.visit, _): return number("visit", Self.fit, Text(zh: "应走访户", en: "household to visit"))
        case (.patrol, "unit"):
            let squad = Int(item.target) ?? 1
            return number(
                "squad \(squad)", Self.squads[(squad - 1) % Self.squads.count],
                Text(zh: "第 \(squad) 队", en: "squad \(squad)"))
        case (.patrol, _): return number("due", Colour(0x1f1f1f), Text(zh: "本月应查场所", en: "premises due this month"))
        case (.evacuate, _), (.pair, _), (.serve, _):
            return item.target.isEmpty
                ? number("none", Self.unfit, Text(zh: "没有着落的户", en: "household without a place"))
                : number("placed", Self.fit, Text(zh: "已安排的户", en: "household placed"))
        }
    }

    private mutating func number(_ key: String, _ colour: Colour, _ text: Text) -> Int {
        if let known = numbers[key] { return known }
        numbers[key] = classes.count
        classes.append(.init(colour, text))
        return classes.count - 1
    }
}
