import CZlib

/// 压缩: deflate by zlib, for PDF and PNG.
enum Deflate {
    /// A zlib stream at level 4: two thirds of the time of level 6 and a few per cent more bytes.
    static func zlib(_ input: [UInt8]) -> [UInt8] {
        var length = compressBound(UInt(input.count))
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { out, count in
            let status = compress2(out.baseAddress, &length, input, UInt(input.count), 4)
            count = status == Z_OK ? Int(length) : 0
        }
    }
}
