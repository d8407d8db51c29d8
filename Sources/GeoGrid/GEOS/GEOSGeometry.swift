internal import CGEOS

/// GEOS 图形: a geometry owned by GEOS, freed with its value; its pointer never outlives a borrowing closure.
///
/// Coordinates are those it was built from; lengths and areas are in their units.
public struct GEOSGeometry: ~Copyable {
    let context: GEOSContext
    private let pointer: OpaquePointer

    /// Takes ownership of a pointer GEOS returned; nil is the failure of the operation that returned it.
    init(owning pointer: OpaquePointer?, in context: GEOSContext, after operation: String) throws(GeoGridError) {
        guard let pointer else { throw context.failure(operation) }
        self.context = context
        self.pointer = pointer
    }

    /// Copies one feature of a column. O(vertices); about 300 ns for a ring of 200 vertices.
    ///
    /// Throws GG300 where GEOS has no such geometry: an unclosed ring, a ring of fewer than four coordinates.
    public init(_ geometries: Geometries, feature: Int, in context: GEOSContext) throws(GeoGridError) {
        try self.init(
            owning: GEOSBuilder(context: context, geometries: geometries).feature(feature), in: context,
            after: "createGeometry")
    }

    /// A point.
    public init(_ point: PlanarPoint, in context: GEOSContext) throws(GeoGridError) {
        try self.init(
            owning: GEOSGeom_createPointFromXY_r(context.handle, point.x, point.y), in: context, after: "createPoint")
    }

    /// Reads well-known text.
    public init(wkt: String, in context: GEOSContext) throws(GeoGridError) {
        let reader = GEOSWKTReader_create_r(context.handle)
        defer { GEOSWKTReader_destroy_r(context.handle, reader) }
        try self.init(owning: GEOSWKTReader_read_r(context.handle, reader, wkt), in: context, after: "readWKT")
    }

    /// Reads well-known binary written in hexadecimal digits.
    public init(wkbHex: String, in context: GEOSContext) throws(GeoGridError) {
        let reader = GEOSWKBReader_create_r(context.handle)
        defer { GEOSWKBReader_destroy_r(context.handle, reader) }
        let digits = Array(wkbHex.utf8)
        try self.init(
            owning: GEOSWKBReader_readHEX_r(context.handle, reader, digits, digits.count), in: context,
            after: "readWKB")
    }

    deinit {
        GEOSGeom_destroy_r(context.handle, pointer)
    }

    /// The only way to the pointer: it is valid inside `body` and nowhere else.
    borrowing func withPointer<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
        try body(pointer)
    }

    public var isEmpty: Bool { GEOSisEmpty_r(context.handle, pointer) == 1 }

    /// Area in square units of the coordinates.
    public var area: Double {
        var area = 0.0
        return GEOSArea_r(context.handle, pointer, &area) == 1 ? area : .nan
    }

    /// Length of lines, perimeter of areas.
    public var length: Double {
        var length = 0.0
        return GEOSLength_r(context.handle, pointer, &length) == 1 ? length : .nan
    }

    /// Shortest distance to another geometry.
    public borrowing func distance(to other: borrowing GEOSGeometry) -> Double {
        var distance = 0.0
        let other = other.pointer
        return GEOSDistance_r(context.handle, pointer, other, &distance) == 1 ? distance : .nan
    }

    /// Well-known text, shortest numbers that read back the same.
    public var wkt: String {
        let writer = GEOSWKTWriter_create_r(context.handle)
        defer { GEOSWKTWriter_destroy_r(context.handle, writer) }
        GEOSWKTWriter_setTrim_r(context.handle, writer, 1)
        guard let text = GEOSWKTWriter_write_r(context.handle, writer, pointer) else { return "" }
        defer { GEOSFree_r(context.handle, text) }
        return String(cString: text)
    }
}

/// 空间关系: the relations GEOS can test between two geometries (OGC Simple Features).
public enum SpatialRelation: String, CaseIterable, Sendable {
    case intersects, disjoint, touches, crosses, within, contains, overlaps, equals, covers, coveredBy
}

extension GEOSGeometry {
    /// Whether this geometry stands in `relation` to the other. For many tests against one area use `PreparedArea`.
    public borrowing func holds(
        _ relation: SpatialRelation, with other: borrowing GEOSGeometry
    ) throws(GeoGridError) -> Bool {
        let h = context.handle
        let b = other.withPointer { $0 }
        let answer = withPointer { a in
            switch relation {
            case .intersects: GEOSIntersects_r(h, a, b)
            case .disjoint: GEOSDisjoint_r(h, a, b)
            case .touches: GEOSTouches_r(h, a, b)
            case .crosses: GEOSCrosses_r(h, a, b)
            case .within: GEOSWithin_r(h, a, b)
            case .contains: GEOSContains_r(h, a, b)
            case .overlaps: GEOSOverlaps_r(h, a, b)
            case .equals: GEOSEquals_r(h, a, b)
            case .covers: GEOSCovers_r(h, a, b)
            case .coveredBy: GEOSCoveredBy_r(h, a, b)
            }
        }
        guard answer != 2 else { throw context.failure(relation.rawValue) }
        return answer == 1
    }

    public borrowing func intersection(_ other: borrowing GEOSGeometry) throws(GeoGridError) -> GEOSGeometry {
        try combined(with: other, "intersection") { GEOSIntersection_r($0, $1, $2) }
    }

    public borrowing func union(_ other: borrowing GEOSGeometry) throws(GeoGridError) -> GEOSGeometry {
        try combined(with: other, "union") { GEOSUnion_r($0, $1, $2) }
    }

    public borrowing func difference(_ other: borrowing GEOSGeometry) throws(GeoGridError) -> GEOSGeometry {
        try combined(with: other, "difference") { GEOSDifference_r($0, $1, $2) }
    }

    public borrowing func symmetricDifference(_ other: borrowing GEOSGeometry) throws(GeoGridError) -> GEOSGeometry {
        try combined(with: other, "symmetricDifference") { GEOSSymDifference_r($0, $1, $2) }
    }

    /// Union of the parts of a collection.
    public borrowing func unaryUnion() throws(GeoGridError) -> GEOSGeometry {
        try GEOSGeometry(
            owning: withPointer { GEOSUnaryUnion_r(context.handle, $0) }, in: context, after: "unaryUnion")
    }

    /// The nearest valid geometry: areas keep their enclosed surface.
    public borrowing func madeValid() throws(GeoGridError) -> GEOSGeometry {
        try GEOSGeometry(owning: withPointer { GEOSMakeValid_r(context.handle, $0) }, in: context, after: "makeValid")
    }

    private borrowing func combined(
        with other: borrowing GEOSGeometry, _ name: String,
        _ operation: (GEOSContextHandle_t, OpaquePointer, OpaquePointer) -> OpaquePointer?
    ) throws(GeoGridError) -> GEOSGeometry {
        let b = other.withPointer { $0 }
        return try GEOSGeometry(
            owning: withPointer { operation(context.handle, $0, b) }, in: context, after: name)
    }
}
