import ArgumentParser
import GeoGrid

/// 拓扑检查.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "检查网格有无缝隙、重叠和层级错误 / Check units for gaps, overlaps and broken levels.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var input: AuditInput

    @Option(help: "把问题位置写成 GeoJSON / write the problem places as GeoJSON.", completion: .file())
    var places: String?

    func run() throws {
        let console = global.console
        let progress = console.progress()
        let loaded = try input.load()
        let audited = try Audit.report(on: loaded.layers, options: input.options, progress: progress)
        let report = try loaded.inFileCoordinates(audited)
        if let places { try loaded.writePlaces(report, to: places) }
        let findings = FindingsReport(loaded.findings + report.findings.map(\.finding))
        console.answer(json: report.json) { lines in
            lines.add(report.summary(console))
            if !findings.findings.isEmpty { findings.write(to: &lines, limit: 5) }
            lines.add(report.conclusion)
            if let places { lines.add(Text(zh: "问题位置写在 \(places)", en: "problem places are in \(places)")) }
        }
        try findings.exitIfErrors()
    }
}

extension AuditReport {
    /// Layers, then kinds of faults with counts and areas.
    func summary(_ console: Console) -> TextTable {
        var table = TextTable(
            .text("图层", "layer"), .text("检查项", "check"), .text("代码", "code"), .number("数量", "count"),
            .number("总面积 m²", "area m²"), .number("最大 m²", "largest m²"))
        for (number, layer) in layers.enumerated() {
            table.append(
                console(layer.name), console(Text(zh: "单元", en: "units")), "", String(layer.units),
                layer.area.fixed(0), "")
            for row in rows(ofLayer: number) {
                table.append(
                    "", console(row.kind.title), row.kind.code.description, String(row.count),
                    row.totalArea.map { $0.fixed(3) } ?? "", row.largestArea.map { $0.fixed(3) } ?? "")
            }
        }
        return table
    }

    var conclusion: Text {
        isClean
            ? Text(zh: "没有问题：无缝、无重叠、层级一致", en: "nothing found: no gap, no overlap, levels agree")
            : Text(zh: "共 \(findings.count) 处问题", en: "\(findings.count) places to look at")
    }
}
