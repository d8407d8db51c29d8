import Foundation
import TestSupport
import Testing

/// The faults planted in the lists of `data/dirty`, each found by the command that reads the list, and nothing else.
@Suite struct PlantedFaultsTests {
    /// The units and buildings under the dirty town, without its faults.
    static let drawing =
        "sample -o clean --seed 2027 --communities 4 --grids 34 --microgrids 150 --households 600 --care 60"

    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        _ = try run(Self.drawing)
        _ = try run("init t.gpkg --name 云溪镇 --county 清岚县 --code 361199100")
        for (file, layer) in [
            ("communities.geojson", "community"), ("grids.geojson", "grid"), ("microgrids.geojson", "microgrid"),
            ("buildings.geojson", "building"), ("people.csv", "person"),
        ] {
            _ = try run("import t.gpkg clean/town/\(file) --as \(layer)")
        }
    }

    private func run(_ words: String) throws -> Program.Run {
        let arguments = words.split(separator: " ").map(String.init)
        return try Program.run(arguments, in: scratch.folder)
    }

    private func dirty(_ file: String) -> String { Repository.url("data/dirty/\(file)").path }

    /// Every finding of a JSON answer, as `code id`.
    private func findings(_ words: String) throws -> [String] {
        let answer = try JSONSerialization.jsonObject(with: Data(run(words + " --format json").output.utf8))
        var out: [String] = []
        func gather(_ value: Any) {
            if let list = value as? [Any] { return list.forEach(gather) }
            guard let members = value as? [String: Any] else { return }
            if let code = members["code"] as? String, members["severity"] != nil {
                let id = (members["place"] as? [String: Any])?["id"] ?? members["id"]
                out.append("\(code) \(id as? String ?? "")")
            } else {
                members.sorted { $0.key < $1.key }.forEach { gather($0.value) }
            }
        }
        gather(answer)
        return out.sorted()
    }

    @Test func householdsAreToldApart() throws {
        defer { scratch.remove() }
        let found = try findings("import t.gpkg \(dirty("households.csv")) --as household")
        #expect(
            found == [
                "GG124 ", "GG154 ", "GG155 H00211", "GG155 H00241", "GG155 H00271", "GG157 H00151", "GG158 H00121",
                "GG158 H00331", "GG161 ", "GG163 H00091",
            ])
        let placed = try findings("assign t.gpkg")
        #expect(placed == ["GG431 H00061", "GG432 H00031"], "three metres outside, and two kilometres")
        _ = try run("export t.gpkg --layer household --edition operational -o list.csv")
        let exported = try String(contentsOf: scratch.url("list.csv"), encoding: .utf8)
        #expect(exported.contains("'=HYPERLINK"), "a cell that would start a formula")
    }

    @Test func postsAreToldApart() throws {
        defer { scratch.remove() }
        #expect(
            try findings("import t.gpkg \(dirty("posts.csv")) --as post") == [
                "GG155 G00013", "GG155 G00025", "GG159 G00021", "GG554 G00009", "GG555 G00017",
            ])
        let planted: Set<String> = ["GG553", "GG554", "GG555", "GG569"]
        #expect(
            try findings("staff check t.gpkg").filter { planted.contains(String($0.prefix(5))) } == [
                "GG555 G00017", "GG569 G90001",
            ])
    }

    @Test func wholeFilesAreJudged() throws {
        defer { scratch.remove() }
        let shifted = try findings("import t.gpkg \(dirty("households-gcj02.csv")) --as household --dry-run")
        #expect(shifted == ["GG204 "])
        #expect(try findings("import t.gpkg \(dirty("households-gcj02.csv")) --as household --datum gcj02") == [])
        #expect(try findings("import t.gpkg \(dirty("households-gb18030.csv")) --as household") == [])
        let broken = try run("import t.gpkg \(dirty("households-broken.csv")) --as household --encoding utf-8")
        #expect(broken.output.contains("22") || broken.errors.contains("22"), "the line of the broken byte")
        let truncated = try run("import t.gpkg \(dirty("communities-truncated.geojson")) --as community")
        #expect(truncated.status == 3 && truncated.errors.contains("GG102"))
    }
}
