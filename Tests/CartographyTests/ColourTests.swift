import Cartography
import GeoGrid
import Testing

@Suite struct ColourTests {
    /// Pairs of the published test data of CIEDE2000 that sRGB can hold are few; black, white and gray are exact.
    @Test func differenceOfKnownColours() {
        #expect(abs(ColourDifference.e2000(.white, .black) - 100) < 0.01)
        #expect(ColourDifference.e2000(Colour(0x336699), Colour(0x336699)) == 0)
        #expect(abs(Colour(0x777777).lightness - 50.03) < 0.1)
    }

    /// Neighbouring fills are told apart by every kind of eye that the palette is for.
    @Test(arguments: ColourVision.allCases)
    func fillsAreToldApart(_ vision: ColourVision) {
        #expect(
            vision.leastDifference(MapStyle.fills) >= (vision == .tritan ? 10.9 : 12.6),
            "\(vision) \(vision.leastDifference(MapStyle.fills))")
    }

    /// In gray the borders part neighbours: they are far darker than every fill, and wide enough on every paper.
    @Test func bordersCarryTheMapInGray() {
        for fill in MapStyle.fills {
            #expect(fill.lightness - MapStyle.gridBorder.lightness > 45)
            #expect(fill.lightness - Colour.ink.lightness > 60)
        }
    }

    /// No two neighbours of the town get one colour, and five are enough.
    @Test func neighboursDiffer() throws {
        let town = LatticeTown().town()
        let shown = Disclosure(.public).apply(to: town)
        let fills = try #require(MapColouringProbe(shown))
        #expect(fills.conflicts == 0)
        #expect(fills.colours <= 5)
    }

    /// A map that needs four colours, coloured by five; random planar-like graphs; the same graph gives the same colours.
    @Test(arguments: 1...20)
    func randomLatticesAreColoured(_ seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let side = 12
        var pairs: [(a: Int, b: Int, border: Double)] = []
        for row in 0..<side {
            for column in 0..<side {
                let unit = row * side + column
                if column + 1 < side { pairs.append((unit, unit + 1, 1)) }
                if row + 1 < side { pairs.append((unit, unit + side, 1)) }
                // One diagonal a square keeps the graph planar.
                if column + 1 < side, row + 1 < side {
                    pairs.append(generator.below(2) == 0 ? (unit, unit + side + 1, 1) : (unit + 1, unit + side, 1))
                }
            }
        }
        let graph = Adjacency(count: side * side, pairs: pairs)
        let colours = MapColouring.colours(of: graph, palette: 5)
        #expect(pairs.allSatisfy { colours[$0.a] != colours[$0.b] })
        #expect(colours.allSatisfy { (0..<5).contains($0) })
        #expect(colours == MapColouring.colours(of: graph, palette: 5))
    }
}

/// Counts neighbours of like colour from the polygons alone.
private struct MapColouringProbe {
    var conflicts = 0
    var colours = 0

    init?(_ town: DisclosedTown) {
        var owner: [String: Int] = [:]
        var pairs: [(a: Int, b: Int, border: Double)] = []
        for unit in 0..<town.grids.count {
            for ring in town.grids.areas.feature(unit).flatMap({ $0 }) {
                for (p, q) in zip(ring, ring.dropFirst()) {
                    let key = [p, q].sorted { ($0.x, $0.y) < ($1.x, $1.y) }.map { "\($0.x) \($0.y)" }.joined(
                        separator: "|")
                    if let other = owner[key] { pairs.append((other, unit, 1)) } else { owner[key] = unit }
                }
            }
        }
        guard !pairs.isEmpty else { return nil }
        let result = MapColouring.colours(of: Adjacency(count: town.grids.count, pairs: pairs), palette: 5)
        conflicts = pairs.count { result[$0.a] == result[$0.b] }
        colours = Set(result).count
    }
}
