import Foundation
import TestSupport
import Testing

/// The everyday way of a town, from files to answers, on a town small enough to read.
@Suite struct TownCommandsTests {
    /// Two communities of two grids of two microgrids, 0.001° a side, and a few doors.
    struct Inputs {
        let scratch: Scratch

        init() throws {
            scratch = try Scratch()
            func square(_ x: Double, _ y: Double, _ w: Double, _ h: Double) -> String {
                let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]
                return "[[" + corners.map { "[\(114 + $0.0 / 1000), \(30 + $0.1 / 1000)]" }.joined(separator: ", ")
                    + "]]"
            }
            func layer(_ features: [(code: String, name: String, parent: String, ring: String)]) -> String {
                let lines = features.map {
                    """
                    {"type": "Feature", "properties": {"编码": "\($0.code)", "名称": "\($0.name)", "上级编码": "\($0.parent)"}, \
                    "geometry": {"type": "Polygon", "coordinates": \($0.ring)}}
                    """
                }
                return "{\"type\": \"FeatureCollection\", \"features\": [\n" + lines.joined(separator: ",\n") + "\n]}\n"
            }
            var communities: [(String, String, String, String)] = []
            var grids: [(String, String, String, String)] = []
            var microgrids: [(String, String, String, String)] = []
            for c in 0..<2 {
                communities.append(("C\(c)", ["河西社区", "河东社区"][c], "421000101", square(Double(c) * 2, 0, 2, 2)))
                for g in 0..<2 {
                    grids.append(("G\(c)\(g)", "第\(g + 1)网格", "C\(c)", square(Double(c) * 2, Double(g), 2, 1)))
                    for m in 0..<2 {
                        microgrids.append(
                            ("M\(c)\(g)\(m)", "", "G\(c)\(g)", square(Double(c * 2 + m), Double(g), 1, 1)))
                    }
                }
            }
            try scratch.write(layer(communities), to: "communities.geojson")
            try scratch.write(layer(grids), to: "grids.geojson")
            try scratch.write(layer(microgrids), to: "microgrids.geojson")
            let doors = (0..<8).map { i in
                "H\(i + 1),户主\(i + 1),\(1 + i % 3),\(114 + (0.25 + 0.5 * Double(i)) / 1000),\(30 + (i % 2 == 0 ? 0.5 : 1.5) / 1000)"
            }
            try scratch.write(
                "户号,户主,人数,经度,纬度\n" + doors.joined(separator: "\n") + "\nH9,户主9,两人,,\n", to: "households.csv")
            try scratch.write(
                "编号,户号,姓名,类别,出生年份\nR1,H2,户主2,80岁以上独居,1940\nR2,H5,家人5,低保,1970\n", to: "care.csv")
            try scratch.write("id,name,phone\nP1,张三,000-00000001\nP2,李四,000-00000002\n", to: "people.csv")
            try scratch.write(
                """
                id,role,level,unit,person,employment,from,to
                a,网格长,grid,G00,P1,专职,2026-01-01,
                b,网格长,grid,G10,P2,兼职,2026-01-01,2026-07-01
                c,网格长,grid,G01,,专职,,
                d,社区书记,community,C0,P2,专职,,
                e,网格长,grid,G11,P7,专职,,

                """, to: "posts.csv")
            try scratch.write("id,name,kind,lon,lat\nS1,河西党群服务中心,党群服务中心,114.0005,30.0005\n", to: "services.csv")
        }

        func run(_ words: String) throws -> String {
            let arguments = words.split(separator: " ").map(String.init)
            return try Program.run(arguments, in: scratch.folder).transcript(of: arguments)
                .replacing(scratch.folder.path + "/", with: "")
        }

