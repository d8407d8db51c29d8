import Cartography
import Foundation
import GeoGrid
import Testing

@Suite struct PrintTests {
    private static let shown: DisclosedTown = {
        var lattice = LatticeTown()
        lattice.columns = 8
        lattice.rows = 6
        lattice.communityColumns = 2
        lattice.communityRows = 1
        lattice.width = 900
        lattice.height = 600
        lattice.care = 40
        return Disclosure(.office).apply(to: lattice.town())
    }()

    private static func pixels(_ page: Page, _ engine: TextEngine) throws -> (Int, Int, [UInt8]) {
        let bytes = try PNGBackend.render(page, resolution: 50.8)
        return try withTemporaryFile(".png") { path in
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            return try withTemporaryFile(".ppm") { raw in
                _ = try output(of: "gdal_translate", "-q", "-of", "PNM", path, raw)
                let data = try Data(contentsOf: URL(fileURLWithPath: raw))
                let header = data.prefix(20).split(separator: 10, maxSplits: 3)
                let size = String(decoding: header[1], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
                let start = data.count - size[0] * size[1] * 3
                return (size[0], size[1], Array(data[start...]))
            }
        }
    }

    /// The tiles of an A3 sheet, put together by their places, show the sheet pixel by pixel (to antialiasing).
    @Test func tilesAddUpToTheSheet() throws {
        let composer = SheetComposer(Self.shown, options: SheetOptions(paper: .a3))
        let page = try composer.compose(.town(Self.shown)).pages[0]
        // Two pixels a millimetre: tile places that are whole millimetres fall on whole pixels.
        let (width, height, whole) = try Self.pixels(page, composer.engine)
        let tiling = TiledPrint(paper: .a4)
        let tiles = tiling.tiles(of: page)
        #expect(tiles.contains { $0.part.maxX >= page.width } && tiles.contains { $0.part.maxY >= page.height })
        let pages = try tiling.pages(of: page, engine: composer.engine, language: .zh)
        #expect(pages.count == tiles.count + 1)
        var different = 0
        var compared = 0
        for (tile, sheet) in zip(tiles, pages.dropFirst()) {
            let (tileWidth, _, pixels) = try Self.pixels(sheet, composer.engine)
            let crosses = Int(2 * (tiling.overlap + 3))
            let edge = Int(2 * tiling.margin)
            for y in stride(from: crosses, to: Int(2 * tile.part.height) - crosses, by: 3) {
                for x in stride(from: crosses, to: Int(2 * tile.part.width) - crosses, by: 3) {
                    let (sx, sy) = (x + Int(2 * tile.part.minX), y + Int(2 * tile.part.minY))
                    guard sx < width, sy < height else { continue }
                    compared += 1
                    let a = 3 * (sy * width + sx)
                    let b = 3 * ((y + edge) * tileWidth + x + edge)
                    if (0..<3).contains(where: { abs(Int(whole[a + $0]) - Int(pixels[b + $0])) > 24 }) {
                        different += 1
                    }
                }
            }
        }
        #expect(compared > 40_000)
        #expect(Double(different) < 0.002 * Double(compared), "\(different) of \(compared)")
    }

    /// Ratio and bar agree on the page: the bar is as long as it says.
    @Test(arguments: Paper.allCases)
    func scaleBarIsExact(_ paper: Paper) throws {
        let composer = SheetComposer(Self.shown, options: SheetOptions(paper: paper))
        let page = try composer.compose(.town(Self.shown)).pages[0]
        var bar: Box?
        var denominator = 0.0
        for case .shape(let shape) in page.list.marks where shape.subject?.kind == .scaleBar {
            bar = shape.outline.box
            denominator = Double(shape.subject!.id.dropFirst(2))!
        }
        let box = try #require(bar)
        let last = try #require(
            page.list.texts.first { $0.text.hasSuffix(" m") || $0.text.hasSuffix(" km") }?.text)
        let value = Double(last.split(separator: " ")[0])! * (last.hasSuffix("km") ? 1000 : 1)
        #expect(abs(box.width - value * 1000 / denominator) < 0.01)
        #expect(RoundScale.denominators.contains(denominator))
    }

    @Test func pagesHaveTheirPaperSize() throws {
        for paper in Paper.allCases {
            let composer = SheetComposer(Self.shown, options: SheetOptions(paper: paper))
            let page = try composer.compose(.town(Self.shown)).pages[0]
            #expect([page.width, page.height].sorted() == [paper.sides.short, paper.sides.long])
        }
    }

    /// Ten cards to a page, each with its chain; the QR code holds the words of the card and no address.
    @Test func cardsHoldTheChain() throws {
        let town = LatticeTown().town()
        let engine = TextEngine()
        let cards = ContactCards(Disclosure.cards.apply(to: town), engine: engine)
        let all = cards.cards(by: .grid)
        #expect(all.count == 241)
        #expect(all[0].chain.map(\.role) == ["网格长", "社区书记"])
        #expect(all.allSatisfy { $0.chain.allSatisfy { $0.phone.hasPrefix("000-") } })
        #expect(!all[0].text.contains("http"))
        let pages = try cards.pages(all, format: .card)
        #expect(pages.count == 25)
        #expect(try QRCode(all[0].text).side >= 21)
        #expect(throws: GeoGridError.self) { try QRCode(String(repeating: "网格", count: 2000)) }
    }

    /// A set has a page for the town, each community and each grid.
    @Test func aSetIsComplete() throws {
        let composer = SheetComposer(Self.shown, options: SheetOptions(paper: .a3))
        let set = SheetSet.whole(Self.shown, paper: .a3)
        #expect(set.items.count == 1 + Self.shown.communities.count + Self.shown.grids.count)
        var pages = 0
        let outcome = try set.compose(with: composer) { _ in pages += 1 }
        #expect(pages >= set.items.count)
        #expect(outcome.report.careMissing == 0)
    }
}
