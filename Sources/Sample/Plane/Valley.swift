import Foundation
import GeoGrid

/// 河谷: the lie of the land, which bends a straight plan into a valley town.
///
/// The plan has `u` along the valley and `v` across it, both in metres, with the river's middle at `v = 0`.
/// `place` carries a plan point to town metres: the river meanders, streets follow it, and broad waves make every
/// line a little crooked. The map folds nowhere for |v| < 1500 and is close to an isometry.
struct Valley {
    private struct Wave {
        var ku, kv, phase, dx, dy: Double
    }

    private let waves: [Wave]
    private let bends: [(k: Double, phase: Double, height: Double)]
    private let turn: (cos: Double, sin: Double)
    let origin: PlanarPoint

    init(origin: PlanarPoint, using generator: inout SeededGenerator) {
        self.origin = origin
        bends = [(2300.0, 120.0), (1250.0, 22.0)].map { length, height in
            (2 * .pi / length, generator.uniform(0, 2 * .pi), height)
        }
        waves = [(1150.0, 22.0), (760.0, 9.0), (430.0, 4.5), (260.0, 1.5)].flatMap { length, height in
            (0..<2).map { _ in
                let angle = generator.uniform(0, 2 * .pi)
                let way = generator.uniform(0, 2 * .pi)
                let k = 2 * .pi / (length * generator.uniform(0.85, 1.15))
                return Wave(
                    ku: k * cos(angle), kv: k * sin(angle), phase: generator.uniform(0, 2 * .pi),
                    dx: height * cos(way), dy: height * sin(way))
            }
        }
        let angle = generator.uniform(0.14, 0.24)
        turn = (cos(angle), sin(angle))
    }

    func place(_ p: PlanarPoint) -> PlanarPoint {
        var height = 0.0
        var slope = 0.0
        for bend in bends {
            height += bend.height * sin(bend.k * p.x + bend.phase)
            slope += bend.height * bend.k * cos(bend.k * p.x + bend.phase)
        }
        let near = exp(-(p.y / 1500) * (p.y / 1500))
        var x = p.x - slope * p.y * exp(-(p.y / 700) * (p.y / 700))
        var y = p.y + height * near
        for wave in waves {
            let s = sin(wave.ku * p.x + wave.kv * p.y + wave.phase)
            x += wave.dx * s
            y += wave.dy * s
        }
        return PlanarPoint(x: origin.x + turn.cos * x - turn.sin * y, y: origin.y + turn.sin * x + turn.cos * y)
    }

    /// Direction of growing `u` at a plan point, in town metres, length 1.
    func along(_ p: PlanarPoint) -> PlanarPoint {
        (place(PlanarPoint(x: p.x + 2, y: p.y)) - place(PlanarPoint(x: p.x - 2, y: p.y))).unit
    }

    /// Half the river's width in metres.
    static func halfWidth(_ u: Double) -> Double { 23 + 4 * sin(u / 310) + 3 * sin(u / 117 + 1) }
}
