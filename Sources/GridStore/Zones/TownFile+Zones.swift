import GRDB
public import GeoGrid

extension TownFile {
    /// 网格体系 of a day, in the order of their names, zones in the order of their codes.
    public func zonings(on day: Day) throws -> [Zoning] {
        try read { db in
            var zonings: [Zoning] = []
            var reader = GeometryBlobReader()
            var members: [Int] = []
            try Rows.each(
                db,
                "SELECT zoning, kind, code, name, geom FROM zone WHERE \(LayerLoader.valid) ORDER BY zoning, length(code), code",
                [day.description]
            ) { row in
                if zonings.last?.name != row.text(0) {
                    zonings.append(Zoning(name: row.text(0), kind: Zoning.Kind(rawValue: row.text(1)) ?? .overlay))
                }
                if let kind = Zoning.Kind(rawValue: row.text(1)), kind != zonings[zonings.count - 1].kind {
                    zonings[zonings.count - 1].otherKinds.insert(kind)
                }
                zonings[zonings.count - 1].codes.append(row.text(2))
                zonings[zonings.count - 1].names.append(row.text(3).isEmpty ? row.text(2) : row.text(3))
                members.append(zonings.count - 1)
                row.withBlob(4) { reader.append($0) }
            }
            let shapes = reader.geometries
            for (i, zoning) in members.enumerated() { zonings[zoning].areas.append(feature: i, of: shapes) }
            return zonings
        }
    }

    /// The zoning of a name on a day; throws GG573 where there is none.
    public func zoning(named name: String, on day: Day) throws -> Zoning {
        if let zoning = try zonings(on: day).first(where: { $0.name == name }) { return zoning }
        throw GeoGridError(
            .unknownZoning, Text(zh: "没有体系“\(name)”", en: "no zoning “\(name)”"),
            remedy: Text(zh: "用 geogrid zones list 查看", en: "see geogrid zones list"))
    }

    /// The households of a day alone.
    public func households(on day: Day) throws -> [Household] {
        try read { try LayerLoader(db: $0, day: day).households() }
    }

    /// The units of a level on a day alone.
    public func units(_ level: Level, on day: Day) throws -> UnitLayer {
        try read { try LayerLoader(db: $0, day: day).units(level) }
    }

    /// Points that a list states as longitude and latitude (or, by `datum`, as a map service writes them), in town
    /// metres, nil where a line states none; empty where the list has no such columns. Points of a feature file are
    /// taken as they are.
    public func points(of table: FeatureTable, datum: Datum = .wgs84) throws -> [PlanarPoint?] {
        guard let epsg = try read({ try SpatialReference.chosen(in: $0) }) else { return [] }
        var points = Geometries()
        if table.geometries.kinds.contains(.point) {
            points = table.geometries
        } else if let columns = PointColumns(guessing: table.columns.map(\.name)),
            let x = table.column(named: columns.x), let y = table.column(named: columns.y)
        {
            for row in 0..<table.count {
                if let lon = x.number(row: row), let lat = y.number(row: row), abs(lon) <= 180, abs(lat) <= 90 {
                    points.append(PlanarPoint(x: lon, y: lat))
                } else {
                    points.append(.none, parts: [])
                }
            }
        } else {
            return []
        }
        let source = table.crs ?? .wgs84
        if source.isGeographic { datum.convert(&points, to: .wgs84) }
        if source.epsg != epsg { try Projection(from: source, to: CRS(epsg: epsg)).apply(to: &points) }
        return (0..<points.count).map { row in
            points.kinds[row] == .point ? points[coordinate: points.coordinates(ofFeature: row).lowerBound] : nil
        }
    }

    /// Named streets and waters, for descriptions of bounds.
    public func namedLines(on day: Day) throws -> NamedLines {
        try read { db in
            let loader = LayerLoader(db: db, day: day)
            return NamedLines(roads: try loader.roads(), waters: try loader.waters())
        }
    }
}

extension IssueCode {
    static let unknownZoning = IssueCode("GG573")
}
