public import ArgumentParser
public import Cartography
import Foundation
import GeoGrid
import GridStore
import Planner

extension Paper: ExpressibleByArgument {
    public init?(argument: String) { self.init(rawValue: argument.uppercased()) }
}
extension Cartography.Orientation: ExpressibleByArgument {}

/// 网格地图: sheets for the wall, as PDF, SVG or PNG.
struct MapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "制作挂图、图册和成套图 / Print wall maps, atlases and whole sets.")

    enum ImageFormat: String, CaseIterable, ExpressibleByArgument {
        case pdf, svg, png
    }

    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption

    @Option(
        help:
            "图幅 town、community:编码、grid:编码、atlas、plan:方案、care:服务方案、coverage、risk、ledger:台账[,台账]、zoning:体系 或 YAML 文件 / sheet, or a YAML file."
    )
    var sheet = "town"

    @Option(
        help: "在图上加绘台账，可重复 / draw a ledger on the sheet, repeatable.",
        completion: .list(ledgerNames))
    var layer: [String] = []

    @Flag(name: .customLong("set"), help: "全套：挂图、各社区、各网格 / the whole set: town, communities, grids.")
    var wholeSet = false

    @Option(help: "纸张 A0–A4，默认挂图 A1、图册 A3、网格 A4 / paper; else A1, A3, A4 by sheet.")
    var size: Paper?

    @Option(help: "方向，默认取图大者 / orientation; else whichever makes the map larger.")
    var orientation: Cartography.Orientation?

    @Option(help: "图形格式 / form of the file.")
    var format: ImageFormat?

    @OptionGroup var audience: EditionOption

    @Option(name: .shortAndLong, help: "输出文件，- 为标准输出 / file to write, - is standard output.", completion: .file())
    var output: String?

    @Option(help: "PNG 分辨率 / resolution of PNG, dots per inch.")
    var dpi = 300.0

    @Option(help: "比例尺分母，默认取能容纳的最大整数比例 / scale 1:N; else the largest round one that fits.")
    var scale: Double?

    @Option(help: "编制单位 / who compiled the sheet.")
    var compiler = ""

    @Option(name: .customLong("review-number"), help: "审图号 / licence number of a public map.")
    var reviewNumber = ""

    @Option(help: "出血毫米数，带裁切线 / bleed in millimetres, with crop marks.")
    var bleed = 0.0

    @Option(help: "拼接打印 A4 或 A3 / print in tiles on A4 or A3.")
    var tiles: Paper?

    @Flag(help: "留装订边 / leave a binding edge.")
    var binding = false

    @Option(help: "注记报告写入文件，.json 为 JSON / write the placement report here.", completion: .file())
    var report: String?

    @Flag(name: .shortAndLong, help: "不显示进度和说明 / no progress, no remarks.")
    var quiet = false

    @Option(help: "语言，默认随系统，否则中文 / language; else the locale's, else Chinese.")
    var lang: Language?

    private var edition: Edition { audience.edition }

    func run() throws {
        let language = lang ?? Language.ofEnvironment
        let console = Console(language: language, format: .text, quiet: quiet)
        let file = try town.open(readOnly: edition != .operational)
        // A plan may cut microgrids: both of its sheets show them cut.
        let whole =
            try sheet.hasPrefix("plan:")
            ? file.change(byPlanNamed: String(sheet.dropFirst(5))).divided
            : sheet.hasPrefix("zoning:")
                ? Self.zoned(String(sheet.dropFirst(7)), in: file, on: on.resolved) : file.town(on: on.resolved)
        let shown = Disclosure(edition).apply(to: whole)
        var (items, name) = try chosen(shown, of: whole, in: file)
        items.add(try Self.ledgers(layer.filter { $0 != "care" }, in: file, on: on.resolved, shown: shown))
        var options = SheetOptions(paper: size ?? .a1)
        options.orientation = orientation
        options.language = language
        options.compiler = compiler
        options.reviewNumber = reviewNumber
        options.binding = binding
        options.denominator = scale
        options.projection = try SheetProjection(epsg: shown.epsg)
        let composer = SheetComposer(shown, options: options)
        let form = try self.form()
        let target = output ?? "\(name).\(form.rawValue)"
        let outcome = try write(items, composer, shown, form, target, console)
        if let report { try write(outcome.report, to: report, language) }
        for finding in outcome.findings {
            for line in finding.lines(in: language) { console.remark(Text(zh: line, en: line)) }
        }
        if edition == .operational {
            try file.logExport(
                command: "map", edition: edition.rawValue, target: target, detail: wholeSet ? "set" : sheet)
        }
        guard target != "-" else { return }
        console.remark(Text(zh: "已写入 \(target)（\(edition.name.zh)）", en: "wrote \(target) (\(edition.name.en))"))
        if report == nil, !quiet {
            Console.putError(outcome.report.text(language))
        }
    }

    private func form() throws -> ImageFormat {
        if let format { return format }
        guard let ending = output?.split(separator: ".").last, output != "-" else { return .pdf }
        return ImageFormat(rawValue: ending.lowercased()) ?? .pdf
    }

    /// The sheets asked for and the name of the file they go to.
    private func chosen(_ shown: DisclosedTown, of whole: Town, in file: TownFile) throws -> (SheetSet, String) {
        if wholeSet { return (.whole(shown, paper: size ?? .a1), "\(shown.name)-全套") }
        let parts = sheet.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first ?? "", parts.count) {
        case ("town", 1): return (SheetSet(.town(shown), paper: size ?? .a1), "\(shown.name)-挂图")
        case ("atlas", 1): return (.atlas(shown, paper: size ?? .a3), "\(shown.name)-图册")
        case ("risk", 1):
            var meanings: [RiskColour: String] = [:]
            for kind in [Ledger.Kind.hazards, .premises] {
                for (colour, words) in try file.colourMeanings(kind) where meanings[colour] != words {
                    meanings[colour] = (meanings[colour].map { $0 + "；" } ?? "") + words
                }
            }
            return (SheetSet(.risk(shown, meanings: meanings), paper: size ?? .a1), "\(shown.name)-风险")
        case ("ledger", 2):
            let names = parts[1].split(separator: ",").map(String.init)
            let ledgers = try Self.ledgers(names.filter { $0 != "care" }, in: file, on: on.resolved, shown: shown)
            var specification = SheetSpecification.ledgers(shown, ledgers)
            if names.contains("care") { specification.showCare(shown) }
            return (SheetSet(specification, paper: size ?? .a1), "\(shown.name)-台账")
        case ("coverage", 1):
            return (
                SheetSet(try Self.coverage(of: whole, shown: shown), paper: size ?? .a1), "\(shown.name)-服务覆盖"
            )
        case ("plan", 2):
            let plan = try file.plan(named: parts[1])
            let sheets = try SheetSpecification.plan(
                shown, name: plan.name, grids: plan.grids, units: plan.units, communities: plan.communities)
            return (
                SheetSet(items: sheets.map { .init(specification: $0, paper: size ?? .a1) }), "\(shown.name)-方案对照"
            )
        case ("zoning", 2):
            return (SheetSet(Self.zoningSheet(parts[1], shown), paper: size ?? .a1), "\(shown.name)-\(parts[1])")
        case ("care", 2):
            return (
                SheetSet(try Self.carePlan(parts[1], in: file, shown: shown), paper: size ?? .a1),
                "\(shown.name)-\(parts[1])"
            )
        case ("community", 2):
            return (SheetSet(.community(parts[1], of: shown), paper: size ?? .a3), "\(shown.name)-\(parts[1])")
        case ("grid", 2): return (SheetSet(.grid(parts[1], of: shown), paper: size ?? .a4), "\(shown.name)-\(parts[1])")
        default:
            guard sheet.hasSuffix(".yaml") || sheet.hasSuffix(".yml") else {
                throw GeoGridError(
                    .unknownSheet, Text(zh: "不认识的图幅 \(sheet)", en: "no sheet is called \(sheet)"),
                    remedy: Text(
                        zh:
                            "可用：town、community:编码、grid:编码、atlas、plan:方案、care:服务方案、coverage、risk、ledger:台账、zoning:体系，或 YAML 文件",
                        en: "there are town, community:CODE, grid:CODE, atlas, plan:NAME, care:NAME, coverage, risk, "
                            + "ledger:KIND, zoning:NAME, and YAML files"
                    ))
            }
            guard let text = try? String(contentsOfFile: sheet, encoding: .utf8) else {
                throw GeoGridError(
                    .unknownSheet, Text(zh: "读不了专题图 \(sheet)", en: "the custom sheet \(sheet) cannot be read"),
                    remedy: Text(zh: "检查路径，文件须为 UTF-8", en: "check the path; the file must be UTF-8"))
            }
            let specification = try CustomSheet.read(text, file: sheet, town: shown) {
                try Self.ledgers($0, in: file, on: on.resolved, shown: shown)
            }
            return (SheetSet(specification, paper: size ?? .a1), "\(shown.name)-专题")
        }
    }

    private func write(
        _ set: SheetSet, _ composer: SheetComposer, _ shown: DisclosedTown, _ form: ImageFormat, _ target: String,
        _ console: Console
    ) throws -> (report: PlacementReport, findings: [Finding]) {
        let progress: GeoGrid.Progress = quiet || target == "-" ? .silent : console.progress()
        let language = composer.options.language
        let press = Press(tiles: tiles, bleed: bleed, language: language)
        let title = Text(zh: "\(shown.county)\(shown.name)网格地图", en: "\(shown.name), \(shown.county): grids")[language]
        switch form {
        case .pdf:
            var properties = MapDocument.Properties(
                title: title, subject: shown.edition.name[language], author: compiler, day: shown.day)
            properties.keywords = [shown.name, shown.county, "网格", shown.edition.mark?[language] ?? ""].filter {
                !$0.isEmpty
            }
            let writer = PDFWriter(properties, engine: composer.engine, language: language)
            let outcome = try set.compose(
                with: composer, progress: progress,
                prepare: { page, engine in try press.pages(page, engine).map { PDFPage($0) } },
                { writer.append($0) })
            try OutputFile.write(try writer.finish(), to: target)
            return outcome
        case .png, .svg:
            var number = 0
            return try set.compose(with: composer, progress: progress, prepare: press.pages) { page in
                number += 1
                let path = number == 1 ? target : OutputFile.numbered(target, number)
                let bytes =
                    form == .png
                    ? try PNGBackend.render(
                        page, resolution: dpi, properties: [("Title", title), ("Software", "GeoGrid")])
                    : Array(SVGBackend.render(page, title: title, engine: composer.engine).utf8)
                try OutputFile.write(bytes, to: path)
            }
        }
    }

    /// What a page goes through before it is written.
    private struct Press: Sendable {
        var tiles: Paper?
        var bleed: Double
        var language: Language

        @Sendable func pages(_ page: Page, _ engine: TextEngine) throws -> [Page] {
            if let tiles { return try TiledPrint(paper: tiles).pages(of: page, engine: engine, language: language) }
            return [bleed > 0 ? PressMarks.applied(to: page, bleed: bleed) : page]
        }
    }

    private func write(_ report: PlacementReport, to path: String, _ language: Language) throws {
        let text = path.hasSuffix(".json") ? report.json : report.text(language)
        try OutputFile.write(Array(text.utf8), to: path)
    }
}

extension IssueCode {
    static let unknownSheet = IssueCode("GG607")
}
