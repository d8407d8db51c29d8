import GeoGrid

/// 走访需要: how often a household is visited a month and how long a visit takes, by the workload model.
///
/// Several care residents are visited together, at the highest frequency; the risk colour multiplies it.
public struct VisitWish: Hashable, Sendable {
    public var visitsAMonth: Double
    public var minutes: Double

    public var minutesAMonth: Double { visitsAMonth * minutes }

    public init(care: CareTown, household: Int, model: WorkloadModel) {
        var best = (visits: model.household.visitsPerMonth, minutes: model.household.minutes)
        for r in care.careResidents[household] {
            let resident = care.town.careResidents[r]
            let line = model.careLine(named: resident.category) ?? model.household
            let visits = resident.visitsPerMonth ?? line.visitsPerMonth
            if (visits, line.minutes) > best { best = (visits, line.minutes) }
        }
        let risk = care.town.households[household].risk
        visitsAMonth = best.visits * model.factor(risk)
        minutes = best.minutes
    }
}
