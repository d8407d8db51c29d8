import ArgumentParser
import enum Cartography.Edition
import Foundation
import GeoGrid
import GridStore

/// 导出.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "导出图层或整个镇文件的副本 / Export layers, or a copy of the town file.",
        discussion: """
            默认公开版：不含关爱人员、住户姓名和电话。office、operational 版会记入日志。
            The public edition is the default: no care residents, no names or phones of residents. The others are logged.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @OptionGroup var edition: EditionOption

    @Option(help: "图层 / layer.", completion: .list(Layer.all.map(\.name)))
    var layer: String?

    @Option(
        name: .shortAndLong,
        help: "输出文件 .geojson、.csv 或 .gpkg，- 为标准输出 GeoJSON / file to write; - is GeoJSON on standard output.",
        completion: .file())
    var output: String

    @Option(help: "坐标系，默认经纬度 / coordinate system, else degrees: EPSG:4546.")
    var crs: String?

    private var kind: String { output == "-" ? "geojson" : URL(fileURLWithPath: output).pathExtension.lowercased() }

    func validate() throws {
        guard ["geojson", "json", "csv", "gpkg"].contains(kind) else {
            throw ValidationError("--output: .geojson .csv .gpkg -")
        }
        guard kind == "gpkg" || layer.flatMap({ Layer.named($0) }) != nil else {
            throw ValidationError("--layer: " + Layer.all.map(\.name).joined(separator: ", "))
        }
        guard kind != "gpkg" || (layer == nil && crs == nil && on.day == nil) else {
            throw ValidationError(".gpkg: 整个镇文件，不用 --layer、--crs、--on / the whole town, without --layer, --crs, --on")
        }
        guard crs == nil || crs.flatMap({ CRS(name: $0) }) != nil else { throw ValidationError("--crs: EPSG:4546") }
    }

    func run() throws {
        let console = global.console
        let isLogged = edition.privacy > .public
        let file = try town.open(readOnly: !isLogged)
        var count: Int?
        if kind == "gpkg" {
            try file.copy(to: output, privacy: edition.privacy)
        } else if let layer = layer.flatMap({ Layer.named($0) }) {
            var options = ExportOptions(day: on.resolved)
            options.privacy = edition.privacy
            options.crs = crs.flatMap { CRS(name: $0) } ?? .wgs84
            let table = try file.export(layer, options: options)
            count = table.count
            let bytes = kind == "csv" ? try csv(table, options.crs) : try GeoJSONWriter.bytes(table, crs: options.crs)
            if output == "-" {
                Console.put(String(decoding: bytes, as: UTF8.self))
            } else {
                try AtomicFile.write(bytes, to: output, mode: isLogged ? 0o600 : 0o644)
            }
        }
        if isLogged {
            try file.logExport(
                command: "export", edition: edition.edition.rawValue, target: output, detail: layer ?? "town")
        }
        guard output != "-" else { return }
        let json: JSONValue = [
            "output": .string(output), "layer": .optional(layer), "records": .optional(count),
            "edition": .string(edition.edition.rawValue),
        ]
        console.answer(json: json) { lines in
            guard !global.quiet else { return }
            let amount = count.map { Text(zh: "\($0) 条", en: "\($0) records") } ?? Text(zh: "整个镇", en: "the town")
            lines.add(
                Text(
                    zh: "已导出\(amount.zh)到 \(output)（\(edition.edition.name.zh)）",
                    en: "exported \(amount.en) to \(output) (\(edition.edition.name.en))"))
        }
    }

    /// Points get columns lon and lat (or x and y), other shapes are left out.
    private func csv(_ table: FeatureTable, _ crs: CRS) throws -> [UInt8] {
        var table = table
        if table.geometries.kinds.contains(.point) {
            func coordinates(_ offset: Int) -> [Double?] {
                (0..<table.count).map { row in
                    guard table.geometries.kinds[row] == .point else { return nil }
                    let value = table.geometries.xy[
                        2 * table.geometries.coordinates(ofFeature: row).lowerBound + offset]
                    let scale = crs.isGeographic ? 1e7 : 1e3
                    return (value * scale).rounded() / scale
                }
            }
            let names = crs.isGeographic ? ["lon", "lat"] : ["x", "y"]
            table.columns += names.enumerated().map { PropertyColumn(name: $1, numbers: coordinates($0)) }
        }
        var bytes: [UInt8] = []
        try withoutActuallyEscaping({ bytes.append(contentsOf: $0) }) { sink in
            var writer = try CSVWriter(header: table.columns.map(\.name), sink: sink)
            try writer.write(table)
            try writer.finish()
        }
        return bytes
    }
}
