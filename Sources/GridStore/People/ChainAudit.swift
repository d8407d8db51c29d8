import GRDB
public import GeoGrid

/// 责任链检查: whether every household has somebody at each level of its chain, on every day of a span.
///
/// Nothing changes between two of the days on which a post, a unit or a household begins or ends, so each of those
/// days is looked at once and stands for all until the next. Posts of the town level are not asked for.
public struct ChainAudit: Sendable {
    /// 一段日子 with the same answer.
    public struct Span: Hashable, Sendable {
        public var from: Day
        public var households = 0
        /// Households with somebody at every level.
        public var full = 0
        /// Households with a named reason for each level that lacks somebody.
        public var explained: Int { households - full }
        /// By reason, most households first.
        public var gaps: [Gap] = []
    }

    /// 断链: why households of a unit have nobody at a level.
    public struct Gap: Hashable, Sendable {
        public enum Reason: String, Hashable, Sendable {
            /// 空岗: the unit's posts are held by nobody.
            case vacant
            /// 未设岗.
            case noPost
            /// 上级不存在: the unit below names a parent that is not there on the day.
            case noUnit
            /// 不在任何单元.
            case outside
        }
        public var reason: Reason
        public var level: Level
        /// Empty for households outside all units.
        public var unitCode: String
        public var unitName: String
        /// The roles that nobody holds.
        public var roles: [String] = []
        public var households = 0
    }

    public private(set) var spans: [Span] = []
    let levelNames: LevelNames
}

extension TownFile {
    /// 责任链检查 from one day to another, both included. O(days of change · (posts + units + households)).
    public func chainAudit(from: Day, to: Day) throws -> ChainAudit {
        try read { db in
            var audit = ChainAudit(spans: [], levelNames: try Settings.levelNames(in: db))
            var locator: (versions: [Int], units: PointLocator)?
            for day in try ChainAudit.days(from: from, to: to, in: db) {
                audit.add(try ChainAudit.span(on: day, in: db, &locator))
            }
            return audit
        }
    }
}

extension ChainAudit {
    fileprivate mutating func add(_ span: Span) {
        // A day on which nothing changed for anybody says nothing new.
        if let last = spans.last, last.gaps == span.gaps, last.households == span.households { return }
        spans.append(span)
    }

    /// The first day and all on which something begins or ends.
    fileprivate static func days(from: Day, to: Day, in db: Database) throws -> [Day] {
        var texts: Set<String> = [from.description]
        for table in ["community", "grid", "microgrid", "household", "post"] {
            for column in ["valid_from", "valid_to"] {
                try Rows.each(
                    db, "SELECT DISTINCT \(column) FROM \(table) WHERE \(column) > ?1 AND \(column) <= ?2",
                    [from.description, to.description]
                ) { row in texts.insert(row.text(0)) }
            }
        }
        return texts.sorted().compactMap { Day($0) }
    }

    private struct Staff {
        var held = false
        var vacant: [String] = []
    }

    private struct Place: Hashable {
        var level: Level
        var code: String
    }

