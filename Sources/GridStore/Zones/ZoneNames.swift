import GRDB
import GeoGrid

/// 分区名: the zones of every zoning by zoning and code, and what a code alone means.
struct ZoneNames: Sendable {
    /// What a code without a zoning means.
    enum Meaning: Hashable {
        case none
        case zone(zoning: String)
        /// Zonings that all have the code, in their order.
        case ambiguous([String])
    }

    private var names: [String: [String: String]] = [:]
    private var zonings: [String: [String]] = [:]

    init() {}

    /// The zones of a day.
    init(on day: Day, in db: Database) throws {
        var rows: [(zoning: String, code: String, name: String)] = []
        try Rows.each(
            db, "SELECT zoning, code, name FROM zone WHERE \(LayerLoader.valid) ORDER BY zoning", [day.description]
        ) { rows.append(($0.text(0), $0.text(1), $0.text(2))) }
        self.init(rows)
    }

    init(_ rows: [(zoning: String, code: String, name: String)]) {
        for row in rows {
            names[row.zoning, default: [:]][row.code] = row.name.isEmpty ? row.code : row.name
            zonings[row.code, default: []].append(row.zoning)
        }
    }

    func name(_ zoning: String, _ code: String) -> String? { names[zoning]?[code] }

    func meaning(of code: String) -> Meaning {
        switch zonings[code] {
        case nil: .none
        case let found? where found.count == 1: .zone(zoning: found[0])
        case let found?: .ambiguous(found)
        }
    }
}
