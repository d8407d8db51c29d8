import GRDB
public import GeoGrid
import Planner

extension TownFile {
    /// 导入 OpenStreetMap: roads, water, buildings and places of an extract, by their tags, in one transaction.
    ///
    /// Where the town has units, what lies farther than `margin` metres from their box is left out and counted. The town
    /// file remembers whom its sheets must credit.
    public func importOpenStreetMap(
        _ table: FeatureTable, options: ImportOptions = ImportOptions(), margin: Double = 500,
        readFindings: [Finding] = [], progress: GeoGrid.Progress = .silent
    ) throws -> [ImportReport] {
        var reports: [ImportReport] = []
        let body: (Database) throws -> Void = { db in
            let chosen = try SpatialReference.chosen(in: db)
            let crs = chosen.map(CRS.init(epsg:)) ?? CRS.metres(for: table.geometries) ?? CRS(epsg: 4546)
            if chosen == nil { try SpatialReference.choose(crs, in: db) }
            let map = try OpenStreetMap(table, projection: Projection(from: .wgs84, to: crs))
            try progress.checkInterruption()
            var town = Town(
                name: "", county: "", code: "", epsg: crs.epsg, day: options.day ?? Day(year: 2000, month: 1, day: 1)!,
                communities: UnitLayer(level: .community), grids: UnitLayer(level: .grid))
            let units = try TownFile.lowestAreas(in: db).box
            let frame = units.isEmpty ? nil : units.expanded(by: margin)
            func isNear(_ points: [PlanarPoint]) -> Bool {
                guard let frame else { return true }
                var box = Box.empty
                for point in points { box.extend(x: point.x, y: point.y) }
                return box.intersects(frame)
            }
            let all = map.roads.count + map.waters.count + map.buildings.count + map.places.count
            town.roads = map.roads.filter { isNear($0.lines.flatMap { $0 }) }
            town.waters = map.waters.filter { isNear($0.parts.flatMap { $0.flatMap { $0 } }) }
            town.buildings = map.buildings.filter { isNear($0.footprint.flatMap { $0.flatMap { $0 } }) }
            town.places = map.places.filter { isNear([$0.location]) }
            let far = all - town.roads.count - town.waters.count - town.buildings.count - town.places.count
            for layer in [Layer.road, .water, .building, .place] {
                let records = LayerRecord.records(of: layer, in: town)
                let log = try ImportLog(db)
                let counts = try LayerMerge(layer, complete: options.complete && !records.isEmpty).merge(
                    records, in: db, log: log.note)
                var report = ImportReport(layer: layer, source: table.source, mapping: ColumnMapping())
                report.read = records.count
                report.taken = records.count
                report.add(counts)
                try log.finish(report, options: options, in: db)
                reports.append(report)
            }
            reports[0].findings = readFindings.filter { $0.severity < .error }
            if map.leftOut + far > 0 {
                reports[0].findings.append(
                    ImportIssue.leftOut(Place(file: table.source), otherwise: map.leftOut, far: far, margin: margin))
            }
            try Settings.set(.credit, to: "\(OpenStreetMap.credit.zh)|\(OpenStreetMap.credit.en)", in: db)
            reports[0].rejected = readFindings.filter { $0.severity == .error }
            reports[0].read += reports[0].rejected.count
        }
        if options.dryRun { try rehearse(body) } else { try write(progress: progress, body) }
        return reports
    }
}
