import Foundation
import GeoGrid

extension SampleFile {
    /// Writes files below a folder, making it and its subfolders; a file of the same name is replaced whole.
    ///
    /// Throws GG150 where a file cannot be written.
    public static func write(_ files: [SampleFile], to folder: String) throws {
        for file in files {
            let path = folder + "/" + file.path
            try? FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try AtomicFile.write(file.bytes, to: path)
        }
    }
}
