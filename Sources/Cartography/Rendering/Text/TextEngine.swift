import CPango
public import GeoGrid

/// 文字引擎: shapes lines of text by Pango and remembers them.
///
/// Hinting, hint metrics and glyph rounding are off: otherwise digits collide at small sizes and PNG and PDF place
/// the same label differently. One engine a task; it is not `Sendable`.
public final class TextEngine {
    /// Font family of all text; Debian's fonts-noto-cjk holds it.
    public static let family = "Noto Sans CJK SC"
    /// Millimetres in a point.
    public static let millimetresPerPoint = 25.4 / 72

    struct Key: Hashable {
        var text: String
        var weight: Inscription.Weight
    }

    private let fontMap: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    private let layout: OpaquePointer
    private let descriptions: [Inscription.Weight: OpaquePointer]
    private var cache: [Key: ShapedText] = [:]
    private var faceNumbers: [OpaquePointer: Int] = [:]
    private(set) var fonts: [UnsafeMutablePointer<PangoFont>] = []
    /// Cairo font faces by number, as glyphs name them.
    private(set) var faces: [OpaquePointer] = []
    /// Code points no font holds, each with the number of texts it was missed in.
    public private(set) var missing: [Unicode.Scalar: Int] = [:]

    /// Shaping happens at this size, in device units.
    private static let shapingSize = 100.0

    public init() {
        fontMap = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)
        pango_cairo_font_map_set_resolution(OpaquePointer(fontMap), 72)
        context = pango_font_map_create_context(fontMap)
        pango_context_set_round_glyph_positions(context, 0)
        pango_context_set_language(context, pango_language_from_string("zh-cn"))
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        layout = pango_layout_new(context)
        pango_layout_set_single_paragraph_mode(layout, 1)
        var descriptions: [Inscription.Weight: OpaquePointer] = [:]
        for (weight, value) in [(Inscription.Weight.regular, PANGO_WEIGHT_NORMAL), (.bold, PANGO_WEIGHT_BOLD)] {
            let description = pango_font_description_new()!
            pango_font_description_set_family(description, Self.family)
            pango_font_description_set_weight(description, value)
            pango_font_description_set_absolute_size(description, Self.shapingSize * Double(PANGO_SCALE))
            descriptions[weight] = description
        }
        self.descriptions = descriptions
    }

    deinit {
        for font in fonts { g_object_unref(font) }
        for weight in [Inscription.Weight.regular, .bold] { pango_font_description_free(descriptions[weight]) }
        g_object_unref(UnsafeMutableRawPointer(layout))
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(fontMap)
    }

    /// Shapes a line of text; the same string and weight is shaped once. O(length) when new.
    public func shape(_ text: String, _ weight: Inscription.Weight) -> ShapedText {
        let key = Key(text: text, weight: weight)
        if let known = cache[key] { return known }
        var shaped = run(text, weight)
        if !shaped.missing.isEmpty {
            for scalar in shaped.missing { missing[scalar, default: 0] += 1 }
            let replaced = String(
                String.UnicodeScalarView(
                    text.unicodeScalars.map { shaped.missing.contains($0) ? "\u{3013}" : $0 }))
            let missed = shaped.missing
            shaped = run(replaced, weight)
            shaped.missing = missed
        }
        cache[key] = shaped
        return shaped
    }

    /// Length of a line in millimetres.
    public func width(_ text: String, _ size: Double, _ weight: Inscription.Weight = .regular) -> Double {
        shape(text, weight).advance * size * Self.millimetresPerPoint
    }

    /// Inked box about the baseline origin in millimetres.
    public func ink(_ text: String, _ size: Double, _ weight: Inscription.Weight = .regular) -> Box {
        let ink = shape(text, weight).ink
        let em = size * Self.millimetresPerPoint
        return Box(minX: ink.minX * em, minY: ink.minY * em, maxX: ink.maxX * em, maxY: ink.maxY * em)
    }

    private func run(_ text: String, _ weight: Inscription.Weight) -> ShapedText {
        pango_layout_set_font_description(layout, descriptions[weight])
        pango_layout_set_text(layout, text, -1)
        let unit = 1 / (Self.shapingSize * Double(PANGO_SCALE))
        let bytes = Array(text.utf8)
        var result = ShapedText(text: text, glyphs: [], clusters: [], advance: 0, ink: .empty, missing: [])
        var x = 0.0
        guard let line = pango_layout_get_line_readonly(layout, 0) else { return result }
        var node = line.pointee.runs
        while let current = node {
            defer { node = current.pointee.next }
            let item = current.pointee.data.assumingMemoryBound(to: PangoGlyphItem.self).pointee
            guard let info = item.item, let string = item.glyphs, let font = info.pointee.analysis.font else {
                continue
            }
            let face = number(of: font)
            let count = Int(string.pointee.num_glyphs)
            let offset = Int(info.pointee.offset)
            let end = offset + Int(info.pointee.length)
            var i = 0
            while i < count {
                let start = Int(string.pointee.log_clusters[i])
                var next = i
                while next < count, Int(string.pointee.log_clusters[next]) == start {
                    let glyph = string.pointee.glyphs[next]
                    if glyph.glyph & 0x1000_0000 != 0, glyph.glyph != 0x0fff_ffff {
                        result.missing += Self.scalar(glyph.glyph).map { [$0] } ?? []
                    }
                    if glyph.glyph != 0x0fff_ffff {
                        result.glyphs.append(
                            ShapedText.Glyph(
                                face: face, id: UInt(glyph.glyph),
                                x: x + Double(glyph.geometry.x_offset) * unit,
                                y: Double(glyph.geometry.y_offset) * unit))
                    }
                    x += Double(glyph.geometry.width) * unit
                    next += 1
                }
                let stop = next < count ? offset + Int(string.pointee.log_clusters[next]) : end
                let drawn = (i..<next).count { string.pointee.glyphs[$0].glyph != 0x0fff_ffff }
                result.clusters.append((bytes: stop - offset - start, glyphs: drawn))
                i = next
            }
        }
        result.advance = x
        var ink = PangoRectangle()
        pango_layout_line_get_extents(line, &ink, nil)
        if ink.width > 0, ink.height > 0 {
            result.ink = Box(
                minX: Double(ink.x) * unit, minY: Double(ink.y) * unit,
                maxX: Double(ink.x + ink.width) * unit, maxY: Double(ink.y + ink.height) * unit)
        } else {
            result.ink = Box(minX: 0, minY: 0, maxX: x, maxY: 0)
        }
        precondition(result.clusters.reduce(0) { $0 + $1.bytes } <= bytes.count)
        return result
    }

    /// The code point in a glyph that Pango marks as unknown.
    private static func scalar(_ glyph: PangoGlyph) -> Unicode.Scalar? {
        Unicode.Scalar(glyph & ~0x1000_0000)
    }

    private func number(of font: UnsafeMutablePointer<PangoFont>) -> Int {
        let key = OpaquePointer(font)
        if let known = faceNumbers[key] { return known }
        g_object_ref(font)
        fonts.append(font)
        let scaled = pango_cairo_font_get_scaled_font(OpaquePointer(font))
        let face = cairo_scaled_font_get_font_face(scaled)!
        faces.append(face)
        faceNumbers[key] = faces.count - 1
        return faces.count - 1
    }
}
