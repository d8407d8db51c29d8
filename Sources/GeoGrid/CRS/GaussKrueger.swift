import Foundation

/// 高斯—克吕格投影: 3° zones on the CGCS2000 ellipsoid, false easting 500 km, no zone prefix (EPSG:4534–4554).
///
/// Written out here so that the common case neither waits for PROJ to open its database nor hangs on the version that
/// is installed; agrees with PROJ to a micrometre within 6° of the central meridian.
/// Source: Karney, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011), series to n⁴.
package struct GaussKrueger: Sendable {
    /// Degrees.
    package let centralMeridian: Double

    package init(centralMeridian: Double) {
        self.centralMeridian = centralMeridian
    }

    /// The zone of a metre system; nil for any other.
    package init?(_ crs: CRS) {
        guard (4534...4554).contains(crs.epsg) else { return nil }
        self.init(centralMeridian: Double(75 + 3 * (crs.epsg - 4534)))
    }

    /// Whether a position lies where the series is good for.
    package func reaches(_ p: GeographicPoint) -> Bool {
        abs(p.longitude - centralMeridian) <= 6 && abs(p.latitude) <= 84
    }

    /// As above, for a place in metres.
    package func reaches(_ p: PlanarPoint) -> Bool {
        // Six degrees are 668 km on the equator.
        abs(p.x - 500_000) <= 660_000 && abs(p.y) <= 9_000_000
    }

    private static let a = 6_378_137.0
    private static let f = 1 / 298.257222101
    private static let n = f / (2 - f)
    private static let e = (f * (2 - f)).squareRoot()
    private static let radius = a / (1 + n) * (1 + n * n / 4 + n * n * n * n / 64)
    private static let alpha = [
        n / 2 - 2 * n * n / 3 + 5 * n * n * n / 16 + 41 * n * n * n * n / 180,
        13 * n * n / 48 - 3 * n * n * n / 5 + 557 * n * n * n * n / 1440,
        61 * n * n * n / 240 - 103 * n * n * n * n / 140,
        49561 * n * n * n * n / 161280,
    ]
    private static let beta = [
        n / 2 - 2 * n * n / 3 + 37 * n * n * n / 96 - n * n * n * n / 360,
        n * n / 48 + n * n * n / 15 - 437 * n * n * n * n / 1440,
        17 * n * n * n / 480 - 37 * n * n * n * n / 840,
        4397 * n * n * n * n / 161280,
    ]

    package func forward(_ p: GeographicPoint) -> PlanarPoint {
        let phi = p.latitude * .pi / 180
        let lambda = (p.longitude - centralMeridian) * .pi / 180
        let tau = tan(phi)
        let sigma = sinh(Self.e * atanh(Self.e * tau / (1 + tau * tau).squareRoot()))
        let conformal = tau * (1 + sigma * sigma).squareRoot() - sigma * (1 + tau * tau).squareRoot()
        let xi = atan2(conformal, cos(lambda))
        let eta = asinh(sin(lambda) / (conformal * conformal + cos(lambda) * cos(lambda)).squareRoot())
        var north = xi
        var east = eta
        for (j, k) in Self.alpha.enumerated() {
            let m = 2 * Double(j + 1)
            north += k * sin(m * xi) * cosh(m * eta)
            east += k * cos(m * xi) * sinh(m * eta)
        }
        return PlanarPoint(x: 500_000 + Self.radius * east, y: Self.radius * north)
    }

    package func inverse(_ p: PlanarPoint) -> GeographicPoint {
        let xi = p.y / Self.radius
        let eta = (p.x - 500_000) / Self.radius
        var north = xi
        var east = eta
        for (j, k) in Self.beta.enumerated() {
            let m = 2 * Double(j + 1)
            north -= k * sin(m * xi) * cosh(m * eta)
            east -= k * cos(m * xi) * sinh(m * eta)
        }
        let conformal = sin(north) / (sinh(east) * sinh(east) + cos(north) * cos(north)).squareRoot()
        let lambda = atan2(sinh(east), cos(north))
        let square = 1 - Self.e * Self.e
        var tau = conformal
        for _ in 0..<4 {
            let sigma = sinh(Self.e * atanh(Self.e * tau / (1 + tau * tau).squareRoot()))
            let trial = tau * (1 + sigma * sigma).squareRoot() - sigma * (1 + tau * tau).squareRoot()
            tau +=
                (conformal - trial) / (1 + trial * trial).squareRoot() * (1 + square * tau * tau)
                / (square * (1 + tau * tau).squareRoot())
        }
        return GeographicPoint(longitude: centralMeridian + lambda * 180 / .pi, latitude: atan(tau) * 180 / .pi)
    }
}
