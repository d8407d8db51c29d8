public import GeoGrid

/// 导入选项.
public struct ImportOptions: Sendable {
    /// Columns by field, where the header does not say; `lon` and `lat` name the coordinates of a list.
    public var columns: [String: String] = [:]
    /// 坐标基准 of the degrees in the file.
    public var datum = Datum.wgs84
    /// What the coordinates are in, where the file does not say and they are no degrees.
    public var crs: CRS?
    /// The day from which the file holds; nil corrects what is stored.
    public var day: Day?
    /// The file is complete: what it does not name is ended or deleted.
    public var complete = false
    /// Everything as in earnest, and nothing kept.
    public var dryRun = false

    public init() {}
}

/// 导入结果: what became of every record of a file.
public struct ImportReport: Sendable {
    public var layer: Layer
    public var source: String
    public var mapping: ColumnMapping
    /// Features or rows of the file, those the reader could not read included.
    public var read = 0
    /// New, changed and unchanged ones.
    public var taken = 0
    public var new = 0
    public var changed = 0
    public var unchanged = 0
    /// Stored records that a complete file did not name.
    public var removed = 0
    /// One finding of error level each: read = taken + rejected.
    public var rejected: [Finding] = []
    /// Warnings and notes about records that were taken, and about the file.
    public var findings: [Finding] = []
}
