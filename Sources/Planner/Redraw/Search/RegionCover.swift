import GeoGrid

/// A tight spot solved exactly: a few neighbouring districts redrawn so that every one keeps its bounds.
///
/// All connected sets of units whose load lies within the bounds are listed, and a cover of the region by disjoint ones
/// is sought, always branching on the unit with the fewest sets left (Knuth's algorithm X). Annealing alone does not
/// untie spots where heavy units crowd and each needs just the right light neighbours.
struct RegionCover {
    /// Units of a region are bits of a word.
    static let most = 60
    private static let mostSets = 6_000

    private struct Candidate {
        var mask: UInt64
        var load: Int64
        var price: Double
    }

    private var units: [Int] = []
    private var districts: [Int32] = []
    private var touching: [UInt64] = []
    private var sets: [Candidate] = []
    private var chosen: [UInt64] = []
    private var nodes = 0
    /// Sets looked at so far.
    private(set) var work = 0

    /// Redraws `size` districts around `district`; true when all of them now keep their bounds.
    ///
    /// Only where they share the same bounds, hold no pins and have one criterion; else false.
    mutating func redraw(
        _ state: SearchState, around district: Int, size: Int, nodes limit: Int, generator: inout SeededGenerator
    ) -> Bool {
        guard state.criteria == 1, !state.hasPins else { return false }
        gather(state, from: district, size: size, generator: &generator)
        let lower = state.problem.lower[district]
        let upper = state.problem.upper[district]
        guard districts.allSatisfy({ state.problem.lower[Int($0)] == lower && state.problem.upper[Int($0)] == upper })
        else { return false }
        list(state, lower: lower, upper: upper, generator: &generator)
        nodes = limit
        chosen.removeAll(keepingCapacity: true)
        let everyone = units.count == 64 ? UInt64.max : (UInt64(1) << UInt64(units.count)) - 1
        let total = units.reduce(Int64(0)) { $0 + state.loads[$1] }
        guard cover(everyone, total: total, left: districts.count, alive: Array(sets.indices), lower, upper)
        else { return false }
        apply(state)
        return true
    }

    /// Districts nearest to the first, breadth first in random order, while their units fit the word.
    private mutating func gather(
        _ state: SearchState, from first: Int, size: Int, generator: inout SeededGenerator
    ) {
        var members = [[Int]](repeating: [], count: state.districts)
        for unit in 0..<state.count { members[Int(state.label[unit])].append(unit) }
        districts = [Int32(first)]
        units = members[first]
        var head = 0
        while head < districts.count, districts.count < size {
            var around: [Int32] = []
            for unit in members[Int(districts[head])] {
                for e in Int(state.offsets[unit])..<Int(state.offsets[unit + 1]) {
                    let other = state.label[Int(state.neighbours[e])]
                    if !districts.contains(other), !around.contains(other) { around.append(other) }
                }
            }
            around.shuffle(using: &generator)
            for other in around where districts.count < size {
                guard units.count + members[Int(other)].count <= Self.most else { continue }
                districts.append(other)
                units += members[Int(other)]
            }
            head += 1
        }
        var position = [Int: Int]()
        for (i, unit) in units.enumerated() { position[unit] = i }
        touching = units.map { unit in
            (Int(state.offsets[unit])..<Int(state.offsets[unit + 1])).reduce(UInt64(0)) { mask, e in
                position[Int(state.neighbours[e])].map { mask | 1 << UInt64($0) } ?? mask
            }
        }
    }

