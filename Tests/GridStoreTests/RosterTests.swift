import Foundation
import GeoGrid
import GridStore
import Testing

@Suite struct RosterTests {
    private let day = Day("2026-03-01")!

    private func post(
        _ id: String, _ role: String = "网格长", _ level: Level = .grid, _ unit: String, _ person: String?,
        from: String? = nil, to: String? = nil
    ) -> Post {
        var post = Post(id: id, role: role, level: level, unitCode: unit, personID: person)
        post.validity = Validity(from: from.flatMap { Day($0) }, to: to.flatMap { Day($0) })
        return post
    }

    /// Four grids, each with its lead; eight microgrids with theirs; two communities with secretary and head.
    private func staffed() -> Town {
        var town = MadeTown.town()
        town.people = []
        town.posts = []
        func engage(_ role: String, _ level: Level, _ unit: String) {
            let id = "P\(town.people.count)"
            var person = Person(id: id, name: "人\(town.people.count)")
            person.phone = "000-0000000\(town.people.count)"
            town.people.append(person)
            town.posts.append(post("G\(town.posts.count)", role, level, unit, id, from: "2025-01-01"))
        }
        for code in town.communities.codes {
            engage("社区党委书记", .community, code)
            engage("社区居委会主任", .community, code)
        }
        for code in town.grids.codes { engage("网格长", .grid, code) }
        for code in town.microgrids.codes { engage("楼院长", .microgrid, code) }
        return town
    }

    private func codes(_ roster: Roster) -> [String] { roster.findings.map(\.code.description) }

    @Test func wholeRosterHasNoFindings() {
        #expect(codes(Roster(staffed())) == [])
    }

    @Test func vacanciesAreFoundExactly() {
        var town = staffed()
        town.posts[4].personID = nil
        town.posts.removeLast()
        let roster = Roster(town)
        #expect(roster.vacancies.map(\.postID) == ["G4", nil])
        #expect(roster.vacancies.map(\.unitCode) == ["G00", "M111"])
        #expect(roster.dutyGaps.map(\.duty) == ["平安巡查", "安全隐患", "环境卫生"])
        #expect(Set(codes(roster)) == ["GG559", "GG560", "GG562", "GG564"])
    }

    @Test func doublePostsOverlapsAndReversedDates() {
        var town = staffed()
        town.posts.append(post("X1", "网格长", .grid, "G00", "P4", from: "2025-06-01"))
        town.posts.append(post("X2", "网格长", .grid, "G00", "P5", from: "2026-02-01", to: "2026-01-01"))
        town.posts.append(post("X3", "保洁员", .grid, "G99", "P77", from: "2026-02-01"))
        let roster = Roster(town)
        let found = roster.findings
        #expect(found.filter { $0.code.description == "GG553" }.map(\.place.id) == ["X1"])
        #expect(found.filter { $0.code.description == "GG554" }.map(\.place.id) == ["X2"])
        #expect(found.filter { $0.code.description == "GG555" }.map(\.place.id) == ["X3"])
        #expect(found.filter { $0.code.description == "GG556" }.map(\.place.id) == ["X3"])
        #expect(found.filter { $0.code.description == "GG552" }.map(\.place.id) == ["X3"])
        #expect(roster.doublePosts.map(\.person) == ["P4"])
    }

    @Test func aPostThatEndsWantsASuccessor() {
        var town = staffed()
        town.posts[4].validity.to = Day("2026-06-01")
        town.posts[5].validity.to = Day("2026-06-01")
        town.posts.append(post("Y", "网格长", .grid, "G01", "P4", from: "2026-06-01"))
        #expect(Roster(town).withoutSuccessor().map(\.id) == ["G4"])
        #expect(Roster(town).withoutSuccessor(by: Day("2026-05-01")!).isEmpty)
    }

    private func list(_ lines: [[String]]) -> FeatureTable {
        var empty = Geometries()
        for _ in lines { empty.append(.none, parts: []) }
        return FeatureTable(
            source: "交接.csv", geometries: empty,
            columns: ["岗位", "单元", "原任", "新任", "电话"].enumerated().map { i, name in
                PropertyColumn(name: name, texts: lines.map { $0[i].isEmpty ? nil : $0[i] })
            })
    }

    private func file(_ town: Town) throws -> (TownFile, String) {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gpkg").path
        let file = try TownFile.create(at: path, identity: TownIdentity(name: town.name, county: town.county))
        try file.fill(from: town)
        return (file, path)
    }

    @Test func handOverKeepsEveryDayWhole() throws {
        let (file, path) = try file(staffed())
        defer { try? FileManager.default.removeItem(atPath: path) }
        let change = Day("2026-04-01")!
        // Two leads change places, one goes to somebody new, full-width digits and all.
        let lines = list([
            ["网格长", "G00", "人4", "人5", ""], ["网格长", "G01", "", "P4", ""], ["网格长", "G10", "人6", "新来的", "０００-77777777"],
        ])
        for round in 0..<2 {
            let handOver = HandOver(lines, on: change, roster: try file.roster(on: change))
            #expect(handOver.findings == [])
            #expect(handOver.changes.count == (round == 0 ? 3 : 0))
            #expect(handOver.unchanged == (round == 0 ? 0 : 3))
            try file.apply(handOver, source: "交接.csv")
        }
        func leads(_ day: Day) throws -> [String] {
            let roster = try file.roster(on: day)
            return roster.current.filter { $0.level == .grid }.map { roster.person($0.personID!)!.name }
        }
        #expect(try leads(Day("2026-03-31")!) == ["人4", "人5", "人6", "人7"])
        #expect(try leads(change) == ["人5", "人4", "新来的", "人7"])
        #expect(try file.roster(on: change).person("P2026-04-01-3")?.phone == "000-77777777")
        #expect(try file.roster(on: change).vacancies.isEmpty)
        #expect(try codes(file.roster(on: change)) == ["GG562"], "人6 has no post any more")
    }

    @Test(arguments: [
        (["网格长", "G77", "", "人5", ""], "GG557"), (["网格长", "G00", "人7", "人5", ""], "GG557"),
        (["网格长", "G00", "", "新人", "1.38E+10"], "GG558"), (["巡逻员", "G00", "", "人5", ""], "GG557"),
    ])
    func badLinesAreRefused(line: [String], code: String) {
        let roster = Roster(staffed())
        let handOver = HandOver(list([line]), on: day, roster: roster)
        #expect(handOver.findings.map(\.code.description) == [code])
        #expect(handOver.changes.isEmpty)
    }

    @Test func samePostTwiceIsRefused() {
        let lines = list([["网格长", "G00", "", "人5", ""], ["网格长", "G00", "", "人6", ""]])
        #expect(HandOver(lines, on: day, roster: Roster(staffed())).findings.count == 1)
    }

    @Test func rolesAreReadStrictly() throws {
        #expect(RoleCatalogue.standard.roles.count >= 8)
        #expect(RoleCatalogue.standard.role(named: "楼院长")?.name == "微网格长")
        for bad in [
            "roles: 3", "roles:\n  - level: grid", "roles:\n  - name: a\n    level: street", "rolls: []", "a: [",
            "roles:\n  - name: a\n  - name: a",
        ] {
            #expect(throws: GeoGridError.self) { try RoleCatalogue(yaml: bad, source: "t") }
        }
    }
}
