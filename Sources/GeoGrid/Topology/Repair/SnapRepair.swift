/// 捕捉对齐: closes gaps, overlaps and notches narrower than the snap tolerance by making their two sides one line.
///
/// Only edges that border such a place take part: vertices within the tolerance of each other become the first of
/// them, and a vertex near an edge becomes a vertex of it. Nothing moves farther than the tolerance.
struct SnapRepair {
    private let layer: AuditLayer
    private let number: Int
    private let options: AuditOptions

    init(_ layer: AuditLayer, number: Int, options: AuditOptions) {
        self.layer = layer
        self.number = number
        self.options = options
    }

    /// One proposal for every set of units that share a moved or added vertex.
    func proposals() -> [RepairProposal] {
        guard options.snapTolerance > 0 else { return [] }
        let verdicts = AreaValidity.verdicts(of: layer.areas)
        let table = EdgeTable(layer.areas) { !verdicts[$0].isValid }
        let faces = CoverageFaces(table, tolerance: options.tolerance(in: layer.areas.box))
        let edges = edgesToSnap(faces)
        guard !edges.isEmpty else { return [] }
        let noding = Noding(table, edges: edges, tolerance: options.snapTolerance)
        let rebuilt = rebuild(table, noding)
        return clusters(rebuilt, table).map { proposal($0, rebuilt) }
    }

    /// Edges on the border of narrow faces, and those near vertices of other units.
    private func edgesToSnap(_ faces: CoverageFaces) -> [Int] {
        var edges: Set<Int> = []
        for face in faces.graph.faces.indices where faces.isGap(face) || faces.isOverlap(face) {
            guard faces.width(ofFace: face) <= options.snapTolerance else { continue }
            for half in faces.graph.halfEdges(ofFace: face) { edges.formUnion(faces.tableEdges(half >> 1)) }
        }
        let finder = NearVertexFinder(faces, snapTolerance: options.snapTolerance)
        edges.formUnion(finder.edgesNear())
        return edges.sorted()
    }

    private struct Rebuilt {
        var unit: Int
        var polygons: [[[PlanarPoint]]]
        /// Vertices that are new to the unit.
        var added: Set<Int32>
        var changedArea: Double
    }

    private func rebuild(_ table: EdgeTable, _ noding: Noding) -> [Rebuilt] {
        let chains = chains(table, noding)
        let edgeOfEnds = Dictionary(
            chains.keys.map { (UInt64(table.start[$0]) << 32 | UInt64(table.end[$0]), $0) },
            uniquingKeysWith: { first, _ in first })
        var rebuilt: [Rebuilt] = []
        for unit in 0..<layer.areas.count where layer.areas.isArea(unit) {
            var added: Set<Int32> = []
            let polygons = layer.areas.parts(ofFeature: unit).map { part in
                layer.areas.paths(ofPart: part).compactMap { path -> [PlanarPoint]? in
                    let run = layer.areas.coordinates(ofPath: path)
                    let old = run.map { table.vertexOfCoordinate[$0] }
                    guard old.allSatisfy({ $0 >= 0 }) else { return run.map { layer.areas[coordinate: $0] } }
                    let new = snapped(old, noding, chains, edgeOfEnds)
                    guard new != old else { return run.map { layer.areas[coordinate: $0] } }
                    added.formUnion(Set(new).subtracting(old))
                    added.formUnion(old.filter { noding.vertex($0) != $0 })
                    return new.count < 4 ? nil : new.map { point($0, table, noding) }
                }
            }.filter { !$0.isEmpty }
            guard !added.isEmpty, !polygons.isEmpty else { continue }
            let area = polygons.reduce(0) { $0 + RingMeasure.area($1) }
            rebuilt.append(
                Rebuilt(
                    unit: unit, polygons: polygons, added: added,
                    changedArea: abs(area - layer.areas.area(ofFeature: unit))))
        }
        return rebuilt
    }

