import ArgumentParser
import GeoGrid

/// 退出码: how a command ended, for scripts.
enum ExitStatus: Int32 {
    case success = 0
    /// Findings of error level, or not everything could be done.
    case findings = 1
    case usage = 2
    /// Input or request that cannot be used.
    case badInput = 3
    /// The town file cannot be opened, read or written.
    case store = 4
    case interrupted = 5

    var code: ExitCode { ExitCode(rawValue) }

    /// What an error of the modules ends with: codes 500 to 549 the store, everything else the input.
    init(for error: GeoGridError) {
        self = (500..<550).contains(Int(error.code.description.dropFirst(2)) ?? 0) ? .store : .badInput
    }
}
