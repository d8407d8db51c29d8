import GRDB
public import GeoGrid
public import Planner

extension Settings.Key {
    static func colourMeaning(_ kind: Ledger.Kind, _ colour: RiskColour) -> Settings.Key {
        Settings.Key("ledger.\(kind.rawValue).\(colour.rawValue)")
    }
}

extension TownFile {
    /// 台账 of a kind as it was on a day.
    public func ledger(_ kind: Ledger.Kind, on day: Day) throws -> Ledger {
        try read { db in
            let loader = LayerLoader(db: db, day: day)
            let colours = try Self.colourMeanings(kind, in: db)
            let model = try WorkloadModel.stored(in: db)
            let titles = (model.care + model.premises).map { ($0.key, $0.name.zh) }
            return Ledger(
                kind, day: day, items: try loader.ledgerItems(kind), town: try loader.skeleton(), colours: colours,
                kindTitles: Dictionary(titles, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// 颜色含义: what the town calls its colours in a ledger.
    public func colourMeanings(_ kind: Ledger.Kind) throws -> [RiskColour: String] {
        try read { try Self.colourMeanings(kind, in: $0) }
    }

    private static func colourMeanings(_ kind: Ledger.Kind, in db: Database) throws -> [RiskColour: String] {
        var colours: [RiskColour: String] = [:]
        for colour in RiskColour.allCases {
            colours[colour] = try Settings.get(.colourMeaning(kind, colour), in: db)
        }
        return colours
    }

    /// 颜色含义: keeps what a colour means in a ledger; nil forgets it.
    public func setColourMeaning(_ kind: Ledger.Kind, _ colour: RiskColour, to meaning: String?) throws {
        try write { try Settings.set(.colourMeaning(kind, colour), to: meaning, in: $0) }
    }

    /// Latest visit of each object up to a day.
    public func lastVisits(until day: Day) throws -> [String: Day] {
        try read { db in
            var last: [String: Day] = [:]
            try Rows.each(
                db, "SELECT object, max(day) FROM inspection WHERE day <= ?1 GROUP BY object", [day.description]
            ) { row in last[row.text(0)] = row.day(1) }
            return last
        }
    }

    /// The town's workload model.
    public func storedWorkloadModel() throws -> WorkloadModel { try read { try WorkloadModel.stored(in: $0) } }

    /// Households of each unit of a level on a day.
    public func householdCounts(by level: Level, on day: Day) throws -> [String: Int] {
        try read { db in
            let units = RosterUnits(try LayerLoader(db: db, day: day).skeleton())
            var counts: [String: Int] = [:]
            try Rows.each(
                db, "SELECT unit, count(*) FROM household WHERE \(LayerLoader.valid) GROUP BY unit", [day.description]
            ) { row in
                let code = row.text(0)
                if let own = units.level(of: code), let unit = units.ancestor(own, code, at: level) {
                    counts[unit, default: 0] += row.integer(1)
                }
            }
            return counts
        }
    }
}

extension LayerLoader {
    /// Items in the order of their identifiers. Objects with days of their own (hazards, events) are there from the
    /// day they were found.
    func ledgerItems(_ kind: Ledger.Kind) throws -> [Ledger.Item] {
        let sql: String
        switch kind {
        case .premises:
            sql =
                "SELECT id, name, kind, risk, valid_from, valid_to, address, unit, '', geom FROM premises WHERE \(LayerLoader.valid)"
        case .hazards:
            sql =
                "SELECT id, note, kind, risk, found, closed, '', unit, '', geom FROM hazard WHERE found IS NULL OR found <= ?1"
        case .events:
            sql =
                "SELECT id, subject, kind, NULL, day, closed, address, unit, '', geom FROM event WHERE day IS NULL OR day <= ?1"
        case .care:
            sql =
                "SELECT id, name, category, NULL, valid_from, valid_to, '', unit, subtype, geom, visits_per_month FROM care_resident WHERE \(LayerLoader.valid)"
        case .households:
            sql =
                "SELECT id, head, '', risk, valid_from, valid_to, address, unit, '', geom FROM household WHERE \(LayerLoader.valid)"
        case .projects:
            sql =
                "SELECT id, name, kind, NULL, started, finished, '', unit, '', geom FROM project WHERE \(LayerLoader.valid)"
        }
        let isDated = kind == .premises || kind == .care || kind == .households
        var items: [Ledger.Item] = []
        try Rows.each(db, sql + " ORDER BY id", [day.description]) { row in
            var item = Ledger.Item(id: row.text(0))
            item.name = row.text(1)
            item.kind = row.text(2)
            item.colour = row.optionalText(3).flatMap(RiskColour.init(rawValue:))
            // The bounds of a version are not days of the object.
            if !isDated {
                item.opened = row.day(4)
                item.closed = row.day(5)
            }
            item.address = row.text(6)
            item.unit = row.text(7)
            item.subtype = row.text(8)
            item.location = row.point(9)
            if kind == .care { item.visitsPerMonth = row.optionalReal(10) }
            items.append(item)
        }
        return items
    }
}
