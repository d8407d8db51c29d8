import ArgumentParser
import GeoGrid
import GridStore

/// 四至.
struct BoundsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bounds", abstract: "单元的四至：每一侧到哪条路、邻哪个单元 / What bounds a unit on each side, in words.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption
    @Option(help: "层级 community、grid、microgrid / level.") var level: Level = .grid
    @Option(help: "只要编码以此开头的单元 / only units whose code begins so.") var unit: String?
    @Option(name: .shortAndLong, help: "写入 .xlsx、.csv 或 - / write here.") var output: String?

    func run() throws {
        let console = global.console
        let file = try town.open()
        let layer = try file.units(level, on: on.resolved)
        let communities = try file.units(.community, on: on.resolved)
        let lines = try file.namedLines(on: on.resolved)
        let locator = PointLocator(layer.areas)
        let shown = layer.codes.indices.filter { i in unit.map { layer.codes[i].hasPrefix($0) } ?? true }
        let names = layer.codes.indices.map { layer.names[$0].isEmpty ? layer.codes[$0] : layer.names[$0] }
        let communityOf = communities.indexByCode()
        var table = SheetTable(name: "四至", columns: ["社区", "编码", "名称", "四至"])
        for i in shown {
            let bounds = UnitBounds(of: i, in: layer.areas, locator: locator, lines: lines)
            let community =
                level == .community
                ? names[i]
                : communityOf.first { layer.codes[i].hasPrefix($0.key) }.map { communities.names[$0.value] } ?? ""
            table.rows.append([
                .init(community), .text(layer.codes[i]), .text(names[i]),
                .text(bounds.text(names: { names[$0] })[console.language]),
            ])
        }
        if let output { return try TableOutput(path: output).write([table], communityColumn: 0, console: console) }
        console.answer(json: table.json) { lines in
            for row in table.rows {
                lines.add(
                    Text(
                        zh: "\(row[2].text)（\(row[1].text)）：\(row[3].text)。",
                        en: "\(row[2].text) (\(row[1].text)) – \(row[3].text)."))
            }
        }
    }
}
