import GeoGrid

/// The problem taken apart: what hangs together and shares its grids, contracted and numbered for the search.
///
/// Groups become one unit; units of locked grids are set aside; each community, and in it each part cut off from the
/// rest, is solved on its own. A part too light for a grid of its own is tied to the nearest unit beyond by an assumed
/// bridge, and that is said.
struct RedrawPieces {
    /// One piece: what the search sees, and what its numbers mean outside.
    struct Piece: Sendable {
        var core: CoreProblem
        /// Members of each contracted unit.
        var units: [[Int]]
        /// Number of each of its grids in the whole.
        var districts: [Int]
    }

    private(set) var pieces: [Piece] = []
    private(set) var findings: [Finding] = []
    private(set) var assumed: [RedrawProblem.Bridge] = []
    /// Labels already settled: the units of locked grids.
    private(set) var labels: [Int]
    /// Search steps a metre of border.
    private(set) var costScale = 1.0

    private let problem: RedrawProblem
    private let audit: RedrawAudit
    private let shares: [[Double]]
    /// First member of each unit's group.
    private var leader: [Int]
    private var links: [[(to: Int, border: Double, cost: Double)]] = []

    init(_ problem: RedrawProblem, _ audit: RedrawAudit) {
        self.problem = problem
        self.audit = audit
        shares = PlanCheck.shares(audit.counted)
        labels = [Int](repeating: -1, count: problem.count)
        leader = Array(0..<problem.count)
        for group in audit.groups { for unit in group { join(unit, group[0]) } }
        for unit in 0..<problem.count { leader[unit] = find(unit) }
        lock()
        link()
        let communities = (problem.districts.map(\.community).max() ?? 0) + 1
        for community in 0..<communities { takeApart(community) }
    }

    private mutating func find(_ unit: Int) -> Int {
        var at = unit
        while leader[at] != at {
            leader[at] = leader[leader[at]]
            at = leader[at]
        }
        return at
    }

    private mutating func join(_ a: Int, _ b: Int) {
        let (x, y) = (find(a), find(b))
        leader[max(x, y)] = min(x, y)
    }

    private mutating func lock() {
        for unit in problem.old.indices {
            let grid = problem.old[unit]
            if problem.districts.indices.contains(grid), problem.districts[grid].locked { labels[unit] = grid }
        }
    }

    /// Adjacency of units with the price of a border between them.
    private mutating func link() {
        var factors: [RedrawProblem.Bridge: Double?] = [:]
        for barrier in audit.barriers {
            factors[.init(a: min(barrier.a, barrier.b), b: max(barrier.a, barrier.b))] = .some(barrier.factor)
        }
        links = [[(to: Int, border: Double, cost: Double)]](repeating: [], count: problem.count)
        var longest = 0.0
        for a in 0..<problem.count {
            for e in problem.adjacency.row(a) where problem.adjacency.borders[e] > 0 {
                let b = problem.adjacency.neighbours[e]
                let border = problem.adjacency.borders[e]
                guard let found = factors[.init(a: min(a, b), b: max(a, b))] else {
                    links[a].append((b, border, border))
                    longest = max(longest, border)
                    continue
                }
                if let factor = found { links[a].append((b, border, border * factor)) }
                longest = max(longest, border)
            }
        }
        for bridge in audit.bridges {
            links[bridge.a].append((bridge.b, 0, 0))
            links[bridge.b].append((bridge.a, 0, 0))
        }
        let wholes = problem.adjacency.borders.allSatisfy { $0 == $0.rounded() }
        costScale = wholes ? 1 : 1000
        while longest * costScale > 1e8 { costScale /= 10 }
    }

    private mutating func takeApart(_ community: Int) {
        let grids = problem.districts.indices.filter {
            problem.districts[$0].community == community && !problem.districts[$0].locked
        }
        let members = (0..<problem.count).filter { problem.community($0) == community && labels[$0] < 0 }
        guard !members.isEmpty, !grids.isEmpty else { return }
        var parts = components(members)
        if parts.count > 1 { parts = tieLightParts(parts, grids: grids) }
        if parts.count > 1 {
            findings.append(
                Finding(
                    .redrawDisconnected, .warning,
                    Text(
                        zh: "有一片区域分成互不相连的 \(parts.count) 块，各块单独划格",
                        en: "an area lies in \(parts.count) parts that do not touch; each is drawn on its own"),
                    remedy: Text(zh: "如有桥梁或道路相通，用桥接声明", en: "declare bridges where people can cross")))
        }
        share(parts, grids: grids)
    }

