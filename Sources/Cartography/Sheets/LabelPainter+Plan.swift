import GeoGrid
import Planner

extension LabelPainter {
    /// The communities of a plan, which may merge those of the town; nil on sheets without a plan.
    func plannedPlates() -> [Plate]? {
        guard let regions = specification.regions, !regions.communities.isEmpty else { return nil }
        let areas = town.units(regions.level).areas
        func rings(_ edges: [(PlanarPoint, PlanarPoint)]) -> [[PlanarPoint]] {
            edges.map { [frame.page($0.0), frame.page($0.1)] }
        }
        let communities = Linework.edges(
            of: areas, groups: regions.communityOfUnit, count: regions.communities.count)
        let grids = Linework.edges(of: areas, groups: regions.assignment, count: regions.units.count)
        let sizes = regionAreas(regions)
        return regions.communities.indices.map { community in
            Plate(
                code: regions.communities[community].code, name: regions.communities[community].name,
                rings: rings(communities[community]),
                grids: regions.units.indices.filter { regions.units[$0].community == community }
                    .map { CommunityPlates.Grid(rings: rings(grids[$0]), area: sizes[$0] * squareScale) })
        }.filter { !$0.rings.isEmpty }
    }

    /// Names, leads and people of the grids of a plan, each inside the units it is made of, the smallest first.
    func placeRegions(_ outcome: inout Outcome, _ taken: inout PlacedBoxes) {
        guard let regions = specification.regions else { return }
        let layer = town.units(regions.level)
        let edges = Linework.edges(of: layer.areas, groups: regions.assignment, count: regions.units.count)
        let areas = regionAreas(regions)
        let placer = UnitLabelPlacer()
        var tiers = [PlacementReport.Tier](repeating: .none, count: regions.units.count)
        var homeless: [(region: Int, request: UnitLabelPlacer.Unit)] = []
        for region in regions.units.indices.sorted(by: { (areas[$0], $0) < (areas[$1], $1) }) {
            let unit = regions.units[region]
            let people = unit.people + (language == .zh ? "人" : "")
            let request = UnitLabelPlacer.Unit(
                code: unit.code, rings: edges[region].map { [frame.page($0.0), frame.page($0.1)] },
                forms: UnitLabel.forms(
                    name: unit.name, number: UnitNames.number(name: unit.name, code: unit.code, parent: ""),
                    lead: unit.lead, detail: people, sizes: sizes, engine: engine),
                marginForms: UnitLabel.margin(
                    name: (regions.communities.indices.contains(unit.community)
                        ? regions.communities[unit.community].name : "") + unit.name,
                    lead: unit.lead, detail: people, sizes: sizes, engine: engine))
            guard let found = placer.place(request, taken: taken, avoid: []) else {
                homeless.append((region, request))
                continue
            }
            let box = UnitLabel.draw(
                found.form, at: found.centre, subject: Subject(.grid, unit.code), halo: 0.4, into: &outcome.labels,
                engine: engine)
            taken.insert(box.expanded(by: 0.3))
            tiers[region] = found.form.tier
        }
        let feet = placeLeaders(
            homeless.map { .init(unit: $0.request, subject: Subject(.grid, $0.request.code)) }, &outcome, &taken)
        for (entry, foot) in zip(homeless, feet) where foot != nil { tiers[entry.region] = .leader }
        for (unit, tier) in zip(regions.units, tiers) {
            outcome.report.entries.append(.init(level: .grid, code: unit.code, name: unit.name, tier: tier))
        }
    }

    /// Square metres of each grid of a plan.
    private func regionAreas(_ regions: SheetSpecification.Regions) -> [Double] {
        let areas = town.units(regions.level).areas
        var sums = [Double](repeating: 0, count: regions.units.count)
        for (unit, region) in regions.assignment.enumerated() where region >= 0 {
            sums[region] += areas.area(ofFeature: unit)
        }
        return sums
    }
}
