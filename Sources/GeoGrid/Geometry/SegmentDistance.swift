/// 点到线段的距离.
package enum SegmentDistance {
    /// Square of the distance from p to the segment ab.
    @inline(__always)
    package static func squared(
        _ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ px: Double, _ py: Double
    ) -> Double {
        let dx = bx - ax
        let dy = by - ay
        let length = dx * dx + dy * dy
        let t = length > 0 ? min(1, max(0, ((px - ax) * dx + (py - ay) * dy) / length)) : 0
        let ex = ax + t * dx - px
        let ey = ay + t * dy - py
        return ex * ex + ey * ey
    }
}
