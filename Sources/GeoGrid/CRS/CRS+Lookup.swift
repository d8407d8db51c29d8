import CPROJ

extension CRS {
    /// Whether PROJ knows the code. Opens its database; not for loops.
    public var exists: Bool { describe { _ in true } ?? false }

    /// The name in the EPSG register, such as `CGCS2000 / 3-degree Gauss-Kruger CM 114E`.
    public var name: String? { describe { proj_get_name($0).map { String(cString: $0) } } ?? nil }

    /// 地理坐标系: coordinates are degrees.
    public var isGeographic: Bool {
        if self == .wgs84 || self == .cgcs2000 { return true }
        if GaussKrueger(self) != nil { return false }
        return describe { crs in
            let type = proj_get_type(crs)
            return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS
        } ?? false
    }

    private func describe<T>(_ body: (OpaquePointer) -> T) -> T? {
        let context = PROJ.context()
        defer { proj_context_destroy(context) }
        guard let crs = proj_create(context, description) else { return nil }
        defer { proj_destroy(crs) }
        return body(crs)
    }

    /// 3° 带高斯–克吕格: the CGCS2000 zone whose central meridian is nearest, EPSG:4534 (75° E) to 4554 (135° E).
    ///
    /// Eastings carry no zone number. Nil outside 73.5–136.5° E.
    public static func gaussKruger(longitude: Double) -> CRS? {
        guard longitude >= 73.5, longitude < 136.5 else { return nil }
        let zone = Int((longitude / 3).rounded()) - 25
        return CRS(epsg: 4534 + min(max(zone, 0), 20))
    }

    /// A metre system for a place: Gauss–Krüger in China's longitudes on the northern half, else UTM on WGS 84.
    public static func metres(longitude: Double, latitude: Double) -> CRS {
        if (0..<60).contains(latitude), let zone = gaussKruger(longitude: longitude) { return zone }
        let zone = min(max(Int(((longitude + 180) / 6).rounded(.down)) + 1, 1), 60)
        return CRS(epsg: (latitude < 0 ? 32_700 : 32_600) + zone)
    }

    /// The metre system for data in degrees, chosen by the median of its features, so that a few that lie elsewhere,
    /// at 0, 0 above all, do not decide it; nil where there are no coordinates. O(n log n).
    public static func metres(for geometries: Geometries) -> CRS? {
        let centres = (0..<geometries.count).map { geometries.box(ofFeature: $0) }.filter { !$0.isEmpty }.map(\.center)
        let placed = centres.filter { $0.x != 0 || $0.y != 0 }
        guard !placed.isEmpty else { return nil }
        return metres(
            longitude: placed.map(\.x).sorted()[placed.count / 2], latitude: placed.map(\.y).sorted()[placed.count / 2])
    }

    /// The version of the PROJ library in use, for `doctor`.
    public static var libraryVersion: String { PROJ.version }
}
