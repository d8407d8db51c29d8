import GeoGrid

extension LabelPainter {
    /// 水名: rivers and lakes are named inside their water, a long river once in each third of what is seen of it.
    func placeWaterNames(_ outcome: inout Outcome, _ taken: inout PlacedBoxes) {
        guard specification.elements.contains(.streetNames), specification.base != .none else { return }
        let ground = painter.ground
        var placer = UnitLabelPlacer()
        placer.padding = 0.6
        let sizes = [12, 10, 8, 6.5].map { max(5.5, $0 * factor.squareRoot()) }
        for water in town.waters where !water.name.isEmpty {
            guard water.kind == .polygon || water.kind == .multiPolygon else { continue }
            for part in water.parts {
                var box = Box.empty
                for p in part.first ?? [] { box.extend(x: p.x, y: p.y) }
                guard box.intersects(ground) else { continue }
                let rings = part.map { $0.map(frame.page).clipped(to: frame.box) }.filter { $0.count > 3 }
                var seen = Box.empty
                for p in rings.first ?? [] { seen.extend(x: p.x, y: p.y) }
                guard !seen.isEmpty else { continue }
                let name = water.name.map { String($0) }.joined(separator: "\u{2002}")
                let forms = sizes.map { size in
                    UnitLabel.quiet([name], size: size, colour: MapStyle.waterText, engine: engine)
                }
                for third in thirds(of: seen) {
                    let here = rings.map { $0.clipped(to: third) }.filter { $0.count > 3 }
                    let request = UnitLabelPlacer.Unit(code: "", rings: here, forms: forms)
                    guard !here.isEmpty, let found = placer.place(request, taken: taken, avoid: []) else { continue }
                    let box = UnitLabel.draw(
                        found.form, at: found.centre, subject: Subject(.place, water.id), halo: 0,
                        into: &outcome.labels,
                        engine: engine)
                    taken.insert(box.expanded(by: 0.3))
                }
            }
        }
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
