import GeoGrid

extension TownRedraw {
    /// Which old grids go on in each new community, and which are dissolved or drawn anew.
    mutating func chooseGrids(_ resolved: MergerTable.Resolved, _ wanted: [Int], _ locks: TownLocks) {
        let count = communityCodes.count
        var olds = [[Int]](repeating: [], count: count)
        for g in resolved.ofGrid.indices where resolved.ofGrid[g] >= 0 { olds[resolved.ofGrid[g]].append(g) }
        successor = [Int](repeating: -1, count: town.grids.count)
        // Locked grids come first, then those that hold locked units.
        var rank = locks.grids.map { $0 ? 0 : 2 }
        for (unit, origin) in pieces.origin.enumerated() where locks.units[origin] && oldGrid[unit] >= 0 {
            rank[oldGrid[unit]] = min(rank[oldGrid[unit]], 1)
        }
        for c in 0..<count {
            // The heaviest old grids go on; the lightest are dissolved where there are too many.
            let stays = olds[c].sorted { (rank[$0], -oldLoads[$0], $0) < (rank[$1], -oldLoads[$1], $1) }
                .prefix(wanted[c]).sorted()
            for g in stays {
                successor[g] = problem.districts.count
                problem.districts.append(
                    .init(community: c, capacity: capacity(ofGrid: g), locked: locks.grids[g]))
                origin.append(g)
            }
            for _ in stays.count..<max(stays.count, wanted[c]) {
                problem.districts.append(
                    .init(community: c, capacity: options.byCapacity ? model.capacity.fullTime : 1))
                origin.append(-1)
            }
        }
        problem.old = oldGrid.map { $0 < 0 ? -1 : successor[$0] }
    }

    private func capacity(ofGrid g: Int) -> Double {
        guard options.byCapacity else { return 1 }
        let code = town.grids.codes[g]
        let posts = town.posts.filter {
            $0.zoning.isEmpty && $0.level == .grid && $0.unitCode == code && $0.personID != nil
                && $0.validity.contains(town.day)
        }
        return posts.map { model.capacity[$0.employment, .grid] }.max() ?? model.capacity.fullTime
    }

    /// Pins locked units to the grid that goes on from theirs; those whose grid is dissolved become findings.
    mutating func pinLockedUnits(_ locks: TownLocks) {
        for (unit, origin) in pieces.origin.enumerated() where locks.units[origin] && !locks.isInLockedGrid[origin] {
            let grid = oldGrid[unit]
            guard successor[grid] >= 0 else {
                let code = town.lowestUnits.codes[origin]
                findings.append(
                    Finding(
                        .redrawPins, .error, at: Place(layer: "microgrid", id: code),
                        Text(
                            zh: "微网格 \(code) 锁定在网格 \(town.grids.codes[grid])，但该网格被撤销，此项锁定不用",
                            en:
                                "microgrid \(code) is locked in grid \(town.grids.codes[grid]), which is dissolved; the lock is left out"
                        ), remedy: Text(zh: "增加网格数，或解除锁定", en: "ask for more grids, or drop the lock")))
                continue
            }
            problem.pins.append(.init(unit: unit, district: successor[grid]))
        }
    }

    /// Pins the unit in which a lead lives to the lead's grid, and says in one note who is not anchored and why.
    mutating func anchorLeads() {
        let leads = GridLeads(town)
        let locator = PointLocator(pieces.town.lowestUnits.areas, expecting: leads.people.count)
        let homes = Dictionary(town.people.map { ($0.id, $0.home) }, uniquingKeysWith: { a, _ in a })
        var pinned = Set(problem.pins)
        var loose: [(reason: Text, people: [String])] = [
            (Text(zh: "没有登记住址", en: "no home on record"), []),
            (Text(zh: "不住在自己的网格", en: "living outside their grid"), []),
            (Text(zh: "网格被撤销", en: "grid dissolved"), []),
        ]
        for (person, grids) in zip(leads.people, leads.grids) {
            guard let home = homes[person] ?? nil, home.x.isFinite, home.y.isFinite else {
                loose[0].people.append(person)
                continue
            }
            guard let unit = locator.unit(at: home), grids.contains(oldGrid[unit]) else {
                loose[1].people.append(person)
                continue
            }
            let district = successor[oldGrid[unit]]
            guard district >= 0 else {
                loose[2].people.append(person)
                continue
            }
            anchored.append(.init(person: person, grid: district))
            let pin = RedrawProblem.Pin(unit: unit, district: district)
            if !problem.districts[district].locked, pinned.insert(pin).inserted { problem.pins.append(pin) }
        }
        let left = loose.filter { !$0.people.isEmpty }
        guard !left.isEmpty else { return }
        let zh = left.map { "\($0.reason.zh) \($0.people.count) 人（\($0.people.joined(separator: "、"))）" }
        let en = left.map { "\($0.reason.en) \($0.people.count) (\($0.people.joined(separator: ", ")))" }
        let count = left.reduce(0) { $0 + $1.people.count }
        findings.append(
            Finding(
                .leadsNotAnchored, .note,
                Text(
                    zh: "\(leads.people.count) 位网格长中 \(count) 位不能按住处锚定：\(zh.joined(separator: "；"))",
                    en:
                        "\(count) of \(leads.people.count) leads are not anchored by their home: \(en.joined(separator: "; "))"
                ),
                remedy: Text(zh: "补登住址坐标；其余无须处理", en: "record missing homes; the others need nothing")))
    }
}

extension IssueCode {
    static let leadsNotAnchored = IssueCode("GG416")
}
