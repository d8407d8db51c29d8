import Cartography
import GeoGrid
import Testing

/// 引线: grids without room for any label, in the middle of a town.
@Suite struct LeaderTests {
    /// Eight blocks of 300 m around one that is cut into tiny grids of 4 m, in rows of five.
    private static func town(tiny: Int) -> Town {
        var grids = UnitLayer(level: .grid)
        func square(_ x: Double, _ y: Double, _ w: Double, _ h: Double) -> [PlanarPoint] {
            [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)].map {
                PlanarPoint(x: 500_000 + $0.0, y: 3_300_000 + $0.1)
            }
        }
        func add(_ area: [[PlanarPoint]]) {
            let number = grids.count + 1
            grids.append(code: "C\(1000 + number)", name: "第\(number)网格", parent: "C", area: [area])
        }
        for k in 0..<9 where k != 4 {
            add([square(Double(k % 3) * 300, Double(k / 3) * 300, 300, 300)])
        }
        var holes: [[PlanarPoint]] = []
        for k in 0..<tiny {
            let hole = square(430 + Double(k % 5) * 9, 430 + Double(k / 5) * 9, 4, 4)
            holes.append(hole.reversed())
            add([hole])
        }
        add([square(300, 300, 300, 300)] + holes)
        var communities = UnitLayer(level: .community)
        communities.append(code: "C", name: "中心社区", parent: "", area: [[square(0, 0, 900, 900)]])
        return Town(
            name: "云溪镇", county: "青禾县", code: "360681101", epsg: 4547, day: Day(year: 2026, month: 3, day: 1)!,
            communities: communities, grids: grids, microgrids: UnitLayer(level: .microgrid))
    }

    private typealias Line = [PlanarPoint]

    /// The lines of a page: what is stroked as thin as leaders are.
    private static func leaders(_ page: Page) -> [Line] {
        let svg = SVGBackend.render(page, title: "", engine: TextEngine())
        return svg.split(separator: "\n").filter { $0.contains("stroke-width=\"0.16\"") }.map { line in
            let data = line.split(separator: "\"")[1]
            return data.split { "ML".contains($0) }.map { pair in
                let numbers = pair.split(separator: " ").compactMap { Double($0) }
                return PlanarPoint(x: numbers[0], y: numbers[1])
            }
        }
    }

    private static func side(_ a: PlanarPoint, _ b: PlanarPoint, _ c: PlanarPoint) -> Double {
        (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }

    private static func cross(_ one: Line, _ other: Line) -> Bool {
        zip(one, one.dropFirst()).contains { a, b in
            zip(other, other.dropFirst()).contains { c, d in
                side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
            }
        }
    }

    @Test(arguments: [Paper.a3, .a1])
    func tinyGridsAreNamedFromTheMargin(_ paper: Paper) throws {
        let tiny = 20
        let shown = Disclosure(.public).apply(to: Self.town(tiny: tiny))
        let sheet = try SheetComposer(shown, options: SheetOptions(paper: paper)).compose(.town(shown))
        let report = sheet.report
        // On A3 the tiny grids are a millimetre wide and two apart: the report says which find no way out.
        #expect(report.named(.grid) >= (paper == .a1 ? 9 + tiny : 9 + tiny - 5))
        #expect(report.count(.grid, .leader) > 0)
        #expect(OverlapCheck.overlaps(in: sheet.pages[0].list).isEmpty)
        let lines = Self.leaders(sheet.pages[0])
        #expect(lines.count == report.count(.grid, .leader))
        for (i, line) in lines.enumerated() {
            #expect(line.count <= 10, "few bends: \(line.count)")
            for other in lines[(i + 1)...] { #expect(!Self.cross(line, other)) }
        }
        // No line runs through a label.
        let labels = sheet.pages[0].list.texts.filter { $0.subject?.kind == .grid }
        for line in lines {
            for (p, q) in zip(line, line.dropFirst()) {
                let steps = max(1, Int(p.distance(to: q) / 0.3))
                for k in 0...steps {
                    let t = Double(k) / Double(steps)
                    let (x, y) = (p.x + t * (q.x - p.x), p.y + t * (q.y - p.y))
                    #expect(!labels.contains { $0.box.contains(x: x, y: y) })
                }
            }
        }
    }
}
