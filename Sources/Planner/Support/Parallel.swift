import Dispatch

/// Maps 0..<count on all cores; the results stand in order, whatever order they were made in.
func parallelMap<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T) -> [T] {
    guard count > 1 else { return (0..<count).map(body) }
    return [T](unsafeUninitializedCapacity: count) { buffer, initialized in
        // Safe: each iteration writes its own slot, and all have ended before the buffer is read.
        nonisolated(unsafe) let slots = buffer
        DispatchQueue.concurrentPerform(iterations: count) { i in
            (slots.baseAddress! + i).initialize(to: body(i))
        }
        initialized = count
    }
}
