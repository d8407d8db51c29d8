import Foundation
import TestSupport
import Testing

/// A real city of four levels taken from its published files to the wall, and a real street net under made grids.
@Suite(.enabled(if: RealData.exists, RealData.absent)) struct RealTownTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run(_ words: String) throws -> Program.Run {
        try Program.run(words.split(separator: " ").map(String.init), in: scratch.folder)
    }

    private func answer(_ words: String) throws -> [String: Any] {
        let run = try run(words + " --format json")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    /// Chiayi: 104 areas, 822 sub-areas, 1,505 cells, and the households of 1,391 of them.
    @Test func aCityOfFourLevels() throws {
        defer { scratch.remove() }
        func file(_ name: String) -> String { RealData.url("tw_chiayi_4level/\(name)").path }
        let published = try JSONSerialization.jsonObject(
            with: Data(contentsOf: RealData.url("tw_chiayi_4level/population_base.json")))
        let cells = try #require((published as? [String: Any])?["RowDataList"] as? [[String: Any]])
        let rows = cells.map { "\($0["CODEBASE"]!),\($0["H_CNT"]!),\($0["P_CNT"]!)" }
        try scratch.write("code,households,persons\n" + rows.joined(separator: "\n") + "\n", to: "counts.csv")

        for words in [
            "init town.gpkg --name 嘉義市 --county 臺灣省",
            "import town.gpkg \(file("code2.json")) --as community --field code=CODE2",
            "import town.gpkg \(file("code1.json")) --as grid --field code=CODE1 --field parent=CODE2",
            "import town.gpkg \(file("base_10020010.json")) --as microgrid --field code=CODEBASE --field parent=CODE1",
            "import town.gpkg \(file("base_10020020.json")) --as microgrid --field code=CODEBASE --field parent=CODE1",
            "import town.gpkg counts.csv --as microgrid",
        ] {
            let done = try run(words)
            #expect(done.status == 0, "\(words): \(done.errors)")
        }
        let loads = try #require(try answer("workload town.gpkg --by community")["rows"] as? [[String: Any]])
        #expect(loads.count == 104)
        #expect(loads.reduce(0) { $0 + ($1["households"] as? Int ?? 0) } == 98_557)
        #expect(loads.reduce(0) { $0 + ($1["people"] as? Int ?? 0) } == 267_852)

        let sheet = try run("map town.gpkg --sheet community:A2001-01 --size A3 -o area.svg")
        #expect([0, 1].contains(sheet.status), "drawn, with or without grids too small to name: \(sheet.errors)")
        let drawn = try String(contentsOf: scratch.url("area.svg"), encoding: .utf8)
        #expect(drawn.contains("A2001-01"), "areas without a name are called by their code")
    }

    /// Guixi: sixteen made grids over its streets, its railway yard and the Xin river.
    @Test func aStreetNetUnderGrids() throws {
        defer { scratch.remove() }
        func ring(_ i: Int, _ j: Int) -> String {
            let corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1), (i, j)]
            return corners.map { "[\(117.19116 + Double($0.0) * 0.016), \(28.28171 + Double($0.1) * 0.0102)]" }
                .joined(separator: ", ")
        }
        let features = (0..<16).map {
            """
            {"type": "Feature", "properties": {"code": "G\($0)", "name": "第\($0 + 1)网格"}, "geometry": {"type": "Polygon", \
            "coordinates": [[\(ring($0 % 4, $0 / 4))]]}}
            """
        }
        try scratch.write(
            "{\"type\": \"FeatureCollection\", \"features\": [\n" + features.joined(separator: ",\n") + "\n]}\n",
            to: "grids.geojson")
        #expect(try run("init town.gpkg --name 样例镇 --county 贵溪市").status == 0)
        #expect(try run("import town.gpkg grids.geojson --as grid").status == 0)
        let extract = RealData.url("osm_towns/guixi_jiangxi.osm").path
        let imported = try answer("import town.gpkg \(extract) --as osm")
        let layers = try #require(imported["imports"] as? [[String: Any]])
        let taken = layers.map { $0["taken"] as? Int ?? 0 }
        #expect(taken[0] > 150 && taken[1] >= 10 && taken[2] == 165 && taken[3] > 20, "\(taken)")
        #expect(try run("map town.gpkg -o town.svg --size A2").status == 0)
        let sheet = try String(contentsOf: scratch.url("town.svg"), encoding: .utf8)
        #expect(sheet.utf8.count > 100_000)
    }
}
