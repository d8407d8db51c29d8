import CZlib

/// PNG 编码: an RGB image written band by band.
///
/// Each band is a deflate stream of its own, ended by a full flush, so that bands could be packed side by side.
/// Rows are filtered by “up”: maps are made of areas, where a row repeats the one above.
/// Source: W3C, Portable Network Graphics (PNG) Specification, third edition (2025); RFC 1950, 1951.
struct PNGEncoder {
    private let width: Int
    private let height: Int
    private var bytes: [UInt8] = []
    private var adler: UInt = adler32(0, nil, 0)
    private var begun = false

    init(width: Int, height: Int, dotsPerMetre: Int) {
        self.width = width
        self.height = height
        bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
        chunk("IHDR", Self.word(width) + Self.word(height) + [8, 2, 0, 0, 0])
        chunk("sRGB", [0])
        chunk("pHYs", Self.word(dotsPerMetre) + Self.word(dotsPerMetre) + [1])
    }

    /// Adds a property as international text (iTXt), before the first band.
    mutating func addText(_ key: String, _ value: String) {
        chunk("iTXt", Array(key.utf8) + [0, 0, 0, 0, 0] + Array(value.utf8))
    }

    /// Adds rows of Cairo's 32-bit pixels; returns the last row, which the next band is filtered against.
    mutating func append(_ pixels: UnsafeBufferPointer<UInt8>, stride: Int, rows: Int, above: [UInt8]) -> [UInt8] {
        let rowBytes = 3 * width
        var last = above.isEmpty ? [UInt8](repeating: 0, count: rowBytes) : above
        let filtered = [UInt8](unsafeUninitializedCapacity: rows * (rowBytes + 1)) { out, count in
            for row in 0..<rows {
                var o = row * (rowBytes + 1)
                var p = row * stride
                out[o] = 2
                o += 1
                last.withUnsafeMutableBufferPointer { last in
                    var i = 0
                    while i < rowBytes {
                        let (b, g, r) = (pixels[p], pixels[p + 1], pixels[p + 2])
                        out[o] = r &- last[i]
                        out[o + 1] = g &- last[i + 1]
                        out[o + 2] = b &- last[i + 2]
                        last[i] = r
                        last[i + 1] = g
                        last[i + 2] = b
                        o += 3
                        i += 3
                        p += 4
                    }
                }
            }
            count = rows * (rowBytes + 1)
        }
        adler = filtered.withUnsafeBufferPointer { adler32(adler, $0.baseAddress, UInt32($0.count)) }
        var data: [UInt8] = begun ? [] : [0x78, 0x01]
        begun = true
        data += Self.deflated(filtered, Z_FULL_FLUSH)
        chunk("IDAT", data)
        return last
    }

    mutating func finish() -> [UInt8] {
        chunk("IDAT", Self.deflated([], Z_FINISH) + Self.word(Int(adler)))
        chunk("IEND", [])
        return bytes
    }

    private static func deflated(_ input: [UInt8], _ flush: Int32) -> [UInt8] {
        var stream = z_stream()
        guard gg_deflate_init_raw(&stream, 1) == Z_OK else { return [] }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(input.count))) + 64
        return input.withUnsafeBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: bound) { out, count in
                stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.avail_in = UInt32(source.count)
                stream.next_out = out.baseAddress
                stream.avail_out = UInt32(bound)
                _ = deflate(&stream, flush)
                count = bound - Int(stream.avail_out)
            }
        }
    }

    private mutating func chunk(_ type: String, _ data: [UInt8]) {
        let body = Array(type.utf8) + data
        bytes += Self.word(data.count)
        bytes += body
        bytes += Self.word(Int(body.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }))
    }

    private static func word(_ value: Int) -> [UInt8] {
        [UInt8(value >> 24 & 0xff), UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff), UInt8(value & 0xff)]
    }
}
