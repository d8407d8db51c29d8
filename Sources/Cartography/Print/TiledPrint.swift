public import GeoGrid

/// 拼接打印: cuts a sheet into pages that an office printer can print, to be glued together.
///
/// Neighbouring tiles overlap; register crosses stand on the corners where tiles meet, every tile bears its row and
/// column, and a key page shows how they lie. Nothing is scaled: put together, the tiles are the sheet.
public struct TiledPrint: Sendable {
    public var paper: Paper
    /// What two neighbours share, millimetres.
    public var overlap = 10.0
    /// What a printer cannot print at the edge.
    public var margin = 6.0

    public init(paper: Paper) {
        self.paper = paper
    }

    /// 拼块: one tile: its place in the sheet and on its page.
    public struct Tile: Hashable, Sendable {
        public var row, column: Int
        /// The part of the sheet on the tile, overlap included, millimetres.
        public var part: Box
    }

    struct Grid {
        var width, height: Double
        var columns, rows: Int
        var stepX, stepY: Double
        var windowX, windowY: Double
    }

    /// The way of lying that needs fewer tiles; the upright one where both need as many.
    func grid(_ page: Page) -> Grid {
        let sides = paper.sides
        func grid(_ width: Double, _ height: Double) -> Grid {
            let (windowX, windowY) = (width - 2 * margin, height - 2 * margin)
            let (stepX, stepY) = (windowX - overlap, windowY - overlap)
            // The last tile of a row needs no overlap at its end.
            let columns = max(1, Int(((page.width - overlap) / stepX - 1e-9).rounded(.up)))
            let rows = max(1, Int(((page.height - overlap) / stepY - 1e-9).rounded(.up)))
            return Grid(
                width: width, height: height, columns: columns, rows: rows, stepX: stepX, stepY: stepY,
                windowX: windowX, windowY: windowY)
        }
        let upright = grid(sides.short, sides.long)
        let lying = grid(sides.long, sides.short)
        return lying.columns * lying.rows < upright.columns * upright.rows ? lying : upright
    }

    public func tiles(of page: Page) -> [Tile] {
        let grid = grid(page)
        return (0..<grid.rows).flatMap { row in
            (0..<grid.columns).map { column in
                let x = Double(column) * grid.stepX
                let y = Double(row) * grid.stepY
                return Tile(
                    row: row, column: column,
                    part: Box(minX: x, minY: y, maxX: x + grid.windowX, maxY: y + grid.windowY))
            }
        }
    }

    /// The key page and the tiles.
    public func pages(of page: Page, engine: TextEngine, language: Language) throws -> [Page] {
        let grid = grid(page)
        let tiles = tiles(of: page)
        var result = [key(page, grid, tiles, engine, language)]
        for tile in tiles {
            var list = DisplayList()
            let window = Box(
                minX: margin, minY: margin, maxX: margin + grid.windowX, maxY: margin + grid.windowY)
            list.append(page.list.window(tile.part, at: PlanarPoint(x: margin, y: margin)))
            list.layer(.furniture)
            for x in [window.minX + overlap / 2, window.maxX - overlap / 2] {
                for y in [window.minY + overlap / 2, window.maxY - overlap / 2] {
                    list.stroke(.line(x - 3, y, x + 3, y), Stroke(.black, 0.1))
                    list.stroke(.line(x, y - 3, x, y + 3), Stroke(.black, 0.1))
                }
            }
            list.append(
                .text(
                    engine.line(
                        name(tile) + "　\(page.bookmark.title)", x: margin, y: margin - 1.5, size: 6.5, weight: .bold,
                        colour: MapStyle.quiet)))
            result.append(
                Page(
                    width: grid.width, height: grid.height, list: list, bookmark: .init(name(tile), depth: 1),
                    label: name(tile)))
        }
        return result
    }

    private func name(_ tile: Tile) -> String { "\(Squares.letter(tile.row))\(tile.column + 1)" }

    private func key(
        _ page: Page, _ grid: Grid, _ tiles: [Tile], _ engine: TextEngine, _ language: Language
    ) -> Page {
        var list = DisplayList()
        list.layer(.furniture)
        let words = Text(
            zh:
                "\(page.bookmark.title)：\(grid.rows) 行 × \(grid.columns) 列，重叠 \(decimals(overlap, 0)) mm，按 100% 打印，十字对齐后粘贴",
            en:
                "\(page.bookmark.title): \(grid.rows) rows × \(grid.columns) columns, overlap \(decimals(overlap, 0)) mm; "
                + "print at 100 %, lay cross on cross")[language]
        var y = margin + 10
        for line in engine.wrapped(words, width: grid.width - 2 * margin - 20, size: 11, weight: .bold) {
            list.append(.text(engine.line(line, x: margin + 10, y: y, size: 11, weight: .bold)))
            y += 6
        }
        let scale = min(
            (grid.width - 2 * margin - 20) / (Double(grid.columns) * grid.stepX + overlap),
            (grid.height - y - margin - 20) / (Double(grid.rows) * grid.stepY + overlap))
        let origin = PlanarPoint(x: margin + 10, y: y + 4)
        list.draw(
            .rectangle(
                Box(
                    minX: origin.x, minY: origin.y, maxX: origin.x + page.width * scale,
                    maxY: origin.y + page.height * scale)), fill: Colour(0xf4f2ec), stroke: Stroke(.ink, 0.4))
        for tile in tiles {
            let box = Box(
                minX: origin.x + tile.part.minX * scale, minY: origin.y + tile.part.minY * scale,
                maxX: origin.x + tile.part.maxX * scale, maxY: origin.y + tile.part.maxY * scale)
            list.stroke(.rectangle(box), Stroke(MapStyle.accent, 0.2))
            list.append(
                .text(engine.centred(name(tile), x: box.center.x, y: box.center.y, size: 14, weight: .bold)))
        }
        return Page(
            width: grid.width, height: grid.height, list: list,
            bookmark: .init(Text(zh: "拼接总图", en: "Key to the tiles")[language]), label: "0")
    }
}

extension DisplayList {
    /// The marks of a part of the page, moved so that the corner of the part lies at a point, and clipped to the part.
    func window(_ part: Box, at corner: PlanarPoint) -> DisplayList {
        let (dx, dy) = (corner.x - part.minX, corner.y - part.minY)
        let box = Box(
            minX: corner.x, minY: corner.y, maxX: corner.x + part.width, maxY: corner.y + part.height)
        var result = DisplayList()
        var clipped = false
        for mark in marks {
            switch mark {
            case .layer:
                if clipped { result.append(.endClip) }
                result.append(mark)
                result.append(.clip(.rectangle(box)))
                clipped = true
            case .clip(let outline): result.append(.clip(outline.mapped(scale: 1, dx: dx, dy: dy)))
            case .endClip: result.append(.endClip)
            case .shape(var shape):
                guard shape.box.intersects(part) else { continue }
                shape.outline = shape.outline.mapped(scale: 1, dx: dx, dy: dy)
                result.append(.shape(shape))
            case .text(var text):
                guard text.box.expanded(by: text.halo).intersects(part) else { continue }
                text.x += dx
                text.y += dy
                text.box = Box(
                    minX: text.box.minX + dx, minY: text.box.minY + dy, maxX: text.box.maxX + dx,
                    maxY: text.box.maxY + dy)
                result.append(.text(text))
            }
        }
        if clipped { result.append(.endClip) }
        return result
    }
}
