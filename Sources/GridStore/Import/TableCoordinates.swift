import GRDB
import GeoGrid

/// 清单坐标: from what a file writes to the metres of the town.
enum TableCoordinates {
    struct Projected {
        var geometries: Geometries
        var epsg: Int
        /// Back to degrees, where the file was in degrees.
        var projection: Projection?
        /// Features that lie outside the system; the table has lost them.
        var rejected: [Finding] = []
    }

    /// Makes points of the coordinate columns of a list. Rows with numbers that cannot be coordinates are reported and
    /// taken out.
    static func fill(
        _ table: inout FeatureTable, mapping: ColumnMapping, layer: Layer, options: ImportOptions
    ) -> [Finding] {
        guard layer.geometry == .point, table.geometries.kinds.allSatisfy({ $0 == .none }),
            let lon = mapping.column(of: ColumnMapping.longitude).flatMap({ table.column(named: $0) }),
            let lat = mapping.column(of: ColumnMapping.latitude).flatMap({ table.column(named: $0) })
        else { return [] }
        let key = mapping.column(of: layer.key.name).flatMap { table.column(named: $0) }
        let inDegrees = options.crs?.isGeographic ?? true
        var points = Geometries()
        var rejected: [Finding] = []
        var good: [Int] = []
        for row in 0..<table.count {
            let texts = [lon, lat].map { $0.text(row: row).map { String($0.drop(while: \.isWhitespace)) } ?? "" }
            if texts == ["", ""] {
                points.append(.none, parts: [])
                good.append(row)
            } else if let x = lon.number(row: row), let y = lat.number(row: row),
                !inDegrees || (abs(x) <= 180 && abs(y) <= 90)
            {
                points.append(PlanarPoint(x: x, y: y))
                good.append(row)
            } else {
                var place = table.place(row: row)
                place.layer = layer.name
                place.id = place.id ?? key?.text(row: row)
                rejected.append(ImportIssue.coordinateRange(place, texts[0], texts[1]))
            }
        }
        if good.count < table.count { table = table.selecting(rows: good) }
        table.geometries = points
        return rejected
    }

    /// The geometries in the metres of the town; chooses the town's system where it has none. Features that the system
    /// does not reach are taken out of the table and reported.
    static func project(_ table: inout FeatureTable, options: ImportOptions, in db: Database) throws -> Projected {
        let chosen = try SpatialReference.chosen(in: db)
        guard !table.geometries.xy.isEmpty else {
            return Projected(geometries: table.geometries, epsg: chosen ?? 0, projection: nil)
        }
        let source = table.crs ?? options.crs ?? .wgs84
        let inDegrees = source.isGeographic
        let target =
            try chosen.map(CRS.init(epsg:)) ?? choose(inDegrees ? metres(for: table.geometries) : source, in: db)
        var geometries = table.geometries
        if inDegrees { options.datum.convert(&geometries, to: .wgs84) }
        guard source != target else { return Projected(geometries: geometries, epsg: target.epsg, projection: nil) }
        let projection = try Projection(from: source, to: target)
        var rejected: [Finding] = []
        do {
            try projection.apply(to: &geometries)
        } catch let error as GeoGridError where error.code == .outsideCRS {
            var good: [Int] = []
            for row in 0..<table.count {
                var one = Geometries()
                one.append(feature: row, of: geometries)
                do {
                    try projection.apply(to: &one)
                    good.append(row)
                } catch let error as GeoGridError {
                    rejected.append(Finding(error.code, at: table.place(row: row), error.message, remedy: error.remedy))
                }
            }
            table = table.selecting(rows: good)
            geometries = table.geometries
            if inDegrees { options.datum.convert(&geometries, to: .wgs84) }
            try projection.apply(to: &geometries)
        }
        return Projected(
            geometries: geometries, epsg: target.epsg, projection: inDegrees ? projection : nil, rejected: rejected)
    }

    private static func metres(for geometries: Geometries) -> CRS { CRS.metres(for: geometries) ?? CRS(epsg: 4546) }

    private static func choose(_ crs: CRS, in db: Database) throws -> CRS {
        try SpatialReference.choose(crs, in: db)
        return crs
    }

    /// Says when the points miss the town's units by the offset of a mixed-up datum.
    static func datumFindings(_ table: FeatureTable, _ projected: Projected, in db: Database) throws -> [Finding] {
        guard let projection = projected.projection else { return [] }
        let units = try TownFile.lowestAreas(in: db)
        guard units.count > 0 else { return [] }
        let reach = units.box.expanded(by: 10_000)
        let far = (0..<projected.geometries.count).filter {
            projected.geometries.kinds[$0] == .point && !projected.geometries.box(ofFeature: $0).intersects(reach)
        }
        let distant = far.first.map { [ImportIssue.distant(table.place(row: $0), count: far.count)] } ?? []
        let locator = PointLocator(units, expecting: projected.geometries.count)
        var points: [GeographicPoint] = []
        for row in 0..<projected.geometries.count where projected.geometries.kinds[row] == .point {
            let p = projected.geometries[coordinate: projected.geometries.coordinates(ofFeature: row).lowerBound]
            if locator.unit(at: p) == nil || points.isEmpty || row % 8 == 0 {
                let degrees = try projection.inverse(p)
                points.append(GeographicPoint(longitude: degrees.x, latitude: degrees.y))
            }
        }
        let finding = DatumCheck.finding(points: points, at: Place(file: table.source)) { point in
            guard let p = try? projection(point) else { return false }
            return locator.unit(at: p) != nil
        }
        return distant + (finding.map { [$0] } ?? [])
    }
}

extension TownFile {
    /// Areas of the lowest level that holds any unit today.
    static func lowestAreas(in db: Database) throws -> Geometries {
        for level in [Level.microgrid, .grid, .community] {
            var reader = GeometryBlobReader()
            try Rows.each(db, "SELECT geom FROM \(level.rawValue) WHERE valid_to IS NULL") { row in
                row.withBlob(0) { reader.append($0) }
            }
            let areas = reader.geometries
            if areas.count > 0 { return areas }
        }
        return Geometries()
    }
}
