import Foundation

/// 坐标基准: which earth the degrees of a file are on. Declared by the user, never guessed in silence.
public enum Datum: String, CaseIterable, Codable, Sendable {
    /// GPS.
    case wgs84
    /// 2000国家大地坐标系: agrees with WGS 84 to a metre, and is treated as the same here.
    case cgcs2000
    /// 火星坐标: Amap and Tencent maps, 100–700 m off.
    case gcj02
    /// 百度坐标: GCJ-02 shifted once more.
    case bd09

    /// The name as people write it.
    public var name: String {
        switch self {
        case .wgs84: "WGS 84"
        case .cgcs2000: "CGCS2000"
        case .gcj02: "GCJ-02"
        case .bd09: "BD-09"
        }
    }

    /// Takes a point from this datum to another. Forward by formula; back by iteration to 1e-9°, below 0.2 mm.
    /// Outside China GCJ-02 is WGS 84.
    public func convert(_ point: GeographicPoint, to target: Datum) -> GeographicPoint {
        guard shift != target.shift else { return point }
        let gcj =
            switch shift {
            case .none: ChinaShift.gcj02(fromWGS84: point)
            case .gcj02: point
            case .bd09: ChinaShift.gcj02(fromBD09: point)
            }
        return switch target.shift {
        case .none: ChinaShift.wgs84(fromGCJ02: gcj)
        case .gcj02: gcj
        case .bd09: ChinaShift.bd09(fromGCJ02: gcj)
        }
    }

    /// Converts interleaved degrees in place. O(coordinates).
    public func convert(_ xy: inout [Double], to target: Datum) {
        guard shift != target.shift else { return }
        for i in stride(from: 0, to: xy.count - 1, by: 2) {
            let point = convert(GeographicPoint(longitude: xy[i], latitude: xy[i + 1]), to: target)
            xy[i] = point.longitude
            xy[i + 1] = point.latitude
        }
    }

    public func convert(_ geometries: inout Geometries, to target: Datum) {
        convert(&geometries.xy, to: target)
    }

    private enum Shift { case none, gcj02, bd09 }

    private var shift: Shift {
        switch self {
        case .wgs84, .cgcs2000: .none
        case .gcj02: .gcj02
        case .bd09: .bd09
        }
    }
}

/// 国测局加偏: the published formulas of GCJ-02 and BD-09.
///
/// Source: the transform made public in 2013 ("eviltransform"), on the ellipsoid of Krassowsky 1940; implementations
/// differ among themselves by up to 7.3e-6°, under a metre.
enum ChinaShift {
    private static let semiMajorAxis = 6_378_245.0
    private static let eccentricitySquared = 0.006_693_421_622_965_943

    static func gcj02(fromWGS84 p: GeographicPoint) -> GeographicPoint {
        guard isInChina(p) else { return p }
        let x = p.longitude - 105
        let y = p.latitude - 35
        let waves = 20 * sin(6 * x * .pi) + 20 * sin(2 * x * .pi)
        let north =
            -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * abs(x).squareRoot()
            + (waves + 20 * sin(y * .pi) + 40 * sin(y / 3 * .pi) + 160 * sin(y / 12 * .pi)
                + 320 * sin(y / 30 * .pi)) * 2 / 3
        let east =
            300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * abs(x).squareRoot()
            + (waves + 20 * sin(x * .pi) + 40 * sin(x / 3 * .pi) + 150 * sin(x / 12 * .pi)
                + 300 * sin(x / 30 * .pi)) * 2 / 3
        let latitude = p.latitude * .pi / 180
        let w = 1 - eccentricitySquared * sin(latitude) * sin(latitude)
        let meridian = semiMajorAxis * (1 - eccentricitySquared) / (w * w.squareRoot())
        let parallel = semiMajorAxis / w.squareRoot() * cos(latitude)
        return GeographicPoint(
            longitude: p.longitude + east / parallel * 180 / .pi, latitude: p.latitude + north / meridian * 180 / .pi)
    }

    static func wgs84(fromGCJ02 p: GeographicPoint) -> GeographicPoint { invert(p, gcj02(fromWGS84:)) }

    private static let angle = Double.pi * 3000 / 180

    static func bd09(fromGCJ02 p: GeographicPoint) -> GeographicPoint {
        guard isInChina(p) else { return p }
        let x = p.longitude
        let y = p.latitude
        let radius = (x * x + y * y).squareRoot() + 0.000_02 * sin(y * angle)
        let turn = atan2(y, x) + 0.000_003 * cos(x * angle)
        return GeographicPoint(longitude: radius * cos(turn) + 0.0065, latitude: radius * sin(turn) + 0.006)
    }

    static func gcj02(fromBD09 p: GeographicPoint) -> GeographicPoint { invert(p, bd09(fromGCJ02:)) }

    /// The point whose image is `p`: fixed-point iteration, which gains about two digits a round.
    private static func invert(
        _ p: GeographicPoint, _ forward: (GeographicPoint) -> GeographicPoint
    ) -> GeographicPoint {
        guard isInChina(p) else { return p }
        var guess = p
        for _ in 0..<30 {
            let image = forward(guess)
            let dx = p.longitude - image.longitude
            let dy = p.latitude - image.latitude
            guess.longitude += dx
            guess.latitude += dy
            if abs(dx) < 1e-9, abs(dy) < 1e-9 { break }
        }
        return guess
    }

    /// The box the published formula is applied in, 72.004–137.8347° E, 0.8293–55.8271° N.
    private static func isInChina(_ p: GeographicPoint) -> Bool {
        p.longitude >= 72.004 && p.longitude <= 137.8347 && p.latitude >= 0.8293 && p.latitude <= 55.8271
    }
}
