import GeoGrid

/// Two small neighbouring districts split anew by weighing every way to do it.
///
/// Where a district has only a few units, all splits of two neighbours into connected halves are listed, and one is
/// drawn with the chance its energy deserves at the present temperature (heat bath). Splits are bit masks over the
/// joint units; the side of the first unit is the one listed. The tables are raw memory owned by this object: with
/// arrays the listing took four times as long.
final class ExactPairs {
    /// Most units a pair may have to be treated exactly.
    static let most = 12

    private var count = 0
    private let region = UnsafeMutablePointer<Int32>.allocate(capacity: most)
    private let touching = UnsafeMutablePointer<UInt32>.allocate(capacity: most)
    private let price = UnsafeMutablePointer<Int>.allocate(capacity: most * most)
    private let sums: UnsafeMutablePointer<Int64>
    private let gumbel: UnsafeMutablePointer<Double>

    init(criteria: Int) {
        sums = .allocate(capacity: criteria << Self.most)
        gumbel = .allocate(capacity: Chance.gumbel.count)
        gumbel.initialize(from: Chance.gumbel, count: Chance.gumbel.count)
    }

    deinit {
        region.deallocate()
        touching.deallocate()
        price.deallocate()
        sums.deallocate()
        gumbel.deallocate()
    }

    /// Redraws the pair that meets at a random place of the border and returns the work done, in flips; 0 when the pair
    /// is too large.
    func propose(_ state: SearchState, temperature: Double, generator: inout SeededGenerator) -> Int {
        guard let (v, a, b) = TreeMoves.pickPair(state, generator: &generator) else { return 1 }
        let joint = Int(state.members[Int(a)] &+ state.members[Int(b)])
        guard joint <= Self.most else { return 0 }
        guard joint > 2 else { return 1 }
        collect(v, a, b, state)
        let criteria = state.criteria
        let full = 1 &<< count
        for c in 0..<criteria { sums[c] = 0 }
        for mask in 1..<full {
            let rest = mask & (mask &- 1)
            let unit = Int(region[mask.trailingZeroBitCount])
            for c in 0..<criteria {
                sums[mask &* criteria &+ c] = sums[rest &* criteria &+ c] &+ state.loads[unit &* criteria &+ c]
            }
        }
        let all = full &- 1
        let luck = temperature * gumbel[4095]
        var best = Double.infinity
        var choice = 0
        var inside = a
        // The first unit is bit 0, so odd masks list every split once.
        var mask = 1
        while mask < all {
            for swapped in 0..<2 {
                let own = swapped == 0 ? a : b
                let other = swapped == 0 ? b : a
                var energy = 0.0
                for c in 0..<criteria {
                    energy += state.penalty(Int(own), c, load: sums[mask &* criteria &+ c])
                    energy += state.penalty(Int(other), c, load: sums[(all ^ mask) &* criteria &+ c])
                }
                // Not even the luckiest draw would bring it below.
                if energy - luck >= best { continue }
                energy -= temperature * gumbel[Int(truncatingIfNeeded: generator.next() & 0xFFF)]
                if energy >= best { continue }
                energy += splitPrice(mask, own, other, state)
                if energy >= best { continue }
                guard isConnected(UInt32(truncatingIfNeeded: mask)),
                    isConnected(UInt32(truncatingIfNeeded: all ^ mask)),
                    !state.hasPins || respectsPins(mask, own, other, state)
                else { continue }
                best = energy
                choice = mask
                inside = own
            }
            mask &+= 2
        }
        if choice != 0 {
            let outside = inside == a ? b : a
            for i in 0..<count {
                let wanted = choice &>> i & 1 == 1 ? inside : outside
                let unit = Int(region[i])
                if state.label[unit] != wanted { state.move(unit, to: wanted) }
            }
        }
        return 8 + full / 16
    }

    private func collect(_ v: Int, _ a: Int32, _ b: Int32, _ state: SearchState) {
        let seen = state.nextStamp()
        region[0] = Int32(truncatingIfNeeded: v)
        count = 1
        state.mark[v] = seen
        state.queue[v] = 0
        var head = 0
        while head < count {
            let u = Int(region[head])
            head &+= 1
            for e in Int(state.offsets[u])..<Int(state.offsets[u &+ 1]) {
                let w = Int(state.neighbours[e])
                guard state.label[w] == a || state.label[w] == b, state.mark[w] != seen else { continue }
                state.mark[w] = seen
                state.queue[w] = Int32(truncatingIfNeeded: count)
                region[count] = Int32(truncatingIfNeeded: w)
                count &+= 1
            }
        }
        for i in 0..<count {
            touching[i] = 0
            let u = Int(region[i])
            for e in Int(state.offsets[u])..<Int(state.offsets[u &+ 1]) {
                let w = Int(state.neighbours[e])
                guard state.mark[w] == seen else { continue }
                let j = Int(state.queue[w])
                touching[i] |= 1 &<< UInt32(truncatingIfNeeded: j)
                price[i &* Self.most &+ j] = Int(state.costs[e])
            }
        }
    }

    private func splitPrice(_ mask: Int, _ inside: Int32, _ outside: Int32, _ state: SearchState) -> Double {
        var cut = 0
        var moved = 0
        let bits = UInt32(truncatingIfNeeded: mask)
        for i in 0..<count {
            let isInside = bits &>> UInt32(truncatingIfNeeded: i) & 1 == 1
            if isInside {
                var across = touching[i] & ~bits
                while across != 0 {
                    cut &+= price[i &* Self.most &+ across.trailingZeroBitCount]
                    across &= across &- 1
                }
            }
            let unit = Int(region[i])
            let home = state.old[unit]
            if home >= 0, home != (isInside ? inside : outside) { moved &+= Int(state.residents[unit]) }
        }
        return Double(cut) + state.problem.moveCost * Double(moved)
    }

    private func isConnected(_ mask: UInt32) -> Bool {
        var reached = mask & (0 &- mask)
        var fresh = reached
        while fresh != 0 {
            let grown = touching[fresh.trailingZeroBitCount] & mask & ~reached
            fresh &= fresh &- 1
            reached |= grown
            fresh |= grown
        }
        return reached == mask
    }

    private func respectsPins(_ mask: Int, _ inside: Int32, _ outside: Int32, _ state: SearchState) -> Bool {
        for i in 0..<count {
            let pin = state.fixed[Int(region[i])]
            if pin >= 0, pin != (mask &>> i & 1 == 1 ? inside : outside) { return false }
        }
        return true
    }
}
