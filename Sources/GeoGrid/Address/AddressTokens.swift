/// 地址切分: an address as known names, numbers with their units, and runs of what is neither.
struct AddressTokens {
    enum Token {
        case name(Range<Int>, ids: [Int32])
        /// The range is that of the number alone, without its unit word.
        case number(Range<Int>, AddressWords.NumberUnit)
        case run(Range<Int>)
    }

    private(set) var tokens: [Token] = []
    private let key: [UInt32]

    /// O(length · longest name).
    init(_ text: AddressText, names: NameIndex) {
        key = text.key
        var runStart = 0
        var i = 0

        while i < key.count {
            if key[i] == AddressText.space {
                closeRun(runStart..<i)
                i += 1
                runStart = i
            } else if let hit = names.longest(in: key, at: i), !continuesName(at: hit.end) {
                closeRun(runStart..<i)
                tokens.append(.name(i..<hit.end, ids: hit.names))
                i = hit.end
                runStart = i
            } else if let (number, unit, end) = number(at: i, names: names),
                // 锦绣二: a numeral without a unit word that follows unknown signs belongs to them.
                !(unit == .bare && runStart < i && text.written[Int(text.origin[i])] > 0x3000)
            {
                closeRun(runStart..<i)
                tokens.append(.number(number, unit))
                i = end
                runStart = i
            } else if AddressText.isAlphanumeric(key[i]) {
                while i < key.count, AddressText.isAlphanumeric(key[i]) { i += 1 }
            } else {
                i += 1
            }
        }
        closeRun(runStart..<i)
    }

    private mutating func closeRun(_ range: Range<Int>) {
        if !range.isEmpty { tokens.append(.run(range)) }
    }

    private static let continuations = AddressWords.words("社区 居委 村委 小区 街道 花园 家园 新村 公寓")

    /// Whether a name that ends here is only the beginning of a longer, unknown one: 人民路 in 人民路社区.
    private func continuesName(at position: Int) -> Bool {
        Self.continuations.contains { key[position...].starts(with: $0) }
    }

    /// A number, its unit and the end of both: digits, letters or 甲乙丙, with dashes between.
    private func number(at start: Int, names: NameIndex) -> (Range<Int>, AddressWords.NumberUnit, Int)? {
        var end = start
        if Self.isStem(key[start]) {
            end = start + 1
            guard end < key.count, AddressText.isDigit(key[end]) || unitWord(at: end)?.unit == .building else {
                return nil
            }
        }
        while end < key.count {
            if AddressText.isAlphanumeric(key[end]) {
                end += 1
            } else if key[end] == AddressText.dash, end > start, end + 1 < key.count,
                AddressText.isAlphanumeric(key[end + 1])
            {
                end += 2
            } else {
                break
            }
        }
        guard end > start else { return nil }
        if let word = unitWord(at: end) {
            return (start..<end, word.unit, end + word.scalars.count)
        }
        let isBare =
            end == key.count || key[end] == AddressText.space || names.longest(in: key, at: end) != nil
        return isBare && AddressText.isDigit(key[end - 1]) ? (start..<end, .bare, end) : nil
    }

    private static func isStem(_ s: UInt32) -> Bool {
        s == 0x7532 || s == 0x4E59 || s == 0x4E19 || s == 0x4E01 || s == 0x620A
    }

    private func unitWord(at position: Int) -> AddressWords.NumberWord? {
        guard position < key.count else { return nil }
        for word in AddressWords.numberWords[key[position]] ?? [] where key[position...].starts(with: word.scalars) {
            let after = position + word.scalars.count
            let next = after < key.count ? key[after] : 0
            switch word.scalars.last {
            case 0x53F7 where AddressWords.namesAfterNumber.contains(next): return nil  // 3号路
            case 0x793E where next == 0x533A: return nil  // 1社区
            case 0x95E8 where next == 0x53E3: return nil  // 3门口
            default: return word
            }
        }
        return nil
    }
}
