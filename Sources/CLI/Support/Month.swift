import GeoGrid

/// 月份: a month as `2026-03`.
struct Month: CustomStringConvertible {
    let year: Int
    let month: Int

    init(of day: Day) {
        year = day.year
        month = day.month
    }

    init?(_ text: String) {
        guard let day = Day(text + "-01") else { return nil }
        self.init(of: day)
    }

    /// Months since the year 0, so that every month differs from every other.
    var number: Int { 12 * year + month }

    var description: String { "\(year)-" + (month < 10 ? "0" : "") + String(month) }
}
