import GeoGrid

/// Random spanning trees of a region, and what each of their edges would cut off.
///
/// A region is any connected list of units. The tree is the minimum spanning tree under random keys (Prim with a binary
/// heap), as recombination uses it. Parents stand before children in `order`, so sums over subtrees are one pass back.
/// Source: DeFord, Duchin, Solomon, "Recombination: a family of Markov chains for redistricting" (2021).
struct RegionTree {
    /// The units of the tree, the root first.
    private(set) var order: [Int32] = []
    /// Position in `order` of each unit's parent; the root's is −1.
    private(set) var parent: [Int32] = []
    /// Load of each unit's subtree, by position and criterion.
    private(set) var below: [Int64] = []
    /// Units in each subtree.
    private(set) var size: [Int32] = []
    private var heap: [UInt64] = []
    private var heapParent: [Int32] = []

    /// Grows a tree over the region that carries `stamp` in `mark`, from `root`; −`stamp` marks what it has reached.
    ///
    /// O(edges log edges) of the region.
    mutating func grow(
        root: Int, stamp: Int32, state: SearchState, generator: inout SeededGenerator
    ) {
        order.removeAll(keepingCapacity: true)
        parent.removeAll(keepingCapacity: true)
        heap.removeAll(keepingCapacity: true)
        heapParent.removeAll(keepingCapacity: true)
        add(root, parent: -1, stamp: stamp, state: state, generator: &generator)
        while let (unit, from) = pop(state) {
            if state.mark[unit] == stamp {
                add(unit, parent: from, stamp: stamp, state: state, generator: &generator)
            }
        }
        sum(state)
    }

    @inline(__always)
    private mutating func add(
        _ unit: Int, parent from: Int32, stamp: Int32, state: SearchState, generator: inout SeededGenerator
    ) {
        let at = Int32(truncatingIfNeeded: order.count)
        state.mark[unit] = -stamp
        order.append(Int32(truncatingIfNeeded: unit))
        parent.append(from)
        for e in Int(state.offsets[unit])..<Int(state.offsets[unit + 1])
        where state.mark[Int(state.neighbours[e])] == stamp {
            // High half: the random key; low half: which entry of `heapParent` and which edge.
            let key = generator.next() & 0xFFFF_FFFF_0000_0000
            push(key | UInt64(UInt32(truncatingIfNeeded: e)), at)
        }
    }

    private mutating func push(_ key: UInt64, _ from: Int32) {
        var i = heap.count
        heap.append(key)
        heapParent.append(from)
        while i > 0 {
            let up = (i - 1) / 2
            if heap[up] <= key { break }
            heap[i] = heap[up]
            heapParent[i] = heapParent[up]
            i = up
        }
        heap[i] = key
        heapParent[i] = from
    }

    private mutating func pop(_ state: SearchState) -> (Int, Int32)? {
        guard let top = heap.first else { return nil }
        let from = heapParent[0]
        let key = heap.removeLast()
        let keyParent = heapParent.removeLast()
        let count = heap.count
        if count > 0 {
            var i = 0
            while true {
                var child = 2 * i + 1
                if child >= count { break }
                if child + 1 < count, heap[child + 1] < heap[child] { child += 1 }
                if key <= heap[child] { break }
                heap[i] = heap[child]
                heapParent[i] = heapParent[child]
                i = child
            }
            heap[i] = key
            heapParent[i] = keyParent
        }
        return (Int(state.neighbours[Int(top & 0xFFFF_FFFF)]), from)
    }

    private mutating func sum(_ state: SearchState) {
        let criteria = state.criteria
        below.removeAll(keepingCapacity: true)
        size.removeAll(keepingCapacity: true)
        for unit in order {
            for c in 0..<criteria { below.append(state.loads[Int(unit) * criteria + c]) }
            size.append(1)
        }
        for i in stride(from: order.count - 1, to: 0, by: -1) {
            let up = Int(parent[i])
            size[up] &+= size[i]
            for c in 0..<criteria { below[up * criteria + c] &+= below[i * criteria + c] }
        }
    }

    /// Marks the subtree at a position with `stamp` and returns the price of the edges between it and the rest of the
    /// region, which must carry −`treeStamp`.
    func cutOff(_ position: Int, treeStamp: Int32, stamp: Int32, state: SearchState) -> Int {
        mark(position, stamp: stamp, state: state)
        var cut = 0
        for i in position..<order.count {
            let unit = Int(order[i])
            guard state.mark[unit] == stamp else { continue }
            for e in Int(state.offsets[unit])..<Int(state.offsets[unit + 1])
            where state.mark[Int(state.neighbours[e])] == -treeStamp {
                cut &+= Int(state.costs[e])
            }
        }
        return cut
    }

    /// Marks the units of the subtree at a position with `stamp`.
    func mark(_ position: Int, stamp: Int32, state: SearchState) {
        state.mark[Int(order[position])] = stamp
        for i in position + 1..<max(order.count, position + 1)
        where state.mark[Int(order[Int(parent[i])])] == stamp && Int(parent[i]) >= position {
            state.mark[Int(order[i])] = stamp
        }
    }

    /// Gives the subtree at a position its mark back.
    func unmark(_ position: Int, treeStamp: Int32, stamp: Int32, state: SearchState) {
        for i in position..<order.count where state.mark[Int(order[i])] == stamp {
            state.mark[Int(order[i])] = -treeStamp
        }
    }
}
