import ArgumentParser
import Foundation
import GeoGrid

/// 点归属.
struct TagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "给每个点加上所在单元的编码 / Add the code of the containing unit to every point.",
        discussion: """
            点文件逐批读写，内存不随点数增长。边界上的点归文件中在前的单元。
            Points are read and written in batches, in constant memory. A point on a border belongs to the unit that \
            stands first in the file.
            """)

    enum PointFormat: String, CaseIterable, ExpressibleByArgument { case auto, csv, geojson, ndjson }

    @OptionGroup var global: GlobalOptions

    @Argument(help: "面文件 / file of polygons.", completion: .file())
    var polygons: String

    @Argument(help: "点文件，- 为标准输入 / file of points, - is standard input: CSV, GeoJSON, NDJSON.", completion: .file())
    var points: String

    @Option(help: "取面的哪个字段，默认按表头辨认编码 / which property of the polygons, else the one that holds codes.")
    var field: String?

    @Option(name: .customLong("as"), help: "新列的名称，默认同字段名 / name of the new column, else that of the field.")
    var column: String?

    @Option(help: ArgumentHelp("CSV 的坐标列 / columns of a CSV with the coordinates.", valueName: "经度列,纬度列"))
    var xy: String?

    @Option(help: "点的格式 / form of the points: \(PointFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var pointFormat: PointFormat = .auto

    @Option(name: .shortAndLong, help: "输出文件，- 为标准输出 / output file, - is standard output.", completion: .file())
    var out: String

    func validate() throws {
        guard xy == nil || xy?.split(separator: ",").count == 2 else { throw ValidationError("--xy: 经度列,纬度列") }
        guard polygons != "-" else { throw ValidationError("POLYGONS: -") }
    }

    func run() throws {
        let console = global.console
        let progress = console.progress()
        let (areas, areaFindings) = try Intake.read(URL(fileURLWithPath: polygons))
        let columns = xy.map { $0.split(separator: ",").map(String.init) }.map { PointColumns(x: $0[0], y: $0[1]) }
        let field = field ?? UnitColumns.guessed(in: areas)["code"] ?? "code"
        let tagger = try PointTagger(polygons: areas, field: field, column: column, points: columns)
        var tally = Tally(findings: areaFindings.filter { $0.severity != .note })
        if out == "-" {
            try stream(tagger, to: FileHandle.standardOutput, &tally, progress)
            console.remark(tally.text)
        } else {
            try AtomicFile.replace(out, mode: 0o600) { temporary in
                let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
                defer { try? handle.close() }
                try stream(tagger, to: handle, &tally, progress)
            }
            console.answer(json: tally.json) { lines in
                if !tally.findings.isEmpty { FindingsReport(tally.findings).write(to: &lines, limit: 5) }
                lines.add(tally.text)
            }
        }
        try FindingsReport(tally.findings).exitIfErrors()
    }

    private struct Tally {
        var tagged = 0
        var outside = 0
        var withoutPoint = 0
        var findings: [Finding] = []

        mutating func add(_ batch: PointTagger.Batch, _ more: [Finding]) {
            tagged += batch.tagged
            outside += batch.outside
            withoutPoint += batch.withoutPoint
            // Constant memory: what is wrong ten thousand times is known by then.
            if findings.count < 10_000 { findings += more + batch.findings }
        }

        var text: Text {
            Text(
                zh: "已归属 \(tagged) 个点，不在任何单元内 \(outside) 个，没有位置 \(withoutPoint) 个",
                en: "\(tagged) points tagged, \(outside) in no unit, \(withoutPoint) without a position")
        }

        var json: JSONValue {
            [
                "tagged": .int(tagged), "outside": .int(outside), "withoutPoint": .int(withoutPoint),
                "findings": FindingsReport(findings).json,
            ]
        }
    }

    private var format: PointFormat {
        if pointFormat != .auto { return pointFormat }
        switch URL(fileURLWithPath: points).pathExtension.lowercased() {
        case "csv", "tsv", "txt": return .csv
        case "ndjson", "geojsonl", "geojsons", "jsonl": return .ndjson
        default: return .geojson
        }
    }

    private func stream(
        _ tagger: PointTagger, to handle: FileHandle, _ tally: inout Tally, _ progress: GeoGrid.Progress
    ) throws {
        let source = try ByteSource.named(points)
        let sink: ([UInt8]) throws -> Void = { try handle.write(contentsOf: $0) }
        var done = 0
        func report(_ batch: PointTagger.Batch) throws {
            try progress.checkInterruption()
            done += batch.table.count
            progress(Text(zh: "归属", en: "tagging"), done, of: 0)
        }
        if format == .csv {
            let stream = try CSVStream(source)
            var writer = try CSVWriter(header: stream.header + [tagger.column], sink: sink)
            while let (table, findings) = try stream.next() {
                let batch = try tagger.tagged(table)
                try writer.write(batch.table)
                tally.add(batch, findings)
                try report(batch)
            }
            try writer.finish()
        } else {
            let stream = GeoJSONStream(source)
            var writer = GeoJSONWriter(layout: format == .ndjson ? .lines : .collection, sink: sink)
            while let (table, findings) = try stream.next() {
                let batch = try tagger.tagged(table)
                try writer.write(batch.table)
                tally.add(batch, findings)
                try report(batch)
            }
            try writer.finish()
        }
    }
}
