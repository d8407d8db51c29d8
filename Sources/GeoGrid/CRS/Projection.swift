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
/// of its own and so is not `Sendable`: one a task. Between longitude and latitude and the 3° zone of a town the own
/// `GaussKrueger` answers, and PROJ is not even opened.
///
/// Example:
/// ```swift
/// let projection = try Projection(from: .wgs84, to: .metres(longitude: 114.3, latitude: 30.5))
/// try projection.apply(to: &table.geometries)
/// ```
public final class Projection {
    public let source: CRS
    public let target: CRS
    private let zone: GaussKrueger?
    private var operation: PROJOperation?

    /// Throws `GG201` when a code is unknown or PROJ knows no way between the two.
    public init(from source: CRS, to target: CRS) throws {
        self.source = source
        self.target = target
        let isDegrees = source == .wgs84 || source == .cgcs2000
        zone = isDegrees ? GaussKrueger(target) : nil
        if zone == nil { operation = try PROJOperation(from: source, to: target) }
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
        guard xy.count > 1, source != target else { return }
        if let zone, runWithin(zone, &xy, direction) { return }
        let before = xy.count <= 2 ? xy : []
        if operation == nil { operation = try PROJOperation(from: source, to: target) }
        operation?.run(&xy, direction)
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

    /// By the zone's own series; false, and nothing changed, where a coordinate lies beyond its reach.
    private func runWithin(_ zone: GaussKrueger, _ xy: inout [Double], _ direction: PJ_DIRECTION) -> Bool {
        let isForward = direction == PJ_FWD
        let points = stride(from: 0, to: xy.count - 1, by: 2)
        let isWithin = points.allSatisfy { i in
            isForward
                ? zone.reaches(GeographicPoint(longitude: xy[i], latitude: xy[i + 1]))
                : zone.reaches(PlanarPoint(x: xy[i], y: xy[i + 1]))
        }
        guard isWithin else { return false }
        for i in points {
            if isForward {
                let p = zone.forward(GeographicPoint(longitude: xy[i], latitude: xy[i + 1]))
                (xy[i], xy[i + 1]) = (p.x, p.y)
            } else {
                let g = zone.inverse(PlanarPoint(x: xy[i], y: xy[i + 1]))
                (xy[i], xy[i + 1]) = (g.longitude, g.latitude)
            }
        }
        return true
    }
}
