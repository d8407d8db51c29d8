import CQPDF
import CZlib
import Foundation
import GeoGrid

/// PDF 后处理: page boxes, layers, page labels and georeferencing, for which Cairo has no call, added by qpdf.
///
/// The PDF backend marks each run of one layer by a structure tag; here the tags become optional content
/// (ISO 32000-1, 8.11) and the structure tree, which then says nothing, goes.
struct PDFFinish {
    let pages: [Page]
    /// For each page the layers in the order of their tags.
    let layers: [[Layer]]
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
        for (number, page) in pages.enumerated() {
            let object = qpdf_get_page_n(data, number)
            try mark(layers[number], groups, object, data)
            addBoxes(page, object, data)
            if let place = page.georeference { georeference(place, page, object, data) }
        }
        for key in ["/StructTreeRoot", "/MarkInfo"] { qpdf_oh_remove_key(data, root, key) }
        let labels = pages.enumerated().map { "\($0.offset) << /P \(PDFText.string($0.element.label)) >>" }
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
        let used = Set(layers.joined())
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

    /// Turns the tags in a page's content into marks of optional content.
    private func mark(
        _ layers: [Layer], _ groups: [Layer: qpdf_oh], _ page: qpdf_oh, _ data: qpdf_data?
    ) throws {
        guard !layers.isEmpty else { return }
        var raw: UnsafeMutablePointer<UInt8>?
        var count = 0
        try check(qpdf_oh_get_page_content_data(data, page, &raw, &count), data)
        defer { free(raw) }
        let content = UnsafeBufferPointer(start: raw, count: count)
        let tag = Array("/\(CairoReplay.layerTag) << /MCID ".utf8)
        let end = Array(">> BDC".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(count)
        var next = 0
        var from = 0
        while let found = Self.position(of: tag, in: content, from: from) {
            guard let stop = Self.position(of: end, in: content, from: found) else { break }
            out.append(contentsOf: content[from..<found])
            let layer = next < layers.count ? layers[next] : .furniture
            out.append(contentsOf: "/OC /\(Self.name(layer)) BDC".utf8)
            next += 1
            from = stop + end.count
        }
        out.append(contentsOf: content[from...])
        let stream = qpdf_oh_new_stream(data)
        let packed = Self.deflated(out)
        qpdf_oh_replace_stream_data(
            data, stream, packed, packed.count, qpdf_oh_new_name(data, "/FlateDecode"), qpdf_oh_new_null(data))
        qpdf_oh_replace_key(data, page, "/Contents", stream)
        let properties = qpdf_oh_new_dictionary(data)
        for layer in Layer.allCases where layers.contains(layer) {
            if let group = groups[layer] { qpdf_oh_replace_key(data, properties, "/\(Self.name(layer))", group) }
        }
        qpdf_oh_replace_key(data, qpdf_oh_get_key(data, page, "/Resources"), "/Properties", properties)
        qpdf_oh_remove_key(data, page, "/StructParents")
    }

    private static func name(_ layer: Layer) -> String { "GG\(layer.rawValue)" }

    private static func position(of needle: [UInt8], in hay: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
        guard let base = hay.baseAddress else { return nil }
        var at = from
        while at + needle.count <= hay.count,
            let found = memchr(base + at, Int32(needle[0]), hay.count - at - needle.count + 1)
        {
            let place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            if memcmp(base + place, needle, needle.count) == 0 { return place }
            at = place + 1
        }
        return nil
    }

    /// zlib at level 4: two thirds of the time of level 6 and a few per cent more bytes.
    private static func deflated(_ input: [UInt8]) -> [UInt8] {
        var length = compressBound(UInt(input.count))
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { out, count in
            let status = compress2(out.baseAddress, &length, input, UInt(input.count), 4)
            count = status == Z_OK ? Int(length) : 0
        }
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
