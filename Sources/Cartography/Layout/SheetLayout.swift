import GeoGrid

/// 版面: the parts of one page, millimetres.
struct SheetLayout {
    var width, height: Double
    /// Things are drawn at this size against A1.
    var factor: Double
    var title: Box
    /// The map with its band of letters and numbers.
    var frame: Box
    /// The window inside the band.
    var window: Box
    /// Legend, scale, summary.
    var panel: Box
    /// Table of leads.
    var table: Box
    var footer: Box
    var margin: Double
    var orientation: Orientation

    /// Lays a page out; in landscape the panel stands at the right, in portrait at the foot.
    ///
    /// - Parameters:
    ///   - rows: of the table beside the panel; a long one takes more of the foot.
    ///   - mapHeight: what the map needs of the frame's height in portrait, millimetres; the rest may go to a long table.
    init(_ options: SheetOptions, orientation: Orientation, rows: Int, mapHeight: Double? = nil) {
        let hasTable = rows > 0
        let sides = options.paper.sides
        self.orientation = orientation
        (width, height) = orientation == .landscape ? (sides.long, sides.short) : (sides.short, sides.long)
        factor = options.paper.factor
        margin = max(7, 15 * factor)
        let left = options.binding ? max(margin, 35 * min(1, factor * 1.4)) : margin
        let band = max(17, 43 * factor)
        let foot = max(5, 8 * factor)
        title = Box(minX: left, minY: margin, maxX: width - margin, maxY: margin + band)
        footer = Box(minX: left, minY: height - margin - foot, maxX: width - margin, maxY: height - margin)
        let body = Box(minX: left, minY: title.maxY, maxX: width - margin, maxY: footer.minY - 1.5 * factor)
        let gap = max(3, 6 * factor)
        if orientation == .landscape {
            let panelWidth = max(hasTable ? 66 : 52, 129 * factor)
            frame = Box(minX: body.minX, minY: body.minY, maxX: body.maxX - panelWidth - gap, maxY: body.maxY)
            panel = Box(minX: frame.maxX + gap, minY: body.minY, maxX: body.maxX, maxY: body.maxY)
            table = panel
        } else {
            var panelHeight = max(66, (hasTable ? 0.27 : 0.17) * body.height)
            let column = max(129 * factor, (rows > 60 ? 0.38 : 0.5) * (body.width - gap))
            if let mapHeight {
                let tableColumns = max(1, ((body.width - column - gap) / 62).rounded(.down))
                let wanted = Double(rows) / tableColumns * 3.4 + 14
                let spare = body.height - panelHeight - gap - mapHeight
                panelHeight += max(0, min(spare, wanted - panelHeight))
            }
            frame = Box(minX: body.minX, minY: body.minY, maxX: body.maxX, maxY: body.maxY - panelHeight - gap)
            panel = Box(minX: body.minX, minY: frame.maxY + gap, maxX: body.minX + column, maxY: body.maxY)
            table = Box(minX: panel.maxX + gap, minY: panel.minY, maxX: body.maxX, maxY: body.maxY)
        }
        let ribbon = max(3.2, 5 * factor)
        window = frame.expanded(by: -ribbon)
    }
}
