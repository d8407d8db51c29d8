/// Builds a `PointLocator`.
///
/// For every cell and every unit with edges in it, the builder stores those edges and one bit, so that counting the
/// stored edges left of a point tells inside from outside:
/// - Corner rule. The lower left corner of every cell is classified exactly, by the edges that cross the lower line
///   of its row, sorted along the line.
/// - Edges elsewhere. An edge that does not come near the cell either passes its row wholly, and counts the same for
///   every point of the cell, or belongs to a chain that comes back; only where a chain leaves the cell's list at a
///   vertex to the left of the cell does the count change, at the height of that vertex. A mark is stored there: an
///   edge far left from that height upwards.
struct LocatorBuilder {
    private let frame: LocatorFrame
    private var edges: [LocatorEdge] = []
    private var unitOfEdge: [Int32] = []
    private var previous: [Int32] = []
    private var next: [Int32] = []

    init(_ areas: Geometries, expecting points: Int) {
        var box = Box.empty
        for feature in 0..<areas.count where areas.isArea(feature) {
            for part in areas.parts(ofFeature: feature) {
                for ring in areas.paths(ofPart: part) {
                    let first = edges.count
                    for i in areas.coordinates(ofPath: ring).dropLast() {
                        let a = areas[coordinate: i]
                        let b = areas[coordinate: i + 1]
                        guard a != b, a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite else { continue }
                        edges.append(LocatorEdge(ax: a.x, ay: a.y, bx: b.x, by: b.y))
                        unitOfEdge.append(Int32(feature))
                        previous.append(Int32(edges.count - 2))
                        next.append(Int32(edges.count))
                        box.extend(x: a.x, y: a.y)
                        box.extend(x: b.x, y: b.y)
                    }
                    if first < edges.count {
                        previous[first] = Int32(edges.count - 1)
                        next[edges.count - 1] = Int32(first)
                    }
                }
            }
        }
        let wanted = min(16 * edges.count, 1 << 22 + 2 * edges.count, max(points, edges.count))
        frame = LocatorFrame(box, cellCount: max(64, wanted))
    }

    func finished() -> PointLocator {
        let (offsets, listed) = edgesByCell()
        var groups = unitsByCell(offsets, listed)
        let covers = classifyCorners(&groups)
        return assemble(groups, covers, listed)
    }

    // MARK: - Edges by cell

    private func edgesByCell() -> (offsets: [Int32], listed: [Int32]) {
        var offsets = [Int32](repeating: 0, count: frame.columns * frame.rows + 1)
        for edge in edges { walk(edge) { offsets[$0 + 1] += 1 } }
        for cell in 0..<offsets.count - 1 { offsets[cell + 1] += offsets[cell] }
        var listed = [Int32](repeating: 0, count: Int(offsets[offsets.count - 1]))
        var position = offsets
        for (i, edge) in edges.enumerated() {
            walk(edge) { cell in
                listed[Int(position[cell])] = Int32(i)
                position[cell] += 1
            }
        }
        return (offsets, listed)
    }

    /// Calls `body` for every cell that the edge comes within the slack of.
    @inline(__always)
    private func walk(_ e: LocatorEdge, _ body: (Int) -> Void) {
        let s = frame.slack
        let low = frame.row(min(e.ay, e.by) - s)
        let high = frame.row(max(e.ay, e.by) + s)
        let from = frame.column(min(e.ax, e.bx) - s)
        let to = frame.column(max(e.ax, e.bx) + s)
        if low == high || from == to || e.ay == e.by {
            for r in low...high { for c in from...to { body(r * frame.columns + c) } }
            return
        }
        let slope = (e.bx - e.ax) / (e.by - e.ay)
        let bottom = min(e.ay, e.by)
        let top = max(e.ay, e.by)
        for r in low...high {
            let y0 = min(max(frame.lineY(r) - 2 * s, bottom), top)
            let y1 = min(max(frame.lineY(r + 1) + 2 * s, bottom), top)
            let xa = e.ax + (y0 - e.ay) * slope
            let xb = e.ax + (y1 - e.ay) * slope
            let c0 = max(from, frame.column(min(xa, xb) - 2 * s))
            let c1 = min(to, frame.column(max(xa, xb) + 2 * s))
            guard c0 <= c1 else { continue }
            for c in c0...c1 { body(r * frame.columns + c) }
        }
    }

    // MARK: - Units by cell

    private struct Group {
        var unit: Int32
        var first: Int32
        var end: Int32
        var cornerInside = false
    }