    /// Connected parts of a list of units, in order of their first unit.
    private func components(_ members: [Int]) -> [[Int]] {
        var inside = [Bool](repeating: false, count: problem.count)
        for unit in members { inside[unit] = true }
        var group = [Int: [Int]]()
        for unit in members { group[leader[unit], default: []].append(unit) }
        var parts: [[Int]] = []
        for first in members where inside[first] {
            var part = [first]
            inside[first] = false
            var head = 0
            while head < part.count {
                let unit = part[head]
                head += 1
                for other in links[unit].map(\.to) + (group[leader[unit]] ?? []) where inside[other] {
                    inside[other] = false
                    part.append(other)
                }
            }
            parts.append(part.sorted())
        }
        return parts
    }

    private func load(_ part: [Int]) -> Double { part.reduce(0) { $0 + audit.loads[0][$1] } }

    /// Ties parts that could not fill half a grid, lightest first, to the nearest unit of another part.
    private mutating func tieLightParts(_ parts: [[Int]], grids: [Int]) -> [[Int]] {
        var parts = parts
        let share = parts.reduce(0) { $0 + load($1) } / Double(grids.count)
        while parts.count > 1 {
            let lightest = parts.indices.min { (load(parts[$0]), $0) < (load(parts[$1]), $1) } ?? 0
            guard load(parts[lightest]) < share / 2 || parts.count > grids.count else { break }
            let (a, b, gap) = nearest(parts, lightest)
            assumed.append(.init(a: a, b: b))
            links[a].append((b, 0, 0))
            links[b].append((a, 0, 0))
            let metres =
                gap.map { Text(zh: "（相距约 \(Int($0)) 米）", en: " (about \(Int($0)) m away)") } ?? Text(zh: "", en: "")
            findings.append(
                Finding(
                    .redrawDisconnected, .warning, at: Place(id: problem.ids[a]),
                    Text(
                        zh:
                            "单元 \(problem.ids[a]) 所在的 \(parts[lightest].count) 个单元与外界不相邻、又不足以单独成格，视为与单元 \(problem.ids[b]) 相连\(metres.zh)",
                        en:
                            "the \(parts[lightest].count) units around \(problem.ids[a]) touch no other and are too few for a grid; they are taken to hang on unit \(problem.ids[b])\(metres.en)"
                    ),
                    remedy: Text(zh: "如应连到别处，用桥接声明", en: "declare a bridge if they belong elsewhere")))
            guard let host = parts.firstIndex(where: { $0.contains(b) }) else { break }
            parts[host] = (parts[host] + parts[lightest]).sorted()
            parts.remove(at: lightest)
        }
        return parts
    }

    private func nearest(_ parts: [[Int]], _ island: Int) -> (Int, Int, Double?) {
        guard problem.centres.count == problem.count else {
            let other = parts[island == 0 ? 1 : 0]
            return (parts[island][0], other[0], nil)
        }
        var best = (parts[island][0], -1, Double.infinity)
        for a in parts[island] {
            for p in parts.indices where p != island {
                for b in parts[p] {
                    let gap = problem.centres[a].distance(to: problem.centres[b])
                    if gap < best.2 { best = (a, b, gap) }
                }
            }
        }
        return (best.0, best.1, best.2)
    }

    /// Shares the grids of a community among its parts and builds each piece.
    private mutating func share(_ parts: [[Int]], grids: [Int]) {
        var partOf = [Int](repeating: -1, count: problem.count)
        for (p, part) in parts.enumerated() { for unit in part { partOf[unit] = p } }
        // What ties a grid to a part: a pin first, then where most of its old load lies.
        var pinnedPart = [Int](repeating: -1, count: problem.districts.count)
        for pin in audit.pins where partOf[pin.unit] >= 0 && pinnedPart[pin.district] < 0 {
            pinnedPart[pin.district] = partOf[pin.unit]
        }
        var oldLoad = [[Double]](
            repeating: [Double](repeating: 0, count: parts.count), count: problem.districts.count)
        for unit in problem.old.indices where partOf[unit] >= 0 && problem.districts.indices.contains(problem.old[unit])
        {
            oldLoad[problem.old[unit]][partOf[unit]] += audit.loads[0][unit] + 1e-9
        }
        let sizes = parts.map { part in Set(part.map { leader[$0] }).count }
        var counts = RedrawProblem.apportion(districts: max(grids.count, parts.count), loads: parts.map(load))
        for p in parts.indices { counts[p] = min(max(counts[p], grids.filter { pinnedPart[$0] == p }.count), sizes[p]) }
        var chosen = [[Int]](repeating: [], count: parts.count)
        var free = grids
        func take(_ rank: (Int, Int) -> Double?) {
            for p in parts.indices {
                let wanted = free.compactMap { grid in rank(grid, p).map { (grid, $0) } }
                    .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
                for (grid, _) in wanted where chosen[p].count < counts[p] {
                    chosen[p].append(grid)
                    free.removeAll { $0 == grid }
                }
            }
        }
        take { grid, p in pinnedPart[grid] == p ? 1 : nil }
        take { grid, p in
            oldLoad[grid][p] > 0 && oldLoad[grid].max() == oldLoad[grid][p] && pinnedPart[grid] < 0
                ? oldLoad[grid][p] : nil
        }
        take { grid, _ in pinnedPart[grid] < 0 ? 0 : nil }
        for (p, part) in parts.enumerated() where !chosen[p].isEmpty { build(part, districts: chosen[p].sorted()) }
    }

