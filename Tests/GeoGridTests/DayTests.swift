import GeoGrid
import Testing

@Suite struct DayTests {
    @Test(arguments: ["2026-03-01", "2026/3/1", "20260301", "2026.3.1", "2026年3月1日"])
    func readsTheWaysADayIsWritten(text: String) {
        #expect(Day(text) == Day(year: 2026, month: 3, day: 1))
    }

    @Test(arguments: ["", "2026-13-01", "2026-02-29", "yesterday", "2026-03", "99999999", "-2026-03-01x"])
    func refusesWhatIsNoDay(text: String) {
        #expect(Day(text) == nil)
    }

    @Test func numbersAndDaysReturnToEachOther() throws {
        let first = try #require(Day("1970-01-01"))
        #expect(first.number == 0)
        for offset in stride(from: -200_000, through: 200_000, by: 97) {
            let day = try #require(first.advanced(by: offset))
            #expect(day.number == offset)
        }
    }

    @Test func validityEndsBeforeItsLastDay() throws {
        let from = try #require(Day("2026-01-01"))
        let to = try #require(Day("2026-02-01"))
        let validity = Validity(from: from, to: to)
        #expect(validity.contains(from))
        #expect(!validity.contains(to))
        #expect(Validity().contains(from))
    }
}
