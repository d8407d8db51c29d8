/// ZIP 目录: what a ZIP archive says it holds, read before any of it is unpacked.
struct ZipArchive {
    struct Entry: Hashable {
        let name: String
        let packed: UInt64
        let unpacked: UInt64
        /// 0 stored, 8 deflated.
        let method: UInt64
        /// Where its local header begins.
        let offset: UInt64
    }

    let entries: [Entry]

    /// Reads the central directory; nil where the bytes are no ZIP archive or the directory is broken.
    init?(_ bytes: [UInt8]) {
        func number(_ at: Int, _ width: Int) -> UInt64 {
            (0..<width).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
        }
        let tail = max(0, bytes.count - 65_557)
        guard bytes.count >= 22,
            let end = stride(from: bytes.count - 22, through: tail, by: -1).first(where: {
                number($0, 4) == 0x0605_4B50
            })
        else { return nil }
        let count = Int(number(end + 10, 2))
        var at = Int(number(end + 16, 4))
        var entries: [Entry] = []
        for _ in 0..<count {
            guard at >= 0, at + 46 <= bytes.count, number(at, 4) == 0x0201_4B50 else { return nil }
            let length = Int(number(at + 28, 2))
            let next = at + 46 + length + Int(number(at + 30, 2)) + Int(number(at + 32, 2))
            guard next <= bytes.count else { return nil }
            // 0xFFFFFFFF stands for a size in the 64-bit extension: larger than anything taken here.
            entries.append(
                Entry(
                    name: String(decoding: bytes[(at + 46)..<(at + 46 + length)], as: UTF8.self),
                    packed: number(at + 20, 4), unpacked: number(at + 24, 4), method: number(at + 10, 2),
                    offset: number(at + 42, 4)))
            at = next
        }
        self.entries = entries
    }

    var unpacked: UInt64 { entries.reduce(0) { $0 + $1.unpacked } }

    /// Whether unpacking would swell beyond reason: over 1 GB, or over 200 times a packed megabyte.
    var isBomb: Bool {
        let packed = entries.reduce(0) { $0 + $1.packed }
        return unpacked > 1 << 30 || unpacked > 200 * max(packed, 1 << 20)
    }
}
