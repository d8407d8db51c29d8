import GeoGrid
import Testing

@testable import GridStore

/// Two zonings of one community and nine overlays, beside the base grids.
@Suite struct SampleZoningTests {
    private static func town() throws -> (
        zonings: [Zoning], grids: UnitLayer, households: [Household], sample: SampleTownFile
    ) {
        let sample = try SampleTownFile()
        let day = SampleTownFile.day
        return (
            try sample.file.zonings(on: day), try sample.file.units(.grid, on: day),
            try sample.file.households(on: day), sample
        )
    }

    @Test func zoningsKeepWhatTheyPromise() throws {
        let (zonings, grids, households, sample) = try Self.town()
        defer { sample.remove() }
        #expect(zonings.map(\.count) == [9, 15, 6])
        let inCommunity = households.count { $0.unitCode.hasPrefix("361199100012") }
        for zoning in zonings {
            let audit = try ZoningAudit(zoning, ground: grids, households: households)
            #expect(audit.findings == [], "\(zoning.name)")
            if zoning.kind == .base { #expect(audit.households == (none: 0, one: inCommunity, several: 0)) }
        }
    }

    /// Rows sum to each zone's own count, found by testing every household against every zone.
    @Test func crosswalksSumExactly() throws {
        let (zonings, grids, households, sample) = try Self.town()
        defer { sample.remove() }
        let base = Zoning(grids, name: "网格")
        func own(_ zoning: Zoning) -> [Int: (Int, Int)] {
            var counts: [Int: (Int, Int)] = [:]
            for zone in 0..<zoning.count {
                var alone = Geometries()
                alone.append(feature: zone, of: zoning.areas)
                let locator = PointLocator(alone)
                for home in households where locator.unit(at: home.location) != nil {
                    let (h, p) = counts[zone] ?? (0, 0)
                    counts[zone] = (h + 1, p + home.persons)
                }
            }
            return counts
        }
        let bases = zonings.filter { $0.kind == .base }
        for (a, b) in [(bases[0], bases[1]), (bases[0], base), (bases[1], base)] {
            let crosswalk = try ZoningCrosswalk(a, b, households: households)
            let counts = own(a)
            for zone in 0..<a.count {
                let rows = crosswalk.rows.filter { $0.a == zone }
                #expect(rows.reduce(0) { $0 + $1.households } == counts[zone]?.0 ?? 0)
                #expect(rows.reduce(0) { $0 + $1.persons } == counts[zone]?.1 ?? 0)
                #expect(abs(rows.reduce(0) { $0 + $1.area } - a.areas.area(ofFeature: zone)) < 0.5)
            }
        }
        let whole = try ZoningCrosswalk(bases[0], base, households: households)
        #expect(whole.rows.reduce(0) { $0 + $1.households } == households.count)
        #expect(whole.rows.reduce(0) { $0 + $1.persons } == households.reduce(0) { $0 + $1.persons })
        // Overlays may overlap: a household counts once a zone that holds it.
        let overlay = zonings[0]
        let counts = own(overlay)
        let over = try ZoningCrosswalk(overlay, base, households: households)
        for zone in 0..<overlay.count {
            #expect(over.rows.filter { $0.a == zone }.reduce(0) { $0 + $1.households } == counts[zone]?.0 ?? 0)
        }
    }

    /// Doors, premises and events resolve in the base chain and in every zone over them, with whoever answers there.
    @Test func everyObjectResolvesInAllZonings() throws {
        let (zonings, _, households, sample) = try Self.town()
        defer { sample.remove() }
        let day = SampleTownFile.day
        let batch = try sample.file.locateBatch(on: day)
        let posts = try sample.file.roster(on: day)
        let town = try sample.file.town(on: day, withCareResidents: false)
        let objects = households.map(\.location) + town.premises.map(\.location) + town.hazards.map(\.location)
        let locators = zonings.map { PointLocator($0.areas) }
        let zoneColumn = batch.columns.count - 2
        var inZones = 0
        for object in objects {
            let cells = batch.cells(at: object)
            #expect(!cells[0].isEmpty && !cells[2].isEmpty && !cells[4].isEmpty)
            var names: [String] = []
            for (zoning, locator) in zip(zonings, locators) {
                for zone in locator.units(x: object.x, y: object.y) {
                    names.append("\(zoning.name) \(zoning.names[zone])")
                }
            }
            if !names.isEmpty { inZones += 1 }
            let said = cells[zoneColumn].split(separator: "；").map { $0.prefix { $0 != "（" }.description }
            #expect(said == names)
        }
        #expect(inZones > 5000)
        // By the look-ups of `locate` too, with the holder of each zone's post.
        for home in stride(from: 0, to: households.count, by: 500).map({ households[$0] }) {
            let answer = try #require(sample.file.locate(.household(home.id), on: day).first)
            let names = zip(zonings, locators).flatMap { zoning, locator in
                locator.units(x: home.location.x, y: home.location.y).map { zoning.names[$0] }
            }
            #expect(answer.zones.map(\.name) == names)
            #expect(
                answer.zones.allSatisfy { zone in
                    zone.responsible.map(\.name)
                        == posts.current.filter { $0.zoning == zone.zoning && $0.unitCode == zone.code }
                        .compactMap { posts.person($0.personID ?? "")?.name }
                })
        }
    }
}
