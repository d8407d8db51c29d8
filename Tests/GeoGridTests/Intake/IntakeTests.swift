import Foundation
import Testing
import TestSupport

@testable import GeoGrid

/// Programs that a test needs and a machine may lack.
private func has(_ tool: String) -> Bool { (try? ChildProcess(tool, package: "")) != nil }

private func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "geogrid-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}

private func failure(_ body: () throws -> Void) -> GeoGridError? {
    do {
        try body()
        return nil
    } catch {
        return error as? GeoGridError
    }
}

@Suite struct ChildProcessTests {
    @Test func streamsOutputAndPassesArgumentsAsTheyAre() throws {
        let echo = try ChildProcess("printf", package: "coreutils")
        let bytes = try echo.run(["%s", "$(id) `x` ; \"'"], file: "f") { try $0.readAll(limit: 1000) }
        #expect(String(decoding: bytes, as: UTF8.self) == "$(id) `x` ; \"'")
    }

    @Test func aMissingProgramNamesItsPackage() {
        let error = failure { _ = try ChildProcess("no-such-tool", package: "some-package") }
        #expect(error?.code == .toolMissing)
        #expect(error?.remedy.zh.contains("apt install some-package") == true)
    }

    @Test func aProgramThatTakesTooLongIsStopped() {
        let error = failure {
            let sleep = try ChildProcess("sleep", package: "coreutils")
            try sleep.run(["20"], file: "f", limits: .init(seconds: 0.2)) { _ = try $0.readAll(limit: 10) }
        }
        #expect(error?.code == .toolTimedOut)
    }

    @Test func aProgramThatWritesTooMuchIsStopped() {
        let error = failure {
            let zeros = try ChildProcess("cat", package: "coreutils")
            try zeros.run(["/dev/zero"], file: "f", limits: .init(outputBytes: 1 << 20)) {
                _ = try $0.readAll(limit: .max)
            }
        }
        #expect(error?.code == .beyondLimit)
    }

    @Test func failuresQuoteTheProgram() {
        let error = failure {
            let list = try ChildProcess("ls", package: "coreutils")
            try list.run(["/no/such/folder"], file: "f") { _ = try $0.readAll(limit: 1 << 20) }
        }
        #expect(error?.code == .toolFailed)
        #expect(error?.message.en.contains("/no/such/folder") == true)
    }
}

@Suite struct IntakeTests {
    @Test func unknownEndingsAreRefused() {
        #expect(failure { _ = try Intake.read(URL(fileURLWithPath: "/tmp/x.xyz")) }?.code == .unknownFormat)
        #expect(failure { _ = try Intake.read(URL(fileURLWithPath: "/nowhere/x.shp")) }?.code == .fileUnreadable)
        #expect(ExternalFormat(URL(fileURLWithPath: "a.osm.pbf")) == .openStreetMap)
        #expect(ExternalFormat(URL(fileURLWithPath: "a.OSM.GZ")) == .openStreetMap)
        #expect(ExternalFormat(URL(fileURLWithPath: "a.csv.gz")) == nil)
    }