    /// Lists the connected sets within the bounds, each from its lowest bit.
    private mutating func list(
        _ state: SearchState, lower: Int64, upper: Int64, generator: inout SeededGenerator
    ) {
        sets.removeAll(keepingCapacity: true)
        for i in units.indices {
            let bit = UInt64(1) << UInt64(i)
            grow(
                bit, load: state.loads[units[i]], frontier: touching[i] & ~(bit | (bit - 1)),
                banned: bit | (bit - 1), state, lower, upper)
        }
        // Tidy sets first, with some chance, so that repeated tries differ.
        for s in sets.indices {
            var mask = sets[s].mask
            var cut = 0
            while mask != 0 {
                let i = mask.trailingZeroBitCount
                mask &= mask - 1
                for e in Int(state.offsets[units[i]])..<Int(state.offsets[units[i] + 1]) { cut += Int(state.costs[e]) }
                var inner = touching[i] & sets[s].mask
                while inner != 0 {
                    let j = units[inner.trailingZeroBitCount]
                    inner &= inner - 1
                    for e in Int(state.offsets[units[i]])..<Int(state.offsets[units[i] + 1])
                    where Int(state.neighbours[e]) == j {
                        cut -= Int(state.costs[e])
                    }
                }
            }
            sets[s].price = Double(cut) * (0.7 + 0.6 * generator.unit())
        }
        sets.sort { ($0.price, $0.mask) < ($1.price, $1.mask) }
        work += 20 * sets.count
    }

    private mutating func grow(
        _ mask: UInt64, load: Int64, frontier: UInt64, banned: UInt64, _ state: SearchState, _ lower: Int64,
        _ upper: Int64
    ) {
        if load > upper || sets.count >= Self.mostSets { return }
        if load >= lower { sets.append(Candidate(mask: mask, load: load, price: 0)) }
        var open = frontier
        var closed = banned
        while open != 0 {
            let i = open.trailingZeroBitCount
            let bit = UInt64(1) << UInt64(i)
            open &= ~bit
            closed |= bit
            grow(
                mask | bit, load: load + state.loads[units[i]], frontier: (open | touching[i]) & ~closed,
                banned: closed,
                state, lower, upper)
        }
    }

    /// Covers what remains with exactly `left` sets.
    private mutating func cover(
        _ remaining: UInt64, total: Int64, left: Int, alive: [Int], _ lower: Int64, _ upper: Int64
    ) -> Bool {
        if remaining == 0 { return left == 0 }
        guard nodes > 0, total >= Int64(left) * lower, total <= Int64(left) * upper else { return false }
        nodes -= 1
        work += alive.count
        var counts = [Int](repeating: 0, count: units.count)
        for s in alive {
            var mask = sets[s].mask
            while mask != 0 {
                counts[mask.trailingZeroBitCount] += 1
                mask &= mask - 1
            }
        }
        var pick = -1
        var open = remaining
        while open != 0 {
            let i = open.trailingZeroBitCount
            open &= open - 1
            if pick < 0 || counts[i] < counts[pick] { pick = i }
        }
        if counts[pick] == 0 { return false }
        for s in alive where sets[s].mask >> UInt64(pick) & 1 == 1 {
            let mask = sets[s].mask
            chosen.append(mask)
            if cover(
                remaining & ~mask, total: total - sets[s].load, left: left - 1,
                alive: alive.filter { sets[$0].mask & mask == 0 }, lower, upper)
            {
                return true
            }
            chosen.removeLast()
        }
        return false
    }

    /// Gives the chosen sets to the region's districts, each to the one most of whose residents it holds.
    private func apply(_ state: SearchState) {
        var free = districts.sorted()
        for mask in chosen.sorted(by: { $0.nonzeroBitCount > $1.nonzeroBitCount }) {
            var weight = [Int64](repeating: 0, count: free.count)
            for i in units.indices where mask >> UInt64(i) & 1 == 1 {
                let unit = units[i]
                if let at = free.firstIndex(of: state.old[unit]) { weight[at] += 1 + 4 * state.residents[unit] }
                if let at = free.firstIndex(of: state.label[unit]) { weight[at] += 1 }
            }
            let at = free.indices.max { (weight[$0], -$0) < (weight[$1], -$1) } ?? 0
            let district = free.remove(at: at)
            for i in units.indices where mask >> UInt64(i) & 1 == 1 && state.label[units[i]] != district {
                state.move(units[i], to: district)
            }
        }
    }
}
