/// 拓扑检查: whether the units of each level make a net without gap or overlap, and the levels nest.
///
/// The coverage algorithm is our own, over shared edges (`EdgeTable`, `Noding`, `FaceGraph`); GEOS judges the areas
/// that are not valid beyond doubt, and cuts what sticks out of a parent. Every fault is reported once: what only
/// follows from another finding (a parent that misses what its child gave to another, the holes around an area that
/// is not valid) is not reported again.
public enum Audit {
    /// Audits levels, the largest units first; each layer's `parentCodes` name units of the layer before it.
    ///
    /// - Returns: findings measured in square metres and metres.
    /// - Throws: `CancellationError` when interrupted. Bad data never throws.
    /// - Complexity: O(n log n) in the vertices, and GEOS's cost for areas with holes or faults.
    public static func report(
        on layers: [AuditLayer], options: AuditOptions = AuditOptions(), progress: Progress = .silent
    ) throws -> AuditReport {
        var findings: [AuditFinding] = []
        var levels: [LevelAudit] = []
        for (number, layer) in layers.enumerated() {
            try progress.checkInterruption()
            progress(Text(zh: "检查\(layer.name.zh)", en: "Auditing \(layer.name.en)"), number, of: layers.count)
            var level = LevelAudit(layer, number: number, options: options)
            level.run()
            var found = level.findings
            if let above = levels.last, layer.parentCodes.isEmpty == false {
                var hierarchy = HierarchyAudit(children: level, parents: above, options: options)
                hierarchy.run()
                found += hierarchy.findings
            }
            findings += sorted(found)
            levels.append(level)
        }
        return AuditReport(
            layers: layers.map { layer in
                AuditReport.Layer(
                    name: layer.name, units: layer.areas.count,
                    area: (0..<layer.areas.count).reduce(0) { $0 + layer.areas.area(ofFeature: $1) })
            },
            options: options, findings: findings)
    }

    /// Audits all levels a town has.
    public static func report(
        on town: Town, options: AuditOptions = AuditOptions(), progress: Progress = .silent
    ) throws -> AuditReport {
        let layers = [Level.community, .grid, .microgrid].compactMap { town.units($0) }.filter { $0.count > 0 }
        var audited = layers.map { AuditLayer($0, names: town.levelNames) }
        // The parents of the uppermost layer are no layer.
        if !audited.isEmpty { audited[0].parentCodes = [] }
        return try report(on: audited, options: options, progress: progress)
    }

    private static func sorted(_ findings: [AuditFinding]) -> [AuditFinding] {
        let order = Dictionary(
            uniqueKeysWithValues: AuditKind.allCases.enumerated().map { ($0.element, $0.offset) })
        // The keys alone are moved about: a finding is large.
        let keys = findings.map { (kind: order[$0.kind] ?? 0, unit: $0.units.first ?? -1) }
        return keys.indices.sorted { (keys[$0].kind, keys[$0].unit, $0) < (keys[$1].kind, keys[$1].unit, $1) }
            .map { findings[$0] }
    }
}
