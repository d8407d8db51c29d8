import Foundation
import GeoGrid
import TestSupport

@testable import GridStore

/// The town of `data/` in a town file, imported from its files once and copied for tests that write.
struct SampleTownFile {
    static let day = Day("2026-03-01")!

    private static let imported = Result { () throws -> URL in
        let url = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID().uuidString).gpkg")
        var identity = TownIdentity(name: "云溪镇", county: "清岚县")
        identity.code = "361199100"
        let file = try TownFile.create(at: url.path, identity: identity)
        for (path, layer) in [
            ("town/communities.geojson", Layer.community), ("town/grids.geojson", .grid),
            ("town/microgrids.geojson", .microgrid), ("town/buildings.geojson", .building),
            ("town/households.csv", .household), ("town/care.csv", .careResident), ("town/premises.csv", .premises),
            ("town/hazards.csv", .hazard), ("town/people.csv", .person), ("plans/zone-people.csv", .person),
            ("town/posts.csv", .post), ("plans/zone-posts.csv", .post), ("town/events.csv", .event),
            ("town/projects.csv", .project), ("town/inspections.csv", .inspection), ("plans/zonings.geojson", .zone),
            ("plans/parcels.geojson", .parcel),
        ] {
            let (table, _) = try Intake.read(Repository.url("data/" + path))
            let report = try file.importTable(table, as: layer)
            precondition(report.rejected.isEmpty, "\(path): \(report.rejected[0])")
        }
        let report = try file.assign(on: day)
        precondition(report.isComplete, "the sample is not assigned whole")
        try file.close()
        return url
    }

    /// A file of its own for one test.
    let file: TownFile

    init() throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID().uuidString).gpkg")
        try FileManager.default.copyItem(at: Self.imported.get(), to: copy)
        file = try TownFile.open(copy.path)
    }

    func remove() { try? FileManager.default.removeItem(atPath: file.path) }

    /// Lines of a file of `data/` without its header, cut at commas by this test alone: the sample quotes nothing.
    static func lines(_ path: String) throws -> [[String]] {
        try String(contentsOf: Repository.url("data/" + path), encoding: .utf8).split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    /// Identifiers planted under a heading.
    static func planted(_ kind: String) throws -> [String] {
        try lines("planted.csv").filter { $0[0] == kind }.map { $0[1] }
    }
}
