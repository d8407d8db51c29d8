public import Foundation

/// The built `geogrid`, run as a user runs it.
public struct Program {
    public struct Run {
        public var status: Int32
        public var output: String
        public var errors: String

        /// Command, exit code and both streams, as a golden file keeps them.
        public func transcript(of arguments: [String]) -> String {
            var text = "$ geogrid \(arguments.joined(separator: " "))\n\(output)"
            if !errors.isEmpty { text += "--- stderr\n\(errors)" }
            return text + "--- exit \(status)\n"
        }
    }

    /// The executable beside the test bundle that is running.
    public static var executable: URL {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        let folder = (bundle ?? URL(fileURLWithPath: CommandLine.arguments[0])).deletingLastPathComponent()
        return folder.appending(path: "geogrid")
    }

    /// Runs with `arguments` in `folder`, in the C locale and the zone UTC unless `environment` says otherwise.
    public static func run(
        _ arguments: [String], in folder: URL, input: Data? = nil, environment: [String: String] = [:]
    ) throws -> Run {
        try run(executable, arguments, in: folder, input: input, environment: environment)
    }

    /// Runs another program, such as `ogrinfo`, likewise.
    public static func run(
        _ program: URL, _ arguments: [String], in folder: URL, input: Data? = nil, environment: [String: String] = [:]
    ) throws -> Run {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/local/bin:/usr/bin:/bin"]
            .merging(environment) { $1 }
        let scratch = try Scratch()
        defer { scratch.remove() }
        func file(_ name: String) throws -> FileHandle {
            let url = scratch.url(name)
            try Data().write(to: url)
            return try FileHandle(forWritingTo: url)
        }
        process.standardOutput = try file("out")
        process.standardError = try file("err")
        if let input {
            try input.write(to: scratch.url("in"))
            process.standardInput = try FileHandle(forReadingFrom: scratch.url("in"))
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: try Data(contentsOf: scratch.url("out")), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: scratch.url("err")), as: UTF8.self))
    }
}

/// A folder of its own for one test.
public struct Scratch {
    public let folder: URL

    public init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "geogrid-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    public func url(_ name: String) -> URL { folder.appending(path: name) }

    /// Writes a small file and returns its path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url(name))
        return url(name).path
    }

    public func remove() {
        try? FileManager.default.removeItem(at: folder)
    }
}
