import GeoGrid
import Planner

/// 引线寻路: the way with the fewest bends from a point of the map to the paper around it, past all that is taken.
///
/// Cells of a square lattice and eight directions; a way costs its length and something for each eighth of a turn.
/// Lengths from the paper inwards, found once, bound from below what is left of a way, so that the search looks at
/// little more than the way itself.
/// Sources: Hart, Nilsson, Raphael, "A formal basis for the heuristic determination of minimum cost paths", IEEE
/// Transactions on Systems Science and Cybernetics 4 (1968); Bekos, Kaufmann, Symvonis, Wolff, "Boundary labeling",
/// Computational Geometry 36 (2007).
struct LeaderRouter {
    private let cell: Double
    private let origin: PlanarPoint
    private let columns, rows: Int
    private var isTaken: [Bool]
    /// Length of the shortest way to the paper, in hundredths of a cell; `.max` where there is none.
    private var bounds: [Int32]

    private static let steps: [(dx: Int, dy: Int)] = [
        (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1),
    ]
    /// Hundredths of a cell for an eighth of a turn.
    private static let turn: Int32 = 1000
    /// Room between a line and what it passes, millimetres.
    private static let clearance = 0.25

    /// - Parameter paper: whether a point is on the paper where labels may stand. O(cells · log).
    init(frame: Box, cell: Double, taken: PlacedBoxes, paper: (PlanarPoint) -> Bool) {
        self.cell = cell
        origin = PlanarPoint(x: frame.minX, y: frame.minY)
        columns = max(1, Int(frame.width / cell))
        rows = max(1, Int(frame.height / cell))
        isTaken = Array(repeating: false, count: columns * rows)
        bounds = Array(repeating: .max, count: columns * rows)
        for box in taken.boxes { block(box) }
        measure(paper)
    }

    private mutating func measure(_ paper: (PlanarPoint) -> Bool) {
        var heap = PackedHeap()
        for i in bounds.indices where !isTaken[i] && paper(middle(i)) {
            bounds[i] = 0
            heap.push(key: 0, item: Int32(i))
        }
        while let (key, item) = heap.pop() {
            guard key == bounds[Int(item)] else { continue }
            for direction in 0..<8 {
                guard let next = neighbour(Int(item), direction), !isTaken[next] else { continue }
                let cost = key + Self.length(direction)
                guard cost < bounds[next] else { continue }
                bounds[next] = cost
                heap.push(key: cost, item: Int32(next))
            }
        }
    }

    private static func length(_ direction: Int) -> Int32 { direction % 2 == 0 ? 100 : 141 }

    private func middle(_ i: Int) -> PlanarPoint {
        PlanarPoint(
            x: origin.x + (Double(i % columns) + 0.5) * cell, y: origin.y + (Double(i / columns) + 0.5) * cell)
    }

    private func neighbour(_ i: Int, _ direction: Int) -> Int? {
        let (column, row) = (i % columns + Self.steps[direction].dx, i / columns + Self.steps[direction].dy)
        guard column >= 0, column < columns, row >= 0, row < rows else { return nil }
        return row * columns + column
    }

    /// The cells whose middles lie in a box.
    private func cells(in box: Box) -> [Int] {
        let left = max(0, Int(((box.minX - origin.x) / cell - 0.5).rounded(.up)))
        let right = min(columns - 1, Int(((box.maxX - origin.x) / cell - 0.5).rounded(.down)))
        let top = max(0, Int(((box.minY - origin.y) / cell - 0.5).rounded(.up)))
        let bottom = min(rows - 1, Int(((box.maxY - origin.y) / cell - 0.5).rounded(.down)))
        guard left <= right, top <= bottom else { return [] }
        return (top...bottom).flatMap { row in (left...right).map { row * columns + $0 } }
    }

    /// Keeps later lines off a box.
    mutating func block(_ box: Box) {
        for i in cells(in: box.expanded(by: Self.clearance)) { isTaken[i] = true }
    }

    /// How far it is from a point to the paper at least, millimetres; nil where nothing leads there.
    func distance(from point: PlanarPoint) -> Double? {
        cells(in: Box(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y).expanded(by: 2 * cell))
            .map { bounds[$0] }.filter { $0 < .max }.min().map { Double($0) / 100 * cell }
    }

    /// The way from a point, its bends, and its end: the first place reached where `accept` finds room.
    ///
    /// - Parameter accept: given an end and the direction in which the way comes there.
    func route<Found>(
        from start: PlanarPoint, accept: (PlanarPoint, (dx: Int, dy: Int)) -> Found?
    ) -> (points: [PlanarPoint], found: Found)? {
        var heap = PackedHeap()
        var costs: [Int32: Int32] = [:]
        var before: [Int32: Int32] = [:]
        func reach(_ state: Int32, _ cost: Int32, from previous: Int32?) {
            guard cost < costs[state] ?? .max else { return }
            costs[state] = cost
            before[state] = previous
            heap.push(key: cost + bounds[Int(state / 8)], item: state)
        }
        let around = Box(minX: start.x, minY: start.y, maxX: start.x, maxY: start.y).expanded(by: 1.5 * cell)
        for i in cells(in: around) where !isTaken[i] && bounds[i] < .max {
            let away = Int32(middle(i).distance(to: start) / cell * 100)
            for direction in 0..<8 { reach(Int32(8 * i + direction), away, from: nil) }
        }
        var looked = 0
        while let (key, state) = heap.pop() {
            let (i, direction) = (Int(state / 8), Int(state % 8))
            guard let cost = costs[state], key == cost + bounds[i] else { continue }
            if bounds[i] == 0 {
                if let found = accept(middle(i), Self.steps[direction]) {
                    return (Self.straightened([start] + way(to: state, before)), found)
                }
                // Paper without end in which no label fits.
                looked += 1
                if looked > 40_000 { return nil }
            }
            for bend in [0, 1, -1, 2, -2] {
                let turned = (direction + bend + 8) % 8
                guard let next = neighbour(i, turned), !isTaken[next], bounds[next] < .max else { continue }
                reach(
                    Int32(8 * next + turned), cost + Self.length(turned) + Int32(bend.magnitude) * Self.turn,
                    from: state)
            }
        }
        return nil
    }

    private func way(to state: Int32, _ before: [Int32: Int32]) -> [PlanarPoint] {
        var states = [state]
        while let previous = before[states[states.count - 1]] { states.append(previous) }
        return states.reversed().map { middle(Int($0 / 8)) }
    }

    /// The points at which a way changes its direction, and its ends.
    private static func straightened(_ points: [PlanarPoint]) -> [PlanarPoint] {
        var kept: [PlanarPoint] = []
        for p in points {
            if kept.count > 1 {
                let (a, b) = (kept[kept.count - 2], kept[kept.count - 1])
                let cross = (b.x - a.x) * (p.y - b.y) - (b.y - a.y) * (p.x - b.x)
                if abs(cross) < 1e-6 { kept.removeLast() }
            }
            kept.append(p)
        }
        // The jog from the point to the middle of its cell is no bend.
        if kept.count > 2, kept[0].distance(to: kept[1]) < 0.3 { kept.remove(at: 1) }
        return kept
    }
}
