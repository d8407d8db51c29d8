public import GeoGrid
import Planner

/// 批量定位: the units and people of many points, by one index made beforehand.
///
/// What a lowest unit answers is worked out once; a point then costs its look-ups. Immutable, safe to share.
public struct LocateBatch: Sendable {
    /// Titles of what `cells(at:)` answers.
    public let columns: [String]
    private let chains: ChainIndex
    private let units: PointLocator
    private let tolerance: Double
    private let answers: [[String]]
    /// What each zone answers, by zoning.
    private let zones: [(answers: [String], locator: PointLocator)]

    /// - Parameter tolerance: metres within which a point outside all units is given to the nearest.
    init(_ town: Town, roster: Roster, zonings: [Zoning], tolerance: Double) {
        self.tolerance = tolerance
        let layers = [town.microgrids, town.grids, town.communities].filter { $0.count > 0 }
        let names = layers.map { town.levelNames[$0.level].zh }
        columns =
            names.flatMap { [$0 + "编码", $0] } + names.flatMap { [$0 + "负责人", $0 + "负责人电话"] } + ["其他体系", "说明"]
        let chains = ChainIndex(town)
        self.chains = chains
        units = PointLocator(town.lowestUnits.areas)
        let (leads, zoneLeads) = (roster.leads, roster.zoneLeads)
        zones = zonings.map { zoning in
            let answers = zoning.codes.indices.map { i in
                let lead = zoneLeads[[zoning.name, zoning.codes[i]]]
                return "\(zoning.name) \(zoning.names[i])" + (lead.map { "（\($0.name) \($0.phone)）" } ?? "")
            }
            return (answers, PointLocator(zoning.areas))
        }
        answers = chains.chains.map { chain in
            var places: [String] = []
            var people: [String] = []
            var reasons: [String] = []
            for layer in layers {
                let position: Int32 =
                    switch layer.level {
                    case .microgrid: chain.microgrid
                    case .grid: chain.grid
                    default: chain.community
                    }
                let title = town.levelNames[layer.level].zh
                guard position >= 0 else {
                    places += ["", ""]
                    people += ["", ""]
                    reasons.append("没有上级\(title)")
                    continue
                }
                let code = layer.codes[Int(position)]
                places += [code, layer.names[Int(position)]]
                let lead = leads[code]
                people += [lead?.name ?? "", lead?.phone ?? ""]
                if lead == nil { reasons.append("\(title)无人负责") }
            }
            return places + people + ["", reasons.joined(separator: "；")]
        }
    }

    /// The answer for a point in town metres; empty cells and a reason where there is none.
    public func cells(at point: PlanarPoint?) -> [String] {
        guard let point else { return nothing("没有坐标") }
        var cells: [String]
        if let unit = units.unit(at: point) {
            cells = answers[unit]
        } else if let near = units.nearest(to: point, within: tolerance) {
            cells = answers[near.unit]
            let far = "在单元外 \(near.distance.fixed(1)) 米，取最近的单元"
            cells[cells.count - 1] += cells[cells.count - 1].isEmpty ? far : "；" + far
        } else {
            cells = nothing("不在任何单元内")
        }
        var over = ""
        for (answers, locator) in zones {
            guard locator.unit(at: point) != nil else { continue }
            for zone in locator.units(x: point.x, y: point.y) { over += (over.isEmpty ? "" : "；") + answers[zone] }
        }
        if !over.isEmpty { cells[cells.count - 2] = over }
        return cells
    }

    private func nothing(_ reason: String) -> [String] {
        Array(repeating: "", count: columns.count - 1) + [reason]
    }
}

extension TownFile {
    /// 批量定位 of a day, for points by the hundred thousand. O(vertices + posts).
    public func locateBatch(on day: Day) throws -> LocateBatch {
        let roster = try roster(on: day)
        let zonings = try zonings(on: day)
        return try read { db in
            let loader = LayerLoader(db: db, day: day)
            var town = try loader.skeleton()
            town.communities = try loader.units(.community)
            town.grids = try loader.units(.grid)
            town.microgrids = try loader.units(.microgrid)
            guard town.lowestUnits.count > 0 else { throw LocateError.noUnits(path) }
            town.people = try loader.people()
            town.posts = try loader.posts()
            let tolerance = try Settings.get(.assignTolerance, in: db).flatMap { Double($0) } ?? 30
            return LocateBatch(town, roster: roster, zonings: zonings, tolerance: tolerance)
        }
    }
}
