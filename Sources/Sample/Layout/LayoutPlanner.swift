import Foundation
import GeoGrid

/// Divides the ground step by step: river, arteries, communities, grids, microgrids.
struct LayoutPlanner {
    var cutter: Cutter
    var kinds: [LineKind]
    let half: (u: Double, v: Double)
    var generator: SeededGenerator

    /// The river's middle, the trunk road and the streets over the bridges.
    mutating func arteries(communities: Int, hasRiver: Bool) -> (faces: [Int], bridges: [Double]) {
        guard hasRiver else { return ([0], []) }
        var faces = [0]
        func alongValley(_ v: (Double) -> Double) -> [PlanarPoint] {
            stride(from: -1.3 * half.u, through: 1.3 * half.u, by: 25).map { PlanarPoint(x: $0, y: v($0)) }
        }
        add(cutting: &faces, along: alongValley { _ in 0 }, as: .river)
        guard communities >= 4 else { return (faces, []) }
        let height = 0.47 * half.v
        let north = faces[0]
        var northern = [north]
        add(cutting: &northern, along: alongValley { height + 26 * sin($0 / 480) + 12 * sin($0 / 190) }, as: .trunk)
        let southern = Array(faces.dropFirst())
        let count = min(
            max(0, communities * 4 / 15 - 1), Int(2 * Double(communities).squareRoot()), Int(2 * half.u / 450))
        var bridges: [Double] = []
        var all = northern + southern
        for i in 0..<count {
            let even = (Double(i) + 1) / Double(count + 1) - 0.5
            let u = 1.55 * half.u * even + generator.uniform(-40, 40)
            let lean = generator.uniform(-0.05, 0.05)
            let phase = generator.uniform(0, 6)
            bridges.append(u)
            let line = stride(from: -1.4 * half.v, through: 1.4 * half.v, by: 25).map {
                PlanarPoint(x: u + lean * $0 + 14 * sin($0 / 210 + phase) - 14 * sin(phase), y: $0)
            }
            add(cutting: &all, along: line, as: .bridgeStreet)
        }
        return (all, bridges)
    }

    private mutating func add(cutting faces: inout [Int], along line: [PlanarPoint], as kind: LineKind) {
        for face in faces {
            guard let new = cutter.cut(face, along: line) else { continue }
            kinds.append(kind)
            faces.append(new)
        }
    }

    /// Divides faces until there are `count`, shared among them by weight.
    mutating func divide(_ faces: [Int], into count: Int, least: Int, style: Cutter.Style, kind: LineKind) -> [Int] {
        let shares = apportioned(count, over: faces.map { cutter.weight(of: $0) }, least: least)
        var out: [Int] = []
        for (face, share) in zip(faces, shares) { halve(face, share, style, kind, into: &out) }
        var stubborn: Set<Int> = []
        while out.count < count {
            let open = out.indices.filter { !stubborn.contains(out[$0]) }
            guard let i = open.max(by: { cutter.weight(of: out[$0]) < cutter.weight(of: out[$1]) }) else { break }
            if let new = cutter.divide(out[i], share: 0.5, style: style, using: &generator) {
                kinds.append(kind)
                out.append(new)
            } else {
                stubborn.insert(out[i])
            }
        }
        return out
    }

    private mutating func halve(
        _ face: Int, _ count: Int, _ style: Cutter.Style, _ kind: LineKind, into out: inout [Int]
    ) {
        guard count > 1 else {
            out.append(face)
            return
        }
        let first = count % 2 == 0 || generator.chance(0.5) ? count / 2 : count / 2 + 1
        guard
            let new = cutter.divide(face, share: Double(first) / Double(count), style: style, using: &generator)
        else {
            out.append(face)
            return
        }
        kinds.append(kind)
        let a = cutter.weight(of: face)
        let b = cutter.weight(of: new)
        let kept = a + b > 0 ? Int((Double(count) * a / (a + b)).rounded()) : first
        let part = min(count - 1, max(1, kept))
        halve(face, part, style, kind, into: &out)
        halve(new, count - part, style, kind, into: &out)
    }

    /// The thinnest three of ten communities are villages.
    func villages(_ faces: [Int]) -> [Bool] {
        let density = faces.map { cutter.weight(of: $0) / abs(OpenRing.area(cutter.mesh.polygon($0))) }
        let count = faces.count < 4 ? 0 : (faces.count * 3 + 5) / 10
        var out = faces.map { _ in false }
        for i in faces.indices.sorted(by: { (density[$0], $0) < (density[$1], $1) }).prefix(count) { out[i] = true }
        return out
    }

    mutating func use(of face: Int, village: Bool, density: Density) -> LandUse {
        let centre = OpenRing.centroid(cutter.mesh.polygon(face))
        let old = density.oldness(centre)
        let thin = density(centre)
        if village { return generator.chance(0.04) ? .industry : generator.chance(0.05 + old) ? .street : .village }
        if old > 0.38 {
            return [.oldTown, .street, .compound, .institution][generator.weighted([0.66, 0.2, 0.1, 0.04])]
        }
        if generator.chance(thin < 0.5 ? 0.95 : thin < 0.8 ? 0.6 : thin < 1.1 ? 0.15 : 0.02) { return .village }
        return [.oldTown, .street, .compound, .institution, .industry][
            generator.weighted([old > 0.2 ? 0.25 : 0, 0.34, 0.5, 0.06, centre.x > 0.3 * half.u ? 0.1 : 0.02])]
    }
}
