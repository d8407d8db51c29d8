import GeoGrid

/// 位置示意: the whole town, small, in a corner of the map where nothing of the focus lies.
struct Locator {
    let box: Box
    private let painter: MapPainter
    private let inner: MapFrame

    /// Nil where every corner is taken by the focus, or where the town has no communities to show.
    init?(_ painter: MapPainter, _ layout: SheetLayout) {
        let extent = painter.town.communities.areas.box
        guard !extent.isEmpty, extent.width > 0, extent.height > 0, let focus = painter.focus() else { return nil }
        let window = layout.window
        let side = min(45, max(24, 0.17 * min(window.width, window.height)))
        let aspect = extent.width / extent.height
        let (w, h) = aspect > 1 ? (side, side / aspect) : (side * aspect, side)
        let rings = painter.frame.rings(focus.index, of: focus.layer.areas)
        func share(_ box: Box) -> Int {
            var inside = 0
            for i in 0...8 {
                for j in 0...8 {
                    let x = box.minX + box.width * Double(i) / 8
                    let y = box.minY + box.height * Double(j) / 8
                    if CommunityPlates.contains(rings, x, y) { inside += 1 }
                }
            }
            return inside
        }
        let corner = [(0.0, 0.0), (1, 0), (0, 1), (1, 1)].map { right, low in
            let x = right == 0 ? window.minX : window.maxX - w - 3
            let y = low == 0 ? window.minY : window.maxY - h - 3
            return Box(minX: x, minY: y, maxX: x + w + 3, maxY: y + h + 3)
        }.first { share($0) == 0 }
        guard let corner else { return nil }
        box = corner
        self.painter = painter
        inner = MapFrame(box: corner.expanded(by: -1.5), denominator: extent.width * 1000 / w, centre: extent.center)
    }

    func draw(into list: inout DisplayList) {
        let town = painter.town
        list.draw(.rectangle(box), fill: .white, stroke: Stroke(.ink, 0.2))
        for i in 0..<town.communities.count {
            list.draw(
                inner.outline(i, of: town.communities.areas), fill: MapStyle.outside,
                stroke: Stroke(MapStyle.quiet, 0.12))
        }
        guard let focus = painter.focus() else { return }
        if case .grid = painter.specification.focus, let community = painter.cache.chain.communityOfGrid[focus.index] {
            list.fill(inner.outline(community, of: town.communities.areas), MapStyle.accent.opacity(0.25))
        }
        list.fill(inner.outline(focus.index, of: focus.layer.areas), MapStyle.accent)
    }
}
