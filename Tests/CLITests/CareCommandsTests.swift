import Foundation
import GeoGrid
import GridStore
import Sample
import TestSupport
import Testing

/// The care commands on a small made-up town.
@Suite struct CareCommandsTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        let file = try TownFile.create(
            at: scratch.url("town.gpkg").path, identity: TownIdentity(name: "云溪镇", county: "清岚县"))
        try file.fill(from: Self.town)
    }

    /// The small sample town with a centre, partners, shelters and a hazard of its own.
    static let town: Town = {
        var town = SampleTown.make(.small).town
        town.servicePoints = []
        for (kind, count, capacity) in [("中心", 1, 300), ("伙伴", 2, 50), ("安置点", 3, 40)] {
            for i in 0..<count {
                let home = town.households[(i * 151 + capacity) % town.households.count]
                var point = ServicePoint(
                    id: "\(kind)\(i)", name: "\(kind)\(i)", kind: kind, location: home.location)
                point.capacity = capacity
                town.servicePoints.append(point)
            }
        }
        town.hazards = [Hazard(id: "库", kind: "水库", location: town.households[40].location)]
        return town
    }()

    private func run(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments + ["--on", "2026-03-01", "--lang", "zh"], in: scratch.folder)
    }

    private func plain(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments + ["--lang", "zh"], in: scratch.folder)
    }

    private func json(_ run: Program.Run) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    @Test func coverageGrowsWithPartnersAndIsKept() throws {
        defer { scratch.remove() }
        let text = try run("coverage", "town.gpkg", "--kind", "中心", "--partners", "伙伴", "--save", "覆盖一")
        #expect(text.status == 0, "\(text.errors)")
        #expect(text.output.contains("加合作设施"))
        let answer = try json(
            try run("coverage", "town.gpkg", "--kind", "中心", "--partners", "伙伴", "--format", "json"))
        let scenarios = try #require(answer["scenarios"] as? [[String: Any]])
        let within = scenarios.compactMap { scenario in
            ((scenario["figures"] as? [String: Any])?["tally"] as? [String: Any])?["personsWithin"] as? [Int]
        }
        #expect(within.count == 2)
        #expect(zip(within[0], within[1]).allSatisfy { $0 <= $1 })
        #expect(zip(within[0], within[0].dropFirst()).allSatisfy { $0 <= $1 })
        let plan = try TownFile.open(scratch.url("town.gpkg").path).carePlan(named: "覆盖一")
        #expect(plan.items.count { $0.role == "household" } == 400)
        #expect(plan.items.count { $0.role == "area" } == 3)
    }

    @Test func anUnknownKindNamesTheKindsThereAre() throws {
        defer { scratch.remove() }
        let result = try run("coverage", "town.gpkg", "--kind", "澡堂")
        #expect(result.status == 3)
        #expect(result.errors.contains("GG" + "475") && result.errors.contains("中心（1）"))
    }

    @Test func pairsAreProvenCountedAndWritten() throws {
        defer { scratch.remove() }
        let result = try run(
            "pair", "town.gpkg", "--helpers", "posts", "-o", "pairs.csv", "--save", "结对", "--format", "json")
        let figures = try #require(try json(result)["figures"] as? [String: Any])
        #expect(figures["provenOptimal"] as? Bool == true)
        #expect(figures["paired"] as? Int == figures["households"] as? Int)
        #expect(result.status == 0)
        let bytes = try Data(contentsOf: scratch.url("pairs.csv"))
        #expect(bytes.starts(with: Data("\u{FEFF}户编号,地址,联系人编号".utf8)))
        let csv = String(decoding: bytes, as: UTF8.self)
        let phones = Self.town.households.map(\.phone) + Self.town.people.map(\.phone)
        #expect(!phones.contains { !$0.isEmpty && csv.contains($0) }, "telephones only when asked for")
    }

    @Test func tooFewHelpersLeaveHouseholdsWithAReason() throws {
        defer { scratch.remove() }
        let people = Self.town.people.prefix(2).map(\.id)
        try scratch.write(people.map { "\($0),1" }.joined(separator: "\n") + "\nnobody,1\n", to: "helpers.csv")
        let result = try run("pair", "town.gpkg", "--helper-list", "helpers.csv", "--format", "json")
        #expect(result.status == 1)
        let answer = try json(result)
        #expect((answer["unpaired"] as? [[String: Any]])?.isEmpty == false)
        #expect(result.output.contains("GG" + "482"))
    }

    @Test func sitesComeWithTheirGap() throws {
        defer { scratch.remove() }
        for goal in ["cover", "median", "centre"] {
            let result = try run(
                "site", "town.gpkg", "--kind", "中心", "--count", "2", "--goal", goal, "--minutes", "5", "--format",
                "json")
            #expect(result.status == 0, "\(result.errors)")
            let answer = try json(result)
            #expect((answer["sites"] as? [[String: Any]])?.count == 2)
            let gap = try #require((answer["figures"] as? [String: Any])?["gap"] as? Double)
            #expect(gap >= 0 && gap < 0.2)
        }
    }

    @Test func evacuationPlacesWhomItCanAndSaysWhomItCannot() throws {
        defer { scratch.remove() }
        let result = try run(
            "evacuate", "town.gpkg", "--around", "库", "--radius", "60", "--shelter-kind", "安置点", "--format", "json",
            "--save", "转移")
        let answer = try json(result)
        let figures = try #require(answer["figures"] as? [String: Any])
        #expect(figures["entriesIntoZone"] as? Int == 0)
        #expect(figures["waterCrossings"] as? Int == 0)
        let households = try #require(answer["households"] as? [[String: Any]])
        #expect(households.allSatisfy { ($0["shelter"] is String) != ($0["reason"] is String) })
        let placed = figures["placedHouseholds"] as? Int
        #expect(result.status == (placed == households.count ? 0 : 1))
    }

    @Test func visitsMissNobodyAndTheRestIsPlannedAnew() throws {
        defer { scratch.remove() }
        let first = try run(
            "visit", "town.gpkg", "--visitors", "20", "--effort", "200000", "--month", "2026-03", "--save", "走访",
            "--format", "json")
        let figures = try #require(try json(first)["figures"] as? [String: Any])
        #expect(figures["everyOnce"] as? Bool == true)
        #expect(figures["households"] as? Int == 400)
        #expect(figures["notJoined"] as? Int == 0)
        let beats = try #require(try json(first)["beats"] as? [[String: Any]])
        let visited = beats.flatMap { $0["households"] as? [String] ?? [] }
        #expect(visited.sorted() == Self.town.households.map(\.id).sorted())

        try scratch.write(visited.prefix(300).joined(separator: "\n"), to: "done.csv")
        let rest = try run(
            "visit", "town.gpkg", "--visitors", "6", "--effort", "100000", "--returned", "done.csv", "--plan", "走访",
            "--format", "json")
        let answer = try json(rest)
        #expect(Set(answer["missed"] as? [String] ?? []) == Set(visited.dropFirst(300)))
        let again = (answer["beats"] as? [[String: Any]] ?? []).flatMap { $0["households"] as? [String] ?? [] }
        #expect(again.sorted() == visited.dropFirst(300).sorted())
    }

    @Test func visitorsOfAListGetABeatEach() throws {
        defer { scratch.remove() }
        let people = Self.town.people.filter { $0.home != nil }.prefix(16).map(\.id)
        try scratch.write((["id"] + people).joined(separator: "\n"), to: "visitors.csv")
        let result = try run(
            "visit", "town.gpkg", "--visitor-list", "visitors.csv", "--effort", "100000", "--format", "json")
        let beats = try #require(try json(result)["beats"] as? [[String: Any]])
        #expect(beats.compactMap { $0["beat"] as? String }.sorted() == people.sorted())
        #expect(try run("visit", "town.gpkg").status == 2)
    }

    @Test func patrolsHoldEveryUnitAndTheirCalendar() throws {
        defer { scratch.remove() }
        let result = try run(
            "patrol", "town.gpkg", "--squads", "4", "--effort", "20000", "--month", "2026-03", "--tolerance", "0.3",
            "--save", "巡防", "-o", "patrol.csv", "--format", "json")
        let answer = try json(result)
        let squads = try #require(answer["squads"] as? [[String: Any]])
        let units = squads.flatMap { $0["units"] as? [String] ?? [] }
        #expect(units.sorted() == Self.town.microgrids.codes.sorted())
        let plan = try TownFile.open(scratch.url("town.gpkg").path).carePlan(named: "巡防")
        #expect(plan.items.count { $0.role == "unit" } == units.count)
        #expect(plan.items.count { $0.role == "premises" } == (answer["figures"] as? [String: Any])?["due"] as? Int)
        #expect(try run("patrol", "town.gpkg", "--squads", "4", "--month", "2026-13").status == 2)
    }

    @Test func coverageFallsWithTheCentresThatClose() throws {
        defer { scratch.remove() }
        let answer = try json(
            try run("coverage", "town.gpkg", "--kind", "中心", "--closing", "伙伴", "--format", "json"))
        let within = (answer["scenarios"] as? [[String: Any]] ?? []).compactMap { scenario in
            ((scenario["figures"] as? [String: Any])?["tally"] as? [String: Any])?["personsWithin"] as? [Int]
        }
        #expect(within.count == 2)
        #expect(zip(within[0], within[1]).allSatisfy { $0 >= $1 })
        #expect(within[0] != within[1])
        #expect(try run("coverage", "town.gpkg", "--plan", "none").errors.contains("GG" + "420"))
    }

    @Test func pagesOfHouseholdsNeedNames() throws {
        defer { scratch.remove() }
        let zone = ["--around", "库", "--radius", "40", "--shelter-kind", "安置点"]
        #expect(try Program.run(["evacuate", "town.gpkg", "--sheets", "a.pdf"] + zone, in: scratch.folder).status == 2)
        let result = try Program.run(
            ["evacuate", "town.gpkg", "--sheets", "a.pdf", "--names", "--on", "2026-03-01", "--lang", "zh"] + zone,
            in: scratch.folder)
        #expect(try Data(contentsOf: scratch.url("a.pdf")).starts(with: Data("%PDF".utf8)))
        #expect(result.errors.contains("a.pdf"))
    }

    @Test func servingKeepsCapacityAndPlansRounds() throws {
        defer { scratch.remove() }
        let result = try run(
            "serve-demand", "town.gpkg", "--kind", "伙伴", "--demand", "people", "--carry", "10", "--longest", "5000",
            "--format", "json")
        let answer = try json(result)
        #expect(answer["provenOptimal"] as? Bool == true)
        #expect(answer["assigned"] as? Int == 100)
        #expect(result.output.contains("GG" + "476"))
        let rounds = try #require(answer["rounds"] as? [[String: Any]])
        #expect(rounds.allSatisfy { ($0["portions"] as? Int ?? 99) <= 10 })
        #expect(rounds.reduce(0) { $0 + ($1["portions"] as? Int ?? 0) } == 100)
    }

    @Test func plansAreDrawnAndThePublicSeesNoDoors() throws {
        defer { scratch.remove() }
        _ = try run(
            "evacuate", "town.gpkg", "--around", "库", "--radius", "60", "--shelter-kind", "安置点", "--save", "转移")
        _ = try run("patrol", "town.gpkg", "--squads", "3", "--effort", "5000", "--save", "巡防")
        func sheet(_ plan: String, _ edition: String) throws -> String {
            let drawn = try run(
                "map", "town.gpkg", "--sheet", "care:\(plan)", "--edition", edition, "--size", "A3", "-o", "a.svg")
            #expect(drawn.status == 0, "\(drawn.errors)")
            return try String(contentsOf: scratch.url("a.svg"), encoding: .utf8)
        }
        #expect(try sheet("转移", "office").contains("已安排的户"))
        #expect(try !sheet("转移", "public").contains("已安排的户"))
        #expect(try sheet("巡防", "public").contains("第 3 队"))
        #expect(try run("map", "town.gpkg", "--sheet", "care:无").errors.contains("GG" + "483"))
    }

    @Test func plansAreListedComparedAdoptedAndDeleted() throws {
        defer { scratch.remove() }
        _ = try run("coverage", "town.gpkg", "--kind", "中心", "--save", "甲")
        _ = try run("coverage", "town.gpkg", "--kind", "伙伴", "--save", "乙")
        #expect(try run("coverage", "town.gpkg", "--kind", "中心", "--save", "甲").errors.contains("GG" + "483"))
        #expect(try plain("care-plans", "compare", "town.gpkg", "甲", "乙").output.contains("去处改变"))
        #expect(try plain("care-plans", "adopt", "town.gpkg", "甲").status == 0)
        #expect(try plain("care-plans", "delete", "town.gpkg", "甲").status == 3)
        #expect(try plain("care-plans", "delete", "town.gpkg", "乙").status == 0)
        let list = try plain("care-plans", "list", "town.gpkg").output
        #expect(list.contains("甲") && list.contains("✓") && !list.contains("乙"))
        #expect(try plain("care-plans", "export", "town.gpkg", "甲", "-o", "plan.csv").status == 0)
        #expect(try String(contentsOf: scratch.url("plan.csv"), encoding: .utf8).contains("household"))
    }

    @Test func badUseIsRefused() throws {
        defer { scratch.remove() }
        #expect(try run("coverage", "town.gpkg", "--minutes", "15,5").status == 2)
        #expect(try run("site", "town.gpkg", "--count", "0").status == 2)
        #expect(try run("evacuate", "town.gpkg").status == 2)
        let nowhere = try run("evacuate", "town.gpkg", "--around", "0,0", "--shelter-kind", "安置点")
        #expect(nowhere.errors.contains("GG" + "484"))
        #expect(try run("pair", "town.gpkg", "--helper-list", "none.csv").errors.contains("GG" + "482"))
    }
}
