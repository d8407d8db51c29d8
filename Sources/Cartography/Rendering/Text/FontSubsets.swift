import CPango

/// 字体子集: the fonts of an engine cut down to the letters of a file, glyph numbers kept.
///
/// Cairo reads a font as a whole before it embeds a part of it: 17 MB for each weight of Noto Sans CJK. Cut down by
/// HarfBuzz first, which reads the letters it keeps and no others, a font has some hundred kilobytes.
final class FontSubsets {
    /// Cairo faces by number, as glyphs name them; the engine's own for a font that cannot be cut.
    let faces: [OpaquePointer]

    /// O(letters).
    init(of pages: some Sequence<[Inscription]>, engine: TextEngine) {
        var seen = Set<TextEngine.Key>()
        var glyphs: [Set<UInt32>] = []
        for text in pages.joined() where seen.insert(.init(text: text.text, weight: text.weight)).inserted {
            for glyph in engine.shape(text.text, text.weight).glyphs {
                while glyphs.count <= glyph.face { glyphs.append([]) }
                glyphs[glyph.face].insert(UInt32(glyph.id))
            }
        }
        faces = engine.faces.indices.map { number in
            let kept = number < glyphs.count ? glyphs[number] : []
            return Self.cut(engine.fonts[number], to: kept, styledAs: engine.faces[number])
                ?? cairo_font_face_reference(engine.faces[number])
        }
    }

    deinit { for face in faces { cairo_font_face_destroy(face) } }

    private static func cut(
        _ font: UnsafeMutablePointer<PangoFont>, to glyphs: Set<UInt32>, styledAs original: OpaquePointer
    ) -> OpaquePointer? {
        guard !glyphs.isEmpty, let input = hb_subset_input_create_or_fail() else { return nil }
        defer { hb_subset_input_destroy(input) }
        hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS.rawValue | HB_SUBSET_FLAGS_NO_HINTING.rawValue)
        let kept = hb_subset_input_glyph_set(input)
        for glyph in glyphs { hb_set_add(kept, glyph) }
        // The letters are shaped already.
        let dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG)
        for table in ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"] {
            hb_set_add(dropped, hb_tag_from_string(table, 4))
        }
        // Read through FreeType's eyes, who has looked at these letters already, so that no page of the file is in
        // memory twice.
        let scaled = pango_cairo_font_get_scaled_font(OpaquePointer(font))
        guard let open = cairo_ft_scaled_font_lock_face(scaled) else { return nil }
        defer { cairo_ft_scaled_font_unlock_face(scaled) }
        let whole = hb_ft_face_create(open, nil)
        defer { hb_face_destroy(whole) }
        guard let small = hb_subset_or_fail(whole, input) else { return nil }
        defer { hb_face_destroy(small) }
        guard let face = gg_cairo_face_of_font(hb_face_reference_blob(small)) else { return nil }
        cairo_ft_font_face_set_synthesize(face, cairo_ft_font_face_get_synthesize(original))
        return face
    }
}
