import GeoGrid

extension LabelPainter {
    /// One community whose name goes on a plate.
    struct Plate {
        var code, name: String
        var rings: [[PlanarPoint]]
        var grids: [CommunityPlates.Grid]
    }

    func placePlates(_ outcome: inout Outcome, _ taken: inout PlacedBoxes) {
        guard specification.elements.contains(.communityPlates), case .town = specification.focus else { return }
        for plate in plannedPlates() ?? plates() {
            let tier = place(plate, &outcome, &taken)
            if tier == .none {
                let name = UnitNames.short(plate.name, within: [town.county, town.name])
                var form = UnitLabel.quiet(
                    [name], size: max(7, plateSize * 0.45), colour: MapStyle.community, engine: engine)
                form.tier = .leader
                outcome.waiting.append(
                    .init(
                        unit: .init(code: plate.code, rings: plate.rings, forms: [], marginForms: [form]),
                        subject: Subject(.community, plate.code)))
            }
            outcome.report.entries.append(.init(level: .community, code: plate.code, name: plate.name, tier: tier))
        }
    }

    private func plates() -> [Plate] {
        town.communities.codes.indices.map { community in
            let grids = specification.labelLevel == .grid ? cache.chain.gridsByCommunity[community] : []
            return Plate(
                code: town.communities.codes[community], name: town.communities.names[community],
                rings: frame.rings(community, of: town.communities.areas),
                grids: grids.map { grid in
                    CommunityPlates.Grid(
                        rings: frame.rings(grid, of: town.grids.areas),
                        area: town.grids.areas.area(ofFeature: grid) * squareScale)
                })
        }
    }

    /// Square millimetres on the page in a square metre of the town.
    var squareScale: Double { frame.millimetresPerMetre * frame.millimetresPerMetre }

    private func place(
        _ plate: Plate, _ outcome: inout Outcome, _ taken: inout PlacedBoxes
    ) -> PlacementReport.Tier {
        let name = UnitNames.short(plate.name, within: [town.county, town.name])
        let plateSizes = [1, 0.8, 0.62, 0.45, 0.32].map { max(6, plateSize * $0) } + [6]
        // Where no plate leaves every grid room for its badge, a small one stands where it costs least; of the grids
        // each must keep at least a spot for the foot of a leader.
        let badge = sizes.smallBadge.disc + 1.8
        var attempts: [(size: Double, grids: [CommunityPlates.Grid], room: Double)] = []
        for size in plateSizes { attempts.append((size, plate.grids, badge)) }
        for size in plateSizes.suffix(3) { attempts.append((size, plate.grids, 1.2)) }
        attempts.append((plateSizes[plateSizes.count - 1], [], badge))
        for (number, (size, grids, room)) in attempts.enumerated() {
            let ink = engine.ink(name, size, .bold)
            let em = size * TextEngine.millimetresPerPoint
            let (w, h) = (ink.width + 0.9 * em, ink.height + 0.6 * em)
            let request = CommunityPlates.Request(
                rings: plate.rings, width: w, height: h, labelRoom: 160 * min(1, factor),
                badge: room)
            guard let at = CommunityPlates.place(request, grids: grids, taken: taken) else { continue }
            let box = Box(minX: at.x - w / 2, minY: at.y - h / 2, maxX: at.x + w / 2, maxY: at.y + h / 2)
            let subject = Subject(.community, plate.code)
            outcome.labels.draw(
                .rectangle(box, radius: 0.22 * em), fill: .white.opacity(0.93),
                stroke: Stroke(MapStyle.community, 0.035 * em), subject: subject)
            outcome.labels.append(
                .text(
                    engine.centred(
                        name, x: at.x, y: at.y, size: size, weight: .bold, colour: MapStyle.community, subject: subject)
                ))
            taken.insert(box.expanded(by: 0.4))
            return number < 2 ? .full : .small
        }
        return .none
    }
}
