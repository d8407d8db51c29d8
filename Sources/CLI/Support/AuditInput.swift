import ArgumentParser
import Foundation
import GeoGrid
import GridStore

extension IssueCode {
    static let mixedInput = IssueCode("GG143")
    static let noLayerField = IssueCode("GG144")
    static let nothingToAudit = IssueCode("GG145")
}

/// 检查对象: a town file, or files of one level each, with the field names of codes and parents.
struct AuditInput: ParsableArguments {
    @Argument(
        help: """
            镇文件，或每层一个面文件，大的在前；一层分几个文件时用逗号连写 / a town file, or a file of polygons for each level, \
            the largest units first; several files of one level joined by commas.
            """, completion: .file())
    var files: [String]

    @Option(
        help: ArgumentHelp(
            "编码字段，默认按表头辨认；每层不同时用逗号分开 / column of codes, else guessed; one for each level by commas.", valueName: "列名"))
    var code: String?

    @Option(
        help: ArgumentHelp(
            "上级编码字段，同上；没有的写空 / column of parents' codes, likewise; empty where there is none.", valueName: "列名"))
    var parent: String?

    @Option(help: "平面坐标系，默认按位置选 / EPSG code of the metre system to measure in; else chosen from the place.")
    var crs: String?

    @OptionGroup var on: DayOption

    @Option(help: "容差，米 / vertices nearer than this are one, metres.")
    var tolerance: Double?

    @Option(help: "碎缝宽度，米 / gaps and overlaps of at most this mean width are slivers, metres.")
    var sliverWidth = AuditOptions().sliverWidth

    @Option(help: "捕捉容差，米 / vertices this near that do not meet are reported, metres.")
    var snap = AuditOptions().snapTolerance

    @Option(help: "小于此面积不报，平方米 / leave out what is smaller, square metres.")
    var minimumArea = AuditOptions().minimumArea

