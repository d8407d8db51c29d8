import Foundation
import GeoGrid
import Synchronization

private let interruptAsked = Atomic<Bool>(false)

/// 中断: Ctrl-C sets a flag that long work asks for; a second Ctrl-C ends the process at once.
///
/// Nothing half-done survives either: files are renamed into place and the town file rolls its transaction back.
enum Interrupt {
    static var isAsked: Bool { interruptAsked.load(ordering: .relaxed) }

    /// From here on SIGINT and SIGTERM are requests. Commands that do no long work keep the default.
    static func catchSignals() {
        _ = isAsked
        // A parent that starts programs from a worker thread hands its signal mask down, Ctrl-C blocked.
        var wanted = sigset_t()
        sigemptyset(&wanted)
        sigaddset(&wanted, SIGINT)
        sigaddset(&wanted, SIGTERM)
        pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
        for number in [SIGINT, SIGTERM] {
            signal(number) { _ in
                if interruptAsked.exchange(true, ordering: .relaxed) { _exit(ExitStatus.interrupted.rawValue) }
            }
        }
    }
}

extension Console {
    /// Progress for long work: one line on a terminal, nothing into a pipe, in `--quiet` or in JSON. Catches Ctrl-C.
    func progress() -> GeoGrid.Progress {
        Interrupt.catchSignals()
        guard !quiet, format == .text, isatty(STDERR_FILENO) == 1 else {
            return GeoGrid.Progress(report: { _, _, _ in }, isInterrupted: { Interrupt.isAsked })
        }
        let line = ProgressLine(language: language)
        return GeoGrid.Progress(
            report: { line.show($0, done: $1, total: $2) }, isInterrupted: { Interrupt.isAsked })
    }
}

/// The progress line of a terminal, redrawn ten times a second at most and wiped when its stage is done.
private final class ProgressLine: Sendable {
    private struct State {
        var drawn: ContinuousClock.Instant?
    }

    private let language: Language
    private let state = Mutex(State())

    init(language: Language) {
        self.language = language
    }

    deinit {
        state.withLock { if $0.drawn != nil { Console.putError("\r\u{1B}[K") } }
    }

    func show(_ stage: Text, done: Int, total: Int) {
        state.withLock { state in
            let now = ContinuousClock.now
            let finished = total > 0 && done >= total
            if let drawn = state.drawn, !finished, drawn.duration(to: now) < .milliseconds(100) { return }
            let amount = total > 0 ? " \(done * 100 / total) %" : done > 0 ? " \(done)" : ""
            Console.putError("\r\u{1B}[K" + (finished ? "" : stage[language] + amount))
            state.drawn = finished ? nil : now
        }
    }
}
