import ArgumentParser
import Foundation
import GeoGrid

/// 输入表: the file a command reads, or standard input.
struct InputTable: ParsableArguments {
    @Argument(
        help: "输入文件，- 为标准输入 / input file, - is standard input: GeoJSON, CSV, Shapefile, KML, DXF, TAB, XLSX, OSM.",
        completion: .file())
    var file: String

    @Option(help: "CSV 或 Shapefile 的编码，默认自动 / encoding of CSV or Shapefile: auto, utf-8, gb18030.")
    var encoding: String = "auto"

    @Option(help: "标准输入的格式 geojson 或 csv / form of standard input.")
    var stdinFormat: String = "geojson"

    @Option(help: "文件中的图层名 / layer of a file that has several.")
    var inputLayer: String?

    func validate() throws {
        guard encoding == "auto" || TextEncoding(rawValue: encoding) != nil else {
            throw ValidationError("--encoding: auto, utf-8, gb18030")
        }
        guard ["geojson", "csv"].contains(stdinFormat) else { throw ValidationError("--stdin-format: geojson, csv") }
    }

    /// The name findings bear, without its folder.
    var name: String { file == "-" ? "-" : URL(fileURLWithPath: file).lastPathComponent }

    func read() throws -> (table: FeatureTable, findings: [Finding]) {
        let encoding = TextEncoding(rawValue: encoding)
        guard file == "-" else {
            return try Intake.read(URL(fileURLWithPath: file), encoding: encoding, layer: inputLayer)
        }
        let source = ByteSource.standardInput()
        return stdinFormat == "csv"
            ? try CSVReader.read(source, encoding: encoding) : try GeoJSONReader.read(source, name: "-")
    }
}