    @Test func archivesThatSwellAreNotOpened() throws {
        // One entry "a" that says it unpacks from 100 bytes to 3 GB.
        func word(_ n: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: n >> (8 * $0)) } }
        let central =
            [0x50, 0x4B, 1, 2, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0] + word(0) + word(100) + word(3 << 30)
            + [1, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 12) + [0x61]
        let end = [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0] + word(UInt32(central.count)) + word(0) + [0, 0]
        let archive = try #require(ZipArchive(central + end))
        #expect(archive.entries == [.init(name: "a", packed: 100, unpacked: 3 << 30, method: 8, offset: 0)])
        #expect(archive.isBomb)
        try withFolder { folder in
            let file = folder.appending(path: "bomb.kmz")
            try Data(central + end).write(to: file)
            #expect(failure { _ = try Intake.read(file) }?.code == .zipBomb)
            try Data("no archive".utf8).write(to: file)
            #expect(failure { _ = try Intake.read(file) }?.code == .zipBomb)
        }
    }

    /// Each format is made from one GeoJSON by GDAL itself and must give its features back.
    @Test(
        .enabled(if: has("ogr2ogr"), "needs ogr2ogr (gdal-bin)"),
        arguments: [
            ("ESRI Shapefile", "a.shp", "GBK"), ("ESRI Shapefile", "a.shp", "UTF-8"), ("KML", "a.kml", ""),
            ("GPKG", "a.gpkg", ""), ("MapInfo File", "a.mif", ""), ("DXF", "a.dxf", ""),
        ])
    func readsOtherFormats(_ driver: String, _ name: String, _ encoding: String) throws {
        try withFolder { folder in
            let original = folder.appending(path: "o.geojson")
            try Data(
                #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"Name":"云溪社区"},"geometry":{"type":"Polygon","coordinates":[[[114,30],[114.01,30],[114.01,30.01],[114,30]]]}}]}"#
                    .utf8
            ).write(to: original)
            let file = folder.appending(path: name)
            var options = ["-q", "-f", driver]
            if !encoding.isEmpty { options += ["-lco", "ENCODING=\(encoding)"] }
            if driver == "DXF" { options += ["-select", ""] }
            _ = try ChildProcess("ogr2ogr", package: "gdal-bin").run(
                options + [file.path, original.path], file: name
            ) { try $0.readAll(limit: 1 << 20) }
            if !encoding.isEmpty {
                // As such files reach us: no .cpg, no code page in the table.
                try? FileManager.default.removeItem(at: folder.appending(path: "a.cpg"))
                let table = folder.appending(path: "a.dbf")
                var bytes = [UInt8](try Data(contentsOf: table))
                bytes[29] = 0
                try Data(bytes).write(to: table)
            }
            let (table, findings) = try Intake.read(file)
            #expect(table.count == 1, "\(findings)")
            #expect(findings.allSatisfy { $0.severity < .error }, "\(findings)")
            let box = table.geometries.box
            #expect(abs(box.minX - 114) < 1e-6 && abs(box.maxY - 30.01) < 1e-6)
            if driver != "DXF" { #expect(table.column(named: "Name")?.text(row: 0) == "云溪社区") }
        }
    }

    @Test(.enabled(if: has("ogr2ogr"), "needs ogr2ogr (gdal-bin)"))
    func workbooksComeInAsLists() throws {
        try withFolder { folder in
            let list = folder.appending(path: "l.csv")
            try Data("编码,姓名,人数\nA-01,李四,3\nA-02,王五,2\n".utf8).write(to: list)
            let file = folder.appending(path: "l.xlsx")
            _ = try ChildProcess("ogr2ogr", package: "gdal-bin").run(
                ["-q", "-f", "XLSX", file.path, list.path], file: "l"
            ) { try $0.readAll(limit: 1 << 20) }
            let (table, findings) = try Intake.read(file)
            #expect(findings == [])
            #expect(table.columns.map(\.name) == ["编码", "姓名", "人数"])
            #expect(table.column(named: "姓名")?.text(row: 1) == "王五")
            #expect(table.column(named: "人数")?.integer(row: 0) == 3)
        }
    }

    @Test(.enabled(if: has("ogr2ogr"), "needs ogr2ogr (gdal-bin)"))
    func brokenFilesAreToldInThePrograms() throws {
        try withFolder { folder in
            let file = folder.appending(path: "broken.gpkg")
            try Data("nothing of the kind".utf8).write(to: file)
            #expect(failure { _ = try Intake.read(file) }?.code == .toolFailed)
        }
    }

    @Test func rangesThatNoSheetHasAreNone() {
        #expect(MergedCells.Range("B2:C10").map { [$0.column, $0.width, $0.rows.count] } == [1, 2, 9])
        let letters = String(repeating: "Z", count: 4)
        for name in [
            "\(letters)1:\(letters)2", "A1:A9999999999", String(repeating: "A", count: 19) + ":B",
            String(repeating: "A", count: 40) + "1:B2", "A2:A1", "A1", ":",
        ] {
            #expect(MergedCells.Range(name) == nil, "\(name)")
        }
    }
}

@Suite struct OpenStreetMapTests {
    @Test func sortsFeaturesByTheirTags() throws {
        func line(_ tags: String, id: String = "w1") -> String {
            #"{"type":"Feature","id":"\#(id)","properties":{\#(tags)},"geometry":{"type":"LineString","coordinates":[[114,30],[114.001,30]]}}"#
        }
        func area(_ tags: String) -> String {
            #"{"type":"Feature","id":"a2","properties":{\#(tags)},"geometry":{"type":"MultiPolygon","coordinates":[[[[114,30],[114.001,30],[114.001,30.001],[114,30]]]]}}"#
        }
        let text = [
            line(#""highway":"tertiary","name":"建设路","bridge":"yes""#), line(#""highway":"construction""#),
            line(#""railway":"rail""#), line(#""railway":"subway","tunnel":"yes""#), line(#""waterway":"stream""#),
            line(#""building":"yes""#),
            area(#""building":"apartments","addr:housenumber":"12号","building:levels":"6""#),
            area(#""natural":"water","name":"信江""#), area(#""amenity":"school","name":"一小""#),
            area(#""amenity":"school","name":"一小""#), area(#""landuse":"forest""#),
        ].joined(separator: "\n")
        let table = try GeoJSONReader.read(Array(text.utf8), name: "t").table
        let map = try OpenStreetMap(table, projection: Projection(from: .wgs84, to: CRS(epsg: 4547)))
        #expect(map.roads.map(\.roadClass) == [.secondary, .rail])
        #expect(map.roads[0].name == "建设路" && map.roads[0].bridge)
        #expect(abs(map.roads[0].lines[0][0].x - 500_000) < 1e-3)
        #expect(map.waters.map(\.kind) == [.lineString, .multiPolygon])
        #expect(map.buildings.map(\.number) == ["12号"])
        #expect(map.buildings[0].floors == 6 && map.buildings[0].use == "住宅")
        #expect(map.places.map(\.name) == ["一小"])
    }

    @Test(
        .enabled(if: RealData.exists && has("osmium"), "needs the real data folder and osmium (osmium-tool)"),
        arguments: [("guixi_jiangxi.osm", 176, 165, 4650), ("krems_at.osm.gz", 700, 1195, 32_633)])
    func readsAnExtract(_ name: String, _ roads: Int, _ buildings: Int, _ epsg: Int) throws {
        let (table, findings) = try Intake.read(RealData.url("osm_towns/\(name)"))
        #expect(findings.allSatisfy { $0.severity < .error })
        let box = table.geometries.box.center
        let metres = CRS.metres(longitude: box.x, latitude: box.y)
        let map = try OpenStreetMap(table, projection: Projection(from: .wgs84, to: metres))
        #expect(map.buildings.count >= buildings)
        #expect(map.roads.count >= roads)
        #expect(!map.waters.isEmpty && !map.places.isEmpty)
    }
}
