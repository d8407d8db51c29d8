/// What a cell says once the habits of spreadsheets are taken off.
enum CSVCell {
    static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: trimmed(bytes), as: UTF8.self) }

    /// Without white space around it (the ideographic space and the no-break space too), without `="…"` around it,
    /// and without the apostrophe that keeps it from being a formula.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = withoutSpace(bytes)
        if rest.count >= 3, rest.first == 0x3D, rest[rest.startIndex + 1] == 0x22, rest.last == 0x22 {
            rest = withoutSpace(rest.dropFirst(2).dropLast())
        } else if rest.count >= 2, rest.first == 0x27, CSVWriter.startsFormula(rest[rest.startIndex + 1]) {
            rest = rest.dropFirst()
        }
        return rest
    }

    private static func withoutSpace(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes
        while let first = rest.first {
            if first <= 0x20 {
                rest = rest.dropFirst()
            } else if rest.starts(with: [0xE3, 0x80, 0x80]) {
                rest = rest.dropFirst(3)
            } else if rest.starts(with: [0xC2, 0xA0]) {
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        while let last = rest.last {
            if last <= 0x20 {
                rest = rest.dropLast()
            } else if last == 0x80, rest.suffix(3).elementsEqual([0xE3, 0x80, 0x80]) {
                rest = rest.dropLast(3)
            } else if last == 0xA0, rest.suffix(2).elementsEqual([0xC2, 0xA0]) {
                rest = rest.dropLast(2)
            } else {
                break
            }
        }
        return rest
    }

    /// `4.20117E+17`: a number of eleven digits (a mobile telephone) or more in the form spreadsheets shorten it to.
    static func hasLostDigits(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= 6, let first = bytes.first, (0x31...0x39).contains(first),
            let mark = bytes.lastIndex(of: 0x2B), mark > bytes.startIndex,
            bytes[mark - 1] | 0x20 == 0x65,
            let exponent = Int(String(decoding: bytes[(mark + 1)...], as: UTF8.self)), exponent >= 10
        else { return false }
        return bytes[..<(mark - 1)].allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
    }
}

/// A column of texts while it grows.
struct CSVColumn {
    let name: String
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var nulls: [Bool] = []
    private var hasNulls = false

    init(name: String) {
        self.name = name
    }

    mutating func append(_ value: ArraySlice<UInt8>) {
        guard !value.isEmpty else {
            appendNull()
            return
        }
        bytes.append(contentsOf: value)
        ends.append(bytes.count)
        nulls.append(false)
    }

    mutating func appendNull() {
        ends.append(bytes.count)
        nulls.append(true)
        hasNulls = true
    }

    func finished() -> PropertyColumn {
        PropertyColumn(
            name: name, count: ends.count, storage: .text(bytes: bytes, ends: ends), nulls: hasNulls ? nulls : [])
    }
}
