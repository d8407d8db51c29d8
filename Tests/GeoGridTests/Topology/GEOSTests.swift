import GeoGrid
import TestSupport
import Testing

@Suite struct GEOSTests {
    private func square(_ x: Double, _ y: Double, _ size: Double) -> [PlanarPoint] {
        [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map { PlanarPoint(x: x + $0.0 * size, y: y + $0.1 * size) }
    }

    @Test func geometriesKeepTheirShape() throws {
        let context = GEOSContext()
        var areas = Geometries()
        areas.append(.polygon, parts: [[square(0, 0, 10), square(2, 2, 2)]])
        areas.append(.multiPolygon, parts: [[square(0, 0, 1)], [square(5, 5, 2)]])
        areas.append(PlanarPoint(x: 1, y: 2))
        areas.append(.none, parts: [])
        func read(_ feature: Int) throws -> (area: Double, polygons: [[[PlanarPoint]]], wkt: String, isEmpty: Bool) {
            let geometry = try GEOSGeometry(areas, feature: feature, in: context)
            return (geometry.area, geometry.polygons(), geometry.wkt, geometry.isEmpty)
        }
        let polygon = try read(0)
        #expect(polygon.area == 96)
        #expect(polygon.polygons == areas.feature(0))
        let multi = try read(1)
        #expect(multi.area == 5)
        #expect(multi.polygons == areas.feature(1))
        #expect(try read(2).wkt == "POINT (1 2)")
        #expect(try read(3).isEmpty)
    }

    @Test func refusesAnUnclosedRing() {
        var areas = Geometries()
        areas.append(.polygon, parts: [[[PlanarPoint(x: 0, y: 0), PlanarPoint(x: 1, y: 0), PlanarPoint(x: 1, y: 1)]]])
        #expect(throws: GeoGridError.self) { _ = try GEOSGeometry(areas, feature: 0, in: GEOSContext()) }
    }

    @Test func saysWhyAndWhereAnAreaIsInvalid() throws {
        func validity(_ wkt: String) throws -> GEOSValidity { try GEOSGeometry(wkt: wkt, in: GEOSContext()).validity() }
        #expect(
            try validity("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")
                == .invalid(reason: "Self-intersection", at: PlanarPoint(x: 1, y: 1)))
        #expect(try validity("POLYGON ((0 0, 2 0, 2 2, 0 0))") == .valid)
    }

    @Test func preparedAreasAnswerAsPlainOnes() throws {
        let context = GEOSContext()
        let wkts = [
            "POINT (1 1)", "POINT (0 1)", "POINT (9 9)", "LINESTRING (1 1, 5 1)",
            "POLYGON ((1 1, 1.5 1, 1.5 1.5, 1 1))",
            "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))",
        ]
        let base = "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))"
        let area = try GEOSGeometry(wkt: base, in: context)
        let prepared = try PreparedArea(GEOSGeometry(wkt: base, in: context))
        for wkt in wkts {
            let other = try GEOSGeometry(wkt: wkt, in: context)
            for relation in SpatialRelation.allCases {
                let plain = try area.holds(relation, with: other)
                let fast = try prepared.holds(relation, with: other)
                #expect(plain == fast, "\(relation) \(wkt)")
            }
        }
    }

    @Test func combinesAreas() throws {
        let context = GEOSContext()
        let a = try GEOSGeometry(wkt: "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", in: context)
        let b = try GEOSGeometry(wkt: "POLYGON ((1 0, 3 0, 3 2, 1 2, 1 0))", in: context)
        let areas = try [
            a.intersection(b).area, a.union(b).area, a.difference(b).area, a.symmetricDifference(b).area,
        ]
        #expect(areas == [2, 6, 2, 4])
        let far = try GEOSGeometry(PlanarPoint(x: 5, y: 0), in: context)
        let distance = a.distance(to: far)
        #expect(distance == 3)
    }

    @Test func contextsOutliveNothing() throws {
        // Geometries made in a loop and dropped: the context stays alive as long as any of them.
        func make() throws -> Double {
            let geometry = try GEOSGeometry(wkt: "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", in: GEOSContext())
            let prepared = try PreparedArea(geometry)
            return try prepared.covers(PlanarPoint(x: 1, y: 1)) ? prepared.base.area : 0
        }
        for _ in 0..<100 { #expect(try make() == 4) }
    }
}
