import ArgumentParser
import Foundation
import GeoGrid
import GridStore

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

    var isFolder: Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// The layer that the file is named after, such as `households.csv` or `网格.geojson`.
    var namedLayer: Layer? { Layer.named(URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent) }

    /// The files of a folder that are named after layers, in the order in which layers are best imported.
    ///
    /// Throws GG169 where there is none.
    func filesByLayer() throws -> [InputTable] {
        let names = try FileManager.default.contentsOfDirectory(atPath: file).sorted()
        let inputs = names.map { name in
            var input = self
            input.file = URL(fileURLWithPath: file).appending(path: name).path
            return input
        }
        let found = Layer.all.flatMap { layer in
            inputs.filter { !$0.isFolder && Intake.isKnown($0.file) && $0.namedLayer?.name == layer.name }
        }
        guard !found.isEmpty else {
            throw GeoGridError(
                .noLayerFiles,
                Text(zh: "文件夹“\(name)”里没有以图层命名的文件", en: "No file in the folder “\(name)” is named after a layer"),
                remedy: Text(
                    zh: "文件名写图层，如 grids.geojson、households.csv、网格.geojson；或逐个导入并用 --as 指明",
                    en:
                        "Name files after layers, such as grids.geojson or households.csv, or import one by one with --as"
                ))
        }
        return found
    }
}

extension IssueCode {
    /// 文件夹里没有图层文件.
    static let noLayerFiles = IssueCode("GG169")
}
