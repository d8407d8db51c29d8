/// 服务覆盖: how many live within so many minutes' walk of a service point, and who lives farthest.
public struct Coverage: Sendable {
    /// 覆盖统计: of one area or of the whole town.
    public struct Tally: Hashable, Sendable {
        public var households = 0
        public var persons = 0
        public var elders = 0
        /// The same within each limit, cumulative, in the order of the limits.
        public var householdsWithin: [Int]
        public var personsWithin: [Int]
        public var eldersWithin: [Int]
        /// Households that reach no point at all.
        public var unreachable = 0
        /// Position of the household with the longest walk; -1 for none.
        public var worst = -1
        public var worstMinutes = 0.0
        /// Sum of minutes over the persons of households that reach a point.
        public var personMinutes = 0.0
        public var personsReached = 0

        init(limits: Int) {
            householdsWithin = [Int](repeating: 0, count: limits)
            personsWithin = householdsWithin
            eldersWithin = householdsWithin
        }

        /// Mean walk in minutes over the persons that reach a point.
        public var meanMinutes: Double { personsReached == 0 ? 0 : personMinutes / Double(personsReached) }

        mutating func count(
            household: Int, persons: Int, elders: Int, minutes: Double, limits: [Double]
        ) {
            households += 1
            self.persons += persons
            self.elders += elders
            guard minutes.isFinite else {
                unreachable += 1
                return
            }
            personMinutes += minutes * Double(persons)
            personsReached += persons
            if worst < 0 || minutes > worstMinutes {
                worst = household
                worstMinutes = minutes
            }
            for (l, limit) in limits.enumerated() where minutes <= limit {
                householdsWithin[l] += 1
                personsWithin[l] += persons
                eldersWithin[l] += elders
            }
        }
    }

    /// Minutes, ascending.
    public let limits: [Double]
    /// Nearest point of each household; -1 for none.
    public let points: [Int32]
    /// Minutes on foot from each household; infinite for none.
    public let minutes: [Double]
    public let total: Tally
    /// By area, in the order of the areas.
    public let areas: [Tally]
    /// Households each point is the nearest to.
    public let served: [Int]

    /// Tallies the walks of households to their nearest points, as `WalkModel.nearest` gives them. O(households).
    ///
    /// - Parameters:
    ///   - limits: minutes, ascending.
    ///   - areaOf: area of each household, -1 for none.
    public init(
        walks: (sources: [Int32], centimetres: [Int32]), model: WalkModel, limits: [Double], persons: [Int],
        elders: [Int], areaOf: [Int32], areaCount: Int, pointCount: Int
    ) {
        var minutes = [Double](repeating: .infinity, count: persons.count)
        var total = Tally(limits: limits.count)
        var areas = [Tally](repeating: total, count: areaCount)
        var served = [Int](repeating: 0, count: pointCount)
        for h in persons.indices {
            if walks.sources[h] >= 0 {
                minutes[h] = model.minutes(walks.centimetres[h])
                served[Int(walks.sources[h])] += 1
            }
            total.count(household: h, persons: persons[h], elders: elders[h], minutes: minutes[h], limits: limits)
            if areaOf[h] >= 0 {
                areas[Int(areaOf[h])].count(
                    household: h, persons: persons[h], elders: elders[h], minutes: minutes[h], limits: limits)
            }
        }
        self.limits = limits
        points = walks.sources
        self.minutes = minutes
        self.total = total
        self.areas = areas
        self.served = served
    }
}
