/// 属性列: one property of every feature or row, in typed flat storage; any value may be null.
///
/// Text is kept as one run of UTF-8 bytes, so that a column of a hundred thousand names is two allocations; a
/// `String` comes to be when a row is asked for.
public struct PropertyColumn: Sendable {
    /// 列类型: what every value of the column is. A column of mixed values is text.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        case text, number, integer, boolean
        /// Objects and arrays, kept as the JSON text they were written in.
        case json
    }

    enum Storage: Sendable {
        case text(bytes: [UInt8], ends: [Int])
        case json(bytes: [UInt8], ends: [Int])
        case number([Double])
        case integer([Int64])
        case boolean([Bool])
    }

    public let name: String
    public let count: Int
    let storage: Storage
    /// Empty where no value is null.
    let nulls: [Bool]

    init(name: String, count: Int, storage: Storage, nulls: [Bool]) {
        self.name = name
        self.count = count
        self.storage = storage
        self.nulls = nulls
    }

    public init(name: String, texts: [String?]) {
        let (bytes, ends) = Self.packed(texts)
        self.init(
            name: name, count: texts.count, storage: .text(bytes: bytes, ends: ends), nulls: Self.nulls(of: texts))
    }

    /// Each value a JSON text; it is not checked here.
    public init(name: String, json: [String?]) {
        let (bytes, ends) = Self.packed(json)
        self.init(name: name, count: json.count, storage: .json(bytes: bytes, ends: ends), nulls: Self.nulls(of: json))
    }

    public init(name: String, numbers: [Double?]) {
        self.init(
            name: name, count: numbers.count, storage: .number(numbers.map { $0 ?? 0 }), nulls: Self.nulls(of: numbers))
    }

    public init(name: String, integers: [Int?]) {
        self.init(
            name: name, count: integers.count, storage: .integer(integers.map { Int64($0 ?? 0) }),
            nulls: Self.nulls(of: integers))
    }

    public init(name: String, booleans: [Bool?]) {
        self.init(
            name: name, count: booleans.count, storage: .boolean(booleans.map { $0 ?? false }),
            nulls: Self.nulls(of: booleans))
    }

    public var kind: Kind {
        switch storage {
        case .text: .text
        case .json: .json
        case .number: .number
        case .integer: .integer
        case .boolean: .boolean
        }
    }

    public func isNull(row: Int) -> Bool { !nulls.isEmpty && nulls[row] }

    /// The value as text, whatever its kind: numbers in their shortest form, booleans as `true` and `false`.
    public func text(row: Int) -> String? {
        guard !isNull(row: row) else { return nil }
        switch storage {
        case .text(let bytes, let ends), .json(let bytes, let ends):
            return String(decoding: bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]], as: UTF8.self)
        case .number(let values):
            let value = values[row]
            return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
        case .integer(let values): return String(values[row])
        case .boolean(let values): return values[row] ? "true" : "false"
        }
    }

    /// The value as a finite number; text is read as one where it is one, spaces around it allowed.
    public func number(row: Int) -> Double? {
        guard !isNull(row: row) else { return nil }
        switch storage {
        case .number(let values): return values[row]
        case .integer(let values): return Double(values[row])
        case .boolean, .json: return nil
        case .text:
            guard let text = text(row: row), let value = Double(Self.trimmed(text)), value.isFinite else { return nil }
            return value
        }
    }

    /// The value as a whole number; text is read as one where it is one, and 3.0 is 3.
    public func integer(row: Int) -> Int? {
        if case .integer(let values) = storage { return isNull(row: row) ? nil : Int(values[row]) }
        if case .text = storage, let text = text(row: row), let value = Int(Self.trimmed(text)) { return value }
        return number(row: row).flatMap { Int(exactly: $0) }
    }

    /// The value of a boolean column; nil for every other kind.
    public func boolean(row: Int) -> Bool? {
        guard case .boolean(let values) = storage, !isNull(row: row) else { return nil }
        return values[row]
    }

    /// The same column for some of the rows, in the order given. O(rows).
    public func selecting(rows: [Int]) -> PropertyColumn {
        let storage: Storage
        switch self.storage {
        case .text(let bytes, let ends):
            let run = Self.selected(bytes, ends, rows)
            storage = .text(bytes: run.bytes, ends: run.ends)
        case .json(let bytes, let ends):
            let run = Self.selected(bytes, ends, rows)
            storage = .json(bytes: run.bytes, ends: run.ends)
        case .number(let values): storage = .number(rows.map { values[$0] })
        case .integer(let values): storage = .integer(rows.map { values[$0] })
        case .boolean(let values): storage = .boolean(rows.map { values[$0] })
        }
        return PropertyColumn(
            name: name, count: rows.count, storage: storage, nulls: nulls.isEmpty ? [] : rows.map { nulls[$0] })
    }

    /// The same column by another name.
    func renamed(_ name: String) -> PropertyColumn {
        PropertyColumn(name: name, count: count, storage: storage, nulls: nulls)
    }

    private static func nulls<T>(of values: [T?]) -> [Bool] {
        values.contains { $0 == nil } ? values.map { $0 == nil } : []
    }

    private static func packed(_ texts: [String?]) -> (bytes: [UInt8], ends: [Int]) {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        ends.reserveCapacity(texts.count)
        for text in texts {
            if let text { bytes.append(contentsOf: text.utf8) }
            ends.append(bytes.count)
        }
        return (bytes, ends)
    }

    private static func selected(_ bytes: [UInt8], _ ends: [Int], _ rows: [Int]) -> (bytes: [UInt8], ends: [Int]) {
        var chosen: [UInt8] = []
        var chosenEnds: [Int] = []
        chosenEnds.reserveCapacity(rows.count)
        for row in rows {
            chosen.append(contentsOf: bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]])
            chosenEnds.append(chosen.count)
        }
        return (chosen, chosenEnds)
    }

    private static func trimmed(_ text: String) -> Substring {
        var rest = text[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
