internal import CXLSXWriter
public import Foundation
public import GeoGrid

extension IssueCode {
    static let cannotWriteTable = IssueCode("GG550")
    static let cellShortened = IssueCode("GG551")
}

extension GeoGridError {
    static func cannotWrite(_ url: URL, because reason: String) -> GeoGridError {
        GeoGridError(
            .cannotWriteTable,
            Text(zh: "写不了 \(url.path)：\(reason)", en: "cannot write \(url.path): \(reason)"),
            remedy: Text(zh: "检查目录是否存在、有无权限、磁盘是否已满", en: "check the folder, its permissions and the free space"))
    }
}

/// 工作簿: tables as an XLSX file that an office can use at once.
///
/// Every sheet has a frozen, repeated header row, filters, and columns as wide as their text (a Chinese character
/// counts as two). It prints on A4, one page wide, with page numbers. Sheets over Excel's row limit continue on a
/// further sheet. The same tables give the same bytes. Memory stays at one row a sheet beyond the tables themselves
/// (libxlsxwriter's constant memory mode).
public enum Workbook {
    /// Rows of a sheet, header included, that Excel can hold.
    static let rowLimit = 1_048_576
    /// Length of a text, in UTF-16 units, that Excel can hold in a cell.
    static let textLimit = 32_767

    /// Writes the file in one step: an existing one is replaced only when the new one is whole.
    ///
    /// Returns a finding for each text too long for a cell, which is cut. Throws `GeoGridError` GG550 when the file
    /// cannot be written.
    @discardableResult
    public static func write(sheets: [SheetTable], to url: URL) throws -> [Finding] {
        let temporary = url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent).part")
        defer { try? FileManager.default.removeItem(at: temporary) }

        // Opened here first: libxlsxwriter would print to standard error.
        guard let file = fopen(temporary.path, "w") else {
            throw GeoGridError.cannotWrite(url, because: String(cString: strerror(errno)))
        }
        fclose(file)

        var findings: [Finding] = []
        let writer = try WorkbookWriter(url: temporary)
        for part in pages(of: sheets.isEmpty ? [SheetTable(name: "", columns: [])] : sheets) {
            try writer.add(part, findings: &findings)
        }
        try writer.close()
        guard rename(temporary.path, url.path) == 0 else {
            throw GeoGridError.cannotWrite(url, because: String(cString: strerror(errno)))
        }
        return findings
    }

    /// Cuts sheets at the row limit and gives every sheet a name that Excel takes.
    static func pages(of sheets: [SheetTable], rowLimit: Int = rowLimit) -> [SheetTable] {
        var names = SheetNames()
        var pages: [SheetTable] = []
        for sheet in sheets {
            var start = 0
            repeat {
                let end = min(sheet.rows.count, start + rowLimit - 1)
                var page = sheet
                page.name = names.next(for: sheet.name)
                if start > 0 || end < sheet.rows.count { page.rows = Array(sheet.rows[start..<end]) }
                pages.append(page)
                start = end
            } while start < sheet.rows.count
        }
        return pages
    }
}

/// 表名: makes sheet names that Excel accepts: 1 to 31 UTF-16 units, none of `[]:*?/\`, unique whatever the case.
struct SheetNames {
    private var taken: Set<String> = []

    mutating func next(for wish: String) -> String {
        var base = String(wish.map { "[]:*?/\\".contains($0) || $0.isNewline ? "_" : $0 })
        base = base.trimmingCharacters(in: CharacterSet(charactersIn: "' \t"))
        if base.isEmpty { base = "Sheet" }
        if base.lowercased() == "history" { base += "_" }
        var number = 1
        while true {
            let suffix = number == 1 ? "" : " (\(number))"
            var stem = base
            while (stem + suffix).utf16.count > 31 { stem.removeLast() }
            let name = stem + suffix
            if taken.insert(name.lowercased()).inserted { return name }
            number += 1
        }
    }
}

/// The only place that talks to libxlsxwriter.
private final class WorkbookWriter {
    private var book: UnsafeMutablePointer<lxw_workbook>?
    private let url: URL
    private let header: UnsafeMutablePointer<lxw_format>?
    private let body: UnsafeMutablePointer<lxw_format>?
    private let date: UnsafeMutablePointer<lxw_format>?
    private var numbers: [Int: UnsafeMutablePointer<lxw_format>] = [:]

