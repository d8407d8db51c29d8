/// CSV 写出: RFC 4180 in UTF-8, row by row into a sink, in constant memory.
///
/// Begins with a byte order mark, so that Excel shows Chinese, and ends lines with CRLF. A text that a spreadsheet
/// would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an apostrophe before
/// it, as OWASP's "CSV injection" page advises; what is a number is left alone.
public struct CSVWriter {
    private let sink: ([UInt8]) throws -> Void
    private var buffer: [UInt8] = []

    /// - Parameter sink: takes the text in pieces of about 64 KB.
    public init(header: [String], byteOrderMark: Bool = true, sink: @escaping ([UInt8]) throws -> Void) throws {
        self.sink = sink
        buffer.reserveCapacity(1 << 17)
        if byteOrderMark { buffer += [0xEF, 0xBB, 0xBF] }
        try write(header)
    }

    /// One row; nil is an empty cell.
    public mutating func write(_ row: [String?]) throws {
        for (index, cell) in row.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            if var cell { cell.withUTF8 { append($0) } }
        }
        try endRow()
    }

    /// All rows of a table: its columns in their order, geometries left out.
    public mutating func write(_ table: FeatureTable) throws {
        for row in 0..<table.count { try write(table, row: row, then: []) }
    }

    /// One row of a table, and more cells behind it.
    public mutating func write(_ table: FeatureTable, row: Int, then more: [String]) throws {
        for (index, column) in table.columns.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            if case .text(let bytes, let ends) = column.storage {
                append(bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]])
            } else if var text = column.text(row: row) {
                text.withUTF8 { append($0) }
            }
        }
        for (index, cell) in more.enumerated() {
            if index > 0 || !table.columns.isEmpty { buffer.append(UInt8(ascii: ",")) }
            var cell = cell
            cell.withUTF8 { append($0) }
        }
        try endRow()
    }

    /// Hands the rest to the sink.
    public mutating func finish() throws {
        guard !buffer.isEmpty else { return }
        try sink(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func endRow() throws {
        buffer.append(0x0D)
        buffer.append(0x0A)
        if buffer.count >= 1 << 16 { try finish() }
    }

    private mutating func append(_ cell: some BidirectionalCollection<UInt8>) {
        guard let first = cell.first else { return }
        let isFormula = Self.startsFormula(first) && !Self.isNumber(cell)
        guard
            cell.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == 0x3B || $0 == 0x09 })
                || first == 0x20 || cell.last == 0x20
        else {
            if isFormula { buffer.append(0x27) }
            buffer.append(contentsOf: cell)
            return
        }
        buffer.append(0x22)
        if isFormula { buffer.append(0x27) }
        for byte in cell {
            buffer.append(byte)
            if byte == 0x22 { buffer.append(byte) }
        }
        buffer.append(0x22)
    }

    static func startsFormula(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D: true
        default: false
        }
    }

    /// Whether a cell is a plain decimal number with a sign, such as `-3.5`.
    private static func isNumber(_ cell: some BidirectionalCollection<UInt8>) -> Bool {
        guard cell.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return false }
        return Double(String(decoding: cell, as: UTF8.self)) != nil
    }
}
