/// 坐标参考系: a coordinate reference system, named by its EPSG code.
public struct CRS: Hashable, Sendable, CustomStringConvertible {
    public let epsg: Int

    public init(epsg: Int) {
        self.epsg = epsg
    }

    /// EPSG:4326, longitude first as everywhere here.
    public static let wgs84 = CRS(epsg: 4326)
    /// 2000国家大地坐标系, EPSG:4490: agrees with WGS 84 to a metre.
    public static let cgcs2000 = CRS(epsg: 4490)

    /// `EPSG:4490`.
    public var description: String { "EPSG:\(epsg)" }

    /// Reads `EPSG:4528`, `4528`, `urn:ogc:def:crs:EPSG::4528`, `urn:ogc:def:crs:OGC:1.3:CRS84` and
    /// `http://www.opengis.net/def/crs/EPSG/0/4528`; nil for anything else.
    public init?(name: String) {
        let upper = name.uppercased()
        if upper.hasSuffix("CRS84") || upper.hasSuffix("CRS84H") {
            self = .wgs84
            return
        }
        let fields = upper.split { ":/#".contains($0) }
        guard let last = fields.last, let code = Int(last), (1024...32_767).contains(code),
            fields.count == 1 || fields.contains("EPSG") || fields.contains("EPSG.XML")
        else { return nil }
        self.init(epsg: code)
    }
}