        /// A town with everything in it, assigned.
        func fill() throws -> String {
            try [
                "init town.gpkg --name 云溪镇 --county 云溪县 --code 421000101",
                "import town.gpkg communities.geojson --as community", "import town.gpkg grids.geojson --as grid",
                "import town.gpkg microgrids.geojson --as microgrid", "import town.gpkg households.csv --as household",
                "import town.gpkg care.csv --as care_resident", "import town.gpkg people.csv --as person",
                "import town.gpkg posts.csv --as post", "import town.gpkg services.csv --as service_point",
                "assign town.gpkg --on 2026-03-01",
            ].map(run).joined(separator: "\n")
        }
    }

    @Test func aFolderIsImportedByTheNamesOfItsFiles() throws {
        let inputs = try Inputs()
        defer { inputs.scratch.remove() }
        _ = try inputs.run("init town.gpkg --name 云溪镇 --county 云溪县 --code 421000101")
        try FileManager.default.createDirectory(
            at: inputs.scratch.url("lists"), withIntermediateDirectories: true)
        for name in ["communities.geojson", "grids.geojson", "people.csv", "posts.csv", "care.csv", "households.csv"] {
            try FileManager.default.copyItem(at: inputs.scratch.url(name), to: inputs.scratch.url("lists/" + name))
        }
        try inputs.scratch.write("what,is,this\n1,2,3\n", to: "lists/notes.csv")
        let steps = try [
            "import town.gpkg lists", "import town.gpkg lists --quiet", "import town.gpkg microgrids.geojson --quiet",
            "import town.gpkg lists --field id=nr", "import town.gpkg lists/notes.csv",
        ].map(inputs.run).joined(separator: "\n")
        #expect(Golden.mismatch(steps, "town-folder") == nil)
        let list = try String(contentsOf: inputs.scratch.url("lists.rejected.csv"), encoding: .utf8)
        #expect(
            list.split(whereSeparator: \.isNewline).dropFirst().map { $0.prefix { $0 != "," } }.sorted() == [
                "households.csv", "posts.csv",
            ])
    }

    @Test func fromFilesToAnswers() throws {
        let inputs = try Inputs()
        defer { inputs.scratch.remove() }
        let steps = try inputs.fill()
        #expect(Golden.mismatch(steps, "town-import") == nil)
        let answers = try [
            "import town.gpkg households.csv --as household", "workload town.gpkg --on 2026-03-01",
            "workload town.gpkg --on 2026-03-01 --by lead --all", "locate town.gpkg --household H2 --on 2026-03-01",
            "locate town.gpkg --at 114.0025,30.0005 --on 2026-08-01 --lang en",
            "locate town.gpkg --household H2 --on 2026-03-01 --edition operational --format json",
            "locate town.gpkg --name 户主2 --on 2026-03-01", "export town.gpkg --layer household -o -",
            "export town.gpkg --layer grid -o -", "info town.gpkg --on 2026-03-01 --lang en",
        ].map(inputs.run).joined(separator: "\n").replacing(/last import: \S+/, with: "last import: TIME")
        #expect(Golden.mismatch(answers, "town-answers") == nil)
        let rejected = try String(contentsOf: inputs.scratch.url("households.rejected.csv"), encoding: .utf8)
        #expect(rejected.contains("GG" + "156") && rejected.contains("H9"))
    }

    /// Where the file is as before, byte for byte.
    private func unchanged(_ inputs: Inputs, _ body: () throws -> Void) throws {
        let before = try Data(contentsOf: inputs.scratch.url("town.gpkg"))
        try body()
        #expect(try Data(contentsOf: inputs.scratch.url("town.gpkg")) == before)
        #expect(!FileManager.default.fileExists(atPath: inputs.scratch.url("town.gpkg-journal").path))
    }

    @Test func aFullDiskLeavesTheFileAsItWas() throws {
        let inputs = try Inputs()
        defer { inputs.scratch.remove() }
        _ = try inputs.run("init town.gpkg --name 云溪镇 --county 云溪县 --epsg 4546")
        let rows = (0..<6000).map { "H\($0),\(114 + Double($0) * 1e-6),30" }
        try inputs.scratch.write("id,lon,lat\n" + rows.joined(separator: "\n") + "\n", to: "many.csv")
        try unchanged(inputs) {
            let shell = URL(fileURLWithPath: "/bin/bash")
            let command = "ulimit -f 700; exec \(Program.executable.path) import town.gpkg many.csv --as household"
            let run = try Program.run(shell, ["-c", command], in: inputs.scratch.folder)
            #expect(run.status == 4)
            #expect(run.errors.hasPrefix("错误 GG" + "504"), "\(run.errors)")
        }
    }

    /// What `/proc` says of a process; its files have no length, so they are read to their end.
    private static func catchesInterrupts(_ process: Process) throws -> Bool {
        let status = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/\(process.processIdentifier)/status"))
        let lines = String(decoding: try status.readToEnd() ?? Data(), as: UTF8.self).split(separator: "\n")
        let mask = lines.first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
        return mask.flatMap { UInt64($0, radix: 16) }.map { $0 & 2 != 0 } ?? false
    }

    @Test func controlCLeavesTheFileAsItWas() throws {
        let inputs = try Inputs()
        defer { inputs.scratch.remove() }
        _ = try inputs.run("init town.gpkg --name 云溪镇 --county 云溪县 --epsg 4546")
        try unchanged(inputs) {
            let process = Process()
            process.executableURL = Program.executable
            process.arguments = ["import", "town.gpkg", "-", "--stdin-format", "csv", "--as", "household"]
            process.currentDirectoryURL = inputs.scratch.folder
            let input = Pipe()
            let errors = Pipe()
            process.standardInput = input
            process.standardError = errors
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            // Wait until it catches the signal, then interrupt it in the middle of its input.
            for _ in 0..<2000 where try !TownCommandsTests.catchesInterrupts(process) { usleep(10_000) }
            process.interrupt()
            try input.fileHandleForWriting.write(contentsOf: Data("id,lon,lat\nH1,114,30\n".utf8))
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
            #expect(process.terminationReason == .exit && process.terminationStatus == 5)
            let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(said.contains("已中断") || said.contains("Interrupted"))
        }
    }

    @Test func badInputsHaveAWord() throws {
        let inputs = try Inputs()
        defer { inputs.scratch.remove() }
        _ = try inputs.fill()
        try inputs.scratch.write("{\"type\": \"FeatureCollection\", \"features\": [{\"type\":", to: "cut.geojson")
        try FileManager.default.createDirectory(at: inputs.scratch.url("folder.csv"), withIntermediateDirectories: true)
        try Data([0x69, 0x64, 0x0A, 0xFF, 0xFE, 0xFF, 0x0A]).write(to: inputs.scratch.url("odd.csv"))
        try inputs.scratch.write("a: [", to: "weights.yaml")
        try unchanged(inputs) {
            let words = try [
                "import town.gpkg cut.geojson --as grid", "import town.gpkg none.geojson --as grid",
                "import town.gpkg folder.csv --as household", "import town.gpkg odd.csv --as household",
                "import town.gpkg communities.geojson --as household",
                "import town.gpkg people.csv --as household --field id=nr",
                "workload town.gpkg --weights weights.yaml", "import town.gpkg care.csv --as wish",
                "locate town.gpkg --at 200,30", "assign town.gpkg --tolerance -3",
            ].map(inputs.run).joined(separator: "\n")
            #expect(Golden.mismatch(words, "town-bad-input") == nil)
        }
    }
}
