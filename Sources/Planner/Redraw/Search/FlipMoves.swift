import GeoGrid

extension SearchState {
    /// Proposes `moves` flips of boundary units at one temperature; each is taken by the rule of Metropolis.
    ///
    /// A flip gives a unit to the district of one of its neighbours, and is never taken when the unit's district would
    /// fall apart or vanish. The patches are swept in order, each getting its part of the moves.
    func flip(
        moves: Int, temperature: Double, swapShare: UInt64, thresholds: UnsafePointer<Double>,
        generator: inout SeededGenerator
    ) {
        var left = boundaryCount
        var budget = moves
        for p in 0..<patches where patchBorder[p] > 0 && left > 0 {
            let border = Int(patchBorder[p])
            let share = border >= left ? budget : budget * border / left
            left -= border
            budget -= share
            flip(
                patch: p, moves: share, temperature: temperature, swapShare: swapShare, thresholds: thresholds,
                generator: &generator)
        }
    }

    /// One random number decides all of a proposal: which unit, which neighbour, which threshold.
    private func flip(
        patch p: Int, moves: Int, temperature: Double, swapShare: UInt64, thresholds: UnsafePointer<Double>,
        generator: inout SeededGenerator
    ) {
        // Local names: the compiler must assume that a store through one pointer changes the others kept in `self`.
        let (label, offsets, neighbours, costs) = (label, offsets, neighbours, costs)
        let moveCost = problem.moveCost
        let border = boundary + p &* Self.patch
        for _ in 0..<moves {
            let borderCount = UInt64(UInt32(bitPattern: patchBorder[p]))
            guard borderCount > 0 else { return }
            let random = generator.next()
            let v = Int(border[Int(truncatingIfNeeded: ((random >> 32) &* borderCount) >> 32)])
            if fixed[v] >= 0 { continue }
            let start = Int(offsets[v])
            let degree = Int(offsets[v &+ 1]) &- start
            let row = neighbours + start
            let price = costs + start
            let a = label[v]
            // Neighbours in the same district as bits. No branches here: which way they go cannot be foreseen.
            var same: UInt64 = 0
            var toA = 0
            for f in 0..<degree {
                let isA = label[Int(row[f])] == a
                same |= (isA ? 1 : 0) &<< UInt64(truncatingIfNeeded: f)
                toA &+= isA ? Int(price[f]) : 0
            }
            var e = Int(truncatingIfNeeded: ((random & 0xFFFF) &* UInt64(degree)) >> 16)
            if degree <= 64 {
                // The first neighbour of another district from there on, around the row.
                let others = ~same & (UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- degree))
                let after = others & (UInt64.max &<< UInt64(truncatingIfNeeded: e))
                e = (after == 0 ? others : after).trailingZeroBitCount
            } else {
                while label[Int(row[e])] == a { e = e &+ 1 == degree ? 0 : e &+ 1 }
            }
            let b = label[Int(row[e])]
            var toB = 0
            for f in 0..<degree { toB &+= label[Int(row[f])] == b ? Int(price[f]) : 0 }
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
                swap(v, with: start &+ e, delta: delta, limit: limit, same: same, generator: &generator)
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
