import CZlib

/// 校验和: the sums that zlib streams and PNG chunks end with.
package enum Checksum {
    package static func crc32(_ bytes: [UInt8]) -> Int {
        Int(bytes.withUnsafeBufferPointer { CZlib.crc32(0, $0.baseAddress, UInt32($0.count)) })
    }

    package static func adler32(_ bytes: [UInt8]) -> UInt {
        bytes.withUnsafeBufferPointer { CZlib.adler32(1, $0.baseAddress, UInt32($0.count)) }
    }

    /// The sum of two streams one after the other, `length` the bytes of the second.
    package static func joined(_ first: UInt, _ second: UInt, length: Int) -> UInt {
        adler32_combine(first, second, length)
    }
}
