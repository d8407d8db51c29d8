import Foundation
import GeoGrid

/// 比例尺: ratio and bar; the bar is exact.
enum ScaleBar {
    /// Metres of one division and the number of divisions, for a bar of at most so many millimetres.
    static func divisions(denominator: Double, longest: Double) -> (metres: Double, count: Int) {
        let metres = longest * denominator / 1000
        var best = (metres: 1.0, count: 1)
        for power in [1.0, 10, 100, 1000, 10_000] {
            for step in [1.0, 2, 2.5, 5] {
                let unit = step * power
                if unit < 5, step == 2.5 { continue }
                for count in [4, 5]
                where unit * Double(count) <= metres && unit * Double(count) > best.metres * Double(best.count) {
                    best = (unit, count)
                }
            }
        }
        return best
    }

    /// Draws ratio and bar from the left of a box; returns the height used.
    static func draw(
        denominator: Double, in box: Box, size: Double, list: inout DisplayList, engine: TextEngine
    ) -> Double {
        let em = size * TextEngine.millimetresPerPoint
        let ratio = "1:\(Int(denominator))"
        list.append(.text(engine.line(ratio, x: box.minX, y: box.minY + 1.5 * em, size: size * 1.5, weight: .bold)))
        let (metres, count) = divisions(denominator: denominator, longest: box.width - 4 * em)
        let step = metres * 1000 / denominator
        let top = box.minY + 3.6 * em
        let thick = max(0.9, 0.5 * em)
        let kilometres = metres * Double(count) >= 2000
        for k in 0...count {
            let x = box.minX + Double(k) * step
            let value = metres * Double(k) / (kilometres ? 1000 : 1)
            let unit = k == count ? (kilometres ? " km" : " m") : ""
            list.append(
                .text(
                    engine.line(
                        decimals(value, 2) + unit, x: k == 0 ? x : x + engine.width(unit, size * 0.85) / 2,
                        y: top - 0.4 * em, size: size * 0.85, align: k == 0 ? .left : .centre)))
        }
        let all = Box(minX: box.minX, minY: top, maxX: box.minX + Double(count) * step, maxY: top + thick)
        list.fill(.rectangle(all), .white)
        for k in stride(from: 0, to: count, by: 2) {
            let x = box.minX + Double(k) * step
            list.fill(.rectangle(Box(minX: x, minY: top, maxX: x + step, maxY: top + thick)), .ink)
        }
        list.stroke(.rectangle(all), Stroke(.ink, 0.1), subject: Subject(.scaleBar, ratio))
        return 3.6 * em + thick
    }
}

/// 指北针: grid north, and true north where the two part by more than 0.2°.
enum NorthArrow {
    static func draw(
        centre x: Double, top: Double, height: Double, convergence: Double, list: inout DisplayList, engine: TextEngine
    ) {
        let size = height / TextEngine.millimetresPerPoint * 0.22
        list.append(.text(engine.centred("北", x: x, y: top + height * 0.1, size: size, weight: .bold)))
        let (tip, foot, half) = (top + height * 0.24, top + height, height * 0.17)
        var left = Outline()
        left.move(x, tip)
        left.line(x - half, foot)
        left.line(x, foot - height * 0.16)
        left.close()
        var right = Outline()
        right.move(x, tip)
        right.line(x + half, foot)
        right.line(x, foot - height * 0.16)
        right.close()
        list.draw(left, fill: .ink, stroke: Stroke(.ink, 0.15))
        list.draw(right, fill: .white, stroke: Stroke(.ink, 0.15))
        guard abs(convergence) > 0.2 else { return }
        let angle = -convergence * .pi / 180
        let length = height * 0.7
        list.stroke(
            .line(x, foot - height * 0.16, x + sin(angle) * length, foot - height * 0.16 - cos(angle) * length),
            Stroke(MapStyle.accent, 0.15))
        list.append(
            .text(
                engine.line(
                    "真北 \(decimals(abs(convergence), 1))°\(convergence > 0 ? "西" : "东")", x: x + half * 1.3,
                    y: tip + height * 0.2, size: max(5.5, size * 0.5), colour: MapStyle.accent)))
    }
}
