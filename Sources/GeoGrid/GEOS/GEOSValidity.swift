internal import CGEOS

/// 有效性: whether an area follows the rules of OGC Simple Features; if not, the first rule broken and where.
public enum GEOSValidity: Hashable, Sendable {
    case valid
    /// `reason` in the words of GEOS, such as `Self-intersection`.
    case invalid(reason: String, at: PlanarPoint?)

    public var isValid: Bool { self == .valid }
}

extension GEOSGeometry {
    /// GEOS's verdict. O(n log n) in the vertices.
    public borrowing func validity() throws(GeoGridError) -> GEOSValidity {
        let h = context.handle
        var reason: UnsafeMutablePointer<CChar>?
        var location: OpaquePointer?
        let answer = withPointer { GEOSisValidDetail_r(h, $0, 0, &reason, &location) }
        defer {
            if let reason { GEOSFree_r(h, reason) }
            if let location { GEOSGeom_destroy_r(h, location) }
        }
        switch answer {
        case 1: return .valid
        case 0:
            var point: PlanarPoint?
            var x = 0.0
            var y = 0.0
            if let location, GEOSGeomGetX_r(h, location, &x) == 1, GEOSGeomGetY_r(h, location, &y) == 1 {
                point = PlanarPoint(x: x, y: y)
            }
            return .invalid(reason: reason.map { String(cString: $0) } ?? "Invalid", at: point)
        default: throw context.failure("isValid")
        }
    }
}
