import GeoGrid

/// 均衡势图: districts rounded off around their middles while weights keep their loads even.
///
/// Every unit goes to the district, among its own and its neighbours', whose middle is nearest by |x − c|² − w; middles
/// follow their districts, a little beyond, and w grows where load lacks. What comes out is close to a honeycomb, which
/// an annealing from a plan of METIS does not find however long it takes: that begins too cold to move whole districts.
/// Source: Cohen-Addad, Klein, Young, "Balanced centroidal power diagrams for redistricting" (2018), here by relaxation.
enum PowerDiagram {
    /// How far a middle goes beyond the district's, of its way; more than 1 relaxes faster.
    private static let reach = 1.8
    private static let gain = 0.5
    /// After this part of the sweeps the middles rest and only loads are evened out.
    private static let roundingPart = 0.7

    /// Relaxes an assignment; districts may end in several pieces. Precondition: units have sites. O(sweeps · edges).
    static func relaxed(_ labels: [Int32], _ problem: CoreProblem, sweeps: Int = 300) -> [Int32] {
        var labels = labels
        var middle = [PlanarPoint](repeating: PlanarPoint(x: 0, y: 0), count: problem.districts)
        var weight = [Double](repeating: 0, count: problem.districts)
        for sweep in 0..<sweeps {
            let now = measured(labels, problem)
            let rest = (Double(sweep) / Double(sweeps) - roundingPart) / (1 - roundingPart)
            let gain = rest > 0 ? gain * (1 - 0.9 * rest) : gain
            let step = sweep == 0 ? 1 : rest > 0 ? 0 : reach
            for d in 0..<problem.districts where now[d].area > 0 {
                middle[d].x += step * (now[d].middle.x - middle[d].x)
                middle[d].y += step * (now[d].middle.y - middle[d].y)
                weight[d] += gain * now[d].area / Double.pi * max(-1, 1 - now[d].fill)
            }
            labels = assigned(labels, problem, middle, weight)
        }
        return labels
    }

    private struct District {
        var middle = PlanarPoint(x: 0, y: 0)
        var area = 0.0
        /// Load of the first criterion against the target.
        var fill = 0.0
    }

    private static func measured(_ labels: [Int32], _ problem: CoreProblem) -> [District] {
        var districts = [District](repeating: District(), count: problem.districts)
        for v in 0..<problem.count {
            let d = Int(labels[v])
            let site = problem.sites[v]
            districts[d].middle.x += site.middle.x * site.area
            districts[d].middle.y += site.middle.y * site.area
            districts[d].area += site.area
            districts[d].fill += Double(problem.loads[v * problem.criteria])
        }
        for d in districts.indices where districts[d].area > 0 {
            districts[d].middle.x /= districts[d].area
            districts[d].middle.y /= districts[d].area
            districts[d].fill /= Double(max(1, problem.target[d * problem.criteria]))
        }
        return districts
    }

    private static func assigned(
        _ labels: [Int32], _ problem: CoreProblem, _ middle: [PlanarPoint], _ weight: [Double]
    ) -> [Int32] {
        (0..<problem.count).map { v in
            let place = problem.sites[v].middle
            func power(_ d: Int32) -> Double {
                let (dx, dy) = (place.x - middle[Int(d)].x, place.y - middle[Int(d)].y)
                return dx * dx + dy * dy - weight[Int(d)]
            }
            var best = labels[v]
            var least = power(best)
            for e in Int(problem.offsets[v])..<Int(problem.offsets[v + 1]) {
                let d = labels[Int(problem.neighbours[e])]
                guard d != best else { continue }
                let value = power(d)
                if value < least {
                    least = value
                    best = d
                }
            }
            return best
        }
    }
}
