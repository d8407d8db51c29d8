import GeoGrid

extension LabelPainter {
    /// Names, leads and people of the grids of a plan, each inside the units it is made of, the smallest first.
    func placeRegions(_ outcome: inout Outcome, _ taken: inout PlacedBoxes) {
        guard let regions = specification.regions else { return }
        let layer = town.units(regions.level)
        let edges = Linework.edges(of: layer.areas, groups: regions.assignment, count: regions.units.count)
        var areas = [Double](repeating: 0, count: regions.units.count)
        for (unit, region) in regions.assignment.enumerated() where region >= 0 {
            areas[region] += layer.areas.area(ofFeature: unit)
        }
        let placer = UnitLabelPlacer()
        var tiers = [PlacementReport.Tier](repeating: .none, count: regions.units.count)
        for region in regions.units.indices.sorted(by: { (areas[$0], $0) < (areas[$1], $1) }) {
            let unit = regions.units[region]
            let request = UnitLabelPlacer.Unit(
                code: unit.code, rings: edges[region].map { [frame.page($0.0), frame.page($0.1)] },
                forms: UnitLabel.forms(
                    name: unit.name, number: UnitNames.number(name: unit.name, code: unit.code, parent: ""),
                    lead: unit.lead, detail: unit.detail, sizes: sizes, engine: engine))
            guard let found = placer.place(request, taken: taken, avoid: []) else { continue }
            let box = UnitLabel.draw(
                found.form, at: found.centre, subject: Subject(.grid, unit.code), halo: 0.4, into: &outcome.labels,
                engine: engine)
            taken.insert(box.expanded(by: 0.3))
            tiers[region] = found.form.tier
        }
        for (unit, tier) in zip(regions.units, tiers) {
            outcome.report.entries.append(.init(level: .grid, code: unit.code, name: unit.name, tier: tier))
        }
    }
}
