import GeoGrid

/// 移格: a district dissolved where there is room and founded anew where there is too much load.
///
/// Surplus that has to pass through h full districts makes h times its load change districts; where h is large it is
/// cheaper to give a light district to its neighbours and to use its number for half of an overfull one. The potentials
/// of the flow say where both pay best, and a transplant is kept where load moved and flow left to do cost less than
/// before. Districts with pinned units stay.
struct Transplant {
    private let state: SearchState
    private let criteria: Int
    private var pinned: [Bool]
    private var tree = RegionTree()

    /// Repeats transplants while they pay. O(districts · flow) at most.
    static func run(_ state: SearchState, generator: inout SeededGenerator) {
        var transplant = Transplant(state)
        transplant.repeatWhilePaying(&generator)
    }

    private init(_ state: SearchState) {
        self.state = state
        criteria = state.criteria
        pinned = [Bool](repeating: false, count: state.districts)
        for v in 0..<state.count where state.fixed[v] >= 0 { pinned[Int(state.fixed[v])] = true }
    }

    private mutating func repeatWhilePaying(_ generator: inout SeededGenerator) {
        guard var flow = DistrictFlow(state, slack: 0.5) else { return }
        var price = moved + flow.cost
        var failures = 0
        var tried = Set<Int>()
        while failures < 8 {
            guard let (cold, hot) = bestPair(flow, except: tried) else { return }
            let before = state.labels
            dissolve(cold)
            if found(cold, in: hot, &generator), let next = DistrictFlow(state, slack: 0.5), moved + next.cost < price {
                flow = next
                price = moved + next.cost
                failures = 0
            } else {
                state.load(before)
                tried.insert(cold)
                failures += 1
            }
        }
    }

    /// Price of the load outside its old districts.
    private var moved: Int64 {
        var sum: Int64 = 0
        for v in 0..<state.count where state.old[v] >= 0 && state.old[v] != state.label[v] {
            sum += state.loads[v * criteria]
        }
        return sum * DistrictFlow.leaving
    }

    private func target(_ d: Int) -> Double { Double(state.problem.target[d * criteria]) }

    /// The district to dissolve and the one to found it in, by what the flow would save for what the move costs.
    private func bestPair(_ flow: DistrictFlow, except tried: Set<Int>) -> (cold: Int, hot: Int)? {
        func load(_ d: Int) -> Double { Double(state.tally[d * criteria]) }
        var hot = -1
        for d in 0..<state.districts where load(d) > 1.1 * target(d) {
            if hot < 0
                || (flow.potentials[d], -state.tally[d * criteria])
                    < (flow.potentials[hot], -state.tally[hot * criteria])
            {
                hot = d
            }
        }
        guard hot >= 0 else { return nil }
        var cold = -1
        var best = 0.0
        for d in 0..<state.districts where d != hot && !pinned[d] && !tried.contains(d) {
            let hops = Double(flow.potentials[d] - flow.potentials[hot]) / Double(DistrictFlow.leaving)
            let gain = (hops - 1) * target(d) - load(d)
            if gain > best {
                best = gain
                cold = d
            }
        }
        return cold >= 0 ? (cold, hot) : nil
    }

    /// Gives the units of a district to its neighbours one by one, always to the one least full.
    private func dissolve(_ d: Int) {
        var left = (0..<state.count).filter { Int(state.label[$0]) == d }
        while !left.isEmpty {
            var best: (unit: Int, to: Int32, fill: Double)?
            for (i, v) in left.enumerated() {
                for e in Int(state.offsets[v])..<Int(state.offsets[v + 1]) {
                    let b = state.label[Int(state.neighbours[e])]
                    guard Int(b) != d else { continue }
                    let load = state.tally[Int(b) * criteria] + state.loads[v * criteria]
                    let fill = Double(load) * state.inverse[Int(b) * criteria]
                    if best.map({ fill < $0.fill }) ?? true { best = (i, b, fill) }
                }
            }
            guard let best else { return }
            state.move(left[best.unit], to: best.to)
            left.remove(at: best.unit)
        }
    }

    /// Cuts off what a district has too much, at the side where its neighbours have too much as well.
    private mutating func found(_ d: Int, in hot: Int, _ generator: inout SeededGenerator) -> Bool {
        let region = (0..<state.count).filter { Int(state.label[$0]) == hot }
        guard region.count > 1 else { return false }
        let wanted = min(Double(state.tally[hot * criteria]) - target(hot), target(d))
        var best = -Double.infinity
        var chosen: [Int] = []
        for _ in 0..<5 {
            let stamp = state.nextStamp()
            for v in region { state.mark[v] = stamp }
            tree.grow(
                root: region[generator.below(region.count)], stamp: stamp, state: state, generator: &generator)
            for position in 1..<tree.order.count {
                let load = Double(tree.below[position * criteria])
                guard load > 0.6 * wanted, load < 1.4 * wanted else { continue }
                let side = state.nextStamp()
                tree.mark(position, stamp: side, state: state)
                let part = region.filter { state.mark[$0] == side }
                tree.unmark(position, treeStamp: stamp, stamp: side, state: state)
                let value = surplus(around: part, of: hot) - abs(load - wanted)
                if value > best, !part.contains(where: { state.fixed[$0] >= 0 }) {
                    best = value
                    chosen = part
                }
            }
        }
        for v in chosen { state.move(v, to: Int32(d)) }
        return !chosen.isEmpty
    }

    /// What the districts next to a part of `d` have too much.
    private func surplus(around part: [Int], of d: Int) -> Double {
        var near: [Int] = []
        var sum = 0.0
        for v in part {
            for e in Int(state.offsets[v])..<Int(state.offsets[v + 1]) {
                let b = Int(state.label[Int(state.neighbours[e])])
                guard b != d, !near.contains(b) else { continue }
                near.append(b)
                sum += max(0, Double(state.tally[b * criteria]) - target(b))
            }
        }
        return sum
    }
}
