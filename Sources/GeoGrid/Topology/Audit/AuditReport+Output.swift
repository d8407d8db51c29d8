extension AuditKind {
    public var title: Text {
        switch self {
        case .noArea: Text(zh: "没有面图形", en: "unit without area")
        case .invalidArea: Text(zh: "图形无效", en: "invalid area")
        case .gap: Text(zh: "空隙", en: "gap")
        case .sliverGap: Text(zh: "碎缝", en: "sliver gap")
        case .overlap: Text(zh: "重叠", en: "overlap")
        case .sliverOverlap: Text(zh: "碎重叠", en: "sliver overlap")
        case .severalPieces: Text(zh: "单元分成几块", en: "unit in several pieces")
        case .duplicateArea: Text(zh: "图形重复", en: "duplicate area")
        case .emptyCode: Text(zh: "编码为空", en: "empty code")
        case .duplicateCode: Text(zh: "编码重复", en: "duplicate code")
        case .malformedCode: Text(zh: "编码不合格式", en: "malformed code")
        case .nearlyMeeting: Text(zh: "顶点近而不接", en: "vertices nearly meet")
        case .outsideParent: Text(zh: "超出上级", en: "outside its parent")
        case .twoParents: Text(zh: "跨两个上级", en: "in two parents")
        case .orphan: Text(zh: "没有上级", en: "orphan")
        case .parentNotUnion: Text(zh: "上级未被下级铺满", en: "parent is not its units")
        }
    }
}

extension AuditReport {
    /// 汇总行: one kind in one layer, with its count and measures; kinds that were not found are left out.
    public struct Row: Sendable {
        public var kind: AuditKind
        public var severity: Finding.Severity
        public var count: Int
        /// Square metres in all, and of the largest; nil where the kind has no area.
        public var totalArea: Double?
        public var largestArea: Double?
    }

    /// The kinds found in a layer, in their order.
    public func rows(ofLayer layer: Int) -> [Row] {
        AuditKind.allCases.compactMap { kind in
            let found = findings.filter { $0.layer == layer && $0.kind == kind }
            guard let severity = found.map(\.finding.severity).max() else { return nil }
            let areas = found.compactMap(\.area)
            return Row(
                kind: kind, severity: severity, count: found.count,
                totalArea: areas.isEmpty ? nil : areas.reduce(0, +), largestArea: areas.max())
        }
    }

    /// The same report with its places in other coordinates, such as degrees; measures stay in metres.
    public func mapped(_ transform: (PlanarPoint) throws -> PlanarPoint) rethrows -> AuditReport {
        var report = self
        for i in findings.indices {
            report.findings[i].place = try findings[i].place.map { try $0.map { try $0.map(transform) } }
            report.findings[i].finding.place.coordinate = try findings[i].finding.place.coordinate.map(transform)
        }
        return report
    }

    /// The whole report as one value: `layers`, `counts` by code, `findings` with their measures in metres.
    public var json: JSONValue {
        var counts: [String: JSONValue] = [:]
        for kind in AuditKind.allCases { counts[kind.rawValue] = .int(count(kind)) }
        return [
            "layers": .array(
                layers.map { ["name": .text($0.name), "units": .int($0.units), "area": .number($0.area)] }),
            "counts": .object(counts), "clean": .bool(isClean), "findings": .array(findings.map(\.json)),
        ]
    }

    /// 问题位置图层: every finding as a feature, in the coordinates of the report.
    public var places: FeatureTable {
        var geometries = Geometries()
        for finding in findings {
            let kind: GeometryKind =
                finding.isPoint ? .point : finding.place.count > 1 ? .multiPolygon : .polygon
            geometries.append(kind, parts: finding.place)
        }
        func texts(_ name: String, _ value: (AuditFinding) -> String?) -> PropertyColumn {
            PropertyColumn(name: name, texts: findings.map(value))
        }
        func numbers(_ name: String, _ value: (AuditFinding) -> Double?) -> PropertyColumn {
            PropertyColumn(name: name, numbers: findings.map(value))
        }
        return FeatureTable(
            source: "audit", geometries: geometries,
            columns: [
                texts("code") { $0.finding.code.description }, texts("kind") { $0.kind.rawValue },
                texts("severity") { $0.finding.severity.rawValue }, texts("layer") { $0.finding.place.layer },
                texts("units") { $0.labels.joined(separator: " ") }, texts("zh") { $0.finding.message.zh },
                texts("en") { $0.finding.message.en }, numbers("area") { $0.area }, numbers("width") { $0.width },
                numbers("distance") { $0.distance },
            ])
    }
}

extension AuditFinding {
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "code": .string(finding.code.description), "kind": .string(kind.rawValue),
            "severity": .string(finding.severity.rawValue), "units": .array(labels.map { .string($0) }),
            "message": .text(finding.message), "remedy": .text(finding.remedy),
        ]
        if let layer = finding.place.layer { members["layer"] = .string(layer) }
        if let point = finding.place.coordinate { members["coordinate"] = [.number(point.x), .number(point.y)] }
        if let area { members["area"] = .number(area) }
        if let width { members["width"] = .number(width) }
        if let distance { members["distance"] = .number(distance) }
        return .object(members)
    }
}
