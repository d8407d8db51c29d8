import CPango
public import GeoGrid

/// PNG 输出: replays a page in bands, so that a wall map at 300 dpi needs tens of megabytes and not hundreds.
public enum PNGBackend {
    /// Rows of a band: a whole A1 row at 300 dpi is 40 kB, a band 5 MB.
    private static let bandRows = 128

    /// Renders one page: bands side by side on all cores, each deflated by itself; O(pixels).
    /// Throws GG601 when Cairo reports a failure, GG602 for a resolution outside 20...1200 dpi.
    public static func render(
        _ page: Page, resolution: Double, properties: [(key: String, value: String)] = []
    ) throws -> [UInt8] {
        guard (20...1200).contains(resolution) else {
            throw GeoGridError(
                .resolutionOutOfRange,
                Text(zh: "分辨率 \(resolution) dpi 超出范围", en: "a resolution of \(resolution) dpi is out of range"),
                remedy: Text(zh: "请选 20 至 1200 dpi", en: "choose 20 to 1200 dpi"))
        }
        let scale = resolution / 25.4
        let width = Int((page.outerWidth * scale).rounded())
        let height = Int((page.outerHeight * scale).rounded())
        var encoder = PNGEncoder(width: width, height: height, dotsPerMetre: Int((scale * 1000).rounded()))
        for property in properties { encoder.addText(property.key, property.value) }
        let bands = (height + bandRows - 1) / bandRows
        try OrderedWork.run(bands, context: { TextEngine() }) { band, engine in
            let top = band * bandRows
            let rows = min(bandRows, height - top)
            let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(rows))
            defer { cairo_surface_destroy(surface) }
            guard let context = cairo_create(surface), cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else {
                throw GeoGridError(
                    .renderingFailed, Text(zh: "位图输出失败：内存不足", en: "the image could not be drawn: out of memory"),
                    remedy: Text(zh: "请降低分辨率", en: "choose a lower resolution"))
            }
            cairo_set_source_rgb(context, 1, 1, 1)
            cairo_paint(context)
            cairo_translate(context, 0, -Double(top))
            cairo_scale(context, Double(width) / page.outerWidth, Double(height) / page.outerHeight)
            cairo_translate(context, page.slug, page.slug)
            CairoReplay.prepare(context)
            let window = Box(
                minX: -page.slug, minY: Double(top) / scale - page.slug - 0.5, maxX: page.width + page.slug,
                maxY: Double(top + rows) / scale - page.slug + 0.5)
            CairoReplay(context: context, engine: engine).draw(page.list, window: window)
            cairo_destroy(context)
            cairo_surface_flush(surface)
            let stride = Int(cairo_image_surface_get_stride(surface))
            let pixels = UnsafeBufferPointer(start: cairo_image_surface_get_data(surface), count: stride * rows)
            return PNGEncoder.Band(pixels, stride: stride, width: width, rows: rows)
        } take: { _, band in
            encoder.append(band)
        }
        return encoder.finish()
    }
}

extension IssueCode {
    static let resolutionOutOfRange = IssueCode("GG602")
}
