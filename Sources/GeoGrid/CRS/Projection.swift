import CPROJ

extension IssueCode {
    /// 坐标系不存在或不能互换.
    public static let unusableCRS = IssueCode("GG201")
    /// 坐标超出坐标系的范围.
    public static let outsideCRS = IssueCode("GG202")
}

/// 坐标转换: from one coordinate reference system to another, by PROJ, without its network.
///
/// Longitude and easting come first on both sides, whatever the order the EPSG definition has. Holds a PROJ context
/// of its own and so is not `Sendable`: one a task.
///
/// Example:
/// ```swift
/// let projection = try Projection(from: .wgs84, to: .metres(longitude: 114.3, latitude: 30.5))
/// try projection.apply(to: &table.geometries)
/// ```
public final class Projection {
    public let source: CRS
    public let target: CRS
    private let context: OpaquePointer
    private let operation: OpaquePointer

    /// Throws `GG201` when a code is unknown or PROJ knows no way between the two.
    public init(from source: CRS, to target: CRS) throws {
        self.source = source
        self.target = target
        context = PROJ.context()
        guard let found = proj_create_crs_to_crs(context, source.description, target.description, nil) else {
            let wrong = [source, target].first { !$0.exists } ?? target
            proj_context_destroy(context)
            throw PROJ.unusable(wrong, from: source, to: target)
        }
        defer { proj_destroy(found) }
        guard let normalized = proj_normalize_for_visualization(context, found) else {
            proj_context_destroy(context)
            throw PROJ.unusable(target, from: source, to: target)
        }
        operation = normalized
    }

    deinit {
        proj_destroy(operation)
        proj_context_destroy(context)
    }

    /// Transforms interleaved coordinates in place. O(coordinates).
    ///
    /// Throws `GG202` naming the first coordinate that has no image; the array is then spoiled.
    public func apply(to xy: inout [Double]) throws { try run(&xy, PJ_FWD) }

    /// The way back; otherwise as `apply`.
    public func applyInverse(to xy: inout [Double]) throws { try run(&xy, PJ_INV) }

    /// Transforms all coordinates of a column. Throws `GG202`; the column is then as before.
    public func apply(to geometries: inout Geometries) throws {
        var xy = geometries.xy
        try apply(to: &xy)
        geometries.xy = xy
    }

    public func callAsFunction(_ point: PlanarPoint) throws -> PlanarPoint {
        var xy = [point.x, point.y]
        try apply(to: &xy)
        return PlanarPoint(x: xy[0], y: xy[1])
    }

    public func callAsFunction(_ point: GeographicPoint) throws -> PlanarPoint {
        try self(PlanarPoint(x: point.longitude, y: point.latitude))
    }

    /// A point of the target system back in the source system.
    public func inverse(_ point: PlanarPoint) throws -> PlanarPoint {
        var xy = [point.x, point.y]
        try applyInverse(to: &xy)
        return PlanarPoint(x: xy[0], y: xy[1])
    }

    private func run(_ xy: inout [Double], _ direction: PJ_DIRECTION) throws {
        let count = xy.count / 2
        guard count > 0, source != target else { return }
        let before = xy.count <= 2 ? xy : []
        let stride = 2 * MemoryLayout<Double>.stride
        xy.withUnsafeMutableBufferPointer { buffer in
            let x = buffer.baseAddress!
            _ = proj_trans_generic(
                operation, direction, x, stride, count, x + 1, stride, count, nil, 0, 0, nil, 0, 0)
        }
        guard let bad = xy.firstIndex(where: { !$0.isFinite }) else { return }
        let place =
            before.isEmpty
            ? Text(zh: "第 \(bad / 2 + 1) 个坐标", en: "coordinate \(bad / 2 + 1)")
            : Text(zh: "坐标 \(before[0]), \(before[1])", en: "coordinate \(before[0]), \(before[1])")
        let (from, to) = direction == PJ_FWD ? (source, target) : (target, source)
        throw GeoGridError(
            .outsideCRS,
            Text(
                zh: "\(place.zh)不能从 \(from) 转到 \(to)：超出范围",
                en: "\(place.en) cannot be taken from \(from) to \(to): it lies outside"),
            remedy: Text(
                zh: "请核对数据真正的坐标系，经纬度是否写反", en: "Check which system the data is in, and whether the axes are swapped"))
    }
}

/// What this folder shares of PROJ.
enum PROJ {
    static func context() -> OpaquePointer {
        let context = proj_context_create()!
        proj_context_set_enable_network(context, 0)
        _ = proj_log_level(context, PJ_LOG_NONE)
        return context
    }

    static func unusable(_ wrong: CRS, from source: CRS, to target: CRS) -> GeoGridError {
        guard wrong.exists else {
            return GeoGridError(
                .unusableCRS, Text(zh: "没有坐标系 \(wrong)", en: "There is no coordinate system \(wrong)"),
                remedy: Text(
                    zh: "请查对 EPSG 代码，例如 4326（WGS 84）、4490（CGCS2000）、4547（3° 带，中央经线 114°）",
                    en: "Check the EPSG code, such as 4326 (WGS 84), 4490 (CGCS2000), 4547 (3° zone, meridian 114°)"))
        }
        return GeoGridError(
            .unusableCRS,
            Text(zh: "PROJ 不能从 \(source) 转到 \(target)", en: "PROJ knows no way from \(source) to \(target)"),
            remedy: Text(zh: "请换一个平面坐标系，例如 EPSG:4547", en: "Choose another metre system, such as EPSG:4547"))
    }

    /// The version of the PROJ library that this program runs with.
    static var version: String { String(cString: proj_info().version) }
}
