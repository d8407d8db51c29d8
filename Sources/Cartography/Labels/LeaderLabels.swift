import GeoGrid

/// 引线注记: names units too small for any label on lines from inside them to free paper outside the town.
///
/// Lines run in eight directions with few bends, past all labels and symbols, and never cross.
struct LeaderLabels {
    private let frame: Box
    private let gap: Double
    private let engine: TextEngine
    /// The paper around the town: free cells of the frame.
    private let paper: LabelRaster
    private var router: LeaderRouter
    private var standing: [Box] = []

    private static let cell = 0.8
    /// Between two labels a line can pass to a third behind them, millimetres.
    private static let channel = 2.4
    private static let line = Stroke(.ink, 0.16, cap: .round)
    private static let casing = Stroke(.white.opacity(0.85), 0.6, cap: .round)

    /// O(cells of the frame).
    ///
    /// - Parameters:
    ///   - rings: of the area that labels must stay out of.
    ///   - gap: between it and them, millimetres.
    init(frame: Box, rings: [[PlanarPoint]], gap: Double, taken: PlacedBoxes, engine: TextEngine) {
        self.frame = frame
        self.gap = gap
        self.engine = engine
        let corners = [
            PlanarPoint(x: frame.minX, y: frame.minY), PlanarPoint(x: frame.maxX, y: frame.minY),
            PlanarPoint(x: frame.maxX, y: frame.maxY), PlanarPoint(x: frame.minX, y: frame.maxY),
            PlanarPoint(x: frame.minX, y: frame.minY),
        ]
        // The frame with the town as a hole.
        var paper = LabelRaster(rings: [corners], cell: Self.cell)
        paper.blockInside(rings)
        paper.finish()
        self.paper = paper
        router = LeaderRouter(frame: frame, cell: Self.cell, taken: taken) {
            paper.isFree(Box(minX: $0.x, minY: $0.y, maxX: $0.x, maxY: $0.y).expanded(by: gap))
        }
    }

    struct Item {
        var unit: UnitLabelPlacer.Unit
        var subject: Subject
    }

    /// Draws labels and lines; returns for each item the foot of its line inside the unit, nil where no line finds a way.
    ///
    /// Those nearest to the paper go first. Where lines of others shut one in, all begin anew with it at their head.
    func place(_ items: [Item], taken: inout PlacedBoxes, list: inout DisplayList) -> [PlanarPoint?] {
        var attempt = Attempt(labels: self, taken: taken)
        let feet = items.map { Self.inside($0.unit.rings, taken) }
        // No line runs through the foot of another.
        for foot in feet {
            guard let p = foot?.point else { continue }
            attempt.labels.router.block(Box(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y).expanded(by: 0.3))
        }
        let distances = feet.map { foot in foot.flatMap { router.distance(from: $0.point) } ?? .infinity }
        var order = items.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
        let start = attempt
        var best: Attempt?
        for _ in 0..<5 {
            attempt = start
            for i in order {
                if let foot = feet[i], attempt.draw(items[i], from: foot) { attempt.placed.insert(i) }
            }
            if attempt.placed.count > best?.placed.count ?? -1 { best = attempt }
            let shutIn = order.filter { !attempt.placed.contains($0) && feet[$0] != nil }
            if shutIn.isEmpty { break }
            order = shutIn + order.filter { !shutIn.contains($0) }
        }
        guard let best else { return feet.map { _ in nil } }
        taken = best.taken
        list.append(best.list)
        return items.indices.map { best.placed.contains($0) ? feet[$0]?.point : nil }
    }

    /// What has been drawn so far.
    private struct Attempt {
        var labels: LeaderLabels
        var taken: PlacedBoxes
        var list = DisplayList()
        var placed: Set<Int> = []

        mutating func draw(_ item: Item, from foot: (point: PlanarPoint, room: Double)) -> Bool {
            labels.draw(item, from: foot, taken: &taken, list: &list)
        }
    }

    private mutating func draw(
        _ item: Item, from foot: (point: PlanarPoint, room: Double), taken: inout PlacedBoxes, list: inout DisplayList
    ) -> Bool {
        let window = frame.expanded(by: -1)
        for form in item.unit.marginForms {
            guard
                let (points, centre) = router.route(
                    from: foot.point,
                    accept: { end, direction in
                        Self.sides(of: form, at: end, direction).first { centre in
                            let box = Box(minX: centre.x, minY: centre.y, maxX: centre.x, maxY: centre.y)
                                .expanded(x: form.width / 2 + 0.4, y: form.height / 2 + 0.4)
                            return window.contains(x: box.minX, y: box.minY)
                                && window.contains(x: box.maxX, y: box.maxY) && taken.isFree(box)
                                && !standing.contains { $0.intersects(box.expanded(by: Self.channel)) }
                                && paper.isFree(box.expanded(by: gap - 0.4))
                        }
                    })
            else { continue }
            let line = Outline.polyline(points)
            list.stroke(line, Self.casing)
            list.stroke(line, Self.line)
            list.fill(.circle(x: foot.point.x, y: foot.point.y, radius: min(0.45, max(0.25, foot.room / 2))), .ink)
            let box = UnitLabel.draw(form, at: centre, subject: item.subject, halo: 0.35, into: &list, engine: engine)
            taken.insert(box.expanded(by: 0.3))
            router.block(box.expanded(by: 0.3))
            standing.append(box)
            keepOff(points, &taken)
            return true
        }
        return false
    }

    /// Where a label may stand that a line ends at: ahead of it, else beside it.
    private static func sides(
        of form: UnitLabel.Form, at end: PlanarPoint, _ direction: (dx: Int, dy: Int)
    ) -> [PlanarPoint] {
        let across = PlanarPoint(x: end.x + Double(direction.dx) * (form.width / 2 + 0.5), y: end.y)
        let along = PlanarPoint(x: end.x, y: end.y + Double(direction.dy) * (form.height / 2 + 0.5))
        return (direction.dx != 0 ? [across] : []) + (direction.dy != 0 ? [along] : [])
    }

    /// A line keeps later lines and labels off.
    private mutating func keepOff(_ points: [PlanarPoint], _ taken: inout PlacedBoxes) {
        for (p, q) in zip(points, points.dropFirst()) {
            let steps = max(1, Int(p.distance(to: q) / 0.3))
            for k in 0...steps {
                let t = Double(k) / Double(steps)
                let (x, y) = (p.x + t * (q.x - p.x), p.y + t * (q.y - p.y))
                let box = Box(minX: x, minY: y, maxX: x, maxY: y).expanded(by: 0.35)
                if k % 2 == 0 { taken.insert(box) }
                router.block(box)
            }
        }
    }

    /// A point well inside the rings and clear of what is taken, and the side of a square about it.
    private static func inside(_ rings: [[PlanarPoint]], _ taken: PlacedBoxes) -> (point: PlanarPoint, room: Double)? {
        var box = Box.empty
        for ring in rings { for p in ring { box.extend(x: p.x, y: p.y) } }
        guard box.width > 0, box.height > 0 else { return nil }
        let side = min(box.width, box.height)
        for share in [0.5, 0.3, 0.15, 0.06] {
            var raster = LabelRaster(rings: rings, cell: max(0.02, side / 40))
            for other in taken.near(box) { raster.block(other) }
            raster.finish()
            if let p = raster.place(width: side * share, height: side * share) { return (p, side * share) }
        }
        return nil
    }
}
