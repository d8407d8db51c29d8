public import GeoGrid

/// 压盖检查: proves on the finished display list that no label or symbol covers another.
public enum OverlapCheck {
    /// 压盖: two things that meet on the page.
    public struct Overlap: Hashable, Sendable, CustomStringConvertible {
        public var first, second: Subject
        public var box: Box

        public var description: String {
            "\(first.kind.rawValue) \(first.id) / \(second.kind.rawValue) \(second.id)"
        }
    }

    /// Pairs of marks with different subjects whose inked boxes meet by more than `tolerance` millimetres. Turned text
    /// comes letter by letter, so its boxes are tight. O(n) for marks of like size.
    public static func overlaps(in list: DisplayList, tolerance: Double = 0.02) -> [Overlap] {
        var items: [(subject: Subject, box: Box)] = []
        for mark in list.marks {
            switch mark {
            case .text(let text):
                if let subject = text.subject { items.append((subject, text.box)) }
            case .shape(let shape):
                if let subject = shape.subject { items.append((subject, shape.box)) }
            default: break
            }
        }
        let order = items.indices.sorted { (items[$0].box.minX, $0) < (items[$1].box.minX, $1) }
        var found: [Overlap] = []
        for (k, i) in order.enumerated() {
            let a = items[i].box
            for j in order[(k + 1)...] {
                let b = items[j].box
                if b.minX > a.maxX - tolerance { break }
                guard items[i].subject != items[j].subject, a.minY < b.maxY - tolerance, b.minY < a.maxY - tolerance
                else { continue }
                found.append(
                    Overlap(
                        first: items[i].subject, second: items[j].subject,
                        box: Box(
                            minX: max(a.minX, b.minX), minY: max(a.minY, b.minY), maxX: min(a.maxX, b.maxX),
                            maxY: min(a.maxY, b.maxY))))
            }
        }
        return found
    }
}
