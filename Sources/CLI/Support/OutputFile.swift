import Foundation
import GeoGrid

/// 输出文件: writes whole files; a file that cannot be written whole is not left half-written.
enum OutputFile {
    /// Writes beside the target and renames into place; `-` is standard output. New files are readable by the owner
    /// alone. Throws GG608.
    static func write(_ bytes: [UInt8], to path: String) throws {
        if path == "-" {
            FileHandle.standardOutput.write(Data(bytes))
            return
        }
        let target = URL(fileURLWithPath: path)
        let part = target.deletingLastPathComponent().appending(path: ".\(target.lastPathComponent).part")
        let created = bytes.withUnsafeBytes { buffer in
            FileManager.default.createFile(
                atPath: part.path, contents: buffer.asData, attributes: [.posixPermissions: 0o600])
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: part.path)[.size] as? Int) ?? -1
        guard created, size == bytes.count, rename(part.path, target.path) == 0 else {
            let reason = String(cString: strerror(errno))
            try? FileManager.default.removeItem(at: part)
            throw GeoGridError(
                .outputNotWritten, Text(zh: "无法写入 \(path)：\(reason)", en: "cannot write \(path): \(reason)"),
                remedy: Text(zh: "检查目录、权限和磁盘空间", en: "check the folder, its permissions and the free space"))
        }
    }

    /// `map.png` → `map-2.png`.
    static func numbered(_ path: String, _ number: Int) -> String {
        guard path != "-", let dot = path.lastIndex(of: "."), dot > (path.lastIndex(of: "/") ?? path.startIndex) else {
            return path == "-" ? path : "\(path)-\(number)"
        }
        return "\(path[..<dot])-\(number)\(path[dot...])"
    }
}

extension UnsafeRawBufferPointer {
    /// The same bytes, not a copy of them; valid as long as they are.
    fileprivate var asData: Data {
        guard let base = baseAddress else { return Data() }
        return Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: base), count: count, deallocator: .none)
    }
}

extension IssueCode {
    static let outputNotWritten = IssueCode("GG608")
}
