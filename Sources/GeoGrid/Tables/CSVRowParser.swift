/// One record at a time out of CSV bytes, after RFC 4180 and what spreadsheets write.
///
/// Lines end with CRLF, LF or CR. A quote counts only at the start of a field; what follows its closing quote before
/// the next delimiter is kept.
struct CSVRowParser {
    enum Outcome: Equatable {
        /// A record ends before this position.
        case row(end: Int)
        /// The record goes on beyond the bytes at hand.
        case more
        /// A quote opened in this field (from 0) does not close.
        case openQuote(field: Int)
    }

    /// Longer than any cell of a spreadsheet (32,767 characters).
    static let longestField = 1 << 17

    let delimiter: UInt8
    /// The fields of the last record, one behind the other, and where each ends.
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [Int] = []
    private(set) var isASCII = true
    /// Fields that hold NUL bytes, which are dropped.
    private(set) var fieldsWithNUL: [Int] = []
    /// Fields with text behind their closing quote.
    private(set) var fieldsWithTail: [Int] = []

    init(delimiter: UInt8) {
        self.delimiter = delimiter
    }

    var count: Int { ends.count }

    func field(_ index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

    /// Reads the record that begins at `start`. `isLast` says that no more bytes will come. O(record).
    mutating func parse(_ input: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool) -> Outcome {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        fieldsWithNUL.removeAll(keepingCapacity: true)
        fieldsWithTail.removeAll(keepingCapacity: true)
        var seen: UInt8 = 0
        var at = start
        while true {
            if at < input.count, input[at] == 0x22 {
                let fieldStart = bytes.count
                guard let end = parseQuoted(input, from: at + 1, &seen) else {
                    let isTooLong = input.count - at > Self.longestField
                    return isLast || isTooLong ? .openQuote(field: ends.count) : .more
                }
                if end == input.count, !isLast { return .more }
                at = end
                if at < input.count, input[at] != delimiter, input[at] != 0x0A, input[at] != 0x0D {
                    // Text behind the quote that closes a field of several lines: it was meant to open the next one.
                    if bytes[fieldStart...].contains(where: { $0 == 0x0A || $0 == 0x0D }) {
                        return .openQuote(field: ends.count)
                    }
                    fieldsWithTail.append(ends.count)
                }
            }
            let run = at
            while at < input.count {
                let byte = input[at]
                if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
                seen |= byte
                if byte == 0 { break }
                at += 1
            }
            bytes.append(contentsOf: input[run..<at])
            guard at < input.count else {
                guard isLast else { return .more }
                ends.append(bytes.count)
                isASCII = seen < 0x80
                return .row(end: at)
            }
            switch input[at] {
            case delimiter:
                ends.append(bytes.count)
                at += 1
            case 0:
                if fieldsWithNUL.last != ends.count { fieldsWithNUL.append(ends.count) }
                at += 1
            case 0x0D:
                guard at + 1 < input.count || isLast else { return .more }
                ends.append(bytes.count)
                isASCII = seen < 0x80
                return .row(end: at + 1 < input.count && input[at + 1] == 0x0A ? at + 2 : at + 1)
            default:
                ends.append(bytes.count)
                isASCII = seen < 0x80
                return .row(end: at + 1)
            }
        }
    }

    /// Position behind the closing quote; nil where there is none in sight.
    private mutating func parseQuoted(_ input: UnsafeBufferPointer<UInt8>, from start: Int, _ seen: inout UInt8) -> Int?
    {
        var at = start
        var run = start
        while at < input.count {
            let byte = input[at]
            seen |= byte
            if byte == 0x22 {
                bytes.append(contentsOf: input[run..<at])
                guard at + 1 < input.count, input[at + 1] == 0x22 else { return at + 1 }
                bytes.append(0x22)
                at += 2
                run = at
            } else if byte == 0 {
                bytes.append(contentsOf: input[run..<at])
                if fieldsWithNUL.last != ends.count { fieldsWithNUL.append(ends.count) }
                at += 1
                run = at
            } else {
                at += 1
            }
        }
        return nil
    }
}
