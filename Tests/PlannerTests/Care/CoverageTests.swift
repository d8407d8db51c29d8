import GeoGrid
import Testing

@testable import Planner

@Suite struct CoverageTests {
    let model = WalkModel(roads: [road("street", [(0, 0), (2000, 0)])], waters: [])

    @Test func tallies() {
        let points = model.doors([point(0, 0)])
        let homes = model.doors([point(100, 0), point(400, 0), point(1500, 0), point(0, 5000)])
        let coverage = Coverage(
            walks: model.nearest(of: points, to: homes), model: model, limits: [5, 10], persons: [3, 2, 4, 5],
            elders: [1, 0, 2, 1], areaOf: [0, 0, 1, -1], areaCount: 2, pointCount: 1)
        #expect(coverage.total.households == 4)
        #expect(coverage.total.persons == 14)
        #expect(coverage.total.personsWithin == [3, 5])
        #expect(coverage.total.eldersWithin == [1, 1])
        #expect(coverage.total.unreachable == 1)
        #expect(coverage.total.worst == 2)
        #expect(abs(coverage.total.worstMinutes - 22.5) < 1e-9)
        #expect(coverage.areas.map(\.householdsWithin) == [[1, 2], [0, 0]])
        #expect(coverage.served == [3])
    }

    @Test func reachAreasHoldTheReachedGroundOnly() {
        let points = model.doors([point(1000, 0)])
        let areas = ReachAreas(model: model, points: points, limits: [5, 10]).areas
        #expect(areas.count == 2)
        let five = AreaBarrier(areas: areas.feature(0))
        let ten = AreaBarrier(areas: areas.feature(1))
        // Five minutes are 333 m, ten 667 m.
        #expect(five.contains(point(1300, 0)) && !five.contains(point(1370, 0)))
        #expect(ten.contains(point(1640, 10)) && !ten.contains(point(1700, 0)))
        #expect(!ten.contains(point(1000, 90)))
        #expect(areas.area(ofFeature: 0) < areas.area(ofFeature: 1))
        for part in areas.parts(ofFeature: 0) {
            #expect(areas.signedArea(ofRing: areas.paths(ofPart: part).lowerBound) > 0)
        }
    }

    @Test func blocksTooDeepForTheSetbackAreHoles() {
        let block = WalkModel(roads: gridRoads(2, step: 300), waters: [])
        let areas = ReachAreas(model: block, points: block.doors([point(0, 0)]), limits: [15]).areas
        #expect(areas.parts(ofFeature: 0).count == 1)
        #expect(areas.paths(ofPart: 0).count == 2)
        #expect(areas.signedArea(ofRing: 1) < 0)
    }

    @Test func nothingReachedIsAnEmptyFeature() {
        let areas = ReachAreas(model: model, points: model.doors([]), limits: [5]).areas
        #expect(areas.kinds == [.none])
    }
}
