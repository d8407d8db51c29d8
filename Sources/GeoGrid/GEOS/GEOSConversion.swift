internal import CGEOS

/// Copies features from flat storage into GEOS, a ring at a time.
struct GEOSBuilder {
    let context: GEOSContext
    let geometries: Geometries

    /// An owned geometry, or nil with the reason in the context.
    func feature(_ feature: Int) -> OpaquePointer? {
        let parts = geometries.parts(ofFeature: feature)
        switch geometries.kinds[feature] {
        case .none:
            return GEOSGeom_createEmptyCollection_r(context.handle, Int32(GEOS_GEOMETRYCOLLECTION.rawValue))
        case .point: return point(parts.lowerBound)
        case .lineString: return line(parts.lowerBound)
        case .polygon where parts.count == 1: return polygon(parts.lowerBound)
        case .polygon, .multiPolygon: return collection(GEOS_MULTIPOLYGON, parts, polygon)
        case .multiPoint: return collection(GEOS_MULTIPOINT, parts, point)
        case .multiLineString: return collection(GEOS_MULTILINESTRING, parts, line)
        }
    }

    private func sequence(_ path: Int) -> OpaquePointer? {
        let run = geometries.coordinates(ofPath: path)
        return geometries.xy.withUnsafeBufferPointer { xy in
            GEOSCoordSeq_copyFromBuffer_r(
                context.handle, xy.baseAddress.map { $0 + 2 * run.lowerBound }, UInt32(run.count), 0, 0)
        }
    }

    private func point(_ part: Int) -> OpaquePointer? {
        guard let path = geometries.paths(ofPart: part).first, let sequence = sequence(path) else { return nil }
        return GEOSGeom_createPoint_r(context.handle, sequence)
    }

    private func line(_ part: Int) -> OpaquePointer? {
        guard let path = geometries.paths(ofPart: part).first, let sequence = sequence(path) else { return nil }
        return GEOSGeom_createLineString_r(context.handle, sequence)
    }

    private func polygon(_ part: Int) -> OpaquePointer? {
        let rings = members(geometries.paths(ofPart: part)) { path in
            sequence(path).flatMap { GEOSGeom_createLinearRing_r(context.handle, $0) }
        }
        guard var rings else { return nil }
        guard let shell = rings.first else { return GEOSGeom_createEmptyPolygon_r(context.handle) }
        rings.removeFirst()
        return GEOSGeom_createPolygon_r(context.handle, shell, &rings, UInt32(rings.count))
    }

    private func collection(
        _ type: GEOSGeomTypes, _ parts: Range<Int>, _ make: (Int) -> OpaquePointer?
    ) -> OpaquePointer? {
        guard var made = members(parts, make) else { return nil }
        return GEOSGeom_createCollection_r(context.handle, Int32(type.rawValue), &made, UInt32(made.count))
    }

    /// All members, or nil with none left behind.
    private func members(_ range: Range<Int>, _ make: (Int) -> OpaquePointer?) -> [OpaquePointer?]? {
        var made: [OpaquePointer?] = []
        for index in range {
            guard let member = make(index) else {
                for other in made { GEOSGeom_destroy_r(context.handle, other) }
                return nil
            }
            made.append(member)
        }
        return made
    }
}

extension GEOSGeometry {
    /// The polygons of this geometry as parts of rings; lines and points of a collection are left out.
    public borrowing func polygons() -> [[[PlanarPoint]]] {
        var parts: [[[PlanarPoint]]] = []
        let reader = GEOSPolygonReader(handle: context.handle)
        withPointer { reader.collect($0, into: &parts) }
        return parts
    }
}

/// Reads polygons back out of GEOS.
private struct GEOSPolygonReader {
    let handle: GEOSContextHandle_t

    func collect(_ geometry: OpaquePointer, into parts: inout [[[PlanarPoint]]]) {
        switch GEOSGeomTypes(UInt32(GEOSGeomTypeId_r(handle, geometry))) {
        case GEOS_POLYGON:
            guard GEOSisEmpty_r(handle, geometry) == 0, let shell = GEOSGetExteriorRing_r(handle, geometry) else {
                return
            }
            let holes = (0..<GEOSGetNumInteriorRings_r(handle, geometry)).compactMap {
                GEOSGetInteriorRingN_r(handle, geometry, $0)
            }
            parts.append(([shell] + holes).map { coordinates($0) })
        case GEOS_MULTIPOLYGON, GEOS_GEOMETRYCOLLECTION:
            for index in 0..<GEOSGetNumGeometries_r(handle, geometry) {
                if let member = GEOSGetGeometryN_r(handle, geometry, index) { collect(member, into: &parts) }
            }
        default: break
        }
    }

    private func coordinates(_ path: OpaquePointer) -> [PlanarPoint] {
        var count: UInt32 = 0
        guard let sequence = GEOSGeom_getCoordSeq_r(handle, path),
            GEOSCoordSeq_getSize_r(handle, sequence, &count) == 1
        else { return [] }
        var xy = [Double](repeating: 0, count: 2 * Int(count))
        guard GEOSCoordSeq_copyToBuffer_r(handle, sequence, &xy, 0, 0) == 1 else { return [] }
        return (0..<Int(count)).map { PlanarPoint(x: xy[2 * $0], y: xy[2 * $0 + 1]) }
    }
}
