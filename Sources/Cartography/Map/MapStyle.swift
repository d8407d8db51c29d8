public import GeoGrid

/// 图式: colours and line widths of the sheets, all in one place. Reasons in docs/cartography.md.
public enum MapStyle {
    /// 五色: fills of neighbouring units; no pair closer than ΔE00 12.7 to normal, protan and deutan eyes and 11 to tritan.
    public static let fills: [Colour] = [0xeff9da, 0xc8bdf6, 0xa9cabd, 0xdac28a, 0xf4e6f7].map { Colour($0) }

    static let paper = Colour(0xfcfbf7)
    static let outside = Colour(0xf4f2ec)
    /// 图例中道路的地面.
    static let ground = Colour(0xe3ddd0)
    static let glow = Colour(0xa02a1e, opacity: 0.09)
    static let water = Colour(0xbcdcee)
    static let waterEdge = Colour(0x7fb2d0)
    static let waterText = Colour(0x2f6f96)
    static let building = Colour(0x6f5f4d, opacity: 0.26)
    static let buildingEdge = Colour(0x6f5f4d, opacity: 0.55)
    static let roadCasing = Colour(0x9a8f80)
    static let road = Colour(0xffffff)
    static let mainRoad = Colour(0xfff3cf)
    static let rail = Colour(0x5f5f5f)
    static let community = Colour(0xa02a1e)
    /// 网格界.
    public static let gridBorder = Colour(0x3f3f3f)
    static let grid = gridBorder
    static let microgrid = Colour(0x5a5a5a)
    static let microgridNumber = Colour(0x4a463f)
    static let accent = Colour(0xa02a1e)
    static let hatching = Stroke(Colour(0xa02a1e, opacity: 0.7), 0.22)
    static let rule = Colour(0xb9b2a6)
    static let quiet = Colour(0x6b655c)

    static func colour(_ risk: RiskColour) -> Colour {
        switch risk {
        case .red: Colour(0x8f0018)
        case .orange: Colour(0xe8601c)
        case .yellow: Colour(0xffe066)
        case .blue: Colour(0x2a63c7)
        }
    }

    static func character(_ risk: RiskColour) -> String {
        switch risk {
        case .red: "红"
        case .orange: "橙"
        case .yellow: "黄"
        case .blue: "蓝"
        }
    }

    /// Width of a road's fill and of its casing on either side, millimetres at A1.
    static func width(_ road: Road.Class) -> (fill: Double, casing: Double) {
        switch road {
        case .trunk: (1.9, 0.16)
        case .primary: (1.5, 0.15)
        case .secondary: (1.2, 0.14)
        case .residential: (0.75, 0.12)
        case .lane: (0.45, 0.1)
        case .footway: (0.25, 0)
        case .rail: (0.5, 0)
        }
    }

    /// Roads from the least to the most important, as they are drawn.
    static let roadOrder: [Road.Class] = [.footway, .lane, .residential, .secondary, .primary, .trunk, .rail]

    /// Shapes and colours of the kinds of a ledger, in the order in which they are given out.
    static let ledgerForms: [SymbolStyle] = [
        SymbolStyle(form: .circle, colour: Colour(0x0f6b5c)), SymbolStyle(form: .square, colour: Colour(0x1d4e9e)),
        SymbolStyle(form: .diamond, colour: Colour(0x8a4b00)), SymbolStyle(form: .hexagon, colour: Colour(0x6a2c91)),
        SymbolStyle(form: .pentagon, colour: Colour(0xb0173a)), SymbolStyle(form: .triangle, colour: Colour(0x2f2f2f)),
        SymbolStyle(form: .cross, colour: Colour(0xb0173a)), SymbolStyle(form: .star, colour: Colour(0x1d4e9e)),
        SymbolStyle(form: .flag, colour: Colour(0x8a4b00)), SymbolStyle(form: .figure, colour: Colour(0x2f2f2f)),
    ]

    static let partyMember = SymbolStyle(form: .flag, colour: Colour(0xc8102e))
    static let cadre = SymbolStyle(form: .figure, colour: Colour(0xc8102e))

    /// Shapes and colours of care categories, in order of their place in the workload model.
    static let careForms: [SymbolStyle] = [
        SymbolStyle(form: .triangle, colour: Colour(0xb0173a)), SymbolStyle(form: .circle, colour: Colour(0x0f6b5c)),
        SymbolStyle(form: .square, colour: Colour(0x1d4e9e)), SymbolStyle(form: .diamond, colour: Colour(0x8a4b00)),
        SymbolStyle(form: .pentagon, colour: Colour(0x6a2c91)), SymbolStyle(form: .hexagon, colour: Colour(0x2f2f2f)),
        SymbolStyle(form: .cross, colour: Colour(0xb0173a)), SymbolStyle(form: .star, colour: Colour(0x1d4e9e)),
        SymbolStyle(form: .triangle, colour: Colour(0x0f6b5c)), SymbolStyle(form: .square, colour: Colour(0x8a4b00)),
        SymbolStyle(form: .diamond, colour: Colour(0x2f2f2f)), SymbolStyle(form: .circle, colour: Colour(0xc05a00)),
    ]
}
