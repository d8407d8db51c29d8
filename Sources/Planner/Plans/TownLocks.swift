import GeoGrid

/// 锁定: which grids and units a redrawing leaves as they are, from codes of any level.
struct TownLocks {
    /// Grids that keep exactly their units, by position.
    private(set) var grids: [Bool]
    /// Lowest units that stay in their grid, by position.
    private(set) var units: [Bool]
    /// Lowest units of the locked grids.
    private(set) var isInLockedGrid: [Bool]
    private(set) var findings: [Finding] = []

    /// Looks each code up among grids, then microgrids, then communities. What cannot be locked becomes a finding, and
    /// the rest holds. `homes` is the grid of each lowest unit. O(units + codes · grids).
    init(_ codes: [String], in town: Town, homes: [Int], communities: MergerTable.Resolved) {
        grids = [Bool](repeating: false, count: town.grids.count)
        units = [Bool](repeating: false, count: homes.count)
        isInLockedGrid = units
        guard !codes.isEmpty else { return }
        let gridIndex = town.grids.indexByCode()
        let unitIndex = town.lowestUnits.indexByCode()
        let communityIndex = town.communities.indexByCode()
        for code in codes {
            if let grid = gridIndex[code] {
                lock(grid, code, communities)
            } else if let unit = unitIndex[code] {
                units[unit] = homes[unit] >= 0
                if homes[unit] < 0 {
                    add(
                        .redrawPins, code,
                        Text(
                            zh: "微网格 \(code) 没有所属网格，无从锁定", en: "microgrid \(code) lies in no grid it could stay in"),
                        Text(zh: "先补上它的所属网格", en: "give it a grid first"))
                }
            } else if communityIndex[code] != nil {
                let own = town.grids.codes.indices.filter { town.grids.parentCodes[$0] == code }
                for grid in own { lock(grid, code, communities) }
                warnOfSplit(code, own, communities)
            } else {
                add(
                    .redrawReference, code,
                    Text(
                        zh: "没有编码为“\(code)”的网格、微网格或社区，此项锁定不用",
                        en: "no grid, microgrid or community has the code “\(code)”; the lock is left out"),
                    Text(zh: "用 geogrid export 核对编码", en: "check the codes, for example by geogrid export"))
            }
        }
        isInLockedGrid = homes.map { $0 >= 0 && grids[$0] }
    }

    /// Whether a heavy unit is not to be split.
    func keepsWhole(_ unit: Int) -> Bool { units[unit] || isInLockedGrid[unit] }

    private mutating func lock(_ grid: Int, _ code: String, _ communities: MergerTable.Resolved) {
        grids[grid] = communities.ofGrid[grid] >= 0
        if communities.ofGrid[grid] < 0 {
            add(
                .redrawPins, code,
                Text(zh: "锁定的网格没有所属社区，此项锁定不用", en: "the locked grid has no community; the lock is left out"),
                Text(zh: "先补上它的所属社区", en: "give it a community first"))
        }
    }

    private mutating func warnOfSplit(_ code: String, _ own: [Int], _ communities: MergerTable.Resolved) {
        let targets = Set(own.map { communities.ofGrid[$0] }.filter { $0 >= 0 }).sorted()
        if targets.count > 1 {
            let names = targets.map { communities.codes[$0] }
            add(
                .redrawPins, code,
                Text(
                    zh: "社区 \(code) 已锁定，合并对照表却把它分到 \(names.joined(separator: "、"))；其网格不动，分属各新社区",
                    en:
                        "community \(code) is locked, yet the merger table parts it among \(names.joined(separator: ", ")); its grids stay, in different communities"
                ), Text(zh: "解除锁定，或改对照表", en: "drop the lock, or change the table"))
        } else if own.isEmpty {
            add(
                .redrawReference, code,
                Text(zh: "社区 \(code) 没有网格可锁定", en: "community \(code) has no grid to lock"),
                Text(zh: "核对编码", en: "check the code"))
        }
    }

    private mutating func add(_ code: IssueCode, _ id: String, _ message: Text, _ remedy: Text) {
        findings.append(Finding(code, .error, at: Place(id: id), message, remedy: remedy))
    }
}
