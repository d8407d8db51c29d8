public import GeoGrid

/// 网格体系: one division of the ground beside the base grids: party branches, responsibility grids, 专属网格.
public struct Zoning: Sendable {
    public enum Kind: String, Sendable {
        /// Covers its ground whole and without overlaps.
        case base
        /// Lies over the base grids, zones may overlap.
        case overlay
        /// Lies over the base grids, zones may not overlap.
        case exclusive

        public var title: Text {
            switch self {
            case .base: Text(zh: "基础", en: "base")
            case .overlay: Text(zh: "叠加", en: "overlay")
            case .exclusive: Text(zh: "叠加不重叠", en: "exclusive overlay")
            }
        }
    }

    public var name: String
    public var kind: Kind
    /// Other kinds that zones of it declare; the first zone's counts.
    public var otherKinds: Set<Kind> = []
    public var codes: [String] = []
    public var names: [String] = []
    /// One feature a zone, town metres.
    public var areas = Geometries()

    public var count: Int { codes.count }

    public init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// A level of the base units as a zoning, for crosswalks.
    public init(_ units: UnitLayer, name: String) {
        self.name = name
        kind = .base
        codes = units.codes
        names = zip(units.codes, units.names).map { $1.isEmpty ? $0 : $1 }
        areas = units.areas
    }

    /// Every zone that holds a point, in the order of the file. O(zones at the point).
    public func zones(at point: PlanarPoint, _ locator: PointLocator) -> [Int] { locator.units(x: point.x, y: point.y) }
}
