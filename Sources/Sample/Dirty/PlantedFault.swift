public import GeoGrid

/// 埋设的错误: one fault of the dirty variant: what it is, where, and how large.
public struct PlantedFault: Hashable, Sendable {
    /// Kind as `geogrid audit` and the importer name it, such as `gap` or `swappedAxes`.
    public var kind: String
    /// Layer of a topological fault, or the file of a fault in a list.
    public var layer: String
    /// Codes or identifiers concerned, in ascending order.
    public var units: [String]
    /// Square metres, where the fault has an area.
    public var area: Double?
    /// A point at the fault, town metres; nil where it has no place.
    public var place: PlanarPoint?
    public var note: String
}
