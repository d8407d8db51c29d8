public import Foundation

extension IssueCode {
    /// 不认识的文件格式.
    public static let unknownFormat = IssueCode("GG133")
    /// 压缩包膨胀过大.
    public static let zipBomb = IssueCode("GG134")
    /// 文件里有几个图层.
    public static let severalLayers = IssueCode("GG135")
}

/// 导入入口: reads a file of any format we know into a table, by the ending of its name.
///
/// GeoJSON and CSV are read here; Shapefile, KML, DXF, MapInfo, GeoPackage and XLSX through `ogr2ogr`, OpenStreetMap
/// extracts through `osmium`, both optional programs run with limits. What `ogr2ogr` knows the system of arrives in
/// WGS 84.
public enum Intake {
    /// - Parameters:
    ///   - encoding: of a CSV file or the texts of a Shapefile; found from the file where nil.
    ///   - layer: of a file with several; the first where nil, with a warning that names the others.
    /// - Throws: as the readers, and `GG130`–`GG134` for the formats of other programs.
    public static func read(
        _ url: URL, encoding: TextEncoding? = nil, layer: String? = nil
    ) throws -> (table: FeatureTable, findings: [Finding]) {
        if let format = ExternalFormat(url) {
            return try read(url, as: format, encoding: encoding, layer: layer)
        }
        let ending = url.pathExtension.lowercased()
        if geoJSONEndings.contains(ending) { return try GeoJSONReader.read(url) }
        guard listEndings.contains(ending) else {
            throw GeoGridError(
                .unknownFormat,
                Text(
                    zh: "不认识“\(url.lastPathComponent)”的格式", en: "The format of “\(url.lastPathComponent)” is not known"),
                remedy: Text(
                    zh: "支持 .geojson .csv .shp .kml .kmz .dxf .tab .mif .gpkg .xlsx .osm .osm.gz .osm.pbf；"
                        + "旧版 .xls 请另存为 .xlsx 或 CSV",
                    en: "Known are .geojson .csv .shp .kml .kmz .dxf .tab .mif .gpkg .xlsx .osm .osm.gz .osm.pbf; "
                        + "save an old .xls as .xlsx or CSV"))
        }
        return try CSVReader.read(url, encoding: encoding)
    }

    private static let geoJSONEndings: Set<String> = ["geojson", "json", "ndjson", "geojsonl", "geojsons", "jsonl"]
    private static let listEndings: Set<String> = ["csv", "tsv", "txt"]

    /// Whether the name of a file ends like one of a format we know.
    public static func isKnown(_ path: String) -> Bool {
        let url = URL(fileURLWithPath: path)
        let ending = url.pathExtension.lowercased()
        return geoJSONEndings.contains(ending) || listEndings.contains(ending) || ExternalFormat(url) != nil
    }

    private static func read(
        _ url: URL, as format: ExternalFormat, encoding: TextEncoding?, layer: String?
    ) throws -> (table: FeatureTable, findings: [Finding]) {
        let file = try checked(url)
        if format == .openStreetMap { return try openStreetMap(file) }
        let found = try layers(of: file, format)
        var findings: [Finding] = []
        if layer == nil, found.count > 1 { findings.append(severalLayers(found, file: url.lastPathComponent)) }
        guard let chosen = layer ?? found.first, !chosen.hasPrefix("-") else {
            throw GeoGridError(
                .toolFailed,
                Text(zh: "“\(url.lastPathComponent)”里没有图层", en: "“\(url.lastPathComponent)” has no layers"),
                remedy: Text(zh: "请检查文件是否完整", en: "Check that the file is whole"))
        }
        let options = try Shapefile.openOptions(file, format: format, encoding: encoding)
        var (table, more) = try ChildProcess("ogr2ogr", package: format.package).run(
            ["-f", "GeoJSONSeq", "-lco", "RS=NO", "-lco", "COORDINATE_PRECISION=9"]
                + options + ["/vsistdout/", Shapefile.gdalPath(file, format), chosen],
            environment: environment, file: url.lastPathComponent
        ) { try readOrEmpty($0) }
        if format == .workbook, let cells = MergedCells(try ByteSource(file).readAll(limit: 1 << 29), sheet: chosen),
            !cells.ranges.isEmpty,
            let finding = cells.fill(
                &table, fields: try fields(of: file, layer: chosen, format),
                at: Place(file: url.lastPathComponent, layer: chosen))
        {
            findings.append(finding)
        }
        return (table, findings + more)
    }

