public import GeoGrid

/// 沿街道的边界: how much of the border between grids runs along streets, where people see it.
public struct StreetBorder: Hashable, Sendable {
    /// A border this near the centre line of a road runs along it.
    public static let reach = 15.0

    /// Metres of border between grids, each once, and those along streets.
    public private(set) var total = 0.0
    public private(set) var along = 0.0

    /// Part of the border that runs along streets, of 1; nil without a border.
    public var share: Double? { total > 0 ? along / total : nil }

    /// `grids` names the grid of each unit, −1 for none. Railways are no streets. O((borders + road segments) log).
    public init(units: Geometries, grids: [Int], roads: [Road]) {
        let streets = LineReach(roads.filter { $0.roadClass != .rail }.flatMap(\.lines), reach: Self.reach)
        for piece in SharedBorders(of: units).pieces where grids[piece.a] != grids[piece.b] {
            total += piece.length
            along += streets.length(from: piece.from, to: piece.to)
        }
    }
}