    private struct Groups {
        /// Groups of cell `c`: `items[offsets[c]..<offsets[c + 1]]`, units ascending.
        var offsets: [Int32] = [0]
        var items: [Group] = []
    }

    private func unitsByCell(_ offsets: [Int32], _ listed: [Int32]) -> Groups {
        var groups = Groups()
        groups.offsets.reserveCapacity(offsets.count)
        for cell in 0..<offsets.count - 1 {
            var k = Int(offsets[cell])
            let end = Int(offsets[cell + 1])
            while k < end {
                let unit = unitOfEdge[Int(listed[k])]
                var after = k + 1
                while after < end, unitOfEdge[Int(listed[after])] == unit { after += 1 }
                groups.items.append(Group(unit: unit, first: Int32(k), end: Int32(after)))
                k = after
            }
            groups.offsets.append(Int32(groups.items.count))
        }
        return groups
    }

    // MARK: - Corners

    /// Marks the groups whose cell has its lower left corner inside the unit, and returns the units that cover a cell
    /// without an edge in it, in order of rows.
    private func classifyCorners(_ groups: inout Groups) -> [(cell: Int32, unit: Int32)] {
        let crossings = crossingsByRow()
        var covers: [(cell: Int32, unit: Int32)] = []
        var columns: [Int32] = []
        for row in 0..<frame.rows {
            var k = Int(crossings.offsets[row])
            let end = Int(crossings.offsets[row + 1])
            while k < end {
                let unit = crossings.items[k].unit
                columns.removeAll(keepingCapacity: true)
                while k < end, crossings.items[k].unit == unit {
                    columns.append(crossings.items[k].column)
                    k += 1
                }
                columns.sort()
                for pair in stride(from: 0, to: columns.count - 1, by: 2) {
                    for column in columns[pair]..<columns[pair + 1] {
                        let cell = row * frame.columns + Int(column)
                        let run = Int(groups.offsets[cell])..<Int(groups.offsets[cell + 1])
                        if let group = run.first(where: { groups.items[$0].unit == unit }) {
                            groups.items[group].cornerInside = true
                        } else {
                            covers.append((Int32(cell), unit))
                        }
                    }
                }
            }
        }
        return covers
    }

    private struct Crossing {
        var unit: Int32
        /// The first column whose corner has the crossing to its left.
        var column: Int32
    }

    private func crossingsByRow() -> (offsets: [Int32], items: [Crossing]) {
        var offsets = [Int32](repeating: 0, count: frame.rows + 1)
        for edge in edges { forEachLine(edge) { offsets[$0 + 1] += 1 } }
        for row in 0..<frame.rows { offsets[row + 1] += offsets[row] }
        var items = [Crossing](repeating: Crossing(unit: 0, column: 0), count: Int(offsets[frame.rows]))
        var position = offsets
        for (i, edge) in edges.enumerated() {
            forEachLine(edge) { row in
                items[Int(position[row])] = Crossing(unit: unitOfEdge[i], column: column(edge, row))
                position[row] += 1
            }
        }
        return (offsets, items)
    }

    /// Calls `body` for every row whose lower line the edge crosses, by the half-open rule.
    @inline(__always)
    private func forEachLine(_ e: LocatorEdge, _ body: (Int) -> Void) {
        let low = frame.row(min(e.ay, e.by) - frame.slack)
        let high = frame.row(max(e.ay, e.by) + frame.slack)
        for row in low...high {
            let y = frame.lineY(row)
            if (e.ay > y) != (e.by > y) { body(row) }
        }
    }

    private func column(_ e: LocatorEdge, _ row: Int) -> Int32 {
        let y = frame.lineY(row)
        var column = frame.column(e.ax + (y - e.ay) / (e.by - e.ay) * (e.bx - e.ax))
        while column > 0, isLeft(e, frame.lineX(column - 1), y) { column -= 1 }
        while column < frame.columns, !isLeft(e, frame.lineX(column), y) { column += 1 }
        return Int32(column)
    }

    @inline(__always)
    private func isLeft(_ e: LocatorEdge, _ x: Double, _ y: Double) -> Bool {
        RayCrossing.of(e.ax, e.ay, e.bx, e.by, x, y) == .left
    }

    // MARK: - Assembly

