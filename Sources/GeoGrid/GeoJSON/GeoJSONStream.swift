import CSimdjson

/// GeoJSON 流式读取: features in batches, in memory that depends on the batch and the largest feature alone.
///
/// Reads FeatureCollections, single features and geometries, newline-delimited features and RFC 8142 sequences.
/// Each batch is a table of its own; a column may be of another kind in the next batch.
public final class GeoJSONStream {
    /// 256 MB: a feature larger than that is not a unit of any town.
    public static let largestFeature = 1 << 28

    private let name: String
    private let batch: Int
    private let source: ByteSource?
    private let reader: OpaquePointer
    private var pieces: ArraySlice<UInt8>
    private var buffer: [UInt8]
    private var hasEnded = false
    private var hasAnswered = false
    private let mayBeEmpty: Bool

    /// - Parameter batch: features a batch holds before it is handed out; a little more may come.
    public convenience init(_ source: ByteSource, name: String? = nil, batch: Int = 65_536) {
        self.init(source, name: name, batch: batch, mayBeEmpty: false)
    }

    /// - Parameter mayBeEmpty: whether no features at all are as good as any, as the output of a program.
    init(_ source: ByteSource, name: String? = nil, batch: Int, mayBeEmpty: Bool) {
        self.source = source
        self.mayBeEmpty = mayBeEmpty
        self.name = name ?? source.name
        self.batch = batch
        pieces = []
        buffer = [UInt8](repeating: 0, count: 1 << 18)
        // Beyond a gigabyte, or in batches, room grows as it is needed.
        reader = gg_geojson_new(Self.largestFeature, batch == .max ? min(source.expectedBytes, 1 << 30) : 0)
    }

    init(_ bytes: [UInt8], name: String) {
        source = nil
        mayBeEmpty = false
        self.name = name
        batch = .max
        pieces = bytes[...]
        buffer = []
        reader = gg_geojson_new(Self.largestFeature, bytes.count)
    }

    deinit { gg_geojson_free(reader) }

    /// The next features and what was found wrong among them; nil after the last batch. There is always one.
    ///
    /// - Throws: `GG100` when reading fails, `GG101`–`GG104` when the rest is no GeoJSON, cut off, in another
    ///   encoding, or beyond a limit.
    public func next() throws -> (table: FeatureTable, findings: [Finding])? {
        while !hasEnded {
            let status = try feed()
            if status != GG_ISSUE_NONE.rawValue { throw failure() }
            if gg_geojson_pending(reader) >= batch { break }
        }
        if hasEnded, hasAnswered, gg_geojson_pending(reader) == 0 { return nil }
        hasAnswered = true
        let batch = gg_geojson_batch(reader)
        let table = FeatureTable(batch, reader: reader, source: name)
        let findings = try findings(batch, table: table)
        gg_geojson_reset(reader)
        return (table, findings)
    }

    private func feed() throws -> Int32 {
        let count: Int
        let status: Int32
        if let source {
            count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
            status = buffer.withUnsafeBufferPointer { gg_geojson_feed(reader, $0.baseAddress, count) }
        } else {
            let piece = pieces.prefix(1 << 18)
            pieces = pieces.dropFirst(piece.count)
            count = piece.count
            status = piece.withUnsafeBufferPointer { gg_geojson_feed(reader, $0.baseAddress, count) }
        }
        guard count == 0, status == GG_ISSUE_NONE.rawValue else { return status }
        hasEnded = true
        let end = gg_geojson_finish(reader)
        return mayBeEmpty && end == GG_FATAL_EMPTY.rawValue ? Int32(GG_ISSUE_NONE.rawValue) : end
    }

    private func issues(_ batch: gg_batch) -> [GeoJSONIssue] {
        (0..<batch.issues).map { GeoJSONIssue(gg_geojson_issue(reader, $0)) }
    }

    private func findings(_ batch: gg_batch, table: FeatureTable) throws -> [Finding] {
        let issues = issues(batch)
        try checkEncoding(issues, features: batch.features)
        var findings = issues.filter { $0.kind != GG_FATAL_EMPTY }.map { $0.finding(file: name) }
        if batch.issues_left_out > 0 { findings.append(.leftOut(batch.issues_left_out, file: name)) }
        if hasEnded, batch.crs.count > 0, table.crs == nil {
            findings.append(.unknownCRS(batch.crs.string, file: name))
        }
        return findings
    }

