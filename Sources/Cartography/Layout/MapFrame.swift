public import GeoGrid

/// 图廓: the map's window on the page, and the way from town metres to page millimetres. North is up.
public struct MapFrame: Hashable, Sendable {
    /// The window on the page, millimetres.
    public var box: Box
    /// 1:`denominator`.
    public var denominator: Double
    /// Town coordinates at the middle of the window.
    public var centre: PlanarPoint

    public init(box: Box, denominator: Double, centre: PlanarPoint) {
        self.box = box
        self.denominator = denominator
        self.centre = centre
    }

    /// The frame whose scale is the largest round one that shows all of `extent` with a margin.
    public init(box: Box, showing extent: Box, margin: Double) {
        denominator = RoundScale.fitting(
            metres: (extent.width, extent.height), millimetres: (box.width - 2 * margin, box.height - 2 * margin))
        self.box = box
        centre = extent.center
    }

    public var millimetresPerMetre: Double { 1000 / denominator }

    /// The window in town metres.
    public var ground: Box {
        let (w, h) = (box.width / millimetresPerMetre / 2, box.height / millimetresPerMetre / 2)
        return Box(minX: centre.x - w, minY: centre.y - h, maxX: centre.x + w, maxY: centre.y + h)
    }

    public func page(_ point: PlanarPoint) -> PlanarPoint {
        let scale = millimetresPerMetre
        return PlanarPoint(
            x: (box.minX + box.maxX) / 2 + (point.x - centre.x) * scale,
            y: (box.minY + box.maxY) / 2 - (point.y - centre.y) * scale)
    }

    /// Rings or lines on the page; the closing coordinate of a ring becomes a close.
    func outline(_ paths: [[PlanarPoint]], closed: Bool) -> Outline {
        var outline = Outline()
        for path in paths {
            let run = closed && path.count > 1 && path.first == path.last ? path.dropLast() : path[...]
            for (i, point) in run.enumerated() {
                let p = page(point)
                i == 0 ? outline.move(p.x, p.y) : outline.line(p.x, p.y)
            }
            if closed, !run.isEmpty { outline.close() }
        }
        return outline
    }

    /// All rings of a polygon feature on the page.
    func outline(_ feature: Int, of areas: Geometries) -> Outline {
        var outline = Outline()
        for part in areas.parts(ofFeature: feature) {
            for path in areas.paths(ofPart: part) {
                let run = areas.coordinates(ofPath: path)
                guard run.count > 3 else { continue }
                for i in run.dropLast() {
                    let p = page(areas[coordinate: i])
                    i == run.lowerBound ? outline.move(p.x, p.y) : outline.line(p.x, p.y)
                }
                outline.close()
            }
        }
        return outline
    }

    /// All rings of a polygon feature as points on the page, for label search.
    func rings(_ feature: Int, of areas: Geometries) -> [[PlanarPoint]] {
        areas.parts(ofFeature: feature).flatMap { part in
            areas.paths(ofPart: part).map { path in
                areas.coordinates(ofPath: path).map { page(areas[coordinate: $0]) }
            }
        }
    }
}
