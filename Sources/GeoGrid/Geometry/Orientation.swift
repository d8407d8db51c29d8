/// 方向判定: on which side of a directed line a point lies, exactly.
///
/// A floating-point filter answers nearly always; where it cannot, the determinant is summed without rounding.
/// Source: Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates",
/// Discrete & Computational Geometry 18 (1997).
package enum Orientation {
    private static let filter = (3 + 16 * 0x1p-53) * 0x1p-53

    /// 1 where p is left of a→b, -1 where it is right, 0 where the three are collinear.
    @inline(__always)
    package static func sign(
        _ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ px: Double, _ py: Double
    ) -> Int {
        let left = (ax - px) * (by - py)
        let right = (ay - py) * (bx - px)
        let determinant = left - right
        let bound = filter * (abs(left) + abs(right))
        if determinant > bound { return 1 }
        if -determinant > bound { return -1 }
        return exactSign(ax, ay, bx, by, px, py)
    }

    package static func sign(_ a: PlanarPoint, _ b: PlanarPoint, _ p: PlanarPoint) -> Int {
        sign(a.x, a.y, b.x, b.y, p.x, p.y)
    }

    @inline(never)
    private static func exactSign(
        _ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ px: Double, _ py: Double
    ) -> Int {
        var sum = ExactSum()
        sum.add(product: difference(ax, px), difference(by, py), sign: 1)
        sum.add(product: difference(ay, py), difference(bx, px), sign: -1)
        return sum.sign
    }

    /// a − b as a rounded value and its error.
    private static func difference(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
        let high = a - b
        let virtual = a - high
        return (high, (a - (high + virtual)) + (virtual - b))
    }
}

/// A sum of doubles kept without rounding: components that do not overlap, smallest first.
private struct ExactSum {
    private var components: [Double] = []

    mutating func add(product a: (high: Double, low: Double), _ b: (high: Double, low: Double), sign: Double) {
        for x in [a.low, a.high] where x != 0 {
            for y in [b.low, b.high] where y != 0 {
                let high = x * y
                add(sign * (-high).addingProduct(x, y))
                add(sign * high)
            }
        }
    }

    private mutating func add(_ value: Double) {
        var carry = value
        var kept: [Double] = []
        for component in components {
            let total = carry + component
            let virtual = total - carry
            let error = (carry - (total - virtual)) + (component - virtual)
            if error != 0 { kept.append(error) }
            carry = total
        }
        if carry != 0 { kept.append(carry) }
        components = kept
    }

    var sign: Int {
        guard let largest = components.last else { return 0 }
        return largest > 0 ? 1 : -1
    }
}
