/// 号码: a number on a wall (12, 12-3, A, 3B) as one word that compares fast; 0 is none.
///
/// Ten signs of six bits; a longer one is hashed (FNV-1a). Leading zeros do not count.
struct DoorNumber: Hashable, Sendable {
    let packed: UInt64

    static let none = DoorNumber(packed: 0)

    init(packed: UInt64) {
        self.packed = packed
    }

    init(_ key: ArraySlice<UInt32>) {
        var packed: UInt64 = 0
        var count = 0
        var atStart = true
        var isPlain = true
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for (i, s) in zip(key.indices, key) {
            let nextIsDigit = i + 1 < key.endIndex && AddressText.isDigit(key[i + 1])
            if s == 0x30, atStart, nextIsDigit { continue }
            atStart = !AddressText.isAlphanumeric(s)
            let code = Self.code(s)
            isPlain = isPlain && code != 0
            packed = packed << 6 | code
            hash = (hash ^ UInt64(s)) &* 0x100_0000_01B3
            count += 1
        }
        self.packed = isPlain && count <= 10 ? packed : hash | 1 << 63
    }

    var isNone: Bool { packed == 0 }

    /// The number as plain text without leading zeros.
    static func text(_ key: ArraySlice<UInt32>) -> String {
        var text = String.UnicodeScalarView()
        var atStart = true
        for (i, s) in zip(key.indices, key) {
            if s == 0x30, atStart, i + 1 < key.endIndex, AddressText.isDigit(key[i + 1]) { continue }
            atStart = !AddressText.isAlphanumeric(s)
            text.append(Unicode.Scalar(s) ?? "?")
        }
        return String(text)
    }

    private static func code(_ s: UInt32) -> UInt64 {
        switch s {
        case 0x30...0x39: UInt64(s - 0x30 + 1)
        case 0x41...0x5A: UInt64(s - 0x41 + 11)
        case AddressText.dash: 37
        case 0x7532: 38  // 甲
        case 0x4E59: 39  // 乙
        case 0x4E19: 40  // 丙
        case 0x4E01: 41  // 丁
        case 0x620A: 42  // 戊
        case 0x5DF1: 43  // 己
        default: 0
        }
    }
}

extension DoorNumber {
    /// A number for a thing that has a name only; no written number is equal to it.
    static func named(_ position: Int32) -> DoorNumber {
        DoorNumber(packed: 1 << 62 | UInt64(UInt32(bitPattern: position)))
    }
}
