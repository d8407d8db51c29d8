/// 检查项: one kind of fault the audit looks for.
public enum AuditKind: String, CaseIterable, Sendable {
    case noArea, invalidArea, gap, sliverGap, overlap, sliverOverlap, severalPieces, duplicateArea
    case emptyCode, duplicateCode, malformedCode, nearlyMeeting
    case outsideParent, twoParents, orphan, parentNotUnion

    public var code: IssueCode {
        switch self {
        case .noArea: .unitWithoutArea
        case .invalidArea: .invalidArea
        case .gap: .gap
        case .sliverGap: .sliverGap
        case .overlap: .overlap
        case .sliverOverlap: .sliverOverlap
        case .severalPieces: .severalPieces
        case .duplicateArea: .duplicateArea
        case .emptyCode: .emptyCode
        case .duplicateCode: .duplicateCode
        case .malformedCode: .malformedCode
        case .nearlyMeeting: .nearlyMeeting
        case .outsideParent: .outsideParent
        case .twoParents: .twoParents
        case .orphan: .orphan
        case .parentNotUnion: .parentNotUnion
        }
    }
}

extension IssueCode {
    static let unitWithoutArea = IssueCode("GG301")
    static let invalidArea = IssueCode("GG302")
    static let gap = IssueCode("GG303")
    static let sliverGap = IssueCode("GG304")
    static let overlap = IssueCode("GG305")
    static let sliverOverlap = IssueCode("GG306")
    static let severalPieces = IssueCode("GG307")
    static let duplicateArea = IssueCode("GG308")
    static let emptyCode = IssueCode("GG309")
    static let duplicateCode = IssueCode("GG310")
    static let malformedCode = IssueCode("GG311")
    static let nearlyMeeting = IssueCode("GG312")
    static let outsideParent = IssueCode("GG313")
    static let twoParents = IssueCode("GG314")
    static let orphan = IssueCode("GG315")
    static let parentNotUnion = IssueCode("GG316")
}

/// 检查发现: one fault, measured and located.
public struct AuditFinding: Sendable {
    public var kind: AuditKind
    public var finding: Finding
    /// Layer it was found in, as position in the audit's layers.
    public var layer: Int
    /// The units concerned, as positions in that layer, and for findings between two levels in `parents`.
    public var units: [Int]
    /// What those units are called: codes, else numbers.
    public var labels: [String]
    /// Units of the layer above that are concerned.
    public var parents: [Int] = []
    /// Square metres.
    public var area: Double?
    /// Mean width in metres.
    public var width: Double?
    /// Metres, of vertices that nearly meet.
    public var distance: Double?
    /// Neighbours of a gap with the length of border they share with it.
    var borders: [(unit: Int, border: Double)] = []
    /// 问题位置: polygons of the fault, or a single path of one point.
    public var place: [[[PlanarPoint]]]

    /// Whether `place` is a point.
    public var isPoint: Bool { place.count == 1 && place[0].count == 1 && place[0][0].count == 1 }
}

/// 检查报告: everything the audit found, and what it looked at.
public struct AuditReport: Sendable {
    public struct Layer: Sendable {
        public var name: Text
        public var units: Int
        /// Sum of the areas, square metres.
        public var area: Double
    }

    public var layers: [Layer]
    public var options: AuditOptions
    /// By layer, then kind, then place in the layer.
    public var findings: [AuditFinding]

    public func count(_ kind: AuditKind, layer: Int? = nil) -> Int {
        findings.count { $0.kind == kind && (layer == nil || $0.layer == layer) }
    }

    /// Total area of the findings of a kind, square metres.
    public func area(_ kind: AuditKind, layer: Int? = nil) -> Double {
        findings.reduce(0) { sum, f in
            sum + (f.kind == kind && (layer == nil || f.layer == layer) ? f.area ?? 0 : 0)
        }
    }

    /// Whether nothing was found at all.
    public var isClean: Bool { findings.isEmpty }

    public var hasErrors: Bool { findings.contains { $0.finding.severity == .error } }
}
