/// 检查参数: what counts as meeting, as a sliver, as a split.
public struct AuditOptions: Hashable, Sendable {
    /// 容差: vertices and edges nearer than this are one, in metres. Nil: some units in the last place of the largest
    /// coordinate, so that only rounding is forgiven.
    public var tolerance: Double?
    /// 碎缝宽度: gaps and overlaps of at most this mean width are slivers, in metres.
    public var sliverWidth = 0.5
    /// 捕捉容差: vertices of two units that come this near without meeting are reported, in metres.
    public var snapTolerance = 0.05
    /// A unit with at least this share of its area in each of two parents lies in both.
    public var splitShare = 0.1
    /// Gaps, overlaps and differences between levels below this area are not reported, in square metres.
    public var minimumArea = 0.0
    /// 编码格式: `9` stands for a digit, `A` for a letter, anything else for itself. Nil: the shape that nearly all
    /// codes of a layer share, where there is one.
    public var codeShape: String?

    public init() {}

    /// The tolerance to use for coordinates in a box.
    func tolerance(in box: Box) -> Double {
        if let tolerance { return tolerance }
        guard !box.isEmpty else { return 0 }
        return max(abs(box.minX), abs(box.maxX), abs(box.minY), abs(box.maxY)) * 0x1p-48
    }
}
