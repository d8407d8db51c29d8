import Cartography
import GeoGrid
import Planner

extension MapCommand {
    /// 服务覆盖图: the ground reached on foot in 5, 10 and 15 minutes, and the doors beyond.
    static func coverage(of town: Town, shown: DisclosedTown) throws -> SheetSpecification {
        let limits = [5.0, 10, 15]
        let care = CareTown(town)
        let points = try care.points(ofKinds: care.pointKinds.map(\.kind))
        let doors = care.model.doors(points.map { town.servicePoints[$0].location })
        let reach = ReachAreas(model: care.model, points: doors, limits: limits)
        let colours = [Colour(0x8cc9b4), Colour(0xbfe3d3), Colour(0xe3f2e6)]
        var classes = zip(limits, colours).map { limit, colour in
            SheetSpecification.LegendClass(
                colour, Text(zh: "步行 \(Int(limit)) 分钟内", en: "within \(Int(limit)) minutes on foot"))
        }
        let (beyond, household) = (classes.count, classes.count + 1)
        classes.append(.init(Colour(0xf6d3b8), Text(zh: "15 分钟外", en: "beyond 15 minutes")))
        classes.append(.init(Colour(0xb8420f), Text(zh: "15 分钟外的住户", en: "household beyond 15 minutes")))
        let overlays = limits.indices.reversed().map { k in
            SheetSpecification.Overlay(rings: reach.areas.feature(k).flatMap { $0 }, legend: k, opacity: 1)
        }
        let walks = care.model.nearest(of: doors, to: care.homes)
        func reached(_ home: Int, within minutes: Double) -> Bool {
            walks.sources[home] >= 0 && Double(walks.centimetres[home]) <= minutes * care.model.options.pace * 100
        }
        // Doors are places of residents: the public edition shows areas alone.
        var far: [SheetSpecification.ClassedPoint] = []
        if shown.edition != .public {
            for home in walks.sources.indices where !reached(home, within: limits[2]) {
                far.append(.init(location: care.homes.points[home], legend: household))
            }
        }
        var sheet = SheetSpecification.coverage(shown, classes: classes, points: far, areas: overlays)
        sheet.fill = .classes(.community, Array(repeating: beyond, count: shown.communities.count))
        if !walks.sources.isEmpty {
            let lines = limits.map { limit in
                let near = walks.sources.indices.count { reached($0, within: limit) }
                let share = Double(near) / Double(walks.sources.count)
                return Text(
                    zh: "\(Int(limit)) 分钟内：\(decimals(share * 100, 1))%",
                    en: "within \(Int(limit)) minutes: \(decimals(share * 100, 1)) %")
            }
            sheet.notes = [.init(title: Text(zh: "步行可达的住户", en: "Households reached on foot"), lines: lines)]
        }
        return sheet
    }
}
