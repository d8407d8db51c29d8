import GeoGrid

/// 最短步行搜索: Dijkstra's algorithm from one or several places, up to a limit; its arrays are used again.
///
/// O((nodes + edges) log nodes) of the part reached. Source: Dijkstra 1959, with a 4-ary heap of packed keys.
struct WalkSearch {
    static let far = Int32.max

    /// Centimetres to each node; `far` where it was not reached.
    private(set) var distance: [Int32]
    /// The edge by which each reached node was entered; -1 at the seeds.
    private(set) var entry: [Int32]
    /// The seed each reached node belongs to.
    private(set) var label: [Int32]
    /// Nodes in the order they were settled.
    private(set) var settled: [Int32] = []
    private var heap = PackedHeap()

    init(nodes: Int) {
        distance = [Int32](repeating: Self.far, count: nodes)
        entry = [Int32](repeating: -1, count: nodes)
        label = entry
    }

    /// Searches from seeds of (node, centimetres so far, label); of equal ways the first label wins.
    mutating func run(_ network: StreetNetwork, seeds: [(node: Int32, start: Int32, label: Int32)], limit: Int32) {
        for node in settled { distance[Int(node)] = Self.far }
        settled.removeAll(keepingCapacity: true)
        heap.removeAll()
        for seed in seeds where seed.start <= limit && seed.start < distance[Int(seed.node)] {
            if distance[Int(seed.node)] == Self.far { settled.append(seed.node) }
            distance[Int(seed.node)] = seed.start
            entry[Int(seed.node)] = -1
            label[Int(seed.node)] = seed.label
            heap.push(key: seed.start, item: seed.node)
        }
        settled.removeAll(keepingCapacity: true)
        network.rowOffsets.withUnsafeBufferPointer { offsets in
            network.rowHeads.withUnsafeBufferPointer { heads in
                network.rowEdges.withUnsafeBufferPointer { edges in
                    network.lengths.withUnsafeBufferPointer { lengths in
                        spread(offsets, heads, edges, lengths, limit)
                    }
                }
            }
        }
    }

    private mutating func spread(
        _ offsets: UnsafeBufferPointer<Int32>, _ heads: UnsafeBufferPointer<Int32>,
        _ edges: UnsafeBufferPointer<Int32>, _ lengths: UnsafeBufferPointer<Int32>, _ limit: Int32
    ) {
        while let (key, node) = heap.pop() {
            guard key == distance[Int(node)] else { continue }
            if let last = settled.last, last == node { continue }
            settled.append(node)
            for k in Int(offsets[Int(node)])..<Int(offsets[Int(node) + 1]) {
                let head = Int(heads[k])
                let next = key &+ lengths[Int(edges[k])]
                if next <= limit, next < distance[head] {
                    distance[head] = next
                    entry[head] = edges[k]
                    label[head] = label[Int(node)]
                    heap.push(key: next, item: heads[k])
                }
            }
        }
    }
}

/// 优先队列: a 4-ary heap of (key, item) packed into one number each; equal keys come out by item.
package struct PackedHeap {
    private var keys: [UInt64] = []

    package init() {}

    var isEmpty: Bool { keys.isEmpty }
    mutating func removeAll() { keys.removeAll(keepingCapacity: true) }

    package mutating func push(key: Int32, item: Int32) {
        let packed = UInt64(UInt32(bitPattern: key)) << 32 | UInt64(UInt32(bitPattern: item))
        var i = keys.count
        keys.append(packed)
        while i > 0 {
            let parent = (i - 1) >> 2
            guard packed < keys[parent] else { break }
            keys[i] = keys[parent]
            i = parent
        }
        keys[i] = packed
    }

    package mutating func pop() -> (key: Int32, item: Int32)? {
        guard let top = keys.first else { return nil }
        let last = keys.removeLast()
        let count = keys.count
        if count > 0 {
            var i = 0
            while true {
                let first = 4 * i + 1
                guard first < count else { break }
                var least = first
                var c = first + 1
                while c < min(first + 4, count) {
                    if keys[c] < keys[least] { least = c }
                    c += 1
                }
                guard keys[least] < last else { break }
                keys[i] = keys[least]
                i = least
            }
            keys[i] = last
        }
        return (Int32(truncatingIfNeeded: top >> 32), Int32(truncatingIfNeeded: top & 0xFFFF_FFFF))
    }
}
