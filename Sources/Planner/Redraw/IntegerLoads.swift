import GeoGrid

/// Loads and bounds as integers: exact where the loads are whole numbers, else in steps of a 2⁴⁰th of the total.
struct IntegerLoads {
    private(set) var target: [Int64] = []
    private(set) var lower: [Int64] = []
    private(set) var upper: [Int64] = []
    private let scales: [Double]
    private let loads: [[Double]]

    /// Bounds of the grids of one part. Where the part's average lies outside the bounds, they are set around it, so
    /// that an unavoidable excess is at least shared evenly.
    init(problem: RedrawProblem, audit: RedrawAudit, shares: [[Double]], part: [Int], districts: [Int]) {
        loads = audit.loads
        scales = audit.loads.map { column in
            let total = column.reduce(0, +)
            if total < 0x1p52, column.allSatisfy({ $0 == $0.rounded() }) { return 1 }
            var scale = 1.0
            while total * scale < 0x1p40 { scale *= 2 }
            while total * scale > 0x1p41 { scale /= 2 }
            return scale
        }
        let capacity = districts.reduce(0) { $0 + audit.capacities[$1] }
        let totals = audit.loads.map { column in part.reduce(0) { $0 + column[$1] } }
        for district in districts {
            for c in audit.loads.indices {
                let tolerance = max(0, problem.criteria[c].tolerance)
                let mean = totals[c] * audit.capacities[district] / capacity
                let share = shares[district][c]
                let isWithin = abs(mean - share) <= tolerance * share
                let centre = isWithin ? share : mean
                target.append(Int64((centre * scales[c]).rounded()))
                lower.append(Int64((centre * (1 - tolerance) * scales[c] - 1e-6).rounded(.up)))
                upper.append(Int64((centre * (1 + tolerance) * scales[c] + 1e-6).rounded(.down)))
            }
        }
    }

    /// The different shares of some grids in the first criterion, ascending.
    func shares(_ shares: [[Double]], of grids: [Int]) -> [Double] {
        Set(grids.map { shares[$0][0] * scales[0] }).filter { $0 > 0 }.sorted()
    }

    func load(_ unit: Int, _ criterion: Int) -> Int64 {
        Int64((loads[criterion][unit] * scales[criterion]).rounded())
    }
}
