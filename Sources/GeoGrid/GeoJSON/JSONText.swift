/// Pieces of JSON as UTF-8.
enum JSONText {
    static func quoted(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return bytes
    }

    static func append(_ text: String, to buffer: inout [UInt8]) {
        var text = text
        text.withUTF8 { append(utf8: $0, to: &buffer) }
    }

    /// Appends a quoted string; control characters, quotes and backslashes escaped.
    static func append(utf8 bytes: some Collection<UInt8>, to buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\""))
        if bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
            buffer.append(contentsOf: bytes)
        } else {
            for byte in bytes { append(escaping: byte, to: &buffer) }
        }
        buffer.append(UInt8(ascii: "\""))
    }

    private static func append(escaping byte: UInt8, to buffer: inout [UInt8]) {
        switch byte {
        case 0x22: buffer.append(contentsOf: #"\""#.utf8)
        case 0x5C: buffer.append(contentsOf: #"\\"#.utf8)
        case 0x0A: buffer.append(contentsOf: #"\n"#.utf8)
        case 0x0D: buffer.append(contentsOf: #"\r"#.utf8)
        case 0x09: buffer.append(contentsOf: #"\t"#.utf8)
        case ..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            buffer.append(contentsOf: #"\u00"#.utf8)
            buffer.append(digits[Int(byte >> 4)])
            buffer.append(digits[Int(byte & 15)])
        default: buffer.append(byte)
        }
    }

    /// Appends `scaled / unit`, `unit` a power of ten, without trailing zeros.
    static func append(decimal scaled: Int64, unit: Int64, to buffer: inout [UInt8]) {
        if scaled < 0 { buffer.append(UInt8(ascii: "-")) }
        let magnitude = scaled.magnitude
        let (whole, fraction) = magnitude.quotientAndRemainder(dividingBy: UInt64(unit))
        append(whole, to: &buffer)
        guard fraction > 0 else { return }
        buffer.append(UInt8(ascii: "."))
        var rest = fraction
        var weight = UInt64(unit) / 10
        while rest > 0 {
            buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / weight))
            rest %= weight
            weight = max(weight / 10, 1)
        }
    }

    static func append(_ value: UInt64, to buffer: inout [UInt8]) {
        guard value >= 10 else {
            buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
            return
        }
        let start = buffer.count
        var rest = value
        while rest > 0 {
            buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        buffer[start...].reverse()
    }

    /// Shortest text that reads back the same; `null` for what is not finite.
    static func append(_ value: Double, to buffer: inout [UInt8]) {
        guard value.isFinite else {
            buffer.append(contentsOf: "null".utf8)
            return
        }
        if value == value.rounded(), abs(value) < 1e15 {
            if value.sign == .minus, value != 0 { buffer.append(UInt8(ascii: "-")) }
            append(UInt64(abs(value)), to: &buffer)
        } else {
            buffer.append(contentsOf: value.description.utf8)
        }
    }
}

extension PropertyColumn {
    /// Appends the value of a row as JSON.
    func appendJSON(row: Int, to buffer: inout [UInt8]) {
        guard !isNull(row: row) else {
            buffer.append(contentsOf: "null".utf8)
            return
        }
        switch storage {
        case .text(let bytes, let ends):
            JSONText.append(utf8: bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]], to: &buffer)
        case .json(let bytes, let ends):
            buffer.append(contentsOf: bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]])
        case .number(let values): JSONText.append(values[row], to: &buffer)
        case .integer(let values):
            if values[row] < 0 { buffer.append(UInt8(ascii: "-")) }
            JSONText.append(values[row].magnitude, to: &buffer)
        case .boolean(let values): buffer.append(contentsOf: (values[row] ? "true" : "false").utf8)
        }
    }
}
