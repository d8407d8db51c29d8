import CPango
public import GeoGrid

/// 成稿页: a page whose shapes are written already; made side by side with others, then given to a `PDFWriter` in order.
public struct PDFPage: Sendable {
    /// The page without its marks.
    let page: Page
    let content: PDFContent

    public init(_ page: Page) {
        content = PDFContent(page)
        var kept = page
        kept.list = DisplayList()
        self.page = kept
    }
}

/// PDF 输出: one PDF from pages as they come: text and fonts by Cairo, shapes by `PDFContent`, joined by qpdf.
///
/// Text stays text, fonts are embedded as subsets once for all pages, the same pages give the same bytes. Page boxes,
/// layers, page labels and georeferencing: see `PDFFinish`.
public final class PDFWriter {
    private let surface: OpaquePointer
    private let sink = ByteSink()
    private let engine: TextEngine
    private let language: Language
    private var pages: [PDFPage] = []

    public init(_ properties: MapDocument.Properties, engine: TextEngine, language: Language = .zh) {
        self.engine = engine
        self.language = language
        surface = cairo_pdf_surface_create_for_stream(
            ByteSink.write, Unmanaged.passUnretained(sink).toOpaque(), 100, 100)
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        let date = "\(properties.day)T00:00:00Z"
        let entries: [(cairo_pdf_metadata_t, String)] = [
            (CAIRO_PDF_METADATA_TITLE, properties.title), (CAIRO_PDF_METADATA_AUTHOR, properties.author),
            (CAIRO_PDF_METADATA_SUBJECT, properties.subject),
            (CAIRO_PDF_METADATA_KEYWORDS, properties.keywords.joined(separator: ", ")),
            (CAIRO_PDF_METADATA_CREATOR, "GeoGrid"), (CAIRO_PDF_METADATA_CREATE_DATE, date),
            (CAIRO_PDF_METADATA_MOD_DATE, date),
        ]
        for (key, value) in entries where !value.isEmpty { cairo_pdf_surface_set_metadata(surface, key, value) }
    }

    deinit { cairo_surface_destroy(surface) }

    /// Adds a page; of its marks only operators and texts are kept.
    public func append(_ page: PDFPage) { pages.append(page) }

    public func append(_ page: Page) { append(PDFPage(page)) }

    /// Ends the file. Throws GG601 when nothing was drawn or a library reports a failure.
    public func finish() throws -> [UInt8] {
        guard !pages.isEmpty else {
            throw GeoGridError(
                .renderingFailed, Text(zh: "没有可输出的图幅", en: "no page to write"),
                remedy: Text(zh: "请选择至少一个图幅", en: "choose at least one sheet"))
        }
        let fonts = FontSubsets(of: pages.lazy.map(\.content.texts), engine: engine)
        for page in pages { carry(page, fonts) }
        addOutline()
        cairo_surface_finish(surface)
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else {
            let detail = String(cString: cairo_status_to_string(status))
            throw GeoGridError(
                .renderingFailed, Text(zh: "PDF 输出失败：\(detail)", en: "the PDF could not be drawn: \(detail)"),
                remedy: Text(zh: "请运行 geogrid doctor 检查字体与库", en: "run geogrid doctor to check fonts and libraries"))
        }
        return try PDFFinish(pages: pages, language: language).apply(to: sink.bytes)
    }

    /// Has Cairo write the letters of a page.
    private func carry(_ page: PDFPage, _ fonts: FontSubsets) {
        let outer = page.page
        cairo_pdf_surface_set_size(surface, Self.points(outer.outerWidth), Self.points(outer.outerHeight))
        guard let context = cairo_create(surface) else { return }
        cairo_scale(context, Self.points(1), Self.points(1))
        cairo_translate(context, outer.slug, outer.slug)
        CairoReplay.prepare(context)
        CairoReplay(context: context, engine: engine, faces: fonts.faces).carry(page.content.texts)
        cairo_show_page(context)
        cairo_destroy(context)
    }

    private static func points(_ millimetres: Double) -> Double { millimetres / TextEngine.millimetresPerPoint }

    private func addOutline() {
        guard pages.count > 1 else { return }
        var parents: [Int32] = []
        for (number, page) in pages.enumerated() {
            let bookmark = page.page.bookmark
            let depth = min(bookmark.depth, parents.count)
            let parent = depth == 0 ? Int32(CAIRO_PDF_OUTLINE_ROOT) : parents[depth - 1]
            let id = cairo_pdf_surface_add_outline(
                surface, parent, bookmark.title, "page=\(number + 1) pos=[0 0]",
                depth == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t(rawValue: 0))
            parents = parents.prefix(depth) + [id]
        }
    }
}

extension MapDocument {
    /// The whole document as PDF.
    public func pdf(engine: TextEngine, language: Language = .zh) throws -> [UInt8] {
        let writer = PDFWriter(properties, engine: engine, language: language)
        for page in pages { writer.append(page) }
        return try writer.finish()
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
