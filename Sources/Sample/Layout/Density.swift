import Foundation
import GeoGrid

/// 密度: how many microgrids stand on a square metre, relative to the town's edge.
struct Density {
    let half: (u: Double, v: Double)
    let hasRiver: Bool
    /// 老城 and 新城.
    let oldCentre: PlanarPoint
    let newCentre: PlanarPoint
    private let phases: [Double]

    init(half: (u: Double, v: Double), hasRiver: Bool, using generator: inout SeededGenerator) {
        self.half = half
        self.hasRiver = hasRiver
        oldCentre = PlanarPoint(x: -0.22 * half.u, y: 0.2 * half.v)
        newCentre = PlanarPoint(x: 0.36 * half.u, y: -0.24 * half.v)
        phases = (0..<4).map { _ in generator.uniform(0, 2 * .pi) }
    }

    func oldness(_ p: PlanarPoint) -> Double { fall(p, oldCentre, 0.24) }
    func newness(_ p: PlanarPoint) -> Double { fall(p, newCentre, 0.34) }

    func callAsFunction(_ p: PlanarPoint) -> Double {
        if hasRiver, abs(p.y) < Valley.halfWidth(p.x) + 12 { return 0 }
        let broken =
            1 + 0.14 * sin(p.x / 190 + phases[0]) * sin(p.y / 170 + phases[1])
            + 0.12 * sin((p.x + p.y) / 330 + phases[2])
        let urban = 2.4 * oldness(p) + 1.5 * newness(p) + 0.6 * fall(p, PlanarPoint(x: 0, y: 0), 0.6)
        return (0.2 + urban) * broken
    }

    private func fall(_ p: PlanarPoint, _ centre: PlanarPoint, _ reach: Double) -> Double {
        let dx = (p.x - centre.x) / (reach * half.u)
        let dy = (p.y - centre.y) / (reach * half.u * 0.85)
        return exp(-dx * dx - dy * dy)
    }
}
