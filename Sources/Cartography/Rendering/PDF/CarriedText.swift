import GeoGrid

/// 文字对象: Cairo's text objects of one page, taken out of what it wrote.
///
/// Each text was drawn in a colour that tells its number, so Cairo begins a text object of its own for it.
struct CarriedText {
    private let bytes: [UInt8]
    private var ranges: [Range<Int>]
    private var fonts: [Range<Int>?]

    /// The colour that marks a text. The empty colour 0 is left to text that nobody counts.
    static func colour(of number: Int) -> Colour { Colour(UInt32(number + 1)) }

    /// Finds the text objects in the content of a page. O(bytes).
    init(content: [UInt8], count: Int) {
        bytes = content
        ranges = Array(repeating: 0..<0, count: count)
        fonts = Array(repeating: nil, count: count)
        var current: Int?
        var font: Range<Int>?
        var at = 0
        var numbers: [Double] = []
        while at < bytes.count {
            guard !Self.isSpace(bytes[at]) else {
                at += 1
                continue
            }
            let start = at
            while at < bytes.count, !Self.isSpace(bytes[at]) { at += 1 }
            let token = bytes[start..<at]
            if token.elementsEqual("rg".utf8) {
                let channels = numbers.suffix(3).map { Int(($0 * 255).rounded()) }
                if channels.count == 3 { current = channels[0] << 16 | channels[1] << 8 | channels[2] }
                current = current.map { $0 - 1 }
            } else if token.elementsEqual("BT".utf8) {
                let end = self.end(of: at)
                if let number = current, ranges.indices.contains(number) {
                    if ranges[number].isEmpty { fonts[number] = font }
                    ranges[number] = (ranges[number].isEmpty ? start : ranges[number].lowerBound)..<end
                }
                font = lastFont(in: start..<end) ?? font
                at = end
            }
            if let value = Double(String(decoding: token, as: UTF8.self)) {
                numbers.append(value)
            } else {
                numbers.removeAll(keepingCapacity: true)
            }
        }
    }

    /// The text object of a text, with the font it goes on in; nothing for a text without ink.
    func append(_ number: Int, to out: inout [UInt8]) {
        guard !ranges[number].isEmpty else { return }
        if let font = fonts[number] {
            out.append(contentsOf: bytes[font])
            out.append(UInt8(ascii: "\n"))
        }
        out.append(contentsOf: bytes[ranges[number]])
        out.append(UInt8(ascii: "\n"))
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

    /// The end of the text object whose operators begin at a place.
    private func end(of start: Int) -> Int {
        var at = start
        while at + 2 < bytes.count {
            if bytes[at] == UInt8(ascii: "E"), bytes[at + 1] == UInt8(ascii: "T"), Self.isSpace(bytes[at + 2]),
                Self.isSpace(bytes[at - 1])
            {
                return at + 2
            }
            at += 1
        }
        return bytes.count
    }

    /// The last choice of a font, such as `/f-0-0 1 Tf`, in a range.
    private func lastFont(in range: Range<Int>) -> Range<Int>? {
        var at = range.upperBound - 2
        while at > range.lowerBound {
            if bytes[at] == UInt8(ascii: "T"), bytes[at + 1] == UInt8(ascii: "f"), Self.isSpace(bytes[at - 1]) {
                var start = at
                while start > range.lowerBound, bytes[start] != UInt8(ascii: "/") { start -= 1 }
                return start..<(at + 2)
            }
            at -= 1
        }
        return nil
    }
}
