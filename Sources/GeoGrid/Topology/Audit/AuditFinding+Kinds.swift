extension AuditFinding {
    private init(
        _ kind: AuditKind, _ severity: Finding.Severity, _ layer: AuditLayer, _ number: Int, _ units: [Int],
        place: [[[PlanarPoint]]], _ message: Text, remedy: Text
    ) {
        let point = place.first?.first.flatMap { ring in
            ring.count > 1 ? RingMeasure.pointInside(place[0]) ?? ring.first : ring.first
        }
        self.init(
            kind: kind,
            finding: Finding(
                kind.code, severity,
                at: Place(
                    layer: layer.name.zh, record: units.first.map { $0 + 1 }, id: units.first.map { layer.label($0) },
                    coordinate: point),
                message, remedy: remedy),
            layer: number, units: units, labels: units.map { layer.label($0) }, place: place)
    }

    /// The place of a finding about a whole unit: a point inside it.
    private static func whereabouts(_ layer: AuditLayer, _ unit: Int) -> [[[PlanarPoint]]] {
        guard layer.areas.isArea(unit) else { return [] }
        let run = layer.areas.coordinates(ofFeature: unit)
        guard let first = run.first else { return [] }
        return [[[layer.areas.interiorPoint(ofFeature: unit) ?? layer.areas[coordinate: first]]]]
    }

    // MARK: - Areas

    static func noArea(_ layer: AuditLayer, _ number: Int, _ unit: Int) -> AuditFinding {
        AuditFinding(
            .noArea, .error, layer, number, [unit], place: [],
            Text(zh: "\(layer.label(unit)) 没有面图形", en: "\(layer.label(unit)) has no area"),
            remedy: Text(zh: "补画该单元的边界", en: "Draw the border of the unit"))
    }

    static func invalidArea(
        _ layer: AuditLayer, _ number: Int, _ unit: Int, reason: String, at point: PlanarPoint?
    ) -> AuditFinding {
        AuditFinding(
            .invalidArea, .error, layer, number, [unit],
            place: point.map { [[[$0]]] } ?? whereabouts(layer, unit),
            Text(
                zh: "\(layer.label(unit)) 的图形无效：\(reason)",
                en: "The area of \(layer.label(unit)) is not valid: \(reason)"),
            remedy: Text(zh: "在该位置重画边界", en: "Redraw the border at that place"))
    }

    static func severalPieces(_ layer: AuditLayer, _ number: Int, _ unit: Int) -> AuditFinding {
        let parts = layer.areas.feature(unit)
        let areas = parts.map { RingMeasure.area($0) }
        let largest = areas.indices.max { areas[$0] < areas[$1] } ?? 0
        var finding = AuditFinding(
            .severalPieces, .warning, layer, number, [unit],
            place: parts.indices.filter { $0 != largest }.map { parts[$0] },
            Text(
                zh: "\(layer.label(unit)) 由 \(parts.count) 块不相连的图形组成",
                en: "\(layer.label(unit)) consists of \(parts.count) pieces that do not meet"),
            remedy: Text(
                zh: "确认是否为飞地，否则并入相邻单元", en: "Give the smaller pieces to their neighbours unless they are meant"))
        finding.area = areas.reduce(0, +) - areas[largest]
        return finding
    }

    static func duplicateArea(_ layer: AuditLayer, _ number: Int, _ first: Int, _ second: Int) -> AuditFinding {
        var finding = AuditFinding(
            .duplicateArea, .error, layer, number, [first, second], place: layer.areas.feature(second),
            Text(
                zh: "\(layer.label(first)) 与 \(layer.label(second)) 的图形完全相同",
                en: "\(layer.label(first)) and \(layer.label(second)) have the same area"),
            remedy: Text(zh: "删除多余的一个，或改正图形", en: "Remove one, or correct its area"))
        finding.area = layer.areas.area(ofFeature: second)
        return finding
    }

    // MARK: - Net

    static func gap(
        _ layer: AuditLayer, _ number: Int, _ neighbours: [(unit: Int, border: Double)], area: Double, width: Double,
        rings: [[PlanarPoint]], _ options: AuditOptions
    ) -> AuditFinding {
        let isSliver = width <= options.sliverWidth
        let names = neighbours.prefix(4).map { layer.label($0.unit) }
        let size = squareMetres(area)
        let wide = metres(width)
        var finding = AuditFinding(
            isSliver ? .sliverGap : .gap, isSliver ? .warning : .error, layer, number, neighbours.map(\.unit),
            place: [rings],
            Text(
                zh: "\(names.joined(separator: "、")) 之间有空隙，\(size)，平均宽 \(wide)",
                en:
                    "A gap of \(size), \(wide) wide on average, between \(names.joined(separator: ", "))"
            ),
            remedy: isSliver
                ? Text(
                    zh: "geogrid repair 可并入接边最长的单元", en: "geogrid repair gives it to the unit with the longest border")
                : Text(zh: "补画缺少的单元，或延伸相邻单元", en: "Draw the missing unit, or extend its neighbours"))
        finding.area = area
        finding.width = width
        finding.borders = neighbours
        return finding
    }

    static func overlap(
        _ layer: AuditLayer, _ number: Int, _ overlap: OverlapFinder.Overlap, _ options: AuditOptions
    ) -> AuditFinding {
        let width = 2 * overlap.area / overlap.places.reduce(0) { $0 + RingMeasure.perimeter($1) }
        let isSliver = width <= options.sliverWidth
        let a = layer.label(overlap.a)
        let b = layer.label(overlap.b)
        var finding = AuditFinding(
            isSliver ? .sliverOverlap : .overlap, isSliver ? .warning : .error, layer, number, [overlap.a, overlap.b],
            place: overlap.places,
            Text(
                zh: "\(a) 与 \(b) 重叠 \(squareMetres(overlap.area))，平均宽 \(metres(width))",
                en: "\(a) and \(b) overlap by \(squareMetres(overlap.area)), \(metres(width)) wide on average"),
            remedy: isSliver
                ? Text(zh: "geogrid repair 可在容差内对齐顶点", en: "geogrid repair aligns vertices within a tolerance")
                : Text(zh: "改正其中一个单元的边界", en: "Correct the border of one of them"))
        finding.area = overlap.area
        finding.width = width
        return finding
    }

    static func nearlyMeeting(_ layer: AuditLayer, _ number: Int, _ near: NearVertexFinder.Near) -> AuditFinding {
        let a = layer.label(near.unit)
        let b = layer.label(near.other)
        var finding = AuditFinding(
            .nearlyMeeting, .warning, layer, number, [near.unit, near.other], place: [[[near.place]]],
            Text(
                zh: "\(a) 与 \(b) 的顶点相距 \(metres(near.distance)) 而未相接",
                en: "Vertices of \(a) and \(b) come within \(metres(near.distance)) without meeting"),
            remedy: Text(zh: "geogrid repair 可在容差内捕捉对齐", en: "geogrid repair snaps them within a tolerance"))
        finding.distance = near.distance
        return finding
    }

    // MARK: - Codes

    static func emptyCode(_ layer: AuditLayer, _ number: Int, _ unit: Int) -> AuditFinding {
        AuditFinding(
            .emptyCode, .error, layer, number, [unit], place: whereabouts(layer, unit),
            Text(zh: "第 \(unit + 1) 个单元没有编码", en: "Unit \(unit + 1) has no code"),
            remedy: Text(zh: "填写编码", en: "Give it a code"))
    }

    static func duplicateCode(_ layer: AuditLayer, _ number: Int, _ first: Int, _ second: Int) -> AuditFinding {
        AuditFinding(
            .duplicateCode, .error, layer, number, [second, first], place: whereabouts(layer, second),
            Text(
                zh: "编码 \(layer.codes[second]) 重复：第 \(first + 1) 个和第 \(second + 1) 个单元",
                en: "The code \(layer.codes[second]) stands twice: units \(first + 1) and \(second + 1)"),
            remedy: Text(zh: "给其中一个换上未用过的编码", en: "Give one of them a code that was never used"))
    }

    static func malformedCode(_ layer: AuditLayer, _ number: Int, _ unit: Int, _ fault: Text) -> AuditFinding {
        AuditFinding(
            .malformedCode, .error, layer, number, [unit], place: whereabouts(layer, unit),
            Text(
                zh: "编码 \(layer.codes[unit]) 不合格式：\(fault.zh)",
                en: "The code \(layer.codes[unit]) is malformed: \(fault.en)"),
            remedy: Text(zh: "按编码规则改正", en: "Correct it by the code scheme"))
    }

    // MARK: - Levels

    static func orphan(_ layer: AuditLayer, _ number: Int, _ child: Int) -> AuditFinding {
        let parent = layer.parentCodes[child]
        return AuditFinding(
            .orphan, .error, layer, number, [child], place: whereabouts(layer, child),
            parent.isEmpty
                ? Text(zh: "\(layer.label(child)) 没有上级编码", en: "\(layer.label(child)) names no parent")
                : Text(
                    zh: "\(layer.label(child)) 的上级 \(parent) 不存在",
                    en: "The parent \(parent) of \(layer.label(child)) does not exist"),
            remedy: Text(zh: "填写所属上级单元的编码", en: "Name the unit that contains it"))
    }

    static func outsideParent(
        _ layer: AuditLayer, _ number: Int, _ child: Int, _ above: AuditLayer, _ parent: Int, inside holder: Int?,
        area: Double, share: Double, width: Double, place: [[[PlanarPoint]]], _ options: AuditOptions
    ) -> AuditFinding {
        let holderZh = holder.map { "，落在 \(above.label($0)) 内" } ?? ""
        let holderEn = holder.map { ", inside \(above.label($0))" } ?? ""
        var finding = AuditFinding(
            .outsideParent, width <= options.sliverWidth ? .warning : .error, layer, number, [child], place: place,
            Text(
                zh:
                    "\(layer.label(child)) 有 \(squareMetres(area))（\(percent(share))）在上级 \(above.label(parent)) 之外\(holderZh)",
                en:
                    "\(squareMetres(area)) (\(percent(share))) of \(layer.label(child)) lie outside its parent \(above.label(parent))\(holderEn)"
            ),
            remedy: Text(zh: "改正边界，或改正上级编码", en: "Correct the border or the parent's code"))
        finding.parents = [parent] + (holder.map { [$0] } ?? [])
        finding.area = area
        finding.width = width
        return finding
    }

    static func twoParents(
        _ layer: AuditLayer, _ number: Int, _ child: Int, _ above: AuditLayer, _ parents: [Int], area: Double,
        place: [[[PlanarPoint]]]
    ) -> AuditFinding {
        let names = parents.map { above.label($0) }
        var finding = AuditFinding(
            .twoParents, .error, layer, number, [child], place: place,
            Text(
                zh: "\(layer.label(child)) 跨两个上级 \(names.joined(separator: "、"))，其中 \(squareMetres(area)) 在后者",
                en:
                    "\(layer.label(child)) lies in two parents, \(names.joined(separator: " and ")), with \(squareMetres(area)) in the latter"
            ),
            remedy: Text(zh: "按上级边界拆分，或改正边界", en: "Divide it at the parents' border, or correct the border"))
        finding.parents = parents
        finding.area = area
        return finding
    }

    static func parentNotUnion(
        _ layer: AuditLayer, _ number: Int, _ above: AuditLayer, _ parent: Int, area: Double, width: Double,
        place: [[[PlanarPoint]]], _ options: AuditOptions
    ) -> AuditFinding {
        var finding = AuditFinding(
            .parentNotUnion, width <= options.sliverWidth ? .warning : .error, layer, number, [], place: place,
            Text(
                zh: "\(above.name.zh) \(above.label(parent)) 有 \(squareMetres(area)) 不属于任何下级单元",
                en: "\(squareMetres(area)) of \(above.name.en) \(above.label(parent)) belong to none of its units"),
            remedy: Text(zh: "补画缺少的下级单元，或由下级合并重建", en: "Draw the missing unit, or rebuild the parent from its units"))
        finding.finding.place.id = above.label(parent)
        finding.labels = [above.label(parent)]
        finding.parents = [parent]
        finding.area = area
        finding.width = width
        return finding
    }

    // MARK: - Numbers

    private static func squareMetres(_ area: Double) -> String { "\(Measure.text(area)) m²" }
    private static func metres(_ length: Double) -> String { "\(Measure.text(length)) m" }
    private static func percent(_ share: Double) -> String { "\(Measure.text(share * 100)) %" }
}

/// Numbers for people: three digits that count, never more than needed.
enum Measure {
    static func text(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return "0" }
        let magnitude = abs(value)
        if magnitude >= 100 { return grouped(Int(value.rounded())) }
        if magnitude < 0.0001 { return "< 0.0001" }
        let decimals = magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : magnitude >= 0.1 ? 3 : 4
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let units = Int((magnitude * Double(scale)).rounded())
        var fraction = String(units % scale)
        fraction = String(repeating: "0", count: decimals - fraction.count) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        return (value < 0 ? "-" : "") + String(units / scale) + (fraction.isEmpty ? "" : "." + fraction)
    }

    private static func grouped(_ value: Int) -> String {
        var digits = String(abs(value))
        var groups: [String] = []
        while digits.count > 3 {
            groups.append(String(digits.suffix(3)))
            digits.removeLast(3)
        }
        return (value < 0 ? "-" : "") + ([digits] + groups.reversed()).joined(separator: ",")
    }
}
