public import Foundation
public import Testing

/// The open real data beside the project, for tests that want it: `GEOGRID_REALDATA`, else `../shared/realdata`.
///
/// A test that needs it is written `@Test(.enabled(if: RealData.exists, RealData.absent))`.
public enum RealData {
    public static let folder: URL =
        ProcessInfo.processInfo.environment["GEOGRID_REALDATA"].map { URL(fileURLWithPath: $0) }
        ?? Repository.root.appending(path: "../shared/realdata").standardizedFileURL

    public static let exists = FileManager.default.fileExists(atPath: folder.path)

    /// Why a test was skipped.
    public static let absent: Comment = "needs the real data folder (GEOGRID_REALDATA or ../shared/realdata)"

    public static func url(_ path: String) -> URL { folder.appending(path: path) }
}

/// The checkout that the tests run in.
public enum Repository {
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    public static func url(_ path: String) -> URL { root.appending(path: path) }
}

extension Repository {
    /// All files of one kind below a folder of the checkout, in order of their paths.
    public static func files(under folder: String, ending suffix: String) -> [URL] {
        let found = FileManager.default.enumerator(at: url(folder), includingPropertiesForKeys: nil)
        return (found?.compactMap { $0 as? URL } ?? [])
            .filter { $0.pathExtension == suffix }
            .sorted { $0.path < $1.path }
    }
}
