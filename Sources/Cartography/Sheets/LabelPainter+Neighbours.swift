import GeoGrid

extension LabelPainter {
    /// 邻区名: the names of the units around the focus, in gray, where they show enough of themselves.
    func placeNeighbours(_ outcome: inout Outcome, _ taken: inout PlacedBoxes) {
        let layer: UnitLayer
        switch specification.focus {
        case .town: return
        case .community: layer = town.communities
        case .grid: layer = town.grids
        }
        guard let focus = painter.focus() else { return }
        let size = max(8, 15 * factor)
        var placer = UnitLabelPlacer()
        placer.padding = 1.5
        for unit in painter.visible(layer.level) where unit != focus.index {
            let rings = frame.rings(unit, of: layer.areas).map { $0.clipped(to: frame.box) }.filter { $0.count > 3 }
            guard !rings.isEmpty else { continue }
            let name = neighbourName(unit, of: layer, beside: focus.index)
            let lines = [
                [name], name.count > 4 ? engine.wrapped(name, width: engine.width(name, size) * 0.56, size: size) : [],
            ]
            let forms = lines.filter { !$0.isEmpty }.map { UnitLabel.quiet($0, size: size, engine: engine) }
            let request = UnitLabelPlacer.Unit(code: "", rings: rings, forms: forms)
            guard let found = placer.place(request, taken: taken, avoid: []) else { continue }
            let subject = Subject(layer.level == .community ? .community : .grid, layer.codes[unit])
            let box = UnitLabel.draw(
                found.form, at: found.centre, subject: subject, halo: 0.5, into: &outcome.labels, engine: engine)
            taken.insert(box.expanded(by: 0.3))
        }
    }

    /// A grid of another community bears that community's name as well.
    private func neighbourName(_ unit: Int, of layer: UnitLayer, beside focus: Int) -> String {
        guard layer.level == .grid else { return UnitNames.short(layer.names[unit], within: [town.county, town.name]) }
        let community = cache.chain.communityOfGrid[unit]
        let parent = community.map { town.communities.names[$0] } ?? ""
        let name = UnitNames.short(layer.names[unit], within: [town.county, town.name, parent])
        return community == cache.chain.communityOfGrid[focus] ? name : parent + name
    }
}

extension [PlanarPoint] {
    /// 裁剪: the part of a closed ring inside a box, as one ring that may run along the box. O(n).
    ///
    /// Source: Sutherland, Hodgman, "Reentrant polygon clipping", CACM 17 (1974).
    func clipped(to box: Box) -> [PlanarPoint] {
        typealias Side = (inside: (PlanarPoint) -> Bool, cut: (PlanarPoint, PlanarPoint) -> PlanarPoint)
        func vertical(_ x: Double) -> (PlanarPoint, PlanarPoint) -> PlanarPoint {
            { p, q in PlanarPoint(x: x, y: p.y + (x - p.x) / (q.x - p.x) * (q.y - p.y)) }
        }
        func level(_ y: Double) -> (PlanarPoint, PlanarPoint) -> PlanarPoint {
            { p, q in PlanarPoint(x: p.x + (y - p.y) / (q.y - p.y) * (q.x - p.x), y: y) }
        }
        let sides: [Side] = [
            ({ $0.x >= box.minX }, vertical(box.minX)), ({ $0.x <= box.maxX }, vertical(box.maxX)),
            ({ $0.y >= box.minY }, level(box.minY)), ({ $0.y <= box.maxY }, level(box.maxY)),
        ]
        var ring = first == last ? Array(dropLast()) : self
        for side in sides {
            var next: [PlanarPoint] = []
            for (i, q) in ring.enumerated() {
                let p = ring[i == 0 ? ring.count - 1 : i - 1]
                if side.inside(p) != side.inside(q) { next.append(side.cut(p, q)) }
                if side.inside(q) { next.append(q) }
            }
            ring = next
        }
        if let start = ring.first { ring.append(start) }
        return ring
    }
}
