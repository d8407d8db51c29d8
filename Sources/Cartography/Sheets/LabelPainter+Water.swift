import GeoGrid

extension LabelPainter {
    /// 水名: rivers and lakes are named inside their water, a long river once in each third of what is seen of it.
    func placeWaterNames(_ outcome: inout Outcome, _ taken: inout PlacedBoxes) {
        guard specification.elements.contains(.streetNames), specification.base != .none else { return }
        let ground = painter.ground
        var placer = UnitLabelPlacer()
        placer.padding = 0.6
        let named = town.waters.filter { water in
            !water.name.isEmpty && (water.kind == .polygon || water.kind == .multiPolygon)
        }
        guard !named.isEmpty else { return }
        var open = taken
        for box in borderBoxes() { open.insert(box) }
        let sizes = [12, 10, 8, 6.5].map { max(5.5, $0 * factor.squareRoot()) }
        for water in named {
            for part in water.parts {
                var box = Box.empty
                for p in part.first ?? [] { box.extend(x: p.x, y: p.y) }
                guard box.intersects(ground) else { continue }
                let rings = part.map { $0.map(frame.page).clipped(to: frame.box) }.filter { $0.count > 3 }
                var seen = Box.empty
                for p in rings.first ?? [] { seen.extend(x: p.x, y: p.y) }
                guard !seen.isEmpty else { continue }
                let forms = sizes.map { size in
                    UnitLabel.quiet([water.name], size: size, colour: MapStyle.waterText, engine: engine)
                }
                for third in thirds(of: seen) {
                    let here = rings.map { $0.clipped(to: third) }.filter { $0.count > 3 }
                    let request = UnitLabelPlacer.Unit(code: "", rings: here, forms: forms)
                    guard !here.isEmpty, let found = placer.place(request, taken: open, avoid: []) else { continue }
                    let box = UnitLabel.draw(
                        found.form, at: found.centre, subject: Subject(.place, water.id), halo: 0,
                        into: &outcome.labels,
                        engine: engine)
                    taken.insert(box.expanded(by: 0.3))
                    open.insert(box.expanded(by: 0.3))
                }
            }
        }
    }

    /// Boxes along the borders of communities and grids, which often run in the middle of a river.
    private func borderBoxes() -> [Box] {
        let ground = painter.ground
        var boxes: [Box] = []
        for level in [Level.community, .grid] {
            for arc in cache.lines[level]?.arcs ?? [] where arc.box.intersects(ground) {
                let points = arc.points.map(frame.page)
                for (p, q) in zip(points, points.dropFirst()) {
                    let steps = max(1, Int(p.distance(to: q) / 2))
                    for k in 0..<steps {
                        let (t, u) = (Double(k) / Double(steps), Double(k + 1) / Double(steps))
                        var box = Box.empty
                        box.extend(x: p.x + t * (q.x - p.x), y: p.y + t * (q.y - p.y))
                        box.extend(x: p.x + u * (q.x - p.x), y: p.y + u * (q.y - p.y))
                        boxes.append(box.expanded(by: 0.5))
                    }
                }
            }
        }
        return boxes
    }

    /// The whole of a small box; a long one in three, along its longer side.
    private func thirds(of box: Box) -> [Box] {
        guard max(box.width, box.height) > 200 * factor else { return [box] }
        return (0..<3).map { k in
            var third = box
            if box.width > box.height {
                third.minX = box.minX + box.width * Double(k) / 3
                third.maxX = box.minX + box.width * Double(k + 1) / 3
            } else {
                third.minY = box.minY + box.height * Double(k) / 3
                third.maxY = box.minY + box.height * Double(k + 1) / 3
            }
            return third
        }
    }
}
