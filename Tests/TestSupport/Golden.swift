import Foundation

/// Golden files: expected text kept in `Tests/<module>Tests/Goldens`, re-recorded with `GEOGRID_RECORD=1`.
///
/// Written `#expect(Golden.mismatch(text, "locate-point") == nil)`.
public enum Golden {
    /// Nil when `text` is what the file says (or was just recorded); else the first line that differs.
    public static func mismatch(_ text: String, _ name: String, test: String = #filePath) -> String? {
        let folder = URL(fileURLWithPath: test).deletingLastPathComponent().appending(path: "Goldens")
        let url = folder.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["GEOGRID_RECORD"] != nil {
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
                return nil
            } catch {
                return "cannot record \(url.path): \(error)"
            }
        }
        guard let data = try? Data(contentsOf: url) else {
            return "\(url.path) is missing: record with GEOGRID_RECORD=1"
        }
        let expected = String(decoding: data, as: UTF8.self)
        if expected == text { return nil }
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(old, new).prefix { $0 == $1 }.count
        func at(_ lines: [Substring]) -> String { line < lines.count ? String(lines[line]) : "(end)" }
        return "\(name) line \(line + 1): expected \(at(old)), got \(at(new))"
    }
}
