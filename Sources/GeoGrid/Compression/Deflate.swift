import CZlib

/// 压缩: deflate by zlib, for PDF, PNG and workbooks.
///
/// Source: RFC 1950, 1951.
package enum Deflate {
    /// A zlib stream at level 4: two thirds of the time of level 6 and a few per cent more bytes.
    package static func zlib(_ input: [UInt8]) -> [UInt8] {
        var length = compressBound(UInt(input.count))
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { out, count in
            let status = compress2(out.baseAddress, &length, input, UInt(input.count), 4)
            count = status == Z_OK ? Int(length) : 0
        }
    }

    /// A piece of a raw stream at level 1; pieces can be joined, the last one ends the stream.
    package static func raw(_ input: [UInt8], isLast: Bool) -> [UInt8] {
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
                _ = deflate(&stream, isLast ? Z_FINISH : Z_FULL_FLUSH)
                count = bound - Int(stream.avail_out)
            }
        }
    }

    /// What a raw stream of `size` bytes holds, nil where it is broken or holds more or less.
    static func unpack(_ packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var packed = Array(packed)
        var isWhole = false
        let unpacked = [UInt8](unsafeUninitializedCapacity: size) { out, count in
            packed.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = out.baseAddress
                stream.avail_out = UInt32(size)
                isWhole = inflate(&stream, Z_FINISH) == Z_STREAM_END
            }
            count = size - Int(stream.avail_out)
        }
        return isWhole ? unpacked : nil
    }
}