    private func assemble(
        _ groups: Groups, _ covers: [(cell: Int32, unit: Int32)], _ listed: [Int32]
    ) -> PointLocator {
        let cellCount = frame.columns * frame.rows
        var cells = [Int32](repeating: PointLocator.nothing, count: cellCount)
        // Cells covered by one unit and touched by no edge answer at once; the other covers join the mixed cells.
        var shared: [(cell: Int32, unit: Int32)] = []
        for cover in covers {
            let cell = Int(cover.cell)
            if groups.offsets[cell] == groups.offsets[cell + 1], cells[cell] == PointLocator.nothing {
                cells[cell] = cover.unit
            } else {
                shared.append(cover)
            }
        }
        for (cell, _) in shared where cells[Int(cell)] >= 0 {
            shared.append((cell, cells[Int(cell)]))
            cells[Int(cell)] = PointLocator.nothing
        }
        shared.sort { ($0.cell, $0.unit) < ($1.cell, $1.unit) }

        var entries: [LocatorEntry] = []
        var stored: [LocatorEdge] = []
        entries.reserveCapacity(groups.items.count + shared.count)
        stored.reserveCapacity(listed.count + listed.count / 4)
        var stamp = [Int32](repeating: -1, count: edges.count)
        var nextShared = 0
        for cell in 0..<cellCount {
            let run = Int(groups.offsets[cell])..<Int(groups.offsets[cell + 1])
            let first = entries.count
            for g in run {
                for k in Int(groups.items[g].first)..<Int(groups.items[g].end) { stamp[Int(listed[k])] = Int32(g) }
                entries.append(entry(groups.items[g], Int32(g), cell, listed, stamp, &stored))
            }
            while nextShared < shared.count, shared[nextShared].cell == cell {
                entries.append(
                    LocatorEntry(unit: shared[nextShared].unit, first: Int32(stored.count), count: 0, isInside: true))
                nextShared += 1
            }
            guard entries.count > first else { continue }
            entries[first...].sort { $0.unit < $1.unit }
            entries[entries.count - 1].isLast = true
            entries[first].isSplit = entries.count == first + 2 && isSplit(entries[first], entries[first + 1], stored)
            cells[cell] = PointLocator.mixed(first)
        }
        return PointLocator(frame: frame, cells: cells, entries: entries, edges: stored)
    }

    /// Whether two entries have the same edges, in whatever direction, and the inside on different sides of them.
    private func isSplit(_ a: LocatorEntry, _ b: LocatorEntry, _ edges: [LocatorEdge]) -> Bool {
        guard a.count == b.count, a.count <= 16, a.isInside != b.isInside else { return false }
        func isSame(_ e: LocatorEdge, _ f: LocatorEdge) -> Bool {
            (e.ax == f.bx && e.ay == f.by && e.bx == f.ax && e.by == f.ay)
                || (e.ax == f.ax && e.ay == f.ay && e.bx == f.bx && e.by == f.by)
        }
        func times(_ e: LocatorEdge, in entry: LocatorEntry) -> Int {
            edges[Int(entry.first)..<Int(entry.first + entry.count)].count { isSame(e, $0) }
        }
        return edges[Int(a.first)..<Int(a.first + a.count)].allSatisfy { times($0, in: a) == times($0, in: b) }
    }

    private func entry(
        _ group: Group, _ number: Int32, _ cell: Int, _ listed: [Int32], _ stamp: [Int32], _ stored: inout [LocatorEdge]
    ) -> LocatorEntry {
        let row = cell / frame.columns
        let cornerX = frame.lineX(cell % frame.columns)
        let cornerY = frame.lineY(row)
        let topY = frame.lineY(row + 1)
        let first = stored.count
        var inside = group.cornerInside
        /// A chain leaves the list at this vertex.
        func mark(_ x: Double, _ y: Double) {
            guard x < cornerX, y >= cornerY - 2 * frame.slack, y <= topY + 2 * frame.slack else { return }
            stored.append(LocatorEdge(ax: frame.markX, ay: y, bx: frame.markX, by: frame.topY))
            if y <= cornerY { inside.toggle() }
        }
        for k in Int(group.first)..<Int(group.end) {
            let index = Int(listed[k])
            let e = edges[index]
            stored.append(e)
            if isLeft(e, cornerX, cornerY) { inside.toggle() }
            if stamp[Int(previous[index])] != number { mark(e.ax, e.ay) }
            if stamp[Int(next[index])] != number { mark(e.bx, e.by) }
        }
        return LocatorEntry(
            unit: group.unit, first: Int32(first), count: Int32(stored.count - first), isInside: inside)
    }
}
