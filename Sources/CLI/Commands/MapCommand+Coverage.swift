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
        let colours = [Colour(0x2b7a6b), Colour(0x79b8a4), Colour(0xc8e0d4), Colour(0xc05a00)]
        var classes = zip(limits, colours).map { limit, colour in
            SheetSpecification.LegendClass(
                colour, Text(zh: "步行 \(Int(limit)) 分钟内", en: "within \(Int(limit)) minutes on foot"))
        }
        classes.append(.init(colours[3], Text(zh: "15 分钟外的住户", en: "household beyond 15 minutes")))
        let overlays = limits.indices.reversed().map { k in
            SheetSpecification.Overlay(
                rings: reach.areas.feature(k).flatMap { $0 }, legend: k, opacity: 0.55)
        }
        // Doors are places of residents: the public edition shows areas alone.
        var far: [SheetSpecification.ClassedPoint] = []
        if shown.edition != .public {
            let walks = care.model.nearest(of: doors, to: care.homes)
            let most = (limits.last ?? 0) * care.model.options.pace * 100
            for (home, source) in walks.sources.enumerated() where source < 0 || Double(walks.centimetres[home]) > most
            {
                far.append(.init(location: care.homes.points[home], legend: 3))
            }
        }
        return .coverage(shown, classes: classes, points: far, areas: overlays)
    }
}
