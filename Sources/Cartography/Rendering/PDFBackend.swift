import CPango
import GeoGrid

/// PDF 输出: replays the pages of a document into one PDF by Cairo.
///
/// Page boxes, layers, page labels and georeferencing are added afterwards: see `PDFFinish`.
public enum PDFBackend {
    /// Renders a document. Text stays text, fonts are embedded as subsets, the same document gives the same bytes.
    /// Throws GG601 when Cairo reports a failure.
    public static func render(_ document: MapDocument, engine: TextEngine) throws -> [UInt8] {
        let bytes = ByteSink()
        guard let first = document.pages.first else {
            throw GeoGridError(
                .renderingFailed, Text(zh: "没有可输出的图幅", en: "no page to write"),
                remedy: Text(zh: "请选择至少一个图幅", en: "choose at least one sheet"))
        }
        let surface = cairo_pdf_surface_create_for_stream(
            ByteSink.write, Unmanaged.passUnretained(bytes).toOpaque(), points(first.outerWidth),
            points(first.outerHeight))
        defer { cairo_surface_destroy(surface) }
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        setMetadata(document, surface)
        var layers: [[Layer]] = []
        for page in document.pages {
            cairo_pdf_surface_set_size(surface, points(page.outerWidth), points(page.outerHeight))
            guard let context = cairo_create(surface) else { break }
            cairo_scale(context, points(1), points(1))
            cairo_translate(context, page.slug, page.slug)
            CairoReplay.prepare(context)
            layers.append(CairoReplay(context: context, engine: engine, tagsLayers: true).draw(page.list))
            cairo_show_page(context)
            cairo_destroy(context)
        }
        addOutline(document, surface)
        cairo_surface_finish(surface)
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else {
            throw GeoGridError(
                .renderingFailed,
                Text(
                    zh: "PDF 输出失败：\(String(cString: cairo_status_to_string(status)))",
                    en: "the PDF could not be drawn: \(String(cString: cairo_status_to_string(status)))"),
                remedy: Text(zh: "请运行 geogrid doctor 检查字体与库", en: "run geogrid doctor to check fonts and libraries"))
        }
        return try PDFFinish(pages: document.pages, layers: layers).apply(to: bytes.bytes)
    }

    private static func points(_ millimetres: Double) -> Double { millimetres / TextEngine.millimetresPerPoint }

    private static func setMetadata(_ document: MapDocument, _ surface: OpaquePointer?) {
        let date = "\(document.day)T00:00:00Z"
        let entries: [(cairo_pdf_metadata_t, String)] = [
            (CAIRO_PDF_METADATA_TITLE, document.title), (CAIRO_PDF_METADATA_AUTHOR, document.author),
            (CAIRO_PDF_METADATA_SUBJECT, document.subject),
            (CAIRO_PDF_METADATA_KEYWORDS, document.keywords.joined(separator: ", ")),
            (CAIRO_PDF_METADATA_CREATOR, "GeoGrid"), (CAIRO_PDF_METADATA_CREATE_DATE, date),
            (CAIRO_PDF_METADATA_MOD_DATE, date),
        ]
        for (key, value) in entries where !value.isEmpty { cairo_pdf_surface_set_metadata(surface, key, value) }
    }

    private static func addOutline(_ document: MapDocument, _ surface: OpaquePointer?) {
        guard document.pages.count > 1 else { return }
        var parents: [Int32] = []
        for (number, page) in document.pages.enumerated() {
            let depth = min(page.bookmark.depth, parents.count)
            let parent = depth == 0 ? Int32(CAIRO_PDF_OUTLINE_ROOT) : parents[depth - 1]
            let id = cairo_pdf_surface_add_outline(
                surface, parent, page.bookmark.title, "page=\(number + 1) pos=[0 0]",
                depth == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t(rawValue: 0))
            parents = parents.prefix(depth) + [id]
        }
    }
}

extension IssueCode {
    /// 输出失败: a drawing library refused.
    static let renderingFailed = IssueCode("GG601")
}

extension Page {
    /// Room around the trimmed page for bleed and crop marks, millimetres.
    public var slug: Double { bleed > 0 ? bleed + PressMarks.room : 0 }
    var outerWidth: Double { width + 2 * slug }
    var outerHeight: Double { height + 2 * slug }
}

/// Bytes that Cairo writes, kept in memory.
final class ByteSink {
    var bytes: [UInt8] = []

    static let write: cairo_write_func_t = { closure, data, length in
        guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
        let sink = Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
        return CAIRO_STATUS_SUCCESS
    }
}
