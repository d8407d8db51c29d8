import Foundation
import GeoGrid

/// 建筑草图: a building as placed, before it has a number.
struct Draft {
    enum Kind {
        case slab, house, courtyard, farmhouse, hall, shed
    }
    var box: OrientedBox
    var shape: Footprint
    var kind: Kind
    /// Position of the microgrid in the layout's order.
    var site: Int
    /// Street the house fronts on, the distance along it and its side.
    var front: (street: Int, along: Double, left: Bool)?
    var floors: Int
    /// 单元 of a slab.
    var stairs = 1
}

/// A microgrid as building ground, in town metres.
struct Site {
    var ring: [PlanarPoint]
    /// Line of the mesh under each edge of the ring.
    var lines: [Int]
    var clearances: [Double]
    var streets: [Int?]
    var use: LandUse
    /// Direction slabs lie along.
    var axis: PlanarPoint
}

/// 布置建筑: fills one microgrid after its use.
struct Builder {
    let layout: Layout
    let streets: Streets
    let blocked: [[PlanarPoint]]
    var generator: SeededGenerator
    var drafts: [Draft] = []
    private var placed: [OrientedBox] = []

    init(layout: Layout, streets: Streets, blocked: [[PlanarPoint]], generator: SeededGenerator) {
        self.layout = layout
        self.streets = streets
        self.blocked = blocked
        self.generator = generator
    }

    func site(_ face: Int, use: LandUse) -> Site {
        let ids = layout.mesh.rings[face]
        let plan = ids.map { layout.mesh.points[$0] }
        let side = OpenRing.centroid(plan).y < 0 ? -1.0 : 1.0
        let ring = plan.map { p -> PlanarPoint in
            guard layout.hasRiver else { return layout.valley.place(p) }
            return layout.valley.place(PlanarPoint(x: p.x, y: side * max(side * p.y, Streets.embankment(p.x) + 6)))
        }
        let lines = ids.indices.map { layout.mesh.line(ids[$0], ids[($0 + 1) % ids.count]) }
        return Site(
            ring: ring, lines: lines, clearances: lines.map { streets.clearance($0, of: layout) },
            streets: lines.map { streets.streetOfLine[$0] }, use: use,
            axis: layout.valley.along(OpenRing.centroid(plan)))
    }

    mutating func fill(_ site: Site, number: Int) {
        placed = []
        switch site.use {
        case .compound:
            fillRows(site, number)
        case .oldTown:
            fillFronts(site, number, kind: .house, width: 8...13, depth: 9...13, rate: 0.93)
            fillLattice(site, number, kind: .courtyard, cell: 15, rate: 0.7, turn: 0.06)
        case .street:
            fillFronts(site, number, kind: .house, width: 10...16, depth: 11...14, rate: 0.93)
            if generator.chance(0.6) { fillRows(site, number, most: 3) }
        case .village:
            fillFronts(site, number, kind: .farmhouse, width: 11...14, depth: 9...12, rate: 0.42)
            fillHamlet(site, number)
        case .institution:
            fillHalls(site, number)
        case .industry:
            fillSheds(site, number)
        }
    }

    /// Whether a box stands free inside the ground.
    private func fits(_ box: OrientedBox, _ site: Site, gap: Double) -> Bool {
        guard OpenRing.contains(site.ring, box.centre) else { return false }
        for i in site.ring.indices
        where box.meets(site.ring[i], site.ring[(i + 1) % site.ring.count], margin: site.clearances[i]) { return false }
        for ring in blocked {
            if OpenRing.contains(ring, box.centre) { return false }
            for i in ring.indices where box.meets(ring[i], ring[(i + 1) % ring.count], margin: 8) { return false }
        }
        return !placed.contains { $0.touches(box, gap: gap) }
    }

    private mutating func add(_ draft: Draft) {
        placed.append(draft.box)
        drafts.append(draft)
    }

    private mutating func shape(_ kind: Draft.Kind) -> Footprint {
        let draw = generator.unit()
        switch kind {
        case .house: return draw < 0.16 ? .ell(generator.uniform(0.3, 0.5), generator.uniform(0.3, 0.5)) : .rectangle
        case .courtyard, .farmhouse:
            if draw < 0.28 { return .ell(generator.uniform(0.35, 0.55), generator.uniform(0.35, 0.5)) }
            return draw < 0.48 ? .court(generator.uniform(0.35, 0.5), generator.uniform(0.4, 0.55)) : .rectangle
        case .hall:
            if draw < 0.35 { return .ell(generator.uniform(0.5, 0.7), generator.uniform(0.5, 0.6)) }
            return draw < 0.6 ? .court(generator.uniform(0.5, 0.65), generator.uniform(0.5, 0.65)) : .rectangle
        case .slab, .shed: return .rectangle
        }
    }

