import Foundation

/// 色觉: how a colour looks to people whose eyes lack one kind of cone.
///
/// Matrices of full dichromacy in linear sRGB. Source: Viénot, Brettel, Mollon, "Digital video colourmaps for checking
/// the legibility of displays by dichromats", Color Research and Application 24 (1999), for protan and deutan; Machado,
/// Oliveira, Fernandes, "A physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15 (2009),
/// severity 1, for tritan.
public enum ColourVision: String, CaseIterable, Sendable {
    case normal, protan, deutan, tritan

    private var matrix: [Double] {
        switch self {
        case .normal: [1, 0, 0, 0, 1, 0, 0, 0, 1]
        case .protan: [0.11238, 0.88762, 0, 0.11238, 0.88762, 0, 0.00401, -0.00401, 1]
        case .deutan: [0.29275, 0.70725, 0, 0.29275, 0.70725, 0, -0.02234, 0.02234, 1]
        case .tritan:
            [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900]
        }
    }

    /// The colour as such an eye sees it.
    public func seen(_ colour: Colour) -> Colour {
        let (r, g, b) = colour.linear
        let m = matrix
        func channel(_ row: Int) -> UInt8 {
            let value = min(max(m[3 * row] * r + m[3 * row + 1] * g + m[3 * row + 2] * b, 0), 1)
            let encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
            return UInt8((encoded * 255).rounded())
        }
        var result = colour
        result.red = channel(0)
        result.green = channel(1)
        result.blue = channel(2)
        return result
    }

    /// The least difference between any two of some colours, as such an eye sees them.
    public func leastDifference(_ colours: [Colour]) -> Double {
        var least = Double.infinity
        for i in colours.indices {
            for j in colours.indices where j > i {
                least = min(least, ColourDifference.e2000(seen(colours[i]), seen(colours[j])))
            }
        }
        return least
    }
}
