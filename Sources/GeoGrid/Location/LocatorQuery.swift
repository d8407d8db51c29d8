/// The arrays of a locator, opened for a run of queries.
struct LocatorQuery {
    let frame: LocatorFrame
    let cells: UnsafeBufferPointer<Int32>
    let entries: UnsafeBufferPointer<LocatorEntry>
    let edges: UnsafeBufferPointer<LocatorEdge>

    /// What the point's cell says: a unit, `nothing`, or that it is mixed.
    @inline(__always)
    func value(_ x: Double, _ y: Double) -> Int32 {
        guard let cell = frame.cell(x, y) else { return PointLocator.nothing }
        return cells[cell]
    }

    /// The first unit of a mixed cell that holds the point, else `nothing`.
    @inline(__always)
    func first(_ mixed: Int32, _ x: Double, _ y: Double) -> Int32 {
        var i = PointLocator.entry(mixed)
        while true {
            let entry = entries[i]
            if inside(entry, x, y) { return entry.unit }
            if entry.isSplit { return entries[i + 1].unit }
            if entry.isLast { return PointLocator.nothing }
            i &+= 1
        }
    }

    /// Calls `body` with the entries of a cell, of which only mixed ones have any.
    @inline(__always)
    func forEachEntry(_ value: Int32, _ body: (LocatorEntry) -> Void) {
        guard value < PointLocator.nothing else { return }
        var i = PointLocator.entry(value)
        while true {
            body(entries[i])
            if entries[i].isLast { return }
            i &+= 1
        }
    }

    /// As `holds`, in plain arithmetic without branches where that is beyond doubt.
    ///
    /// The sign of the determinant is certain beyond (3 + 16ε)ε times the sum of its terms: Shewchuk, "Adaptive
    /// precision floating-point arithmetic" (1997).
    @inline(__always)
    private func inside(_ entry: LocatorEntry, _ x: Double, _ y: Double) -> Bool {
        var inside = entry.isInside
        var isCertain = true
        for i in Int(entry.first)..<Int(entry.first &+ entry.count) {
            let e = edges[i]
            let left = (e.ax - x) * (e.by - y)
            let right = (e.ay - y) * (e.bx - x)
            let side = left - right
            isCertain = isCertain && abs(side) > 0x1p-50 * (abs(left) + abs(right)) + 0x1p-960
            let isPassed = (e.ay > y) != (e.by > y)
            inside = inside != (isPassed && (side < 0) == (e.by > e.ay))
        }
        return isCertain ? inside : holds(entry, x, y)
    }

    /// Whether a unit holds the point, border included, exactly.
    func holds(_ entry: LocatorEntry, _ x: Double, _ y: Double) -> Bool {
        var inside = entry.isInside
        for i in Int(entry.first)..<Int(entry.first &+ entry.count) {
            let e = edges[i]
            switch RayCrossing.of(e.ax, e.ay, e.bx, e.by, x, y) {
            case .none: continue
            case .left: inside.toggle()
            case .onEdge: return true
            }
        }
        return inside
    }
}
