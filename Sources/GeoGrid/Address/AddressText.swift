internal import Foundation

/// 地址文本: an address as it is read: once as written, and once as a key that variants share.
///
/// Written: NFKC (full-width letters and digits become half-width), capitals, dashes of all kinds one dash, white
/// space dropped except between two numbers.
/// Key: punctuation as a space, numerals as digits, 第 before a number dropped, traditional unit words simplified. 五一路 becomes 51路 on both
/// sides of a comparison, so that nothing has to guess which numerals are numbers. O(scalars).
package struct AddressText {
    var written: [UInt32] = []
    var key: [UInt32] = []
    /// For each scalar of `key`, and once more at the end, its position in `written`.
    var origin: [Int32] = []

    init(_ text: String) {
        let source = AddressText.needsFolding(text) ? text.precomposedStringWithCompatibilityMapping : text
        written.reserveCapacity(source.utf8.count)
        AddressText.clean(source, into: &written)
        makeKey()
    }

    /// 规整: a cell of a list as it is compared: NFKC, without white space around it.
    package static func tidy(_ cell: String) -> String {
        cell.precomposedStringWithCompatibilityMapping.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The part of the text as written that a range of the key stands for.
    func written(_ range: Range<Int>) -> String {
        AddressText.string(written[Int(origin[range.lowerBound])..<Int(origin[range.upperBound])])
    }

    static func string(_ scalars: some Sequence<UInt32>) -> String {
        var view = String.UnicodeScalarView()
        for scalar in scalars { view.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
        return String(view)
    }

    static func isAlphanumeric(_ s: UInt32) -> Bool { (0x30...0x39).contains(s) || (0x41...0x5A).contains(s) }
    static func isDigit(_ s: UInt32) -> Bool { (0x30...0x39).contains(s) }
    static let space: UInt32 = 0x20
    static let dash: UInt32 = 0x2D

    /// Whether NFKC would do more than the table of full-width forms in `clean` does.
    private static func needsFolding(_ text: String) -> Bool {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0xA0, 0x2010...0x2027, 0x25CB, 0x3000...0x3030, 0x3400...0x9FFF, 0xFF01...0xFF5E,
                0x20000...0x2F7FF, 0x30000...0x3FFFF:
                continue
            default: return true
            }
        }
        return false
    }

    private static func clean(_ text: String, into out: inout [UInt32]) {
        var spaceWaits = false
        for scalar in text.unicodeScalars {
            var s = scalar.value
            if (0xFF01...0xFF5E).contains(s) { s -= 0xFEE0 }
            if (0x61...0x7A).contains(s) { s -= 0x20 }
            switch s {
            case 0x2D, 0x2010...0x2015, 0x2212, 0x7E, 0x301C, 0x5F: s = dash
            case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x3000, 0x2028, 0x2029:
                spaceWaits = true
                continue
            case 0..<0x09, 0x0E..<0x20, 0x7F, 0x200B...0x200F, 0xFEFF: continue
            default: break
            }
            if spaceWaits, let last = out.last, isAlphanumeric(last), isAlphanumeric(s) { out.append(space) }
            spaceWaits = false
            out.append(s)
        }
    }

    /// Punctuation that parts an address; dash and number sign belong to numbers.
    private static func isSeparator(_ s: UInt32) -> Bool {
        switch s {
        case dash, 0x23: false
        case 0x20..<0x30, 0x3A..<0x41, 0x5B..<0x61, 0x7B..<0x7F, 0xB7, 0x2016...0x2027, 0x3001...0x3004,
            0x3008...0x3020, 0x3030:
            true
        default: false
        }
    }

    private mutating func makeKey() {
        key.reserveCapacity(written.count)
        origin.reserveCapacity(written.count + 1)
        var i = 0
        while i < written.count {
            let start = i
            // 第 before a number: the number begins with it.
            if written[i] == 0x7B2C, i + 1 < written.count, isNumber(written[i + 1]) { i += 1 }
            let s = written[i]
            if Self.isSeparator(s) {
                if key.last != Self.space { append(Self.space, from: i) }
                i += 1
                continue
            }
            if s > 0x3000, ChineseNumerals.isNumeral(s) {
                var end = i + 1
                while end < written.count, ChineseNumerals.isNumeral(written[end]) { end += 1 }
                if let digits = ChineseNumerals.digits(of: written[i..<end]) {
                    // 锦绣二5栋: numerals and digits side by side are two numbers.
                    if let last = key.last, Self.isDigit(last) { append(Self.space, from: start) }
                    for digit in digits.unicodeScalars { append(digit.value, from: start) }
                } else {
                    for j in i..<end { append(written[j], from: j == i ? start : j) }
                }
                i = end
                if i < written.count, Self.isDigit(written[i]), key.last.map(Self.isDigit) ?? false {
                    append(Self.space, from: i)
                }
                continue
            }
            // 附 and 之 between numbers are a dash: 12号附3, 12之3.
            if s == 0x9644, key.count >= 2, key[key.count - 1] == 0x53F7, Self.isDigit(key[key.count - 2]),
                i + 1 < written.count, isNumber(written[i + 1])
            {
                key[key.count - 1] = Self.dash
                i += 1
                continue
            }
            if s == 0x4E4B, let last = key.last, Self.isDigit(last), i + 1 < written.count, isNumber(written[i + 1]) {
                append(Self.dash, from: start)
            } else {
                append(Self.simplified(s), from: start)
            }
            i += 1
        }
        origin.append(Int32(written.count))
    }

    private func isNumber(_ s: UInt32) -> Bool { Self.isDigit(s) || ChineseNumerals.isNumeral(s) }

    private mutating func append(_ scalar: UInt32, from position: Int) {
        key.append(scalar)
        origin.append(Int32(position))
    }

    /// The traditional forms that address words have.
    private static func simplified(_ s: UInt32) -> UInt32 {
        switch s {
        case 0x865F: 0x53F7  // 號
        case 0x68DF: 0x680B  // 棟
        case 0x6A13: 0x697C  // 樓
        case 0x55AE: 0x5355  // 單
        case 0x5C64: 0x5C42  // 層
        case 0x5340: 0x533A  // 區
        case 0x93AE: 0x9547  // 鎮
        case 0x9109: 0x4E61  // 鄉
        case 0x7D44: 0x7EC4  // 組
        default: s
        }
    }
}
