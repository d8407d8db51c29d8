public import GeoGrid
public import Planner

/// 台账: dated objects of one kind and what is asked of them: counts by unit, open and closed, due, changes, repeats.
///
/// Every count is of the same items, each in exactly one row (its unit's, or 未归属), so that all sums are the total.
public struct Ledger: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case premises, hazards, events, care, households, projects

        public var title: Text {
            switch self {
            case .premises: Text(zh: "经营场所和出租房", en: "premises")
            case .hazards: Text(zh: "隐患", en: "hazards")
            case .events: Text(zh: "事件", en: "events")
            case .care: Text(zh: "关爱人员", en: "care residents")
            case .households: Text(zh: "住户", en: "households")
            case .projects: Text(zh: "项目", en: "projects")
            }
        }
    }

    public struct Item: Hashable, Sendable {
        public var id: String
        public var name = ""
        public var kind = ""
        public var colour: RiskColour?
        public var opened: Day?
        public var closed: Day?
        public var address = ""
        /// Code of the lowest unit; empty where it was not assigned.
        public var unit = ""
        /// Who gives a visit its frequency: the category of the workload model.
        public var line: String { kind }
        /// Visits a month where the list states them; else the model's.
        public var visitsPerMonth: Double?
        /// Where it is, town metres.
        public var location: PlanarPoint?
        /// 子类 of a care category, such as 风险消除.
        public var subtype = ""

        public init(id: String) {
            self.id = id
        }
    }

    public let kind: Kind
    public let day: Day
    public let items: [Item]
    /// 颜色含义: what the town calls its colours in this ledger.
    public let colours: [RiskColour: String]
    /// 类别名称: what the categories of items are called, where they are keys.
    public let kindTitles: [String: String]
    let units: RosterUnits

    public init(
        _ kind: Kind, day: Day, items: [Item], town: Town, colours: [RiskColour: String] = [:],
        kindTitles: [String: String] = [:]
    ) {
        self.kind = kind
        self.day = day
        self.items = items
        self.colours = colours
        self.kindTitles = kindTitles
        units = RosterUnits(town)
    }

    public func isOpen(_ item: Item) -> Bool { item.closed.map { day < $0 } ?? true }
    public var unplaced: Int { items.count { unit($0, at: .community) == nil } }

    func unit(_ item: Item, at level: Level) -> String? {
        guard !item.unit.isEmpty, let own = units.level(of: item.unit) else { return nil }
        return units.ancestor(own, item.unit, at: level)
    }

    public func title(ofKind kind: String) -> String { kindTitles[kind] ?? kind }

    static func title(_ colour: RiskColour) -> String {
        switch colour {
        case .red: "红"
        case .orange: "橙"
        case .yellow: "黄"
        case .blue: "蓝"
        }
    }

    func meaning(_ colour: RiskColour) -> String {
        colours[colour].map { "\(Self.title(colour))（\($0)）" } ?? Self.title(colour)
    }

    /// 分单元统计: a row a unit of the level, then 未归属, then the total; columns by category, colour and state.
    public func counts(by level: Level, onlyUsed: Bool = false) -> SheetTable {
        let kinds = Set(items.map(\.kind)).filter { !$0.isEmpty }.sorted()
        let shownColours = RiskColour.allCases.filter { colour in items.contains { $0.colour == colour } }
        let hasState = kind == .hazards || kind == .events || kind == .projects
        var columns = ["编码", "名称", "合计"] + kinds.map(title(ofKind:))
        if items.contains(where: { $0.kind.isEmpty }), !kinds.isEmpty { columns.append("未分类") }
        let subtypes = Set(items.map(\.subtype)).filter { !$0.isEmpty }.sorted()
        columns += subtypes.map { "其中：\($0)" } + shownColours.map(meaning)
        if hasState { columns += kind == .projects ? ["未完工", "已完工"] : ["未办结", "已办结"] }

        var groups: [String: [Item]] = [:]
        for item in items { groups[unit(item, at: level) ?? "", default: []].append(item) }
        func row(_ code: String, _ name: String, _ items: [Item]) -> [SheetTable.Cell] {
            var cells: [SheetTable.Cell] = [.init(code), .text(name), .integer(items.count)]
            cells += kinds.map { kind in .integer(items.count { $0.kind == kind }) }
            if columns.contains("未分类") { cells.append(.integer(items.count { $0.kind.isEmpty })) }
            cells += subtypes.map { subtype in .integer(items.count { $0.subtype == subtype }) }
            cells += shownColours.map { colour in .integer(items.count { $0.colour == colour }) }
            if hasState {
                let open = items.count(where: isOpen)
                cells += [.integer(open), .integer(items.count - open)]
            }
            return cells
        }
        var rows = units.codes(level).compactMap { code -> [SheetTable.Cell]? in
            let own = groups[code] ?? []
            return onlyUsed && own.isEmpty ? nil : row(code, units.name(level, code), own)
        }
        if let lost = groups[""] { rows.append(row("", "未归属", lost)) }
        rows.append(row("", "合计", items))
        return SheetTable(name: "\(kind.title.zh)统计", columns: columns, rows: rows)
    }

    /// 明细; names and addresses, and the colours of households, only where they may be shown.
    public func list(showsNames: Bool) -> SheetTable {
        var columns = ["社区", "网格", "编号", "类型", "子类", "颜色", "开始", "结束"]
        if showsNames { columns += ["名称", "地址"] }
        return SheetTable(
            name: kind.title.zh, columns: columns,
            rows: items.map { item in
                var cells: [SheetTable.Cell] = [
                    .init(unit(item, at: .community).map { units.name(.community, $0) }),
                    .init(unit(item, at: .grid).map { units.name(.grid, $0) }), .text(item.id),
                    .init(title(ofKind: item.kind)),
                    .init(item.subtype),
                    .init(kind == .households && !showsNames ? nil : item.colour.map(meaning)), .init(item.opened),
                    .init(item.closed),
                ]
                if showsNames { cells += [.init(item.name), .init(item.address)] }
                return cells
            })
    }

    // MARK: Visits

    /// 到期: an object, when it was last seen, and when it should be seen.
    public struct Due: Hashable, Sendable {
        public var item: Item
        /// Nil where there is no record of a visit.
        public var last: Day?
        public var due: Day
    }

    /// Objects due by a day, longest overdue first. An object without a record is due on the day itself; an open
    /// hazard, event or project from the day it was opened on. What is closed is never due.
    ///
    /// - Parameters:
    ///   - last: latest visit of each object.
    ///   - every: days between two visits; where nil those of the list or the workload model, a month being
    ///     365.25 / 12 days, and `openInterval` for hazards, events and projects.
    public func due(by horizon: Day, last: [String: Day], model: WorkloadModel, every: Int? = nil) -> [Due] {
        items.compactMap { item -> Due? in
            let visits: Double
            switch kind {
            case .premises: visits = model.premisesLine(named: item.line)?.visitsPerMonth ?? 0
            case .care: visits = item.visitsPerMonth ?? model.careLine(named: item.line)?.visitsPerMonth ?? 0
            case .households: visits = model.household.visitsPerMonth
            case .hazards, .events, .projects:
                visits = isOpen(item) ? 365.25 / 12 / Double(Self.openInterval) : 0
            }
            guard visits > 0 else { return nil }
            let interval = every ?? max(1, Int((365.25 / 12 / visits).rounded()))
            let seen = last[item.id]
            guard let date = (seen ?? item.opened).map({ $0.advanced(by: interval) }) ?? day, date <= horizon else {
                return nil
            }
            return Due(item: item, last: seen, due: date)
        }.sorted { ($0.due, $0.last?.number ?? 0, $0.item.id) < ($1.due, $1.last?.number ?? 0, $1.item.id) }
    }

    /// 复查间隔 of what is open, days.
    public static let openInterval = 30

    public func dueTable(_ list: [Due]) -> SheetTable {
        SheetTable(
            name: "到期", columns: ["社区", "网格", "编号", "类型", "上次", "应到", "逾期天数"],
            rows: list.map { due in
                [
                    .init(unit(due.item, at: .community).map { units.name(.community, $0) }),
                    .init(unit(due.item, at: .grid).map { units.name(.grid, $0) }), .text(due.item.id),
                    .init(title(ofKind: due.item.kind)), .init(due.last), .day(due.due),
                    .integer(max(0, day.number - due.due.number)),
                ]
            })
    }
}
