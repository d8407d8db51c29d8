import GeoGrid

/// What the search works on: one connected piece of the problem, contracted, in integers and dense rows.
///
/// Units and districts are numbered from 0 within the piece. Every array is flat; `unit * criteria + c` and
/// `district * criteria + c` index the tables with several criteria.
struct CoreProblem: Sendable {
    let count: Int
    let districts: Int
    let criteria: Int

    let offsets: [Int32]
    let neighbours: [Int32]
    /// Price of cutting each directed edge: border in `costScale` steps a metre, or less where a border is welcome.
    let costs: [Int32]
    /// For each directed edge, which other members of the same row the neighbour touches: bit `i` is the row's
    /// `i`-th neighbour. Rows longer than 64 carry zeros, and the connectivity test searches instead.
    let rings: [UInt64]

    let loads: [Int64]
    /// The different loads that grids of the community should bear, in the first criterion; `target` is what the bounds
    /// of a district are set around, another where the piece as a whole bears too much or too little.
    let shares: [Double]
    let target: [Int64]
    let lower: [Int64]
    let upper: [Int64]

    /// Residents (or households) who change their lead when the unit leaves its old district.
    let residents: [Int64]
    /// District in the old plan, −1 where there is none.
    let old: [Int32]
    /// District the unit is pinned to, −1 where it is free.
    let fixed: [Int32]
    /// Price of one resident who changes the lead, in steps of cost.
    let moveCost: Double
    /// Where each unit lies; empty where unknown.
    let sites: [Site]

    /// A point in a unit and its area, more than 0.
    struct Site: Sendable {
        var middle: PlanarPoint
        var area: Double
    }

    init(
        districts: Int, criteria: Int, offsets: [Int32], neighbours: [Int32], costs: [Int32], loads: [Int64],
        shares: [Double], target: [Int64], lower: [Int64], upper: [Int64], residents: [Int64], old: [Int32],
        fixed: [Int32],
        moveCost: Double, sites: [Site] = []
    ) {
        self.count = offsets.count - 1
        self.districts = districts
        self.criteria = criteria
        self.offsets = offsets
        self.neighbours = neighbours
        self.costs = costs
        self.rings = CoreProblem.rings(offsets: offsets, neighbours: neighbours)
        self.loads = loads
        self.shares = shares
        self.target = target
        self.lower = lower
        self.upper = upper
        self.residents = residents
        self.old = old
        self.fixed = fixed
        self.moveCost = moveCost
        self.sites = sites
    }

    /// Average price of an edge, by which temperatures are measured; never 0.
    var meanCost: Double {
        let sum = costs.reduce(0.0) { $0 + abs(Double($1)) }
        return costs.isEmpty || sum == 0 ? 1 : sum / Double(costs.count)
    }

    /// Residents of a unit, on average.
    var meanResidents: Double { Double(residents.reduce(0, +)) / Double(max(1, count)) }

    /// Sum of one criterion over all units.
    func total(_ criterion: Int) -> Int64 {
        stride(from: criterion, to: loads.count, by: criteria).reduce(0) { $0 + loads[$1] }
    }

    private static func rings(offsets: [Int32], neighbours: [Int32]) -> [UInt64] {
        let count = offsets.count - 1
        var rings = [UInt64](repeating: 0, count: neighbours.count)
        var position = [Int32](repeating: -1, count: count)
        for unit in 0..<count {
            let row = Int(offsets[unit])..<Int(offsets[unit + 1])
            guard row.count <= 64 else { continue }
            for e in row { position[Int(neighbours[e])] = Int32(e - row.lowerBound) }
            for e in row {
                let other = Int(neighbours[e])
                var mask: UInt64 = 0
                for f in Int(offsets[other])..<Int(offsets[other + 1]) {
                    let at = position[Int(neighbours[f])]
                    if at >= 0 { mask |= 1 << UInt64(at) }
                }
                rings[e] = mask
            }
            for e in row { position[Int(neighbours[e])] = -1 }
        }
        return rings
    }
}
