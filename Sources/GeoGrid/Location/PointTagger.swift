extension IssueCode {
    /// 面图层没有这个字段.
    static let noTagField = IssueCode("GG140")
    /// 结果列已存在.
    static let tagColumnExists = IssueCode("GG141")
    /// 找不到坐标列.
    static let noPointColumns = IssueCode("GG142")
}

/// 点归属标记: gives every row of a table of points the value of the unit it lies in, batch by batch.
///
/// Points and polygons must be in the same coordinates; degrees will do, for nothing is measured. The rule for points
/// on a border is that of `PointLocator`.
public struct PointTagger: Sendable {
    /// Name of the column that is added.
    public let column: String
    private let locator: PointLocator
    private let values: [String?]
    private let points: PointColumns?

    /// - Parameters:
    ///   - polygons: the units.
    ///   - field: their property to hand out.
    ///   - column: name of the new column; the field's where nil.
    ///   - points: columns with the coordinates, for tables without geometries; guessed where nil.
    /// - Throws: GG140 where the polygons lack the field.
    public init(
        polygons: FeatureTable, field: String, column: String? = nil, points: PointColumns? = nil
    ) throws(GeoGridError) {
        guard let values = polygons.column(named: field) else {
            let names = polygons.columns.map(\.name).joined(separator: ", ")
            throw GeoGridError(
                .noTagField,
                Text(zh: "“\(polygons.source)”没有字段“\(field)”", en: "“\(polygons.source)” has no property “\(field)”"),
                remedy: Text(zh: "可用的字段：\(names)", en: "It has: \(names)"))
        }
        self.column = column ?? field
        self.points = points
        self.values = (0..<polygons.count).map { values.text(row: $0) }
        locator = PointLocator(polygons.geometries)
    }

    /// Outcome of one batch.
    public struct Batch: Sendable {
        public var table: FeatureTable
        public var findings: [Finding]
        public var tagged: Int
        /// Rows with a point in no unit.
        public var outside: Int
        /// Rows without a point.
        public var withoutPoint: Int
    }

    /// Adds the column to a batch. Rows without a point, or outside every unit, get no value.
    ///
    /// Throws GG141 where the batch has a column of that name, GG142 where it has no points.
    public func tagged(_ table: FeatureTable) throws(GeoGridError) -> Batch {
        guard table.column(named: column) == nil else {
            throw GeoGridError(
                .tagColumnExists,
                Text(zh: "“\(table.source)”已有列“\(column)”", en: "“\(table.source)” has a column “\(column)” already"),
                remedy: Text(zh: "用 --as 另起列名", en: "Name the new column with --as"))
        }
        let (positions, findings) = try located(table)
        var batch = Batch(table: table, findings: findings, tagged: 0, outside: 0, withoutPoint: 0)
        var column: [String?] = []
        column.reserveCapacity(table.count)
        for row in 0..<table.count {
            let run = positions.coordinates(ofFeature: row)
            guard positions.kinds[row] == .point, run.count == 1 else {
                batch.withoutPoint += 1
                column.append(nil)
                continue
            }
            let unit = locator.unit(at: positions[coordinate: run.lowerBound])
            if unit == nil { batch.outside += 1 } else { batch.tagged += 1 }
            column.append(unit.flatMap { values[$0] })
        }
        batch.table.columns.append(PropertyColumn(name: self.column, texts: column))
        return batch
    }

    /// The points of a table: its geometries, or two of its columns.
    private func located(_ table: FeatureTable) throws(GeoGridError) -> (Geometries, [Finding]) {
        let hasGeometry = table.geometries.kinds.contains { $0 != .none }
        let isGeoJSON = hasGeometry || table.columns.isEmpty || table.ids.contains { $0 != nil }
        if points == nil && isGeoJSON { return (table.geometries, []) }
        let names = table.columns.map(\.name)
        guard let columns = points ?? PointColumns(guessing: names), let found = table.withPoints(columns) else {
            throw GeoGridError(
                .noPointColumns,
                Text(zh: "“\(table.source)”里找不到坐标列", en: "“\(table.source)” has no columns of coordinates"),
                remedy: Text(zh: "用 --xy 经度列,纬度列 指明", en: "Name them with --xy LONGITUDE,LATITUDE"))
        }
        return (found.table.geometries, found.findings)
    }
}
