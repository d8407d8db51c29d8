/// 修复: proposes the safe fixes, applies them, and proves by another audit that nothing got worse.
public enum Repair {
    /// - Parameters:
    ///   - layers: largest units first, as `Audit` takes them.
    ///   - steps: which fixes to make; they are made in the order of the cases.
    /// - Returns: the mended layers. A fix after which any of its units has a new fault, or one of more area, is
    ///   taken back and listed as withdrawn; what is not mentioned is left exactly as it was.
    /// - Throws: `CancellationError` when interrupted.
    public static func repaired(
        _ layers: [AuditLayer], steps: Set<RepairStep> = Set(RepairStep.allCases),
        options: AuditOptions = AuditOptions(), progress: Progress = .silent
    ) throws -> RepairResult {
        let before = try Audit.report(on: layers, options: options, progress: progress)
        var result = RepairResult(layers: layers, applied: [], withdrawn: [], before: before, after: before)
        for step in RepairStep.allCases where steps.contains(step) {
            let proposals = self.proposals(step, result.layers, result.after, options)
            guard !proposals.isEmpty else { continue }
            progress(
                Text(zh: "修复：\(step.title.zh)", en: "repairing: \(step.title.en)"), 0, of: proposals.count)
            try apply(proposals, to: &result, options, progress)
        }
        return result
    }

    /// The fixes of one step that a report suggests.
    public static func proposals(
        _ step: RepairStep, _ layers: [AuditLayer], _ report: AuditReport, _ options: AuditOptions = AuditOptions()
    ) -> [RepairProposal] {
        layers.indices.flatMap { number in
            switch step {
            case .snap: SnapRepair(layers[number], number: number, options: options).proposals()
            case .slivers: sliverProposals(layers[number], number, report)
            case .parents: number > 0 ? parentProposals(layers, number, report) : []
            case .orientation: orientationProposals(layers[number], number)
            }
        }
    }

    // MARK: - Applying

    private static func apply(
        _ proposals: [RepairProposal], to result: inout RepairResult, _ options: AuditOptions, _ progress: Progress
    ) throws {
        var kept = Array(proposals.indices)
        var withdrawn: [Int] = []
        while !kept.isEmpty {
            let layers = applied(kept.map { proposals[$0] }, to: result.layers)
            let after = try Audit.report(on: layers, options: options, progress: progress)
            let worse = kept.filter { isWorse(proposals[$0], result.after, after) }
            if worse.isEmpty, !isWorse(result.after, after) {
                result.layers = layers
                result.after = after
                break
            }
            // Where no single fix can be blamed, none is made.
            let blamed = worse.isEmpty ? kept : worse
            withdrawn += blamed
            kept.removeAll { blamed.contains($0) }
        }
        result.applied += kept.map { proposals[$0] }
        result.withdrawn += withdrawn.sorted().map { proposals[$0] }
    }

    private static func applied(_ proposals: [RepairProposal], to layers: [AuditLayer]) -> [AuditLayer] {
        var layers = layers
        for number in layers.indices {
            var polygons: [Int: [[[PlanarPoint]]]] = [:]
            for proposal in proposals where proposal.layer == number {
                for (unit, parts) in proposal.areas { polygons[unit] = parts }
            }
            guard !polygons.isEmpty else { continue }
            var areas = Geometries()
            for unit in 0..<layers[number].areas.count {
                if let parts = polygons[unit] {
                    areas.append(parts.count > 1 ? .multiPolygon : .polygon, parts: parts)
                } else {
                    areas.append(feature: unit, of: layers[number].areas)
                }
            }
            layers[number].areas = areas
        }
        return layers
    }

    /// Faults by kind: how many, and their area.
    private typealias Score = [AuditKind: (count: Int, area: Double)]

    private static func score(_ report: AuditReport, _ concerns: (AuditFinding) -> Bool) -> Score {
        var score: Score = [:]
        for finding in report.findings where concerns(finding) {
            let old = score[finding.kind] ?? (0, 0)
            score[finding.kind] = (old.count + 1, old.area + (finding.area ?? 0))
        }
        return score
    }

    private static func isWorse(_ proposal: RepairProposal, _ before: AuditReport, _ after: AuditReport) -> Bool {
        let units = Set(proposal.units)
        func concerns(_ finding: AuditFinding) -> Bool {
            finding.layer == proposal.layer && finding.units.contains { units.contains($0) }
        }
        return isWorse(score(before, concerns), score(after, concerns))
    }

    private static func isWorse(_ before: AuditReport, _ after: AuditReport) -> Bool {
        isWorse(score(before) { _ in true }, score(after) { _ in true })
    }

