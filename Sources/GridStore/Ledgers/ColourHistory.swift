public import GeoGrid

/// 风险颜色沿革: which colour an object bore from when to when.
public struct ColourHistory: Hashable, Sendable {
    public var id: String
    public var kind: String
    public var colour: RiskColour?
    public var from: Day?
    public var to: Day?
}

extension TownFile {
    /// 颜色沿革 of the objects of a ledger that ever changed theirs, or of one object; in the order of identifiers and
    /// days. Versions that differ in something else count as one. O(versions).
    public func colourHistory(_ kind: Ledger.Kind, of id: String? = nil) throws -> [ColourHistory] {
        let source: (table: String, kind: String)
        switch kind {
        case .premises: source = ("premises", "kind")
        case .households: source = ("household", "''")
        case .hazards, .events, .care, .projects: return []
        }
        return try read { db in
            var history: [ColourHistory] = []
            let condition = id == nil ? "" : " WHERE id = ?1"
            try Rows.each(
                db,
                """
                SELECT id, \(source.kind), risk, valid_from, valid_to FROM \(source.table)\(condition)
                ORDER BY id, ifnull(valid_from, '')
                """, id.map { [$0] } ?? []
            ) { row in
                let colour = row.optionalText(2).flatMap(RiskColour.init(rawValue:))
                if let last = history.last, last.id == row.text(0), last.colour == colour, last.to == row.day(3) {
                    history[history.count - 1].to = row.day(4)
                    return
                }
                history.append(
                    ColourHistory(
                        id: row.text(0), kind: row.text(1), colour: colour, from: row.day(3), to: row.day(4)))
            }
            if id != nil { return history }
            var count: [String: Int] = [:]
            for entry in history { count[entry.id, default: 0] += 1 }
            return history.filter { count[$0.id, default: 0] > 1 }
        }
    }
}

extension Ledger {
    public func table(of history: [ColourHistory]) -> SheetTable {
        SheetTable(
            name: "颜色沿革", columns: ["编号", "类型", "颜色", "自", "至"],
            rows: history.map { entry in
                [
                    .text(entry.id), .init(title(ofKind: entry.kind)), .init(entry.colour.map(meaning) ?? "无"),
                    .init(entry.from), .init(entry.to),
                ]
            })
    }
}
