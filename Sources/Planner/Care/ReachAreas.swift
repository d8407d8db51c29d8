public import GeoGrid

/// 等时圈: the ground within so many minutes' walk of any of the points, as polygons.
///
/// Minutes are worked out on a square mesh from the nearest street each mesh point can reach, and the line of the limit
/// is drawn between mesh points by linear interpolation (marching squares). Shells counter-clockwise, holes clockwise.
public struct ReachAreas: Sendable {
    /// One polygon feature a limit, in the order of the limits; a limit that reaches nothing is an empty feature.
    public let areas: Geometries

    /// - Parameters:
    ///   - mesh: width of the mesh in metres.
    ///   - setback: ground farther than this from every street, in metres, belongs to no area.
    /// O(area / mesh² + streets × log).
    public init(model: WalkModel, points: StreetDoors, limits: [Double], mesh: Double = 20, setback: Double = 60) {
        var areas = Geometries()
        let reach = (limits.max() ?? 0) * model.options.pace
        var box = Box.empty
        for p in points.points where p.x.isFinite && p.y.isFinite { box.extend(x: p.x, y: p.y) }
        guard !box.isEmpty, reach > 0 else {
            for _ in limits { areas.append(.multiPolygon, parts: []) }
            self.areas = areas
            return
        }
        box = box.expanded(by: reach + setback)
        if model.followsStreets {
            var streets = Box.empty
            for p in model.network.shape { streets.extend(x: p.x, y: p.y) }
            streets = streets.expanded(by: setback + 2 * mesh)
            box = Box(
                minX: max(box.minX, streets.minX), minY: max(box.minY, streets.minY), maxX: min(box.maxX, streets.maxX),
                maxY: min(box.maxY, streets.maxY))
        }
        // The mesh stands on whole multiples of its width, so that adding a point elsewhere moves no line.
        let x0 = (box.minX / mesh).rounded(.down) - 1
        let y0 = (box.minY / mesh).rounded(.down) - 1
        let columns = max(2, Int((box.maxX / mesh).rounded(.up) - x0) + 2)
        let rows = max(2, Int((box.maxY / mesh).rounded(.up) - y0) + 2)
        var meshPoints: [PlanarPoint] = []
        meshPoints.reserveCapacity(columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                meshPoints.append(PlanarPoint(x: (x0 + Double(column)) * mesh, y: (y0 + Double(row)) * mesh))
            }
        }
        let doors = model.doors(meshPoints, limit: 2 * setback)
        let walks = model.nearest(of: points, to: doors)
        for limit in limits {
            let metres = limit * model.options.pace
            let values = meshPoints.indices.map { i -> Double in
                let walk = walks.sources[i] < 0 ? .infinity : Double(walks.centimetres[i]) / 100
                // Negative inside; capped far off, so that the line stays near the streets.
                return min(max(walk - metres, Double(doors.access[i]) / 100 - setback), setback)
            }
            let rings = IsoLines(values: values, columns: columns, rows: rows).rings.map { ring in
                ring.map { PlanarPoint(x: (x0 + $0.x) * mesh, y: (y0 + $0.y) * mesh) }
            }
            areas.append(.multiPolygon, parts: RingNesting.polygons(of: rings))
        }
        self.areas = areas
    }
}
