import GeoGrid

/// 换号: districts exchange their numbers so that most residents stay under the one they know.
///
/// What a search moves far from its old place may have become what another district was. Exchanging numbers changes
/// neither borders nor loads, so it is done whenever it keeps more residents: an assignment of least cost, over districts
/// of the same bounds without pins.
enum Relabelling {
    /// Beyond this the pairs of districts are too many to be weighed again and again.
    private static let most = 300

    /// True when numbers were exchanged. O(units + assignment on districts).
    @discardableResult
    static func run(_ state: SearchState) -> Bool {
        let districts = state.districts
        guard districts <= most else { return false }
        var pinned = [Bool](repeating: false, count: districts)
        var kept: [[Int32: Int64]] = .init(repeating: [:], count: districts)
        for v in 0..<state.count {
            if state.fixed[v] >= 0 { pinned[Int(state.fixed[v])] = true }
            if state.old[v] >= 0 { kept[Int(state.label[v])][state.old[v], default: 0] += state.residents[v] }
        }
        func alike(_ a: Int, _ b: Int) -> Bool {
            a == b
                || (!pinned[a] && !pinned[b]
                    && (0..<state.criteria).allSatisfy {
                        state.problem.lower[a * state.criteria + $0] == state.problem.lower[b * state.criteria + $0]
                            && state.problem.upper[a * state.criteria + $0]
                                == state.problem.upper[b * state.criteria + $0]
                    })
        }
        let largest = kept.reduce(Int64(0)) { max($0, $1.values.max() ?? 0) }
        guard largest > 0 else { return false }
        let scale = max(1, largest / 1_000_000)
        var pairs: [(supplier: Int32, target: Int32, cost: Int32)] = []
        for now in 0..<districts {
            for number in 0..<districts where alike(now, number) {
                pairs.append((Int32(number), Int32(now), Int32((largest - (kept[now][Int32(number)] ?? 0)) / scale)))
            }
        }
        let ones = [Int](repeating: 1, count: districts)
        let before = state.moved
        let labels = state.labels
        var number = (0..<districts).map { Int32($0) }
        for share in Assignment(capacities: ones, amounts: ones, pairs: pairs).solve().shares {
            number[share.target] = Int32(share.supplier)
        }
        guard number.indices.contains(where: { number[$0] != Int32($0) }) else { return false }
        state.load(labels.map { number[Int($0)] })
        if state.moved < before { return true }
        state.load(labels)
        return false
    }
}
