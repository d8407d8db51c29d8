/// 修复步骤: one kind of safe fix.
public enum RepairStep: String, CaseIterable, Sendable {
    /// 捕捉对齐: vertices that nearly meet become one, and narrow gaps and overlaps close.
    case snap
    /// 并入碎缝: a sliver gap goes to the neighbour with the longest border.
    case slivers
    /// 重建上级: a parent that differs from its units by slivers is dissolved from them.
    case parents
    /// 环方向: shells counter-clockwise, holes clockwise, as RFC 7946 wants it.
    case orientation
}

/// 修复建议: new areas for some units of a layer, and why. Nothing changes until it is applied.
public struct RepairProposal: Sendable {
    public var step: RepairStep
    /// Position of the layer among those repaired.
    public var layer: Int
    /// New polygons by unit, ascending.
    public var areas: [(unit: Int, polygons: [[[PlanarPoint]]])]
    /// What it does, for the list of changes.
    public var message: Text
    /// Sum of the changes of area, square metres, without sign.
    public var changedArea: Double

    public var units: [Int] { areas.map(\.unit) }
}

/// 修复结果: the layers after the repair, what was changed, and the audits before and after.
public struct RepairResult: Sendable {
    public var layers: [AuditLayer]
    public var applied: [RepairProposal]
    /// Proposals that would have made something worse, and were not applied.
    public var withdrawn: [RepairProposal]
    public var before: AuditReport
    public var after: AuditReport
}
