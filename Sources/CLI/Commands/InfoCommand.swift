import ArgumentParser
import GeoGrid
import GridStore

/// 镇文件概况.
struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "镇文件里有什么 / What a town file holds.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption

    func run() throws {
        let console = global.console
        let summary = try town.open().summary(on: on.resolved)
        console.answer(json: summary.json) { lines in
            lines.add(Text(zh: "\(summary.county)\(summary.name)", en: "\(summary.name), \(summary.county)"))
            var facts = TextTable(.text("项目", "fact"), .text("值", "value"))
            facts.append(console(Text(zh: "代码", en: "code")), summary.code.isEmpty ? "–" : summary.code)
            facts.append(console(Text(zh: "坐标系", en: "metre system")), summary.epsg.map { "EPSG:\($0)" } ?? "–")
            facts.append(console(Text(zh: "日期", en: "day")), summary.day.description)
            for setting in summary.settings where !setting.value.contains("\n") {
                facts.append(setting.key, setting.value)
            }
            lines.add(facts)
            lines.add()
            var table = TextTable(.text("图层", "layer"), .number("条数", "records"), .number("历史版本", "ended"))
            for layer in summary.layers {
                table.append("\(layer.name) \(console(layer.title))", String(layer.records), String(layer.ended))
            }
            lines.add(table)
            if let last = summary.lastImport {
                lines.add()
                lines.add(Text(zh: "最近导入：\(last)", en: "last import: \(last)"))
            }
        }
    }
}

extension TownSummary {
    var json: JSONValue {
        [
            "name": .string(name), "county": .string(county), "code": .string(code), "epsg": .optional(epsg),
            "day": .string(day.description),
            "settings": .object(Dictionary(settings.map { ($0.key, .string($0.value)) }, uniquingKeysWith: { $1 })),
            "layers": .array(
                layers.map { ["name": .string($0.name), "records": .int($0.records), "ended": .int($0.ended)] }),
            "lastImport": .optional(lastImport),
        ]
    }
}
