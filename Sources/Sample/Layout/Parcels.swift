public import GeoGrid

/// 地块: plots to be cleared, of 6.69, 8.64 and 9.98 亩.
public struct Parcel: Hashable, Sendable {
    public var id: String
    public var name: String
    public var mu: Double
    public internal(set) var ring: [PlanarPoint]

    static func all(_ draft: TownDraft) -> [Parcel] {
        let grids = draft.units.grids.indices.filter { draft.units.grids[$0].use == .oldTown }
        return [6.69, 8.64, 9.98].enumerated().compactMap { i, mu in
            guard !grids.isEmpty else { return nil }
            let grid = draft.units.grids[grids[(2 * i + 1) * grids.count / 6]]
            let area = mu * 2000 / 3
            let axis = draft.layout.valley.along(PlanarPoint(x: draft.layout.half.u * -0.2, y: 0))
            let long = (area * 1.6).squareRoot()
            let box = OrientedBox(centre: grid.centre, axis: axis, half: (long / 2, area / long / 2))
            return Parcel(id: "L\(i + 1)", name: "棚改\(i + 1)号地块", mu: mu, ring: OpenRing.closed(box.corners))
        }
    }
}
