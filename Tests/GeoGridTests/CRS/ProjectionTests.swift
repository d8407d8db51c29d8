import GeoGrid
import Testing

@Suite struct ProjectionTests {
    /// `echo 30.6 114.3 | cs2cs -f %.4f EPSG:4490 EPSG:4547` of PROJ.
    @Test func agreesWithPROJ() throws {
        let p = try Projection(from: .cgcs2000, to: CRS(epsg: 4547))(
            GeographicPoint(longitude: 114.3, latitude: 30.6))
        #expect(abs(p.x - 528770.2373) < 0.001)
        #expect(abs(p.y - 3386666.2506) < 0.001)
    }

    @Test func longitudeComesFirstAndTheWayBackLeadsBack() throws {
        var generator = SeededGenerator(seed: 4)
        for target in [4534, 4547, 4554, 4528, 32649, 3857] {
            let projection = try Projection(from: .wgs84, to: CRS(epsg: target))
            let middle = target == 4534 ? 75.0 : target == 4554 ? 135 : target == 4528 ? 120 : 112
            let original = (0..<200).flatMap { _ in
                [middle - 1 + 2 * generator.unit(), 20 + 25 * generator.unit()]
            }
            var xy = original
            try projection.apply(to: &xy)
            #expect(xy.allSatisfy { $0.isFinite })
            if target == 4528 { #expect(xy[0] > 40_000_000 && xy[0] < 41_000_000) }
            if target == 4547 { #expect(xy[0] < 1_000_000) }
            try projection.applyInverse(to: &xy)
            for (a, b) in zip(original, xy) { #expect(abs(a - b) < 1e-8) }
        }
    }

    /// The zones with a number before the easting go through PROJ, those without through the own series.
    @Test(arguments: [0, 6, 14, 20])
    func ownSeriesAgreesWithPROJ(zone: Int) throws {
        let own = try Projection(from: .cgcs2000, to: CRS(epsg: 4534 + zone))
        let proj = try Projection(from: .cgcs2000, to: CRS(epsg: 4513 + zone))
        let prefix = Double(25 + zone) * 1e6
        var generator = SeededGenerator(seed: UInt64(zone))
        var worst = (forward: 0.0, inverse: 0.0)
        for _ in 0..<2000 {
            let longitude = Double(75 + 3 * zone) + 11.9 * (generator.unit() - 0.5)
            let degrees = PlanarPoint(x: longitude, y: 160 * (generator.unit() - 0.5))
            let a = try own(degrees)
            let b = try proj(degrees)
            worst.forward = max(worst.forward, abs(a.x + prefix - b.x), abs(a.y - b.y))
            let back = try own.inverse(a)
            worst.inverse = max(worst.inverse, abs(back.x - degrees.x), abs(back.y - degrees.y))
        }
        #expect(worst.forward < 1e-6)
        #expect(worst.inverse < 1e-11)
    }

    @Test func placesBeyondTheSeriesGoThroughPROJ() throws {
        let own = try Projection(from: .wgs84, to: CRS(epsg: 4547))
        let proj = try Projection(from: .wgs84, to: CRS(epsg: 4526))
        for place in [PlanarPoint(x: 100, y: 30), PlanarPoint(x: 114, y: 88), PlanarPoint(x: 140, y: -60)] {
            let a = try own(place)
            let b = try proj(place)
            #expect(abs(a.x + 38e6 - b.x) < 1e-6 && abs(a.y - b.y) < 1e-6)
        }
    }

    @Test func choosesTheZoneFromTheData() {
        #expect(CRS.gaussKruger(longitude: 114.3) == CRS(epsg: 4547))
        #expect(CRS.gaussKruger(longitude: 120.48) == CRS(epsg: 4549))
        #expect(CRS.gaussKruger(longitude: 73.5) == CRS(epsg: 4534))
        #expect(CRS.gaussKruger(longitude: 136.4) == CRS(epsg: 4554))
        #expect(CRS.gaussKruger(longitude: 15.6) == nil)
        #expect(CRS.metres(longitude: 15.6, latitude: 48.4) == CRS(epsg: 32_633))
        #expect(CRS.metres(longitude: 120, latitude: -30) == CRS(epsg: 32_751))
        for zone in 0...20 {
            let meridian = Double(75 + 3 * zone)
            let crs = CRS.gaussKruger(longitude: meridian)
            #expect(crs?.name == "CGCS2000 / 3-degree Gauss-Kruger CM \(75 + 3 * zone)E")
        }
        #expect(!CRS(epsg: 4547).isGeographic)
        #expect(CRS(epsg: 4214).isGeographic)
    }

    @Test func unknownCodesAndImpossiblePlacesAreTold() throws {
        #expect {
            try Projection(from: .wgs84, to: CRS(epsg: 9_999_999))
        } throws: { error in
            (error as? GeoGridError)?.code == .unusableCRS
        }
        let projection = try Projection(from: .wgs84, to: CRS(epsg: 4547))
        #expect {
            try projection(PlanarPoint(x: 114, y: 95))
        } throws: { error in
            (error as? GeoGridError)?.code == .outsideCRS
        }
    }

    @Test func readsNames() {
        for name in [
            "EPSG:4490", "4490", "epsg:4490", "urn:ogc:def:crs:EPSG::4490", "urn:ogc:def:crs:EPSG:6.9:4490",
            "http://www.opengis.net/def/crs/EPSG/0/4490", "http://www.opengis.net/gml/srs/epsg.xml#4490",
        ] {
            #expect(CRS(name: name) == .cgcs2000, "\(name)")
        }
        #expect(CRS(name: "urn:ogc:def:crs:OGC:1.3:CRS84") == .wgs84)
        for name in ["", "GCJ-02", "EPSG:", "EPSG:12", "CGCS2000_3_Degree_GK_Zone_38", "urn:x:7:4490"] {
            #expect(CRS(name: name) == nil, "\(name)")
        }
    }
}
