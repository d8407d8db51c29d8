public import ArgumentParser
import Foundation
public import GeoGrid
import GridStore

extension RepairStep: ExpressibleByArgument {}

/// 修复.
struct RepairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: "修复安全的拓扑问题 / Make the safe topological fixes.",
        discussion: """
            不带 --out 和 --apply 时只列出建议。修复后重新检查；使任何问题变多的修复都会撤回。
            Without --out or --apply it only proposes. Afterwards all is audited again; a fix that makes anything worse is \
            taken back.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var input: AuditInput

    @Option(
        parsing: .upToNextOption,
        help: "只做这些 / only these: \(RepairStep.allCases.map(\.rawValue).joined(separator: " ")).")
    var steps: [RepairStep] = RepairStep.allCases

    @Option(name: .shortAndLong, help: "修复后的图层写到此目录 / folder to write the mended layers to.", completion: .directory)
    var out: String?

    @Flag(help: "把修复写回镇文件，一次写入 / write the mended units into the town file, in one transaction.")
    var apply = false

    func validate() throws {
        guard !apply || input.files.count == 1 && input.files[0].lowercased().hasSuffix(".gpkg") else {
            throw ValidationError("--apply: 只用于镇文件，文件用 --out / for a town file; files take --out")
        }
        guard !apply || input.on.day == nil else {
            throw ValidationError("--apply: 修正现有边界，不能带 --on / corrects what stands; leave out --on")
        }
    }

    func run() throws {
        let console = global.console
        let loaded = try input.load()
        let result = try Repair.repaired(
            loaded.layers, steps: Set(steps), options: input.options, progress: console.progress())
        let written = try out.map { try write(result, loaded, to: $0) } ?? []
        let corrected = try apply ? correct(loaded.units, with: result) : 0
        console.answer(json: json(result, written, corrected)) { lines in
            list(result.applied, Text(zh: "修复", en: "fixed"), &lines)
            list(result.withdrawn, Text(zh: "未做（会使情况变坏）", en: "not done, for it would make something worse"), &lines)
            var table = TextTable(.text("检查项", "check"), .number("之前", "before"), .number("之后", "after"))
            for kind in AuditKind.allCases where result.before.count(kind) + result.after.count(kind) > 0 {
                table.append(
                    console(kind.title), String(result.before.count(kind)), String(result.after.count(kind)))
            }
            if !table.isEmpty { lines.add(table) }
            lines.add(result.after.conclusion)
            for path in written { lines.add(Text(zh: "写入 \(path)", en: "wrote \(path)")) }
            if apply {
                lines.add(
                    Text(
                        zh: "镇文件中 \(corrected) 个单元的边界已修正；再运行 geogrid assign 核对归属",
                        en:
                            "the borders of \(corrected) units were corrected in the town file; run geogrid assign again"
                    ))
            } else if out == nil, !result.applied.isEmpty {
                lines.add(
                    Text(
                        zh: "这是建议，没有写入；用 --out 目录 写成文件，镇文件用 --apply 写回",
                        en: "a proposal: nothing was written; --out FOLDER writes files, --apply corrects a town file"))
            }
        }
        if result.after.hasErrors { throw ExitStatus.findings.code }
    }

    private func list(_ proposals: [RepairProposal], _ title: Text, _ lines: inout Lines) {
        guard !proposals.isEmpty else { return }
        lines.add(Text(zh: "\(title.zh)：\(proposals.count) 项", en: "\(title.en): \(proposals.count)"))
        for proposal in proposals.prefix(20) {
            lines.add(
                Text(
                    zh: "  \(proposal.step.title.zh)  \(proposal.message.zh)",
                    en: "  \(proposal.step.title.en)  \(proposal.message.en)"))
        }
        if proposals.count > 20 {
            lines.add(Text(zh: "  ……另有 \(proposals.count - 20) 项", en: "  … and \(proposals.count - 20) more"))
        }
    }

    /// How many units of the town file have new borders.
    private func correct(_ units: [UnitLayer], with result: RepairResult) throws -> Int {
        var units = units
        for level in units.indices { units[level].areas = result.layers[level].areas }
        return try TownFile.open(input.files[0], readOnly: false).correctUnits(units, source: "repair")
    }

    private func json(_ result: RepairResult, _ written: [String], _ corrected: Int) -> JSONValue {
        func list(_ proposals: [RepairProposal]) -> JSONValue {
            .array(
                proposals.map {
                    [
                        "step": .string($0.step.rawValue), "layer": .int($0.layer),
                        "units": .array($0.units.map { .int($0) }),
                        "message": .text($0.message), "changedArea": .number($0.changedArea),
                    ]
                })
        }
        return [
            "applied": list(result.applied), "withdrawn": list(result.withdrawn), "before": result.before.json,
            "after": result.after.json, "written": .array(written.map { .string($0) }), "corrected": .int(corrected),
        ]
    }

    private func write(_ result: RepairResult, _ loaded: AuditInput.Loaded, to folder: String) throws -> [String] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var names: Set<String> = []
        return try result.layers.indices.map { number in
            let layer = result.layers[number]
            var table = loaded.tables.isEmpty ? self.table(loaded.units[number], layer.areas) : loaded.tables[number]
            table.geometries = try originalCoordinates(
                layer.areas, was: loaded.layers[number].areas,
                stood: loaded.tables.isEmpty ? nil : loaded.tables[number].geometries, loaded.projection)
            var name = loaded.tables.isEmpty ? loaded.units[number].level.rawValue : stem(table.source)
            if !names.insert(name).inserted { name += "-\(number + 1)" }
            let path = URL(fileURLWithPath: folder).appending(path: name + ".geojson").path
            let crs = loaded.projection?.source ?? loaded.metres
            try AtomicFile.write(try GeoJSONWriter.bytes(table, crs: crs), to: path)
            return path
        }
    }

    private func stem(_ source: String) -> String {
        source.split(separator: ",").map {
            URL(fileURLWithPath: String($0)).deletingPathExtension().lastPathComponent
        }.joined(separator: "+")
    }

    private func table(_ units: UnitLayer, _ areas: Geometries) -> FeatureTable {
        FeatureTable(
            source: units.level.rawValue, geometries: areas,
            columns: [
                PropertyColumn(name: "code", texts: units.codes), PropertyColumn(name: "name", texts: units.names),
                PropertyColumn(name: "parent", texts: units.parentCodes),
                PropertyColumn(name: "kind", texts: units.kinds),
            ])
    }

    /// The mended areas in the coordinates of the file: vertices that stood there keep them to the last digit.
    private func originalCoordinates(
        _ areas: Geometries, was: Geometries, stood: Geometries?, _ projection: Projection?
    ) throws -> Geometries {
        guard let projection else { return areas }
        var known: [PlanarPoint: PlanarPoint] = [:]
        if let stood {
            for i in 0..<was.xy.count / 2 { known[was[coordinate: i]] = stood[coordinate: i] }
        }
        return try areas.mapped { try known[$0] ?? projection.inverse($0) }
    }
}
