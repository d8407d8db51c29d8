/// 日期: a calendar day without time or zone, as posts, plans and validity use it. Written `2026-03-01`.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    /// Nil unless the three name a day of the Gregorian calendar between the years 1 and 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Day.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `2026-03-01`, `2026/3/1`, `20260301`, `2026.3.1` and `2026年3月1日`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let trimmed = text.drop { $0.isWhitespace }
        let fields = trimmed.split { "-/.年月日 ".contains($0) }
        if fields.count == 3, fields.allSatisfy({ $0.count <= 4 && $0.allSatisfy(\.isASCII) }),
            let y = Int(fields[0]), let m = Int(fields[1]), let d = Int(fields[2])
        {
            self.init(year: y, month: m, day: d)
        } else if fields.count == 1, fields[0].count == 8, let n = Int(fields[0]), n > 0 {
            self.init(year: n / 10000, month: n / 100 % 100, day: n % 100)
        } else {
            return nil
        }
    }

    public var description: String {
        func padded(_ n: Int, _ width: Int) -> String {
            let s = String(n)
            return String(repeating: "0", count: max(0, width - s.count)) + s
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// `2026年3月1日`, as documents write it.
    public var chinese: String { "\(year)年\(month)月\(day)日" }

    /// Days since 1970-01-01. Source: Hinnant, "chrono-compatible low-level date algorithms" (days_from_civil).
    public var number: Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The day `days` after this one. Source: as `number` (civil_from_days).
    public func advanced(by days: Int) -> Day? {
        let z = number + days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return Day(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    public static func < (a: Day, b: Day) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// 有效期: from a day on, up to but not including another; open where a bound is nil.
public struct Validity: Hashable, Sendable {
    public var from: Day?
    public var to: Day?

    public init(from: Day? = nil, to: Day? = nil) {
        self.from = from
        self.to = to
    }

    public func contains(_ day: Day) -> Bool {
        (from.map { $0 <= day } ?? true) && (to.map { day < $0 } ?? true)
    }
}
