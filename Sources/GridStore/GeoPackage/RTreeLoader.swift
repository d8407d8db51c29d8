import GRDB
import GeoGrid

/// 空间索引装载: fills the empty R-tree of a layer in one go, by sort–tile–recursive packing.
///
/// Writes the nodes where SQLite keeps them, so that a list of tens of thousands costs what its rows cost; by single
/// insertions the tree would take longer than the rows themselves.
/// Source: Leutenegger, Lopez, Edgington, "STR: a simple and efficient algorithm for R-tree packing" (1997); the tables
/// and the format of a node, sqlite.org/rtree.html, clause 5.
struct RTreeLoader {
    struct Entry {
        /// Row of the layer, or number of the node below.
        var id: Int
        var box: Box
    }

    private let name: String
    private let db: Database

    /// - Parameter table: a layer of the town file.
    init(_ table: String, in db: Database) {
        name = "rtree_\(table)_geom"
        self.db = db
    }

    /// Adds boxes of rows that the tree does not hold. O(n log n); an empty tree is packed, else each is inserted.
    func add(_ entries: [Entry]) throws {
        guard !entries.isEmpty else { return }
        let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(name)_rowid") == 0
        let bytes = try Int.fetchOne(db, sql: "SELECT length(data) FROM \(name)_node WHERE nodeno = 1") ?? 0
        let capacity = (bytes - 4) / 24
        guard isEmpty, capacity > 3 else { return try insert(entries) }
        try pack(entries, capacity: capacity, bytes: bytes)
    }

    private func insert(_ entries: [Entry]) throws {
        let writer = try RowWriter(db, "INSERT INTO \(name) VALUES (?, ?, ?, ?, ?)")
        for entry in entries {
            writer.bind(1, .integer(entry.id))
            writer.bind(2, .real(entry.box.minX))
            writer.bind(3, .real(entry.box.maxX))
            writer.bind(4, .real(entry.box.minY))
            writer.bind(5, .real(entry.box.maxY))
            try writer.run()
        }
    }

    private func pack(_ entries: [Entry], capacity: Int, bytes: Int) throws {
        let nodes = try RowWriter(db, "INSERT OR REPLACE INTO \(name)_node (nodeno, data) VALUES (?, ?)")
        let parents = try RowWriter(db, "INSERT INTO \(name)_parent (nodeno, parentnode) VALUES (?, ?)")
        var leafOfRow: [(row: Int, node: Int)] = []
        leafOfRow.reserveCapacity(entries.count)
        var level = entries
        var depth = 0
        // The root is number 1.
        var next = 2
        while true {
            let isRoot = level.count <= capacity
            var above: [Entry] = []
            for run in RTreeLoader.tiles(&level, capacity: capacity) {
                let number = isRoot ? 1 : next
                next += isRoot ? 0 : 1
                nodes.bind(1, .integer(number))
                nodes.bind(2, blob: RTreeLoader.node(level[run], depth: isRoot ? depth : 0, bytes: bytes))
                try nodes.run()
                for entry in level[run] {
                    if depth == 0 {
                        leafOfRow.append((entry.id, number))
                    } else {
                        parents.bind(1, .integer(entry.id))
                        parents.bind(2, .integer(number))
                        try parents.run()
                    }
                }
                above.append(Entry(id: number, box: level[run].reduce(into: Box.empty) { $0.extend($1.box) }))
            }
            if isRoot { break }
            level = above
            depth += 1
        }
        let rows = try RowWriter(db, "INSERT INTO \(name)_rowid (rowid, nodeno) VALUES (?, ?)")
        for (row, node) in leafOfRow.sorted(by: { $0.row < $1.row }) {
            rows.bind(1, .integer(row))
            rows.bind(2, .integer(node))
            try rows.run()
        }
    }

    /// Sorts entries into vertical slices by x, each by y, and cuts them into full nodes.
    private static func tiles(_ entries: inout [Entry], capacity: Int) -> [Range<Int>] {
        let nodeCount = (entries.count + capacity - 1) / capacity
        var sliceCount = 1
        while sliceCount * sliceCount < nodeCount { sliceCount += 1 }
        let slice = sliceCount * capacity
        entries.sort { ($0.box.center.x, $0.id) < ($1.box.center.x, $1.id) }
        var runs: [Range<Int>] = []
        for start in stride(from: 0, to: entries.count, by: slice) {
            let end = min(start + slice, entries.count)
            entries[start..<end].sort { ($0.box.center.y, $0.id) < ($1.box.center.y, $1.id) }
            for first in stride(from: start, to: end, by: capacity) { runs.append(first..<min(first + capacity, end)) }
        }
        return runs
    }

    /// Depth and count, then the number and the bounds of each entry, in single precision rounded outwards; big-endian.
    private static func node(_ entries: ArraySlice<Entry>, depth: Int, bytes: Int) -> [UInt8] {
        var data: [UInt8] = []
        data.reserveCapacity(bytes)
        func append<T: FixedWidthInteger>(_ value: T) {
            withUnsafeBytes(of: value.bigEndian) { data.append(contentsOf: $0) }
        }
        append(UInt16(depth))
        append(UInt16(entries.count))
        for entry in entries {
            append(Int64(entry.id))
            for (low, high) in [(entry.box.minX, entry.box.maxX), (entry.box.minY, entry.box.maxY)] {
                append(below(low).bitPattern)
                append((-below(-high)).bitPattern)
            }
        }
        data += [UInt8](repeating: 0, count: bytes - data.count)
        return data
    }

    /// The greatest single that is not above a number.
    private static func below(_ value: Double) -> Float {
        let nearest = Float(value)
        return Double(nearest) > value ? nearest.nextDown : nearest
    }
}
