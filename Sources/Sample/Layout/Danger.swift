import Foundation
public import GeoGrid

/// 危险区: the ground below the reservoir that must be empty before it spills.
public struct Danger: Hashable, Sendable {
    public let name: String
    /// Shell, town metres.
    public internal(set) var ring: [PlanarPoint]
    public let householdIDs: [String]

    /// Draws the zone round the nearest `wanted` households below the dam; nil in a town without a reservoir.
    init?(_ draft: TownDraft, households wanted: Int) {
        guard !draft.layout.reservoir.isEmpty else { return nil }
        let place = draft.layout.valley.place
        let lake = OpenRing.centroid(draft.layout.reservoir)
        let dam = place(PlanarPoint(x: lake.x, y: draft.layout.reservoir.map(\.y).min() ?? lake.y))
        let below = (place(PlanarPoint(x: lake.x, y: lake.y - 400)) - place(lake)).unit
        let tries = [1.6, 1.8, 2, 2.2, 2.4, 2.6, 2.8, 3].compactMap { stretch in
            Danger.oval(draft.town, dam: dam, below: below, stretch: stretch, wanted: wanted).map { (stretch, $0) }
        }
        guard let (stretch, oval) = tries.max(by: { $0.1.clear < $1.1.clear }), oval.clear > 0.5 else { return nil }
        name = "水库下游转移区"
        householdIDs = oval.ids
        let wide = oval.reach / stretch
        let front = stride(from: -90, through: 90, by: 6).map { degree -> PlanarPoint in
            let angle = Double(degree) * .pi / 180
            return dam + below * (oval.reach * cos(angle)) + below.left * (wide * sin(angle))
        }
        ring = OpenRing.closed(front + [dam + below * -18 + below.left * wide, dam + below * -18 - below.left * wide])
    }

    /// An oval from the dam that just holds so many households, and how clear of its edge they and the others stand.
    private static func oval(_ town: Town, dam: PlanarPoint, below: PlanarPoint, stretch: Double, wanted: Int)
        -> (reach: Double, clear: Double, ids: [String])?
    {
        let sized = town.households.compactMap { home -> (size: Double, id: String)? in
            let d = home.location - dam
            let along = d.dot(below)
            guard along > -18 else { return nil }
            let across = d.cross(below) * stretch
            return ((along * along + across * across).squareRoot(), home.id)
        }.sorted { ($0.size, $0.id) < ($1.size, $1.id) }
        guard sized.count > wanted else { return nil }
        let (inner, outer) = (sized[wanted - 1].size, sized[wanted].size)
        return ((inner + outer) / 2, outer - inner, sized.prefix(wanted).map(\.id).sorted())
    }
}
