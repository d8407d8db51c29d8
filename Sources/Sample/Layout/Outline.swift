import Foundation
import GeoGrid

/// 镇界: an irregular border along ridges and side valleys.
struct Outline {
    private let waves: [(count: Double, height: Double, phase: Double)]

    init(using generator: inout SeededGenerator) {
        waves = [
            (2, 0.035), (3, 0.06), (5, 0.045), (7, 0.03), (11, 0.026), (17, 0.02), (23, 0.014), (31, 0.011),
            (47, 0.007), (71, 0.004),
        ].map {
            ($0, $1 * generator.uniform(0.7, 1.3), generator.uniform(0, 2 * .pi))
        }
    }

    /// The border as a ring of the plan, a vertex every 20 to 30 metres.
    func ring(half: (u: Double, v: Double)) -> [PlanarPoint] {
        func at(_ angle: Double) -> PlanarPoint {
            let c = cos(angle)
            let s = sin(angle)
            let square = pow(pow(abs(c), 2.7) + pow(abs(s), 2.7), -1 / 2.7)
            let r = square * waves.reduce(1) { $0 + $1.height * sin($1.count * angle + $1.phase) }
            return PlanarPoint(x: half.u * r * c, y: half.v * r * s)
        }
        let fine = (0..<4000).map { at(2 * .pi * Double($0) / 4000) }
        var ring = [fine[0]]
        let step = min(20, half.v / 12)
        for p in fine where p.distance(to: ring[ring.count - 1]) >= step { ring.append(p) }
        if ring[ring.count - 1].distance(to: ring[0]) < step / 2 { ring.removeLast() }
        return ring
    }
}
