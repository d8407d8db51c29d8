import CQREncode
public import GeoGrid

/// 二维码: a QR code (ISO/IEC 18004) that holds text only: no address to visit, nothing to be tracked by.
public struct QRCode: Hashable, Sendable {
    /// Modules on a side, the quiet zone left out.
    public let side: Int
    /// Row by row, true for dark.
    public let modules: [Bool]

    /// Throws GG610 when the text is longer than a code can hold (about 2,300 bytes).
    public init(_ text: String) throws {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else {
            throw GeoGridError(
                .textTooLongForCode,
                Text(
                    zh: "文字过长，二维码放不下（\(text.utf8.count) 字节）", en: "\(text.utf8.count) bytes are too many for a QR code"),
                remedy: Text(zh: "缩短卡片文字", en: "shorten the text of the card"))
        }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        modules = (0..<side * side).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// The dark modules as one path, runs of a row joined, in a square with its quiet zone of four modules left out.
    func outline(in box: Box) -> Outline {
        var path = Outline()
        let step = box.width / Double(side)
        for row in 0..<side {
            var column = 0
            while column < side {
                guard modules[row * side + column] else {
                    column += 1
                    continue
                }
                var end = column
                while end < side, modules[row * side + end] { end += 1 }
                path.append(
                    .rectangle(
                        Box(
                            minX: box.minX + Double(column) * step, minY: box.minY + Double(row) * step,
                            maxX: box.minX + Double(end) * step, maxY: box.minY + Double(row + 1) * step)))
                column = end
            }
        }
        return path
    }
}

extension IssueCode {
    static let textTooLongForCode = IssueCode("GG610")
}
