/// 进度: how long work tells where it stands, and asks whether to go on.
///
/// A terminal shows it, a pipe gets none of it, and Ctrl-C makes `isInterrupted` answer true.
public struct Progress: Sendable {
    private let report: @Sendable (Text, Int, Int) -> Void
    private let interrupted: @Sendable () -> Bool

    public init(
        report: @escaping @Sendable (_ stage: Text, _ done: Int, _ total: Int) -> Void,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        self.report = report
        self.interrupted = isInterrupted
    }

    public static let silent = Progress(report: { _, _, _ in })

    /// Reports `done` of `total` steps of a stage; `total` is 0 where it is not known.
    public func callAsFunction(_ stage: Text, _ done: Int, of total: Int) { report(stage, done, total) }

    public var isInterrupted: Bool { interrupted() }

    /// Throws `CancellationError` once the user has asked to stop.
    public func checkInterruption() throws {
        if interrupted() { throw CancellationError() }
    }
}
