import GeoGrid
import Planner
import TestSupport
import Testing

@testable import GridStore

/// The ledgers of the sample town against its files, each read by itself.
@Suite struct SampleLedgerTests {
    private static let day = SampleTownFile.day

    /// Rows of counts by a unit's name or code, and the columns of the table.
    private func counts(_ ledger: Ledger, by level: Level) -> (columns: [String], rows: [String: [Int]]) {
        let table = ledger.counts(by: level)
        let rows = table.rows.map { row in
            (row[1].text, row.dropFirst(2).map { Int($0.text) ?? -1 })
        }
        return (Array(table.columns.dropFirst(2)), Dictionary(rows, uniquingKeysWith: { zip($0, $1).map(+) }))
    }

    private func expect(
        _ table: (columns: [String], rows: [String: [Int]]), _ column: String, _ row: String, _ count: Int
    ) throws {
        let at = try #require(table.columns.firstIndex(of: column), "\(column)")
        #expect(table.rows[row]?[at] == count, "\(row) \(column)")
    }

    @Test func totalsReconcileWithTheFiles() throws {
        let sample = try SampleTownFile()
        defer { sample.remove() }
        let file = sample.file
        let day = Self.day
        let communities = try file.units(.community, on: day).names

        // Premises by category, colour and the community that their address names.
        let premises = try SampleTownFile.lines("town/premises.csv")
        let byCommunity = counts(try file.ledger(.premises, on: day), by: .community)
        for (kind, own) in Dictionary(grouping: premises, by: { $0[2] }) {
            try expect(byCommunity, kind, "合计", own.count)
            for name in communities { try expect(byCommunity, kind, name, own.count { $0[4].contains(name) }) }
        }
        for (word, title) in [("red", "红"), ("orange", "橙"), ("yellow", "黄"), ("blue", "蓝")] {
            try expect(byCommunity, title, "合计", premises.count { $0[3] == word })
        }
        try expect(byCommunity, "合计", "合计", premises.count)

        let hazards = try SampleTownFile.lines("town/hazards.csv")
        let hazardCounts = counts(try file.ledger(.hazards, on: Day("2027-01-01")!), by: .grid)
        try expect(hazardCounts, "合计", "合计", hazards.count)
        try expect(hazardCounts, "未办结", "合计", hazards.count { $0[4].isEmpty })
        for (kind, own) in Dictionary(grouping: hazards, by: { $0[1] }) {
            try expect(hazardCounts, kind, "合计", own.count)
        }

        let events = try SampleTownFile.lines("town/events.csv")
        let eventCounts = counts(try file.ledger(.events, on: day), by: .community)
        for (kind, own) in Dictionary(grouping: events, by: { $0[2] }) {
            try expect(eventCounts, kind, "合计", own.count)
            for name in communities { try expect(eventCounts, kind, name, own.count { $0[4].contains(name) }) }
        }
        try expect(eventCounts, "未办结", "合计", events.count { $0[5].isEmpty || $0[5] > day.description })

        let care = try SampleTownFile.lines("town/care.csv")
        let careCounts = counts(try file.ledger(.care, on: day), by: .microgrid)
        for (kind, own) in Dictionary(grouping: care, by: { $0[3] }) { try expect(careCounts, kind, "合计", own.count) }
        for (subtype, own) in Dictionary(grouping: care, by: { $0[4] }) where !subtype.isEmpty {
            try expect(careCounts, "其中：\(subtype)", "合计", own.count)
        }

        let projects = try SampleTownFile.lines("town/projects.csv")
        #expect(try file.ledger(.projects, on: day).items.count == projects.count)
        #expect(try file.ledger(.households, on: day).items.count == 25_000)
        for kind in Ledger.Kind.allCases { #expect(try file.ledger(kind, on: day).unplaced == 0, "\(kind)") }
    }

    /// Rows of units sum to the total, column by column, in every ledger and at every level.
    @Test func everySumIsTheTotal() throws {
        let sample = try SampleTownFile()
        defer { sample.remove() }
        for kind in Ledger.Kind.allCases {
            let ledger = try sample.file.ledger(kind, on: Self.day)
            for level in [Level.community, .grid] {
                let rows = ledger.counts(by: level).rows.map { $0.dropFirst(2).map { Int($0.text) ?? -1 } }
                let sums = rows.dropLast().reduce(Array(repeating: 0, count: rows[0].count)) { zip($0, $1).map(+) }
                #expect(sums == rows.last, "\(kind) by \(level)")
            }
        }
    }

    @Test func whatIsOverdueIsWhatWasPlanted() throws {
        let sample = try SampleTownFile()
        defer { sample.remove() }
        let last = try sample.file.lastVisits(until: Self.day)
        let model = try sample.file.storedWorkloadModel()
        var overdue: [String] = []
        for kind in [Ledger.Kind.premises, .care] {
            overdue += try sample.file.ledger(kind, on: Self.day).due(by: Self.day, last: last, model: model)
                .filter { $0.due < Self.day }.map(\.item.id)
        }
        #expect(overdue.sorted() == (try SampleTownFile.planted("overdue visit")).sorted())
        // By the end of March everything that is seen monthly comes due.
        let later = try sample.file.ledger(.premises, on: Self.day)
            .due(by: Day("2026-03-31")!, last: last, model: model)
        let monthly = try sample.file.ledger(.premises, on: Self.day).items.filter { $0.kind == "fireworks" }
        #expect(Set(monthly.map(\.id)).isSubset(of: Set(later.map(\.item.id))))
    }

    @Test func gradesChangeOnTheirDayAndKeepTheirHistory() throws {
        let sample = try SampleTownFile()
        defer { sample.remove() }
        let file = sample.file
        let day = Day("2026-06-01")!
        let (table, _) = try Intake.read(Repository.url("data/plans/premises-2026-06-01.csv"))
        var options = ImportOptions()
        options.day = day
        #expect(try file.importTable(table, as: .premises, options: options).rejected == [])
        let rows = try SampleTownFile.lines("plans/premises-2026-06-01.csv")
        let before = try file.ledger(.premises, on: Self.day)
        let after = try file.ledger(.premises, on: day)
        let changes = after.changes(since: before)
        #expect(changes.map { $0.after?.id } == rows.map { $0[0] })
        #expect(changes.allSatisfy { $0.action == .changed })
        #expect(try file.ledger(.premises, on: Day("2026-05-31")!).changes(since: before).isEmpty)
        let history = try file.colourHistory(.premises)
        let coloured = rows.filter { row in
            before.items.first { $0.id == row[0] }?.colour?.rawValue ?? "" != row[2]
        }
        #expect(history.count == 2 * coloured.count)
        #expect(history.allSatisfy { $0.to == day || $0.from == day })
    }

    @Test func noEventIsWithoutAGrid() throws {
        let sample = try SampleTownFile()
        defer { sample.remove() }
        let file = sample.file
        let lines = try SampleTownFile.lines("town/events.csv")
        let lost = Set(lines.filter { $0[6].isEmpty }.map { $0[0] })
        #expect(lost.count == 146)
        let placed = try file.read { db in
            var placed: [String: (unit: String, how: String)] = [:]
            try Rows.each(db, "SELECT id, unit, placed FROM event") { placed[$0.text(0)] = ($0.text(1), $0.text(2)) }
            return placed
        }
        #expect(placed.count == lines.count)
        #expect(placed.values.allSatisfy { !$0.unit.isEmpty })
        #expect(Set(placed.filter { $0.value.how == "address" }.keys) == lost)
        // Where only the address was known, the unit is that of the household there.
        let homes = Dictionary(
            uniqueKeysWithValues: try file.households(on: Self.day).map { ($0.address, $0.unitCode) })
        for line in lines where lost.contains(line[0]) { #expect(placed[line[0]]?.unit == homes[line[4]], "\(line)") }

        let ledger = try file.ledger(.events, on: Self.day)
        let table = ledger.eventTable(try file.roster(on: Self.day), showsNames: false)
        #expect(table.rows.count == lines.count)
        #expect(!table.rows.contains { $0[7] == .text("未归属") })
        let parser = AddressParser()
        let repeated = try SampleTownFile.planted("address with three events or more")
        #expect(
            ledger.repeatPlaces(least: 3).map(\.address).sorted()
                == repeated.map { parser.parse($0).canonical }.sorted())
        let heat = ledger.heat(by: .grid, households: try file.householdCounts(by: .grid, on: Self.day))
        #expect(heat.rows.reduce(0) { $0 + (Int($1[2].text) ?? 0) } == lines.count)
    }

    @Test func parcelsHaveTheirAreaAndHouseholds() throws {
        let sample = try SampleTownFile()
        defer { sample.remove() }
        let ledger = try sample.file.parcels(on: Self.day)
        #expect(ledger.items.map(\.declaredMu) == [6.69, 8.64, 9.98])
        for item in ledger.items {
            #expect(abs(item.mu - (item.declaredMu ?? 0)) < 0.01)
            #expect(!item.households.isEmpty && item.persons >= item.households.count)
            #expect(!item.grids.isEmpty)
        }
    }
}
