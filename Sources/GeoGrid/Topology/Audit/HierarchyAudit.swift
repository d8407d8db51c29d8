/// 层级检查: whether the units of a level fill their parents and stay inside them.
///
/// For every parent, the edges of its children and its own are laid together; where they do not cancel, faces remain
/// in which children stick out of the parent or leave it uncovered.
struct HierarchyAudit {
    private let children: LevelAudit
    private let parents: LevelAudit
    private let options: AuditOptions
    private(set) var findings: [AuditFinding] = []
    /// Parent of each child; -1 for orphans.
    private var parentOf: [Int]
    private let parentBoxes: [Box]
    private let context = GEOSContext()

    /// A place where children of a parent lie outside it, or a parent is not covered by its children.
    private struct Difference {
        var parent: Int
        var rings: [[PlanarPoint]]
        var box: Box
        var area: Double
        var width: Double
        /// Children seen from the border of the place as lying in it.
        var children: [Int]
    }

    init(children: LevelAudit, parents: LevelAudit, options: AuditOptions) {
        self.children = children
        self.parents = parents
        self.options = options
        let above = parents.areas
        parentBoxes = (0..<above.count).map { above.isArea($0) ? above.box(ofFeature: $0) : .empty }
        let index = Dictionary(
            zip(parents.layer.codes, parents.layer.codes.indices), uniquingKeysWith: { first, _ in first })
        parentOf = children.layer.parentCodes.map { $0.isEmpty ? -1 : index[$0] ?? -1 }
    }

    mutating func run() {
        guard !parents.layer.codes.isEmpty else { return }
        for (child, parent) in parentOf.enumerated() where parent < 0 {
            findings.append(.orphan(children.layer, children.number, child))
        }
        let (outside, uncovered) = differences()
        report(outside: outside.filter { !isNotch($0) })
        report(uncovered: uncovered, explainedBy: outside)
    }

    // MARK: - Differences

    private func differences() -> (outside: [Difference], uncovered: [Difference]) {
        var combined = children.areas
        for parent in 0..<parents.areas.count { combined.append(feature: parent, of: parents.areas) }
        let table = EdgeTable(combined)
        let tolerance = options.tolerance(in: combined.box)
        var outside: [Difference] = []
        var uncovered: [Difference] = []
        let childCount = children.areas.count
        let groups = EdgeGroups(table) { [parentOf] unit in
            unit >= childCount ? unit - childCount : parentOf[unit] < 0 ? nil : parentOf[unit]
        } sign: {
            $0 < childCount ? 1 : -1
        }
        for group in groups.groups {
            let faces = GroupFaces(table, group.edges, tolerance: tolerance)
            for face in faces.graph.faces.indices where faces.graph.faces[face].depth != 0 {
                let area = faces.graph.faces[face].area
                guard area > 0 else { continue }
                let rings = faces.graph.rings(ofFace: face, origin: table.origin)
                let sticksOut = faces.graph.faces[face].depth > 0
                if sticksOut, let point = RingMeasure.pointInside(rings),
                    parents.areas.covers(feature: group.number, point)
                {
                    continue  // children that overlap inside their parent: a finding of their level
                }
                let difference = Difference(
                    parent: group.number, rings: rings, box: RingMeasure.box(rings), area: area,
                    width: 2 * area / faces.graph.perimeter(ofFace: face),
                    children: faces.unitsInside(face: face).filter { $0 < children.areas.count })
                if sticksOut { outside.append(difference) } else { uncovered.append(difference) }
            }
        }
        return (outside, uncovered)
    }

    // MARK: - Children outside

