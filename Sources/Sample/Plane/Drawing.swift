import GeoGrid

/// What the generator draws with: numbers from one seeded stream.
extension SeededGenerator {
    /// An independent stream for one stage, so that a change in one stage leaves the others as they were.
    init(seed: UInt64, stage: UInt64) {
        self.init(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ stage)
    }

    mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// Roughly normal with mean 0 and deviation 1: twelve uniform numbers, less six.
    mutating func bell() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }

    mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }

    /// Position drawn in proportion to the weights.
    mutating func weighted(_ weights: [Double]) -> Int {
        var left = unit() * weights.reduce(0, +)
        for (i, weight) in weights.enumerated() {
            left -= weight
            if left < 0 { return i }
        }
        return weights.count - 1
    }

    mutating func shuffle<T>(_ items: inout [T]) {
        for i in stride(from: items.count - 1, to: 0, by: -1) { items.swapAt(i, below(i + 1)) }
    }
}

extension PlanarPoint {
    static func + (a: PlanarPoint, b: PlanarPoint) -> PlanarPoint { PlanarPoint(x: a.x + b.x, y: a.y + b.y) }
    static func - (a: PlanarPoint, b: PlanarPoint) -> PlanarPoint { PlanarPoint(x: a.x - b.x, y: a.y - b.y) }
    static func * (a: PlanarPoint, k: Double) -> PlanarPoint { PlanarPoint(x: a.x * k, y: a.y * k) }
    var length: Double { (x * x + y * y).squareRoot() }
    var unit: PlanarPoint { length > 0 ? self * (1 / length) : PlanarPoint(x: 1, y: 0) }
    /// The direction a quarter turn to the left.
    var left: PlanarPoint { PlanarPoint(x: -y, y: x) }
    func dot(_ b: PlanarPoint) -> Double { x * b.x + y * b.y }
    func cross(_ b: PlanarPoint) -> Double { x * b.y - y * b.x }
}

/// Distance from a point to a segment.
func distance(_ p: PlanarPoint, toSegment a: PlanarPoint, _ b: PlanarPoint) -> Double {
    let d = b - a
    let square = d.dot(d)
    let t = square > 0 ? min(1, max(0, (p - a).dot(d) / square)) : 0
    return p.distance(to: a + d * t)
}

/// Whether two segments share a point, ends included.
func segmentsMeet(_ a: PlanarPoint, _ b: PlanarPoint, _ c: PlanarPoint, _ d: PlanarPoint) -> Bool {
    if max(a.x, b.x) < min(c.x, d.x) || max(c.x, d.x) < min(a.x, b.x) || max(a.y, b.y) < min(c.y, d.y)
        || max(c.y, d.y) < min(a.y, b.y)
    {
        return false
    }
    let s1 = (b - a).cross(c - a)
    let s2 = (b - a).cross(d - a)
    let s3 = (d - c).cross(a - c)
    let s4 = (d - c).cross(b - c)
    return s1 * s2 <= 0 && s3 * s4 <= 0
}

/// Rings here are open: the first point is not repeated at the end.
struct OpenRing {
    static func area(_ ring: [PlanarPoint]) -> Double {
        guard let origin = ring.first else { return 0 }
        var twice = 0.0
        for i in ring.indices {
            twice += (ring[i] - origin).cross(ring[(i + 1) % ring.count] - origin)
        }
        return twice / 2
    }

    static func perimeter(_ ring: [PlanarPoint]) -> Double {
        ring.indices.reduce(0) { $0 + ring[$1].distance(to: ring[($1 + 1) % ring.count]) }
    }

    /// 紧凑度 (Polsby–Popper): 1 for a circle, 0.785 for a square.
    static func compactness(_ ring: [PlanarPoint]) -> Double {
        let around = perimeter(ring)
        return around > 0 ? 4 * .pi * abs(area(ring)) / (around * around) : 0
    }

    static func contains(_ ring: [PlanarPoint], _ p: PlanarPoint) -> Bool {
        var inside = false
        var j = ring.count - 1
        for i in ring.indices {
            let a = ring[i]
            let b = ring[j]
            if (a.y > p.y) != (b.y > p.y), p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x { inside.toggle() }
            j = i
        }
        return inside
    }

    static func centroid(_ ring: [PlanarPoint]) -> PlanarPoint {
        guard let origin = ring.first else { return PlanarPoint(x: 0, y: 0) }
        var sum = PlanarPoint(x: 0, y: 0)
        var twice = 0.0
        for i in ring.indices {
            let a = ring[i] - origin
            let b = ring[(i + 1) % ring.count] - origin
            let w = a.cross(b)
            twice += w
            sum = sum + (a + b) * w
        }
        return twice == 0 ? origin : origin + sum * (1 / (3 * twice))
    }

    static func closed(_ ring: [PlanarPoint]) -> [PlanarPoint] { ring + ring.prefix(1) }
}

/// Splits a whole number over shares in proportion to them, each getting at least `least` (largest remainders).
///
/// Precondition: `total >= least * shares.count`.
func apportioned(_ total: Int, over shares: [Double], least: Int) -> [Int] {
    precondition(total >= least * shares.count)
    let sum = shares.reduce(0, +)
    let spare = Double(total - least * shares.count)
    let exact = shares.map { sum > 0 ? spare * $0 / sum : spare / Double(shares.count) }
    var parts = exact.map { least + Int($0) }
    let order = exact.indices.sorted {
        (-exact[$0] + exact[$0].rounded(.down), $0) < (-exact[$1] + exact[$1].rounded(.down), $1)
    }
    var missing = total - parts.reduce(0, +)
    var next = 0
    while missing > 0 {
        parts[order[next % order.count]] += 1
        missing -= 1
        next += 1
    }
    return parts
}