    @Option(help: "编码格式：9 数字，A 字母 / form of codes: 9 a digit, A a letter.")
    var codeShape: String?

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("FILE") }
        guard crs == nil || crs.flatMap({ CRS(name: $0) }) != nil else { throw ValidationError("--crs: EPSG:4546") }
        for (name, value) in [("tolerance", tolerance ?? 0), ("sliver-width", sliverWidth), ("snap", snap)]
        where !(value >= 0) {
            throw ValidationError("--\(name): ≥ 0")
        }
    }

    var options: AuditOptions {
        var options = AuditOptions()
        options.tolerance = tolerance
        options.sliverWidth = sliverWidth
        options.snapTolerance = snap
        options.minimumArea = minimumArea
        options.codeShape = codeShape
        return options
    }

    /// What is audited, in metres, and the way back to the coordinates of the files.
    struct Loaded {
        var layers: [AuditLayer]
        /// The tables the layers came from; empty for a town.
        var tables: [FeatureTable]
        /// The units the layers came from; empty for files.
        var units: [UnitLayer] = []
        var findings: [Finding]
        /// From the files' coordinates to metres; nil where they are in metres.
        var projection: Projection?
        var metres: CRS
    }

    func load() throws -> Loaded {
        let loaded = try read()
        guard loaded.layers.contains(where: { $0.areas.count > 0 }) else {
            throw GeoGridError(
                .nothingToAudit, Text(zh: "没有任何单元可检查", en: "There are no units to audit"),
                remedy: Text(zh: "检查文件内容；镇文件先导入网格", en: "Check the files; import grids into a town file first"))
        }
        return loaded
    }

    private func read() throws -> Loaded {
        let isTown = files.map { $0.lowercased().hasSuffix(".gpkg") }
        if isTown == [true] { return try loadTown() }
        guard !isTown.contains(true) else {
            throw GeoGridError(
                .mixedInput, Text(zh: "镇文件要单独检查", en: "A town file is audited by itself"),
                remedy: Text(zh: "只写镇文件一个参数", en: "Name the town file alone"))
        }
        var findings: [Finding] = []
        var tables: [FeatureTable] = []
        for level in files {
            let parts = try level.split(separator: ",").map { name in
                let (table, found) = try Intake.read(URL(fileURLWithPath: String(name)))
                findings += found.filter { $0.severity != .note }
                return table
            }
            tables.append(parts.count == 1 ? parts[0] : joined(parts))
        }
        let source = tables.lazy.compactMap(\.crs).first ?? .wgs84
        guard source.isGeographic else {
            let layers = try tables.indices.map { try layer(tables[$0], $0, tables[$0].geometries) }
            return Loaded(layers: layers, tables: tables, findings: findings, projection: nil, metres: source)
        }
        let metres = crs.flatMap { CRS(name: $0) } ?? CRS.metres(for: tables[0].geometries) ?? .wgs84
        let projection = try Projection(from: source, to: metres)
        let layers = try tables.indices.map { level in
            var areas = tables[level].geometries
            try projection.apply(to: &areas)
            return try layer(tables[level], level, areas)
        }
        return Loaded(layers: layers, tables: tables, findings: findings, projection: projection, metres: metres)
    }

    private func loadTown() throws -> Loaded {
        let town = try TownFile.open(files[0], readOnly: true).town(on: on.resolved, withCareResidents: false)
        let units = [Level.community, .grid, .microgrid].compactMap { town.units($0) }.filter { $0.count > 0 }
        var layers = units.map { AuditLayer($0, names: town.levelNames) }
        if !layers.isEmpty { layers[0].parentCodes = [] }
        let metres = CRS(epsg: town.epsg)
        return Loaded(
            layers: layers, tables: [], units: units, findings: [],
            projection: try Projection(from: .wgs84, to: metres),
            metres: metres)
    }

    private func layer(_ table: FeatureTable, _ level: Int, _ areas: Geometries) throws -> AuditLayer {
        let guessed = UnitColumns.guessed(in: table)
        func values(_ option: String?, _ field: String) throws -> [String] {
            let named = option.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
            let wanted = named.map { $0.count == 1 ? $0[0] : $0.indices.contains(level) ? $0[level] : "" }
            if wanted == "" { return [] }
            guard let name = wanted ?? guessed[field] else { return [] }
            guard let column = table.column(named: name) else {
                let names = table.columns.map(\.name).joined(separator: ", ")
                throw GeoGridError(
                    .noLayerField,
                    Text(zh: "“\(table.source)”没有字段“\(name)”", en: "“\(table.source)” has no column “\(name)”"),
                    remedy: Text(zh: "可用的字段：\(names)", en: "It has: \(names)"))
            }
            return (0..<table.count).map { column.text(row: $0) ?? "" }
        }
        return AuditLayer(
            name: Text(zh: table.source, en: table.source), codes: try values(code, "code"),
            parentCodes: level == 0 ? [] : try values(parent, "parent"), areas: areas)
    }

    /// Files of one level, one after another; columns by their names.
    private func joined(_ tables: [FeatureTable]) -> FeatureTable {
        var geometries = Geometries()
        for table in tables { for row in 0..<table.count { geometries.append(feature: row, of: table.geometries) } }
        var names: [String] = []
        for column in tables.flatMap(\.columns) where !names.contains(column.name) { names.append(column.name) }
        let columns = names.map { name in
            PropertyColumn(
                name: name,
                texts: tables.flatMap { table -> [String?] in
                    let column = table.column(named: name)
                    return (0..<table.count).map { column?.text(row: $0) }
                })
        }
        return FeatureTable(
            source: tables.map(\.source).joined(separator: ","), geometries: geometries, ids: tables.flatMap(\.ids),
            columns: columns, crs: tables[0].crs)
    }
}

extension AuditInput.Loaded {
    /// A report with its places in the coordinates of the files: degrees for files in degrees, and for towns.
    func inFileCoordinates(_ report: AuditReport) throws -> AuditReport {
        guard let projection else { return report }
        return try report.mapped {
            let degrees = try projection.inverse($0)
            return PlanarPoint(x: (degrees.x * 1e7).rounded() / 1e7, y: (degrees.y * 1e7).rounded() / 1e7)
        }
    }

    /// Writes the problem places for QGIS.
    func writePlaces(_ report: AuditReport, to path: String) throws {
        let crs = projection?.source ?? metres
        try AtomicFile.write(try GeoJSONWriter.bytes(report.places, crs: crs), to: path)
    }
}