    private mutating func report(outside: [Difference]) {
        var places: [Int: [Difference]] = [:]
        for difference in outside {
            guard difference.children.count > 1 else {
                if let child = difference.children.first { places[child, default: []].append(difference) }
                continue
            }
            for child in difference.children {
                for part in intersection(difference.rings, children.areas, child) {
                    var piece = difference
                    piece.rings = part
                    piece.area = RingMeasure.area(part)
                    places[child, default: []].append(piece)
                }
            }
        }
        for (child, pieces) in places.sorted(by: { $0.key < $1.key }) where !children.isInvalid[child] {
            let area = pieces.reduce(0) { $0 + $1.area }
            guard area > 0, area >= options.minimumArea, !parents.isInvalid[parentOf[child]] else { continue }
            let total = children.areas.area(ofFeature: child)
            let holder = parentHolding(pieces)
            let width = pieces.map(\.width).max() ?? 0
            if let holder, holder.area >= options.splitShare * total, total - area >= options.splitShare * total {
                findings.append(
                    .twoParents(
                        children.layer, children.number, child, parents.layer, [parentOf[child], holder.parent],
                        area: holder.area, place: pieces.map(\.rings)))
            } else {
                findings.append(
                    .outsideParent(
                        children.layer, children.number, child, parents.layer, parentOf[child],
                        inside: holder?.parent, area: area, share: area / total, width: width,
                        place: pieces.map(\.rings), options))
            }
        }
    }

    /// The parent that holds most of some places.
    private func parentHolding(_ pieces: [Difference]) -> (parent: Int, area: Double)? {
        var best: (parent: Int, area: Double)?
        for (parent, box) in parentBoxes.enumerated() where !box.isEmpty {
            var area = 0.0
            for piece in pieces where piece.parent != parent && piece.box.intersects(box) {
                area += intersection(piece.rings, parents.areas, parent).reduce(0) { $0 + RingMeasure.area($1) }
            }
            if area > best?.area ?? 0 { best = (parent, area) }
        }
        return best
    }

    // MARK: - Parents uncovered

    /// Reports parents that their children leave uncovered, but not where another finding already says why.
    private mutating func report(uncovered: [Difference], explainedBy outside: [Difference]) {
        var reasons = outside.map { (rings: $0.rings, box: $0.box) }
        reasons += children.gapPlaces.map { ($0, RingMeasure.box($0)) }
        for child in 0..<children.areas.count where parentOf[child] < 0 || children.isInvalid[child] {
            for part in children.areas.feature(child) { reasons.append((part, RingMeasure.box(part))) }
        }
        reasons.sort { $0.box.minX < $1.box.minX }
        var places: [Int: [Difference]] = [:]
        for difference in uncovered where !parents.isInvalid[difference.parent] {
            var place = Geometries()
            place.append(.polygon, parts: [difference.rings])
            var explained = 0.0
            for reason in reasons {
                if reason.box.minX > difference.box.maxX { break }
                guard reason.box.intersects(difference.box) else { continue }
                explained += intersection(reason.rings, place, 0).reduce(0) { $0 + RingMeasure.area($1) }
            }
            if isNotch(difference) { continue }
            if difference.area - explained > max(0.05 * difference.area, options.minimumArea) {
                places[difference.parent, default: []].append(difference)
            }
        }
        for (parent, pieces) in places.sorted(by: { $0.key < $1.key }) {
            findings.append(
                .parentNotUnion(
                    children.layer, children.number, parents.layer, parent,
                    area: pieces.reduce(0) { $0 + $1.area }, width: pieces.map(\.width).max() ?? 0,
                    place: pieces.map(\.rings), options))
        }
    }

    /// Whether a narrow place is what vertices that nearly meet leave open or cover.
    private func isNotch(_ difference: Difference) -> Bool {
        guard difference.width <= options.snapTolerance else { return false }
        let box = difference.box.expanded(by: options.snapTolerance)
        return children.findings.contains { finding in
            guard finding.kind == .nearlyMeeting, let point = finding.place.first?.first?.first else { return false }
            return box.contains(x: point.x, y: point.y)
        }
    }

    /// The polygons a place and an area have in common, by GEOS.
    private func intersection(_ rings: [[PlanarPoint]], _ areas: Geometries, _ feature: Int) -> [[[PlanarPoint]]] {
        var place = Geometries()
        place.append(.polygon, parts: [rings])
        guard let a = try? GEOSGeometry(place, feature: 0, in: context),
            let b = try? GEOSGeometry(areas, feature: feature, in: context)
        else { return [] }
        return (try? a.intersection(b))?.polygons() ?? []
    }
}
