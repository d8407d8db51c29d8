import Foundation
import TestSupport
import Testing

/// `audit`, `repair` and `tag` on bare files and on a town file, as a technician runs them.
@Suite struct UnitFileCommandsTests {
    /// Two grids with a gap of 5 cm between them and a corner that does not meet, and four points.
    struct Inputs {
        let scratch: Scratch

        init() throws {
            scratch = try Scratch()
            func feature(_ code: String, _ ring: [(Double, Double)]) -> String {
                let corners = (ring + [ring[0]]).map { "[\(114 + $0.0 / 1000), \(30 + $0.1 / 1000)]" }
                return """
                    {"type": "Feature", "properties": {"编码": "\(code)", "上级编码": "C0"}, "geometry": {"type": "Polygon", \
                    "coordinates": [[\(corners.joined(separator: ", "))]]}}
                    """
            }
            let west = feature("G1", [(0, 0), (2, 0), (2, 1), (2, 2), (0, 2)])
            let east = feature("G2", [(2.0005, 0), (4, 0), (4, 2), (2, 2), (2.0005, 1)])
            try scratch.write(
                "{\"type\": \"FeatureCollection\", \"features\": [\n\(west),\n\(east)\n]}\n", to: "grids.geojson")
            try scratch.write(
                "id,lon,lat\na,114.0005,30.001\nb,114.0035,30.001\nc,114.009,30.001\nd,,\n", to: "points.csv")
        }

        func run(_ words: String) throws -> String {
            let arguments = words.split(separator: " ").map(String.init)
            return try Program.run(arguments, in: scratch.folder).transcript(of: arguments)
                .replacing(scratch.folder.path + "/", with: "")
        }
    }

    @Test func fromFindingToMendedFile() throws {
        let inputs = try Inputs()
        defer { inputs.scratch.remove() }
        let steps = try [
            "audit grids.geojson", "audit grids.geojson --format json --lang en", "audit missing.geojson",
            "audit grids.geojson --code nothing", "repair grids.geojson", "repair grids.geojson --apply",
            "repair grids.geojson --out mended", "audit mended/grids.geojson",
            "tag mended/grids.geojson points.csv -o -", "tag mended/grids.geojson points.csv --field nothing -o -",
        ].map(inputs.run).joined(separator: "\n")
        #expect(Golden.mismatch(steps, "unit-files") == nil)
    }

    @Test func aTownIsMendedInPlace() throws {
        let inputs = try Inputs()
        defer { inputs.scratch.remove() }
        let steps = try [
            "init town.gpkg --name 云溪镇 --county 云溪县", "import town.gpkg grids.geojson --as grid",
            "audit town.gpkg --on 2026-03-01", "repair town.gpkg --apply", "audit town.gpkg --on 2026-03-01",
            "repair town.gpkg --apply",
        ].map(inputs.run).joined(separator: "\n")
        #expect(Golden.mismatch(steps, "unit-town") == nil)
    }
}
