import Foundation
import GeoGrid
import Testing

@Suite struct GeoJSONHostileInputTests {
    func code(_ bytes: [UInt8]) -> IssueCode? {
        do {
            _ = try GeoJSONReader.read(bytes, name: "t.geojson")
            return nil
        } catch {
            return (error as? GeoGridError)?.code
        }
    }

    @Test func whatIsNoGeoJSONIsSaidSo() {
        for text in ["null", "[]", "  7 ", "\"x\"", "<html>", "x", "{}", #"{"type":"Topology"}"#, #"{"rings":[]}"#] {
            #expect(code(Array(text.utf8)) == .notGeoJSON, "\(text)")
        }
        #expect(code([]) == .notGeoJSON)
        #expect(code(Array(" \n".utf8)) == .notGeoJSON)
        #expect(code([0xFF, 0xFE, 0x7B, 0]) == .wrongEncoding)
        #expect(code([0x7B, 0, 0x22, 0]) == .wrongEncoding)
    }

    @Test func endlessNestingStopsEarly() throws {
        #expect(code([UInt8](repeating: UInt8(ascii: "["), count: 1 << 22)) == .notGeoJSON)
        for prefix in [#"{"a":"#, #"{"type":"FeatureCollection","features":["#] {
            #expect(
                code(Array(prefix.utf8) + [UInt8](repeating: UInt8(ascii: "["), count: 1 << 21)) == .beyondLimit)
        }
    }

    /// Every beginning of a file is either reported as cut off, or whole.
    @Test func everyTruncationIsNoticed() {
        let text =
            #"{"type":"FeatureCollection","name":"甲\"}","features":[{"type":"Feature","id":1,"properties":{"a":"乙\\"},"geometry":{"type":"Point","coordinates":[1.5,2]}},{"type":"Feature","properties":null,"geometry":null}]}"#
        let bytes = Array(text.utf8)
        #expect(code(bytes) == nil)
        for end in 3..<bytes.count {
            let found = code(Array(bytes[..<end]))
            #expect(found == .fileTruncated, "cut at \(end): \(String(describing: found))")
        }
    }

    /// No change of single bytes crashes the reader, and it answers the same twice.
    @Test func survivesMutations() throws {
        var generator = SeededGenerator(seed: 11)
        let text =
            #"{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"properties":{"a":"乙","b":[1,{"c":2}]},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},{"type":"Feature","properties":null,"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[3,4,5]},{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}]}}]}"#
        let original = Array(text.utf8)
        let alphabet = Array(#"{}[]",:\0-9eE.ntfNI\#u{1E}\#n"#.utf8) + [0, 0x80, 0xFF]
        for _ in 0..<1500 {
            var bytes = original
            for _ in 0..<1 + generator.below(3) {
                let at = generator.below(bytes.count)
                switch generator.below(3) {
                case 0: bytes[at] = alphabet[generator.below(alphabet.count)]
                case 1: bytes.remove(at: at)
                default: bytes.insert(alphabet[generator.below(alphabet.count)], at: at)
                }
            }
            let first = try? GeoJSONReader.read(bytes, name: "t")
            let second = try? GeoJSONReader.read(bytes, name: "t")
            #expect(first?.findings == second?.findings)
            #expect(first?.table.geometries.xy == second?.table.geometries.xy)
        }
    }

    @Test func manyBrokenFeaturesDoNotTakeForever() {
        let broken = #"{"type":"Feature","properties":{"a":[},"geometry":null},"#
        let text = #"{"type":"FeatureCollection","features":["# + String(repeating: broken, count: 3000) + "]}"
        let result = try? GeoJSONReader.read(Array(text.utf8), name: "t")
        #expect(result?.table.count == 0)
        #expect(result?.findings.filter { $0.severity == .error }.count ?? 0 >= 3000)
        let open = #"{"type":"Feature","properties":{"a":[1},"geometry":null,"#
        let endless = #"{"type":"FeatureCollection","features":["# + String(repeating: open, count: 3000) + "]}"
        _ = try? GeoJSONReader.read(Array(endless.utf8), name: "t")
    }

    @Test func aFileInGB18030IsNamed() throws {
        // {"type":"Feature","properties":{"name":"云溪社区"},"geometry":null}
        let name: [UInt8] = [0xD4, 0xC6, 0xCF, 0xAA, 0xC9, 0xE7, 0xC7, 0xF8]
        let feature =
            Array(#"{"type":"Feature","properties":{"name":""#.utf8) + name + Array(#""},"geometry":null}"#.utf8)
        let file =
            Array(#"{"type":"FeatureCollection","features":["#.utf8) + feature + Array(",".utf8) + feature
            + Array("]}".utf8)
        #expect(code(file) == .wrongEncoding)
    }

    @Test func foldersMissingAndForbiddenFilesAreTold() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "geogrid-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func failure(_ url: URL) -> GeoGridError? {
            do {
                _ = try GeoJSONReader.read(url)
                return nil
            } catch { return error as? GeoGridError }
        }
        #expect(failure(folder)?.message.en.contains("is a folder") == true)
        #expect(failure(folder.appending(path: "none"))?.message.en.contains("There is no file") == true)
        let file = folder.appending(path: "forbidden.geojson")
        try Data("{}".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.path)
        if getuid() != 0 { #expect(failure(file)?.message.zh.contains("没有读取") == true) }
        #expect(failure(folder)?.code == .fileUnreadable)
    }

    /// The same features come out however the stream is cut into pieces and batches.
    @Test func batchesHoldTheSameFeatures() throws {
        let features = (0..<100).map {
            #"{"type":"Feature","id":\#($0),"properties":{"n":\#($0)},"geometry":{"type":"LineString","coordinates":[[\#($0),1],[2,3]]}}"#
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "geogrid-\(UUID().uuidString).geojson")
        try Data(#"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let whole = try GeoJSONReader.read(file).table
        #expect(whole.count == 100)
        let stream = try GeoJSONStream(ByteSource(file), batch: 7)
        var ids: [String?] = []
        var xy: [Double] = []
        while let (table, findings) = try stream.next() {
            #expect(findings == [])
            ids += table.ids
            xy += table.geometries.xy
        }
        #expect(ids == whole.ids)
        #expect(xy == whole.geometries.xy)
    }
}
