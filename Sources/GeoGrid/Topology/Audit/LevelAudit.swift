/// 单层检查: the faults of one level.
struct LevelAudit {
    let layer: AuditLayer
    let number: Int
    let options: AuditOptions
    private(set) var findings: [AuditFinding] = []
    /// The layer's areas, those not valid replaced by what GEOS makes of them; `none` where nothing can be made.
    private(set) var areas: Geometries
    /// Units whose own area is at fault: they are not judged further.
    private(set) var isInvalid: [Bool]
    /// Gaps, for the levels above and below.
    private(set) var gapPlaces: [[[PlanarPoint]]] = []

    init(_ layer: AuditLayer, number: Int, options: AuditOptions) {
        self.layer = layer
        self.number = number
        self.options = options
        areas = layer.areas
        isInvalid = [Bool](repeating: false, count: layer.areas.count)
    }

    mutating func run() {
        let (table, grid) = judgeAreas()
        let faces = CoverageFaces(table, tolerance: options.tolerance(in: areas.box))
        let duplicates = findDuplicates(table)
        findGaps(faces)
        findOverlaps(faces, grid, duplicates)
        findPieces()
        findNearlyMeeting(faces)
        findings += CodeAudit(layer, number: number, options: options).findings()
    }

    // MARK: - Areas by themselves

    /// Reports areas that are missing or not valid, mends them for the rest of the audit, and returns the edges,
    /// also in cells.
    private mutating func judgeAreas() -> (EdgeTable, SegmentGrid) {
        for unit in 0..<layer.areas.count where !layer.areas.isArea(unit) {
            findings.append(.noArea(layer, number, unit))
        }
        let isFinite = AreaValidity.finiteFeatures(areas)
        let table = EdgeTable(areas) { !isFinite[$0] }
        let grid = table.grid()
        let context = GEOSContext()
        var mended: [Int: [[[PlanarPoint]]]] = [:]
        for (unit, verdict) in AreaValidity.verdicts(of: areas, table, grid, isFinite).enumerated()
        where areas.isArea(unit) {
            guard case .invalid(let reason, let place) = verdict else { continue }
            isInvalid[unit] = true
            mended[unit] = isFinite[unit] ? madeValid(unit, context) : []
            findings.append(.invalidArea(layer, number, unit, reason: reason, at: place))
        }
        guard !mended.isEmpty else { return (table, grid) }
        var copy = Geometries()
        for unit in 0..<areas.count {
            if let polygons = mended[unit] {
                copy.append(polygons.count == 1 ? .polygon : .multiPolygon, parts: polygons)
            } else {
                copy.append(feature: unit, of: areas)
            }
        }
        areas = copy
        let whole = EdgeTable(areas)
        return (whole, whole.grid())
    }

    private func madeValid(_ unit: Int, _ context: GEOSContext) -> [[[PlanarPoint]]] {
        guard let geometry = try? GEOSGeometry(areas, feature: unit, in: context) else { return [] }
        return (try? geometry.madeValid())?.polygons() ?? []
    }

    private mutating func findPieces() {
        for unit in 0..<layer.areas.count where !isInvalid[unit] {
            let parts = layer.areas.parts(ofFeature: unit)
            if layer.areas.isArea(unit), parts.count > 1 {
                findings.append(.severalPieces(layer, number, unit))
            }
        }
    }

    /// Units with exactly the edges of another; later ones are reported with the first.
    private mutating func findDuplicates(_ table: EdgeTable) -> Set<UInt64> {
        var pairs: Set<UInt64> = []
        let suspects = Set(
            table.extras.flatMap { extra -> [Int] in
                var units: [Int] = []
                table.forEachUnit(besideEdge: Int(extra.edge)) { unit, _ in units.append(unit) }
                return units
            }
        ).sorted()
        var firstWithEdges: [[UInt64]: Int] = [:]
        for unit in suspects {
            let edges = edgeKeys(unit, table)
            if let first = firstWithEdges[edges] {
                findings.append(.duplicateArea(layer, number, first, unit))
                pairs.insert(UInt64(first) << 32 | UInt64(unit))
            } else {
                firstWithEdges[edges] = unit
            }
        }
        // Three of a kind overlap in three pairs.
        let groups = Dictionary(grouping: pairs) { $0 >> 32 }
        for (_, group) in groups where group.count > 1 {
            let units = group.map { $0 & 0xFFFF_FFFF }.sorted()
            for (i, a) in units.enumerated() { for b in units[(i + 1)...] { pairs.insert(a << 32 | b) } }
        }
        return pairs
    }

    private func edgeKeys(_ unit: Int, _ table: EdgeTable) -> [UInt64] {
        var keys: [UInt64] = []
        for part in areas.parts(ofFeature: unit) {
            for ring in areas.paths(ofPart: part) {
                for i in areas.coordinates(ofPath: ring).dropLast() {
                    let a = UInt64(UInt32(bitPattern: table.vertexOfCoordinate[i]))
                    let b = UInt64(UInt32(bitPattern: table.vertexOfCoordinate[i + 1]))
                    if a != b { keys.append(min(a, b) << 32 | max(a, b)) }
                }
            }
        }
        return keys.sorted()
    }

    // MARK: - The net

    private mutating func findGaps(_ faces: CoverageFaces) {
        for face in faces.graph.faces.indices where faces.isGap(face) {
            let neighbours = faces.neighbours(ofFace: face)
            let area = faces.graph.faces[face].area
            let rings = faces.rings(ofFace: face)
            gapPlaces.append(rings)
            guard area >= options.minimumArea, !neighbours.contains(where: { isInvalid[$0.unit] }) else { continue }
            findings.append(
                .gap(
                    layer, number, neighbours, area: area, width: faces.width(ofFace: face),
                    rings: rings, options))
        }
    }

    private mutating func findOverlaps(_ faces: CoverageFaces, _ grid: SegmentGrid, _ duplicates: Set<UInt64>) {
        for overlap in OverlapFinder(areas, faces, grid).overlaps() {
            guard overlap.area >= options.minimumArea, !isInvalid[overlap.a], !isInvalid[overlap.b],
                !duplicates.contains(UInt64(overlap.a) << 32 | UInt64(overlap.b))
            else { continue }
            findings.append(.overlap(layer, number, overlap, options))
        }
    }

    /// Reports vertices that nearly meet another unit where no gap or overlap already tells of it.
    private mutating func findNearlyMeeting(_ faces: CoverageFaces) {
        var told = [Bool](repeating: false, count: faces.noding.x.count)
        for face in faces.graph.faces.indices where faces.isGap(face) || faces.isOverlap(face) {
            faces.mark(face, in: &told)
        }
        let finder = NearVertexFinder(faces, snapTolerance: options.snapTolerance, told: told)
        for near in finder.found() where !isInvalid[near.unit] && !isInvalid[near.other] {
            findings.append(.nearlyMeeting(layer, number, near))
        }
    }
}
