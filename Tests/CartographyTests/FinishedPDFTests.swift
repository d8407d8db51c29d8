import Cartography
import Foundation
import GeoGrid
import Testing

/// The finished file, looked at with other programs than those that made it.
@Suite struct FinishedPDFTests {
    private static let shown = Disclosure(.office).apply(to: LatticeTown.threeGrids())

    private static func sheet(_ paper: Paper) throws -> (page: Page, pdf: [UInt8]) {
        let composer = SheetComposer(shown, options: SheetOptions(paper: paper))
        let page = try composer.compose(.town(shown)).pages[0]
        let document = MapDocument(.init(title: "图", subject: "", author: "", day: shown.day), pages: [page])
        return (page, try document.pdf(engine: composer.engine))
    }

    /// The scale bar is as long as ratio and numbers say, measured in the rendered PDF to 0.1 mm; so is the page.
    @Test(arguments: [Paper.a1, .a3, .a4])
    func scaleBarMeasures(_ paper: Paper) throws {
        let (page, pdf) = try Self.sheet(paper)
        var bar: (box: Box, denominator: Double)?
        for case .shape(let shape) in page.list.marks where shape.subject?.kind == .scaleBar {
            bar = (shape.outline.box, Double(shape.subject!.id.dropFirst(2))!)
        }
        let (box, denominator) = try #require(bar)
        let end = try #require(page.list.texts.first { $0.text.hasSuffix(" m") || $0.text.hasSuffix(" km") }?.text)
        let metres = Double(end.split(separator: " ")[0])! * (end.hasSuffix("km") ? 1000 : 1)
        try withTemporaryFile(".pdf") { path in
            try Data(pdf).write(to: URL(fileURLWithPath: path))
            let points = try output(of: "pdfinfo", path).split(separator: "\n").first { $0.hasPrefix("Page size") }
            let size = try #require(points).split(separator: " ").compactMap { Double($0) }
            #expect(abs(size[0] * 25.4 / 72 - page.width) < 0.01 && abs(size[1] * 25.4 / 72 - page.height) < 0.01)
            // Twenty pixels a millimetre, a strip one pixel high through the middle of the bar.
            let (left, row) = (Int((box.minX - 1.5) * 20), Int(box.center.y * 20))
            let strip = try output(
                bytesOf: "pdftoppm", "-r", "508", "-gray", "-x", "\(left)", "-y", "\(row)", "-W",
                "\(Int((box.width + 3) * 20))", "-H", "1", path)
            let pixels = strip.suffix(Int((box.width + 3) * 20))
            let dark = pixels.indices.filter { pixels[$0] < 128 }
            let width = try #require(dark.last) - #require(dark.first) + 1
            // The outline of the bar is 0.1 mm wide, half of it outside.
            #expect(abs(Double(width) / 20 - 0.1 - metres * 1000 / denominator) < 0.1)
        }
    }

    /// Shapes and text come in the order of the display list: plates cover the map, names stand on plates.
    @Test func textStandsBetweenItsShapes() throws {
        let engine = TextEngine()
        var list = DisplayList()
        list.layer(.labels)
        let box = Box(minX: 10, minY: 10, maxX: 50, maxY: 30)
        list.append(.text(engine.line("隐", x: 15, y: 25, size: 30)))
        list.fill(.rectangle(box), .white)
        list.clipped(to: .rectangle(box)) { list in
            list.append(.text(engine.line("滨河 12", x: 15, y: 25, size: 20, weight: .bold, halo: 0.4)))
            list.append(.text(engine.line("斜街", x: 15, y: 12, size: 8, halo: 0.3, angle: 0.3)))
        }
        list.draw(.circle(x: 70, y: 20, radius: 6), fill: Colour(0xcbbefd, opacity: 0.5), stroke: nil)
        let page = Page(width: 90, height: 40, list: list, bookmark: .init("试"), label: "1")
        let document = MapDocument(
            .init(title: "试", subject: "", author: "", day: Self.shown.day), pages: [PressMarks.applied(to: page)])
        let pdf = try document.pdf(engine: engine)
        let png = try PNGBackend.render(document.pages[0], resolution: 127)
        try withTemporaryFile(".pdf") { path in
            try Data(pdf).write(to: URL(fileURLWithPath: path))
            // The halo is drawn with the letters, but a search finds them once.
            let text = try output(of: "pdftotext", path, "-")
            #expect(text.components(separatedBy: "滨河").count == 2)
            let seen = try output(bytesOf: "pdftoppm", "-r", "127", "-png", path)
            try withTemporaryFile(".png") { image in
                try Data(png).write(to: URL(fileURLWithPath: image))
                try withTemporaryFile(".png") { other in
                    try Data(seen).write(to: URL(fileURLWithPath: other))
                    func gray(_ image: String) throws -> [UInt8] {
                        try withTemporaryFile(".pgm") { small in
                            _ = try output(
                                of: "gdal_translate", "-q", "-b", "1", "-outsize", "275", "150", "-r", "average", "-of",
                                "PNM", image, small)
                            return try Array(Data(contentsOf: URL(fileURLWithPath: small)).suffix(275 * 150))
                        }
                    }
                    let (drawn, seen) = (try gray(image), try gray(other))
                    #expect(drawn.count == 275 * 150 && drawn.contains { $0 < 60 })
                    // Hairlines and edges of letters differ by the program that draws them; nothing else does.
                    let different = zip(seen, drawn).count { abs(Int($0) - Int($1)) > 96 }
                    #expect(different < drawn.count / 100, "\(different) of \(drawn.count)")
                }
            }
        }
    }
}
