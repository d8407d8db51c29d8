import CMETIS
import GeoGrid
import Synchronization

/// A first plan by multilevel partitioning: METIS, k-way, contiguous, minimal border.
///
/// METIS draws from the C library's one random sequence, so that calls are made one at a time: the same seed then gives
/// the same plan however many communities are solved at once.
/// Source: Karypis, Kumar, "A fast and high quality multilevel scheme for partitioning irregular graphs" (1998).
enum MultilevelSeed {
    private static let turn = Mutex<Void>(())

    /// Labels of the units, or nil where METIS has no answer. Districts may be empty or overfull.
    static func labels(_ problem: CoreProblem, imbalance: Double, seed: Int) -> [Int32]? {
        guard problem.districts > 1 else { return [Int32](repeating: 0, count: problem.count) }
        var weights = [Int32]()
        weights.reserveCapacity(problem.count * problem.criteria)
        let scales = (0..<problem.criteria).map { 1_000_000_000 / Double(max(1, problem.total($0))) }
        for i in 0..<problem.count * problem.criteria {
            let scale = min(1, scales[i % problem.criteria])
            weights.append(Int32((Double(problem.loads[i]) * scale).rounded()))
        }
        let edgeTotal = problem.costs.reduce(0.0) { $0 + abs(Double($1)) }
        let edgeScale = min(1, 500_000_000 / max(1, edgeTotal))
        var edges = problem.costs.map { max(1, Int32((Double($0) * edgeScale).rounded())) }
        var shares = [Float](repeating: 0, count: problem.districts * problem.criteria)
        for c in 0..<problem.criteria {
            let targets = (0..<problem.districts).map { Double(problem.target[$0 * problem.criteria + c]) }
            let sum = max(1, targets.reduce(0, +))
            for d in 0..<problem.districts { shares[d * problem.criteria + c] = Float(targets[d] / sum) }
        }
        var offsets = problem.offsets
        var neighbours = problem.neighbours
        var options = [Int32](repeating: -1, count: Int(METIS_NOPTIONS))
        METIS_SetDefaultOptions(&options)
        options[Int(METIS_OPTION_CONTIG.rawValue)] = 1
        options[Int(METIS_OPTION_NITER.rawValue)] = 20
        options[Int(METIS_OPTION_SEED.rawValue)] = Int32(truncatingIfNeeded: seed & 0x7FFF_FFFF)
        options[Int(METIS_OPTION_UFACTOR.rawValue)] = Int32(max(1, (imbalance * 1000).rounded()))
        var labels = [Int32](repeating: 0, count: problem.count)
        var units = Int32(problem.count)
        var criteria = Int32(problem.criteria)
        var parts = Int32(problem.districts)
        var cut: Int32 = 0
        let status = turn.withLock { _ in
            METIS_PartGraphKway(
                &units, &criteria, &offsets, &neighbours, &weights, nil, &edges, &parts, &shares, nil, &options, &cut,
                &labels)
        }
        return status == METIS_OK.rawValue ? labels : nil
    }
}
