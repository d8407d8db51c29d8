public import GeoGrid

/// 排好的文字: glyphs and measures of one line of text at a font size of 1.
///
/// Pango shapes once a string and weight; every size is a multiple, since hinting and rounding are off.
public struct ShapedText: Sendable {
    struct Glyph: Sendable {
        /// Position of the font face in the engine's list.
        var face: Int
        var id: UInt
        var x, y: Double
    }

    /// The text that is drawn: characters no font holds replaced by 〓.
    var text: String
    var glyphs: [Glyph]
    /// Bytes and glyphs of each cluster, so that a PDF knows which characters a glyph stands for.
    var clusters: [(bytes: Int, glyphs: Int)]
    /// Length of the line in ems.
    public var advance: Double
    /// Inked box about the baseline origin in ems, y down.
    public var ink: Box
    /// Characters that no installed font holds, in order of appearance.
    public var missing: [Unicode.Scalar]
}
