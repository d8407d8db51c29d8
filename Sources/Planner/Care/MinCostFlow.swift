internal import CLemon
public import GeoGrid

/// 最小费用流: a network of nodes and arcs, solved by LEMON's network simplex.
///
/// Whole numbers throughout, so that the optimum is exact. Supplies must sum to zero.
/// Source of the algorithm: Király, Kovács, "Efficient implementations of minimum-cost flow algorithms" (2012).
public struct MinCostFlow: Sendable {
    public struct Solution: Sendable {
        public let flows: [Int64]
        /// cost + potential(tail) - potential(head) is at least 0 on arcs not full, at most 0 on arcs not empty.
        public let potentials: [Int64]
    }

    public var supplies: [Int64]
    public private(set) var tails: [Int32] = []
    public private(set) var heads: [Int32] = []
    public private(set) var capacities: [Int64] = []
    public private(set) var costs: [Int64] = []

    public init(nodes: Int) { supplies = [Int64](repeating: 0, count: nodes) }

    public mutating func addArc(_ tail: Int, _ head: Int, capacity: Int64, cost: Int64) {
        tails.append(Int32(tail))
        heads.append(Int32(head))
        capacities.append(capacity)
        costs.append(cost)
    }

    /// An optimal flow, or nil where the supplies cannot be carried.
    public func solve() -> Solution? {
        precondition(supplies.reduce(0, +) == 0, "supplies must sum to zero")
        var flows = [Int64](repeating: 0, count: tails.count)
        var potentials = [Int64](repeating: 0, count: supplies.count)
        let result = geogrid_min_cost_flow(
            Int32(supplies.count), supplies, Int32(tails.count), tails, heads, capacities, costs, &flows, &potentials)
        return result == 0 ? Solution(flows: flows, potentials: potentials) : nil
    }
}
