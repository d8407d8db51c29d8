import GeoGrid

/// Makes any assignment valid: every district connected, none empty, pinned units where they belong.
///
/// Of a district in several pieces the pinned piece stays, else the heaviest; the others are given to neighbours. An
/// empty district takes half of the fullest. Precondition: the units are connected and at least as many as districts.
struct PlanRepair {
    private let problem: CoreProblem
    private var labels: [Int32]

    static func repaired(_ labels: [Int32], _ problem: CoreProblem, generator: inout SeededGenerator) -> [Int32] {
        var repair = PlanRepair(problem: problem, labels: labels)
        for unit in 0..<problem.count where problem.fixed[unit] >= 0 { repair.labels[unit] = problem.fixed[unit] }
        repair.joinPins()
        repair.keepOnePiece()
        repair.fillGaps()
        repair.fillEmpty(&generator)
        return repair.labels
    }

    private init(problem: CoreProblem, labels: [Int32]) {
        self.problem = problem
        self.labels = labels
    }

    private func row(_ unit: Int) -> Range<Int> { Int(problem.offsets[unit])..<Int(problem.offsets[unit + 1]) }

    /// Links the pinned units of each district by shortest ways over units that are not pinned elsewhere.
    private mutating func joinPins() {
        var pins = [[Int]](repeating: [], count: problem.districts)
        for unit in 0..<problem.count where problem.fixed[unit] >= 0 { pins[Int(problem.fixed[unit])].append(unit) }
        var taken = problem.fixed
        for d in 0..<problem.districts where pins[d].count > 1 {
            var from = [Int32](repeating: -2, count: problem.count)
            var queue = [pins[d][0]]
            from[pins[d][0]] = -1
            var head = 0
            while head < queue.count {
                let u = queue[head]
                head += 1
                for e in row(u) {
                    let w = Int(problem.neighbours[e])
                    guard from[w] == -2, taken[w] < 0 || taken[w] == Int32(d) else { continue }
                    from[w] = Int32(u)
                    queue.append(w)
                }
            }
            for pin in pins[d] where from[pin] != -2 {
                var u = pin
                while u >= 0 {
                    labels[u] = Int32(d)
                    taken[u] = Int32(d)
                    u = Int(from[u])
                }
            }
        }
    }

    /// Of each district keeps the pinned or heaviest piece; units of the other pieces become −1.
    private mutating func keepOnePiece() {
        var piece = [Int](repeating: -1, count: problem.count)
        var district: [Int32] = []
        var weight: [Int64] = []
        var pinned: [Bool] = []
        for seed in 0..<problem.count where piece[seed] < 0 {
            let d = labels[seed]
            let p = district.count
            district.append(d)
            weight.append(0)
            pinned.append(false)
            var queue = [seed]
            piece[seed] = p
            var head = 0
            while head < queue.count {
                let u = queue[head]
                head += 1
                weight[p] += problem.loads[u * problem.criteria] + 1
                if problem.fixed[u] >= 0 { pinned[p] = true }
                for e in row(u) {
                    let w = Int(problem.neighbours[e])
                    if piece[w] < 0, labels[w] == d {
                        piece[w] = p
                        queue.append(w)
                    }
                }
            }
        }
        var best = [Int](repeating: -1, count: problem.districts)
        for p in district.indices where district[p] >= 0 {
            let d = Int(district[p])
            if best[d] < 0 || (pinned[p] && !pinned[best[d]])
                || (pinned[p] == pinned[best[d]] && weight[p] > weight[best[d]])
            {
                best[d] = p
            }
        }
        for unit in 0..<problem.count {
            let p = piece[unit]
            if district[p] < 0 || best[Int(district[p])] != p { labels[unit] = -1 }
        }
    }

    /// Gives units without a district to a neighbouring one, outermost first, along the dearest border.
    private mutating func fillGaps() {
        var queue = (0..<problem.count).filter { labels[$0] < 0 }
        if queue.count == problem.count, let first = queue.first { labels[first] = max(0, problem.fixed[first]) }
        while !queue.isEmpty {
            var rest: [Int] = []
            var chosen: [(unit: Int, label: Int32)] = []
            for unit in queue where labels[unit] < 0 {
                var best: Int32 = -1
                var bestCost = Int.min
                for e in row(unit) where labels[Int(problem.neighbours[e])] >= 0 {
                    let d = labels[Int(problem.neighbours[e])]
                    let cost = row(unit).reduce(0) {
                        $0 + (labels[Int(problem.neighbours[$1])] == d ? Int(problem.costs[$1]) : 0)
                    }
                    if cost > bestCost {
                        best = d
                        bestCost = cost
                    }
                }
                if best >= 0 { chosen.append((unit, best)) } else { rest.append(unit) }
            }
            for choice in chosen { labels[choice.unit] = choice.label }
            if chosen.isEmpty { break }
            queue = rest
        }
    }

    /// Splits the fullest districts until none is empty.
    private mutating func fillEmpty(_ generator: inout SeededGenerator) {
        var members = [Int](repeating: 0, count: problem.districts)
        for label in labels { members[Int(label)] += 1 }
        guard members.contains(0) else { return }
        let state = SearchState(problem, labels: labels)
        var tree = RegionTree()
        for d in 0..<problem.districts where members[d] == 0 {
            var from = -1
            var fullest = -1.0
            for other in 0..<problem.districts where state.members[other] > 1 {
                let fill = Double(state.tally[other * problem.criteria]) * state.inverse[other * problem.criteria]
                if fill > fullest {
                    fullest = fill
                    from = other
                }
            }
            guard from >= 0 else { return }
            let stamp = state.nextStamp()
            let region = (0..<problem.count).filter { state.label[$0] == Int32(from) }
            for unit in region { state.mark[unit] = stamp }
            // Rooted at a pinned unit where there is one, so that a part without pins can be cut off.
            let root = region.first { problem.fixed[$0] >= 0 } ?? region[generator.below(region.count)]
            tree.grow(root: root, stamp: stamp, state: state, generator: &generator)
            var best = -1
            var bestGap = Int64.max
            for position in 1..<tree.order.count {
                let gap = abs(2 * tree.below[position * problem.criteria] - tree.below[0])
                if gap < bestGap {
                    let side = state.nextStamp()
                    tree.mark(position, stamp: side, state: state)
                    if !region.contains(where: { state.mark[$0] == side && problem.fixed[$0] >= 0 }) {
                        bestGap = gap
                        best = position
                    }
                    tree.unmark(position, treeStamp: stamp, stamp: side, state: state)
                }
            }
            guard best > 0 else { return }
            let side = state.nextStamp()
            tree.mark(best, stamp: side, state: state)
            for unit in region where state.mark[unit] == side { state.move(unit, to: Int32(d)) }
        }
        labels = state.labels
    }
}
