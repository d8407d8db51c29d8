import Cartography
import Foundation
import GeoGrid
import Testing

@Suite struct RenderingTests {
    private func page(_ engine: TextEngine) -> Page {
        var list = DisplayList()
        list.layer(.fills)
        list.fill(.rectangle(Box(minX: 10, minY: 10, maxX: 90, maxY: 60)), Colour(0xebf5d2))
        list.layer(.labels)
        list.append(.text(engine.line("云溪镇第12网格", x: 50, y: 30, size: 8, weight: .bold, halo: 0.4, align: .centre)))
        list.append(.text(engine.line("网格长 李长生 237", x: 50, y: 36, size: 6.5, halo: 0.4, align: .centre)))
        list.append(.text(engine.line("滨河路", x: 20, y: 50, size: 7, angle: -0.4)))
        return Page(width: 100, height: 70, list: list, bookmark: .init("试"), label: "1")
    }

    private func document(_ engine: TextEngine) -> MapDocument {
        MapDocument(
            .init(title: "云溪镇网格地图", subject: "挂图", author: "云溪镇", day: Day(year: 2026, month: 3, day: 1)!),
            pages: [page(engine)])
    }

    @Test func textInThePDFIsSearchableAndFontsAreEmbedded() throws {
        let engine = TextEngine()
        let bytes = try document(engine).pdf(engine: engine)
        try withTemporaryFile(".pdf") { path in
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let text = try output(of: "pdftotext", path, "-")
            #expect(text.contains("云溪镇第12网格"))
            #expect(text.contains("网格长"))
            #expect(text.contains("李长生"))
            #expect(!text.unicodeScalars.contains { (0x2e80...0x2fdf).contains($0.value) })
            let fonts = try output(of: "pdffonts", path).split(separator: "\n").dropFirst(2)
            #expect(fonts.count == 2)
            for font in fonts { #expect(font.contains("NotoSansCJK") && font.contains("yes yes yes")) }
        }
    }

    /// Layers can be switched off one by one, and the page boxes are the sheet and its bleed.
    @Test func finishedPDFHasLayersAndBoxes() throws {
        let engine = TextEngine()
        var document = document(engine)
        document.pages[0] = PressMarks.applied(to: document.pages[0], bleed: 3)
        document.pages[0].label = "桃园-7"
        let bytes = try document.pdf(engine: engine)
        try withTemporaryFile(".pdf") { path in
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            #expect(try output(of: "qpdf", "--check", path).contains("No syntax or stream encoding errors found"))
            let boxes = try output(of: "pdfinfo", "-box", path)
            #expect(boxes.contains("TrimBox:            28.35    28.35   311.81   226.77"))
            #expect(boxes.contains("BleedBox:           19.84    19.84   320.31   235.28"))
            let json = try output(of: "qpdf", "--json", path)
            #expect(json.contains("/OCProperties"))
            #expect(!json.contains("/StructTreeRoot"))
            #expect(json.contains("桃园-7"))
            #expect(try output(of: "pdftotext", path, "-").contains("云溪镇第12网格"))
        }
    }

    /// The page opens at its place: GDAL finds the same corners.
    @Test func finishedPDFIsGeoreferenced() throws {
        let engine = TextEngine()
        var document = document(engine)
        document.pages[0].georeference = Georeference(
            frame: Box(minX: 10, minY: 10, maxX: 90, maxY: 60),
            corners: [
                GeographicPoint(longitude: 117, latitude: 28), GeographicPoint(longitude: 117, latitude: 28.05),
                GeographicPoint(longitude: 117.08, latitude: 28.05), GeographicPoint(longitude: 117.08, latitude: 28),
            ], epsg: 4490, wkt: "")
        let bytes = try document.pdf(engine: engine)
        try withTemporaryFile(".pdf") { path in
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let info = try output(of: "gdalinfo", path)
            #expect(info.contains("ID[\"EPSG\",4490]"))
            #expect(info.contains("Upper Left  ( 116.9900000,  28.0600000)"))
            #expect(info.contains("Lower Right ( 117.0900000,  27.9900000)"))
        }
    }

    @Test func theSameDocumentGivesTheSameBytes() throws {
        let engine = TextEngine()
        let first = try document(engine).pdf(engine: engine)
        let other = TextEngine()
        #expect(try first == document(other).pdf(engine: other))
    }

    @Test func bandsOfAnImageAddUpToThePage() throws {
        let engine = TextEngine()
        let bytes = try PNGBackend.render(page(engine), resolution: 150, properties: [("Title", "图")])
        try withTemporaryFile(".png") { path in
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let facts = try output(of: "gdalinfo", path)
            #expect(facts.contains("Size is 591, 413") && facts.contains("Type=Byte, ColorInterp=Blue"))
        }
    }

    @Test func vectorTextStaysText() {
        let engine = TextEngine()
        let svg = SVGBackend.render(page(engine), title: "图 & 表", engine: engine)
        #expect(svg.contains(">云溪镇第12网格</text>"))
        #expect(svg.contains("<title>图 &amp; 表</title>"))
    }

    /// A character that no font holds is named and drawn as 〓, the printers' mark for a missing letter.
    @Test func missingGlyphsAreReported() {
        let engine = TextEngine()
        let shaped = engine.shape("甲\u{E0F3}乙", .regular)
        #expect(shaped.missing.map(\.value) == [0xe0f3])
        #expect(engine.shape("湖㳇镇流波䃥镇㮾梨街道", .bold).missing.isEmpty)
    }

    /// Twice the size is twice the length: nothing is rounded to a pixel grid.
    @Test func textScalesExactly() {
        let engine = TextEngine()
        let small = engine.width("网格1234", 4.6)
        #expect(abs(engine.width("网格1234", 46) - 10 * small) < 1e-9)
        #expect(abs(engine.width("网格", 10) - 20 * TextEngine.millimetresPerPoint) < 1e-6)
    }

    @Test func numbersAreWrittenShort() {
        #expect(decimalsForTests(-0.001) == "0")
        #expect(decimalsForTests(-12.5) == "-12.5")
        #expect(decimalsForTests(3.07) == "3.07")
    }

    private func decimalsForTests(_ value: Double) -> String { decimals(value, 2) }
}

@Suite struct SheetProjectionTests {
    /// East of the central meridian of zone 39 (117° E) grid north lies east of true north: γ ≈ Δλ · sin φ.
    @Test func convergenceFollowsTheMeridian() throws {
        let projection = try SheetProjection(epsg: 4548)
        let p = try Projection(from: .cgcs2000, to: CRS(epsg: 4548))(GeographicPoint(longitude: 118, latitude: 28))
        let back = try #require(projection.geographic(p))
        #expect(abs(back.longitude - 118) < 1e-9 && abs(back.latitude - 28) < 1e-9)
        #expect(abs(projection.convergence(at: p) - 0.4695) < 0.003)
    }
}
