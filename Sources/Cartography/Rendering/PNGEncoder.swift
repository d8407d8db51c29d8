import GeoGrid

/// PNG 编码: an RGB image written band by band.
///
/// Each band is a deflate stream of its own, ended by a full flush, so that bands are packed side by side.
/// Rows are filtered by “up”: maps are made of areas, where a row repeats the one above. The first row of a band knows
/// no row above; it is filtered by “sub”.
/// Source: W3C, Portable Network Graphics (PNG) Specification, third edition (2025); RFC 1950, 1951.
struct PNGEncoder {
    private var bytes: [UInt8] = []
    private var adler: UInt = Checksum.adler32([])
    private var begun = false

    init(width: Int, height: Int, dotsPerMetre: Int) {
        bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
        chunk("IHDR", Self.word(width) + Self.word(height) + [8, 2, 0, 0, 0])
        chunk("sRGB", [0])
        chunk("pHYs", Self.word(dotsPerMetre) + Self.word(dotsPerMetre) + [1])
    }

    /// Adds a property as international text (iTXt), before the first band.
    mutating func addText(_ key: String, _ value: String) {
        chunk("iTXt", Array(key.utf8) + [0, 0, 0, 0, 0] + Array(value.utf8))
    }

    /// 条带: rows filtered and packed.
    struct Band: Sendable {
        let packed: [UInt8]
        let adler: UInt
        let length: Int

        /// Takes rows of Cairo's 32-bit pixels.
        init(_ pixels: UnsafeBufferPointer<UInt8>, stride: Int, width: Int, rows: Int) {
            let rowBytes = 3 * width
            let filtered = [UInt8](unsafeUninitializedCapacity: rows * (rowBytes + 1)) { out, count in
                var o = 0
                for row in 0..<rows {
                    var p = row * stride
                    let end = p + 4 * width
                    if row == 0 {
                        out[o] = 1
                        o += 1
                        var left: (UInt8, UInt8, UInt8) = (0, 0, 0)
                        while p < end {
                            let pixel = (pixels[p + 2], pixels[p + 1], pixels[p])
                            out[o] = pixel.0 &- left.0
                            out[o + 1] = pixel.1 &- left.1
                            out[o + 2] = pixel.2 &- left.2
                            left = pixel
                            o += 3
                            p += 4
                        }
                        continue
                    }
                    out[o] = 2
                    o += 1
                    while p < end {
                        let above = p - stride
                        out[o] = pixels[p + 2] &- pixels[above + 2]
                        out[o + 1] = pixels[p + 1] &- pixels[above + 1]
                        out[o + 2] = pixels[p] &- pixels[above]
                        o += 3
                        p += 4
                    }
                }
                count = rows * (rowBytes + 1)
            }
            length = filtered.count
            adler = Checksum.adler32(filtered)
            packed = Deflate.raw(filtered, isLast: false)
        }
    }

    mutating func append(_ band: Band) {
        adler = Checksum.joined(adler, band.adler, length: band.length)
        chunk("IDAT", (begun ? [] : [0x78, 0x01]) + band.packed)
        begun = true
    }

    mutating func finish() -> [UInt8] {
        chunk("IDAT", Deflate.raw([], isLast: true) + Self.word(Int(adler)))
        chunk("IEND", [])
        return bytes
    }

    private mutating func chunk(_ type: String, _ data: [UInt8]) {
        let body = Array(type.utf8) + data
        bytes += Self.word(data.count)
        bytes += body
        bytes += Self.word(Checksum.crc32(body))
    }

    private static func word(_ value: Int) -> [UInt8] {
        [UInt8(value >> 24 & 0xff), UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff), UInt8(value & 0xff)]
    }
}