    /// Houses side by side along every named street of the ring.
    private mutating func fillFronts(
        _ site: Site, _ number: Int, kind: Draft.Kind, width: ClosedRange<Double>, depth: ClosedRange<Double>,
        rate: Double
    ) {
        for run in frontRuns(site) {
            var s = site.clearances[run.first] + 2
            while s < run.length - 6 {
                let w = generator.uniform(width.lowerBound, width.upperBound)
                let d = generator.uniform(depth.lowerBound, depth.upperBound)
                let p = run.at(s)
                let q = run.at(s + w)
                guard generator.chance(rate), p.distance(to: q) > w * 0.9 else {
                    s += w * 0.8
                    continue
                }
                let axis = (q - p).unit
                let back = site.clearances[run.first] + generator.uniform(0.3, 1.5) + d / 2
                let box = OrientedBox(centre: (p + q) * 0.5 + axis.left * back, axis: axis, half: (w / 2, d / 2))
                if fits(box, site, gap: 0.4) {
                    let shape = shape(kind)
                    let street = site.streets[run.first]!
                    let floors =
                        kind == .house
                        ? (site.use == .street ? generator.integer(3...6) : generator.integer(1...3))
                        : generator.integer(1...3)
                    add(
                        Draft(
                            box: box, shape: shape, kind: kind, site: number,
                            front: (street, 0, false), floors: floors))
                    s += w + (generator.chance(0.75) ? 0.5 : generator.uniform(2, 9))
                } else {
                    s += 4
                }
            }
        }
    }

    /// A stretch of the ring along one street.
    private struct Run {
        var first: Int
        var points: [PlanarPoint]
        var length: Double

        func at(_ s: Double) -> PlanarPoint {
            var left = s
            for i in 1..<points.count {
                let d = points[i].distance(to: points[i - 1])
                if left <= d || i == points.count - 1 { return points[i - 1] + (points[i] - points[i - 1]).unit * left }
                left -= d
            }
            return points[points.count - 1]
        }
    }

    private func frontRuns(_ site: Site) -> [Run] {
        var runs: [Run] = []
        let n = site.ring.count
        let start = site.lines.indices.first { site.lines[$0] != site.lines[($0 + n - 1) % n] } ?? 0
        for k in 0..<n {
            let i = (start + k) % n
            let a = site.ring[i]
            let b = site.ring[(i + 1) % n]
            if k > 0, let last = runs.last, site.lines[last.first] == site.lines[i],
                last.points[last.points.count - 1] == a
            {
                runs[runs.count - 1].points.append(b)
                runs[runs.count - 1].length += a.distance(to: b)
            } else {
                runs.append(Run(first: i, points: [a, b], length: a.distance(to: b)))
            }
        }
        return runs.filter { run in
            site.streets[run.first].map { !streets.streets[$0].name.isEmpty } ?? false
        }
    }

    /// Slabs in rows, as a housing estate has them.
    private mutating func fillRows(_ site: Site, _ number: Int, most: Int = .max) {
        let tall = generator.weighted([0.62, 0.28, 0.1])
        let gap = [17.0, 24.0, 32.0][tall]
        let floors = [6, 11, 18][tall]
        let depth = [11.5, 13.5, 16.0][tall]
        let stairWidth = [15.0, 17.0, 22.0][tall]
        let frame = OrientedBox(centre: OpenRing.centroid(site.ring), axis: site.axis, half: (1, 1))
        var box = Box.empty
        for p in site.ring.map(frame.local) { box.extend(x: p.x, y: p.y) }
        var best: [(OrientedBox, Int)] = []
        let before = placed
        for phase in 0..<3 {
            placed = before
            var found: [(OrientedBox, Int)] = []
            var y = box.maxY - depth / 2 - 4 - Double(phase) * 6
            while y > box.minY, found.count < most {
                var x = box.minX
                var inRow = false
                while x < box.maxX, found.count < most {
                    var advanced = 3.0
                    for stairs in [generator.integer(3...5), 2, 1] {
                        let length = Double(stairs) * stairWidth
                        let slab = OrientedBox(
                            centre: frame.point(x + length / 2, y), axis: site.axis, half: (length / 2, depth / 2))
                        if fits(slab, site, gap: 7) {
                            placed.append(slab)
                            found.append((slab, stairs))
                            advanced = length + 8
                            inRow = true
                            break
                        }
                    }
                    x += advanced
                }
                y -= inRow ? depth + gap : 4
            }
            let area = found.reduce(0) { $0 + $1.1 }
            if area > best.reduce(0, { $0 + $1.1 }) { best = found }
        }
        placed = before
        for (slab, stairs) in best {
            add(
                Draft(
                    box: slab, shape: .rectangle, kind: .slab, site: number, front: nil,
                    floors: max(4, floors + generator.integer(-1...1)), stairs: stairs))
        }
    }

