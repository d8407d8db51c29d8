import GeoGrid

/// 网格数: how many grids each new community is to have, the locked ones among them.
struct GridCounts {
    private(set) var byCommunity: [Int] = []
    private(set) var findings: [Finding] = []
    /// Locked grids of each community, and what lies outside them: units, load, households.
    private let locked: [Int]
    private var units: [Int]
    private var loads: [Double]
    private var households: [Double]

    /// `ofGrid` and `ofUnit` name the new community of each old grid, −1 for none, and of each unit; `isHeld` says which
    /// units lie in locked grids. O(units + grids log communities).
    init(
        _ count: TownRedraw.Count, communities: Int, ofGrid: [Int], ofUnit: [Int], isLocked: [Bool], isHeld: [Bool],
        workload: Workload
    ) {
        var olds = [Int](repeating: 0, count: communities)
        var locked = olds
        for (grid, community) in ofGrid.enumerated() where community >= 0 {
            olds[community] += 1
            if isLocked[grid] { locked[community] += 1 }
        }
        self.locked = locked
        units = [Int](repeating: 0, count: communities)
        loads = [Double](repeating: 0, count: communities)
        households = loads
        for (unit, community) in ofUnit.enumerated() where !isHeld[unit] {
            units[community] += 1
            loads[community] += Double(workload.doors[unit])
            households[community] += Double(workload.counts[unit].households)
        }
        let open = (0..<communities).filter { units[$0] > 0 || locked[$0] == 0 }
        var free = [Int](repeating: 0, count: communities)
        switch count {
        case .keep: for c in open { free[c] = max(1, olds[c] - locked[c]) }
        case .total(let total):
            let held = locked.reduce(0, +)
            let least = open.count + held
            if total < least {
                let locks = held == 0 ? Text(zh: "", en: "") : Text(zh: "、锁定 \(held) 个", en: " and \(held) locked")
                findings.append(
                    Finding(
                        .tooFewGrids, .warning,
                        Text(
                            zh: "要求共 \(total) 个网格，少于至少要有的 \(least) 个（每个社区一个\(locks.zh)），按 \(least) 个划",
                            en:
                                "\(total) grids are asked for, fewer than the least of \(least) (one for each community\(locks.en)); \(least) are drawn"
                        ), remedy: Text(zh: "增加网格数，或解除锁定", en: "ask for more grids, or drop locks")))
            }
            let most = open.reduce(held) { $0 + units[$1] }
            if total > max(least, most) {
                findings.append(
                    Finding(
                        .tooManyGrids, .warning,
                        Text(
                            zh: "要求共 \(total) 个网格，未锁定的单元只够 \(max(least, most)) 个，按此数划",
                            en:
                                "\(total) grids are asked for, and there are units for \(max(least, most)) only; so many are drawn"
                        ), remedy: Text(zh: "减少网格数，或用 --split", en: "ask for fewer grids, or use --split")))
            }
            if !open.isEmpty {
                let shared = RedrawProblem.apportion(
                    districts: min(max(total, least), max(least, most)) - held, loads: open.map { loads[$0] })
                for (c, number) in zip(open, shared) { free[c] = min(number, max(1, units[c])) }
            }
        case .households(let limits), .limits(let limits):
            for c in open { free[c] = RedrawProblem.count(total: households[c], limits: limits) }
        }
        byCommunity = (0..<communities).map { locked[$0] + free[$0] }
    }

    /// The load that a grid of the community should bear, locked ones left out; without end where none is drawn.
    func share(_ community: Int) -> Double {
        let free = byCommunity[community] - locked[community]
        return free > 0 ? loads[community] / Double(free) : .infinity
    }

    /// No grid is drawn where there is no unit for it. `communities` names that of each unit outside locked grids.
    mutating func limit(toUnits communities: [Int?]) {
        var room = [Int](repeating: 0, count: byCommunity.count)
        for case let community? in communities { room[community] += 1 }
        for c in byCommunity.indices {
            byCommunity[c] = min(byCommunity[c], max(locked[c] == 0 ? 1 : 0, room[c]) + locked[c])
        }
    }
}

extension IssueCode {
    static let tooFewGrids = IssueCode("GG415")
    static let tooManyGrids = IssueCode("GG417")
}
