import GRDB
import GeoGrid
import Planner

extension LocateSearch {
    /// 最近服务点 on foot: the three nearest of the eight nearest by straight line, by the streets around them.
    ///
    /// Only the streets and waters around the place are read, so the way may not leave that part of the map; a service
    /// point that no way leads to keeps its straight line, and a town without streets has nothing but straight lines.
    func services(near point: PlanarPoint) throws -> [LocateAnswer.Service] {
        var all: [(service: LocateAnswer.Service, location: PlanarPoint)] = []
        try Rows.each(
            db, "SELECT name, kind, geom FROM service_point WHERE \(LayerLoader.valid) ORDER BY id", [day.description]
        ) { row in
            guard let location = row.point(2) else { return }
            all.append(
                (
                    LocateAnswer.Service(
                        name: row.text(0), kind: row.text(1), metres: location.distance(to: point), onFoot: false),
                    location
                ))
        }
        let order = all.indices.sorted { (all[$0].service.metres, $0) < (all[$1].service.metres, $1) }
        var near = order.prefix(8).map { all[$0] }
        guard !near.isEmpty else { return [] }
        var box = Box.empty
        for place in near.map(\.location) + [point] { box.extend(x: place.x, y: place.y) }
        let walk = try walkModel(in: box.expanded(by: 300))
        if walk.followsStreets {
            let targets = walk.doors(near.map(\.location))
            let rows = walk.rows(from: walk.doors([point]), to: targets)
            for i in rows.row(0) {
                let target = Int(rows.targets[i])
                near[target].service.metres = Double(rows.centimetres[i]) / 100
                near[target].service.onFoot = true
            }
        }
        // What no way leads to comes last.
        let ranked = near.indices.sorted {
            let (a, b) = (near[$0].service, near[$1].service)
            return (a.onFoot ? 0 : 1, a.metres, $0) < (b.onFoot ? 0 : 1, b.metres, $1)
        }
        return ranked.prefix(3).map { near[$0].service }
    }

    private func walkModel(in box: Box) throws -> WalkModel {
        let bounds = [box.minX, box.maxX, box.minY, box.maxY].map { "\($0)" }
        func inBox(_ table: String) -> String {
            """
            fid IN (SELECT id FROM rtree_\(table)_geom WHERE maxx >= CAST(?1 AS REAL) AND minx <= CAST(?2 AS REAL)
                AND maxy >= CAST(?3 AS REAL) AND miny <= CAST(?4 AS REAL)) ORDER BY id
            """
        }
        var roads: [Road] = []
        try Rows.each(db, "SELECT id, class, bridge, geom FROM road WHERE \(inBox("road"))", bounds) { row in
            var reader = GeometryBlobReader()
            row.withBlob(3) { reader.append($0) }
            var road = Road(
                id: row.text(0), roadClass: Road.Class(rawValue: row.text(1)) ?? .residential,
                lines: reader.geometries.feature(0).flatMap { $0 })
            road.bridge = row.integer(2) != 0
            roads.append(road)
        }
        var waters: [Water] = []
        try Rows.each(db, "SELECT id, geom FROM water WHERE \(inBox("water"))", bounds) { row in
            var reader = GeometryBlobReader()
            row.withBlob(1) { reader.append($0) }
            let shapes = reader.geometries
            waters.append(Water(id: row.text(0), kind: shapes.kinds[0], parts: shapes.feature(0)))
        }
        return WalkModel(roads: roads, waters: waters)
    }
}
