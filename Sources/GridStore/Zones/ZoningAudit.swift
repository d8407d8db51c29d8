public import GeoGrid

extension IssueCode {
    static let zonesOverlap = IssueCode("GG570")
    static let zonesLeaveGap = IssueCode("GG571")
    static let zoneDoors = IssueCode("GG572")
    static let zoneKinds = IssueCode("GG579")
}

/// 体系检查: whether a zoning keeps what its kind promises, over the ground it claims.
///
/// A base zoning covers its ground (the base units that its zones mostly cover) without gaps or overlaps and every
/// household there lies in exactly one zone; an exclusive overlay has no overlaps; an overlay may overlap, and its
/// overlaps are only counted.
public struct ZoningAudit: Sendable {
    /// Square metres below which a gap or overlap is rounding.
    public static let tolerance = 1.0

    public private(set) var findings: [Finding] = []
    /// Pairs of zones that overlap, with the area in square metres, largest first.
    public private(set) var overlaps: [(a: Int, b: Int, area: Double)] = []
    /// Square metres of the claimed ground in no zone; nil where the zoning claims none.
    public private(set) var gap: Double?
    /// Households in no, one, and several zones, among those on the claimed ground (all, for overlays).
    public private(set) var households: (none: Int, one: Int, several: Int) = (0, 0, 0)

    /// - Parameter ground: units of the base net; a base zoning claims those it covers by more than half.
    /// O(zones² by box + vertices); overlay by GEOS.
    public init(_ zoning: Zoning, ground: UnitLayer, households: [Household]) throws {
        let context = GEOSContext()
        if !zoning.otherKinds.isEmpty {
            findings.append(
                Finding(
                    .zoneKinds, .warning, at: Place(layer: "zone", id: zoning.name),
                    Text(
                        zh: "“\(zoning.name)”的分区类型不一，按“\(zoning.kind.title.zh)”检查",
                        en: "zones of “\(zoning.name)” are of several kinds; checked as \(zoning.kind.title.en)"),
                    remedy: Text(zh: "同一体系的分区写同一类型", en: "give all zones of a zoning one kind")))
        }
        try findOverlaps(zoning, context)
        let locator = PointLocator(zoning.areas)
        var claimed: [Int] = []
        if zoning.kind == .base {
            let missing = try claim(zoning, ground, context, &claimed)
            gap = missing
            if missing > Self.tolerance {
                findings.append(
                    Finding(
                        .zonesLeaveGap, .error, at: Place(layer: "zone", id: zoning.name),
                        Text(
                            zh: "“\(zoning.name)”有 \(Self.round(missing)) 平方米不在任何分区内",
                            en: "“\(zoning.name)” leaves \(Self.round(missing)) m² in no zone"),
                        remedy: Text(zh: "修正分区边界", en: "mend the boundaries")))
            }
        }
        let groundLocator = zoning.kind == .base ? PointLocator(ground.areas) : nil
        let isClaimed = Set(claimed)
        for household in households {
            if let groundLocator {
                guard let unit = groundLocator.unit(at: household.location), isClaimed.contains(unit) else { continue }
            }
            switch locator.units(x: household.location.x, y: household.location.y).count {
            case 0: self.households.none += 1
            case 1: self.households.one += 1
            default: self.households.several += 1
            }
        }
        if zoning.kind == .base, self.households.none > 0 {
            let count = self.households.none
            findings.append(
                Finding(
                    .zoneDoors, .error, at: Place(layer: "zone", id: zoning.name),
                    Text(
                        zh: "“\(zoning.name)”有 \(count) 户不在任何分区内",
                        en: "\(count) households lie in no zone of “\(zoning.name)”"),
                    remedy: Text(zh: "修正分区边界", en: "mend the boundaries")))
        }
    }

    private mutating func findOverlaps(_ zoning: Zoning, _ context: GEOSContext) throws {
        let boxes = (0..<zoning.count).map { zoning.areas.box(ofFeature: $0) }
        for a in 0..<zoning.count {
            let candidates = (a + 1..<zoning.count).filter { boxes[a].intersects(boxes[$0]) }
            if candidates.isEmpty { continue }
            let first = try GEOSGeometry(zoning.areas, feature: a, in: context)
            for b in candidates {
                let area = try first.intersection(GEOSGeometry(zoning.areas, feature: b, in: context)).area
                if area > Self.tolerance { overlaps.append((a, b, area)) }
            }
        }
        overlaps.sort { ($1.area, $0.a, $0.b) < ($0.area, $1.a, $1.b) }
        guard zoning.kind != .overlay else { return }
        for (a, b, area) in overlaps {
            findings.append(
                Finding(
                    .zonesOverlap, .error, at: Place(layer: "zone", id: "\(zoning.name)/\(zoning.codes[a])"),
                    Text(
                        zh: "“\(zoning.names[a])”与“\(zoning.names[b])”重叠 \(Self.round(area)) 平方米",
                        en: "“\(zoning.names[a])” and “\(zoning.names[b])” overlap by \(Self.round(area)) m²"),
                    remedy: Text(zh: "修正边界，或把体系声明为可重叠的叠加体系", en: "mend the boundary, or declare the zoning an overlay"))
            )
        }
    }

    /// Units covered by more than half, and how much of them no zone covers.
    private func claim(
        _ zoning: Zoning, _ ground: UnitLayer, _ context: GEOSContext, _ claimed: inout [Int]
    ) throws -> Double {
        let boxes = (0..<zoning.count).map { zoning.areas.box(ofFeature: $0) }
        var missing = 0.0
        for unit in 0..<ground.count {
            let box = ground.areas.box(ofFeature: unit)
            let near = boxes.indices.filter { boxes[$0].intersects(box) }
            if near.isEmpty { continue }
            var rest = try GEOSGeometry(ground.areas, feature: unit, in: context)
            let whole = rest.area
            for zone in near { rest = try rest.difference(GEOSGeometry(zoning.areas, feature: zone, in: context)) }
            if rest.area < whole / 2 {
                claimed.append(unit)
                missing += rest.area
            }
        }
        return missing
    }

    static func round(_ area: Double) -> String { SheetTable.Cell.number(area, decimals: area < 100 ? 1 : 0).text }
}
