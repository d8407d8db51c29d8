/// 边侧单元: the units to both sides of the edges of a face graph, in flat lists.
struct FaceSides {
    /// Units left of half-edge `h`: `units[offsets[h]..<offsets[h + 1]]`.
    private var offsets: [Int32] = [0]
    private var units: [Int32] = []

    /// Edge `e` of the graph was made from the pieces `runs[e]` of the noding.
    init(_ table: EdgeTable, _ noding: Noding, _ runs: [Range<Int>]) {
        offsets.reserveCapacity(2 * runs.count + 1)
        units.reserveCapacity(2 * runs.count)
        for run in runs {
            for side in [true, false] {
                for piece in noding.pieces[run] {
                    table.forEachUnit(besideEdge: Int(piece.edge)) { unit, isLeft in
                        if (isLeft != piece.isReversed) == side { units.append(Int32(unit)) }
                    }
                }
                offsets.append(Int32(units.count))
            }
        }
    }

    /// Calls `body` for every unit whose inside is left of a half-edge.
    @inline(__always)
    func forEachUnit(leftOf half: Int, _ body: (Int) -> Void) {
        for i in Int(offsets[half])..<Int(offsets[half + 1]) { body(Int(units[i])) }
    }

    /// The units left of any of some half-edges, ascending.
    func units(leftOf halves: [Int]) -> [Int] {
        var found: [Int] = []
        for half in halves { forEachUnit(leftOf: half) { if !found.contains($0) { found.append($0) } } }
        return found.sorted()
    }
}
