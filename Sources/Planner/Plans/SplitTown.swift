import GeoGrid

/// 拆分后的镇: a town whose heavy microgrids are cut into parts, so that grids can be balanced with them.
///
/// Parts carry the code of their microgrid, a `#` and a number; `origin` names the microgrid of every unit.
struct SplitTown {
    private(set) var town: Town
    /// Position in the given town's lowest units of each unit here.
    private(set) var origin: [Int]

    /// Cuts every unit that carries more than `limit` of `loads`; both in the order of the lowest units.
    init(_ whole: Town, loads: [Int], limits: [Double]) {
        town = whole
        let units = whole.lowestUnits
        origin = Array(units.codes.indices)
        let heavy = units.codes.indices.filter { Double(loads[$0]) > limits[$0] }
        guard whole.microgrids.count > 0, !heavy.isEmpty else { return }
        let parts = Self.parts(of: whole, heavy: heavy, loads: loads, limits: limits)
        var layer = UnitLayer(level: units.level)
        var origin: [Int] = []
        var rows: [TownPlan.Unit] = []
        for i in units.codes.indices {
            let pieces = parts[i] ?? []
            let isSplit = pieces.count > 1
            for n in 0..<(isSplit ? pieces.count : 1) {
                let code = isSplit ? "\(units.codes[i])#\(n + 1)" : units.codes[i]
                let area = isSplit ? [[pieces[n].ring]] : units.areas.feature(i)
                layer.append(
                    code: code, name: units.names[i], parent: units.parentCodes[i], kind: units.kinds[i], area: area)
                if !units.stated.isEmpty { layer.stated.append(units.stated[i]) }
                origin.append(i)
                guard isSplit else { continue }
                var row = TownPlan.Unit(
                    code: code, origin: units.codes[i], oldGrid: "", newGrid: "", households: 0, people: 0,
                    changesLead: false)
                row.area = area
                rows.append(row)
            }
        }
        self.origin = origin
        town.microgrids = layer
        PlannedHomes(units: rows, lowest: .microgrid).rehouse(&town)
    }

    /// Loads of whole units shared among their parts in the ratio of the parts' own, so that those which end in one grid
    /// add up again: walks inside a part are shorter than in the whole. `wholes` names that of each part.
    static func shared(_ loads: [Int], by own: [Int], among wholes: [Int]) -> [Int] {
        var sum = [Int](repeating: 0, count: loads.count)
        for (part, load) in own.enumerated() { sum[wholes[part]] += load }
        var done = [Int](repeating: 0, count: loads.count)
        var given = done
        return own.indices.map { part in
            let unit = wholes[part]
            guard sum[unit] > 0 else { return 0 }
            // Differences of rounded running sums, so that nothing is lost.
            done[unit] += own[part]
            let until = Int((Double(loads[unit]) * Double(done[unit]) / Double(sum[unit])).rounded())
            defer { given[unit] = until }
            return until - given[unit]
        }
    }

    /// The parts of each heavy unit, by its position.
    private static func parts(
        of town: Town, heavy: [Int], loads: [Int], limits: [Double]
    ) -> [Int: [UnitSplitter.Part]] {
        let units = town.lowestUnits
        var slot: [String: Int] = [:]
        for i in heavy { slot[units.codes[i]] = i }
        // Doors of each heavy unit, gathered by building; those without one stand for themselves.
        var buildings: [Int: [String: UnitSplitter.Block]] = [:]
        var doors: [Int: [UnitSplitter.Block]] = [:]
        func add(_ unit: String, _ building: String, _ location: PlanarPoint) {
            guard let i = slot[unit] else { return }
            if building.isEmpty {
                doors[i, default: []].append(UnitSplitter.Block(points: [location], weight: 1))
            } else {
                var block = buildings[i]?[building] ?? UnitSplitter.Block(points: [], weight: 0)
                block.points.append(location)
                block.weight += 1
                buildings[i, default: [:]][building] = block
            }
        }
        for household in town.households { add(household.unitCode, household.buildingID, household.location) }
        for premises in town.premises { add(premises.unitCode, "", premises.location) }
        var areas = Geometries()
        for i in heavy { areas.append(feature: i, of: units.areas) }
        let locator = PointLocator(areas)
        for building in town.buildings {
            guard let outline = building.footprint.first?.first, let corner = outline.first else { continue }
            let middle = outline.reduce(PlanarPoint(x: 0, y: 0)) { PlanarPoint(x: $0.x + $1.x, y: $0.y + $1.y) }
            let count = Double(outline.count)
            let inside = locator.unit(at: PlanarPoint(x: middle.x / count, y: middle.y / count))
            guard let at = inside ?? locator.unit(at: corner) else { continue }
            buildings[heavy[at], default: [:]][building.id, default: .init(points: [], weight: 0)].points += outline
        }
        var parts: [Int: [UnitSplitter.Part]] = [:]
        for i in heavy {
            let blocks =
                (buildings[i] ?? [:]).sorted { $0.key < $1.key }.map(\.value).filter { !$0.points.isEmpty }
                + (doors[i] ?? [])
            let count = blocks.reduce(0) { $0 + $1.weight }
            guard count > 1 else { continue }
            parts[i] = UnitSplitter.parts(
                of: units.areas.feature(i), blocks: blocks, limit: limits[i] / Double(loads[i]) * count)
        }
        return parts
    }
}
