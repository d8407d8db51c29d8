import Dispatch
import Foundation
import Synchronization

/// 并行有序: makes things on all cores and takes them in order, a few ahead of the taking.
enum OrderedWork {
    /// Runs `work` for 0..<count, each worker with a context of its own, and `take` here, in order. The first error in
    /// that order is thrown. At most two results a worker wait to be taken.
    static func run<Context, Made: Sendable>(
        _ count: Int, context: @escaping @Sendable () throws -> Context,
        work: @escaping @Sendable (Int, Context) throws -> Made, take: (Int, Made) throws -> Void
    ) throws {
        let workers = min(count, ProcessInfo.processInfo.activeProcessorCount)
        guard workers > 1 else {
            guard count > 0 else { return }
            let context = try context()
            for i in 0..<count { try take(i, work(i, context)) }
            return
        }
        let queue = Queue<Made>(count, ahead: 2 * workers)
        let group = DispatchGroup()
        for _ in 0..<workers {
            DispatchQueue.global(qos: .userInitiated).async(group: group) {
                let context = Result { try context() }
                while let i = queue.pull() { queue.put(i, Result { try work(i, context.get()) }) }
            }
        }
        defer {
            queue.stop(workers)
            group.wait()
        }
        for i in 0..<count { try take(i, queue.take(i)) }
    }

    static func map<Made: Sendable>(_ count: Int, _ work: @escaping @Sendable (Int) throws -> Made) throws -> [Made] {
        var all: [Made] = []
        try run(count, context: {}, work: { i, _ in try work(i) }) { _, made in all.append(made) }
        return all
    }

    /// Numbers to work on, and results by number.
    private final class Queue<Made: Sendable>: Sendable {
        private struct State {
            var next = 0
            var made: [Int: Result<Made, any Error>] = [:]
        }

        private let state = Mutex(State())
        private let room: DispatchSemaphore
        private let ready: [DispatchSemaphore]

        init(_ count: Int, ahead: Int) {
            room = DispatchSemaphore(value: ahead)
            ready = (0..<count).map { _ in DispatchSemaphore(value: 0) }
        }

        /// The next number, once there is room for its result; nil when all are given out.
        func pull() -> Int? {
            room.wait()
            return state.withLock { state in
                guard state.next < ready.count else { return nil }
                defer { state.next += 1 }
                return state.next
            }
        }

        func put(_ i: Int, _ result: Result<Made, any Error>) {
            state.withLock { $0.made[i] = result }
            ready[i].signal()
        }

        func take(_ i: Int) throws -> Made {
            ready[i].wait()
            defer { room.signal() }
            return try state.withLock { $0.made.removeValue(forKey: i)! }.get()
        }

        /// Gives out no more numbers and lets every worker see it.
        func stop(_ workers: Int) {
            state.withLock { $0.next = ready.count }
            for _ in 0..<workers { room.signal() }
        }
    }
}
