import GeoGrid

/// Tells a search when to end early: a time limit, or the user.
struct SearchWatch: Sendable {
    let deadline: ContinuousClock.Instant?
    let progress: Progress

    /// The time limit counts from the making of the watch.
    init(seconds: Double?, progress: Progress) {
        deadline = seconds.map { ContinuousClock.now + .seconds($0) }
        self.progress = progress
    }

    static let unlimited = SearchWatch(seconds: nil, progress: .silent)

    var isOver: Bool { progress.isInterrupted || (deadline.map { ContinuousClock.now >= $0 } ?? false) }
}
