import ArgumentParser
import GeoGrid
import GridStore

/// 新建镇文件.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "新建镇文件 / Make a new town file.",
        discussion: """
            镇名和县名都要写：许多县都有城关镇。坐标系可以不写，由第一次导入的数据选定。
            Name both town and county: many counties have a town of the same name. The metre system may be left to the \
            first import.
            """)

    @OptionGroup var global: GlobalOptions

    @Argument(help: "要建立的镇文件 / the file to make.", completion: .file(extensions: ["gpkg"]))
    var town: String

    @Option(help: "镇名 / name of the town.")
    var name: String

    @Option(help: "县名 / name of the county.")
    var county: String

    @Option(help: "九位行政区划代码 / nine-digit division code.")
    var code: String = ""

    @Option(help: "米制坐标系的 EPSG 代码，如 4546 / EPSG code of the metre system.")
    var epsg: Int?

    @Option(
        help: ArgumentHelp(
            "各级名称，从大到小，逗号分隔，如 镇,村,组 / names of the levels, largest first.", valueName: "镇,社区,网格,微网格"))
    var levels: String?

    func validate() throws {
        if !code.isEmpty, code.count != 9 || !code.allSatisfy(\.isASCIIDigit) {
            throw ValidationError("--code: 要九位数字 / nine digits")
        }
        guard [name, county].allSatisfy({ $0.contains { !$0.isWhitespace } }) else {
            throw ValidationError("--name、--county: 都要写 / must both be given")
        }
        guard (3...4).contains(levelNames?.count ?? 4),
            levelNames?.contains(where: { $0.isEmpty || $0.contains("|") }) != true
        else {
            throw ValidationError("--levels: 要三个或四个名称，不含“|” / three or four names, without “|”")
        }
        if let epsg, !CRS(epsg: epsg).exists || CRS(epsg: epsg).isGeographic {
            throw ValidationError("--epsg: 要米制坐标系，如 4546 / a metre system, such as 4546")
        }
    }

    private var levelNames: [String]? {
        levels?.split(omittingEmptySubsequences: false, whereSeparator: { ",，、".contains($0) })
            .map { $0.filter { !$0.isWhitespace } }
    }

    func run() throws {
        var identity = TownIdentity(name: name, county: county)
        identity.code = code
        identity.crs = epsg.map(CRS.init(epsg:))
        for (level, name) in zip(Level.allCases, levelNames ?? []) {
            identity.levelNames[level] = Text(zh: name, en: name)
        }
        _ = try TownFile.create(at: town, identity: identity)
        let console = global.console
        console.answer(json: ["town": .string(town), "name": .string(name), "county": .string(county)]) { lines in
            if !global.quiet {
                lines.add(Text(zh: "已建立 \(town)：\(county)\(name)", en: "Made \(town): \(name), \(county)"))
            }
        }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
