import Foundation
import GRDB
import GeoGrid
import Planner
import TestSupport
import Testing

@testable import GridStore

@Suite struct AssignTests {
    @Test func everyDoorGetsTheUnitThatHoldsIt() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        let report = try file.assign(on: MadeTown.day)
        #expect(report.isComplete)
        #expect(report.lowest == .microgrid)
        #expect(report.people == MadeTown.town().households.reduce(0) { $0 + $1.persons })
        #expect(report.peopleByUnits == report.people && report.householdsByUnits == 16)

        let town = try file.town(on: MadeTown.day)
        let locator = PointLocator(town.microgrids.areas)
        for household in town.households {
            #expect(household.unitCode == town.microgrids.codes[try #require(locator.unit(at: household.location))])
        }
        let again = try file.assign(on: MadeTown.day)
        #expect(again.doors.allSatisfy { $0.changed == 0 })
    }

    @Test func doorsOutsideGoToTheNearestOrAreListed() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        var town = MadeTown.town()
        town.households.append(Household(id: "NEAR", location: MadeTown.at(-20, 50)))
        town.households.append(Household(id: "FAR", location: MadeTown.at(-200, 50)))
        town.careResidents.append(
            CareResident(id: "R9", householdID: "none", category: "destitute", location: MadeTown.at(5, 5)))
        try file.fill(from: town)
        let report = try file.assign(on: MadeTown.day, tolerance: 30)
        let doors = try #require(report.doors.first { $0.layer == "household" })
        #expect(doors.total == 18 && doors.inside == 16 && doors.near == 1 && doors.unplaced == 1)
        #expect(!report.isComplete)
        #expect(report.looseCareResidents == 1)
        #expect(
            report.findings.map { "\($0.code) \($0.place.id ?? "")" } == [
                "GG" + "431 NEAR", "GG" + "432 FAR", "GG" + "434 R9",
            ])
        let near = try file.town(on: MadeTown.day).households.first { $0.id == "NEAR" }
        #expect(near?.unitCode == "M000")
    }

    @Test func unitsWithoutAParentGetTheOneTheyLieIn() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        var town = MadeTown.town()
        let parents = town.microgrids.parentCodes
        town.microgrids.parentCodes = parents.map { _ in "" }
        town.grids.parentCodes[0] = "C9"
        let file = try TownFile.create(at: scratch.url("t.gpkg").path, identity: TownFileTests.identity())
        try file.fill(from: town)
        let report = try file.assign(on: MadeTown.day)
        #expect(try file.town(on: MadeTown.day).microgrids.parentCodes == parents)
        #expect(report.units.first { $0.level == .microgrid }?.adopted == 8)
        #expect(report.findings.map(\.code) == [IssueCode("GG" + "433")])
    }

    @Test func aNewUnitOfADayIsNews() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        _ = try file.assign(on: MadeTown.day)
        let change = try #require(Day("2026-06-01"))
        var town = MadeTown.town()
        town.microgrids.codes[0] = "NEW"
        try file.fill(from: town, on: change, complete: true)
        _ = try file.assign(on: change, asNews: true)
        let before = try file.town(on: try #require(change.advanced(by: -1)))
        let after = try file.town(on: change)
        #expect(before.households[0].unitCode == "M000" && after.households[0].unitCode == "NEW")
        #expect(before.microgrids.codes.contains("M000") && !after.microgrids.codes.contains("M000"))
    }

    @Test func workloadOfTheFileReconciles() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try TownFileTests.filled(scratch)
        _ = try file.assign(on: MadeTown.day)
        let town = try file.town(on: MadeTown.day)
        var unknown: [String: Int] = [:]
        let workload = Workload(of: town, model: .standard, unknown: &unknown)
        for grouping in WorkloadReport.Grouping.allCases {
            let report = WorkloadReport(
                workload, of: town, by: grouping, capacity: WorkloadModel.standard.capacity)
            #expect(report.reconciles && report.total == workload.total)
            #expect(report.rows.reduce(0) { $0 + $1.counts.households } == 16, "\(grouping)")
        }
        let leads = WorkloadReport(workload, of: town, by: .lead, capacity: WorkloadModel.standard.capacity)
        #expect(leads.rows.map(\.name) == ["张三", ""])
        #expect(leads.rows[1].units == ["G01", "G10", "G11"])
    }
}
