import GeoGrid

/// 网格注记: places the labels of all units of a level, the smallest area first.
struct UnitLabelPlacer {
    struct Unit {
        var code: String
        var rings: [[PlanarPoint]]
        var forms: [UnitLabel.Form]
        /// Beside the map, at the end of a leader.
        var marginForms: [UnitLabel.Form] = []
    }

    struct Placed {
        var form: UnitLabel.Form
        var centre: PlanarPoint
    }

    /// Room between a label and the border of its polygon, millimetres.
    var padding = 0.5
    var cell = 0.4

    /// The first form that fits, and where; nil when none does.
    func place(_ unit: Unit, taken: PlacedBoxes, avoid: [PlanarPoint]) -> Placed? {
        guard var raster = raster(unit, taken) else { return nil }
        raster.finish(avoid: avoid)
        for form in unit.forms {
            // The number alone, the last resort, stands as near to the border as a reader can tell it from.
            let padding = form.tier == .smallBadge && form.badge == 0 ? 0.15 : padding
            if let centre = raster.place(width: form.width + 2 * padding, height: form.height + 2 * padding) {
                return Placed(form: form, centre: centre)
            }
        }
        return nil
    }

    private func raster(_ unit: Unit, _ taken: PlacedBoxes) -> LabelRaster? {
        var box = Box.empty
        for ring in unit.rings { for p in ring { box.extend(x: p.x, y: p.y) } }
        guard box.width > 0, box.height > 0 else { return nil }
        // Large polygons need no finer cells than a two-hundredth of their size.
        let cell = max(self.cell, max(box.width, box.height) / 220)
        var raster = LabelRaster(rings: unit.rings, cell: cell)
        for other in taken.near(box) { raster.block(other) }
        return raster
    }
}

extension UnitLabelPlacer.Unit {
    /// Area on the page, holes taken off where they turn the other way.
    var area: Double {
        var twice = 0.0
        for ring in rings where ring.count > 3 {
            for i in 1..<ring.count { twice += ring[i - 1].x * ring[i].y - ring[i].x * ring[i - 1].y }
        }
        return abs(twice) / 2
    }
}
