import GeoGrid
import Synchronization

/// Tells a search when to end early, a time limit or the user, and tells the user how far it is.
struct SearchWatch: Sendable {
    private let deadline: ContinuousClock.Instant?
    private let progress: Progress
    private let effort: Int
    private let spent = Spent()

    private final class Spent: Sendable {
        let moves = Mutex(0)
    }

    static let unlimited = SearchWatch(until: nil, progress: .silent, effort: 0)

    /// `effort` is what all searches together are to spend.
    init(until deadline: ContinuousClock.Instant?, progress: Progress, effort: Int) {
        self.deadline = deadline
        self.progress = progress
        self.effort = max(1, effort)
    }

    var isOver: Bool { progress.isInterrupted || (deadline.map { ContinuousClock.now >= $0 } ?? false) }

    /// Counts moves made; each hundredth of the effort is told once.
    func count(_ moves: Int) {
        let (before, after) = spent.moves.withLock { spent in
            defer { spent += moves }
            return (spent * 100 / effort, (spent + moves) * 100 / effort)
        }
        if after > before { progress(Text(zh: "划格", en: "drawing grids"), min(after, 100), of: 100) }
    }
}
