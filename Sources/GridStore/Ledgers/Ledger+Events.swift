public import GeoGrid

extension Ledger {
    /// 事件清单: each event with its units and the people who answer for its grid and microgrid.
    ///
    /// - Parameters:
    ///   - showsNames: whether subject and address are shown.
    ///   - onlyOpen: leaves out what is closed on the day.
    public func eventTable(_ roster: Roster, showsNames: Bool, onlyOpen: Bool = false) -> SheetTable {
        let leads = roster.leads
        var columns = [
            "社区", "网格", "编号", "类型", "日期", "状态", "天数", "网格负责人", "电话", "微网格", "微网格负责人",
        ]
        if showsNames { columns += ["事由", "地址"] }
        return SheetTable(
            name: "事件", columns: columns,
            rows: items.filter { !onlyOpen || isOpen($0) }.map { item in
                let grid = unit(item, at: .grid)
                let microgrid = unit(item, at: .microgrid)
                let lead = grid.flatMap { leads[$0] }
                let end = isOpen(item) ? day : item.closed ?? day
                var cells: [SheetTable.Cell] = [
                    .init(unit(item, at: .community).map { units.name(.community, $0) }),
                    .init(grid.map { units.name(.grid, $0) }), .text(item.id), .init(title(ofKind: item.kind)),
                    .init(item.opened), .text(isOpen(item) ? "未办结" : "已办结"),
                    item.opened.map { .integer(end.number - $0.number) } ?? .empty,
                    .init(lead?.name ?? (grid == nil ? "未归属" : "（空缺）")), .init(lead?.phone),
                    .init(microgrid.map { units.name(.microgrid, $0) }), .init(microgrid.flatMap { leads[$0]?.name }),
                ]
                if showsNames { cells += [.init(item.name), .init(item.address)] }
                return cells
            })
    }

    /// 重复地点: addresses with at least `least` events, most first. Variants of an address count together.
    public func repeatPlaces(least: Int = 3) -> [(address: String, items: [Item])] {
        let parser = AddressParser()
        var places: [String: [Item]] = [:]
        for item in items where !item.address.isEmpty {
            places[parser.parse(item.address).canonical, default: []].append(item)
        }
        return places.filter { $0.value.count >= least }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { ($0.key, $0.value) }
    }

    public func repeatTable(least: Int) -> SheetTable {
        SheetTable(
            name: "重复地点", columns: ["社区", "网格", "地址", "件数", "未办结", "事由"],
            rows: repeatPlaces(least: least).map { place in
                let first = place.items[0]
                return [
                    .init(unit(first, at: .community).map { units.name(.community, $0) }),
                    .init(unit(first, at: .grid).map { units.name(.grid, $0) }), .text(place.address),
                    .integer(place.items.count), .integer(place.items.count(where: isOpen)),
                    .init(place.items.map(\.name).joined(separator: "、")),
                ]
            })
    }

    /// 热度: a row a unit: items, open ones, and items per 1,000 households, hottest first.
    public func heat(by level: Level, households: [String: Int]) -> SheetTable {
        var groups: [String: [Item]] = [:]
        for item in items { groups[unit(item, at: level) ?? "", default: []].append(item) }
        let rows = groups.map { code, own -> (rate: Double, code: String, own: [Item]) in
            let homes = households[code] ?? 0
            return (homes > 0 ? Double(own.count) * 1000 / Double(homes) : 0, code, own)
        }.sorted { ($1.rate, $0.code) < ($0.rate, $1.code) }
        return SheetTable(
            name: "热度", columns: ["编码", "名称", "件数", "未办结", "户数", "每千户"],
            rows: rows.map { row in
                [
                    .init(row.code), .text(row.code.isEmpty ? "未归属" : units.name(level, row.code)),
                    .integer(row.own.count), .integer(row.own.count(where: isOpen)),
                    .integer(households[row.code] ?? 0),
                    .number(row.rate, decimals: 1),
                ]
            })
    }
}
