import Foundation

/// 文字编码: how a text file writes Chinese: UTF-8, or GB18030 (which contains GBK and GB2312), as Excel saves it.
public enum TextEncoding: String, CaseIterable, Codable, Sendable {
    case utf8 = "utf-8"
    case gb18030

    /// The encoding a beginning of a file is in: UTF-8 where it is valid (a character cut at the end is allowed),
    /// GB18030 where it is that, nil where it is neither.
    public static func guess(_ sample: some Sequence<UInt8>) -> TextEncoding? {
        let bytes = Array(sample)
        if isUTF8(bytes) { return .utf8 }
        var decoder = GB18030Decoder()
        return decoder.decode(bytes).faults == 0 ? .gb18030 : nil
    }

    /// Whether bytes are GB18030 and nothing else: every run beyond ASCII is valid there and invalid in UTF-8.
    static func isOnlyGB18030(_ bytes: [UInt8]) -> Bool {
        let runs = bytes.split { $0 < 0x80 && !(0x40...0x7E).contains($0) && !(0x30...0x39).contains($0) }
            .filter { run in run.contains { $0 >= 0x80 } }
        guard !runs.isEmpty, runs.allSatisfy({ !isUTF8(Array($0), cutAllowed: false) }) else { return false }
        var decoder = GB18030Decoder()
        let text = decoder.decode(bytes)
        return text.faults == 0
            && String(decoding: text.utf8, as: UTF8.self).unicodeScalars.contains { $0.properties.isIdeographic }
    }

    static func isUTF8(_ bytes: [UInt8], cutAllowed: Bool = true) -> Bool {
        var rest = bytes[...]
        if cutAllowed, let lead = bytes.suffix(3).lastIndex(where: { $0 >= 0xC0 }) {
            let length = bytes[lead] >= 0xF0 ? 4 : bytes[lead] >= 0xE0 ? 3 : 2
            if lead + length > bytes.count { rest = bytes[..<lead] }
        }
        return String(validating: rest, as: UTF8.self) != nil
    }
}

/// GB18030 to UTF-8 in pieces, by the system's `iconv`. A character cut at the end of a piece waits for the next.
struct GB18030Decoder: ~Copyable {
    private let converter: iconv_t?
    private var waiting: [UInt8] = []

    init() {
        let opened = iconv_open("UTF-8", "GB18030")
        converter = Int(bitPattern: opened) == -1 ? nil : opened
    }

    deinit {
        if let converter { iconv_close(converter) }
    }

    /// Decodes the next piece; bytes that are no GB18030 become U+FFFD and are counted. O(bytes).
    mutating func decode(_ piece: some Collection<UInt8>) -> (utf8: [UInt8], faults: Int) {
        var input = waiting + piece
        waiting = []
        guard let converter else { return (input, input.isEmpty ? 0 : 1) }
        var output = [UInt8](repeating: 0, count: input.count * 2 + 16)
        var faults = 0
        var written = 0
        var taken = 0
        let total = input.count
        while taken < total {
            if output.count - written < 16 { output.append(contentsOf: repeatElement(0, count: total + 64)) }
            var left = total - taken
            var room = output.count - written
            let result = input.withUnsafeMutableBytes { source in
                output.withUnsafeMutableBytes { target in
                    var from: UnsafeMutablePointer<CChar>? = source.baseAddress!
                        .assumingMemoryBound(to: CChar.self).advanced(by: taken)
                    var to: UnsafeMutablePointer<CChar>? = target.baseAddress!
                        .assumingMemoryBound(to: CChar.self).advanced(by: written)
                    return iconv(converter, &from, &left, &to, &room)
                }
            }
            let reason = errno
            taken = total - left
            written = output.count - room
            guard result == -1 else { break }
            if reason == EINVAL {
                waiting = Array(input[taken...])
                break
            }
            if reason == EILSEQ {
                faults += 1
                taken += 1
                if output.count - written < 3 { output.append(contentsOf: [0, 0, 0]) }
                output.replaceSubrange(written..<written + 3, with: [0xEF, 0xBF, 0xBD])
                written += 3
            }
        }
        output.removeLast(output.count - written)
        return (output, faults)
    }

    /// Bytes of a character that never came.
    var isCut: Bool { !waiting.isEmpty }
}
