import Foundation
import GeoGrid
import TestSupport
import Testing

@testable import Sample

@Suite struct DirtyTownTests {
    static let town = DirtyTown.make()

    @Test func committedFilesAreRegenerated() throws {
        for file in Self.town.files {
            let committed = try Data(contentsOf: Repository.url("data/" + file.path))
            #expect(committed == Data(file.bytes), "data/\(file.path) differs from what geogrid sample --dirty draws")
        }
    }

    /// The audit finds every planted fault of the units, and nothing else.
    @Test func auditFindsThePlantedFaultsExactly() throws {
        func layer(_ level: Level, _ units: [DirtyTown.Unit]) -> AuditLayer {
            var areas = Geometries()
            for unit in units { areas.append(unit.area.count > 1 ? .multiPolygon : .polygon, parts: unit.area) }
            return AuditLayer(
                name: LevelNames()[level], codes: units.map(\.code),
                parentCodes: level == .community ? [] : units.map(\.parent), areas: areas)
        }
        let report = try Audit.report(on: [
            layer(.community, Self.town.communities), layer(.grid, Self.town.grids),
            layer(.microgrid, Self.town.microgrids),
        ])
        let levels = ["community", "grid", "microgrid"]
        let found = report.findings.map { "\($0.kind.rawValue) \(levels[$0.layer])" }.sorted()
        let planted = Self.town.faults.map { "\($0.kind) \($0.layer)" }.sorted()
        #expect(found == planted, "\(report.findings.map(\.finding.message.en))")
        for fault in Self.town.faults {
            let finding = report.findings.first { $0.kind.rawValue == fault.kind }
            if let area = fault.area, let measured = finding?.area {
                #expect(
                    abs(area - measured) < 0.02 * area + 0.1, "\(fault.kind): planted \(area), measured \(measured)")
            }
            for unit in fault.units where fault.kind != "parentNotUnion" {
                #expect(finding?.labels.contains(unit) ?? false, "\(fault.kind): \(unit)")
            }
        }
    }
}
