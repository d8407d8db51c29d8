import GeoGrid
import Testing

@testable import Planner

func point(_ x: Double, _ y: Double) -> PlanarPoint { PlanarPoint(x: x, y: y) }

func road(_ id: String, bridge: Bool = false, _ points: [(Double, Double)]) -> Road {
    var road = Road(id: id, roadClass: .residential, lines: [points.map { point($0.0, $0.1) }])
    road.bridge = bridge
    return road
}

/// Streets `step` metres apart, `n` each way.
func gridRoads(_ n: Int, step: Double) -> [Road] {
    let end = Double(n - 1) * step
    var roads: [Road] = []
    for i in 0..<n {
        let at = Double(i) * step
        roads.append(road("h\(i)", [(0, at), (end, at)]))
        roads.append(road("v\(i)", [(at, 0), (at, end)]))
    }
    return roads
}

func rectangle(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> [[PlanarPoint]] {
    [[point(x1, y1), point(x2, y1), point(x2, y2), point(x1, y2), point(x1, y1)]]
}

@Suite struct StreetNetworkTests {
    @Test func crossingsBecomeNodes() {
        let (network, findings) = StreetNetwork.build(roads: gridRoads(4, step: 100))
        #expect(findings.isEmpty)
        // The four corners are passed through, not nodes.
        #expect(network.nodes.count == 12)
        #expect(network.length == 2400)
        #expect(network.partLengths == [2400])
    }

    @Test func bridgesPassOverAndJoinAtTheirEnds() {
        let over = StreetNetwork.build(roads: [
            road("street", [(0, 0), (100, 0)]), road("bridge", bridge: true, [(50, -50), (50, 50)]),
        ]).network
        #expect(over.partLengths == [100, 100])
        let joined = StreetNetwork.build(roads: [
            road("west", [(0, 0), (100, 0)]), road("bridge", bridge: true, [(100, 0), (200, 0)]),
            road("east", [(200, 0), (300, 0)]), road("under", [(150, -50), (150, 50)]),
        ]).network
        #expect(joined.partLengths == [300, 100])
        #expect(joined.kinds.count { $0 == 1 } == 1)
    }

    @Test func nearEndsAreJoinedAndFarOnesNot() {
        let near = StreetNetwork.build(roads: [
            road("a", [(0, 0), (100, 0)]), road("b", [(50, 2), (50, 100)]), road("c", [(101, 1), (200, 0)]),
        ]).network
        #expect(near.partLengths.count == 1)
        let far = StreetNetwork.build(roads: [road("a", [(0, 0), (100, 0)]), road("b", [(50, 20), (50, 100)])])
        #expect(far.network.partLengths == [100, 80])
        #expect(far.findings.map(\.code) == [.streetsInParts])
    }

    @Test func unusableLinesAreFindings() {
        let (network, findings) = StreetNetwork.build(roads: [
            road("dot", [(5, 5), (5, 5)]), road("nan", [(0, 0), (.nan, 1), (10, 0), (20, 0)]),
            road("empty", []), road("infinite", [(0, 0), (.infinity, 0)]),
        ])
        #expect(network.length == 10)
        #expect(findings.map(\.code) == Array(repeating: .unusableRoadLine, count: 4))
    }

    @Test func roadsThroughWaterAreToldUnlessTheyAreBridges() {
        let water = AreaBarrier(areas: [rectangle(40, -100, 60, 100)])
        let told = StreetNetwork.build(roads: [road("ford", [(0, 0), (100, 0)])], water: water)
        #expect(told.findings.map(\.code) == [.roadThroughWater])
        #expect(told.findings[0].place.coordinate == point(40, 0))
        let bridge = StreetNetwork.build(roads: [road("b", bridge: true, [(0, 0), (100, 0)])], water: water)
        #expect(bridge.findings.isEmpty)
    }

    @Test func aRingWithoutCrossingIsAnEdge() {
        let (network, _) = StreetNetwork.build(roads: [road("ring", [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)])])
        #expect(network.edgeCount == 1)
        #expect(network.length == 40)
    }

    @Test func dividingCutsAtTheOutline() {
        let network = StreetNetwork.build(roads: [road("a", [(0, 0), (100, 0)])]).network
        let (outside, inside) = network.divided(by: AreaBarrier(areas: [rectangle(40, -10, 60, 10)]))
        #expect(outside.length == 80 && outside.edgeCount == 2)
        #expect(inside.length == 20 && inside.edgeCount == 1)
        #expect(Set(outside.origins).intersection(inside.origins).count == 2)
    }

    @Test func barrierContainsWhatItsRingsHold() {
        let barrier = AreaBarrier(areas: [rectangle(0, 0, 10, 10) + rectangle(4, 4, 6, 6)])
        #expect(barrier.contains(point(2, 2)))
        #expect(!barrier.contains(point(5, 5)))
        #expect(!barrier.contains(point(11, 5)))
        #expect(barrier.crossings(from: point(-5, 5), to: point(15, 5)).count == 4)
        #expect(!barrier.bars(from: point(-5, 20), to: point(20, 20)))
    }
}