    init(url: URL) throws {
        self.url = url
        var options = lxw_workbook_options(constant_memory: 1, tmpdir: nil, use_zip64: 0)
        guard let book = workbook_new_opt(url.path, &options) else {
            throw GeoGridError.cannotWrite(url, because: "libxlsxwriter")
        }
        self.book = book
        // A fixed date of making: the library would put the clock's.
        var properties = lxw_doc_properties()
        properties.created = 946_684_800
        workbook_set_properties(book, &properties)

        header = workbook_add_format(book)
        format_set_bold(header)
        format_set_bg_color(header, 0xDCE6F1)
        format_set_border(header, UInt8(LXW_BORDER_THIN.rawValue))
        format_set_align(header, UInt8(LXW_ALIGN_CENTER.rawValue))
        format_set_align(header, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        format_set_text_wrap(header)
        body = workbook_add_format(book)
        format_set_align(body, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        format_set_text_wrap(body)
        date = workbook_add_format(book)
        format_set_num_format(date, "yyyy-mm-dd")
        format_set_align(date, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    }

    deinit {
        if let book { lxw_workbook_free(book) }
    }

    func close() throws {
        guard let book else { return }
        self.book = nil
        try check(workbook_close(book))
    }

    func add(_ table: SheetTable, findings: inout [Finding]) throws {
        guard let sheet = workbook_add_worksheet(book, table.name) else {
            throw GeoGridError.cannotWrite(url, because: table.name)
        }
        prepare(sheet, for: table)
        for (column, title) in table.columns.enumerated() {
            try check(worksheet_write_string(sheet, 0, UInt16(column), Self.clean(title), header))
        }
        for (i, row) in table.rows.enumerated() {
            for (column, cell) in row.prefix(table.columns.count).enumerated() {
                let place = Place(layer: table.name, record: i + 1, field: table.columns[column])
                try write(cell, to: sheet, row: UInt32(i + 1), column: UInt16(column), at: place, &findings)
            }
        }
    }

    private func prepare(_ sheet: UnsafeMutablePointer<lxw_worksheet>, for table: SheetTable) {
        worksheet_freeze_panes(sheet, 1, 0)
        if let last = table.columns.indices.last {
            worksheet_autofilter(sheet, 0, 0, UInt32(table.rows.count), UInt16(last))
            for column in table.columns.indices {
                worksheet_set_column(sheet, UInt16(column), UInt16(column), Self.width(of: column, in: table), nil)
            }
            worksheet_repeat_rows(sheet, 0, 0)
        }
        worksheet_set_paper(sheet, 9)
        worksheet_set_landscape(sheet)
        worksheet_fit_to_pages(sheet, 1, 0)
        let mark = String(table.pageMark.prefix(100)).replacing("&", with: "&&")
        worksheet_set_header(sheet, "&L&A" + (mark.isEmpty ? "" : "&R\(mark)"))
        worksheet_set_footer(sheet, "&C&P / &N")
    }

    private func write(
        _ cell: SheetTable.Cell, to sheet: UnsafeMutablePointer<lxw_worksheet>, row: UInt32, column: UInt16,
        at place: @autoclosure () -> Place, _ findings: inout [Finding]
    ) throws {
        switch cell {
        case .empty: return
        case .text(let text):
            var clean = Self.clean(text)
            if clean.utf8.count > Workbook.textLimit, clean.utf16.count > Workbook.textLimit {
                clean = Self.cut(clean)
                findings.append(
                    Finding(
                        .cellShortened, .warning, at: place(),
                        Text(zh: "文字过长，Excel 单元格放不下，已截短", en: "a text longer than an Excel cell was cut"),
                        remedy: Text(zh: "需要全文时导出 CSV", en: "export CSV for the whole text")))
            }
            if !clean.isEmpty { try check(worksheet_write_string(sheet, row, column, clean, body)) }
        case .integer(let n):
            // Excel keeps 15 digits; a longer number is safe only as text.
            if abs(n) < 1_000_000_000_000_000 {
                try check(worksheet_write_number(sheet, row, column, Double(n), numberFormat(0)))
            } else {
                try check(worksheet_write_string(sheet, row, column, String(n), body))
            }
        case .number(let x, let decimals):
            if x.isFinite { try check(worksheet_write_number(sheet, row, column, x, numberFormat(decimals))) }
        case .day(let day):
            guard day.year >= 1900 else {
                return try check(worksheet_write_string(sheet, row, column, day.description, body))
            }
            var value = lxw_datetime(
                year: Int32(day.year), month: Int32(day.month), day: Int32(day.day), hour: 0, min: 0, sec: 0)
            try check(worksheet_write_datetime(sheet, row, column, &value, date))
        }
    }

    private func numberFormat(_ decimals: Int) -> UnsafeMutablePointer<lxw_format>? {
        if let known = numbers[decimals] { return known }
        let format = workbook_add_format(book)
        let places = min(max(decimals, 0), 15)
        format_set_num_format(format, places == 0 ? "0" : "0." + String(repeating: "0", count: places))
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        numbers[decimals] = format
        return format
    }

    private func check(_ error: lxw_error) throws {
        guard error == LXW_NO_ERROR else {
            throw GeoGridError.cannotWrite(url, because: String(cString: lxw_strerror(error)))
        }
    }

    /// Drops what XML 1.0 cannot hold: control characters except tab and line feed, and the two non-characters.
    private static func clean(_ text: String) -> String {
        let forbidden: (UInt32) -> Bool = { ($0 < 0x20 && $0 != 9 && $0 != 10) || $0 == 0xFFFE || $0 == 0xFFFF }
        guard text.unicodeScalars.contains(where: { forbidden($0.value) }) else { return text }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.filter { !forbidden($0.value) })
        return String(kept)
    }

    private static func cut(_ text: String) -> String {
        var units = 1
        var kept = ""
        for character in text {
            units += character.utf16.count
            if units > Workbook.textLimit { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// Width of the widest line of a column in Excel's unit, about one Latin letter; between 6 and 60.
    private static func width(of column: Int, in table: SheetTable) -> Double {
        // Room for the filter button beside the title.
        var widest = EastAsianWidth.ofWidestLine(in: table.columns[column]) + 3
        for row in table.rows where column < row.count {
            widest = max(widest, EastAsianWidth.ofWidestLine(in: row[column].text) + 1)
            if widest >= 60 { return 60 }
        }
        return Double(max(widest, 6))
    }
}
