import GeoGrid

/// 引线注记: names a unit too small for any label on a line from inside it to free paper outside the town.
struct LeaderLabels {
    let frame: Box
    private let raster: LabelRaster
    private let engine: TextEngine

    init(frame: Box, rings: [[PlanarPoint]], engine: TextEngine) {
        self.frame = frame
        self.engine = engine
        let corners = [
            PlanarPoint(x: frame.minX, y: frame.minY), PlanarPoint(x: frame.maxX, y: frame.minY),
            PlanarPoint(x: frame.maxX, y: frame.maxY), PlanarPoint(x: frame.minX, y: frame.maxY),
            PlanarPoint(x: frame.minX, y: frame.minY),
        ]
        // The frame with the town as a hole: its free cells are the paper around the town.
        var raster = LabelRaster(rings: [corners], cell: 1.5)
        raster.blockInside(rings)
        self.raster = raster
    }

    /// Draws label and line; returns the foot of the line inside the unit, nil when no line finds a way.
    func place(
        _ unit: UnitLabelPlacer.Unit, subject: Subject, taken: inout PlacedBoxes, list: inout DisplayList
    ) -> PlanarPoint? {
        guard let form = unit.forms.first(where: { $0.badge == 0 && $0.lines.count == 2 }) ?? unit.forms.first,
            let foot = Self.inside(unit.rings)
        else { return nil }
        var room = raster
        for box in taken.boxes { room.block(box.expanded(by: 0.4)) }
        room.finish()
        let spots = room.free(width: form.width + 1, height: form.height + 1, step: 2)
            .sorted { ($0.distance(to: foot), $0.x, $0.y) < ($1.distance(to: foot), $1.x, $1.y) }
        for spot in spots.prefix(400) {
            let end = PlanarPoint(
                x: min(max(foot.x, spot.x - form.width / 2), spot.x + form.width / 2),
                y: foot.y < spot.y ? spot.y - form.height / 2 - 0.3 : spot.y + form.height / 2 + 0.3)
            guard isClear(foot, end, taken) else { continue }
            list.stroke(.line(foot.x, foot.y, end.x, end.y), Stroke(.ink, 0.15))
            list.fill(.circle(x: foot.x, y: foot.y, radius: 0.45), .ink)
            let box = UnitLabel.draw(form, at: spot, subject: subject, halo: 0.35, into: &list, engine: engine)
            taken.insert(box.expanded(by: 0.3))
            // The line itself keeps later labels off.
            let steps = max(1, Int(foot.distance(to: end) / 1.2))
            for k in 0...steps {
                let t = Double(k) / Double(steps)
                let p = PlanarPoint(x: foot.x + t * (end.x - foot.x), y: foot.y + t * (end.y - foot.y))
                taken.insert(Box(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y).expanded(by: 0.5))
            }
            return foot
        }
        return nil
    }

    private func isClear(_ a: PlanarPoint, _ b: PlanarPoint, _ taken: PlacedBoxes) -> Bool {
        let steps = max(1, Int(a.distance(to: b) / 0.6))
        for k in 0...steps {
            let t = Double(k) / Double(steps)
            let p = PlanarPoint(x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y))
            if !taken.isFree(Box(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y).expanded(by: 0.2)) { return false }
        }
        return true
    }

    /// A point well inside the rings.
    private static func inside(_ rings: [[PlanarPoint]]) -> PlanarPoint? {
        var box = Box.empty
        for ring in rings { for p in ring { box.extend(x: p.x, y: p.y) } }
        guard box.width > 0, box.height > 0 else { return nil }
        let side = min(box.width, box.height)
        for share in [0.5, 0.3, 0.15, 0.06] {
            var raster = LabelRaster(rings: rings, cell: max(0.02, side / 40))
            raster.finish()
            if let p = raster.place(width: side * share, height: side * share) { return p }
        }
        return rings.first?.first
    }
}
