import Foundation
import GeoGrid

/// 用地: what a block is, which decides how its lines run and what is built on it.
enum LandUse {
    case oldTown, street, compound, village, institution, industry
}

/// What a line of the mesh is.
enum LineKind {
    case outline, river, trunk, bridgeStreet
    case community, grid
    case microgrid(LandUse)
}

/// 布局: the ground of the town, divided down to microgrids, still in plan coordinates.
struct Layout {
    struct Grid {
        var community: Int
        var use: LandUse
        var faces: [Int]
    }

    let valley: Valley
    var mesh: Mesh
    /// Kind of each line of the mesh.
    var kinds: [LineKind]
    /// 村 rather than 社区.
    var isVillage: [Bool]
    var grids: [Grid]
    let hasRiver: Bool
    /// Half the length and half the width of the plan, metres.
    let half: (u: Double, v: Double)
    /// Plan positions where bridges cross the river.
    let bridges: [Double]
    /// 水库, in a village's valley; plan ring, empty in a small town.
    private(set) var reservoir: [PlanarPoint] = []

    func place(_ vertex: Int) -> PlanarPoint { valley.place(mesh.points[vertex]) }
}

extension Layout {
    static let squareMetresPerMicrogrid = 7_200_000.0 / 952

    static func make(_ options: SampleOptions, origin: PlanarPoint) -> Layout {
        var generator = SeededGenerator(seed: options.seed, stage: 1)
        let valley = Valley(origin: origin, using: &generator)
        let area = squareMetresPerMicrogrid * Double(options.microgrids)
        let shape = Outline(using: &generator)
        var half = (u: (area * 1.5).squareRoot() / 1.8, v: (area / 1.5).squareRoot() / 1.8)
        var outline: [PlanarPoint] = []
        for _ in 0..<6 {
            outline = shape.ring(half: half)
            let factor = (area / OpenRing.area(outline.map(valley.place))).squareRoot()
            half = (half.u * factor, half.v * factor)
        }
        outline = shape.ring(half: half)

        let hasRiver = options.microgrids >= 80 && options.communities >= 2
        let density = Density(half: half, hasRiver: hasRiver, using: &generator)
        let spacing = (area / Double(options.microgrids) / 36).squareRoot()
        var samples: [PlanarPoint] = []
        for i in 0...Int(2.4 * half.v / spacing) {
            for j in 0...Int(2.4 * half.u / spacing) {
                let p = PlanarPoint(
                    x: -1.2 * half.u + (Double(j) + generator.uniform(0, 1)) * spacing,
                    y: -1.2 * half.v + (Double(i) + generator.uniform(0, 1)) * spacing)
                if OpenRing.contains(outline, p) { samples.append(p) }
            }
        }
        var planner = LayoutPlanner(
            cutter: Cutter(outline: outline, samples: samples, weights: samples.map(density.callAsFunction)),
            kinds: [.outline], half: half, generator: generator)
        let arteries = planner.arteries(communities: options.communities, hasRiver: hasRiver)
        let communities = planner.divide(
            arteries.faces, into: options.communities, least: 1,
            style: .init(wiggle: 0.025, slope: 0.05, snap: 60, clear: 45, step: 25),
            kind: .community)
        let villages = planner.villages(communities)
        let gridStyle = Cutter.Style(wiggle: 0.022, slope: 0.06, snap: 34, clear: 18, step: 22)
        let perCommunity = apportioned(
            options.grids, over: communities.map { planner.cutter.weight(of: $0) }, least: 1)
        var grids: [Layout.Grid] = []
        for (community, face) in communities.enumerated() {
            let faces = planner.divide(
                [face], into: perCommunity[community], least: 1, style: gridStyle, kind: .grid)
            for face in faces {
                let use = planner.use(of: face, village: villages[community], density: density)
                grids.append(Layout.Grid(community: community, use: use, faces: [face]))
            }
        }
        let least = options.microgrids >= 2 * options.grids ? 2 : 1
        let perGrid = apportioned(
            options.microgrids,
            over: grids.map {
                pow(planner.cutter.weight(of: $0.faces[0]), 0.8) * $0.use.fineness
                    * planner.generator.uniform(0.8, 1.25)
            },
            least: least)
        for g in grids.indices {
            grids[g].faces = planner.divide(
                grids[g].faces, into: perGrid[g], least: 1, style: grids[g].use.style, kind: .microgrid(grids[g].use))
        }
        var mesh = planner.cutter.mesh
        mesh.simplify(tolerance: 0.25, place: valley.place)
        var layout = Layout(
            valley: valley, mesh: mesh, kinds: planner.kinds, isVillage: villages, grids: grids,
            hasRiver: hasRiver, half: half, bridges: arteries.bridges)
        if hasRiver, options.microgrids >= 400 { layout.dam() }
        return layout
    }

    /// Fills most of one roomy village microgrid in the north with a reservoir, so that no street runs into it.
    private mutating func dam() {
        var best: (score: Double, ring: [PlanarPoint])?
        for grid in grids where isVillage[grid.community] && grid.use == .village {
            for face in grid.faces {
                let ring = mesh.polygon(face)
                let centre = OpenRing.centroid(ring)
                guard centre.y > 0.35 * half.v else { continue }
                let score = min(abs(OpenRing.area(ring)), 32_000) * OpenRing.compactness(ring)
                if score > best?.score ?? 0 { best = (score, ring) }
            }
        }
        guard let ring = best?.ring else { return }
        let centre = OpenRing.centroid(ring)
        let rays = (0..<40).map { i -> PlanarPoint in
            let angle = 2 * .pi * Double(i) / 40
            let way = PlanarPoint(x: cos(angle), y: sin(angle))
            var reach = 10.0
            while reach < 400 {
                let p = centre + way * (reach + 14)
                if !OpenRing.contains(ring, p) { break }
                if ring.indices.contains(where: { distance(p, toSegment: ring[$0], ring[($0 + 1) % ring.count]) < 14 })
                {
                    break
                }
                reach += 2
            }
            return way * (reach * (0.86 + 0.1 * sin(3 * angle) + 0.04 * sin(7 * angle)))
        }
        reservoir = rays.indices.map { i in
            centre + (rays[i] * 2 + rays[(i + 1) % 40] + rays[(i + 39) % 40]) * 0.25
        }
    }
}

extension LandUse {
    /// How finely a grid is divided: estates by groups of buildings, fields hardly.
    var fineness: Double {
        switch self {
        case .compound: 1.7
        case .oldTown, .street: 1
        case .village: 0.8
        case .institution, .industry: 0.5
        }
    }

    var style: Cutter.Style {
        switch self {
        case .oldTown: Cutter.Style(wiggle: 0.06, slope: 0.12, snap: 20, clear: 12, step: 14)
        case .street: Cutter.Style(wiggle: 0.02, slope: 0.06, snap: 24, clear: 14, step: 20)
        case .compound, .institution: Cutter.Style(wiggle: 0.006, slope: 0.025, snap: 22, clear: 14, step: 25)
        case .village: Cutter.Style(wiggle: 0.07, slope: 0.16, snap: 30, clear: 18, step: 18)
        case .industry: Cutter.Style(wiggle: 0.005, slope: 0.02, snap: 30, clear: 18, step: 30)
        }
    }
}
