import GeoGrid

/// What only the sheets of a plan show: its grids, and the units that change hands.
extension MapPainter {
    func fillRegions(_ list: inout DisplayList, _ legend: inout Legend) {
        guard let regions = specification.regions else { return }
        let pairs = (cache.lines[regions.level]?.pairs ?? []).compactMap { pair -> (a: Int, b: Int, border: Double)? in
            let (a, b) = (regions.assignment[pair.a], regions.assignment[pair.b])
            return a < 0 || b < 0 || a == b ? nil : (a, b, pair.border)
        }
        let colours = MapColouring.colours(
            of: Adjacency(count: regions.units.count, pairs: pairs), palette: cache.palette.count)
        for unit in visible(regions.level) where regions.assignment[unit] >= 0 {
            list.fill(
                frame.outline(unit, of: town.units(regions.level).areas),
                cache.palette[colours[regions.assignment[unit]] % cache.palette.count])
        }
        legend.add(
            .patches(cache.palette), "方案\(town.levelNames.grid.zh)底色（只区分相邻）",
            "\(town.levelNames.grid.en)s of the plan (colour only tells neighbours apart)")
    }

    func drawRegionBorders(_ list: inout DisplayList, _ legend: inout Legend) {
        guard let regions = specification.regions else { return }
        var lines = Outline()
        for arc in Linework.borders(of: town.units(regions.level).areas, groups: regions.assignment)
        where arc.box.intersects(ground) {
            lines.append(frame.outline([arc.points], closed: false))
        }
        let stroke = Stroke(MapStyle.grid, 0.7 * max(0.7, lineFactor), cap: .round)
        list.stroke(lines, stroke)
        legend.add(.line([stroke]), "方案\(town.levelNames.grid.zh)界", "\(town.levelNames.grid.en) border of the plan")
    }

    /// Borders of the communities of a plan; nil on sheets without one.
    func plannedCommunities() -> Outline? {
        guard let regions = specification.regions, !regions.communities.isEmpty else { return nil }
        var lines = Outline()
        for arc in Linework.borders(of: town.units(regions.level).areas, groups: regions.communityOfUnit)
        where arc.box.intersects(ground) {
            lines.append(frame.outline([arc.points], closed: false))
        }
        return lines
    }

    /// Lines at 45°, so that the hatching is told from streets and borders, and in gray as well.
    func drawHatching(_ list: inout DisplayList, _ legend: inout Legend) {
        guard let hatched = specification.hatched else { return }
        var area = Outline()
        for unit in visible(hatched.level) where hatched.units[unit] {
            area.append(frame.outline(unit, of: town.units(hatched.level).areas))
        }
        guard !area.isEmpty else { return }
        list.clipped(to: area) { list in
            let window = Box(
                minX: max(area.box.minX, frame.box.minX), minY: max(area.box.minY, frame.box.minY),
                maxX: min(area.box.maxX, frame.box.maxX), maxY: min(area.box.maxY, frame.box.maxY))
            list.stroke(.hatching(window, spacing: 2.2), MapStyle.hatching)
        }
        legend.add(.hatch, hatched.text)
    }
}

extension Outline {
    /// 晕线: lines from the lower left to the upper right over a box, so many millimetres apart.
    static func hatching(_ box: Box, spacing: Double) -> Outline {
        var lines = Outline()
        guard !box.isEmpty else { return lines }
        let step = spacing * 2.0.squareRoot()
        // Lines of two areas that meet go on into each other: they are counted from the corner of the page.
        var sum = (((box.minX + box.minY) / step).rounded(.up)) * step
        while sum < box.maxX + box.maxY {
            let left = max(box.minX, sum - box.maxY)
            let right = min(box.maxX, sum - box.minY)
            lines.move(left, sum - left)
            lines.line(right, sum - right)
            sum += step
        }
        return lines
    }
}
