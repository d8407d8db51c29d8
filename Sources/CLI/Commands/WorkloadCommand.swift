public import ArgumentParser
import GeoGrid
import GridStore
public import Planner

extension WorkloadReport.Grouping: ExpressibleByArgument {}

/// 工作量.
struct WorkloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workload", abstract: "计算工作量与承载力 / Workload of units and leads against their capacity.")

    @OptionGroup var global: GlobalOptions

    @Argument(help: "镇文件 / town file.", completion: .file(extensions: ["gpkg"]))
    var town: String?

    @OptionGroup var on: DayOption

    @Option(help: "按什么汇总 / by microgrid, grid, lead or community.")
    var by: WorkloadReport.Grouping = .grid

    @Option(help: "权重文件 / weights file (YAML).", completion: .file(extensions: ["yaml", "yml"]))
    var weights: String?

    @Flag(help: "把权重文件保存到镇文件 / keep the weights with the town.")
    var keep = false

    @Flag(help: "列出全部单元 / list every unit, not the ten heaviest.")
    var all = false

    @Flag(help: "输出默认权重文件 / print the standard weights file.")
    var showWeights = false

    func validate() throws {
        if town == nil && !showWeights { throw ValidationError("缺少镇文件 / name the town file") }
        if keep && weights == nil { throw ValidationError("--keep: 要有 --weights / wants --weights") }
    }

    func run() throws {
        if showWeights { return Console.put(WorkloadModel.standardYAML + "\n") }
        let console = global.console
        let file = try TownFile.open(town ?? "", readOnly: !keep)
        var model = try file.workloadModel()
        if let weights {
            let yaml = String(decoding: try ByteSource.named(weights).readAll(), as: UTF8.self)
            model = try WorkloadModel(yaml: yaml, source: weights)
            if keep { try file.keepWeights(yaml, source: weights) }
        }
        let value = try file.town(on: on.resolved)
        var unknown: [String: Int] = [:]
        let workload = Workload(of: value, model: model, unknown: &unknown)
        let report = WorkloadReport(workload, of: value, by: by, capacity: model.capacity)
        console.answer(json: json(report, unknown)) { write(report, unknown, value.levelNames, to: &$0) }
    }

    private func write(
        _ report: WorkloadReport, _ unknown: [String: Int], _ names: LevelNames, to lines: inout Lines
    ) {
        func minutes(_ thousandths: Int) -> String { Workload.minutes(thousandths).fixed(1) }
        let spread = report.spread
        lines.add(
            Text(
                zh:
                    "每月合计 \(minutes(report.total)) 分钟，共 \(report.rows.count) 行，另计 \(minutes(report.elsewhere)) 分钟；合计\(report.reconciles ? "相符" : "不符")",
                en:
                    "\(minutes(report.total)) minutes a month in \(report.rows.count) rows and \(minutes(report.elsewhere)) "
                    + "elsewhere; the sum \(report.reconciles ? "agrees" : "does not agree")"))
        lines.add(
            Text(
                zh: "平均 \((spread.mean / 1000).fixed(1))，最小 \(minutes(spread.smallest))，最大 \(minutes(spread.largest))，"
                    + "标准差 \((spread.standardDeviation / 1000).fixed(1))，最大偏离 \((spread.worstDeviation * 100).fixed(1)) %，"
                    + "基尼系数 \(spread.gini.fixed(3))",
                en:
                    "mean \((spread.mean / 1000).fixed(1)), least \(minutes(spread.smallest)), most \(minutes(spread.largest)), "
                    + "standard deviation \((spread.standardDeviation / 1000).fixed(1)), worst deviation "
                    + "\((spread.worstDeviation * 100).fixed(1)) %, Gini \(spread.gini.fixed(3))"))
        lines.add()
        if !all { lines.add(Text(zh: "最重的十个：", en: "The ten heaviest:")) }
        var table = TextTable(
            by == .lead ? .text("人员", "person") : .text("编码", "code"), .text("名称", "name"), .number("单元", "units"),
            .number("户", "households"), .number("人", "people"), .number("关爱户", "care"), .number("场所", "premises"),
            .number("分钟/月", "minutes"), .number("承载力", "capacity"), .number("负荷率", "load"))
        for row in all ? report.rows : report.heaviest(10) {
            table.append(
                row.code.isEmpty ? Text(zh: "（无人）", en: "(nobody)")[lines.language] : row.code, row.name,
                String(row.units.count), String(row.counts.households), String(row.counts.people),
                String(row.counts.careHouseholds), String(row.counts.premises), minutes(row.load),
                row.capacity > 0 ? minutes(row.capacity) : "–", row.share.map { ($0 * 100).fixed(1) + " %" } ?? "–")
        }
        lines.add(table)
        for (word, count) in unknown.sorted(by: { $0.key < $1.key }) {
            lines.add(
                Text(zh: "类别“\(word)”不在模型中：\(count) 条", en: "category “\(word)” is not in the model: \(count) records"))
        }
    }

    private func json(_ report: WorkloadReport, _ unknown: [String: Int]) -> JSONValue {
        let spread = report.spread
        return [
            "by": .string(report.grouping.rawValue), "total": minutes(report.total),
            "elsewhere": minutes(report.elsewhere), "reconciles": .bool(report.reconciles),
            "spread": [
                "mean": .number(spread.mean / 1000), "smallest": minutes(spread.smallest),
                "largest": minutes(spread.largest), "standardDeviation": .number(spread.standardDeviation / 1000),
                "worstDeviation": .number(spread.worstDeviation), "gini": .number(spread.gini),
            ],
            "rows": .array(report.rows.map(json)), "heaviest": .array(report.heaviest(10).map { .string($0.code) }),
            "unknownCategories": .object(unknown.mapValues(JSONValue.int)),
        ]
    }

    private func json(_ row: WorkloadReport.Row) -> JSONValue {
        [
            "code": .string(row.code), "name": .string(row.name), "units": .array(row.units.map(JSONValue.string)),
            "households": .int(row.counts.households), "people": .int(row.counts.people),
            "careHouseholds": .int(row.counts.careHouseholds), "careResidents": .int(row.counts.careResidents),
            "premises": .int(row.counts.premises), "minutes": minutes(row.load), "capacity": minutes(row.capacity),
            "load": .optional(row.share),
        ]
    }

    private func minutes(_ thousandths: Int) -> JSONValue { .number(Workload.minutes(thousandths)) }
}