    /// A file whose Chinese is GB18030 throughout is in the wrong encoding, not full of faulty features.
    private func checkEncoding(_ issues: [GeoJSONIssue], features: Int) throws {
        let faults = issues.filter { $0.kind == GG_ISSUE_ENCODING }
        guard let first = faults.first, faults.count * 2 > features, TextEncoding.isOnlyGB18030(first.bytes) else {
            return
        }
        throw GeoGridError.wrongEncoding(file: name, line: first.line)
    }

    private func failure() -> GeoGridError {
        let issues = issues(gg_geojson_batch(reader))
        if let first = issues.first(where: { $0.kind == GG_ISSUE_ENCODING }), TextEncoding.isOnlyGB18030(first.bytes) {
            return .wrongEncoding(file: name, line: first.line)
        }
        return issues.last!.error(file: name, features: gg_geojson_pending(reader))
    }
}

extension FeatureTable {
    fileprivate init(_ batch: gg_batch, reader: OpaquePointer, source: String) {
        func array<T>(_ start: UnsafePointer<T>?, _ count: Int) -> [T] {
            Array(UnsafeBufferPointer(start: start, count: count))
        }
        func offsets(_ start: UnsafePointer<Int64>?, _ count: Int) -> [Int] {
            start!.withMemoryRebound(to: Int.self, capacity: count) { array($0, count) }
        }
        let count = batch.features
        let kinds = (0..<count).map { GeometryKind(rawValue: batch.kinds[$0])! }
        let geometries = Geometries(
            kinds: kinds, featureOffsets: offsets(batch.feature_offsets, count + 1),
            partOffsets: offsets(batch.part_offsets, batch.parts + 1),
            pathOffsets: offsets(batch.path_offsets, batch.paths + 1), xy: array(batch.xy, 2 * batch.coordinates))
        let ids: [String?] =
            batch.has_ids
            ? (0..<count).map { row in
                guard batch.id_nulls[row] == 0 else { return nil }
                let start = row == 0 ? 0 : Int(batch.id_ends[row - 1])
                return String(
                    decoding: UnsafeBufferPointer(
                        start: batch.id_bytes + start, count: Int(batch.id_ends[row]) - start), as: UTF8.self)
            } : Array(repeating: nil, count: count)
        self.init(
            source: source, geometries: geometries, ids: ids,
            records: count == 0 ? [] : offsets(batch.records, count),
            columns: (0..<batch.columns).map { PropertyColumn(gg_geojson_column(reader, $0), count: count) },
            crs: CRS(name: batch.crs.string))
    }
}

extension PropertyColumn {
    fileprivate init(_ column: gg_column, count: Int) {
        func array<T>(_ start: UnsafePointer<T>?) -> [T] { Array(UnsafeBufferPointer(start: start, count: count)) }
        func booleans(_ start: UnsafePointer<UInt8>?) -> [Bool] {
            guard let start, count > 0 else { return [] }
            return start.withMemoryRebound(to: Bool.self, capacity: count) { array($0) }
        }
        var bytes: [UInt8] { Array(UnsafeBufferPointer(start: column.bytes, count: column.byte_count)) }
        var ends: [Int] {
            guard let start = column.ends, count > 0 else { return [] }
            return start.withMemoryRebound(to: Int.self, capacity: count) { array($0) }
        }
        let storage: Storage =
            switch gg_column_kind(UInt32(column.kind)) {
            case GG_COLUMN_NUMBER: .number(array(column.numbers))
            case GG_COLUMN_INTEGER: .integer(array(column.integers))
            case GG_COLUMN_BOOLEAN: .boolean(booleans(column.booleans))
            case GG_COLUMN_JSON: .json(bytes: bytes, ends: ends)
            default: .text(bytes: bytes, ends: ends)
            }
        self.init(
            name: column.name.string, count: count, storage: storage,
            nulls: column.has_nulls ? booleans(column.nulls) : [])
    }
}

extension gg_text {
    var string: String { String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self) }
}
