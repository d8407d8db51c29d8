import GeoGrid

extension MergerTable {
    /// 补编码: the rows with a code for every new community that is only named, and a note for each code given.
    ///
    /// Rows with one new name form one community. One that is a whole old community under another name, and nothing
    /// else, keeps its code; where another row gives the name a code, that one holds; else it gets the next free code
    /// from 601 on, in order of first appearance. `used` are codes of communities at any time. O(rows + grids).
    func coded(in town: Town, used: Set<String>) -> (rows: [Row], notes: [Finding]) {
        let communities = town.communities.indexByCode()
        var stated: [String: String] = [:]
        var claimed: [String: Set<String>] = [:]
        for row in rows where !row.newCode.isEmpty {
            if !row.newName.isEmpty, stated[row.newName] == nil { stated[row.newName] = row.newCode }
            claimed[row.newCode, default: []].insert(row.oldCode)
        }
        let holding = holdingRows(in: town)
        // Rows that hold before rows that are passed over, so that the latter take no code before the former.
        let blank = rows.indices.filter {
            rows[$0].newCode.isEmpty && !rows[$0].newName.isEmpty && communities[rows[$0].oldCode] != nil
        }
        var taken = used.union(town.communities.codes).union(claimed.keys)
        var given: [String: String] = [:]
        var notes: [Finding] = []
        for i in blank.filter(holding.contains) + blank.filter({ !holding.contains($0) }) {
            let name = rows[i].newName
            guard stated[name] == nil, given[name] == nil else { continue }
            let kept = renamed(name, holding, in: town).flatMap { claimed[$0] == nil ? $0 : nil }
            let code = kept ?? Self.nextCode(town, &taken)
            given[name] = code
            guard holding.contains(i) else { continue }
            let message =
                if kept == nil {
                    Text(zh: "新社区“\(name)”编码为 \(code)", en: "the new community “\(name)” gets the code \(code)")
                } else if communities[code].map({ town.communities.names[$0] == name }) ?? false {
                    Text(
                        zh: "社区“\(name)”不变，沿用编码 \(code)", en: "the community “\(name)” stays and keeps the code \(code)"
                    )
                } else {
                    Text(
                        zh: "社区“\(name)”只是改名，沿用编码 \(code)",
                        en: "the community “\(name)” is only renamed and keeps the code \(code)")
                }
            notes.append(
                Finding(
                    .communityCode, .note, at: Place(record: i + 1, id: code), message,
                    remedy: Text(zh: "要用别的编码，填在 new_code 列", en: "to use another, write it in the column new_code")))
        }
        // A name that another community of the town has: perhaps it was meant to join that one.
        for i in blank where given[rows[i].newName] != nil {
            guard let twin = town.communities.names.firstIndex(of: rows[i].newName) else { continue }
            let code = town.communities.codes[twin]
            guard code != given[rows[i].newName], !rows.contains(where: { $0.oldCode == code }) else { continue }
            notes.append(
                Finding(
                    .mergerTable, .warning, at: Place(record: i + 1, id: rows[i].oldCode),
                    Text(
                        zh: "“\(rows[i].newName)”也是现有社区 \(code) 的名称，该社区不在对照表中，两者仍分开",
                        en:
                            "“\(rows[i].newName)” is also the name of the community \(code), which is not in the table; the two stay apart"
                    ),
                    remedy: Text(
                        zh: "如要并入，在 new_code 列填 \(code)", en: "to join it, write \(code) in the column new_code")))
        }
        var coded = rows
        for i in blank { coded[i].newCode = stated[rows[i].newName] ?? given[rows[i].newName] ?? "" }
        return (coded, notes)
    }

    /// Rows that say where a community or grid goes: the first of each.
    private func holdingRows(in town: Town) -> Set<Int> {
        let grids = town.grids.indexByCode()
        var seen = Set<String>()
        var holding = Set<Int>()
        for (i, row) in rows.enumerated() {
            let isGrid = grids[row.gridCode].map { town.grids.parentCodes[$0] == row.oldCode } ?? false
            guard row.gridCode.isEmpty || isGrid else { continue }
            let key = row.gridCode.isEmpty ? "=" + row.oldCode : row.gridCode
            if seen.insert(key).inserted { holding.insert(i) }
        }
        return holding
    }

    /// The old community that a new name alone stands for, and all of whose grids it takes.
    private func renamed(_ name: String, _ holding: Set<Int>, in town: Town) -> String? {
        let own = holding.sorted().map { rows[$0] }.filter { $0.newName == name }
        guard let old = own.first?.oldCode, own.allSatisfy({ $0.oldCode == old && $0.newCode.isEmpty }) else {
            return nil
        }
        let elsewhere = holding.contains { rows[$0].oldCode == old && rows[$0].newName != name }
        let single = Set(own.map(\.gridCode))
        let all = town.grids.codes.indices.filter { town.grids.parentCodes[$0] == old }
        let isWhole = single.contains("") || all.allSatisfy { single.contains(town.grids.codes[$0]) }
        return isWhole && !elsewhere ? old : nil
    }

    private static func nextCode(_ town: Town, _ taken: inout Set<String>) -> String {
        var number = 601
        while taken.contains(town.code + String(number)) { number += 1 }
        let code = town.code + String(number)
        taken.insert(code)
        return code
    }
}

extension IssueCode {
    static let communityCode = IssueCode("GG414")
}
