import GRDB
public import GeoGrid
import Planner

extension TownFile {
    /// 导入: brings a table into a layer, in one transaction; a second time it changes nothing.
    ///
    /// - Parameter readFindings: what the reader said about the file; its errors are records rejected before they came
    ///   here.
    /// - Throws: GG152, GG153 when the columns do not fit; the errors of projection; the errors of the file.
    public func importTable(
        _ table: FeatureTable, as layer: Layer, options: ImportOptions = ImportOptions(),
        readFindings: [Finding] = [], progress: GeoGrid.Progress = .silent
    ) throws -> ImportReport {
        let mapping = try ColumnMapping(table, layer: layer, given: options.columns)
        var report = ImportReport(layer: layer, source: table.source, mapping: mapping)
        report.rejected = readFindings.filter { $0.severity == .error }
        report.findings = readFindings.filter { $0.severity < .error }
        report.read = table.count + report.rejected.count

        progress(Text(zh: "导入\(layer.title.zh)", en: "importing \(layer.title.en)"), 0, of: table.count)
        let body: (Database) throws -> Void = { db in
            var table = table
            report.rejected += TableCoordinates.fill(&table, mapping: mapping, layer: layer, options: options)
            if let own = table.crs, let asked = options.crs, own != asked, !table.geometries.xy.isEmpty {
                report.findings.append(ImportIssue.ownSystem(Place(file: table.source), own, asked: asked))
            }
            let projected = try TableCoordinates.project(&table, options: options, in: db)
            report.rejected += projected.rejected
            var run = TableImport(
                table, projected: projected.geometries, layer: layer, mapping: mapping, options: options,
                model: try WorkloadModel.stored(in: db), epsg: projected.epsg)
            try run.run(in: db)
            try progress.checkInterruption()
            report.rejected += run.rejected
            report.findings += run.findings

            var merge = LayerMerge(layer, day: options.day, complete: options.complete)
            merge.provided = run.provided
            try report.findings += merge.spare(report.rejected, records: run.records, in: db)
            let log = try ImportLog(db)
            let counts = try merge.merge(run.records, in: db, log: log.note)
            report.add(counts)
            // Lines that share an identifier became one record; each was taken.
            report.taken = report.read - report.rejected.count
            try log.finish(report, options: options, in: db)
            if layer.geometry == .point {
                report.findings += try TableCoordinates.datumFindings(table, projected, in: db)
            }
            try progress.checkInterruption()
        }
        if options.dryRun { try rehearse(body) } else { try write(progress: progress, body) }
        progress(Text(zh: "导入\(layer.title.zh)", en: "importing \(layer.title.en)"), table.count, of: table.count)
        report.rejected.sort { ($0.place.record ?? 0) < ($1.place.record ?? 0) }
        return report
    }
}

extension LayerMerge {
    /// What a complete list must not end: records it names but has wrong, people who hold posts, and everything where it
    /// holds nothing or a record cannot be told.
    fileprivate mutating func spare(_ rejected: [Finding], records: [LayerRecord], in db: Database) throws -> [Finding]
    {
        guard complete else { return [] }
        let nameless = rejected.count { $0.place.id == nil }
        if records.isEmpty || nameless > 0 {
            complete = false
            return [ImportIssue.nothingEnded(Place(layer: layer.name), nameless: nameless)]
        }
        spared = Set(rejected.compactMap(\.place.id))
        guard layer.name == Layer.person.name else { return [] }
        let named = Set(records.map(\.key))
        let holders = try String.fetchAll(
            db, sql: "SELECT DISTINCT person FROM post WHERE person IS NOT NULL ORDER BY person"
        ).filter { !named.contains($0) && !spared.contains($0) }
        spared.formUnion(holders)
        return holders.map { ImportIssue.stillInPost(Place(layer: layer.name, id: $0)) }
    }
}

extension ImportReport {
    mutating func add(_ counts: MergeCounts) {
        new += counts.new
        changed += counts.changed
        unchanged += counts.unchanged
        removed += counts.removed
    }
}

/// 导入记录: one line an import, one line a record it changed.
final class ImportLog {
    private let fid: Int
    private let writer: RowWriter

    init(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO import_log (source, layer, taken, changed, unchanged, removed, rejected)
                VALUES ('', '', 0, 0, 0, 0, 0)
                """)
        fid = Int(db.lastInsertedRowID)
        writer = try RowWriter(db, "INSERT INTO change_log (import, key, action) VALUES (?, ?, ?)")
    }

    func note(_ key: String, _ action: String) throws {
        writer.bind(1, .integer(fid))
        writer.bind(2, .text(key))
        writer.bind(3, .text(action))
        try writer.run()
    }

    func finish(_ report: ImportReport, options: ImportOptions, in db: Database) throws {
        let fields = options.columns.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        try db.execute(
            sql: """
                UPDATE import_log SET source = ?, layer = ?, effective = ?, taken = ?, changed = ?, unchanged = ?,
                    removed = ?, rejected = ?, options = ? WHERE fid = ?
                """,
            arguments: [
                report.source, report.layer.name, options.day?.description, report.taken, report.new + report.changed,
                report.unchanged, report.removed, report.rejected.count,
                "datum=\(options.datum.rawValue) \(fields)", fid,
            ])
    }
}

extension WorkloadModel {
    /// The town's own model where it has one, else the standard one.
    static func stored(in db: Database) throws -> WorkloadModel {
        guard let yaml = try Settings.get(.weights, in: db) else { return .standard }
        return try WorkloadModel(yaml: yaml, source: "setting workload.weights")
    }
}
