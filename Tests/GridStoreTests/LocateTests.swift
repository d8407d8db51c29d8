import Foundation
import GeoGrid
import TestSupport
import Testing

@testable import GridStore

@Suite struct LocateTests {
    /// The answer for a point in the metres of the town, on a border exactly where the point is.
    static func answer(_ file: TownFile, at point: PlanarPoint, on day: Day = MadeTown.day) throws
        -> LocateAnswer
    {
        try file.read { db in
            let search = LocateSearch(db: db, day: day, epsg: MadeTown.town().epsg, showsResidents: false)
            return try search.answer(LocateSearch.Subject(text: Text(zh: "位置", en: "place"), location: point))
        }
    }

    @Test func theChainNamesEveryLevelAndItsPeople() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let answer = try LocateTests.answer(file, at: MadeTown.at(20, 20))
        #expect(answer.chain.map(\.code) == ["M000", "G00", "C0", "421000101"])
        #expect(answer.chain[1].responsible.map(\.name) == ["张三"])
        #expect(answer.chain[1].responsible.map(\.phone) == ["000-00000001"])
        #expect(answer.services.map(\.name) == ["河西党群服务中心"])
        // Up to the road 80 m away, 30 m along it, and back: not the 30 m of a crow.
        #expect(answer.services[0].metres == 190)
        #expect(answer.services[0].onFoot)
        #expect(answer.residents.isEmpty)

        let vacant = try LocateTests.answer(file, at: MadeTown.at(20, 120))
        #expect(vacant.chain[1].vacant == ["网格长"])
        #expect(vacant.reasons.contains { $0.zh.contains("G01 空岗") })
    }

    @Test func whoAnswersForTheTownIsNowhereInParticular() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        _ = try file.importTable(
            ImportTests.table(["id", "role", "level", "unit", "person"], [["t", "镇党委书记", "town", "421000101", "2"]]),
            as: .post)
        let answer = try #require(file.locate(.name("李四"), on: MadeTown.day).first)
        #expect(answer.chain.map(\.code) == ["421000101"] && answer.location == nil)
        #expect(answer.chain[0].responsible.map(\.name) == ["李四"])
        #expect(answer.services.isEmpty && answer.zones.isEmpty)
    }

    @Test func locateAgreesWithTheAssignment() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        _ = try file.assign(on: MadeTown.day)
        for household in try file.town(on: MadeTown.day).households {
            let answer = try #require(file.locate(.household(household.id), on: MadeTown.day).first)
            #expect(answer.chain.first?.code == household.unitCode)
        }
        // Points on borders too: one unit each, the first in the layer.
        for (x, y) in [(100.0, 50.0), (200, 100), (0, 0), (100, 100)] {
            let point = MadeTown.at(x, y)
            let town = try file.town(on: MadeTown.day)
            let unit = try #require(PointLocator(town.microgrids.areas).unit(at: point))
            let answer = try LocateTests.answer(file, at: point)
            #expect(answer.chain.first?.code == town.microgrids.codes[unit])
        }
    }

    @Test func outsideIsSaidWithItsDistance() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let near = try LocateTests.answer(file, at: MadeTown.at(-12, 50))
        #expect(near.outside == 12)
        #expect(near.chain.first?.code == "M000")
        let far = try LocateTests.answer(file, at: MadeTown.at(-500, 50))
        #expect(far.chain.map(\.level) == [.town])
        #expect(far.reasons.count == 3)
    }

    @Test func residentsAreFoundOnlyWhereNamesMayBeShown() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        #expect(throws: GeoGridError.self) { try file.locate(.name("户主3"), on: MadeTown.day) }
        let shown = try file.locate(.name("户主3"), on: MadeTown.day, showsResidents: true)
        #expect(shown.map(\.subject.zh) == ["户 H103"])
        #expect(shown[0].residents.first?.zh.contains("户主3") == true)
        #expect(try file.locate(.name("张三"), on: MadeTown.day).count == 1)
        let east = try #require(file.locate(.name("河东"), on: MadeTown.day).first)
        #expect(east.chain.contains { $0.code == "C1" })
    }

    @Test func anotherDayHasAnotherAnswer() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let before = try #require(Day("2024-12-31"))
        let answer = try LocateTests.answer(file, at: MadeTown.at(20, 20), on: before)
        #expect(answer.chain[1].responsible.isEmpty)
    }
}
