import CQPDF
import Foundation
import GeoGrid

/// PDF 后处理: page boxes, layers, page labels and georeferencing, for which Cairo has no call, added by qpdf.
///
/// Cairo's pages hold text alone; here their content is joined with the shapes, which are marked by layer as optional
/// content (ISO 32000-1, 8.11).
struct PDFFinish {
    let pages: [PDFPage]
    var language: Language = .zh

    func apply(to bytes: [UInt8]) throws -> [UInt8] {
        let data = qpdf_init()
        var handle: qpdf_data? = data
        defer { qpdf_cleanup(&handle) }
        qpdf_silence_errors(data)
        qpdf_set_suppress_warnings(data, QPDF_BOOL(QPDF_TRUE))
        // qpdf reads the bytes on demand: they must stay where they are until the new file is written.
        return try bytes.withUnsafeBufferPointer { buffer in
            try buffer.withMemoryRebound(to: CChar.self) { characters in
                try check(qpdf_read_memory(data, "map", characters.baseAddress, UInt64(characters.count), nil), data)
                return try rewritten(data)
            }
        }
    }

    private func rewritten(_ data: qpdf_data?) throws -> [UInt8] {
        let root = qpdf_get_root(data)
        let groups = addGroups(root, data)
        // A few pages at a time: what Cairo wrote of a page is many times as large as what is kept.
        for first in stride(from: 0, to: pages.count, by: 16) {
            let range = first..<min(first + 16, pages.count)
            for (number, tail) in zip(range, try tails(range, data)) {
                let page = pages[number]
                let object = qpdf_get_page_n(data, number)
                fill(object, with: [page.content.head, tail], of: page.content, groups, data)
                addBoxes(page.page, object, data)
                if let place = page.page.georeference { georeference(place, page.page, object, data) }
            }
        }
        for key in ["/StructTreeRoot", "/MarkInfo"] { qpdf_oh_remove_key(data, root, key) }
        let labels = pages.enumerated().map { "\($0.offset) << /P \(PDFText.string($0.element.page.label)) >>" }
        qpdf_oh_replace_key(data, root, "/PageLabels", parse("<< /Nums [\(labels.joined(separator: " "))] >>", data))
        try check(qpdf_init_write_memory(data), data)
        qpdf_set_deterministic_ID(data, QPDF_BOOL(QPDF_TRUE))
        qpdf_set_object_stream_mode(data, qpdf_o_generate)
        qpdf_set_minimum_pdf_version(data, "1.7")
        try check(qpdf_write(data), data)
        return Array(UnsafeBufferPointer(start: qpdf_get_buffer(data), count: qpdf_get_buffer_length(data)))
    }

    private func check(_ code: QPDF_ERROR_CODE, _ data: qpdf_data?) throws {
        guard code & Int32(QPDF_ERRORS) != 0 else { return }
        let error = qpdf_get_error(data)
        let detail = String(cString: qpdf_get_error_full_text(data, error))
        throw GeoGridError(
            .renderingFailed, Text(zh: "PDF 后处理失败：\(detail)", en: "the PDF could not be finished: \(detail)"),
            remedy: Text(zh: "请运行 geogrid doctor 检查 qpdf", en: "run geogrid doctor to check qpdf"))
    }

    private func parse(_ text: String, _ data: qpdf_data?) -> qpdf_oh { qpdf_oh_parse(data, text) }

    /// One optional content group a layer, in the order in which a reader lists them: the topmost first.
    private func addGroups(_ root: qpdf_oh, _ data: qpdf_data?) -> [Layer: qpdf_oh] {
        let used = pages.reduce(into: Set<Layer>()) { $0.formUnion($1.content.layers) }
        var groups: [Layer: qpdf_oh] = [:]
        let list = qpdf_oh_new_array(data)
        for layer in Layer.allCases.reversed() where used.contains(layer) {
            let group = qpdf_make_indirect_object(
                data, parse("<< /Type /OCG /Name \(PDFText.string(layer.name[language])) >>", data))
            groups[layer] = group
            qpdf_oh_append_item(data, list, group)
        }
        guard !groups.isEmpty else { return [:] }
        let shown = qpdf_oh_new_dictionary(data)
        qpdf_oh_replace_key(data, shown, "/Order", list)
        qpdf_oh_replace_key(data, shown, "/ON", list)
        let properties = qpdf_oh_new_dictionary(data)
        qpdf_oh_replace_key(data, properties, "/OCGs", list)
        qpdf_oh_replace_key(data, properties, "/D", shown)
        qpdf_oh_replace_key(data, root, "/OCProperties", properties)
        return groups
    }