    fileprivate static func span(
        on day: Day, in db: Database, _ locator: inout (versions: [Int], units: PointLocator)?
    ) throws -> Span {
        let loader = LayerLoader(db: db, day: day)
        let layers = try [Level.community, .grid, .microgrid].map { try loader.unitNames($0) }.filter { $0.count > 0 }
        guard let lowest = layers.last else { return Span(from: day) }

        var versions: [Int] = []
        try Rows.each(
            db, "SELECT fid FROM \(lowest.level.rawValue) WHERE \(LayerLoader.valid) ORDER BY code", [day.description]
        ) { row in versions.append(row.integer(0)) }
        if locator?.versions != versions {
            locator = (versions, PointLocator(try loader.units(lowest.level).areas))
        }

        // Households by lowest unit, as `locate` gives them; the last place counts those in none.
        let tolerance = try Settings.get(.assignTolerance, in: db).flatMap { Double($0) } ?? 30
        var homes = Array(repeating: 0, count: lowest.count + 1)
        try Rows.each(
            db, "SELECT geom FROM household WHERE \(LayerLoader.valid)", [day.description]
        ) { row in
            let unit = row.point(0).flatMap { door in
                locator?.units.unit(at: door) ?? locator?.units.nearest(to: door, within: tolerance)?.unit
            }
            homes[unit ?? lowest.count] += 1
        }

        var staff: [Place: Staff] = [:]
        try Rows.each(
            db,
            """
            SELECT post.level, post.unit, post.role, person.id FROM post LEFT JOIN person ON person.id = post.person
            WHERE (valid_from IS NULL OR valid_from <= ?1) AND (valid_to IS NULL OR valid_to > ?1) AND zoning = ''
            ORDER BY post.role, post.id
            """, [day.description]
        ) { row in
            guard let level = Level(rawValue: row.text(0)) else { return }
            let place = Place(level: level, code: row.text(1))
            if row.isNull(3) {
                staff[place, default: Staff()].vacant.append(row.text(2))
            } else {
                staff[place, default: Staff()].held = true
            }
        }

        var span = Span(from: day)
        var gaps: [Gap] = []
        var position: [Place: Int] = [:]
        func note(_ reason: Gap.Reason, _ level: Level, _ code: String, _ name: String, _ households: Int) {
            let place = Place(level: level, code: code)
            if let i = position[place] {
                gaps[i].households += households
                return
            }
            position[place] = gaps.count
            let roles = reason == .vacant ? staff[place]?.vacant ?? [] : []
            gaps.append(
                Gap(
                    reason: reason, level: level, unitCode: code, unitName: name, roles: roles, households: households))
        }
        let index = layers.map { $0.indexByCode() }
        span.households = homes.reduce(0, +)
        for unit in lowest.codes.indices where homes[unit] > 0 {
            var isFull = true
            var at: Int? = unit
            for n in layers.indices.reversed() {
                let layer = layers[n]
                guard let i = at else { break }
                let place = Place(level: layer.level, code: layer.codes[i])
                let own = staff[place]
                if own?.held != true {
                    isFull = false
                    note(
                        own == nil ? .noPost : .vacant, layer.level, layer.codes[i], layer.names[i], homes[unit])
                }
                guard n > 0 else { break }
                at = index[n - 1][layer.parentCodes[i]]
                if at == nil {
                    isFull = false
                    note(.noUnit, layers[n - 1].level, layer.parentCodes[i], "", homes[unit])
                }
            }
            if isFull { span.full += homes[unit] }
        }
        if homes[lowest.count] > 0 { note(.outside, lowest.level, "", "", homes[lowest.count]) }
        span.gaps = gaps.sorted {
            ($1.households, $0.level, $0.unitCode) < ($0.households, $1.level, $1.unitCode)
        }
        return span
    }
}

extension ChainAudit {
    /// The reason in words.
    public func text(_ gap: Gap) -> Text {
        let title = levelNames[gap.level]
        let unit = gap.unitName.isEmpty ? gap.unitCode : "\(gap.unitName)（\(gap.unitCode)）"
        switch gap.reason {
        case .vacant:
            let roles = Set(gap.roles).sorted().joined(separator: "、")
            return Text(zh: "\(title.zh)\(unit)空岗：\(roles)", en: "\(title.en) \(unit): vacant: \(roles)")
        case .noPost: return Text(zh: "\(title.zh)\(unit)没有设岗", en: "\(title.en) \(unit) has no post")
        case .noUnit: return Text(zh: "上级\(title.zh)\(unit)不存在", en: "the \(title.en) above, \(unit), does not exist")
        case .outside: return Text(zh: "不在任何\(title.zh)内", en: "in no \(title.en)")
        }
    }

    /// Rows of every span: its first day, and a reason with its households.
    public var table: SheetTable {
        SheetTable(
            name: "责任链", columns: ["自", "户数", "完整", "层级", "单元编码", "单元", "原因", "涉及户数"],
            rows: spans.flatMap { span -> [[SheetTable.Cell]] in
                let head: [SheetTable.Cell] = [.day(span.from), .integer(span.households), .integer(span.full)]
                if span.gaps.isEmpty { return [head] }
                return span.gaps.map { gap in
                    head + [
                        .text(levelNames[gap.level].zh), .init(gap.unitCode), .init(gap.unitName), .text(text(gap).zh),
                        .integer(gap.households),
                    ]
                }
            })
    }
}
