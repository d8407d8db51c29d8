/// 颜色: a colour in sRGB, eight bits a channel, with an opacity.
public struct Colour: Hashable, Sendable {
    public var red, green, blue: UInt8
    /// 0 is clear, 1 covers.
    public var opacity: Double

    /// From `0xRRGGBB`.
    public init(_ hex: UInt32, opacity: Double = 1) {
        red = UInt8(hex >> 16 & 0xff)
        green = UInt8(hex >> 8 & 0xff)
        blue = UInt8(hex & 0xff)
        self.opacity = opacity
    }

    /// Reads `#rrggbb`; nil for anything else.
    public init?(hex text: String) {
        guard text.count == 7, text.hasPrefix("#"), let value = UInt32(text.dropFirst(), radix: 16) else { return nil }
        self.init(value)
    }

    public static let white = Colour(0xffffff)
    public static let black = Colour(0x000000)

    public func opacity(_ opacity: Double) -> Colour {
        var copy = self
        copy.opacity = opacity
        return copy
    }

    /// `#rrggbb`, the opacity left out.
    public var hex: String {
        let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
        let digits = String(value, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
