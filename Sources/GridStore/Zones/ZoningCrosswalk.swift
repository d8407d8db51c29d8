public import GeoGrid

/// 体系对照: how two zonings share area, households and people.
///
/// Every household is counted once a pair of zones that hold it, with `nil` for no zone of a zoning: where neither
/// zoning overlaps itself, the rows of a zone sum exactly to its own count. Areas are of the intersection.
public struct ZoningCrosswalk: Sendable {
    public struct Row: Hashable, Sendable {
        /// Positions of the zones; nil is outside the zoning.
        public var a: Int?
        public var b: Int?
        public var households = 0
        public var persons = 0
        /// Square metres; of the zone less the other zoning where the other side is nil.
        public var area = 0.0
    }

    public let a: Zoning
    public let b: Zoning
    /// In the order of a, then b, outside last.
    public private(set) var rows: [Row] = []

    /// O(pairs that meet + households).
    public init(_ a: Zoning, _ b: Zoning, households: [Household]) throws {
        self.a = a
        self.b = b
        var table: [Pair: Row] = [:]
        let inA = PointLocator(a.areas)
        let inB = PointLocator(b.areas)
        for household in households {
            let p = household.location
            let zonesA: [Int?] = Self.orNone(inA.units(x: p.x, y: p.y))
            let zonesB: [Int?] = Self.orNone(inB.units(x: p.x, y: p.y))
            for zoneA in zonesA {
                for zoneB in zonesB where zoneA != nil || zoneB != nil {
                    var row = table[Pair(a: zoneA, b: zoneB)] ?? Row(a: zoneA, b: zoneB)
                    row.households += 1
                    row.persons += household.persons
                    table[Pair(a: zoneA, b: zoneB)] = row
                }
            }
        }
        try addAreas(&table)
        rows = table.values.filter { $0.households > 0 || $0.area > ZoningAudit.tolerance }
            .sorted { ($0.a ?? .max, $0.b ?? .max) < ($1.a ?? .max, $1.b ?? .max) }
    }

    private struct Pair: Hashable {
        var a: Int?
        var b: Int?
    }

    private static func orNone(_ zones: [Int]) -> [Int?] { zones.isEmpty ? [nil] : zones.map { $0 } }

    private func addAreas(_ table: inout [Pair: Row]) throws {
        let context = GEOSContext()
        let boxesB = (0..<b.count).map { b.areas.box(ofFeature: $0) }
        var sharedOfB = Array(repeating: 0.0, count: b.count)
        for i in 0..<a.count {
            let box = a.areas.box(ofFeature: i)
            let zone = try GEOSGeometry(a.areas, feature: i, in: context)
            var shared = 0.0
            for j in 0..<b.count where boxesB[j].intersects(box) {
                let area = try zone.intersection(GEOSGeometry(b.areas, feature: j, in: context)).area
                if area <= ZoningAudit.tolerance { continue }
                table[Pair(a: i, b: j), default: Row(a: i, b: j)].area = area
                shared += area
                sharedOfB[j] += area
            }
            let rest = zone.area - shared
            if rest > ZoningAudit.tolerance { table[Pair(a: i, b: nil), default: Row(a: i, b: nil)].area = rest }
        }
        for j in 0..<b.count {
            let rest = b.areas.area(ofFeature: j) - sharedOfB[j]
            if rest > ZoningAudit.tolerance { table[Pair(a: nil, b: j), default: Row(a: nil, b: j)].area = rest }
        }
    }

    public var table: SheetTable {
        func cell(_ list: [String], _ i: Int?, else none: String) -> SheetTable.Cell {
            .init(i.map { list[$0] } ?? none)
        }
        return SheetTable(
            name: "体系对照",
            columns: ["\(a.name)编码", a.name, "\(b.name)编码", b.name, "户数", "人数", "面积(平方米)", "面积(亩)"],
            rows: rows.map { row in
                [
                    cell(a.codes, row.a, else: ""), cell(a.names, row.a, else: "（体系外）"), cell(b.codes, row.b, else: ""),
                    cell(b.names, row.b, else: "（体系外）"), .integer(row.households), .integer(row.persons),
                    .number(row.area, decimals: 1), .number(row.area * 3 / 2000, decimals: 2),
                ]
            })
    }
}
