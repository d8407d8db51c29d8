public import GeoGrid

/// 合并对照表: which new community each old one becomes, grid by grid where an old one is split.
public struct MergerTable: Sendable {
    public struct Row: Hashable, Sendable {
        public var oldCode: String
        /// 网格编码 where only that grid goes to the new community; else empty.
        public var gridCode: String
        /// Empty where the community is only named: it then gets a code.
        public var newCode: String
        public var newName: String

        public init(oldCode: String, gridCode: String = "", newCode: String, newName: String) {
            self.oldCode = oldCode
            self.gridCode = gridCode
            self.newCode = newCode
            self.newName = newName
        }
    }

    public var rows: [Row]

    public init(rows: [Row]) {
        self.rows = rows
    }

    /// 新社区, in order of their codes, and the new community of every grid of the town.
    public struct Resolved: Sendable {
        public var codes: [String] = []
        public var names: [String] = []
        /// Position of each grid's new community, in the order of the grid layer; −1 where it has none.
        public var ofGrid: [Int] = []
        public var findings: [Finding] = []
    }

    /// Applies the table to a town. Communities it does not name stay as they are, with a warning. `used` are codes of
    /// communities at any time, which no new one gets. O(rows + grids).
    public func resolved(in town: Town, used: Set<String> = []) -> Resolved {
        var resolved = Resolved()
        let (rows, notes) = coded(in: town, used: used)
        resolved.findings = notes
        func report(_ severity: Finding.Severity, _ row: Int, _ id: String, _ message: Text, _ remedy: Text) {
            resolved.findings.append(
                Finding(.mergerTable, severity, at: Place(record: row + 1, id: id), message, remedy: remedy))
        }
        let communities = town.communities.indexByCode()
        let grids = town.grids.indexByCode()
        var whole: [String: Int] = [:]
        var single: [String: Int] = [:]
        for (i, row) in rows.enumerated() {
            if communities[row.oldCode] == nil {
                report(
                    .error, i, row.oldCode,
                    Text(
                        zh: "没有编码为“\(row.oldCode)”的旧社区，此行不用",
                        en: "no community has the code “\(row.oldCode)”; the row is left out"),
                    Text(zh: "用 geogrid info 核对编码", en: "check the codes of the town"))
            } else if row.newCode.isEmpty {
                report(
                    .error, i, row.oldCode,
                    Text(
                        zh: "新社区没有编码也没有名称，此行不用",
                        en: "the new community has neither code nor name; the row is left out"),
                    Text(zh: "填上新编码或新名称", en: "give a new code or a new name"))
            } else if !row.gridCode.isEmpty {
                guard let grid = grids[row.gridCode], town.grids.parentCodes[grid] == row.oldCode else {
                    report(
                        .error, i, row.gridCode,
                        Text(
                            zh: "旧社区 \(row.oldCode) 没有网格“\(row.gridCode)”，此行不用",
                            en: "community \(row.oldCode) has no grid “\(row.gridCode)”; the row is left out"),
                        Text(zh: "核对网格编码", en: "check the grid's code"))
                    continue
                }
                if let other = single[row.gridCode], rows[other].newCode != row.newCode {
                    doubled(i, row.gridCode, report)
                } else {
                    single[row.gridCode] = i
                }
            } else if let other = whole[row.oldCode], rows[other].newCode != row.newCode {
                doubled(i, row.oldCode, report)
            } else {
                whole[row.oldCode] = i
            }
        }
        var target = [String](repeating: "", count: town.grids.count)
        var names: [String: String] = [:]
        var unnamed = Set<String>()
        for (g, code) in town.grids.codes.enumerated() {
            let old = town.grids.parentCodes[g]
            if let i = single[code] ?? whole[old] {
                target[g] = rows[i].newCode
                if names[rows[i].newCode] == nil { names[rows[i].newCode] = rows[i].newName }
            } else if let c = communities[old] {
                target[g] = old
                names[old] = town.communities.names[c]
                unnamed.insert(old)
            }
        }
        for old in unnamed.sorted() {
            report(
                .warning, rows.count, old,
                Text(zh: "社区 \(old) 不在对照表中，保持不变", en: "community \(old) is not in the table and stays as it is"),
                Text(zh: "如应合并，补一行", en: "add a row if it is to be merged"))
        }
        for row in rows where communities[row.newCode] != nil && row.newCode != row.oldCode {
            // A code taken over from a community that itself goes elsewhere: old and new could not be told apart.
            guard let i = whole[row.newCode], rows[i].newCode != row.newCode else { continue }
            report(
                .error, i, row.newCode,
                Text(
                    zh: "编码 \(row.newCode) 既是要并走的旧社区，又是新社区：新旧互换，无法对照",
                    en:
                        "\(row.newCode) is both an old community that goes elsewhere and a new one: old and new are crossed"
                ),
                Text(zh: "给新社区用新编码（如从 601 起）", en: "give the new community a new code, from 601 on"))
        }
        resolved.codes = Set(target).filter { !$0.isEmpty }.sorted()
        resolved.names = resolved.codes.map { names[$0] ?? "" }
        let position = Dictionary(zip(resolved.codes, resolved.codes.indices), uniquingKeysWith: { a, _ in a })
        resolved.ofGrid = target.map { position[$0] ?? -1 }
        return resolved
    }

    private func doubled(
        _ row: Int, _ id: String, _ report: (Finding.Severity, Int, String, Text, Text) -> Void
    ) {
        report(
            .error, row, id,
            Text(zh: "“\(id)”被分给两个新社区，按先出现的办理", en: "“\(id)” is given to two new communities; the first one holds"),
            Text(zh: "去掉多余的一行；要拆分，请逐网格列出", en: "drop one row; to split a community, name its grids"))
    }
}

extension IssueCode {
    static let mergerTable = IssueCode("GG411")
    static let unplacedUnits = IssueCode("GG412")
}
