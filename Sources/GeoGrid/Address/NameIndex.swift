/// 名称索引: the names of a gazetteer by their keys: the longest at a position, and the nearest to a misspelt one.
///
/// Exact by a trie, near by an index from scalars to the names that hold them, so that an edit distance is computed
/// only for names that share enough signs with the query.
struct NameIndex: Sendable {
    typealias Kind = AddressWords.NameKind

    struct Name: Sendable {
        var kind: Kind
        var key: [UInt32]
        var stem: Int
        /// What the name stands for: positions in the gazetteer's list of that kind.
        var targets: [Int32]
    }

    struct Hit {
        var name: Int32
        /// 1 for the very name, less for one that is only near.
        var similarity: Double
    }

    private(set) var names: [Name] = []
    private var children: [UInt64: Int32] = [:]
    /// Names that end at each node of the trie.
    private var ends: [[Int32]] = [[]]
    private var holders: [UInt32: [Int32]] = [:]

    /// Adds a name, or a further target to one that is known; nil for a name without signs.
    @discardableResult
    mutating func insert(_ text: String, kind: Kind, target: Int32) -> (position: Int32, isNew: Bool)? {
        let key = AddressText(text).key.filter { $0 != AddressText.space }
        guard !key.isEmpty else { return nil }
        var node: Int32 = 0
        for scalar in key {
            let edge = UInt64(node) << 32 | UInt64(scalar)
            if let next = children[edge] {
                node = next
            } else {
                ends.append([])
                node = Int32(ends.count - 1)
                children[edge] = node
            }
        }
        if let known = ends[Int(node)].first(where: { names[Int($0)].kind == kind }) {
            if !names[Int(known)].targets.contains(target) { names[Int(known)].targets.append(target) }
            return (known, false)
        }
        let id = Int32(names.count)
        names.append(
            Name(kind: kind, key: key, stem: AddressWords.stemLength(key[...], of: kind), targets: [target]))
        ends[Int(node)].append(id)
        var seen: Set<UInt32> = []
        for scalar in key where seen.insert(scalar).inserted { holders[scalar, default: []].append(id) }
        return (id, true)
    }

    /// The longest name that begins at a position, never cutting a number in two. O(length of the name).
    func longest(in key: [UInt32], at start: Int) -> (end: Int, names: [Int32])? {
        if start > 0, AddressText.isDigit(key[start]), AddressText.isDigit(key[start - 1]) { return nil }
        var node: Int32 = 0
        var found: (Int, Int32)?
        var i = start
        while i < key.count, let next = children[UInt64(node) << 32 | UInt64(key[i])] {
            node = next
            i += 1
            if !ends[Int(node)].isEmpty,
                !(i < key.count && AddressText.isDigit(key[i]) && AddressText.isDigit(key[i - 1]))
            {
                found = (i, node)
            }
        }
        return found.map { ($0.0, ends[Int($0.1)]) }
    }

    /// Names near to a run of an address, best first, ties in the order of insertion. O(names).
    ///
    /// Near means: the same but for the suffix word, or an edit distance of at most four fifths of the stem.
    func near(_ run: ArraySlice<UInt32>) -> [Hit] {
        guard run.count >= 2, run.count <= 24 else { return [] }
        var hits: [Hit] = []
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: names.count) { shared in
            shared.initialize(repeating: 0)
            for scalar in run {
                for name in holders[scalar] ?? [] { shared[Int(name)] &+= 1 }
            }
            for id in names.indices where shared[id] > 0 {
                let stem = names[id].stem
                let length = names[id].key.count
                guard Int(shared[id]) * 2 >= min(run.count, stem), run.count <= length + 3, length <= run.count + 4
                else { continue }
                let similarity = similarity(of: run, to: names[id])
                if similarity >= 0.6 { hits.append(Hit(name: Int32(id), similarity: similarity)) }
            }
        }
        hits.sort { ($0.similarity, $1.name) > ($1.similarity, $0.name) }
        return hits
    }

    private func similarity(of run: ArraySlice<UInt32>, to name: Name) -> Double {
        let stem = name.key[..<name.stem]
        let runStem = run.prefix(AddressWords.stemLength(run, of: name.kind))
        let suffix = name.key[name.stem...]
        let runSuffix = run[runStem.endIndex...]
        if runStem.elementsEqual(stem) {
            if runSuffix.elementsEqual(suffix) { return 1 }
            if runSuffix.isEmpty || suffix.isEmpty { return name.stem >= 2 ? 0.92 : 0.6 }
            return 0.78
        }
        // The suffix words are common to many names: what tells names apart is the stem.
        let ending = runSuffix.elementsEqual(suffix) ? 0 : runSuffix.isEmpty || suffix.isEmpty ? 0.3 : 0.8
        let distance = min(
            EditDistance.between(runStem, stem) + ending, EditDistance.between(run, name.key[...]) + ending / 2)
        return 1 - 0.5 * distance / Double(max(name.stem, 1))
    }
}