    /// More faults of a kind, or more area. Slivers may fall apart into more of less area together.
    private static func isWorse(_ before: Score, _ after: Score) -> Bool {
        let slivers: [AuditKind] = [.sliverGap, .sliverOverlap]
        // A square millimetre is beyond what any of this is drawn to.
        let dust = 1e-6
        for kind in AuditKind.allCases where !slivers.contains(kind) {
            let old = before[kind] ?? (0, 0)
            let new = after[kind] ?? (0, 0)
            let isBetweenLevels = kind == .outsideParent || kind == .parentNotUnion
            if new.count > old.count, !isBetweenLevels { return true }
            if new.area > old.area + dust + (isBetweenLevels ? 0.05 * old.area : 0) { return true }
        }
        let old = slivers.reduce(0) { $0 + (before[$1]?.area ?? 0) }
        let new = slivers.reduce(0) { $0 + (after[$1]?.area ?? 0) }
        return new > old + dust
    }

    // MARK: - Simple steps

    private static func sliverProposals(
        _ layer: AuditLayer, _ number: Int, _ report: AuditReport
    ) -> [RepairProposal] {
        var gaps: [Int: [[[PlanarPoint]]]] = [:]
        for finding in report.findings where finding.layer == number && finding.kind == .sliverGap {
            guard let ring = finding.place.first else { continue }
            let best = finding.borders.max { ($0.border, -$0.unit) < ($1.border, -$1.unit) }
            if let best { gaps[best.unit, default: []].append(ring) }
        }
        return gaps.sorted { $0.key < $1.key }.map { unit, rings in
            var parts = Geometries()
            parts.append(feature: unit, of: layer.areas)
            for ring in rings { parts.append(.polygon, parts: [ring]) }
            let joined = Dissolve.joined(parts, into: [Int?](repeating: 0, count: parts.count), count: 1)
            let area = rings.reduce(0) { $0 + RingMeasure.area($1) }
            return RepairProposal(
                step: .slivers, layer: number, areas: [(unit, joined.feature(0))],
                message: Text(
                    zh: "\(layer.label(unit))：并入 \(rings.count) 条碎缝，共 \(Measure.text(area)) m²",
                    en: "\(layer.label(unit)): took in \(rings.count) sliver gaps, \(Measure.text(area)) m²"),
                changedArea: area)
        }
    }

    private static func parentProposals(
        _ layers: [AuditLayer], _ number: Int, _ report: AuditReport
    ) -> [RepairProposal] {
        let children = layers[number]
        let parents = layers[number - 1]
        var differing: Set<Int> = []
        var doubtful: Set<Int> = []
        for finding in report.findings where finding.layer == number {
            switch finding.kind {
            case .outsideParent, .parentNotUnion, .twoParents:
                let isSliver = finding.finding.severity != .error
                if isSliver { differing.formUnion(finding.parents) } else { doubtful.formUnion(finding.parents) }
            default: continue
            }
        }
        let index = Dictionary(
            zip(parents.codes, parents.codes.indices), uniquingKeysWith: { first, _ in first })
        let groups = children.parentCodes.map { index[$0] }
        let joined = Dissolve.joined(children.areas, into: groups, count: parents.areas.count)
        var proposal = RepairProposal(
            step: .parents, layer: number - 1, areas: [], message: Text(zh: "", en: ""), changedArea: 0)
        for parent in differing.subtracting(doubtful).sorted() where joined.isArea(parent) {
            proposal.areas.append((parent, joined.feature(parent)))
            proposal.changedArea += abs(joined.area(ofFeature: parent) - parents.areas.area(ofFeature: parent))
        }
        guard !proposal.areas.isEmpty else { return [] }
        // Neighbouring parents change together, or slivers would open between them.
        proposal.message = Text(
            zh: "\(parents.name.zh)：\(proposal.areas.count) 个由下级重建",
            en: "\(parents.name.en): \(proposal.areas.count) rebuilt from their units")
        return [proposal]
    }

    private static func orientationProposals(_ layer: AuditLayer, _ number: Int) -> [RepairProposal] {
        var turned: [(unit: Int, polygons: [[[PlanarPoint]]])] = []
        for unit in 0..<layer.areas.count where layer.areas.isArea(unit) {
            var isTurned = false
            let polygons = layer.areas.feature(unit).map { rings in
                rings.enumerated().map { position, ring -> [PlanarPoint] in
                    let area = RingMeasure.signedArea(ring)
                    guard area != 0, (area > 0) != (position == 0) else { return ring }
                    isTurned = true
                    return ring.reversed()
                }
            }
            if isTurned { turned.append((unit, polygons)) }
        }
        guard !turned.isEmpty else { return [] }
        return [
            RepairProposal(
                step: .orientation, layer: number, areas: turned,
                message: Text(
                    zh: "\(layer.name.zh)：\(turned.count) 个单元的环方向改为外环逆时针、内环顺时针",
                    en: "\(layer.name.en): rings of \(turned.count) units turned, shells counter-clockwise"),
                changedArea: 0)
        ]
    }
}

extension RepairStep {
    public var title: Text {
        switch self {
        case .snap: Text(zh: "捕捉对齐", en: "snap")
        case .slivers: Text(zh: "并入碎缝", en: "slivers")
        case .parents: Text(zh: "重建上级", en: "parents")
        case .orientation: Text(zh: "环方向", en: "ring orientation")
        }
    }
}
