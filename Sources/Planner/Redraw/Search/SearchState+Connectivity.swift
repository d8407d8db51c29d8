extension SearchState {
    /// Whether the district of `v` stays connected when `v` leaves it.
    ///
    /// First the ring around `v`: if its neighbours in the district hang together among themselves, so does the
    /// district. Else a search through the district decides. False for the last unit of a district.
    @inline(__always)
    func canLeave(_ v: Int, _ sameMask: UInt64) -> Bool {
        let start = Int(offsets[v])
        if Int(offsets[v &+ 1]) &- start <= 64 {
            if sameMask == 0 { return false }
            var reached = sameMask & (0 &- sameMask)
            var fresh = reached
            while fresh != 0 {
                let bit = fresh.trailingZeroBitCount
                fresh &= fresh &- 1
                let grown = rings[start &+ bit] & sameMask & ~reached
                reached |= grown
                fresh |= grown
            }
            if reached == sameMask { return true }
        }
        return searchWithout(v)
    }

    /// The members of `v`'s district in its row, as bits; 0 where the row is too long.
    @inline(__always)
    func sameMask(_ v: Int) -> UInt64 {
        let start = Int(offsets[v])
        let end = Int(offsets[v &+ 1])
        guard end &- start <= 64 else { return 0 }
        let a = label[v]
        var mask: UInt64 = 0
        for e in start..<end where label[Int(neighbours[e])] == a { mask |= 1 &<< UInt64(e &- start) }
        return mask
    }

    /// Breadth-first search through the district of `v` without `v`, until all its neighbours there are met.
    func searchWithout(_ v: Int) -> Bool {
        let a = label[v]
        let start = Int(offsets[v])
        let end = Int(offsets[v + 1])
        let seen = nextStamp()
        mark[v] = seen
        var wanted = 0
        var head = 0
        var tail = 0
        for e in start..<end where label[Int(neighbours[e])] == a {
            wanted += 1
            if tail == 0 {
                queue[0] = neighbours[e]
                mark[Int(neighbours[e])] = seen
                tail = 1
            }
        }
        if wanted == 0 { return false }
        // Neighbours of v still to be met carry no mark of their own: they are recognised by touching v.
        var met = 1
        while head < tail, met < wanted {
            let u = Int(queue[head])
            head += 1
            for e in Int(offsets[u])..<Int(offsets[u + 1]) {
                let w = Int(neighbours[e])
                if label[w] == a, mark[w] != seen {
                    mark[w] = seen
                    queue[tail] = Int32(truncatingIfNeeded: w)
                    tail += 1
                    if touches(w, v) { met += 1 }
                }
            }
        }
        return met == wanted
    }

    /// Whether two units are neighbours; rows are ascending. O(log degree).
    @inline(__always)
    func touches(_ u: Int, _ v: Int) -> Bool {
        var low = Int(offsets[u])
        var high = Int(offsets[u &+ 1])
        let wanted = Int32(truncatingIfNeeded: v)
        while low < high {
            let middle = (low &+ high) / 2
            if neighbours[middle] < wanted { low = middle &+ 1 } else { high = middle }
        }
        return low < Int(offsets[u &+ 1]) && neighbours[low] == wanted
    }
}
