public import ArgumentParser
public import Cartography
import GeoGrid
import GridStore

extension ContactCards.Format: ExpressibleByArgument {}

/// 便民联系卡和门牌贴.
struct CardsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cards", abstract: "打印便民联系卡、门牌贴 / Print contact cards and door labels.")

    enum Unit: String, CaseIterable, ExpressibleByArgument {
        case grid, microgrid

        var level: Level { self == .grid ? .grid : .microgrid }
    }

    @OptionGroup var town: TownArgument
    @OptionGroup var on: DayOption

    @Option(help: "按网格还是微网格 / a card for each grid or microgrid.")
    var by = Unit.grid

    @Option(help: "card 联系卡每页十张；door 门牌贴每页八张 / cards, or door labels.")
    var kind = ContactCards.Format.card

    @Option(name: .shortAndLong, help: "输出文件 / file to write.", completion: .file(extensions: ["pdf"]))
    var output: String?

    @Flag(name: .shortAndLong, help: "不显示说明 / no remarks.")
    var quiet = false

    @Option(help: "语言 / language.")
    var lang: Language?

    func run() throws {
        let language = lang ?? Language.ofEnvironment
        let console = Console(language: language, format: .text, quiet: quiet)
        let shown = Disclosure.cards.apply(to: try town.open().town(on: on.resolved, withCareResidents: false))
        let engine = TextEngine()
        let cards = ContactCards(shown, engine: engine, language: language)
        let list = kind == .card ? cards.cards(by: by.level) : cards.doorLabels()
        let pages = try cards.pages(list, format: kind)
        let title = Text(zh: "\(shown.name)便民联系卡", en: "\(shown.name): contact cards")[language]
        let target = output ?? "\(shown.name)-\(kind == .card ? "联系卡" : "门牌贴").pdf"
        let document = MapDocument(
            .init(title: title, subject: Edition.public.name[language], author: "", day: shown.day), pages: pages)
        try OutputFile.write(try document.pdf(engine: engine, language: language), to: target)
        console.remark(
            Text(
                zh: "\(list.count) 张，\(pages.count) 页，已写入 \(target)",
                en: "\(list.count) cards on \(pages.count) pages in \(target)"))
    }
}
