import ArgumentParser
import Foundation
import GeoGrid
import GridStore

/// 导入.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入文件或文件夹到镇文件 / Import a file or a folder into a town file.",
        discussion: """
            文件夹里的文件按文件名认图层（households.csv、网格.geojson），依次导入。
            The files of a folder are taken in turn, each as the layer its name says (households.csv, grids.geojson).

            重复导入不会重复记录。不带 --on 是更正现有数据；带 --on 是从该日起的变化，之前的答案保持不变。
            Importing again doubles nothing. Without --on an import corrects what is stored; with --on it is news of that \
            day, and answers for the days before stay as they were.

            图层 / layers: \(Layer.all.map(\.name).joined(separator: ", ")), osm
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var input: InputTable

    @Option(
        name: .customLong("as"), help: "导入为哪个图层，默认按文件名 / the layer to import as, else by the name of the file.",
        completion: .list(Layer.all.map(\.name) + ["osm"]))
    var layer: String?

    @Option(
        name: .customLong("field"), help: ArgumentHelp("字段对应，可多次 / a field's column; repeatable.", valueName: "字段=列名"))
    var fields: [String] = []

    @Option(help: "坐标基准 / datum of the degrees: \(Datum.allCases.map(\.rawValue).joined(separator: ", ")).")
    var datum: String = Datum.wgs84.rawValue

    @Option(help: "平面坐标的 EPSG 代码 / EPSG code of coordinates in metres, where the file names none.")
    var crs: String?

    @Option(name: .customLong("on"), help: "从哪一天起 / the day from which it holds.")
    var day: Day?

    @Flag(help: "文件是完整的：未列出的记录终止或删除 / the file is complete: what it lacks is ended or deleted.")
    var complete = false

    @Flag(help: "只检查，不写入 / check only, write nothing.")
    var dryRun = false

    @Option(help: "被拒绝记录的清单 / where to list what was rejected.", completion: .file())
    var rejected: String?

    func validate() throws {
        guard Datum(rawValue: datum) != nil else {
            throw ValidationError("--datum: " + Datum.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let isNamed = layer.map { $0 == "osm" || Layer.named($0) != nil } ?? (isFolder || input.namedLayer != nil)
        guard isNamed else {
            throw ValidationError("--as: " + Layer.all.map(\.name).joined(separator: ", ") + ", osm")
        }
        guard !isFolder || (fields.isEmpty && input.inputLayer == nil) else {
            throw ValidationError("--field、--input-layer 用于单个文件 / --field and --input-layer are for one file")
        }
        guard fields.allSatisfy({ $0.dropFirst().contains("=") }) else {
            throw ValidationError("--field: 字段=列名 / field=column")
        }
        guard crs == nil || crs.flatMap({ CRS(name: $0) }) != nil else { throw ValidationError("--crs: EPSG:4546") }
        guard datum == Datum.wgs84.rawValue || crs.flatMap({ CRS(name: $0) })?.isGeographic ?? true else {
            throw ValidationError("--datum: 只用于经纬度 / for degrees only")
        }
        let isDated = layer.map { $0 != "osm" && Layer.named($0)?.dated == true } ?? input.namedLayer?.dated ?? true
        guard day == nil || isDated else {
            throw ValidationError(
                "--on: 这个图层不分日期，岗位变动用 geogrid staff hand-over / the layer has no dates; posts change by geogrid staff hand-over"
            )
        }
    }

    func run() throws {
        let console = global.console
        let progress = console.progress()
        let file = try town.open(readOnly: false)
        var options = ImportOptions()
        for pair in fields {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            options.columns[parts[0]] = parts[1]
        }
        options.datum = Datum(rawValue: datum) ?? .wgs84
        options.crs = crs.flatMap { CRS(name: $0) }
        options.day = day
        options.complete = complete
        options.dryRun = dryRun

        let inputs = isFolder ? try input.filesByLayer() : [input]
        var reports: [ImportReport] = []
        var failure: (any Error)?
        for input in inputs {
            do {
                progress(Text(zh: "读取 \(input.name)", en: "reading \(input.name)"), 0, of: 0)
                let (table, findings) = try input.read()
                try progress.checkInterruption()
                if layer == "osm" {
                    reports += try file.importOpenStreetMap(
                        table, options: options, readFindings: findings, progress: progress)
                } else {
                    let layer = layer.flatMap(Layer.named) ?? input.namedLayer!
                    reports.append(
                        try file.importTable(
                            table, as: layer, options: options, readFindings: findings, progress: progress))
                }
            } catch {
                // What was imported before stays, and is told.
                failure = error
                break
            }
        }
        if let failure, reports.isEmpty { throw failure }
        let refused = reports.flatMap(\.rejected)
        let list = refused.isEmpty ? nil : Result { try writeRejected(refused) }
        console.answer(json: json(reports, try? list?.get())) { lines in
            for report in reports { write(report, to: &lines) }
            if let list = try? list?.get() {
                lines.add(Text(zh: "被拒绝的记录列在 \(list)", en: "what was rejected is listed in \(list)"))
            }
            if dryRun { lines.add(Text(zh: "试运行：没有写入", en: "dry run: nothing was written")) }
        }
        if let failure { throw failure }
        _ = try list?.get()
        if !refused.isEmpty { throw ExitStatus.findings.code }
    }

    private var isFolder: Bool { layer == nil && input.isFolder }

    /// Beside the working folder's other files, for its owner only: rejected records may name people.
    private func writeRejected(_ findings: [Finding]) throws -> String {
        let path =
            rejected
            ?? (input.name == "-"
                ? "stdin" : URL(fileURLWithPath: input.name).deletingPathExtension().lastPathComponent)
            + ".rejected.csv"
        var table = SheetTable(
            name: "rejected",
            columns: (isFolder ? ["file"] : []) + ["record", "id", "field", "code", "原因", "办法", "reason", "remedy"])
        for finding in findings {
            table.rows.append(
                (isFolder ? [.init(finding.place.file)] : []) + [
                    finding.place.record.map(SheetTable.Cell.integer) ?? .empty, .init(finding.place.id),
                    .init(finding.place.field), .text(finding.code.description), .text(finding.message.zh),
                    .text(finding.remedy.zh), .text(finding.message.en), .text(finding.remedy.en),
                ])
        }
        try AtomicFile.write(table.csv(), to: path, mode: 0o600)
        return path
    }

    private func write(_ report: ImportReport, to lines: inout Lines) {
        let title = report.layer.title
        lines.add(
            Text(
                zh: "\(title.zh)（\(report.source)）：读入 \(report.read)，接受 \(report.taken)，新增 \(report.new)，"
                    + "变更 \(report.changed)，未变 \(report.unchanged)，终止 \(report.removed)，拒绝 \(report.rejected.count)",
                en: "\(title.en) (\(report.source)): read \(report.read), taken \(report.taken), new \(report.new), "
                    + "changed \(report.changed), unchanged \(report.unchanged), ended \(report.removed), "
                    + "rejected \(report.rejected.count)"))
        let guessed = report.mapping.pairs.filter { $0.guessed && $0.field != $0.column }
        if !global.quiet, !guessed.isEmpty {
            let pairs = guessed.map { "\($0.field)←\($0.column)" }.joined(separator: "  ")
            lines.add(Text(zh: "  按表头对应：\(pairs)", en: "  guessed from the header: \(pairs)"))
        }
        if !global.quiet, !report.mapping.unused.isEmpty {
            let columns = report.mapping.unused.joined(separator: ", ")
            lines.add(Text(zh: "  未使用的列：\(columns)", en: "  columns not used: \(columns)"))
        }
        let shown = report.rejected + report.findings
        if !shown.isEmpty { FindingsReport(shown).write(to: &lines, limit: 5) }
    }

    private func json(_ reports: [ImportReport], _ list: String?) -> JSONValue {
        [
            "dryRun": .bool(dryRun), "rejectedFile": .optional(list),
            "imports": .array(
                reports.map { report in
                    [
                        "layer": .string(report.layer.name), "source": .string(report.source),
                        "read": .int(report.read),
                        "taken": .int(report.taken), "new": .int(report.new), "changed": .int(report.changed),
                        "unchanged": .int(report.unchanged), "ended": .int(report.removed),
                        "rejected": .int(report.rejected.count),
                        "fields": .object(
                            Dictionary(
                                report.mapping.pairs.map { ($0.field, .string($0.column)) }, uniquingKeysWith: { $1 })),
                        "unusedColumns": .array(report.mapping.unused.map(JSONValue.string)),
                        "findings": FindingsReport(report.rejected + report.findings).json,
                    ]
                }),
        ]
    }
}
