import GeoGrid

extension SearchState {
    /// Proposes `moves` flips of boundary units at one temperature; each is taken by the rule of Metropolis.
    ///
    /// A flip gives a unit to the district of one of its neighbours, and is never taken when the unit's district would
    /// fall apart or vanish. One random number decides all of a proposal: which unit, which neighbour, which threshold.
    func flip(
        moves: Int, temperature: Double, swapShare: UInt64, thresholds: UnsafePointer<Double>,
        generator: inout SeededGenerator
    ) {
        let moveCost = problem.moveCost
        for _ in 0..<moves {
            guard boundaryCount > 0 else { return }
            let random = generator.next()
            let v = Int(boundary[Int(truncatingIfNeeded: ((random >> 32) &* UInt64(boundaryCount)) >> 32)])
            if fixed[v] >= 0 { continue }
            let start = Int(offsets[v])
            let end = Int(offsets[v &+ 1])
            let degree = end &- start
            let a = label[v]
            var e = start &+ Int(truncatingIfNeeded: ((random & 0xFFFF) &* UInt64(degree)) >> 16)
            while label[Int(neighbours[e])] == a {
                e &+= 1
                if e == end { e = start }
            }
            let b = label[Int(neighbours[e])]
            var toA = 0
            var toB = 0
            var same: UInt64 = 0
            for f in start..<end {
                let other = label[Int(neighbours[f])]
                if other == a {
                    toA &+= Int(costs[f])
                    same |= 1 &<< UInt64(truncatingIfNeeded: f &- start)
                } else if other == b {
                    toB &+= Int(costs[f])
                }
            }
            var delta = Double(toA &- toB)
            delta += penalty(Int(a), v, -1) - penalties[Int(a)]
            delta += penalty(Int(b), v, 1) - penalties[Int(b)]
            let home = old[v]
            if home >= 0 {
                if home == a { delta += moveCost * Double(residents[v]) }
                if home == b { delta -= moveCost * Double(residents[v]) }
            }
            let limit = temperature * thresholds[Int(truncatingIfNeeded: (random >> 16) & 0xFFF)]
            if delta <= limit {
                if canLeave(v, same) { move(v, to: b) }
            } else if (random >> 28) & 0xF < swapShare {
                swap(v, with: e, delta: delta, limit: limit, same: same, generator: &generator)
            }
        }
    }

    /// A flip that alone is too dear, made together with one the other way: a unit of `b` near `v` goes to `a`.
    @inline(never)
    private func swap(
        _ v: Int, with edge: Int, delta: Double, limit: Double, same: UInt64, generator: inout SeededGenerator
    ) {
        let a = label[v]
        let u = Int(neighbours[edge])
        let b = label[u]
        let random = generator.next()
        // The partner: a neighbour in `b` of the unit across the border, or that unit.
        let start = Int(offsets[u])
        let degree = Int(offsets[u &+ 1]) &- start
        var w = Int(neighbours[start &+ Int(truncatingIfNeeded: ((random >> 32) &* UInt64(degree)) >> 32)])
        if label[w] == a, w != v {
            // Through `a`'s side of the border one step further along, then across.
            let rowStart = Int(offsets[w])
            let rowDegree = Int(offsets[w &+ 1]) &- rowStart
            w = Int(neighbours[rowStart &+ Int(truncatingIfNeeded: ((random & 0xFFFF) &* UInt64(rowDegree)) >> 16)])
        }
        guard label[w] == b, fixed[w] < 0, w != v else { return }
        guard canLeave(v, same) else { return }
        let before = Double(cut) + problem.moveCost * Double(moved) + penalties[Int(a)] + penalties[Int(b)]
        move(v, to: b)
        var touchesA = false
        for e in Int(offsets[w])..<Int(offsets[w &+ 1]) where label[Int(neighbours[e])] == a {
            touchesA = true
            break
        }
        if touchesA, canLeave(w, sameMask(w)) {
            move(w, to: a)
            let after = Double(cut) + problem.moveCost * Double(moved) + penalties[Int(a)] + penalties[Int(b)]
            if after - before <= limit { return }
            move(w, to: b)
        }
        move(v, to: a)
    }
}