    private mutating func build(_ part: [Int], districts: [Int]) {
        // Contracted units, then in an order that keeps neighbours near one another in memory.
        var members: [[Int]] = []
        var number = [Int](repeating: -1, count: problem.count)
        var ofGroup = number
        for unit in part {
            let group = leader[unit]
            if ofGroup[group] < 0 {
                ofGroup[group] = members.count
                members.append([])
            }
            number[unit] = ofGroup[group]
            members[number[unit]].append(unit)
        }
        var pairs: [(a: Int, b: Int, border: Double)] = []
        for unit in part {
            for link in links[unit] where unit < link.to && number[link.to] >= 0 && number[unit] != number[link.to] {
                pairs.append((number[unit], number[link.to], link.cost))
            }
        }
        var adjacency = Adjacency(count: members.count, pairs: pairs)
        let order = LocalOrder.order(adjacency)
        adjacency = adjacency.renumbered(order)
        members = order.map { members[$0] }
        for (i, together) in members.enumerated() { for unit in together { number[unit] = i } }
        let community = problem.districts[districts[0]].community
        let sisters = problem.districts.indices.filter {
            problem.districts[$0].community == community && !problem.districts[$0].locked
        }
        let integers = IntegerLoads(problem: problem, audit: audit, shares: shares, part: part, districts: districts)
        var loads: [Int64] = []
        var residents: [Int64] = []
        var old: [Int32] = []
        var fixed = [Int32](repeating: -1, count: members.count)
        var local = [Int: Int32]()
        for (i, district) in districts.enumerated() { local[district] = Int32(i) }
        for together in members {
            for c in audit.loads.indices { loads.append(together.reduce(0) { $0 + integers.load($1, c) }) }
            var homes: [(grid: Int32, people: Double)] = []
            for unit in together where !problem.old.isEmpty {
                guard let home = local[problem.old[unit]] else { continue }
                if let at = homes.firstIndex(where: { $0.grid == home }) {
                    homes[at].people += problem.residents(unit)
                } else {
                    homes.append((home, problem.residents(unit)))
                }
            }
            let home = homes.max { ($0.people, -$0.grid) < ($1.people, -$1.grid) }
            old.append(home?.grid ?? -1)
            residents.append(Int64(((home?.people ?? 0) * 1000).rounded()))
        }
        for pin in audit.pins {
            if number[pin.unit] >= 0, let district = local[pin.district] { fixed[number[pin.unit]] = district }
        }
        let core = CoreProblem(
            districts: districts.count, criteria: audit.loads.count,
            offsets: adjacency.offsets.map { Int32($0) }, neighbours: adjacency.neighbours.map { Int32($0) },
            costs: adjacency.borders.map { Int32(($0 * costScale).rounded()) }, loads: loads,
            shares: integers.shares(shares, of: sisters), target: integers.target, lower: integers.lower,
            upper: integers.upper,
            residents: residents, old: old,
            fixed: fixed, moveCost: problem.moveWeight * costScale / 1000, sites: sites(members))
        pieces.append(Piece(core: core, units: members, districts: districts))
    }

    /// Where contracted units lie: the middle of their members by area.
    private func sites(_ members: [[Int]]) -> [CoreProblem.Site] {
        guard problem.centres.count == problem.count, problem.areas.count == problem.count else { return [] }
        return members.map { together in
            var site = CoreProblem.Site(middle: PlanarPoint(x: 0, y: 0), area: 0)
            for unit in together {
                let area = max(problem.areas[unit], 1e-9)
                site.middle.x += problem.centres[unit].x * area
                site.middle.y += problem.centres[unit].y * area
                site.area += area
            }
            site.middle.x /= site.area
            site.middle.y /= site.area
            return site
        }
    }
}
