/// 要素表: the features of a file with their geometries and properties, in columns.
///
/// Row `i` is feature `i` of `geometries`, `ids[i]`, `records[i]` and row `i` of every column. A table without
/// coordinates (a CSV list) has features of kind `none`. Coordinates stand in `crs`, as the file wrote them.
public struct FeatureTable: Sendable {
    /// Name of the file the features came from, as findings print it.
    public var source: String
    public var geometries: Geometries
    /// The feature's own identifier, numeric ones as text; nil where the file gives none.
    public var ids: [String?]
    /// Number of each feature or record in its file, from 1; features that could not be read leave gaps.
    public var records: [Int]
    public var columns: [PropertyColumn]
    /// The coordinate system the file declares; nil where it declares none (WGS 84, by RFC 7946).
    public var crs: CRS?

    /// Precondition: as many ids, records and values in every column as there are features.
    public init(
        source: String, geometries: Geometries, ids: [String?]? = nil, records: [Int]? = nil,
        columns: [PropertyColumn] = [], crs: CRS? = nil
    ) {
        let ids = ids ?? Array(repeating: nil, count: geometries.count)
        let records = records ?? Array(1..<geometries.count + 1)
        precondition(ids.count == geometries.count && records.count == geometries.count, "one id and record a feature")
        precondition(columns.allSatisfy { $0.count == geometries.count }, "one value a feature in every column")
        self.source = source
        self.geometries = geometries
        self.ids = ids
        self.records = records
        self.columns = columns
        self.crs = crs
    }

    /// Number of features.
    public var count: Int { geometries.count }

    /// The first column of that exact name.
    public func column(named name: String) -> PropertyColumn? { columns.first { $0.name == name } }

    /// The place of a row, for a finding.
    public func place(row: Int, field: String? = nil) -> Place {
        Place(file: source, record: records[row], id: ids[row], field: field)
    }

    /// Some of the rows, in the order given; their record numbers stay. O(their coordinates and values).
    public func selecting(rows: [Int]) -> FeatureTable {
        var chosen = Geometries()
        for row in rows { chosen.append(feature: row, of: geometries) }
        return FeatureTable(
            source: source, geometries: chosen, ids: rows.map { ids[$0] }, records: rows.map { records[$0] },
            columns: columns.map { $0.selecting(rows: rows) }, crs: crs)
    }
}
