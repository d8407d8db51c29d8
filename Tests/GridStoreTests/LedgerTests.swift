import Foundation
import GRDB
import GeoGrid
@testable import GridStore
import Planner
import Testing

@Suite struct LedgerTests {
    private let day = MadeTown.day

    private func filled() throws -> (TownFile, String) {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gpkg").path
        let town = MadeTown.town()
        let file = try TownFile.create(at: path, identity: TownIdentity(name: town.name, county: town.county))
        try file.fill(from: town)
        _ = try file.assign(on: day)
        return (file, path)
    }

    private func number(_ table: SheetTable, row: Int, _ column: String) -> Int {
        guard let i = table.columns.firstIndex(of: column), case .integer(let n) = table.rows[row][i] else { return -1 }
        return n
    }

    /// Totals, of every kind and at every level, equal what SQL counts in the file.
    @Test func countsReconcileWithTheFile() throws {
        let (file, path) = try filled()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let tables: [(Ledger.Kind, String)] = [
            (.premises, "premises"), (.hazards, "hazard"), (.care, "care_resident"), (.households, "household"),
            (.events, "event"), (.projects, "project"),
        ]
        for (kind, table) in tables {
            let count = try file.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
            let ledger = try file.ledger(kind, on: day)
            #expect(ledger.items.count == count, "\(table)")
            for level in [Level.community, .grid, .microgrid] {
                let counts = ledger.counts(by: level)
                #expect(number(counts, row: counts.rows.count - 1, "合计") == count)
                let sum = (0..<counts.rows.count - 1).reduce(0) { $0 + number(counts, row: $1, "合计") }
                #expect(sum == count, "\(table) by \(level)")
            }
        }
    }

    @Test func whatIsInNoUnitHasARowOfItsOwn() {
        var a = Ledger.Item(id: "a")
        a.unit = "M000"
        let ledger = Ledger(.hazards, day: day, items: [a, Ledger.Item(id: "b")], town: MadeTown.town())
        let counts = ledger.counts(by: .grid)
        #expect(ledger.unplaced == 1)
        #expect(counts.rows.count == 6)
        #expect(counts.rows[4][1] == .text("未归属"))
        #expect(number(counts, row: 5, "未办结") == 2)
    }

    @Test func dueFollowsTheModelAndTheVisits() throws {
        var shop = Ledger.Item(id: "P1")
        shop.kind = "merchant"
        let ledger = Ledger(.premises, day: day, items: [shop], town: MadeTown.town())
        let model = WorkloadModel.standard
        let never = ledger.due(by: day, last: [:], model: model)
        #expect(never.map(\.due) == [day])
        #expect(never[0].last == nil)
        // A merchant is seen 0.17 times a month: every 179 days.
        let seen = day.advanced(by: -100)!
        #expect(ledger.due(by: day, last: ["P1": seen], model: model).isEmpty)
        let later = ledger.due(by: day.advanced(by: 90)!, last: ["P1": seen], model: model)
        #expect(later.map(\.due) == [seen.advanced(by: 179)!])
    }

    /// What is open comes due from the day it was opened; a list's own frequency comes before the model's.
    @Test func openObjectsComeDueToo() throws {
        let day = MadeTown.day
        var (open, closed, old) = (Ledger.Item(id: "a"), Ledger.Item(id: "b"), Ledger.Item(id: "c"))
        open.opened = day.advanced(by: -40)
        closed.opened = open.opened
        closed.closed = day.advanced(by: -1)
        old.opened = day.advanced(by: -10)
        for kind in [Ledger.Kind.hazards, .events, .projects] {
            let ledger = Ledger(kind, day: day, items: [open, closed, old], town: MadeTown.town())
            let due = ledger.due(by: day, last: [:], model: .standard)
            #expect(due.map(\.item.id) == ["a"] && due[0].due == day.advanced(by: -10))
            #expect(ledger.due(by: day, last: ["a": day], model: .standard).isEmpty)
            #expect(ledger.due(by: day, last: [:], model: .standard, every: 5).map(\.item.id) == ["a", "c"])
        }
        var resident = Ledger.Item(id: "r")
        resident.kind = "out-of-poverty"
        resident.visitsPerMonth = 4
        let care = Ledger(.care, day: day, items: [resident], town: MadeTown.town())
        let last = day.advanced(by: -8)!
        #expect(care.due(by: day, last: ["r": last], model: .standard).map(\.due) == [day])
        let projects = Ledger(.projects, day: day, items: [open, closed], town: MadeTown.town()).counts(by: .community)
        #expect(projects.columns.suffix(2) == ["未完工", "已完工"])
        #expect(projects.rows.last?.suffix(2).map(\.text) == ["1", "1"])
    }

