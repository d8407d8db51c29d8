import GeoGrid
import TestSupport
import Testing

@testable import Planner

/// The walking network of real towns, as OpenStreetMap knows them.
@Suite struct RealStreetsTests {
    private func town(_ file: String, longitude: Double, latitude: Double) throws -> OpenStreetMap {
        let (table, _) = try Intake.read(RealData.url("osm_towns/\(file)"))
        let projection = try Projection(from: .wgs84, to: .metres(longitude: longitude, latitude: latitude))
        return try OpenStreetMap(table, projection: projection)
    }

    @Test(
        .enabled(if: RealData.exists, RealData.absent),
        arguments: [("krems_at.osm.gz", 15.6, 48.4), ("guixi_jiangxi.osm", 117.2, 28.3)])
    func networkIsBuiltItsPartsAreToldAndBuildingsAreCovered(
        file: String, longitude: Double, latitude: Double
    ) throws {
        let osm = try town(file, longitude: longitude, latitude: latitude)
        let model = WalkModel(roads: osm.roads, waters: osm.waters)
        #expect(model.followsStreets)
        // What is not joined is told, one finding a part or in the sum of the scraps.
        let parts = model.network.partLengths
        let large = parts.dropFirst().count { $0 >= 100 }
        let told = model.findings.count { $0.code == .streetsInParts }
        #expect(told == large + (parts.dropFirst().contains { $0 < 100 } ? 1 : 0))
        #expect(parts[0] > 0.8 * model.network.length)

        let homes = model.doors(
            osm.buildings.compactMap { $0.footprint.first?.first }.map { ring in
                ring.reduce(into: Box.empty) { $0.extend(x: $1.x, y: $1.y) }.center
            })
        #expect(homes.edges.count { $0 >= 0 } > homes.count * 9 / 10)
        // From the crossing nearest to the middle of the network, as a service point would stand.
        let box = model.network.nodes.reduce(into: Box.empty) { $0.extend(x: $1.x, y: $1.y) }
        let middle = try #require(
            model.network.nodes.indices.filter { model.network.parts[$0] == 0 }
                .min {
                    model.network.nodes[$0].distance(to: box.center) < model.network.nodes[$1].distance(to: box.center)
                })
        let points = model.doors([model.network.nodes[middle]])
        let walks = model.nearest(of: points, to: homes)
        let straight = homes.points.indices.filter { walks.sources[$0] >= 0 }
        #expect(straight.count > homes.count / 2)
        #expect(
            straight.allSatisfy {
                Double(walks.centimetres[$0]) / 100 >= homes.points[$0].distance(to: points.points[0]) - 0.5
            })
        let areas = ReachAreas(model: model, points: points, limits: [5, 10, 15]).areas
        #expect(areas.area(ofFeature: 0) < areas.area(ofFeature: 1))
        #expect(areas.area(ofFeature: 1) < areas.area(ofFeature: 2))
    }
}
