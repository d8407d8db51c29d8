public import GeoGrid
import Planner

extension Town {
    /// 方案下的镇: the town with the communities and grids of a plan, whether adopted or not, to count what it would do.
    ///
    /// An area is that of its lowest units side by side, their inner borders left in: right for counting and locating,
    /// not for drawing. Units the plan does not name keep their grid. O(units + households).
    public func redrawn(by plan: StoredPlan) -> Town {
        var town = self
        let units = lowestUnits
        let home = Dictionary(plan.units.map { ($0.code, $0.newGrid) }, uniquingKeysWith: { a, _ in a })
        var members: [String: [Int]] = [:]
        for (i, code) in units.codes.enumerated() { if let grid = home[code] { members[grid, default: []].append(i) } }
        func area(_ units: UnitLayer, _ members: [Int]) -> [[[PlanarPoint]]] {
            members.flatMap { units.areas.feature($0) }
        }
        var ofCommunity: [String: [Int]] = [:]
        town.grids = UnitLayer(level: .grid)
        for grid in plan.grids {
            let own = members[grid.code] ?? []
            ofCommunity[grid.community, default: []] += own
            town.grids.append(code: grid.code, name: grid.name, parent: grid.community, area: area(units, own))
        }
        town.communities = UnitLayer(level: .community)
        for community in plan.communities {
            town.communities.append(
                code: community.code, name: community.name, parent: code,
                area: area(units, ofCommunity[community.code] ?? []))
        }
        if microgrids.count > 0 {
            for i in microgrids.codes.indices {
                town.microgrids.parentCodes[i] = home[microgrids.codes[i]] ?? microgrids.parentCodes[i]
            }
        } else {
            for i in households.indices {
                town.households[i].unitCode = home[households[i].unitCode] ?? households[i].unitCode
            }
        }
        return town
    }
}
