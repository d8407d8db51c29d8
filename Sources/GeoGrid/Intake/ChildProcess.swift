import Foundation
import Synchronization

extension IssueCode {
    /// 缺少外部程序.
    public static let toolMissing = IssueCode("GG130")
    /// 外部程序出错.
    public static let toolFailed = IssueCode("GG131")
    /// 外部程序超时.
    public static let toolTimedOut = IssueCode("GG132")
}

/// 外部程序: another program that reads a format for us, held to a time and an amount of output.
///
/// Arguments reach it as they are, never through a shell; it reads nothing from us and its output is streamed.
struct ChildProcess {
    /// 限制: what a program may use before it is stopped.
    struct Limits: Sendable {
        var seconds = 300.0
        var outputBytes = 4 << 30
    }

    let tool: String
    private let executable: URL

    /// Finds a program on the path. Throws `GG130` naming the Debian package that has it.
    init(_ tool: String, package: String) throws {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let found = path.split(separator: ":").lazy.map { URL(fileURLWithPath: String($0)).appending(path: tool) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let found else {
            throw GeoGridError(
                .toolMissing,
                Text(zh: "这种格式要用 \(tool) 读取，本机没有安装", en: "This format is read with \(tool), which is not installed"),
                remedy: Text(zh: "请安装：sudo apt install \(package)", en: "Install it: sudo apt install \(package)"))
        }
        self.tool = tool
        executable = found
    }

    /// Runs the program and lets `body` read its output.
    ///
    /// Throws `GG132` when it takes too long, `GG104` when it writes too much, `GG131` with its own words when it
    /// fails, else what `body` throws.
    func run<T>(
        _ arguments: [String], environment: [String: String] = [:], file: String, limits: Limits = Limits(),
        body: (ByteSource) throws -> T
    ) throws -> T {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        let complaints = Pipe()
        process.standardOutput = output
        process.standardError = complaints
        do { try process.run() } catch {
            throw failed(file, "\(error.localizedDescription)")
        }
        try? output.fileHandleForWriting.close()
        try? complaints.fileHandleForWriting.close()
        let words = Complaints(complaints.fileHandleForReading)
        let guardian = Guardian(process.processIdentifier, seconds: limits.seconds)
        let source = ByteSource(
            descriptor: output.fileHandleForReading.fileDescriptor, name: file, limit: limits.outputBytes)
        let result = Result { try body(source) }
        if case .failure = result {
            // What it has to say for itself, if it ends by itself, tells more than what we made of its output.
            try? output.fileHandleForReading.close()
            for _ in 0..<50 where process.isRunning { usleep(10_000) }
            guardian.stop()
        }
        process.waitUntilExit()
        let hasTimedOut = guardian.finish()
        let text = words.text()
        if hasTimedOut {
            throw GeoGridError(
                .toolTimedOut,
                Text(
                    zh: "\(tool) 读“\(file)”超过 \(Int(limits.seconds)) 秒，已停止",
                    en: "\(tool) took more than \(Int(limits.seconds)) s over “\(file)” and was stopped"),
                remedy: Text(zh: "请裁剪或拆分文件后再试", en: "Clip or split the file and try again"))
        }
        if case .failure(let error as GeoGridError) = result, error.code == .beyondLimit { throw error }
        if process.terminationReason == .exit, process.terminationStatus != 0 { throw failed(file, text) }
        return try result.get()
    }

    private func failed(_ file: String, _ words: String) -> GeoGridError {
        GeoGridError(
            .toolFailed,
            Text(zh: "\(tool) 读不了“\(file)”：\(words)", en: "\(tool) could not read “\(file)”: \(words)"),
            remedy: Text(zh: "请检查文件是否完整、格式是否与扩展名相符", en: "Check that the file is whole and is what its name says"))
    }

    /// Stops a program that overruns its time.
    private final class Guardian: Sendable {
        private enum State { case running, timedOut, finished }
        private let state = Mutex(State.running)
        private let pid: pid_t

        init(_ pid: pid_t, seconds: Double) {
            self.pid = pid
            DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [self] in
                state.withLock { state in
                    guard state == .running else { return }
                    state = .timedOut
                    kill(pid, SIGKILL)
                }
            }
        }

        func stop() {
            state.withLock { state in if state == .running { kill(pid, SIGKILL) } }
        }

        /// Whether the time ran out.
        func finish() -> Bool {
            state.withLock { state in
                defer { state = .finished }
                return state == .timedOut
            }
        }
    }

    /// Drains the error stream, keeping its beginning.
    private final class Complaints: Sendable {
        private let kept = Mutex<[UInt8]>([])
        private let done = DispatchSemaphore(value: 0)

        init(_ handle: FileHandle) {
            DispatchQueue.global().async { [self] in
                while let piece = try? handle.read(upToCount: 4096), !piece.isEmpty {
                    kept.withLock { if $0.count < 4096 { $0.append(contentsOf: piece) } }
                }
                try? handle.close()
                done.signal()
            }
        }

        /// The first line that says something, in words of the program.
        func text() -> String {
            _ = done.wait(timeout: .now() + 2)
            let all = kept.withLock { String(decoding: $0, as: UTF8.self) }
            let lines = all.split(whereSeparator: \.isNewline).map(String.init)
            let telling = lines.first { $0.hasPrefix("ERROR") || $0.lowercased().contains("error") } ?? lines.first
            return String((telling ?? "?").prefix(300))
        }
    }
}
