import Foundation
public import GeoGrid
import Synchronization

/// 投影信息: names the coordinate system of a town and leads back to longitude and latitude.
public struct SheetProjection: Sendable {
    /// As the title block names it.
    public var name: String
    public var wkt: String
    public var geographic: @Sendable (PlanarPoint) -> GeographicPoint?

    public init(name: String, wkt: String, geographic: @escaping @Sendable (PlanarPoint) -> GeographicPoint?) {
        self.name = name
        self.wkt = wkt
        self.geographic = geographic
    }

    /// The projection of a code by PROJ. CGCS2000 zones lead back to CGCS2000, all others to WGS 84. Throws GG201.
    public init(epsg: Int) throws {
        let chinese = (4491...4554).contains(epsg)
        let lookup = try Lookup(CRS(epsg: epsg), chinese ? .cgcs2000 : .wgs84)
        self.init(name: chinese ? "CGCS2000（EPSG:\(epsg)）" : "EPSG:\(epsg)", wkt: "") { lookup.geographic($0) }
    }

    /// A projection is not made for several tasks at once; a lock serves them in turn.
    private final class Lookup: Sendable {
        private let projection: Mutex<Projection>

        init(_ metres: CRS, _ degrees: CRS) throws {
            projection = Mutex(try Projection(from: degrees, to: metres))
        }

        func geographic(_ p: PlanarPoint) -> GeographicPoint? {
            projection.withLock { projection in
                (try? projection.inverse(p)).map { GeographicPoint(longitude: $0.x, latitude: $0.y) }
            }
        }
    }

    /// 子午线收敛角: how far grid north lies east of true north, degrees: positive east of the central meridian.
    ///
    /// Measured on 100 m of a grid line, so it holds for any projection.
    package func convergence(at p: PlanarPoint) -> Double {
        guard let a = geographic(p), let b = geographic(PlanarPoint(x: p.x, y: p.y + 100)) else { return 0 }
        let east = (b.longitude - a.longitude) * cos(a.latitude * .pi / 180)
        return atan2(east, b.latitude - a.latitude) * 180 / .pi
    }
}
