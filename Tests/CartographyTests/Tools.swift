import Foundation

/// Runs a program that looks into finished files, and gives what it printed.
func output(of program: String, _ arguments: String...) throws -> String {
    String(decoding: try run(program, arguments), as: UTF8.self)
}

/// What a program wrote, as it is.
func output(bytesOf program: String, _ arguments: String...) throws -> [UInt8] {
    Array(try run(program, arguments))
}

private func run(_ program: String, _ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
}

/// A file of its own for one test, taken away at the end.
func withTemporaryFile<Result>(_ suffix: String, _ body: (String) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + suffix).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
}
