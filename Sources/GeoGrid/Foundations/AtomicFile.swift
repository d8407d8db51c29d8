import Foundation

extension IssueCode {
    package static let cannotWrite = IssueCode("GG150")
}

/// 原子写入: writes a file beside its destination and renames it there, so that nobody ever sees half a file.
///
/// When anything fails, what stood there before is untouched and the temporary file is gone.
public enum AtomicFile {
    /// Puts `bytes` at `path`. Throws GG150 when the folder, the permission or the disk does not allow it.
    public static func write(_ bytes: some Sequence<UInt8>, to path: String, mode: UInt16 = 0o644) throws {
        try replace(path, mode: mode) { temporary in
            try writeAll(ContiguousArray(bytes), to: temporary)
        }
    }

    public static func write(_ text: String, to path: String, mode: UInt16 = 0o644) throws {
        try write(text.utf8, to: path, mode: mode)
    }

    /// Lets `body` write a file of its own at a temporary path, then renames it to `path`.
    ///
    /// For libraries that write files themselves. The temporary path keeps the extension of `path`.
    public static func replace(_ path: String, mode: UInt16 = 0o644, body: (_ temporary: String) throws -> Void) throws
    {
        let target = URL(fileURLWithPath: path)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw failure(path, reason: EISDIR)
        }
        let stem = target.deletingPathExtension().lastPathComponent
        let end = target.pathExtension.isEmpty ? "" : "." + target.pathExtension
        let temporary = target.deletingLastPathComponent()
            .appending(path: ".\(stem).\(ProcessInfo.processInfo.processIdentifier)\(end)").path
        defer { unlink(temporary) }
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(mode))
        guard descriptor >= 0 else { throw failure(path, reason: errno) }
        close(descriptor)
        try body(temporary)
        guard chmod(temporary, mode_t(mode)) == 0, rename(temporary, path) == 0 else {
            throw failure(path, reason: errno)
        }
    }

    private static func writeAll(_ bytes: ContiguousArray<UInt8>, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, reason: errno) }
        defer { close(descriptor) }
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Foundation.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure(path, reason: errno) }
                done += count
            }
        }
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(path, reason: errno) }
    }

    package static func failure(_ path: String, reason: Int32) -> GeoGridError {
        GeoGridError(
            .cannotWrite,
            Text(zh: "无法写入 \(path)：\(SystemReason.zh(reason))", en: "cannot write \(path): \(SystemReason.en(reason))"),
            remedy: Text(
                zh: "检查文件夹是否存在、是否有写权限、磁盘是否已满；原文件未改动。",
                en: "Check that the folder exists, may be written and has room; what stood there is unchanged."))
    }
}

/// Why the operating system refused, in both languages.
enum SystemReason {
    static func zh(_ reason: Int32) -> String {
        switch reason {
        case ENOENT: "文件或文件夹不存在"
        case EISDIR: "是文件夹，不是文件"
        case ENOTDIR: "路径中有一段不是文件夹"
        case EACCES, EPERM: "没有权限"
        case ENOSPC, EDQUOT: "磁盘已满"
        case EFBIG: "超过文件大小限制"
        case EROFS: "只读文件系统"
        default: en(reason)
        }
    }

    static func en(_ reason: Int32) -> String { String(cString: strerror(reason)) }
}
