import Foundation
import TestSupport
import Testing

/// Plans of grids, from a merger to the lists, in both languages.
@Suite struct PlanCommandsTests {
    private func townWithPlans() throws -> TownCommandsTests.Inputs {
        let inputs = try TownCommandsTests.Inputs()
        _ = try inputs.fill()
        // One new community, named only.
        try inputs.scratch.write("old_code,new_name\nC0,两岸社区\nC1,两岸社区\n", to: "merger.csv")
        return inputs
    }

    private let redraw = "redraw town.gpkg --merger merger.csv --effort 2000 --on 2026-03-01"

    /// Words that only one of the two languages has.
    private func hanTitles(_ table: String) -> Bool {
        let header = table.split(whereSeparator: \.isNewline).first { !$0.hasPrefix("$") } ?? ""
        return header.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    @Test func tablesSpeakTheLanguageAskedFor() throws {
        let inputs = try townWithPlans()
        defer { inputs.scratch.remove() }
        _ = try inputs.run(redraw + " --name A")
        _ = try inputs.run("balance town.gpkg --effort 2000 --on 2026-03-01 --name B")
        for command in [
            "plan show town.gpkg A", "plan show town.gpkg A --crosswalk", "plan show town.gpkg A --households",
            "plan show town.gpkg A -o -", "plan show town.gpkg A --crosswalk -o -", "plan compare town.gpkg A B -o -",
            "plan notices town.gpkg A", "plan notices town.gpkg A --by-lead", "plan compare town.gpkg A B",
            "propose town.gpkg --households 3-4 --effort 2000 --on 2026-03-01",
            "propose town.gpkg --households 3-4 --effort 2000 --on 2026-03-01 -o -",
        ] {
            #expect(hanTitles(try inputs.run(command)), "\(command)")
            #expect(!hanTitles(try inputs.run(command + " --lang en")), "\(command)")
        }
        // The keys of JSON are no translation.
        let json = "plan show town.gpkg A --format json"
        #expect(
            try inputs.run(json).dropFirst(json.count + 12)
                == inputs.run(json + " --lang en").dropFirst(json.count + 22))
    }

    @Test func showAndCompareSayWhatBecomesOfLeadsAndLoads() throws {
        let inputs = try townWithPlans()
        defer { inputs.scratch.remove() }
        let report = try inputs.run(redraw + " --grids 1 --name A --lang en")
        #expect(report.contains("GG" + "414 record 1 “421000101601”"))
        // P1 leads G00 on the day, P2 leads G10; one grid is left.
        #expect(report.contains("leads kept / all new / freed") && report.contains("1 / 0 / 1"))
        let shown = try inputs.run("plan show town.gpkg A --lang en")
        for line in ["leads freed", "before: Gini", "plan: Gini", "before: heaviest grid", "border along streets %"] {
            #expect(shown.contains(line))
        }
        let freed = try #require(shown.split(separator: "\n").first { $0.hasPrefix("leads freed") })
        #expect(freed.hasSuffix(" 1"))
        _ = try inputs.run(redraw + " --name B --also people=0.5")
        let compared = try inputs.run("plan compare town.gpkg A B")
        #expect(compared.contains("腾出的网格长") && compared.contains("沿街道的边界 %"))
    }

    @Test func badWishesAreRefusedOrNamed() throws {
        let inputs = try townWithPlans()
        defer { inputs.scratch.remove() }
        for bad in [
            "--also dogs=0.2", "--also households", "--also people=0.1 --also people=0.2", "--forbid fence",
            "--bridge A", "--bridge A:", "--need 残疾",
        ] {
            #expect(try inputs.run("\(redraw) \(bad)").contains("--- exit 2"), "\(bad)")
        }
        let named = try inputs.run(redraw + " --lock nowhere --bridge M000:nowhere --need 残疾=护理 --anchors --lang en")
        for part in ["GG" + "409 “nowhere”", "GG" + "409 “残疾=护理”", "GG" + "416", "--- exit 1"] {
            #expect(named.contains(part), "\(part)")
        }
    }
}
