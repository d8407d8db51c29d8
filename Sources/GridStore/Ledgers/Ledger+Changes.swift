public import GeoGrid

extension Ledger {
    /// 变动: one object that is not what it was.
    public struct Change: Hashable, Sendable {
        public enum Action: String, Sendable {
            case new, ended, changed, opened, closed

            public var title: Text {
                switch self {
                case .new: Text(zh: "新增", en: "new")
                case .ended: Text(zh: "退出", en: "ended")
                case .changed: Text(zh: "变更", en: "changed")
                case .opened: Text(zh: "发现", en: "opened")
                case .closed: Text(zh: "办结", en: "closed")
                }
            }
        }
        public var action: Action
        public var before: Item?
        public var after: Item?
    }

    /// What happened between the day of `before` and that of this ledger, in the order of identifiers.
    ///
    /// Every object of either ledger is unchanged or in exactly one change.
    public func changes(since before: Ledger) -> [Change] {
        let old = Dictionary(before.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return Set(old.keys).union(new.keys).sorted().compactMap { id in
            switch (old[id], new[id]) {
            case (nil, let after?): return Change(action: .new, before: nil, after: after)
            case (let then?, nil): return Change(action: .ended, before: then, after: nil)
            case (let then?, let after?):
                let wasThere = then.opened.map { $0 <= before.day } ?? true
                let isThere = after.opened.map { $0 <= day } ?? true
                if !wasThere && isThere { return Change(action: .opened, before: then, after: after) }
                if before.isOpen(then) && !isOpen(after) { return Change(action: .closed, before: then, after: after) }
                return then == after ? nil : Change(action: .changed, before: then, after: after)
            case (nil, nil): return nil
            }
        }
    }

    public func table(of changes: [Change]) -> SheetTable {
        SheetTable(
            name: "变动", columns: ["社区", "网格", "编号", "类型", "变动", "原颜色", "现颜色", "原单元", "现单元"],
            rows: changes.map { change in
                let item = change.after ?? change.before ?? Item(id: "")
                return [
                    .init(unit(item, at: .community).map { units.name(.community, $0) }),
                    .init(unit(item, at: .grid).map { units.name(.grid, $0) }), .text(item.id),
                    .init(title(ofKind: item.kind)),
                    .text(change.action.title.zh), .init(change.before?.colour.map(meaning)),
                    .init(change.after?.colour.map(meaning)), .init(change.before?.unit), .init(change.after?.unit),
                ]
            })
    }
}
