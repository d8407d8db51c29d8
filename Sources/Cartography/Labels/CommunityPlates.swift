import GeoGrid

/// 社区牌: finds the place of each community's name plate: inside it, where it costs its grids the least.
enum CommunityPlates {
    struct Request {
        var rings: [[PlanarPoint]]
        var width, height: Double
        /// Area of a grid that holds a label with ease, square millimetres.
        var labelRoom: Double
        /// Side of the smallest badge with its margin, millimetres.
        var badge: Double
    }

    /// A grid that a plate may cover in part.
    struct Grid {
        var rings: [[PlanarPoint]]
        var box: Box
        var area: Double

        init(rings: [[PlanarPoint]], area: Double) {
            self.rings = rings
            self.area = area
            box = Box.empty
            for ring in rings { for p in ring { box.extend(x: p.x, y: p.y) } }
        }
    }

    /// A plate may cover parts of several grids; the best place is the one that leaves each grid the most of its
    /// room, and never so little that it cannot hold the smallest badge. O(candidates · grids).
    static func place(_ request: Request, grids: [Grid], taken: PlacedBoxes) -> PlanarPoint? {
        var box = Box.empty
        for ring in request.rings { for p in ring { box.extend(x: p.x, y: p.y) } }
        guard box.width > 0 else { return nil }
        var raster = LabelRaster(rings: request.rings, cell: max(1, max(box.width, box.height) / 160))
        for other in taken.near(box) { raster.block(other) }
        raster.finish()
        guard let middle = raster.place(width: request.width + 1.5, height: request.height + 1.5) else { return nil }
        let (w, h) = (request.width / 2, request.height / 2)
        func plate(_ p: PlanarPoint) -> Box { Box(minX: p.x - w, minY: p.y - h, maxX: p.x + w, maxY: p.y + h) }
        var candidates: [(cost: Double, point: PlanarPoint)] = []
        for candidate in raster.free(width: request.width + 1.5, height: request.height + 1.5, step: 3) {
            let plate = plate(candidate)
            var worst = 0.0
            for grid in grids where grid.box.intersects(plate) {
                let covered = coverage(of: grid.rings, by: plate)
                guard covered > 0 else { continue }
                worst = max(worst, covered / max(grid.area, 1))
                if grid.area - covered < request.labelRoom { worst += 1 + request.labelRoom / max(grid.area, 1) }
            }
            let off = candidate.distance(to: middle) / max(box.width, box.height)
            candidates.append((worst + 0.3 * off, candidate))
        }
        candidates.sort { ($0.cost, $0.point.y, $0.point.x) < ($1.cost, $1.point.y, $1.point.x) }
        func leavesRoom(_ point: PlanarPoint) -> Bool {
            let plate = plate(point).expanded(by: 0.4)
            return grids.allSatisfy { grid in
                guard grid.box.intersects(plate) else { return true }
                var raster = LabelRaster(rings: grid.rings, cell: max(0.4, max(grid.box.width, grid.box.height) / 120))
                for other in taken.near(grid.box) { raster.block(other) }
                raster.block(plate)
                raster.finish()
                return raster.place(width: request.badge, height: request.badge) != nil
            }
        }
        if grids.isEmpty { return candidates.first?.point ?? middle }
        return candidates.prefix(80).first { leavesRoom($0.point) }?.point
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