    /// Houses and yards behind the street fronts.
    private mutating func fillLattice(
        _ site: Site, _ number: Int, kind: Draft.Kind, cell: Double, rate: Double, turn: Double
    ) {
        let frame = OrientedBox(centre: OpenRing.centroid(site.ring), axis: site.axis, half: (1, 1))
        var box = Box.empty
        for p in site.ring.map(frame.local) { box.extend(x: p.x, y: p.y) }
        var y = box.maxY - cell / 2
        while y > box.minY {
            var x = box.minX + cell / 2
            while x < box.maxX {
                defer { x += cell }
                guard generator.chance(rate) else { continue }
                let angle = generator.bell() * turn
                let axis = (site.axis + site.axis.left * angle).unit
                let house = OrientedBox(
                    centre: frame.point(x + generator.uniform(-2, 2), y + generator.uniform(-2, 2)), axis: axis,
                    half: (generator.uniform(4.5, 7.5), generator.uniform(4, 6.5)))
                if fits(house, site, gap: 1.2) {
                    let shape = shape(kind)
                    add(
                        Draft(
                            box: house, shape: shape, kind: kind, site: number, front: nil,
                            floors: generator.integer(1...3)))
                }
            }
            y -= cell
        }
    }

    /// A hamlet: houses thin out from its middle, the rest is fields.
    private mutating func fillHamlet(_ site: Site, _ number: Int) {
        let middle = OpenRing.centroid(site.ring)
        let area = abs(OpenRing.area(site.ring))
        let corner = site.ring[generator.below(site.ring.count)]
        let heart = middle + (corner - middle) * generator.uniform(0.1, 0.6)
        let wanted = max(3, min(14, Int(area / 1600) + generator.integer(-1...2)))
        let spread = min(60, area.squareRoot() * 0.35)
        for _ in 0..<wanted * 3 where drafts.last.map({ $0.site != number }) ?? true || countAt(number) < wanted + 2 {
            let angle = generator.bell() * 0.12
            let axis = (site.axis + site.axis.left * angle).unit
            let house = OrientedBox(
                centre: heart
                    + PlanarPoint(x: generator.bell() * spread, y: generator.bell() * spread), axis: axis,
                half: (generator.uniform(5, 7), generator.uniform(4.5, 6)))
            guard fits(house, site, gap: 3) else { continue }
            let shape = shape(.farmhouse)
            add(
                Draft(
                    box: house, shape: shape, kind: .farmhouse, site: number, front: nil,
                    floors: generator.integer(1...3)))
        }
    }

    private func countAt(_ number: Int) -> Int {
        drafts.reversed().prefix { $0.site == number }.count
    }

    private mutating func fillHalls(_ site: Site, _ number: Int) {
        for _ in 0..<60 where countAt(number) < 4 {
            let hall = OrientedBox(
                centre: inside(site), axis: generator.chance(0.8) ? site.axis : site.axis.left,
                half: (generator.uniform(9, 28), generator.uniform(6, 13)))
            guard fits(hall, site, gap: 10) else { continue }
            let shape = shape(.hall)
            add(Draft(box: hall, shape: shape, kind: .hall, site: number, front: nil, floors: generator.integer(2...5)))
        }
    }

    private mutating func fillSheds(_ site: Site, _ number: Int) {
        for _ in 0..<60 where countAt(number) < 6 {
            let shed = OrientedBox(
                centre: inside(site), axis: site.axis, half: (generator.uniform(9, 36), generator.uniform(6, 15)))
            guard fits(shed, site, gap: 7) else { continue }
            add(Draft(box: shed, shape: .rectangle, kind: .shed, site: number, front: nil, floors: 1))
        }
    }

    private mutating func inside(_ site: Site) -> PlanarPoint {
        var box = Box.empty
        for p in site.ring { box.extend(x: p.x, y: p.y) }
        return PlanarPoint(x: generator.uniform(box.minX, box.maxX), y: generator.uniform(box.minY, box.maxY))
    }
}
