public import Foundation

extension IssueCode {
    /// 文件无法打开.
    public static let fileUnreadable = IssueCode("GG100")
}

/// 字节流: a file or standard input, read in pieces. Not shared between tasks.
public final class ByteSource {
    /// What findings call it: the last path component, or `-`.
    public let name: String
    private let descriptor: Int32
    private let isOwned: Bool
    private let limit: Int
    private var taken = 0

    /// Opens a file for reading. Throws `GG100` saying whether it is missing, a folder, or not permitted.
    public init(_ url: URL) throws {
        name = url.lastPathComponent
        limit = .max
        let path = url.path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        isOwned = true
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw Self.failure(path, EISDIR)
        }
    }

    /// Reads a descriptor opened by somebody else, who closes it. Reading beyond `limit` bytes throws `GG104`.
    public init(descriptor: Int32, name: String, limit: Int = .max) {
        self.name = name
        self.limit = limit
        self.descriptor = descriptor
        isOwned = false
    }

    /// 标准输入.
    public static func standardInput() -> ByteSource { ByteSource(descriptor: 0, name: "-") }

    /// `-` is standard input, all else a path.
    public static func named(_ path: String) throws -> ByteSource {
        path == "-" ? standardInput() : try ByteSource(URL(fileURLWithPath: path))
    }

    /// Length of a regular file; 0 for pipes and terminals, which do not say.
    public var expectedBytes: Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
        return Int(status.st_size)
    }

    deinit {
        if isOwned, descriptor >= 0 { close(descriptor) }
    }

    /// Reads up to the size of the buffer; 0 at the end.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 {
                taken += count
                guard taken <= limit else { throw tooLarge(limit) }
                return count
            }
            if errno != EINTR { throw Self.failure(name, errno) }
        }
    }

    /// All that is left, up to a limit of bytes, beyond which it throws `GG104`.
    public func readAll(limit: Int = 1 << 30) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = try piece.withUnsafeMutableBytes { try read(into: $0) }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw tooLarge(limit) }
            bytes.append(contentsOf: piece[..<count])
        }
    }

    private func tooLarge(_ limit: Int) -> GeoGridError {
        GeoGridError(
            .beyondLimit,
            Text(
                zh: "“\(name)”超过 \(limit / 1_000_000) MB 的上限",
                en: "“\(name)” is larger than the limit of \(limit / 1_000_000) MB"),
            remedy: Text(zh: "请把文件拆成几份", en: "Split the file"))
    }

    private static func failure(_ path: String, _ code: Int32) -> GeoGridError {
        let reason: Text
        let remedy: Text
        switch code {
        case ENOENT, ENOTDIR:
            reason = Text(zh: "找不到文件“\(path)”", en: "There is no file “\(path)”")
            remedy = Text(zh: "请检查文件名和所在文件夹", en: "Check the name and the folder")
        case EISDIR:
            reason = Text(zh: "“\(path)”是文件夹，不是文件", en: "“\(path)” is a folder, not a file")
            remedy = Text(zh: "请给出文件夹里的文件", en: "Name a file inside it")
        case EACCES, EPERM:
            reason = Text(zh: "没有读取“\(path)”的权限", en: "No permission to read “\(path)”")
            remedy = Text(zh: "请向文件所有者要读取权限（chmod u+r）", en: "Ask its owner for permission (chmod u+r)")
        default:
            let system = String(cString: strerror(code))
            reason = Text(zh: "读取“\(path)”失败：\(system)", en: "Reading “\(path)” failed: \(system)")
            remedy = Text(zh: "请检查磁盘和网络驱动器后再试", en: "Check the disk or network drive and try again")
        }
        return GeoGridError(.fileUnreadable, reason, remedy: remedy)
    }
}
