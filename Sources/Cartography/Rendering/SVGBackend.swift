public import GeoGrid

/// SVG 输出: writes a page as SVG 1.1 with live text, one unit a millimetre.
///
/// Written here and not by Cairo, whose SVG turns every letter into a drawing that nobody can search or edit.
/// Each character stands at the place the display list gave it, so that another font of the reader's moves nothing.
public enum SVGBackend {
    public static func render(_ page: Page, title: String, engine: TextEngine) -> String {
        let (width, height) = (number(page.outerWidth), number(page.outerHeight))
        var out = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)mm" height="\(height)mm" \
            viewBox="\(number(-page.slug)) \(number(-page.slug)) \(width) \(height)">
            <title>\(escaped(title))</title>
            <rect x="\(number(-page.slug))" y="\(number(-page.slug))" width="\(width)" height="\(height)" fill="#ffffff"/>
            <g font-family="'\(TextEngine.family)','Noto Sans SC','Source Han Sans SC',sans-serif" \
            fill-rule="evenodd" stroke-linejoin="round">

            """
        var clips = 0
        var layerOpen = false
        for mark in page.list.marks {
            switch mark {
            case .layer(let layer):
                if layerOpen { out += "</g>\n" }
                out += "<g id=\"\(layer.rawValue)\">\n"
                layerOpen = true
            case .clip(let outline):
                clips += 1
                out += "<clipPath id=\"clip\(clips)\"><path d=\"\(data(outline))\" clip-rule=\"evenodd\"/></clipPath>\n"
                out += "<g clip-path=\"url(#clip\(clips))\">\n"
            case .endClip:
                out += "</g>\n"
            case .shape(let shape):
                out += "<path d=\"\(data(shape.outline))\"\(style(shape))/>\n"
            case .text(let text):
                out += element(text, engine)
            }
        }
        if layerOpen { out += "</g>\n" }
        return out + "</g>\n</svg>\n"
    }

    private static func element(_ text: Inscription, _ engine: TextEngine) -> String {
        let shaped = engine.shape(text.text, text.weight)
        let em = text.size * TextEngine.millimetresPerPoint
        let turned = text.angle != 0
        let (x, y) = turned ? (0, 0) : (text.x, text.y)
        let oneToOne =
            shaped.clusters.allSatisfy { $0.glyphs == 1 } && shaped.text.unicodeScalars.count == shaped.glyphs.count
        let xs =
            oneToOne
            ? shaped.glyphs.map { number(x + $0.x * em) }.joined(separator: " ") : number(x)
        var attributes = "x=\"\(xs)\" y=\"\(number(y))\" font-size=\"\(number(em))\" fill=\"\(text.colour.hex)\""
        if text.weight == .bold { attributes += " font-weight=\"700\"" }
        if text.halo > 0 {
            attributes +=
                " stroke=\"#ffffff\" stroke-opacity=\"0.92\" stroke-width=\"\(number(2 * text.halo))\""
                + " paint-order=\"stroke\""
        }
        if turned {
            let degrees = decimals(text.angle * 180 / .pi, 3)
            attributes += " transform=\"translate(\(number(text.x)) \(number(text.y))) rotate(\(degrees))\""
        }
        return "<text \(attributes)>\(escaped(shaped.text))</text>\n"
    }

    private static func style(_ shape: Shape) -> String {
        var style = " fill=\"\(shape.fill?.hex ?? "none")\""
        if let fill = shape.fill, fill.opacity < 1 { style += " fill-opacity=\"\(decimals(fill.opacity, 3))\"" }
        guard let stroke = shape.stroke else { return style }
        style += " stroke=\"\(stroke.colour.hex)\" stroke-width=\"\(number(stroke.width))\""
        if stroke.colour.opacity < 1 { style += " stroke-opacity=\"\(decimals(stroke.colour.opacity, 3))\"" }
        if !stroke.dash.isEmpty {
            style += " stroke-dasharray=\"\(stroke.dash.map(number).joined(separator: " "))\""
        }
        if stroke.cap == .round { style += " stroke-linecap=\"round\"" }
        return style
    }

    private static func data(_ outline: Outline) -> String {
        var out = ""
        var i = 0
        for verb in outline.verbs {
            switch verb {
            case .move, .line:
                out += (verb == .move ? "M" : "L") + number(outline.xy[i]) + " " + number(outline.xy[i + 1])
                i += 2
            case .curve:
                out += "C" + outline.xy[i..<i + 6].map(number).joined(separator: " ")
                i += 6
            case .close:
                out += "Z"
            }
        }
        return out
    }

    private static func number(_ value: Double) -> String { decimals(value, 3) }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.append(character)
            }
        }
        return out
    }
}
