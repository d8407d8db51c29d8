import GeoGrid

/// 单元注记: the ways to write one unit's label, from full to badge, each with the room it needs.
struct UnitLabel {
    /// One way: lines of text centred under each other, or a badge.
    struct Form {
        struct Line {
            var text: String
            var size: Double
            var weight: Inscription.Weight
        }
        var tier: PlacementReport.Tier
        var lines: [Line]
        /// Diameter of the disc behind a badge, millimetres; 0 for plain text.
        var badge = 0.0
        var width = 0.0
        var height = 0.0
        var colour = Colour.ink
        var detailColour = Colour(0x3a3a3a)
    }

    /// Sizes in points.
    struct Sizes: Sendable {
        var full = (name: 8.0, detail: 6.5)
        var small = (name: 6.5, detail: 5.6)
        var number = (name: 9.0, detail: 6.0)
        var badge = (disc: 4.4, text: 7.0)
        var smallBadge = (disc: 3.4, text: 5.6)

        /// Scaled with the paper, never under 5.5 pt.
        func scaled(_ factor: Double) -> Sizes {
            func size(_ points: Double) -> Double { max(5.5, points * factor) }
            var copy = self
            copy.full = (size(full.name), size(full.detail))
            copy.small = (size(small.name), size(small.detail))
            copy.number = (size(number.name), size(number.detail))
            copy.badge = (max(3.8, badge.disc * factor), size(badge.text))
            copy.smallBadge = (
                max(3.4, min(smallBadge.disc, smallBadge.disc * factor)), size(min(5.6, smallBadge.text))
            )
            return copy
        }
    }

    /// Ways in order of preference; the first that fits is taken.
    static func forms(
        name: String, number: String, lead: String, detail: String, sizes: Sizes, engine: TextEngine
    ) -> [Form] {
        var forms: [Form] = []
        func add(_ tier: PlacementReport.Tier, _ lines: [Form.Line]) {
            let kept = lines.filter { !$0.text.isEmpty }
            guard !kept.isEmpty else { return }
            var form = Form(tier: tier, lines: kept)
            measure(&form, engine)
            forms.append(form)
        }
        for (tier, sizes) in [(PlacementReport.Tier.full, sizes.full), (.small, sizes.small)] {
            let title = { Form.Line(text: $0, size: sizes.name, weight: .bold) }
            let line = { Form.Line(text: $0, size: sizes.detail, weight: .regular) }
            let joined = [lead, detail].filter { !$0.isEmpty }.joined(separator: " ")
            let halves = engine.wrapped(
                name, width: engine.width(name, sizes.name, .bold) * 0.56, size: sizes.name, weight: .bold)
            let thirds = engine.wrapped(
                name, width: engine.width(name, sizes.name, .bold) * 0.36, size: sizes.name, weight: .bold)
            if name.count <= 14 { add(tier, [title(name), line(joined)]) }
            if name.count <= 14, !lead.isEmpty, !detail.isEmpty { add(tier, [title(name), line(lead), line(detail)]) }
            if name.count > 4 { add(tier, halves.map(title) + [line(joined)]) }
            if name.count > 4, !lead.isEmpty { add(tier, halves.map(title) + [line(lead), line(detail)]) }
            if name.count > 9 { add(tier, thirds.map(title) + [line(lead), line(detail)]) }
            if name.count > 18 {
                let quarters = engine.wrapped(
                    name, width: engine.width(name, sizes.name, .bold) * 0.26, size: sizes.name, weight: .bold)
                add(tier, quarters.map(title) + [line(lead)])
            }
        }
        add(
            .number,
            [
                Form.Line(text: number, size: sizes.number.name, weight: .bold),
                Form.Line(text: lead, size: sizes.number.detail, weight: .regular),
            ])
        for (tier, sizes) in [(PlacementReport.Tier.badge, sizes.badge), (.smallBadge, sizes.smallBadge)] {
            var form = Form(
                tier: tier, lines: [Form.Line(text: number, size: sizes.text, weight: .bold)], badge: sizes.disc)
            let ink = engine.ink(number, sizes.text, .bold)
            form.width = max(sizes.disc, ink.width + 1)
            form.height = sizes.disc
            forms.append(form)
        }
        // The last resort inside a unit: the number alone, in the smallest type.
        add(.smallBadge, [Form.Line(text: number, size: 5.5, weight: .bold)])
        return forms
    }

    /// The ways to write a label beside the map, where a number alone would tell nobody which community's it is.
    static func margin(name: String, lead: String, detail: String, sizes: Sizes, engine: TextEngine) -> [Form] {
        let joined = [lead, detail].filter { !$0.isEmpty }.joined(separator: " ")
        let title = Form.Line(text: name, size: sizes.small.name, weight: .bold)
        let line = Form.Line(text: joined, size: sizes.small.detail, weight: .regular)
        return (joined.isEmpty ? [[title]] : [[title, line], [title]]).map { lines in
            var form = Form(tier: .leader, lines: lines)
            measure(&form, engine)
            return form
        }
    }

    /// A name alone, for what the sheet is not about.
    static func quiet(
        _ lines: [String], size: Double, colour: Colour = MapStyle.quiet, engine: TextEngine
    ) -> Form {
        var form = Form(tier: .full, lines: lines.map { Form.Line(text: $0, size: size, weight: .regular) })
        form.colour = colour
        form.detailColour = colour
        measure(&form, engine)
        return form
    }

    /// Distance from one baseline to the next, in ems.
    private static let leading = 1.16

    private static func measure(_ form: inout Form, _ engine: TextEngine) {
        form.width = 0
        var y = 0.0
        var top = Double.infinity
        var bottom = -Double.infinity
        for (i, line) in form.lines.enumerated() {
            let ink = engine.ink(line.text, line.size, line.weight)
            if i > 0 { y += line.size * TextEngine.millimetresPerPoint * leading }
            form.width = max(form.width, ink.width)
            top = min(top, y + ink.minY)
            bottom = max(bottom, y + ink.maxY)
        }
        form.height = bottom - top
    }

    /// Draws a form centred on a point; returns the box it takes.
    static func draw(
        _ form: Form, at centre: PlanarPoint, subject: Subject, halo: Double, into list: inout DisplayList,
        engine: TextEngine
    ) -> Box {
        let box = Box(
            minX: centre.x - form.width / 2, minY: centre.y - form.height / 2, maxX: centre.x + form.width / 2,
            maxY: centre.y + form.height / 2)
        if form.badge > 0 {
            list.draw(
                .rectangle(box.expanded(by: -0.06), radius: form.badge / 2 - 0.07), fill: .white.opacity(0.94),
                stroke: Stroke(Colour(0x3f3f3f), 0.12), subject: subject)
            list.append(
                .text(
                    engine.centred(
                        form.lines[0].text, x: centre.x, y: centre.y, size: form.lines[0].size, weight: .bold,
                        subject: subject)))
            return box
        }
        var y = box.minY
        for (i, line) in form.lines.enumerated() {
            let ink = engine.ink(line.text, line.size, line.weight)
            y = i == 0 ? box.minY - ink.minY : y + line.size * TextEngine.millimetresPerPoint * leading
            list.append(
                .text(
                    engine.line(
                        line.text, x: centre.x - (ink.minX + ink.maxX) / 2, y: y, size: line.size, weight: line.weight,
                        colour: i == 0 || line.weight == .bold ? form.colour : form.detailColour, halo: halo,
                        subject: subject))
            )
        }
        return box
    }
}