    @Test func changesBetweenTwoDays() throws {
        let (file, path) = try filled()
        defer { try? FileManager.default.removeItem(atPath: path) }
        var town = MadeTown.town()
        let change = Day("2026-06-01")!
        town.premises[0].risk = .red
        var other = Premises(id: "P2", name: "新店", kind: "merchant", location: MadeTown.at(50, 20))
        other.address = "沿河路1号"
        town.premises.append(other)
        town.hazards[0].closed = Day("2026-05-01")
        try file.fill(from: town, on: change)
        let changes = try file.ledger(.premises, on: change).changes(since: file.ledger(.premises, on: day))
        #expect(changes.map { $0.after?.id } == ["P1", "P2"])
        #expect(changes.map(\.action) == [.changed, .new])
        #expect(changes[0].before?.colour == .yellow)
        let hazards = try file.ledger(.hazards, on: change).changes(since: file.ledger(.hazards, on: day))
        #expect(hazards.map(\.action) == [.closed])
        #expect(try file.ledger(.premises, on: day).changes(since: file.ledger(.premises, on: day)).isEmpty)
    }

    @Test func repeatPlacesJoinVariantsOfAnAddress() {
        let items = ["沿河路12号", "沿河路十二号", "沿河路１２号", "沿河路3号"].enumerated().map { i, address in
            var item = Ledger.Item(id: "E\(i)")
            item.address = address
            return item
        }
        let places = Ledger(.events, day: day, items: items, town: MadeTown.town()).repeatPlaces(least: 2)
        #expect(places.map(\.items.count) == [3])
    }

    @Test func locateByAddressPhoneAndOverlay() throws {
        let (file, path) = try filled()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try file.write { db in
            var area = Geometries()
            area.append(.polygon, parts: MadeTown.box(0, 0, 50, 50))
            try db.execute(
                sql: "INSERT INTO zone (code, name, zoning, kind, geom) VALUES ('X1', '商圈', '专属网格', 'overlay', ?)",
                arguments: [Data(GeometryBlob.encode(feature: 0, of: area, as: .polygons, srs: 4546)!)])
            try db.execute(sql: "INSERT INTO alias (name, kind, target) VALUES ('河边街', 'street', '沿河路')")
        }
        for address in ["云溪县云溪镇沿河路十二号", "沿河路12号3楼", "河边街12号"] {
            let answer = try #require(file.locate(.address(address), on: day).first)
            #expect(answer.chain.map(\.code) == ["M000", "G00", "C0", ""])
            #expect(answer.chain[1].responsible.map(\.name) == ["张三"])
            #expect(answer.zones.map(\.code) == ["X1"])
        }
        #expect(throws: GeoGridError.self) { try file.locate(.address("长安街9号"), on: day) }
        #expect(try file.locate(.phone("000-00000001"), on: day).first?.chain.first?.level == .microgrid)
        #expect(throws: GeoGridError.self) { try file.locate(.phone("000-00001003"), on: day) }
        #expect(try file.locate(.phone("000-00001003"), on: day, showsResidents: true).count == 1)
    }

    @Test func listsAreMatchedLineByLine() throws {
        let (file, path) = try filled()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let lines = [
            ["张某", "000-1", "沿河路12号"], ["李某", "1.38E+10", "沿河路十二号"], ["张某", "000-1", "云溪镇沿河路12号"],
            ["王某", "", "沿河路99号"], ["赵某", "", ""],
        ]
        var none = Geometries()
        for _ in lines { none.append(.none, parts: []) }
        let table = FeatureTable(
            source: "摸底.csv", geometries: none,
            columns: ["姓名", "电话", "地址"].enumerated().map { i, name in
                PropertyColumn(name: name, texts: lines.map { $0[i].isEmpty ? nil : $0[i] })
            })
        let book = try file.addressBook(on: day, withHouseholds: true)
        let layers = try [Level.community, .grid, .microgrid].map { try file.units($0, on: day) }
        let match = try ListMatch(
            table, points: [nil, nil, MadeTown.at(390, 190), nil, nil], book: book, layers: layers,
            roster: file.roster(on: day))
        #expect(match.lines.map(\.match.outcome) == [.matched, .matched, .matched, .unmatched, .unmatched])
        #expect(match.lines.map(\.repeats) == [nil, nil, 1, nil, nil])
        #expect(match.lines[0].units == ["C0", "G00", "M000"])
        #expect(match.findings.map(\.code.description) == ["GG558", "GG568"])
        let result = match.table(book: book)
        #expect(result.rows.count == 5, "none dropped")
        #expect(result.rows[0].contains(.text("张三")))
        #expect(throws: GeoGridError.self) {
            try ListMatch(table, addressColumn: "无", book: book, layers: layers, roster: file.roster(on: day))
        }
    }

    @Test func boundsAreNamedOnEverySide() {
        let town = MadeTown.town()
        let bounds = UnitBounds(
            of: 0, in: town.grids.areas, locator: PointLocator(town.grids.areas),
            lines: NamedLines(roads: town.roads, waters: town.waters))
        let text = bounds.text(names: { town.grids.codes[$0] })
        #expect(text.zh == "东至云溪，邻G10；南至镇界；西至镇界；北至沿河路，邻G01")
        #expect(bounds.bounds.map { Int($0.length) } == [100, 200, 100, 200])
    }
}