    /// For each page what follows its head, deflated: the rest of its shapes with the text between them.
    private func tails(_ range: Range<Int>, _ data: qpdf_data?) throws -> [[UInt8]] {
        let carried = try range.map { number in
            var raw: UnsafeMutablePointer<UInt8>?
            var count = 0
            try check(qpdf_oh_get_page_content_data(data, qpdf_get_page_n(data, number), &raw, &count), data)
            defer { free(raw) }
            return Array(UnsafeBufferPointer(start: raw, count: count))
        }
        let contents = pages[range].map(\.content)
        return try OrderedWork.map(range.count) { i in
            let content = contents[i]
            let text = CarriedText(content: carried[i], count: content.texts.count)
            var out: [UInt8] = []
            var done = 0
            for gap in content.gaps {
                out.append(contentsOf: content.tail[done..<gap.offset])
                text.append(gap.text, to: &out)
                done = gap.offset
            }
            out.append(contentsOf: content.tail[done...])
            return Deflate.zlib(out)
        }
    }

    private func fill(
        _ page: qpdf_oh, with streams: [[UInt8]], of content: PDFContent, _ groups: [Layer: qpdf_oh],
        _ data: qpdf_data?
    ) {
        let list = qpdf_oh_new_array(data)
        for bytes in streams {
            let stream = qpdf_oh_new_stream(data)
            qpdf_oh_replace_stream_data(
                data, stream, bytes, bytes.count, qpdf_oh_new_name(data, "/FlateDecode"), qpdf_oh_new_null(data))
            qpdf_oh_append_item(data, list, stream)
        }
        qpdf_oh_replace_key(data, page, "/Contents", list)
        let resources = qpdf_oh_get_key(data, page, "/Resources")
        let properties = qpdf_oh_new_dictionary(data)
        for layer in Layer.allCases where content.layers.contains(layer) {
            if let group = groups[layer] {
                qpdf_oh_replace_key(data, properties, "/\(PDFContent.name(layer))", group)
            }
        }
        qpdf_oh_replace_key(data, resources, "/Properties", properties)
        let states = content.opacities.sorted().map { opacity in
            let value = decimals(Double(opacity) / 1000, 3)
            return "/\(PDFContent.name(fillOpacity: opacity)) << /ca \(value) >> "
                + "/\(PDFContent.name(strokeOpacity: opacity)) << /CA \(value) >>"
        }
        qpdf_oh_replace_key(data, resources, "/ExtGState", parse("<< \(states.joined(separator: " ")) >>", data))
        // The text of the page is opaque; what lies on it is not.
        qpdf_oh_replace_key(
            data, page, "/Group", parse("<< /Type /Group /S /Transparency /I true /CS /DeviceRGB >>", data))
        qpdf_oh_remove_key(data, page, "/StructParents")
    }

    /// TrimBox: the sheet; BleedBox: with its bleed; MediaBox stays the whole with the crop marks.
    private func addBoxes(_ page: Page, _ object: qpdf_oh, _ data: qpdf_data?) {
        func box(_ margin: Double) -> qpdf_oh {
            let scale = 72 / 25.4
            let numbers = [margin, margin, page.outerWidth - margin, page.outerHeight - margin]
                .map { decimals($0 * scale, 4) }
            return parse("[\(numbers.joined(separator: " "))]", data)
        }
        qpdf_oh_replace_key(data, object, "/TrimBox", box(page.slug))
        qpdf_oh_replace_key(data, object, "/BleedBox", box(page.slug - page.bleed))
    }

    /// A viewport with a geospatial measure (ISO 32000-2, 12.10): GDAL, QGIS and Acrobat find the map's place by it.
    private func georeference(_ place: Georeference, _ page: Page, _ object: qpdf_oh, _ data: qpdf_data?) {
        guard place.corners.count == 4 else { return }
        let scale = 72 / 25.4
        let left = (place.frame.minX + page.slug) * scale
        let right = (place.frame.maxX + page.slug) * scale
        let top = (page.outerHeight - place.frame.minY - page.slug) * scale
        let bottom = (page.outerHeight - place.frame.maxY - page.slug) * scale
        let points = place.corners.map { "\(decimals($0.latitude, 9)) \(decimals($0.longitude, 9))" }
            .joined(separator: " ")
        let wkt = place.wkt.isEmpty ? "" : " /WKT \(PDFText.string(place.wkt))"
        // Corners from the lower left, counter-clockwise, as fractions of the viewport and as latitude, longitude.
        let measure =
            "<< /Type /Measure /Subtype /GEO /Bounds [0 0 0 1 1 1 1 0] /LPTS [0 0 0 1 1 1 1 0] /GPTS [\(points)] "
            + "/GCS << /Type /PROJCS /EPSG \(place.epsg)\(wkt) >> >>"
        let corners = [left, bottom, right, top].map { decimals($0, 4) }.joined(separator: " ")
        qpdf_oh_replace_key(
            data, object, "/VP",
            parse("[<< /Type /Viewport /Name (map) /BBox [\(corners)] /Measure \(measure) >>]", data))
    }
}

/// Text strings of PDF: UTF-16 with a byte order mark, in hexadecimal, where ASCII does not do.
enum PDFText {
    static func string(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) && $0 != 0x28 && $0 != 0x29 && $0 != 0x5c }) {
            return "(\(text))"
        }
        let digits = text.utf16.map { unit in
            let hex = String(unit, radix: 16)
            return String(repeating: "0", count: 4 - hex.count) + hex
        }
        return "<feff\(digits.joined())>"
    }
}