    /// The vertices along each snapped edge, from its start to its end.
    private func chains(_ table: EdgeTable, _ noding: Noding) -> [Int: [Int32]] {
        var pieces: [Int: [Noding.Piece]] = [:]
        for piece in noding.pieces { pieces[Int(piece.edge), default: []].append(piece) }
        return pieces.reduce(into: [:]) { chains, item in
            let (edge, pieces) = item
            var next: [Int32: Int32] = [:]
            for piece in pieces {
                next[piece.isReversed ? piece.end : piece.start] = piece.isReversed ? piece.start : piece.end
            }
            var chain = [noding.vertex(table.start[edge])]
            let end = noding.vertex(table.end[edge])
            while let last = chain.last, last != end, let following = next[last], chain.count <= pieces.count {
                chain.append(following)
            }
            chains[edge] = chain
        }
    }

    private func snapped(
        _ ring: [Int32], _ noding: Noding, _ chains: [Int: [Int32]], _ edgeOfEnds: [UInt64: Int]
    ) -> [Int32] {
        var new: [Int32] = []
        func append(_ vertex: Int32) {
            if new.last != vertex { new.append(vertex) }
        }
        for (a, b) in zip(ring, ring.dropFirst()) {
            append(noding.vertex(a))
            if let edge = edgeOfEnds[UInt64(min(a, b)) << 32 | UInt64(max(a, b))], let chain = chains[edge] {
                for vertex in a < b ? chain : chain.reversed() { append(vertex) }
            }
            append(noding.vertex(b))
        }
        // A fold, out along an edge and straight back, encloses nothing.
        var kept: [Int32] = []
        for vertex in new.dropLast() {
            kept.append(vertex)
            while kept.count >= 3, kept[kept.count - 1] == kept[kept.count - 3] { kept.removeLast(2) }
        }
        while kept.count >= 3, kept[0] == kept[kept.count - 2] { kept.removeLast(2) }
        while kept.count >= 3, kept[1] == kept[kept.count - 1] { kept.removeFirst(2) }
        return kept.isEmpty ? [] : kept + [kept[0]]
    }

    private func point(_ vertex: Int32, _ table: EdgeTable, _ noding: Noding) -> PlanarPoint {
        PlanarPoint(x: noding.x[Int(vertex)] + table.origin.x, y: noding.y[Int(vertex)] + table.origin.y)
    }

    private func clusters(_ rebuilt: [Rebuilt], _ table: EdgeTable) -> [[Int]] {
        var parent = Array(rebuilt.indices)
        func root(_ i: Int) -> Int {
            var i = i
            while parent[i] != i { i = parent[i] }
            return i
        }
        var holder: [Int32: Int] = [:]
        for (i, item) in rebuilt.enumerated() {
            for vertex in item.added.sorted() {
                if let other = holder[vertex] {
                    let a = root(i)
                    let b = root(other)
                    parent[max(a, b)] = min(a, b)
                } else {
                    holder[vertex] = i
                }
            }
        }
        return Dictionary(grouping: rebuilt.indices, by: root).sorted { $0.key < $1.key }.map(\.value)
    }

    private func proposal(_ members: [Int], _ rebuilt: [Rebuilt]) -> RepairProposal {
        let vertices = members.reduce(0) { $0 + rebuilt[$1].added.count }
        let names = members.prefix(3).map { layer.label(rebuilt[$0].unit) }
        let more = members.count > 3
        return RepairProposal(
            step: .snap, layer: number, areas: members.map { (rebuilt[$0].unit, rebuilt[$0].polygons) },
            message: Text(
                zh: "\(names.joined(separator: "、"))\(more ? " 等 \(members.count) 个单元" : "")：对齐 \(vertices) 个顶点",
                en:
                    "\(names.joined(separator: ", "))\(more ? " and others, \(members.count) units" : ""): \(vertices) vertices aligned"
            ),
            changedArea: members.reduce(0) { $0 + rebuilt[$1].changedArea })
    }
}
