import CPango
import GeoGrid

/// Replays a display list on a Cairo context whose unit is the millimetre.
struct CairoReplay {
    let context: OpaquePointer
    let engine: TextEngine
    /// Font faces in place of the engine's, by number; nil for those.
    var faces: [OpaquePointer]?

    /// Draws what touches `window`.
    func draw(_ list: DisplayList, window: Box? = nil) {
        for mark in list.marks {
            switch mark {
            case .layer: break
            case .clip(let outline):
                cairo_save(context)
                trace(outline)
                cairo_clip(context)
            case .endClip: cairo_restore(context)
            case .shape(let shape):
                if let window, !window.intersects(shape.box) { continue }
                draw(shape)
            case .text(let text):
                if let window, !window.intersects(text.box.expanded(by: text.halo)) { continue }
                draw(text)
            }
        }
    }

    /// Draws letters alone, each text in the colour that tells its number.
    func carry(_ texts: [Inscription]) {
        for (number, text) in texts.enumerated() {
            var text = text
            text.halo = 0
            text.colour = CarriedText.colour(of: number)
            draw(text)
        }
    }

    private func draw(_ shape: Shape) {
        trace(shape.outline)
        if let fill = shape.fill {
            set(fill)
            if shape.stroke == nil { cairo_fill(context) } else { cairo_fill_preserve(context) }
        }
        if let stroke = shape.stroke {
            set(stroke.colour)
            cairo_set_line_width(context, stroke.width)
            cairo_set_line_cap(context, stroke.cap == .round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
            cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
            cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
            cairo_stroke(context)
        }
        cairo_new_path(context)
    }

    private func trace(_ outline: Outline) {
        cairo_new_path(context)
        cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
        var i = 0
        outline.xy.withUnsafeBufferPointer { xy in
            for verb in outline.verbs {
                switch verb {
                case .move:
                    cairo_move_to(context, xy[i], xy[i + 1])
                    i += 2
                case .line:
                    cairo_line_to(context, xy[i], xy[i + 1])
                    i += 2
                case .curve:
                    cairo_curve_to(context, xy[i], xy[i + 1], xy[i + 2], xy[i + 3], xy[i + 4], xy[i + 5])
                    i += 6
                case .close:
                    cairo_close_path(context)
                }
            }
        }
    }

    private func draw(_ text: Inscription) {
        let shaped = engine.shape(text.text, text.weight)
        let em = text.size * TextEngine.millimetresPerPoint
        if text.angle != 0 {
            cairo_save(context)
            cairo_translate(context, text.x, text.y)
            cairo_rotate(context, text.angle)
        }
        defer { if text.angle != 0 { cairo_restore(context) } }
        let (x, y) = text.angle == 0 ? (text.x, text.y) : (0, 0)
        let glyphs = shaped.glyphs.map { glyph in
            cairo_glyph_t(index: glyph.id, x: x + glyph.x * em, y: y + glyph.y * em)
        }
        cairo_new_path(context)
        if text.halo > 0 {
            forEachFace(shaped, glyphs, em) { run, _ in cairo_glyph_path(context, run.baseAddress, Int32(run.count)) }
            set(Colour.white.opacity(0.92))
            cairo_set_line_width(context, 2 * text.halo)
            cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
            cairo_set_dash(context, nil, 0, 0)
            cairo_stroke(context)
            cairo_new_path(context)
        }
        set(text.colour)
        var byte = 0
        let bytes = Array(shaped.text.utf8)
        forEachFace(shaped, glyphs, em) { run, clusters in
            let length = clusters.reduce(0) { $0 + $1.bytes }
            let list = clusters.map { cairo_text_cluster_t(num_bytes: Int32($0.bytes), num_glyphs: Int32($0.glyphs)) }
            bytes.withUnsafeBufferPointer { buffer in
                buffer.withMemoryRebound(to: CChar.self) { characters in
                    cairo_show_text_glyphs(
                        context, characters.baseAddress! + byte, Int32(length), run.baseAddress, Int32(run.count), list,
                        Int32(list.count), cairo_text_cluster_flags_t(rawValue: 0))
                }
            }
            byte += length
        }
        cairo_new_path(context)
    }

    /// Runs of glyphs of one font face with the clusters that belong to them, the face set on the context.
    private func forEachFace(
        _ shaped: ShapedText, _ glyphs: [cairo_glyph_t], _ em: Double,
        _ body: (UnsafeBufferPointer<cairo_glyph_t>, ArraySlice<(bytes: Int, glyphs: Int)>) -> Void
    ) {
        glyphs.withUnsafeBufferPointer { buffer in
            var cluster = 0
            var glyph = 0
            while cluster < shaped.clusters.count {
                let firstCluster = cluster
                let firstGlyph = glyph
                let face = glyph < shaped.glyphs.count ? shaped.glyphs[glyph].face : 0
                while cluster < shaped.clusters.count {
                    let count = shaped.clusters[cluster].glyphs
                    if count > 0, shaped.glyphs[glyph].face != face { break }
                    glyph += count
                    cluster += 1
                }
                guard glyph > firstGlyph else { continue }
                cairo_set_font_face(context, (faces ?? engine.faces)[face])
                cairo_set_font_size(context, em)
                body(
                    UnsafeBufferPointer(rebasing: buffer[firstGlyph..<glyph]), shaped.clusters[firstCluster..<cluster])
            }
        }
    }

    private func set(_ colour: Colour) {
        let (r, g, b) = (Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255)
        if colour.opacity == 1 {
            cairo_set_source_rgb(context, r, g, b)
        } else {
            cairo_set_source_rgba(context, r, g, b, colour.opacity)
        }
    }

    /// Font options that keep text unhinted, so that it scales exactly.
    static func prepare(_ context: OpaquePointer) {
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_set_font_options(context, options)
        cairo_font_options_destroy(options)
    }
}
