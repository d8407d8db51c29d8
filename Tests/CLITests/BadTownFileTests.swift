import Foundation
import GeoGrid
import TestSupport
import Testing

/// What happens to a town file that cannot be used: a clear word, a code, an exit code, and the file as it was.
@Suite struct BadTownFileTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        let made = try Program.run(
            ["init", "town.gpkg", "--name", "云溪镇", "--county", "云溪县", "--epsg", "4546"], in: scratch.folder)
        try #require(made.status == 0, "\(made.errors)")
    }

    private func opens(_ path: String) throws -> Program.Run {
        try Program.run(["info", path], in: scratch.folder)
    }

    private func expect(_ run: Program.Run, _ code: String, status: Int32 = 4) {
        #expect(run.status == status)
        #expect(run.errors.hasPrefix("错误 \(code)："), "\(run.errors)")
        #expect(run.errors.contains("→"))
        #expect(run.output == "")
    }

    @Test func initRefusesToOverwrite() throws {
        defer { scratch.remove() }
        let before = try Data(contentsOf: scratch.url("town.gpkg"))
        expect(
            try Program.run(["init", "town.gpkg", "--name", "a", "--county", "b"], in: scratch.folder), "GG" + "506")
        #expect(try Data(contentsOf: scratch.url("town.gpkg")) == before)
    }

    @Test func missingDirectoryAndOtherFiles() throws {
        defer { scratch.remove() }
        expect(try opens("none.gpkg"), "GG" + "507")
        expect(try opens("."), "GG" + "507")
        try scratch.write("{\"type\": \"FeatureCollection\"}", to: "a.geojson")
        expect(try opens("a.geojson"), "GG" + "501")
        try scratch.write("", to: "empty.gpkg")
        expect(try opens("empty.gpkg"), "GG" + "501")
    }

    @Test func aTruncatedFileIsDamaged() throws {
        defer { scratch.remove() }
        let whole = try Data(contentsOf: scratch.url("town.gpkg"))
        for count in [50, 5000, whole.count / 2] {
            try whole.prefix(count).write(to: scratch.url("cut.gpkg"))
            expect(try opens("cut.gpkg"), "GG" + "502")
        }
    }

    @Test func aNewerFileIsRefused() throws {
        defer { scratch.remove() }
        let sqlite = URL(fileURLWithPath: "/usr/bin/sqlite3")
        guard FileManager.default.isExecutableFile(atPath: sqlite.path) else { return }
        _ = try Program.run(
            sqlite, ["town.gpkg", "INSERT INTO grdb_migrations VALUES ('9999-tomorrow')"], in: scratch.folder)
        let before = try Data(contentsOf: scratch.url("town.gpkg"))
        expect(try opens("town.gpkg"), "GG" + "500")
        #expect(try Data(contentsOf: scratch.url("town.gpkg")) == before)
    }

    @Test func aFileOfSomebodyElseIsForbidden() throws {
        defer { scratch.remove() }
        guard getuid() != 0 else { return }
        chmod(scratch.url("town.gpkg").path, 0)
        expect(try opens("town.gpkg"), "GG" + "505")
    }
}
