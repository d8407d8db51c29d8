import GeoGrid

/// 社区牌: finds the place of each community's name plate: inside it, where it costs its grids the least.
enum CommunityPlates {
    struct Request {
        var rings: [[PlanarPoint]]
        var width, height: Double
    }

    /// Area of a grid that holds a label with ease, square millimetres.
    private static let labelRoom = 160.0

    /// A plate may cover parts of several grids; the best place is the one that leaves each grid the most of its
    /// room. `grids` are the boxes and areas of the grids of the community. O(candidates · grids).
    static func place(
        _ request: Request, grids: [(box: Box, area: Double, rings: [[PlanarPoint]])], taken: PlacedBoxes
    ) -> PlanarPoint? {
        var box = Box.empty
        for ring in request.rings { for p in ring { box.extend(x: p.x, y: p.y) } }
        guard box.width > 0 else { return nil }
        var raster = LabelRaster(rings: request.rings, cell: max(1, max(box.width, box.height) / 160))
        for other in taken.near(box) { raster.block(other) }
        raster.finish()
        guard let middle = raster.place(width: request.width + 1.5, height: request.height + 1.5) else { return nil }
        let (w, h) = (request.width / 2, request.height / 2)
        var best: (cost: Double, point: PlanarPoint)?
        for candidate in raster.free(width: request.width + 1.5, height: request.height + 1.5, step: 3) {
            let plate = Box(
                minX: candidate.x - w, minY: candidate.y - h, maxX: candidate.x + w, maxY: candidate.y + h)
            var worst = 0.0
            for grid in grids where grid.box.intersects(plate) {
                let covered = coverage(of: grid.rings, by: plate)
                guard covered > 0 else { continue }
                worst = max(worst, covered / max(grid.area, 1))
                // A grid left with less than a label's room loses its name: worse than any distance.
                if grid.area - covered < Self.labelRoom { worst += 1 + Self.labelRoom / max(grid.area, 1) }
            }
            let off = candidate.distance(to: middle) / max(box.width, box.height)
            let cost = worst + 0.3 * off
            if best.map({ cost < $0.cost }) ?? true { best = (cost, candidate) }
        }
        return best?.point ?? middle
    }

    /// Roughly the area of the plate that lies in a polygon: counted on 8 × 4 sample points.
    private static func coverage(of rings: [[PlanarPoint]], by plate: Box) -> Double {
        var inside = 0
        for i in 0..<8 {
            for j in 0..<4 {
                let x = plate.minX + (Double(i) + 0.5) / 8 * plate.width
                let y = plate.minY + (Double(j) + 0.5) / 4 * plate.height
                if contains(rings, x, y) { inside += 1 }
            }
        }
        return Double(inside) / 32 * plate.width * plate.height
    }

    static func contains(_ rings: [[PlanarPoint]], _ x: Double, _ y: Double) -> Bool {
        var inside = false
        for ring in rings where ring.count > 1 {
            for i in 1..<ring.count {
                let (p, q) = (ring[i - 1], ring[i])
                if (p.y > y) != (q.y > y), x < p.x + (y - p.y) / (q.y - p.y) * (q.x - p.x) { inside.toggle() }
            }
        }
        return inside
    }
}

extension LabelRaster {
    /// Middles of free boxes of a size, every `step` cells.
    func free(width: Double, height: Double, step: Int) -> [PlanarPoint] {
        let (w, h) = (max(1, Int((width / cell).rounded(.up))), max(1, Int((height / cell).rounded(.up))))
        guard w <= columns, h <= rows else { return [] }
        var found: [PlanarPoint] = []
        for row in stride(from: 0, through: rows - h, by: step) {
            for column in stride(from: 0, through: columns - w, by: step) where isFree(column, row, w, h) {
                found.append(
                    PlanarPoint(
                        x: origin.x + (Double(column) + Double(w) / 2) * cell,
                        y: origin.y + (Double(row) + Double(h) / 2) * cell))
            }
        }
        return found
    }
}
