import Foundation
import GeoGrid
import TestSupport
import Testing

/// The published test files of geojsonhint, check-geojson and georust.
@Suite struct GeoJSONCorpusTests {
    static func files(_ folders: [String]) throws -> [URL] {
        try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(
                at: RealData.url("geojson_corpus/\(folder)"), includingPropertiesForKeys: nil)
        }
        .filter { $0.pathExtension == "geojson" }
        .sorted { $0.path < $1.path }
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func everyGoodFileIsReadWithoutAnError() throws {
        let files = try Self.files([
            "geojsonhint/test/data/good", "check-geojson/test/fixture/good", "georust-geojson/tests/fixtures",
            "georust-geojson/tests/fixtures/canonical",
        ])
        #expect(files.count == 18 + 17 + 18)
        for file in files {
            let (table, findings) = try GeoJSONReader.read(file)
            let errors = findings.filter { $0.severity == .error }
            #expect(errors.isEmpty, "\(file.path): \(errors.map(\.message.en))")
            #expect(table.count > 0, "\(file.path)")
        }
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func everyBadFileIsRejectedOrReportedWithAPlace() throws {
        let files = try Self.files(["geojsonhint/test/data/bad", "check-geojson/test/fixture/bad"])
        #expect(files.count >= 44 + 42)
        for file in files {
            do {
                let (_, findings) = try GeoJSONReader.read(file)
                #expect(!findings.isEmpty, "\(file.path) was read in silence")
                #expect(findings.allSatisfy { $0.place.file != nil }, "\(file.path)")
            } catch let error as GeoGridError {
                #expect(error.message.en.contains(file.lastPathComponent), "\(file.path): \(error.message.en)")
            }
        }
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func chiayiIsWhole() throws {
        let (table, findings) = try GeoJSONReader.read(RealData.url("tw_chiayi_4level/base_10020010.json"))
        #expect(table.count == 732)
        #expect(table.column(named: "CODE1")?.text(row: 0) == "A2001-09-006")
        #expect(table.geometries.kinds.allSatisfy { $0 == .polygon || $0 == .multiPolygon })
        #expect(findings.allSatisfy { $0.severity == .note }, "\(findings)")
        #expect(findings.contains { $0.code == .geoJSONHabit && $0.message.en.contains("Rings run against") })
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func topoJSONIsNamed() throws {
        #expect {
            try GeoJSONReader.read(RealData.url("tw_chiayi_4level/code2_topo.json"))
        } throws: { error in
            (error as? GeoGridError)?.code == .notGeoJSON
        }
    }
}