    /// Names of the columns of a layer, from the left.
    private static func fields(of file: URL, layer: String, _ format: ExternalFormat) throws -> [String] {
        let listing = try ChildProcess("ogrinfo", package: format.package).run(
            ["-ro", "-so", Shapefile.gdalPath(file, format), layer], environment: environment,
            file: file.lastPathComponent
        ) { try $0.readAll(limit: 1 << 24) }
        return String(decoding: listing, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
            line.firstMatch(of: /^(.+): (?:String|Integer|Integer64|Real|Date|Time|DateTime)(?:\(\w+\))? \(\d+\.\d+\)/)
                .map { String($0.1) }
        }
    }

    /// GDAL without the drivers that would follow a file to other places, whatever the file says it is; the first row
    /// of a sheet is its header.
    private static let environment = [
        "OGR_XLSX_HEADERS": "FORCE", "CPL_DEBUG": "OFF",
        "GDAL_SKIP": "OGR_VRT,VRT,HTTP,WFS,WMS,WMTS,WCS,OAPIF,CSW,GMLAS,ODBC,PGEO,MSSQLSpatial,PostgreSQL,MySQL",
    ]

    /// The file as a local path that exists and may be read, and does not swell when unpacked.
    private static func checked(_ url: URL) throws -> URL {
        let file = url.absoluteURL.standardizedFileURL
        let source = try ByteSource(file)
        guard ExternalFormat.unpackedNames.contains(file.pathExtension.lowercased()) else { return file }
        let archive = ZipArchive(try source.readAll(limit: 1 << 29))
        guard let archive, !archive.isBomb else {
            throw GeoGridError(
                .zipBomb,
                archive == nil
                    ? Text(zh: "“\(source.name)”不是完整的压缩包", en: "“\(source.name)” is no whole archive")
                    : Text(
                        zh: "“\(source.name)”解开后有 \(archive!.unpacked >> 20) MB，超出合理大小，未打开",
                        en: "“\(source.name)” would unpack to \(archive!.unpacked >> 20) MB, which is beyond reason; "
                            + "it was not opened"),
                remedy: Text(zh: "请核实文件来源，或另存为 CSV、GeoJSON", en: "Ask where it came from, or save it as CSV or GeoJSON")
            )
        }
        return file
    }

    private static func layers(of file: URL, _ format: ExternalFormat) throws -> [String] {
        let listing = try ChildProcess("ogrinfo", package: format.package).run(
            ["-ro", "-q", Shapefile.gdalPath(file, format)], environment: environment,
            file: file.lastPathComponent
        ) { try $0.readAll(limit: 1 << 20) }
        return String(decoding: listing, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
            guard let colon = line.firstIndex(of: ":"), Int(line[..<colon]) != nil else { return nil }
            let name = line[line.index(after: colon)...].drop { $0 == " " }
            guard let bracket = name.lastIndex(of: "("), name.hasSuffix(")") else { return String(name) }
            return String(name[..<bracket].dropLast())
        }
    }

    private static func openStreetMap(_ file: URL) throws -> (table: FeatureTable, findings: [Finding]) {
        try ChildProcess("osmium", package: "osmium-tool").run(
            [
                "export", file.path, "--no-progress", "--add-unique-id=type_id", "-f", "geojsonseq", "-x",
                "print_record_separator=false", "-o", "-",
            ], file: file.lastPathComponent
        ) { try readOrEmpty($0) }
    }

    /// What a program writes: no features at all is an empty table, not a broken file.
    private static func readOrEmpty(_ source: ByteSource) throws -> (table: FeatureTable, findings: [Finding]) {
        let stream = GeoJSONStream(source, batch: .max, mayBeEmpty: true)
        guard let (table, findings) = try stream.next() else { preconditionFailure("a stream has at least one batch") }
        let notable = findings.filter { $0.severity > .note }
        return (table, notable + CoordinateCheck.findings(table))
    }

    private static func severalLayers(_ names: [String], file: String) -> Finding {
        let others = names.dropFirst().prefix(20)
        return Finding(
            .severalLayers, .warning, at: Place(file: file, layer: names[0]),
            Text(
                zh: "文件里有 \(names.count) 个图层，只读了“\(names[0])”；另有\(others.map { "“\($0)”" }.joined(separator: "、"))",
                en: "The file has \(names.count) layers; only “\(names[0])” was read, not "
                    + others.map { "“\($0)”" }.joined(separator: ", ")),
            remedy: Text(zh: "用 --layer 指明要读的图层", en: "Name the layer to read with --layer"))
    }
}
