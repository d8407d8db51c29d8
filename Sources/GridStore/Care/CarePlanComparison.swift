public import GeoGrid

/// 方案比较: who goes elsewhere between two plans of one kind.
public struct CarePlanComparison: Hashable, Sendable {
    public struct Move: Hashable, Sendable {
        public var subject: String
        public var from: String
        public var to: String
    }

    public private(set) var same = 0
    public private(set) var onlyOld = 0
    public private(set) var onlyNew = 0
    /// Ordered as in the first plan.
    public private(set) var moved: [Move] = []
    public let valueOld: Double
    public let valueNew: Double

    /// O(items).
    public init(_ old: CarePlan, _ new: CarePlan) {
        func key(_ item: CarePlan.Item) -> String { item.role + "\u{1F}" + item.subject }
        let targets = Dictionary(new.items.map { (key($0), $0.target) }, uniquingKeysWith: { first, _ in first })
        var met = Set<String>()
        for item in old.items {
            guard let target = targets[key(item)] else {
                onlyOld += 1
                continue
            }
            met.insert(key(item))
            if target == item.target {
                same += 1
            } else {
                moved.append(Move(subject: item.subject, from: item.target, to: target))
            }
        }
        onlyNew = new.items.count { !met.contains(key($0)) }
        valueOld = old.items.reduce(0) { $0 + max(0, $1.value) }
        valueNew = new.items.reduce(0) { $0 + max(0, $1.value) }
    }
}

extension CarePlan {
    /// The items as a table, one row each.
    public func table(in language: Language) -> SheetTable {
        var table = SheetTable(
            name: name,
            columns: [
                Text(zh: "对象类别", en: "role"), Text(zh: "对象", en: "subject"), Text(zh: "去处", en: "target"),
                Text(zh: "次序", en: "rank"), Text(zh: "数值", en: "value"), Text(zh: "备注", en: "note"),
            ].map { $0[language] })
        for item in items {
            table.rows.append([
                .text(item.role), .text(item.subject), .init(item.target), .integer(item.rank),
                .number(item.value, decimals: 2), .init(item.note),
            ])
        }
        return table
    }
}
