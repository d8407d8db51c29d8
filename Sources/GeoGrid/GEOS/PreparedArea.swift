internal import CGEOS

/// 预处理区域: an area indexed for many tests against it; owns the geometry it was made from.
public struct PreparedArea: ~Copyable {
    public let base: GEOSGeometry
    private let prepared: OpaquePointer

    public init(_ base: consuming GEOSGeometry) throws(GeoGridError) {
        let context = base.context
        let prepared = base.withPointer { GEOSPrepare_r(context.handle, $0) }
        guard let prepared else { throw context.failure("prepare") }
        self.base = base
        self.prepared = prepared
    }

    /// The prepared form points into its base, so it goes first: stored properties are destroyed after this body.
    deinit {
        GEOSPreparedGeom_destroy_r(base.context.handle, prepared)
    }

    /// Whether the area stands in `relation` to the other geometry.
    public borrowing func holds(
        _ relation: SpatialRelation, with other: borrowing GEOSGeometry
    ) throws(GeoGridError) -> Bool {
        let h = base.context.handle
        let a = prepared
        let answer: CChar? = other.withPointer { b in
            switch relation {
            case .intersects: GEOSPreparedIntersects_r(h, a, b)
            case .disjoint: GEOSPreparedDisjoint_r(h, a, b)
            case .touches: GEOSPreparedTouches_r(h, a, b)
            case .crosses: GEOSPreparedCrosses_r(h, a, b)
            case .within: GEOSPreparedWithin_r(h, a, b)
            case .contains: GEOSPreparedContains_r(h, a, b)
            case .overlaps: GEOSPreparedOverlaps_r(h, a, b)
            case .covers: GEOSPreparedCovers_r(h, a, b)
            case .coveredBy: GEOSPreparedCoveredBy_r(h, a, b)
            case .equals: nil
            }
        }
        guard let answer else { return try base.holds(relation, with: other) }
        guard answer != 2 else { throw base.context.failure(relation.rawValue) }
        return answer == 1
    }

    /// Whether the point lies in the area or on its border.
    public borrowing func covers(_ point: PlanarPoint) throws(GeoGridError) -> Bool {
        try holds(.intersects, with: GEOSGeometry(point, in: base.context))
    }
}
