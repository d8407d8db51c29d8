import GeoGrid

/// 取值识别: a value of a list as what the field holds.
enum FieldParser {
    enum Outcome {
        case value(FieldValue)
        /// Nothing there.
        case absent
        /// Something there that the field cannot hold.
        case wrong(String)
    }

    static func parse(_ column: PropertyColumn, row: Int, as kind: Layer.Field.Kind) -> Outcome {
        guard let raw = column.text(row: row) else { return .absent }
        let text = trimmed(raw)
        if text.isEmpty { return .absent }
        switch kind {
        case .text: return .value(.text(text))
        case .phone:
            let plain = text.utf8.allSatisfy { $0 < 0x80 } ? text : halfWidth(text)
            let isScientific = plain.utf8.contains { $0 == 0x45 || $0 == 0x65 } && Double(plain) != nil
            return isScientific ? .wrong(text) : .value(.text(plain))
        case .integer:
            // Counts and years: nothing below zero, nothing that a sum could not hold.
            let number = column.integer(row: row) ?? Int(halfWidth(text))
            return number.flatMap { (0...100_000_000).contains($0) ? .value(.integer($0)) : nil } ?? .wrong(text)
        case .real:
            if let x = column.number(row: row) ?? Double(halfWidth(text)), x.isFinite { return .value(.real(x)) }
            return .wrong(text)
        case .boolean:
            if let flag = column.boolean(row: row) { return .value(.integer(flag ? 1 : 0)) }
            switch text.lowercased() {
            case "1", "true", "yes", "y", "t", "是", "有", "党员": return .value(.integer(1))
            case "0", "false", "no", "n", "f", "否", "无", "非党员", "群众": return .value(.integer(0))
            default: return .wrong(text)
            }
        case .day: return Day(text).map { .value(.text($0.description)) } ?? .wrong(text)
        case .choice(let choices):
            let word = text.lowercased()
            let choice =
                choices.first { $0.value == word }
                ?? choices.first { $0.aliases.contains(text) || $0.aliases.contains(word) }
            return choice.map { .value(.text($0.value)) } ?? .wrong(text)
        }
    }

    /// Without white space around, the ideographic space included.
    private static func trimmed(_ text: String) -> String {
        guard let first = text.utf8.first, let last = text.utf8.last, mayBeSpace(first) || mayBeSpace(last),
            text.first!.isWhitespace || text.last!.isWhitespace
        else { return text }
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    /// Whether a white space can begin or end with that byte; most Chinese characters cannot.
    private static func mayBeSpace(_ byte: UInt8) -> Bool {
        byte <= 0x20 || (0x80...0xBF).contains(byte) || [0xC2, 0xE1, 0xE2, 0xE3].contains(byte)
    }

    /// Full-width digits and points as ASCII ones.
    private static func halfWidth(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    (0xFF01...0xFF5E).contains($0.value) ? Unicode.Scalar($0.value - 0xFEE0)! : $0
                }))
    }
}
